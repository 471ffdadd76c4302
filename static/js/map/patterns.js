/** Hatches and other patterns as SVG definitions, made by DOM (no inline style), used as fill="url(#…)". */

import { svg } from "../lib/dom.js";

let defs = null;

function home() {
  if (!defs) {
    defs = svg("defs");
    // Not display:none, which would switch the patterns off in some browsers.
    document.body.append(svg("svg", { width: 0, height: 0, class: "map-definitions", "aria-hidden": "true" }, defs));
  }
  return defs;
}

const line = (d, colour, width) => svg("path", { d, stroke: colour, "stroke-width": width, fill: "none", "stroke-linecap": "square" });

/** What one tile of each pattern holds: [width, height, turn in degrees, (colour) => nodes]. */
const TILES = {
  "hatch-45": [8, 8, 45, (c) => [line("M0 0V8", c, 1.6)]],
  "hatch-135": [8, 8, -45, (c) => [line("M0 0V8", c, 1.4)]],
  diagonal: [11, 11, 45, (c) => [line("M0 0V11", c, 1.2)]],
  "cross-hatch": [10, 10, 45, (c) => [line("M0 0V10", c, 1), line("M0 0H10", c, 1)]],
  vertical: [8, 8, 0, (c) => [line("M4 0V8", c, 1.1)]],
  horizontal: [8, 7, 0, (c) => [line("M0 3.5H8", c, 1.1)]],
  dots: [10, 10, 0, (c) => [svg("circle", { cx: 2.5, cy: 2.5, r: 1.1, fill: c }), svg("circle", { cx: 7.5, cy: 7.5, r: 1.1, fill: c })]],
  waves: [16, 9, 0, (c) => [line("M-1 5.2Q3.250 1 8 4.500T17 4.500", c, 1.2)]],
  trees: [22, 22, 0, (c) => [
    svg("path", { d: "M5 2L8.500 8H1.500ZM5 8V10.500M16 13L19.500 19H12.500ZM16 19V21.500", fill: c, stroke: c, "stroke-width": 0.8 }),
  ]],
};

/** Return the id of a pattern in a colour, defining it when it is first asked for. */
export function patternId(name, colour) {
  const id = `pattern-${name}-${colour.slice(1)}`;
  if (!document.getElementById(id)) {
    const [width, height, turn, draw] = TILES[name];
    const attributes = { id, width, height, patternUnits: "userSpaceOnUse" };
    if (turn) attributes.patternTransform = `rotate(${turn})`;
    home().append(svg("pattern", attributes, draw(colour)));
  }
  return id;
}

/** Return the ids [start, end] of arrow heads in a colour; they grow with the line's width. */
export function arrowIds(colour) {
  return ["start", "end"].map((side) => {
    const id = `arrow-${side}-${colour.slice(1)}`;
    if (!document.getElementById(id)) {
      const d = side === "end" ? "M0 0L7 4.500L0 9L1.800 4.500Z" : "M7 0L0 4.500L7 9L5.200 4.500Z";
      home().append(
        svg("marker", {
          id, orient: "auto", markerWidth: 3.2, markerHeight: 3.6, viewBox: "0 0 7 9", refX: side === "end" ? 2.5 : 4.5, refY: 4.5,
        }, svg("path", { d, fill: colour })),
      );
    }
    return id;
  });
}
