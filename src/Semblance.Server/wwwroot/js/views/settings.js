import { api, ApiError } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { bytes, capital, count, fixed, oneIn } from "../format.js";
import { learnGalleries } from "../galleries.js";
import { inUse, may, service, state } from "../state.js";
import { askForKey } from "../components/dialogs.js";
import { describe, errorCard, loading, toast } from "../components/feedback.js";
import { showAccess } from "./access.js";
import { auditCard } from "./audit.js";
import { keysCard } from "./keys.js";

const ESTIMATES = { age: "apparent age", gender: "perceived gender", emotion: "expression", pose: "head pose", landmarks: "68 points" };
const term = (name, ...value) => h("div", { class: "fact" }, h("dt", null, name), h("dd", null, value));
const card = (title, ...content) => h("section", { class: "card stack", "aria-label": title }, h("h2", null, title), content);

export async function show(root, [part, id] = []) {
  if (part === "access") return showAccess(root, id);
  await learnGalleries();
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Settings"), h("p", null, "What this service uses, allows and holds. What is not to be changed here is configured where it runs."))),
    h("div", { class: "settings" }, health(), appearance(), rates(), analysis(), galleries(), models(), card("Keys", keysCard()), may("admin") && card("Log of changes", auditCard()), may("admin") && card("Log of searches and looks", accessNote())));
}

const accessNote = () => [h("p", { class: "small" }, "Every search, comparison and look at somebody: by which key, when, and whom it showed."),
  h("div", null, h("a", { class: "button small", href: "#/settings/access" }, icon("people"), "Who looked at whom"))];

function appearance() {
  const theme = h("select", { onchange: () => { state.theme = theme.value; } },
    ["system", "light", "dark"].map((value) => h("option", { value, selected: state.theme === value }, capital(value))));
  const roles = service.limits?.keys && service.limits.key?.roles;
  return card("This browser", field("Appearance", theme), h("div", { class: "between" },
    h("span", null, state.key ? `A key is in use in this tab${roles ? `: ${roles.join(", ")}` : ""}.` : "No key is in use."),
    h("div", { class: "row" }, button(state.key ? "Change the key" : "Enter a key", async () => {
      const key = await askForKey("It is checked with the next request.");
      if (key) { state.key = key; location.reload(); }
    }, { kind: "small" }), state.key && button("Forget the key", () => { state.key = ""; location.reload(); }, { kind: "small" }))));
}

/** One gauge of the metrics, summed over its series; null where it is not told. */
function gauge(text, name) {
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.length ? lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0) : null;
}

function health() {
  const body = h("div", { class: "stack" }, loading("Asking…"));
  load();
  async function load() {
    let words = "Ready", kind = "good", answer = null;
    try {
      answer = await api.ready();
    } catch (error) {
      if (!(error instanceof ApiError)) { replace(body, errorCard(error, load)); return; }
      [words, kind] = ["Not ready", "bad"];
    }
    const metrics = may("admin") ? await api.metrics().catch(() => null) : null;
    const told = (name) => (metrics === null ? null : gauge(metrics, name));
    const working = told("semblance_queue_working"), waiting = told("semblance_queue_waiting"), faces = told("semblance_faces_total");
    replace(body, h("p", { class: "row" }, h("span", { class: `badge ${kind}` }, words), answer?.stopping && h("span", { class: "badge bad" }, "Stopping"),
      button("Look again", load, { kind: "small ghost" })),
    h("dl", { class: "facts" }, service.inUse?.version && term("Version", service.inUse.version),
      working !== null && term("Now", `${count(working, "picture")} worked on by ${count(service.limits.workers, "worker")}, ${waiting} waiting`
        + `${service.limits.queue ? ` of at most ${service.limits.queue}` : ""}`),
      faces !== null && term("Since its start", `${count(faces, "face")} found`)));
  }
  return card("Health and load", body, h("p", { class: "small" }, "For monitoring: ", h("a", { href: "metrics" }, "metrics"), " and ", h("a", { href: "reference" }, "API reference"), "."));
}

/** What a rate means, and another one for everybody who names none. */
function rates() {
  const { settings } = service;
  if (!settings) return card("How strict", h("p", { class: "quiet" }, "This key may not see the settings."));
  const measured = (service.inUse?.embedder?.thresholds ?? []).map((entry) => entry.falseMatchRate);
  const choice = (name, offered, words) => {
    const set = settings[name];
    const select = h("select", { disabled: !may("admin"), onchange: async () => {
      try {
        service.settings = await api.saveSettings({ [name]: Number(select.value) });
        toast(service.settings.kept ? "Changed for everybody who names no rate." : "Changed until the service starts again.");
      } catch (error) {
        select.value = String(service.settings[name]);
        toast(describe(error).text, { kind: "bad" });
      }
    } }, [...new Set([...offered, set])].sort((x, y) => y - x).map((rate) => h("option", { value: rate, selected: rate === set }, `${oneIn(rate)} ${words}`)));
    return select;
  };
  return card("How strict", field("Comparing two pictures", choice("falseMatchRate", measured.filter((rate) => rate <= 1e-2), "pairs of strangers pass"),
    "The stricter, the more pictures of one person are refused."),
  field("Finding somebody", choice("falsePositiveIdentificationRate", [1e-1, 3e-2, 1e-2, 3e-3, 1e-3], "strangers get a name"),
    "However large the gallery is: what a face must reach rises with it."),
  !may("admin") && h("p", { class: "small quiet" }, "Administrators can change these."));
}

function analysis() {
  const { settings, inUse: made, limits } = service;
  return card("Analysis", h("dl", { class: "facts" },
    made && term("Detector", made.detector), made && term("Embedder", made.embedder?.id ?? made.embedder),
    settings && term("Estimates", Object.entries(ESTIMATES).filter(([id]) => settings.features?.includes(id)).map(([, words]) => words).join(", ") || "none is allowed"),
    settings && term("Finding people", settings.identification ? "allowed" : "switched off"),
    settings?.strangers && term("Strangers", settings.strangers.enabled ? `unknown faces are kept for ${count(settings.strangers.days, "day")}` : "not kept"),
    limits?.pictureBytes && term("Largest picture", `${bytes(limits.pictureBytes)}, ${fixed((limits.pixels ?? 40e6) / 1e6, 0)} megapixels`)));
}

function galleries() {
  const words = (g) => [count(g.people, "person", "people"), g.expiredPeople > 0 && `${g.expiredPeople} expired`, count(g.references, "picture"), g.encrypted ? "encrypted" : "not encrypted",
    g.requireConsent && "consent required", g.keepCrops ? "crops kept" : "no crops kept"];
  return card("Galleries", service.galleries.length ? h("ul", { class: "outcome" }, service.galleries.map((g) => h("li", null, icon("people"), h("div", null, h("strong", null, g.name),
    h("div", { class: "small quiet" }, words(g).filter(Boolean).join(", "))))))
    : h("p", { class: "quiet" }, "No gallery is open to this key."));
}

function models() {
  const use = { true: ["good", "commercial use permitted"], false: ["bad", "not for commercial use"] };
  const row = (model) => {
    const [kind, words] = use[model.commercialUse] ?? ["bad", "commercial use not stated"];
    return h("tr", null, h("td", null, h("div", { class: "mono" }, model.id), h("div", { class: "quiet" }, (model.kinds ?? []).join(", "), !inUse(model) && ", not in use")),
      h("td", null, h("div", null, model.license ?? "licence not stated"), h("span", { class: `badge ${kind}` }, words)));
  };
  const sorted = [...service.models].sort((x, y) => Number(inUse(y)) - Number(inUse(x)));
  return card("Models and licences", h("table", null, h("thead", null, h("tr", null, ["Model", "Licence"].map((t) => h("th", { scope: "col" }, t)))), h("tbody", null, sorted.map(row))));
}
