/** 天地图 under the plan, where the operator has a key; without it nothing here runs and nobody is asked. */

import { L } from "./leaflet.js";

const FAILURES = 4;
const ADDRESS =
  "https://t{s}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default" +
  "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}";

/** Return {show(on)}; `failed()` is called once when the tiles don't come, and they go away. */
export function tianditu(map, key, failed) {
  const pane = map.createPane("tianditu");
  pane.style.zIndex = 150;
  const tiles = ["vec", "cva"].map((layer) => L.tileLayer(ADDRESS, { layer, key, subdomains: "01234567", minZoom: 8, maxZoom: 18, pane: "tianditu" }));
  let bad = 0;
  const show = (on) => tiles.forEach((layer) => (on ? layer.addTo(map) : layer.remove()));
  tiles.forEach((layer) => layer.on("tileerror", () => {
    bad += 1;
    if (bad !== FAILURES) return;
    show(false);
    failed();
  }));
  return {
    show(on) {
      if (on) bad = 0;
      show(on);
    },
  };
}
