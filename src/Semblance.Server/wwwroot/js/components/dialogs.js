import { button, field, h, unique } from "../dom.js";

/** A dialog that closes by Escape; `build(close)` gives its content; resolves with what `close` is given, null when dismissed. */
export function dialog(title, build, { wide } = {}) {
  return new Promise((resolve) => {
    const id = unique("dialog");
    const box = h("dialog", { class: wide ? "wide" : "", "aria-labelledby": id });
    let answer = null;
    const close = (value) => { answer = value ?? null; box.close(); };
    box.append(h("div", { class: "dialog-head" }, h("h2", { id }, title),
      button("", () => close(null), { kind: "ghost icon-only", symbol: "close", label: "Close" })));
    const content = build(close);
    box.append(content);
    box.addEventListener("close", () => { box.remove(); resolve(answer); });
    document.body.append(box);
    box.showModal();
    content.querySelector("input:not([type=file]), textarea, select")?.focus();
  });
}

export function confirmDialog(title, text, action, { danger } = {}) {
  return dialog(title, (close) => h("div", { class: "stack-l" }, [text].flat().map((line) => h("p", null, line)),
    h("div", { class: "dialog-foot" }, button("Cancel", () => close(null)),
      button(action, () => close(true), { kind: danger ? "danger" : "primary" }))));
}

export function promptDialog(title, label, { value = "", hint, action = "Save" } = {}) {
  return dialog(title, (close) => {
    const input = h("input", { type: "text", value, required: true, maxlength: 200, autocomplete: "off" });
    return h("form", { class: "stack-l", onsubmit: (event) => { event.preventDefault(); close(input.value.trim()); } },
      field(label, input, hint), h("div", { class: "dialog-foot" }, button("Cancel", () => close(null)), button(action, null, { kind: "primary", type: "submit" })));
  });
}

export function askForKey(reason) {
  return dialog("Key", (close) => {
    const input = h("input", { type: "password", required: true, autocomplete: "off", spellcheck: "false" });
    return h("form", { class: "stack-l", onsubmit: (event) => { event.preventDefault(); close(input.value.trim()); } },
      h("p", null, reason), field("Key", input, "It is kept for this tab only and sent with every request. Administrators make keys with “semblance keys create”."),
      h("div", { class: "dialog-foot" }, button("Cancel", () => close(null)), button("Use this key", null, { kind: "primary", type: "submit" })));
  });
}
