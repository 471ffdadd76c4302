/** Plane geometry on arrays of [x, y]: pure functions, no map. */

/** Say whether `point` lies in `ring` (even-odd). */
export function inRing(point, ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const a = ring[i];
    const b = ring[j];
    if (a[1] > point[1] !== b[1] > point[1] && point[0] < ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]) + a[0]) {
      inside = !inside;
    }
  }
  return inside;
}

/** Return the polygons (lists of rings) of a GeoJSON geometry; none for points and lines. */
export function polygons(geometry) {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

/** Return the lines of a GeoJSON geometry; none for points and areas. */
export function lines(geometry) {
  if (geometry.type === "LineString") return [geometry.coordinates];
  return geometry.type === "MultiLineString" ? geometry.coordinates : [];
}

/** Say whether a GeoJSON area holds `point`. */
export function inArea(point, geometry) {
  return polygons(geometry).some((rings) => inRing(point, rings[0]) && !rings.slice(1).some((hole) => inRing(point, hole)));
}

function squaredDistance(p, a, b) {
  let [x, y] = a;
  let dx = b[0] - x;
  let dy = b[1] - y;
  if (dx !== 0 || dy !== 0) {
    const t = Math.max(0, Math.min(1, ((p[0] - x) * dx + (p[1] - y) * dy) / (dx * dx + dy * dy)));
    x += dx * t;
    y += dy * t;
  }
  dx = p[0] - x;
  dy = p[1] - y;
  return dx * dx + dy * dy;
}

/** Return the distance from `point` to the nearest place on `line`. */
export function distanceToLine(point, line) {
  let least = Infinity;
  for (let i = 1; i < line.length; i += 1) least = Math.min(least, squaredDistance(point, line[i - 1], line[i]));
  return Math.sqrt(least);
}

function signedDistance(point, rings) {
  const least = Math.min(...rings.map((ring) => distanceToLine(point, ring)));
  const inside = inRing(point, rings[0]) && !rings.slice(1).some((hole) => inRing(point, hole));
  return inside ? least : -least;
}

/** Return [west, south, east, north] of a list of [x, y]. */
export function extent(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  points.forEach(([x, y]) => {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  });
  return box;
}

/**
 * Return {x, y, room}: the place in the polygon farthest from its outline, and how far that is.
 * A grid of cells is searched from the most promising on (Garcia-Castellanos and Lombardo's problem, solved by a quadtree).
 */
export function innerPoint(rings) {
  const [west, south, east, north] = extent(rings[0]);
  const step = Math.min(east - west, north - south) / 2;
  const precision = step / 20;
  const cell = (x, y, half) => {
    const room = signedDistance([x, y], rings);
    return { x, y, half, room, best: room + half * Math.SQRT2 };
  };
  if (!(step > 0)) return { x: west, y: south, room: 0 };
  const queue = [];
  for (let x = west + step / 2; x < east + step / 2; x += step) {
    for (let y = south + step / 2; y < north + step / 2; y += step) queue.push(cell(x, y, step / 2));
  }
  let found = cell((west + east) / 2, (south + north) / 2, 0);
  while (queue.length) {
    queue.sort((a, b) => a.best - b.best);
    const next = queue.pop();
    if (next.room > found.room) found = next;
    if (next.best - found.room > precision) {
      const half = next.half / 2;
      [[-half, -half], [half, -half], [-half, half], [half, half]].forEach(([dx, dy]) => {
        queue.push(cell(next.x + dx, next.y + dy, half));
      });
    }
  }
  return { x: found.x, y: found.y, room: found.room };
}

/** Return the largest polygon (by the area of its outer ring) of a GeoJSON area. */
export function largestPolygon(geometry) {
  const size = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0));
  return polygons(geometry).reduce((best, rings) => (!best || size(rings[0]) > size(best[0]) ? rings : best), null);
}

/** Return every position of a GeoJSON geometry. */
export function positions(geometry) {
  const flat = (value) => (typeof value[0] === "number" ? [value] : [].concat(...value.map(flat)));
  return flat(geometry.coordinates);
}

/** Return a position that stands for a geometry: the point itself, the middle of a line, the inner point of an area. */
export function standIn(geometry) {
  if (geometry.type === "Point") return geometry.coordinates;
  const polygon = largestPolygon(geometry);
  if (polygon) {
    const inner = innerPoint(polygon);
    return [inner.x, inner.y];
  }
  const line = lines(geometry)[0] || positions(geometry);
  return walk(line, length(line) / 2).point;
}

/** Return the length of a line. */
export function length(line) {
  return line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i][0], y - line[i][1]), 0);
}

/** Return {point, angle} at `along` from the beginning of `line`; the angle in degrees, clockwise where y points down. */
export function walk(line, along) {
  let left = along;
  for (let i = 1; i < line.length; i += 1) {
    const [ax, ay] = line[i - 1];
    const [bx, by] = line[i];
    const step = Math.hypot(bx - ax, by - ay);
    if (left <= step || i === line.length - 1) {
      const t = step === 0 ? 0 : Math.min(1, left / step);
      return { point: [ax + (bx - ax) * t, ay + (by - ay) * t], angle: (Math.atan2(by - ay, bx - ax) * 180) / Math.PI };
    }
    left -= step;
  }
  return { point: line[0], angle: 0 };
}
