/** Build DOM nodes. User text only ever becomes a text node. */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, children) {
  [].concat(children).forEach((child) => {
    if (child === null || child === undefined || child === false) return;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  });
  return node;
}

/** Make an element. `options`: attributes; `class`, and `on` = {event: listener}. False and null leave an attribute out. */
export function el(tag, options = {}, children = []) {
  const node = document.createElement(tag);
  Object.keys(options).forEach((name) => {
    const value = options[name];
    if (name === "on") {
      Object.keys(value).forEach((event) => node.addEventListener(event, value[event]));
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  });
  return fill(node, children);
}

/** Make an SVG element with attributes. */
export function svg(tag, attributes = {}, children = []) {
  const node = document.createElementNS(SVG, tag);
  Object.keys(attributes).forEach((name) => {
    if (attributes[name] !== null && attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
  });
  return fill(node, children);
}

/** Replace what `node` holds. */
export function replace(node, children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return fill(node, children);
}

/** Read the JSON that the template left under `id`. */
export function data(id) {
  return JSON.parse(document.getElementById(id).textContent);
}
