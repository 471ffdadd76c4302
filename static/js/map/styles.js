/** Which style, name and rule a feature has: its kind's, with what a variant (such as a road's class) changes. */

const PAPER = "#fdfbf7";

function variantOf(kind, attributes) {
  const by = kind.by || {};
  const found = Object.keys(by).map((attribute) => by[attribute][String(attributes[attribute])]).filter(Boolean);
  return found[0] || null;
}

function merged(kind, variant) {
  const named = (both) => both && both.zh;
  return {
    style: Object.assign({}, kind.style, variant && variant.style),
    name: variant && named(variant.name) ? variant.name : kind.name,
    rule: variant && named(variant.rule) ? variant.rule : kind.rule,
  };
}

/** Return {style, name, rule} of a feature. */
export function lookOf(layer, feature) {
  const kind = layer.kinds[feature.properties.kind];
  return merged(kind, variantOf(kind, feature.properties.attributes || {}));
}

/** Return the rows of a layer's legend: [{kind, name, style, shape}], only what it draws; shape is area, line or point. */
export function legendOf(layer) {
  const rows = [];
  layer.features.forEach((feature) => {
    const look = lookOf(layer, feature);
    const key = look.name.zh + JSON.stringify(look.style);
    const shape = shapeOf(feature.geometry);
    // A place without a mark is only a name: nothing to explain.
    const bare = shape === "point" && !look.style.radius;
    if (!bare && !rows.some((row) => row.key === key)) {
      rows.push({ key, kind: feature.properties.kind, name: look.name, style: look.style, shape });
    }
  });
  return rows;
}

/** Return area, line or point for a GeoJSON geometry. */
export function shapeOf(geometry) {
  if (/Polygon/.test(geometry.type)) return "area";
  return /LineString/.test(geometry.type) ? "line" : "point";
}

/** Return the colour of the edge that a very light line needs to be seen on paper, or null where it needs none. */
export function casingOf(style) {
  if (!style.stroke || style.dash) return null;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(style.stroke.slice(at, at + 2), 16));
  return (red * 3 + green * 6 + blue) / 10 > 225 ? "#cbbfa9" : null;
}

/** Return the colour under a dashed railway-like line: paper, so that the gaps read as white sleepers. */
export function paper() {
  return PAPER;
}
