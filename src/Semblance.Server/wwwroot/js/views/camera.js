import { api } from "../api.js";
import { button, h, icon, replace, s } from "../dom.js";
import { fixed } from "../format.js";
import { CONSENT_NOTE, keptWords, personKind, personLabel } from "../components/explain.js";
import { describe } from "../components/feedback.js";
import { portrait } from "../components/portrait.js";
import { cameraProblem, frameOf } from "../components/snapshot.js";

const MEETS = 0.3, FORGET_AFTER = 1200;

function overlap(a, b) {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x), hgt = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (w <= 0 || hgt <= 0) return 0;
  return (w * hgt) / (a.width * a.height + b.width * b.height - w * hgt);
}

/** Names stay with a face from frame to frame: the word that was said most often of late. */
class Tracks {
  tracks = [];

  update(faces, now) {
    const free = new Set(this.tracks);
    for (const face of faces) {
      let best = null, most = MEETS;
      for (const track of free) { const o = overlap(track.box, face.box); if (o > most) { best = track; most = o; } }
      if (best) free.delete(best);
      else this.tracks.push(best = { words: [], box: face.box, since: new Date() });
      best.box = face.box;
      best.seen = now;
      best.words = [...best.words.slice(-6), { text: personLabel(face.person), kind: personKind(face.person), id: face.person?.id }];
    }
    this.tracks = this.tracks.filter((track) => now - track.seen < FORGET_AFTER);
    return this.tracks.map((track) => ({ box: track.box, seen: track.seen, since: track.since, ...most(track.words) }));
  }
}

function most(words) {
  const counts = new Map();
  for (const word of words) counts.set(word.text, (counts.get(word.text) ?? 0) + 1);
  const [text] = [...counts].sort((a, b) => b[1] - a[1])[0];
  return words.findLast((word) => word.text === text);
}

export function show(root) {
  let stream = null, running = false, cancel = null;
  const video = h("video", { autoplay: true, muted: true, playsinline: true, "aria-label": "Camera" });
  const overlay = s("svg", { class: "camera-overlay", "aria-hidden": "true" });
  const said = h("p", { class: "visually-hidden", role: "status" });
  const note = h("p", { class: "quiet small num" });
  const screen = h("div", { class: "camera-screen", hidden: true }, video, overlay, h("p", { class: "camera-consent" }, `Faces in view are compared with the gallery. ${keptWords()}`));
  const start = button("Start the camera", begin, { kind: "primary", symbol: "camera" });
  const stop = button("Stop", end, { hidden: true });
  const problem = h("div");
  const inView = h("ul", { class: "in-view" });
  const live = h("div", { class: "camera-live", hidden: true }, screen, h("section", { class: "stack", "aria-label": "In view" }, h("h2", null, "In view"), inView));
  const stage = h("div", { class: "camera-stage" }, icon("camera"), h("p", null, "Names appear over the faces that the gallery knows and stay with them; the others are “Unknown”."),
    start, h("p", { class: "small quiet" }, keptWords()));
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Camera"), h("p", null, "Who is in front of the camera, live: as many frames as the service can take, the others are dropped."))),
    h("p", { class: "note" }, icon("info"), h("span", null, `${CONSENT_NOTE} People in view must know of the camera.`)),
    problem, stage, h("div", { class: "row" }, stop, note), live, said);
  if (!window.isSecureContext) { replace(problem, h("p", { class: "note" }, icon("warn"), h("span", null, cameraProblem()))); start.disabled = true; }

  async function begin() {
    replace(problem);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, facingMode: "user" }, audio: false });
    } catch (error) {
      replace(problem, h("p", { class: "note" }, icon("warn"), h("span", null, cameraProblem(error))));
      return;
    }
    video.srcObject = stream;
    await video.play();
    live.hidden = screen.hidden = false;
    stage.hidden = true;
    stop.hidden = false;
    running = true;
    loop();
  }

  async function loop() {
    const tracks = new Tracks();
    let before = "", rate = 0;
    cancel = new AbortController();
    while (running) {
      const began = performance.now();
      try {
        const file = await frameOf(video, 720);
        const scale = video.videoWidth / Math.min(video.videoWidth, 720 * video.videoWidth / Math.max(video.videoWidth, video.videoHeight));
        const answer = await api.identify(file, {}, { signal: cancel.signal });
        const shown = tracks.update(answer.faces ?? [], performance.now());
        draw(shown, answer.width * scale, answer.height * scale, scale);
        list(shown);
        const words = shown.map((track) => track.text).filter(Boolean).sort().join(", ") || "nobody in view";
        if (words !== before) said.textContent = before = words;
        rate = rate * 0.8 + 0.2 * (1000 / (performance.now() - began));
        note.textContent = `${fixed(rate, 1)} frames a second`;
        replace(problem);
      } catch (error) {
        if (error.name === "AbortError") return;
        replace(problem, h("p", { class: "note", role: "alert" }, icon("warn"), h("span", null, `${describe(error).title}. ${describe(error).text}`)));
        await new Promise((done) => setTimeout(done, 2000));
      }
      await new Promise((done) => requestAnimationFrame(done));
    }
  }

  function draw(shown, width, height, scale) {
    overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const size = Math.max(14, width / 46);
    replace(overlay, shown.map(({ box, text, kind }) => {
      const [x, y, w, hgt] = [box.x, box.y, box.width, box.height].map((v) => v * scale);
      const length = Math.max((text || "Face").length * size * 0.6 + size, size * 3);
      const top = y > size * 1.9 ? y - size * 1.8 : y + hgt + size * 0.2;
      return s("g", { class: `pv-label ${kind || "plain"}` }, s("rect", { class: `pv-box ${kind || "plain"}`, x, y, width: w, height: hgt, rx: 6 }),
        s("rect", { x: Math.min(Math.max(0, x), width - length), y: top, width: length, height: size * 1.6, rx: 5 }),
        s("text", { x: Math.min(Math.max(0, x), width - length) + length / 2, y: top + size * 1.15, "text-anchor": "middle", "font-size": size }, text || "Face"));
    }));
  }

  /** Who is in view and since when, beside the picture; drawn anew only where somebody came or went. */
  function list(shown) {
    const rows = shown.map((track) => `${track.id ?? track.text}@${track.since.getTime()}`).join();
    if (inView.dataset.rows === rows) return;
    inView.dataset.rows = rows;
    replace(inView, shown.length ? shown.map(({ id, text, kind, since }) => h("li", { class: kind }, portrait(id && (() => api.portrait(id)), id ? text : "?", { size: "small" }),
      h("div", null, id ? h("a", { href: `#/people/${id}`, dir: "auto" }, text) : h("strong", null, text || "Face"),
        h("div", { class: "small quiet num" }, `since ${since.toLocaleTimeString(undefined, { timeStyle: "medium" })}`))))
      : h("li", { class: "quiet" }, "Nobody is in view."));
  }

  function end() {
    running = false;
    cancel?.abort();
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    live.hidden = screen.hidden = true;
    stage.hidden = false;
    stop.hidden = true;
    note.textContent = "";
  }

  return end;
}
