import { api } from "../api.js";
import { button, h, icon, replace, unique } from "../dom.js";
import { count, fixed } from "../format.js";
import { service } from "../state.js";
import { faceCrop, loadImage } from "../components/crop.js";
import { dropZone } from "../components/drop-zone.js";
import { ATTRIBUTE_NOTE } from "../components/explain.js";
import { faceFacts } from "../components/face-facts.js";
import { empty, errorCard, loading, progressBar, toast } from "../components/feedback.js";
import { CROWD, PictureView } from "../components/picture-view.js";

const FEATURES = [
  { id: "age", text: "Apparent age", attribute: true },
  { id: "gender", text: "Perceived gender", attribute: true },
  { id: "emotion", text: "Expression", attribute: true },
  { id: "pose", text: "Head pose" },
  { id: "landmarks", text: "68 points" },
];
const chosen = new Set();
const allowed = (feature) => !service.settings?.features || service.settings.features.includes(feature.id);

function shortWords(face) {
  return [face.age?.years && `${Math.round(face.age.years)}`, face.gender?.label, face.emotion?.label].filter(Boolean).join(", ");
}

export function show(root) {
  const items = [];
  let current = null, cancel = null, generation = 0;

  const noted = h("span");
  const note = h("p", { class: "note", hidden: true }, icon("info"), noted);
  const feature = (f) => {
    const box = h("input", { type: "checkbox", id: unique("feature"), checked: chosen.has(f.id), onchange: () => {
      box.checked ? chosen.add(f.id) : chosen.delete(f.id);
      noteAttributes();
      again();
    } });
    return h("label", { class: "chip", for: box.id }, box, h("span", null, f.text));
  };
  const noteAttributes = () => {
    note.hidden = !FEATURES.some((f) => f.attribute && chosen.has(f.id));
    const research = FEATURES.filter((f) => chosen.has(f.id) && service.models.some((model) => model.commercialUse === false && (model.kinds ?? []).includes(f.id)));
    noted.textContent = `${ATTRIBUTE_NOTE}${research.length ? ` For non-commercial research only: ${research.map((f) => f.text.toLowerCase()).join(", ")}.` : ""}`;
  };
  noteAttributes();

  const zone = dropZone({ title: "Drop photographs here", text: "or paste them. They go to your own Semblance service and nowhere else.", many: true, onfiles: add });
  const more = dropZone({ title: "Drop more here", many: true, compact: true, onfiles: add, paste: false });
  more.hidden = true;
  const strip = h("div", { class: "strip", role: "tablist", "aria-label": "Pictures" });
  const bar = progressBar("Pictures analysed");
  const stop = button("Cancel", () => cancel?.abort(), { kind: "small" });
  const running = h("div", { class: "row", hidden: true }, bar.element, stop);
  const rest = h("div", { class: "row", hidden: true });
  const view = new PictureView({ onselect: select });
  const list = h("div", { class: "face-list" });
  const workspace = h("div", { class: "workspace", hidden: true }, h("div", { class: "stack" }, view.element), list);

  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Analyse"), h("p", null, "Every face in a photograph, how usable it is, and why. Estimates only where you ask for them.")),
    h("fieldset", { class: "row features" }, h("legend", { class: "visually-hidden" }, "Also estimate"), FEATURES.filter(allowed).map(feature))),
  note, zone, more, running, rest, strip, workspace);

  function add(files) {
    for (const file of files) items.push({ file, state: "waiting" });
    zone.hidden = true;
    more.hidden = false;
    // What was just brought is shown, unless something is still worked on.
    if (!cancel) current = null;
    drawStrip();
    work();
  }

  function again() {
    cancel?.abort();
    generation++;
    for (const item of items) item.state = "waiting";
    if (items.length) work();
  }

  async function work() {
    if (cancel) return;
    cancel = new AbortController();
    const mine = generation;
    const failed = () => items.filter((item) => item.state === "failed").length;
    try {
      for (let item; (item = items.find((candidate) => candidate.state === "waiting")) && mine === generation;) {
        item.state = "working";
        running.hidden = items.length < 2;
        if (!current || current.state === "working") open(item);
        drawStrip();
        try {
          if (!item.image && (item.image = await loadImage(item.file)) && current === item) { open(item); drawStrip(); }
          const features = ["quality", ...[...chosen].filter((id) => FEATURES.some((f) => f.id === id && allowed(f)))];
          item.result = await api.analyze(item.file, features, { signal: cancel.signal });
          item.error = item.result.error ? new Error(item.result.error.message) : null;
          item.state = item.error ? "failed" : "done";
        } catch (error) {
          if (error.name === "AbortError") { item.state = mine === generation ? "cancelled" : "waiting"; throw error; }
          item.error = error;
          item.state = "failed";
        }
        bar.update(items.filter((i) => ["done", "failed"].includes(i.state)).length, items.length,
          `${items.filter((i) => i.state === "done").length} of ${items.length}${failed() ? `, ${failed()} failed` : ""}`);
        if (current === item) open(item);
        drawStrip();
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
      for (const item of items) if (["waiting", "working"].includes(item.state) && mine === generation) item.state = "cancelled";
      if (mine === generation && current) open(current);
      drawStrip();
    } finally {
      cancel = null;
      running.hidden = true;
    }
    if (mine !== generation) work();
  }

  function drawStrip() {
    strip.hidden = items.length < 2;
    const left = items.filter((item) => item.state === "cancelled");
    rest.hidden = items.length < 2 || !left.length;
    replace(rest, h("span", { class: "quiet" }, `${count(left.length, "picture")} not analysed.`),
      button("Go on", () => { for (const item of left) item.state = "waiting"; if (left.includes(current)) open(current); work(); }, { kind: "small" }));
    replace(strip, items.map((item, i) => {
      const words = { waiting: "waiting", working: "working…", failed: "failed", cancelled: "cancelled", done: item.result && count(item.result.faces.length, "face") }[item.state];
      return h("button", { type: "button", class: `thumb ${item.state}`, role: "tab", "aria-selected": item === current ? "true" : "false", title: item.file.name,
        onclick: () => { open(item); drawStrip(); } }, item.image ? h("img", { src: item.image.src, alt: "" }) : h("span", { class: "thumb-blank" }),
      h("span", { class: "thumb-text" }, h("span", { class: "cut" }, item.file.name || `Picture ${i + 1}`), h("span", { class: "quiet" }, words)));
    }));
  }

  function open(item) {
    current = item;
    list.classList.remove("crowded");
    workspace.hidden = false;
    replace(view.caption);
    replace(view.actions);
    if (item.state === "working" || item.state === "waiting") {
      view.element.hidden = !item.image;
      if (item.image) view.show(item.image, []);
      replace(list, loading("Looking for faces…", items.length < 2 ? () => cancel?.abort() : null));
      return;
    }
    if (item.state === "cancelled") { replace(list, empty("analyse", "Cancelled", "This picture was not analysed.", button("Analyse it now", () => { item.state = "waiting"; open(item); work(); }))); return; }
    if (item.error) {
      view.element.hidden = !item.image;
      if (item.image) view.show(item.image, []); else view.clear();
      replace(list, errorCard(item.error, () => { item.state = "waiting"; open(item); work(); }));
      return;
    }
    const { faces } = item.result;
    view.element.hidden = !item.image;
    if (item.image) view.show(item.image, faces.map((face) => ({ face, text: shortWords(face) })), { points: chosen.has("landmarks") ? "all" : "five" });
    else view.clear();
    const json = JSON.stringify(item.result, null, 2);
    view.caption.textContent = `${item.result.width} × ${item.result.height}, ${count(faces.length, "face")}`;
    replace(view.actions, button("Copy JSON", async () => { await navigator.clipboard.writeText(json); toast("Copied."); }, { kind: "small", symbol: "copy" }),
      h("a", { class: "button small", download: `${item.file.name}.json`, href: URL.createObjectURL(new Blob([json], { type: "application/json" })) }, "Save JSON"),
      button("Start over", () => { cancel?.abort(); replace(root); show(root); }, { kind: "small" }));
    const warnings = (item.result.warnings ?? []).map((w) => h("p", { class: "note" }, icon("warn"), h("span", null, w.message ?? w)));
    if (faces.length === 0) { replace(list, warnings, empty("analyse", "No face was found", "Faces that are very small, hidden or turned away are missed.")); return; }
    list.classList.toggle("crowded", faces.length > CROWD);
    replace(list, h("h2", { class: "visually-hidden" }, "Faces"), warnings, faces.map((face, i) => h("article", { class: "face-card", tabindex: "-1", dataset: { index: i }, onclick: () => select(i) },
      item.image && faceCrop(item.image, face, { label: `Face ${i + 1}` }),
      h("div", null, h("h3", null, h("button", { type: "button", class: "link plain", onclick: (e) => { e.stopPropagation(); select(i); } }, `Face ${i + 1}`)),
        h("p", { class: "brief small quiet num" }, [face.quality && `quality ${fixed(face.quality.score)}`, shortWords(face)].filter(Boolean).join(", ")), faceFacts(face)))));
  }

  function select(index) {
    view.select(index);
    for (const card of list.querySelectorAll(".face-card")) card.classList.toggle("chosen", Number(card.dataset.index) === index);
    list.querySelector(".face-card.chosen")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  return () => cancel?.abort();
}
