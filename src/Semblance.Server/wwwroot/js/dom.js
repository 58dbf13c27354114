// Elements without markup in strings: text is always text.
const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.setAttribute("class", value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "vars") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (["value", "checked", "disabled", "selected", "indeterminate"].includes(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
export const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);
export const icon = (name) => s("svg", { class: "icon", "aria-hidden": "true" }, s("use", { href: `img/icons.svg#${name}` }));

export function button(text, onclick, { kind = "", symbol, type = "button", label, ...props } = {}) {
  return h("button", { type, class: `button ${kind}`.trim(), onclick, "aria-label": label, ...props }, symbol && icon(symbol), text);
}

let serial = 0;
export const unique = (prefix) => `${prefix}-${++serial}`;

/** A labelled control; `hint` is read with it. */
export function field(label, control, hint) {
  const id = control.id || (control.id = unique("field"));
  const note = hint && h("span", { class: "hint", id: `${id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div", { class: "field" }, h("label", { for: id }, label), control, note);
}

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}
