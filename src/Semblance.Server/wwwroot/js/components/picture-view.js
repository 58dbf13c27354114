import { button, h, replace, s } from "../dom.js";

export const CROWD = 7;
const LONGEST = 26;

/** A label's words, cut where they would hide the picture. */
const short = (words) => ([...words].length > LONGEST ? `${[...words].slice(0, LONGEST - 1).join("")}…` : words);

const pen = document.createElement("canvas").getContext("2d");

/** Places for a label ever farther from a box, where everything nearer is taken. */
function* around(box, label) {
  for (let ring = 1; ring <= 6; ring++) {
    for (let step = 0; step < 12; step++) {
      const angle = (step / 12) * 2 * Math.PI;
      yield { x: box.x + box.w / 2 - label.w / 2 + Math.cos(angle) * ring * label.w, y: box.y + box.h / 2 - label.h / 2 + Math.sin(angle) * ring * label.h, ...label };
    }
  }
}

/** Does a rectangle meet any of the others? */
const meets = (r, others) => others.some((o) => r.x < o.x + o.w && o.x < r.x + r.w && r.y < o.y + o.h && o.y < r.y + r.h);

/**
 * A picture with its faces over it: zoom by wheel, pinch, keys and buttons; pan by dragging. Labels keep their size and never cover
 * one another or a face; in a crowd a face has its number and the list beside has the words.
 */
export class PictureView {
  constructor({ onselect } = {}) {
    this.onselect = onselect;
    this.marks = [];
    this.selected = -1;
    this.scale = 1;
    this.offset = { x: 0, y: 0 };
    this.pointers = new Map();
    this.stage = h("div", { class: "pv-stage" });
    this.overlay = s("svg", { class: "pv-overlay", "aria-hidden": "true" });
    this.viewport = h("div", { class: "pv", tabindex: "0", role: "application", "aria-label": "Picture: plus and minus zoom, arrow keys move, 0 fits" },
      this.stage, this.overlay);
    this.caption = h("span", { class: "quiet num" });
    this.actions = h("div", { class: "row pv-actions" });
    const tools = h("div", { class: "pv-tools" },
      button("", () => this.zoom(1.4), { kind: "icon-only tool", symbol: "plus", label: "Zoom in" }),
      button("", () => this.zoom(1 / 1.4), { kind: "icon-only tool", symbol: "minus", label: "Zoom out" }),
      button("", () => this.fit(), { kind: "icon-only tool", symbol: "fit", label: "Fit" }));
    this.element = h("div", { class: "pv-frame" }, this.viewport, h("div", { class: "pv-bar" }, this.caption, this.actions, tools));
    this.listen();
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.viewport);
  }

  /** @param marks [{ face, text, kind }], kind: "", "same", "different", "unsure", "unknown"; `points`: "none", "five" or "all". */
  show(image, marks, { points = "five" } = {}) {
    this.image = image;
    this.marks = marks;
    this.points = points;
    this.selected = -1;
    image.alt = "";
    image.className = "pv-image";
    image.draggable = false;
    replace(this.stage, image);
    this.viewport.style.setProperty("--ratio", `${image.naturalWidth} / ${image.naturalHeight}`);
    this.fit();
  }

  clear() { this.marks = []; this.image = null; replace(this.stage); replace(this.overlay); }

  select(index) { this.selected = index; this.draw(); }

  fit() {
    if (!this.image) return;
    const { clientWidth: w, clientHeight: hgt } = this.viewport;
    if (!w || !hgt) return;
    this.base = Math.min(w / this.image.naturalWidth, hgt / this.image.naturalHeight);
    this.scale = this.base;
    this.offset = { x: (w - this.image.naturalWidth * this.scale) / 2, y: (hgt - this.image.naturalHeight * this.scale) / 2 };
    this.draw();
  }

  zoom(factor, at) {
    if (!this.image) return;
    const { clientWidth: w, clientHeight: hgt } = this.viewport;
    const point = at ?? { x: w / 2, y: hgt / 2 };
    const next = Math.min(Math.max(this.scale * factor, this.base), Math.max(this.base * 16, 4));
    const k = next / this.scale;
    this.offset = { x: point.x - (point.x - this.offset.x) * k, y: point.y - (point.y - this.offset.y) * k };
    this.scale = next;
    this.keepInside();
  }

  move(dx, dy) { this.offset = { x: this.offset.x + dx, y: this.offset.y + dy }; this.keepInside(); }

  keepInside() {
    const { clientWidth: w, clientHeight: hgt } = this.viewport;
    const inside = (offset, size, room) => (size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, offset)));
    this.offset = { x: inside(this.offset.x, this.image.naturalWidth * this.scale, w), y: inside(this.offset.y, this.image.naturalHeight * this.scale, hgt) };
    this.draw();
  }

  draw() {
    if (!this.image) return;
    this.image.style.transform = `translate(${this.offset.x}px, ${this.offset.y}px) scale(${this.scale})`;
    replace(this.overlay);
    const crowded = this.marks.length > CROWD;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const usual = [...this.marks].map(({ face }) => face.box.width * this.scale).sort((x, y) => x - y)[this.marks.length >> 1];
    const tight = crowded && usual < 2 * rem;
    this.overlay.classList.toggle("tight", tight);
    this.letters = { size: (tight ? 0.65 : 0.78125) * rem, pad: (tight ? 3 : 7) * (rem / 16) };
    pen.font = `600 ${this.letters.size}px ${getComputedStyle(this.viewport).fontFamily}`;
    const boxes = this.marks.map(({ face }) => ({ x: this.offset.x + face.box.x * this.scale, y: this.offset.y + face.box.y * this.scale,
      w: face.box.width * this.scale, h: face.box.height * this.scale }));
    boxes.forEach((box, i) => {
      const kind = this.marks[i].kind || "plain";
      const chosen = i === this.selected ? "chosen" : "";
      this.overlay.append(s("rect", { class: "pv-halo", x: box.x, y: box.y, width: box.w, height: box.h, rx: 3 }),
        s("rect", { class: `pv-box ${kind} ${chosen}`, x: box.x, y: box.y, width: box.w, height: box.h, rx: 3, dataset: { index: i } }));
      this.drawPoints(this.marks[i].face, box);
    });
    const taken = [];
    const order = boxes.map((_, i) => i).sort((a, b) => (a === this.selected ? -1 : b === this.selected ? 1 : boxes[b].w - boxes[a].w));
    for (const i of order) this.drawLabel(i, boxes, taken, crowded && i !== this.selected);
  }

  drawPoints(face, box) {
    const r = Math.max(1.2, Math.min(3.2, box.w / 45));
    if (this.points === "none") return;
    const points = this.points === "all" && face.landmarks68?.points ? face.landmarks68.points : face.landmarks ?? [];
    const small = points.length > 5 ? 0.6 : 1;
    if (box.w < 24) return;
    for (const [x, y] of points) {
      this.overlay.append(s("circle", { class: "pv-point", cx: this.offset.x + x * this.scale, cy: this.offset.y + y * this.scale, r: r * small }));
    }
  }

  drawLabel(i, boxes, taken, numberOnly) {
    const { text, kind } = this.marks[i];
    const box = boxes[i];
    const { clientWidth: w, clientHeight: hgt } = this.viewport;
    if (box.x > w || box.y > hgt || box.x + box.w < 0 || box.y + box.h < 0) return;
    const number = String(i + 1);
    const full = text ? (this.marks.length > 1 ? `${number}  ${short(text)}` : short(text)) : number;
    const others = boxes.filter((_, j) => j !== i);
    for (const words of numberOnly ? [number] : [full, number]) {
      const label = { w: Math.min(pen.measureText(words).width + 2 * this.letters.pad, w - 8), h: this.letters.size * 1.35 + this.letters.pad * 0.8 };
      const clampX = (x) => Math.min(Math.max(x, 3), w - label.w - 3);
      const clampY = (y) => Math.min(Math.max(y, 3), hgt - label.h - 3);
      const places = [[box.x, box.y - label.h - 3], [box.x, box.y + box.h + 3], [box.x + box.w + 4, box.y], [box.x - label.w - 4, box.y],
        [box.x + box.w - label.w, box.y - label.h - 3], [box.x + box.w - label.w, box.y + box.h + 3]]
        .map(([x, y]) => ({ x: clampX(x), y: clampY(y), ...label }));
      const inside = [[box.x, box.y], [box.x + box.w - label.w, box.y], [box.x, box.y + box.h - label.h], [box.x + box.w - label.w, box.y + box.h - label.h]]
        .map(([x, y]) => ({ x: clampX(x), y: clampY(y), ...label }));
      const free = places.find((place) => !meets(place, taken) && !meets(place, others) && !meets(place, [box]));
      const place = free ?? (words === number ? [...inside, ...places, ...around(box, label)].find((candidate) => !meets(candidate, taken)) : null);
      if (!place) continue;
      taken.push(place);
      this.overlay.append(s("g", { class: `pv-label ${kind || "plain"} ${i === this.selected ? "chosen" : ""}`, dataset: { index: i } },
        s("rect", { x: place.x, y: place.y, width: place.w, height: place.h, rx: 5 }),
        s("text", { x: place.x + place.w / 2, y: place.y + place.h / 2, dy: ".36em", "text-anchor": "middle" }, words)));
      return;
    }
  }

  faceAt(x, y) {
    let best = -1, area = Infinity;
    this.marks.forEach(({ face: { box } }, i) => {
      const left = this.offset.x + box.x * this.scale, top = this.offset.y + box.y * this.scale;
      const inside = x >= left && y >= top && x <= left + box.width * this.scale && y <= top + box.height * this.scale;
      if (inside && box.width * box.height < area) { best = i; area = box.width * box.height; }
    });
    return best;
  }

  listen() {
    const v = this.viewport;
    const local = (event) => { const r = v.getBoundingClientRect(); return { x: event.clientX - r.left, y: event.clientY - r.top }; };
    v.addEventListener("wheel", (event) => {
      if (!this.image || (this.scale === this.base && event.deltaY > 0)) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * 0.0018), local(event));
    }, { passive: false });
    v.addEventListener("pointerdown", (event) => {
      this.pointers.set(event.pointerId, local(event));
      this.dragged = 0;
      v.setPointerCapture(event.pointerId);
    });
    v.addEventListener("pointermove", (event) => {
      const before = this.pointers.get(event.pointerId);
      if (!before || !this.image) return;
      const now = local(event);
      if (this.pointers.size === 1) {
        this.dragged += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
        this.move(now.x - before.x, now.y - before.y);
      } else {
        const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
        const span = (p) => Math.hypot(p.x - other.x, p.y - other.y) || 1;
        this.zoom(span(now) / span(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
        this.dragged = 99;
      }
      this.pointers.set(event.pointerId, now);
    });
    const up = (event) => {
      const at = this.pointers.get(event.pointerId);
      this.pointers.delete(event.pointerId);
      if (at && event.type === "pointerup" && this.dragged < 5) {
        const index = this.faceAt(at.x, at.y);
        if (index >= 0) this.onselect?.(index);
      }
    };
    v.addEventListener("pointerup", up);
    v.addEventListener("pointercancel", up);
    v.addEventListener("keydown", (event) => {
      const keys = { "+": () => this.zoom(1.25), "=": () => this.zoom(1.25), "-": () => this.zoom(0.8), 0: () => this.fit(),
        ArrowLeft: () => this.move(40, 0), ArrowRight: () => this.move(-40, 0), ArrowUp: () => this.move(0, 40), ArrowDown: () => this.move(0, -40) };
      if (!keys[event.key] || !this.image) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
}
