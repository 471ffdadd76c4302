/** The desk: shows the place of one comment on a small map, with the plan's control lines. The page says it all in words too. */

import { L } from "../map/leaflet.js";
import { createMap } from "../map/create.js";
import { Labels } from "../map/labels.js";
import { PlanLayers } from "../map/layers.js";
import { Pointer } from "../map/place.js";
import { data } from "../lib/dom.js";
import { getJson } from "../lib/http.js";
import { useTexts } from "../lib/language.js";

const CLOSE = 14;

function show(node, bundle, place) {
  node.hidden = false;
  const map = createMap(node, bundle.plan.bounds);
  map.scrollWheelZoom.disable();
  const shape = L.geoJSON(place);
  map.fitBounds(shape.getBounds().pad(0.4), { maxZoom: CLOSE, animate: false });
  const wanted = bundle.layers.filter((layer) => layer.base || layer.answer === "control-line" || layer.answer === "nearest");
  new PlanLayers(map, bundle.layers).show(wanted.map(({ key }) => key));
  new Labels(map, bundle.layers).show(wanted);
  const pointer = new Pointer(map);
  if (place.type === "Point") pointer.pin(place.coordinates);
  else pointer.outline({ type: "Feature", properties: {}, geometry: place });
}

const node = document.getElementById("desk-map");
useTexts(data("desk-texts"));
// Without an answer the words and the coordinates above remain; an empty frame would say less.
getJson(node.dataset.bundle).then((bundle) => show(node, bundle, data("desk-place")), () => node.remove());
