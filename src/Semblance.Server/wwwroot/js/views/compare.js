import { api, ApiError } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { count, fixed, oneIn } from "../format.js";
import { service } from "../state.js";
import { cutOut, faceCrop, loadImage } from "../components/crop.js";
import { dropZone } from "../components/drop-zone.js";
import { decisionOf, rateWords, verdict } from "../components/explain.js";
import { faceFacts } from "../components/face-facts.js";
import { errorCard, loading } from "../components/feedback.js";
import { PictureView } from "../components/picture-view.js";
import { similarityScale } from "../components/similarity-scale.js";


class Side {
  constructor(letter, changed) {
    this.letter = letter;
    this.changed = changed;
    this.view = new PictureView({ onselect: (index) => this.choose(index) });
    this.body = h("div", { class: "stack" });
    this.element = h("section", { class: "card compare-side", "aria-label": `Picture ${letter}` }, h("h2", null, `Picture ${letter}`), this.body);
    this.clear();
  }

  clear() {
    this.cancel?.abort();
    Object.assign(this, { file: null, image: null, faces: null, index: -1 });
    replace(this.body, dropZone({ title: "Drop a picture", onfiles: ([file]) => this.take(file), paste: this.letter === "A" }));
    this.changed();
  }

  async take(file) {
    this.file = file;
    this.cancel = new AbortController();
    replace(this.body, loading("Looking for faces…", () => this.clear()));
    try {
      this.image = await loadImage(file);
      const result = await api.analyze(file, ["quality"], { signal: this.cancel.signal });
      this.faces = result.faces;
      if (!this.faces.length) throw new ApiError(422, { code: "no-face", detail: "There is none in this picture that could be told." });
      const size = (face) => face.box.width * face.box.height;
      this.index = this.faces.reduce((best, face, i) => (size(face) > size(this.faces[best]) ? i : best), 0);
      replace(this.body, this.view.element, h("div", { class: "between" },
        h("span", { class: "quiet small" }, this.faces.length > 1 ? `${count(this.faces.length, "face")}: click the one that is meant` : "One face"),
        button("Another picture", () => this.clear(), { kind: "small" })), this.chooser());
      if (this.image) this.view.show(this.image, this.faces.map((face) => ({ face, text: "" })));
      this.view.select(this.index);
      this.changed();
    } catch (error) {
      if (error.name === "AbortError") return;
      replace(this.body, errorCard(error, () => this.take(file)), button("Another picture", () => this.clear(), { kind: "small" }));
    }
  }

  chooser() {
    if (this.faces.length < 2) return null;
    this.select = h("select", { onchange: () => this.choose(Number(this.select.value)) },
      this.faces.map((face, i) => h("option", { value: i, selected: i === this.index }, `Face ${i + 1}`)));
    return field("Face", this.select);
  }

  choose(index) {
    this.index = index;
    if (this.select) this.select.value = index;
    this.view.select(index);
    this.changed();
  }

  get face() { return this.faces?.[this.index]; }

  /** The whole picture where one face is on it, else the part around the chosen one. */
  upload() { return this.faces.length === 1 || !this.image ? this.file : cutOut(this.image, this.face, this.file.name); }
}

export function show(root) {
  let rate = service.settings?.falseMatchRate ?? 1e-4, cancel = null;
  const result = h("section", { class: "card compare-result", "aria-live": "polite", "aria-label": "Answer" });
  const a = new Side("A", () => queueMicrotask(compare));
  const b = new Side("B", () => queueMicrotask(compare));
  const rates = (service.inUse?.embedder?.thresholds ?? []).map((entry) => entry.falseMatchRate)
    .filter((r) => r <= 1e-2 && Number.isInteger(Math.round(Math.log10(r) * 1e6) / 1e6)).sort((x, y) => y - x);
  if (!rates.includes(rate)) rates.push(rate);
  rates.sort((x, y) => y - x);
  const slider = h("input", { type: "range", min: 0, max: rates.length - 1, step: 1, value: Math.max(0, rates.indexOf(rate)), oninput: () => {
    rate = rates[Number(slider.value)];
    words.textContent = `${oneIn(rate)} strangers may pass`;
    slider.setAttribute("aria-valuetext", words.textContent);
    answered ? draw() : compare();
  } });
  const words = h("output", { class: "num" }, `${oneIn(rate)} strangers may pass`);
  slider.setAttribute("aria-valuetext", words.textContent);
  const answers = new Map();
  let answered = false;

  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Compare"), h("p", null, "Are these two pictures of one person? The answer comes with how sure it is, and with what the setting means."))),
    h("div", { class: "compare" }, a.element, b.element), h("div", { class: "card rate" }, field("How strict", slider, "Further right fewer strangers pass, and more pictures of one person are refused."), words), result);

  async function compare() {
    cancel?.abort();
    answers.clear();
    answered = false;
    if (!a.face || !b.face) {
      replace(result, h("p", { class: "quiet" }, icon("compare"), " The answer appears here when both pictures have a face."));
      return;
    }
    cancel = new AbortController();
    const { signal } = cancel;
    replace(result, loading("Comparing…"));
    try {
      const [fileA, fileB] = await Promise.all([a.upload(), b.upload()]);
      const ask = (r) => api.verify(fileA, fileB, { fmr: r }, { signal }).then((answer) => answers.set(r, answer), (error) => {
        if (error.name === "AbortError") throw error;
        answers.set(r, error);
      });
      await ask(rate);
      if (signal.aborted) return;
      draw();
      for (const r of rates) if (!answers.has(r)) await ask(r);
      answered = true;
    } catch (error) {
      if (error.name !== "AbortError") replace(result, errorCard(error, compare));
    }
  }

  function draw() {
    const answer = answers.get(rate);
    if (!answer) return;
    if (answer instanceof Error) { replace(result, errorCard(answer, compare)); return; }
    const decision = decisionOf(answer);
    const score = answer.score ?? answer.similarity;
    replace(result, h("div", { class: "compare-answer" },
      h("div", { class: "pair" }, crop(a, answer.a), h("span", { class: `pair-sign ${decision}`, "aria-hidden": "true" }, decision === "same" ? "=" : decision === "different" ? "≠" : "?"), crop(b, answer.b)),
      verdict(answer), similarityScale({ score, threshold: answer.threshold, decision }),
      h("div", { class: "stack" }, h("p", null, rateWords(answer.falseMatchRate ?? rate, answer.calibratedOn)),
        answer.score !== undefined && Math.abs(answer.score - answer.similarity) > 0.004
          && h("p", { class: "small quiet" }, `Similarity ${fixed(answer.similarity)}; strangers of this kind are alike by ${fixed(answer.similarity - answer.score)}, which is taken off.`),
        h("p", { class: "small quiet" }, "A similarity is no probability. Look at both pictures yourself before anything depends on the answer."))));
  }

  const crop = (side, picture) => h("figure", { class: "pair-face" }, side.image && faceCrop(side.image, side.face, { size: 168, label: `Face of picture ${side.letter}, aligned` }),
    h("figcaption", null, `Picture ${side.letter}`), picture?.face && h("details", null, h("summary", null, "Details"), faceFacts(picture.face)));

  compare();
  return () => cancel?.abort();
}
