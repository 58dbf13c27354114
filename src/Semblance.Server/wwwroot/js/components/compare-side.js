import { api, ApiError } from "../api.js";
import { button, h, replace } from "../dom.js";
import { count } from "../format.js";
import { choosePerson } from "./choose-person.js";
import { cutOut, faceCrop, loadImage } from "./crop.js";
import { dropZone } from "./drop-zone.js";
import { errorCard, loading } from "./feedback.js";
import { PictureView } from "./picture-view.js";
import { coverOf, portrait } from "./portrait.js";

/** One side of a comparison: a picture with the face that is meant, or where it is offered a person of the gallery. */
export class CompareSide {
  constructor(letter, changed, { people = false, pastes = () => true } = {}) {
    Object.assign(this, { letter, changed, people, pastes });
    this.view = new PictureView({ onselect: (index) => this.choose(index) });
    this.body = h("div", { class: "stack" });
    this.title = h("h2");
    this.another = button("", () => this.clear(), { kind: "small" });
    this.element = h("section", { class: "card compare-side", "aria-label": `Picture ${letter}` },
      h("div", { class: "between" }, this.title, this.another), this.body);
    this.clear();
  }

  clear() {
    this.cancel?.abort();
    const focused = this.element.contains(document.activeElement);
    Object.assign(this, { file: null, image: null, faces: null, index: -1, person: null });
    this.head(`Picture ${this.letter}`);
    replace(this.body, dropZone({ title: "Drop a picture", onfiles: ([file]) => this.take(file), paste: () => this.pastes() }),
      this.people && h("p", { class: "row center" }, h("span", { class: "quiet" }, "or"), button("Somebody who is enrolled", () => this.choosePerson(), { symbol: "people" })));
    if (focused) this.body.querySelector("button").focus();
    this.changed();
  }

  /** What stands above; where the focus was on what goes, it is on the button that brings it back. */
  head(title, another) {
    const focused = another && this.body.contains(document.activeElement);
    replace(this.title, title);
    this.another.hidden = !another;
    this.another.textContent = another ?? "";
    if (focused) this.another.focus();
  }

  async choosePerson() {
    const person = await choosePerson("Compare with whom?", "The picture is compared with every picture that is kept of this person.");
    if (!person) return;
    this.person = person;
    this.head(h("bdi", null, person.name), "Somebody else");
    replace(this.body, h("div", { class: "compare-person" }, portrait(coverOf(person), person.name, { size: "large" }),
      h("div", { class: "stack" }, h("p", null, `${count(person.referenceCount ?? 0, "picture")} kept. The closest decides, and the rate is shared among all of them.`),
        h("a", { href: `#/people/${person.id}` }, "Open the record"))));
    this.changed();
  }

  async take(file) {
    this.file = file;
    this.cancel = new AbortController();
    this.head(`Picture ${this.letter}`, "Another picture");
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

  /** Nothing was brought yet. */
  get empty() { return !this.file && !this.person; }

  /** There is something to compare. */
  get ready() { return Boolean(this.person || this.face); }

  /** The whole picture where one face is on it, else the part around the chosen one. */
  upload() { return this.faces.length === 1 || !this.image ? this.file : cutOut(this.image, this.face, this.file.name); }
}
