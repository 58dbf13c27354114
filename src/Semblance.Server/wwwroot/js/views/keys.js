import { api, ApiError } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { date } from "../format.js";
import { service } from "../state.js";
import { confirmDialog, dialog } from "../components/dialogs.js";
import { describe, errorCard, loading, toast } from "../components/feedback.js";

const ROLES = [["analyse", "Detect, embed, compare, attributes"], ["identify", "Search the gallery"], ["enrol", "People and their pictures"], ["admin", "Everything: delete all, export, audit, keys"]];

/** The keys of this service, for administrators: made, shown once, revoked. */
export function keysCard() {
  const body = h("div", { class: "stack" }, loading("Loading…"));
  load();
  return body;

  async function load() {
    if (service.limits && !service.limits.keys) { replace(body, h("p", { class: "quiet" }, "This service runs without keys: it answers this computer only.")); return; }
    try {
      const { keys = [] } = await api.keys();
      replace(body, h("ul", { class: "outcome" }, keys.map(row)), h("div", null, button("Make a key", () => make(load), { kind: "small", symbol: "plus" })));
    } catch (error) {
      const refused = error instanceof ApiError && [401, 403].includes(error.status);
      replace(body, refused ? h("p", { class: "quiet" }, "Only administrators see the keys.") : errorCard(error, load));
    }
  }

  function row(key) {
    const words = [(key.roles ?? []).join(", "), key.gallery && `gallery ${key.gallery}`, key.createdAt && `made ${date(key.createdAt)}`, key.revokedAt && `revoked ${date(key.revokedAt)}`];
    return h("li", null, icon("key"), h("div", null, h("strong", { dir: "auto" }, key.name ?? key.id), h("div", { class: "small quiet" }, words.filter(Boolean).join(" · "))),
      !key.revokedAt && button("Revoke", () => revoke(key), { kind: "small danger", label: `Revoke ${key.name ?? key.id}` }));
  }

  async function revoke(key) {
    if (!await confirmDialog(`Revoke ${key.name ?? key.id}?`, "Programs that use it are refused at once.", "Revoke", { danger: true })) return;
    try {
      await api.revokeKey(key.id);
      toast("Revoked.");
      await load();
    } catch (error) { toast(describe(error).text, { kind: "bad" }); }
  }
}

function make(done) {
  return dialog("Make a key", (close) => {
    const name = h("input", { type: "text", required: true, maxlength: 100, autocomplete: "off" });
    const boxes = ROLES.map(([id, text]) => ({ id, box: h("input", { type: "checkbox", checked: id === "analyse" }), text }));
    const gallery = h("select", null, h("option", { value: "" }, "Every gallery"), service.galleries.map((g) => h("option", { value: g.name }, g.name)));
    const outcome = h("div", { class: "stack" });
    const submit = button("Make it", null, { kind: "primary", type: "submit" }), shut = button("Close", () => close(null));
    return h("form", { class: "stack-l", onsubmit: async (event) => {
      event.preventDefault();
      try {
        const made = await api.createKey({ name: name.value.trim(), roles: boxes.filter((b) => b.box.checked).map((b) => b.id), gallery: gallery.value || null });
        replace(outcome, h("p", { class: "note warn" }, icon("warn"), h("span", null, "Copy it now: it is shown this once and kept only as a hash.")), h("pre", { class: "receipt" }, made.key),
          h("div", null, button("Copy", async () => { await navigator.clipboard.writeText(made.key); toast("Copied."); }, { kind: "small", symbol: "copy" })));
        submit.hidden = true;
        done();
      } catch (error) { replace(outcome, errorCard(error)); }
    } }, field("Name", name, "Which program or person uses it."), h("fieldset", { class: "stack" }, h("legend", null, "May"),
      boxes.map((b) => h("label", { class: "row" }, b.box, h("span", null, h("strong", null, b.id), " ", h("span", { class: "quiet small" }, b.text))))),
    field("Gallery", gallery), outcome, h("div", { class: "dialog-foot" }, shut, submit));
  });
}
