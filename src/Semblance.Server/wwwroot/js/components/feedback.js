import { ApiError, Unreachable } from "../api.js";
import { button, h, icon } from "../dom.js";
import { sentence } from "../format.js";

/** A short message that goes by itself; bad news and what has an action stay longer. It takes the place of those with the same `instead`. */
export function toast(text, { action, onaction, kind = "", instead } = {}) {
  const box = document.getElementById("toasts");
  if (instead) for (const old of box.querySelectorAll(`[data-instead="${instead}"]`)) old.remove();
  const note = h("div", { class: `toast ${kind}`, "data-instead": instead }, h("span", null, text),
    action && button(action, () => { note.remove(); onaction(); }, { kind: "link" }),
    button("", () => note.remove(), { kind: "ghost icon-only", symbol: "close", label: "Dismiss" }));
  box.append(note);
  setTimeout(() => note.remove(), action || kind === "bad" ? 12000 : 5000);
}

const TITLES = {
  "no-face": "No face was found",
  "several-faces": "There are several faces",
  "image-format": "This is no picture that can be read",
  "image-too-large": "The picture is too large",
  "unsupported-rate": "This rate cannot be promised",
  "consent-required": "Consent is required",
  "contract-mismatch": "The gallery was made with another model",
  "not-found": "Not found",
  busy: "The service is busy",
  unauthorised: "A key is needed",
  forbidden: "This key may not do that",
};

const REMEDIES = {
  "no-face": "Try a picture in which the face is larger, sharper or less turned away.",
  "image-too-large": "Save it smaller: faces of 200 pixels are plenty.",
  "several-faces": "Choose a picture that shows one person, or cut it to the one that is meant.",
  busy: "Others are using it at this moment. Nothing was lost; try again in a little while.",
  forbidden: "Ask an administrator for a key with this role.",
};

export function describe(error) {
  if (error instanceof Unreachable) return { title: "The service does not answer", text: "It may have been stopped, or the network is down. Nothing that was done before is lost.", retry: true };
  if (error instanceof ApiError) {
    const code = error.status === 413 ? "image-too-large" : error.status === 429 ? "busy" : error.code;
    const detail = code === "image-too-large" ? error.message.split("; ")[0] : error.message;
    return { title: TITLES[code] ?? error.problem.title ?? "It did not work", text: [sentence(detail), REMEDIES[code]].filter(Boolean).join(" "),
      retry: error.status >= 500 || error.status === 429, requestId: error.problem.requestId };
  }
  return { title: "It did not work", text: error.message, retry: true };
}

/** An error with what to do about it. */
export function errorCard(error, again) {
  if (error instanceof ApiError && error.status === 401) {
    return empty("key", "This service asks for a key", "A key says what you may do here. Administrators make them; yours is kept for this tab only.",
      button("Enter the key", () => document.dispatchEvent(new CustomEvent("key-needed", { detail: { asked: true } })), { kind: "primary" }));
  }
  const { title, text, retry, requestId } = describe(error);
  return h("div", { class: "card error", role: "alert" }, icon("warn"),
    h("div", { class: "stack" }, h("h2", null, title), h("p", null, text),
      requestId && h("p", { class: "small quiet" }, `Request ${requestId}`),
      retry && again && h("div", null, button("Try again", again, { kind: "primary" }))));
}

export function loading(text, cancel) {
  return h("div", { class: "loading", role: "status" }, h("div", { class: "spinner", "aria-hidden": "true" }), h("span", null, text),
    cancel && button("Cancel", cancel, { kind: "small" }));
}

export function empty(symbol, title, text, ...actions) {
  return h("div", { class: "empty" }, icon(symbol), h("h2", null, title), h("p", { class: "quiet" }, text), h("div", { class: "row center" }, actions));
}

/** A bar with how far it is; `update(done, total, text)`. */
export function progressBar(label) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": label });
  const text = h("span", { class: "small quiet num" });
  const element = h("div", { class: "progress" }, bar, text);
  return { element, update(done, total, words) { bar.max = total; bar.value = done; text.textContent = words; } };
}
