/** Dragging with mouse, finger or pen; browsers without pointer events get mouse and touch events. */

/** Call `move(clientX, clientY)` while `node` is dragged, and `end()` after it. */
export function followDrag(node, move, end) {
  if (window.PointerEvent) followPointer(node, move, end);
  else followTouch(node, move, end);
}

function followPointer(node, move, end) {
  let dragging = false;
  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    dragging = true;
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => dragging && move(event.clientX, event.clientY));
  ["pointerup", "pointercancel"].forEach((name) => node.addEventListener(name, () => {
    if (dragging) end();
    dragging = false;
  }));
}

function followTouch(node, move, end) {
  node.addEventListener("touchmove", (event) => {
    event.preventDefault();
    move(event.touches[0].clientX, event.touches[0].clientY);
  }, { passive: false });
  node.addEventListener("touchend", end);
  node.addEventListener("mousedown", (down) => {
    down.preventDefault();
    const follow = (event) => move(event.clientX, event.clientY);
    const stop = () => {
      document.removeEventListener("mousemove", follow);
      document.removeEventListener("mouseup", stop);
      end();
    };
    document.addEventListener("mousemove", follow);
    document.addEventListener("mouseup", stop);
  });
}
