import { api, ApiError } from "../api.js";
import { button, h, icon, replace, unique } from "../dom.js";
import { count, fixed, oneIn } from "../format.js";
import { service } from "../state.js";
import { cutOut, faceCrop, loadImage } from "../components/crop.js";
import { dropZone } from "../components/drop-zone.js";
import { decisionOf, DECISIONS, rateWords, verdict } from "../components/explain.js";
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
    this.another = button("Another picture", () => this.clear(), { kind: "small" });
    this.element = h("section", { class: "card compare-side", "aria-label": `Picture ${letter}` },
      h("div", { class: "between" }, h("h2", null, `Picture ${letter}`), this.another), this.body);
    this.clear();
  }

  clear() {
    this.cancel?.abort();
    Object.assign(this, { file: null, image: null, faces: null, index: -1 });
    this.another.hidden = true;
    replace(this.body, dropZone({ title: "Drop a picture", onfiles: ([file]) => this.take(file), paste: this.letter === "A" }));
    this.changed();
  }

  async take(file) {
    this.file = file;
    this.cancel = new AbortController();
    this.another.hidden = false;
    replace(this.body, loading("Looking for faces…", () => this.clear()));
    try {
      this.image = await loadImage(file);
      const result = await api.analyze(file, ["quality"], { signal: this.cancel.signal });
      this.faces = result.faces;
      if (!this.faces.length) throw new ApiError(422, { code: "no-face", detail: "There is none in this picture that could be told." });
      const size = (face) => face.box.width * face.box.height;
      this.index = this.faces.reduce((best, face, i) => (size(face) > size(this.faces[best]) ? i : best), 0);
      this.view.caption.textContent = this.faces.length > 1 ? `${count(this.faces.length, "face")}: choose one` : "One face";
      replace(this.body, this.image && this.view.element, this.chooser());
      if (this.image) this.view.show(this.image, this.faces.map((face) => ({ face, text: "" })));
      this.view.select(this.index);
      this.changed();
    } catch (error) {
      if (error.name === "AbortError") return;
      replace(this.body, errorCard(error, () => this.take(file)));
    }
  }

  /** Every face of the picture, to choose by mouse, finger and arrow keys. */
  chooser() {
    this.choices = [];
    if (this.faces.length < 2) return null;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    this.choices = this.faces.map((face, i) => h("button", { type: "button", role: "radio", class: "choice", "aria-label": `Face ${i + 1}`, onclick: () => this.choose(i),
      onkeydown: (event) => {
        if (!step[event.key]) return;
        event.preventDefault();
        this.choose((this.index + step[event.key] + this.faces.length) % this.faces.length);
        this.choices[this.index].focus();
      } }, this.image ? faceCrop(this.image, face, { label: `Face ${i + 1}` }) : `Face ${i + 1}`));
    this.mark();
    return h("div", { class: "choices", role: "radiogroup", "aria-label": `The face of picture ${this.letter} that is meant` }, this.choices);
  }

  mark() {
    this.choices.forEach((choice, i) => {
      choice.setAttribute("aria-checked", i === this.index ? "true" : "false");
      choice.tabIndex = i === this.index ? 0 : -1;
    });
  }

  choose(index) {
    this.index = index;
    this.mark();
    this.view.select(index);
    this.changed();
  }

  get face() { return this.faces?.[this.index]; }

  /** The whole picture where one face is on it, else the part around the chosen one. */
  upload() { return this.faces.length === 1 || !this.image ? this.file : cutOut(this.image, this.face, this.file.name); }
}

/** The powers of ten the model was measured at, and the one that is set. */
function offeredRates(set) {
  const whole = (rate) => Number.isInteger(Math.round(Math.log10(rate) * 1e6) / 1e6);
  const measured = (service.inUse?.embedder?.thresholds ?? []).map((entry) => entry.falseMatchRate).filter((rate) => rate <= 1e-2 && whole(rate));
  return [...new Set([...measured, set])].sort((x, y) => y - x);
}

export function show(root) {
  let rate = service.settings?.falseMatchRate ?? 1e-4, cancel = null, ask = null;
  const rates = offeredRates(rate);
  const answers = new Map();
  const a = new Side("A", () => queueMicrotask(compare));
  const b = new Side("B", () => queueMicrotask(compare));
  const pair = h("div", { class: "pair" }), answer = h("div", { class: "stack", "aria-live": "polite" }), reach = h("p", { class: "small" }), notes = h("div", { class: "stack" });
  const words = h("output", { class: "num" });
  const slider = h("input", { type: "range", id: unique("strict"), min: 0, max: rates.length - 1, step: 1, value: rates.indexOf(rate), oninput: () => {
    rate = rates[Number(slider.value)];
    setting();
    draw();
  } });
  const steps = h("ol", { class: "steps", "aria-hidden": "true", vars: { "--steps": rates.length } });
  const strict = h("div", { class: "rate", vars: { "--steps": rates.length } },
    h("div", { class: "between" }, h("label", { for: slider.id }, "How strict"), words), slider, steps, reach);
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Compare"),
    h("p", null, "Are these two pictures of one person? The answer comes with how sure it is, and with what the setting means."))),
  h("div", { class: "compare" }, a.element, b.element),
  h("section", { class: "card compare-result", "aria-label": "Answer" }, h("div", { class: "compare-answer" }, pair, h("div", { class: "stack-l" }, answer, strict, notes))));
  setting();

  function setting() {
    words.textContent = `${oneIn(rate)} strangers may pass`;
    slider.setAttribute("aria-valuetext", words.textContent);
    replace(steps, rates.map((r) => {
      const found = answers.get(r);
      const kind = found && !(found instanceof Error) ? DECISIONS[decisionOf(found)] : null;
      return h("li", { class: `${kind?.kind ?? ""} ${r === rate ? "now" : ""}` }, icon(kind?.symbol ?? "check"), h("span", null, oneIn(r).replace("1 in ", "")));
    }));
  }

  async function compare() {
    cancel?.abort();
    answers.clear();
    setting();
    replace(reach, "Further right fewer strangers pass, and more pictures of one person are refused.");
    replace(notes);
    drawPair("");
    if (!a.face || !b.face) {
      replace(answer, h("p", { class: "quiet" }, "The answer appears here when both pictures have a face."));
      return;
    }
    cancel = new AbortController();
    const { signal } = cancel;
    replace(answer, loading("Comparing…"));
    try {
      const [fileA, fileB] = await Promise.all([a.upload(), b.upload()]);
      ask = async (r) => {
        const found = await api.verify(fileA, fileB, { fmr: r }, { signal }).catch((error) => { if (error.name === "AbortError") throw error; return error; });
        answers.set(r, found);
      };
      // The rate that is set first, also where it is moved meanwhile; then the others, so that moving it costs nothing.
      for (let next; (next = answers.has(rate) ? rates.find((r) => !answers.has(r)) : rate) !== undefined;) {
        await ask(next);
        if (signal.aborted) return;
        if (next === rate) draw();
        setting();
      }
      replace(reach, reachWords());
    } catch (error) {
      if (error.name !== "AbortError") replace(answer, errorCard(error, compare));
    }
  }

  /** How far the answer holds when the setting is made stricter. */
  function reachWords() {
    const same = rates.filter((r) => !(answers.get(r) instanceof Error) && decisionOf(answers.get(r)) === "same");
    if (same.length === rates.length) return `One person at every setting that is offered, up to ${oneIn(rates.at(-1))}.`;
    if (same.length) return `One person up to ${oneIn(same.at(-1))}; what is stricter asks for more than these pictures reach.`;
    const unsure = rates.some((r) => !(answers.get(r) instanceof Error) && decisionOf(answers.get(r)) === "cannot-tell");
    return unsure ? "These pictures do not carry an answer at the settings marked with a question mark." : `Different people at every setting that is offered, down to ${oneIn(rates[0])}.`;
  }

  function draw() {
    const found = answers.get(rate);
    if (!found) return;
    if (found instanceof Error) { replace(answer, errorCard(found, compare)); replace(notes); return; }
    const decision = decisionOf(found);
    drawPair(decision, found);
    replace(answer, verdict(found), similarityScale({ score: found.score ?? found.similarity, threshold: found.threshold, decision }));
    replace(notes, h("p", null, rateWords(found.falseMatchRate ?? rate)),
      h("details", null, h("summary", null, "Where these figures come from"), h("div", { class: "stack small quiet" },
        found.calibratedOn && h("p", null, `Measured on ${found.calibratedOn}.`),
        found.score !== undefined && Math.abs(found.score - found.similarity) > 0.004
          && h("p", null, `The similarity is ${fixed(found.similarity)}; strangers of this kind are alike by ${fixed(found.similarity - found.score)}, which is taken off.`),
        h("p", null, "Neither is a probability."))),
      h("p", { class: "small quiet" }, "Look at both pictures yourself before anything depends on the answer."));
  }

  function drawPair(decision, found) {
    const sign = { same: "=", different: "≠", "cannot-tell": "?" }[decision] ?? "";
    replace(pair, crop(a, found?.a), h("span", { class: `pair-sign ${decision}`, "aria-hidden": "true" }, sign), crop(b, found?.b));
  }

  const crop = (side, picture) => h("figure", { class: "pair-face" }, side.image && side.face
    ? faceCrop(side.image, side.face, { size: 168, label: `Face of picture ${side.letter}, aligned` }) : h("span", { class: "crop pair-blank" }, icon("analyse")),
  h("figcaption", null, `Picture ${side.letter}`), picture?.face && h("details", null, h("summary", null, "Details"), faceFacts(picture.face)));

  compare();
  return () => cancel?.abort();
}
