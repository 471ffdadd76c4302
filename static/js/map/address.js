/** What an address asks for, held against the plan as it is now: names that it no longer has are left out and told. */

function known(list, keys, unknown) {
  return list.filter((key) => {
    const found = keys.indexOf(key) >= 0;
    if (!found) unknown.push(key);
    return found;
  });
}

/** The layers that an address means: its own list, else its theme's, else its chapter's; null where it says nothing. */
function wantedLayers({ layers, theme, chapter }, bundle, unknown) {
  const keys = bundle.layers.map(({ key }) => key);
  if (layers) return known(layers, keys, unknown);
  if (theme) {
    const found = bundle.themes.find(({ key }) => key === theme);
    if (!found) unknown.push(theme);
    return found ? found.layers : null;
  }
  if (!chapter) return null;
  const ofChapter = bundle.layers.filter((layer) => layer.chapter === chapter && !layer.base).map(({ key }) => key);
  return ofChapter.length ? ofChapter : null;
}

/** Return {layers, without, opacity, compare, found, unknown}; `found` is {layer, feature} or null, `unknown` what was left out. */
export function resolve(wanted, bundle) {
  const unknown = [];
  const base = bundle.layers.filter((layer) => layer.base).map(({ key }) => key);
  const layers = wantedLayers(wanted, bundle, unknown);
  const themes = bundle.themes.map(({ key }) => key);
  const { compare } = wanted;
  const both = compare ? known([compare.left, compare.right], themes, unknown) : [];
  const opacity = {};
  known(Object.keys(wanted.opacity), bundle.groups.map(({ key }) => key), unknown).forEach((group) => { opacity[group] = wanted.opacity[group]; });
  let found = null;
  bundle.layers.forEach((layer) => layer.features.forEach((feature) => {
    if (feature.id === wanted.feature) found = { layer, feature };
  }));
  if (wanted.feature && !found) unknown.push(wanted.feature);
  return {
    layers: layers && layers.filter((key) => base.indexOf(key) < 0),
    without: known(wanted.without, base, unknown),
    opacity,
    compare: both.length === 2 ? compare : null,
    found,
    unknown,
  };
}

/** Return the key of the theme that shows exactly these layers, or null. */
export function themeOf(bundle, shown) {
  const same = bundle.themes.find(({ layers }) => layers.length === shown.length && layers.every((key) => shown.indexOf(key) >= 0));
  return same ? same.key : null;
}
