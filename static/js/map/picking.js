/** What lies under a tap: looked up in the geometry, topmost layer first, with a finger's width for points and lines. */

import { L } from "./leaflet.js";
import { distanceToLine, inArea, lines } from "../lib/geometry.js";

const FINGER = 18;

/** Return [{layer, feature}] at `latlng` among `layers` (drawing order): points, then lines, then areas, each topmost first. */
export function pick(map, layers, latlng) {
  const here = map.latLngToLayerPoint(latlng);
  const pixel = ([lon, lat]) => {
    const { x, y } = map.latLngToLayerPoint(L.latLng(lat, lon));
    return [x, y];
  };
  const found = { Point: [], Line: [], Area: [] };
  layers.slice().reverse().forEach((layer) => layer.features.forEach((feature) => {
    const { geometry } = feature;
    if (geometry.type === "Point") {
      const [x, y] = pixel(geometry.coordinates);
      const away = Math.hypot(x - here.x, y - here.y);
      if (away <= FINGER) found.Point.push({ layer, feature, away });
    } else if (lines(geometry).length) {
      const near = lines(geometry).some((line) => distanceToLine([here.x, here.y], line.map(pixel)) <= FINGER / 2);
      if (near) found.Line.push({ layer, feature });
    } else if (inArea([latlng.lng, latlng.lat], geometry)) found.Area.push({ layer, feature });
  }));
  found.Point.sort((a, b) => a.away - b.away);
  return [].concat(found.Point, found.Line, found.Area);
}

/** Say whether a place is inside the planning area, as drawn: the layer that veils what is outside. */
export function inPlan(layers, [lon, lat]) {
  const scopes = [].concat(...layers.map((layer) => layer.features.filter((feature) => {
    const kind = layer.kinds[feature.properties.kind];
    return kind.style.shade_outside;
  })));
  return !scopes.length || scopes.some((feature) => inArea([lon, lat], feature.geometry));
}
