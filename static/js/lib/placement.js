/** Where labels go so that they don't collide: pure, in pixels. */

import { length, walk } from "./geometry.js";

/** A box is [left, top, right, bottom]. */
function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** What is taken already; asks only the boxes in the same cells of a grid. */
export class Taken {
  constructor(cell = 64) {
    this.cell = cell;
    this.cells = new Map();
  }

  each(box, visit) {
    for (let x = Math.floor(box[0] / this.cell); x <= Math.floor(box[2] / this.cell); x += 1) {
      for (let y = Math.floor(box[1] / this.cell); y <= Math.floor(box[3] / this.cell); y += 1) {
        if (visit(`${x}:${y}`)) return true;
      }
    }
    return false;
  }

  /** Take the place of `box`. */
  add(box) {
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
      return false;
    });
  }

  /** Say whether all `boxes` are free; `own` is a box that may be touched (the label's own marker). */
  free(boxes, own) {
    return !boxes.some((box) => this.each(box, (key) => (this.cells.get(key) || []).some((taken) => taken !== own && overlap(box, taken))));
  }
}

/** Return the places to try for a label of `size` [width, height] at a marker with `radius`: right, left, above, below. */
export function aroundPoint([x, y], radius, [width, height]) {
  const gap = radius + 3;
  const middle = [
    [x + gap + width / 2, y],
    [x - gap - width / 2, y],
    [x, y - gap - height / 2],
    [x, y + gap + height / 2],
    [x + gap * 0.7 + width / 2, y - gap * 0.7 - height / 4],
    [x - gap * 0.7 - width / 2, y - gap * 0.7 - height / 4],
    [x + gap * 0.7 + width / 2, y + gap * 0.7 + height / 4],
    [x - gap * 0.7 - width / 2, y + gap * 0.7 + height / 4],
    [x + width / 3, y - gap - height / 2],
    [x - width / 3, y - gap - height / 2],
    [x + width / 3, y + gap + height / 2],
    [x - width / 3, y + gap + height / 2],
  ];
  return middle.map(([cx, cy]) => ({ at: [cx, cy], boxes: [boxAround([cx, cy], [width, height])] }));
}

/** Return the box of `size` around a point. */
export function boxAround([x, y], [width, height]) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** Return the places to try for an area's label: its inner point, then a little above, below and beside it. */
export function inArea([x, y], room, size) {
  const shift = Math.min(room * 0.55, 60);
  return [[0, 0], [0, -shift], [0, shift], [-shift, 0], [shift, 0]].map(([dx, dy]) => ({
    at: [x + dx, y + dy],
    boxes: [boxAround([x + dx, y + dy], size)],
  }));
}

/**
 * Return the places to try for a label along `line`: each letter with its own place and turn, straight stretches first.
 * `advances` are the letters' widths. Steep lines read downwards; letters of `upright` scripts (Chinese) stay upright there.
 */
export function alongLine(line, advances, height, upright) {
  const wanted = advances.reduce((sum, width) => sum + width, 0);
  const whole = length(line);
  const places = [];
  if (whole < wanted * 1.15) return places;
  const step = Math.max(24, (whole - wanted) / 24);
  for (let start = (whole - wanted) % step / 2; start + wanted <= whole; start += step) {
    const place = letters(line, start, wanted, advances, height, upright);
    if (place.bend < 34) places.push(Object.assign(place, { offset: Math.abs(start + wanted / 2 - whole / 2) / whole }));
  }
  return places.sort((a, b) => a.bend / 60 + a.offset - b.bend / 60 - b.offset);
}

function letters(line, start, wanted, advances, height, upright) {
  const from = walk(line, start).point;
  const to = walk(line, start + wanted).point;
  const steep = Math.abs(to[1] - from[1]) > Math.abs(to[0] - from[0]) * 1.4;
  const backwards = steep ? to[1] < from[1] : to[0] < from[0];
  const glyphs = [];
  let passed = 0;
  let bend = 0;
  advances.forEach((width) => {
    const along = backwards ? start + wanted - passed - width / 2 : start + passed + width / 2;
    const { point, angle } = walk(line, along);
    let turn = backwards ? angle + 180 : angle;
    turn = ((turn + 540) % 360) - 180;
    if (glyphs.length) bend = Math.max(bend, Math.abs(((turn - glyphs[0].course + 540) % 360) - 180));
    glyphs.push({ at: point, course: turn, turn: upright && steep ? 0 : turn });
    passed += width;
  });
  const side = Math.max(height * 0.9, 8);
  return { glyphs, bend, boxes: glyphs.map((glyph) => boxAround(glyph.at, [side, side])) };
}

/** Return the first of `choices` whose box (by `boxOf`) covers least of the boxes in `taken`. */
export function leastCovering(choices, boxOf, taken) {
  let best = null;
  choices.forEach((choice) => {
    const box = boxOf(choice);
    const covers = taken.reduce((sum, other) => {
      const width = Math.min(box[2], other[2]) - Math.max(box[0], other[0]);
      const height = Math.min(box[3], other[3]) - Math.max(box[1], other[1]);
      return sum + (width > 0 && height > 0 ? width * height : 0);
    }, 0);
    if (!best || covers < best.covers) best = { choice, covers };
  });
  return best.choice;
}
