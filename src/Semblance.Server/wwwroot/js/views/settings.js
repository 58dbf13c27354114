import { api, ApiError } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { bytes, capital, count, date, fixed, oneIn, rateText } from "../format.js";
import { learnGalleries } from "../galleries.js";
import { service, state } from "../state.js";
import { askForKey, confirmDialog, dialog } from "../components/dialogs.js";
import { errorCard, loading, toast } from "../components/feedback.js";

const ROLES = [["analyse", "Detect, embed, compare, attributes"], ["identify", "Search the gallery"], ["enrol", "People and their pictures"], ["admin", "Everything: delete all, export, audit, keys"]];
const term = (name, ...value) => h("div", { class: "fact" }, h("dt", null, name), h("dd", null, value));

export async function show(root) {
  await learnGalleries();
  const { settings, models, galleries, limits, inUse } = service;
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Settings"), h("p", null, "What this service uses, allows and holds. It is configured where it runs; here it is shown."))),
    h("div", { class: "settings" }, health(), appearance(), analysis(), galleryCards(), modelTable(), keys()));

  function card(title, ...content) { return h("section", { class: "card stack", "aria-label": title }, h("h2", null, title), content); }

  function appearance() {
    const theme = h("select", { onchange: () => { state.theme = theme.value; } },
      ["system", "light", "dark"].map((value) => h("option", { value, selected: state.theme === value }, capital(value))));
    return card("This browser", field("Appearance", theme), h("div", { class: "between" }, h("span", null, state.key ? "A key is in use in this tab." : "No key is in use."),
      h("div", { class: "row" }, button(state.key ? "Change the key" : "Enter a key", async () => { const key = await askForKey("It is checked with the next request."); if (key) { state.key = key; location.reload(); } }, { kind: "small" }),
        state.key && button("Forget the key", () => { state.key = ""; location.reload(); }, { kind: "small" }))));
  }

  function health() {
    const body = h("div", null, loading("Asking…"));
    api.ready().then((answer) => draw("Ready", "good", answer), (error) => (error instanceof ApiError ? draw("Not ready", "bad", error.problem) : replace(body, errorCard(error))));
    function draw(words, kind, answer) {
      const parts = answer && typeof answer === "object" && !(answer instanceof Blob) ? Object.entries(answer.checks ?? answer.entries ?? {}) : [];
      replace(body, h("p", { class: "row" }, h("span", { class: `badge ${kind}` }, words), answer?.queue && h("span", { class: "quiet num" }, `${answer.queue.running ?? 0} running, ${answer.queue.waiting ?? 0} waiting of ${answer.queue.capacity ?? "–"}`)),
        parts.length > 0 && h("dl", { class: "facts" }, parts.map(([name, value]) => term(capital(name), String(value.status ?? value)))));
    }
    return card("Health and load", body, h("p", { class: "small" }, h("a", { href: "metrics" }, "Metrics"), " for Prometheus, ", h("a", { href: "reference" }, "API reference"), "."));
  }

  function analysis() {
    if (!settings) return card("Analysis", h("p", { class: "quiet" }, "This key may not see the settings."));
    return card("Analysis", h("dl", { class: "facts" },
      inUse && term("Detector", inUse.detector), inUse && term("Embedder", inUse.embedder?.id ?? inUse.embedder),
      settings.falseMatchRate && term("Comparison", `false match rate ${rateText(settings.falseMatchRate)}: ${oneIn(settings.falseMatchRate)} pairs of strangers would pass`),
      settings.falsePositiveIdentificationRate && term("Search", `${oneIn(settings.falsePositiveIdentificationRate)} strangers would get a name`),
      inUse?.embedder?.calibratedOn && term("Measured on", inUse.embedder.calibratedOn),
      term("Estimates allowed", settings.features?.length ? settings.features.map(capital).join(", ") : "none"),
      settings.strangers && term("Strangers", settings.strangers.enabled ? "kept for a limited time" : "not kept"),
      limits?.pictureBytes && term("Largest picture", `${bytes(limits.pictureBytes)}, ${fixed((limits.pixels ?? 40e6) / 1e6, 0)} megapixels`)));
  }

  function galleryCards() {
    return card("Galleries", galleries.length ? h("ul", { class: "outcome" }, galleries.map((g) => h("li", null, icon("people"), h("div", null, h("strong", null, g.name),
      h("div", { class: "small quiet" }, [g.people !== undefined && count(g.people, "person", "people"), g.references !== undefined && count(g.references, "picture"), g.encrypted ? "encrypted" : "not encrypted", g.requireConsent && "consent required", g.keepCrops && "crops kept"].filter(Boolean).join(", "))))))
      : h("p", { class: "quiet" }, "No gallery is open."));
  }

  function modelTable() {
    return card("Models and licences", h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Models" }, h("table", null, h("thead", null, h("tr", null, ["Model", "Does", "Licence", "Commercial use"].map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", null, models.map((model) => h("tr", null, h("td", { class: "mono" }, model.id), h("td", null, (model.kinds ?? []).join(", ")), h("td", null, model.license ?? "not stated"),
        h("td", null, model.commercialUse === true ? "permitted" : h("span", { class: "badge bad" }, model.commercialUse === false ? "not permitted" : "not stated"))))))));
  }

  function keys() {
    const body = h("div", null, loading("Loading…"));
    const load = () => api.keys().then(({ keys: list = [] }) => replace(body, list.length
      ? h("ul", { class: "outcome" }, list.map((key) => h("li", null, icon("settings"), h("div", null, h("strong", null, key.name ?? key.id), h("div", { class: "small quiet" },
        [(key.roles ?? []).join(", "), key.gallery && `gallery ${key.gallery}`, key.createdAt && `made ${date(key.createdAt)}`, key.revokedAt && `revoked ${date(key.revokedAt)}`].filter(Boolean).join(" · "))),
      !key.revokedAt && button("Revoke", async () => { if (await confirmDialog(`Revoke ${key.name ?? key.id}?`, "Programs that use it are refused at once.", "Revoke", { danger: true })) { await api.revokeKey(key.id); load(); } }, { kind: "small danger" }))))
      : h("p", { class: "quiet" }, "No keys: the service answers this computer only."), h("div", null, button("Make a key", make, { kind: "small", symbol: "plus" }))),
    (error) => replace(body, error instanceof ApiError && [401, 403, 409].includes(error.status) ? h("p", { class: "quiet" }, error.status === 409 ? "This service runs without keys: it answers this computer only." : "Only administrators see the keys.") : errorCard(error, load)));
    const make = () => dialog("Make a key", (close) => {
      const name = h("input", { type: "text", required: true, maxlength: 100 });
      const boxes = ROLES.map(([id, text]) => ({ id, box: h("input", { type: "checkbox", checked: id === "analyse" }), text }));
      const gallery = h("select", null, h("option", { value: "" }, "Every gallery"), galleries.map((g) => h("option", { value: g.name }, g.name)));
      const outcome = h("div");
      return h("form", { class: "stack-l", onsubmit: async (event) => {
        event.preventDefault();
        try {
          const made = await api.createKey({ name: name.value.trim(), roles: boxes.filter((b) => b.box.checked).map((b) => b.id), gallery: gallery.value || null });
          replace(outcome, h("p", { class: "note" }, icon("warn"), h("span", null, "Copy it now: it is shown this once and kept only as a hash.")), h("pre", { class: "receipt" }, made.key),
            button("Copy", async () => { await navigator.clipboard.writeText(made.key); toast("Copied."); }, { kind: "small", symbol: "copy" }));
          load();
        } catch (error) { replace(outcome, errorCard(error)); }
      } }, field("Name", name, "Which program or person uses it."), h("fieldset", { class: "stack" }, h("legend", null, "May"), boxes.map((b) => h("label", { class: "row" }, b.box, h("span", null, h("strong", null, b.id), " ", h("span", { class: "quiet small" }, b.text))))),
      field("Gallery", gallery), outcome, h("div", { class: "dialog-foot" }, button("Close", () => close(null)), button("Make it", null, { kind: "primary", type: "submit" })));
    });
    load();
    return card("Keys", body);
  }
}
