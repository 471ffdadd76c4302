/** The print sheet: the browser's print dialogue at a tap, and the sheet as a picture to keep or to send. */

const WIDTH = 2000;
const LARGEST = 16000000;

/** Fetch a drawing and return it as an image that a canvas may read back. */
async function load(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  const drawing = await response.text();
  const image = new Image();
  await new Promise((resolve, reject) => {
    image.addEventListener("load", resolve);
    image.addEventListener("error", reject);
    // A data address, not a blob: older browsers won't let a canvas be read after a blob's drawing was on it.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  });
  return image;
}

/** Return the picture as a PNG's data address, at least 1600 pixels wide and no larger than phones can bear. */
function paint(image) {
  const canvas = document.createElement("canvas");
  const ratio = image.naturalHeight / image.naturalWidth;
  canvas.width = Math.round(Math.max(1600, Math.min(WIDTH, Math.sqrt(LARGEST / ratio))));
  canvas.height = Math.round(canvas.width * ratio);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

function show(address, button) {
  const picture = document.getElementById("picture-image");
  picture.src = address;
  picture.alt = button.dataset.alt;
  const link = document.getElementById("picture-link");
  link.href = address;
  link.setAttribute("download", button.dataset.name);
  document.getElementById("picture").hidden = false;
}

async function save(button) {
  const status = document.getElementById("picture-status");
  status.textContent = button.dataset.busy;
  button.disabled = true;
  try {
    show(paint(await load(button.dataset.sheet)), button);
    status.textContent = "";
  } catch (error) {
    status.textContent = button.dataset.failed;
  }
  button.disabled = false;
}

const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());
const picture = document.getElementById("save-picture");
picture.hidden = false;
picture.addEventListener("click", () => save(picture));
