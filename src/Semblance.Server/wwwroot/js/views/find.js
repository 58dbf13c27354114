import { api, ApiError } from "../api.js";
import { button, field, h, replace } from "../dom.js";
import { count, fixed, oneIn, percent } from "../format.js";
import { learnGalleries } from "../galleries.js";
import { may, service, state } from "../state.js";
import { cutOut, faceCrop, loadImage } from "../components/crop.js";
import { dropZone } from "../components/drop-zone.js";
import { enrolDialog } from "../components/enrol.js";
import { keptWords, personKind, personLabel, personWords } from "../components/explain.js";
import { empty, errorCard, loading } from "../components/feedback.js";
import { CROWD, PictureView } from "../components/picture-view.js";
import { portrait } from "../components/portrait.js";
import { similarityScale } from "../components/similarity-scale.js";

/** What was reached by the best candidate, and what was needed. */
function figures({ person, search }) {
  const best = search?.candidates?.[0];
  if (!best || !person || person.cannotTell) return null;
  return { score: best.score ?? best.similarity, threshold: search.threshold };
}

export function show(root) {
  let cancel = null, rate = service.settings?.falsePositiveIdentificationRate ?? 1e-2;
  const view = new PictureView({ onselect: select });
  const list = h("div", { class: "face-list" });
  const zone = dropZone({ title: "Who is on this picture?", text: `Drop, paste or choose one; it is compared with the people of the gallery. ${keptWords()}`, onfiles: ([file]) => find(file) });
  const workspace = h("div", { class: "workspace", hidden: true }, h("div", { class: "stack" }, view.element), list);
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Find"), h("p", null, "A picture against everybody in the gallery. Strangers stay strangers: nobody gets the nearest name."))), zone, workspace);

  async function find(file) {
    cancel?.abort();
    cancel = new AbortController();
    const { signal } = cancel;
    zone.hidden = true;
    workspace.hidden = false;
    const image = await loadImage(file);
    view.element.hidden = !image;
    if (image) view.show(image, []); else view.clear();
    list.classList.remove("crowded");
    view.caption.textContent = "";
    replace(view.actions, button("Another picture", () => { replace(root); show(root); }, { kind: "small" }));
    replace(list, loading("Searching…", () => { cancel.abort(); replace(root); show(root); }));
    try {
      const [answer] = await Promise.all([api.identify(file, { explain: true, fpir: rate }, { signal }), learnGalleries()]);
      draw(answer, image, file);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error instanceof ApiError && error.code === "not-found") replace(list, empty("people", "Nobody is enrolled yet", "Enrol people first, then look for them.", may("enrol") && h("a", { class: "button primary", href: "#/people" }, "Enrol people")));
      else replace(list, errorCard(error, () => find(file)));
    }
  }

  function draw(answer, image, file) {
    const { faces } = answer;
    if (image) view.show(image, faces.map((face) => ({ face, text: personLabel(face.person), kind: personKind(face.person) })), { points: "none" });
    if (!faces.length) { replace(list, empty("find", "No face was found", "Faces that are very small, hidden or turned away are missed.")); return; }
    const named = faces.filter((face) => face.person?.id).length;
    view.caption.textContent = `${count(faces.length, "face")}, ${named} known`;
    list.classList.toggle("crowded", faces.length > CROWD);
    replace(list, h("h2", { class: "visually-hidden" }, "Faces"), rule(file), faces.map((face, i) => {
      const numbers = figures(face);
      return h("article", { class: `face-card ${personKind(face.person)}`, dataset: { index: i }, onclick: () => select(i) }, image && faceCrop(image, face, { label: `Face ${i + 1}` }),
        h("div", { class: "stack" }, h("h3", null, faces.length > 1 && h("span", { class: "quiet num" }, `${i + 1}  `),
          face.person?.id ? h("a", { href: `#/people/${face.person.id}` }, h("bdi", null, face.person.name)) : personLabel(face.person)),
          h("p", { class: "brief small quiet num" }, numbers ? `${fixed(numbers.score)}, where ${fixed(numbers.threshold)} is needed` : personWords(face.person, face.search)),
          h("p", { class: "small full" }, personWords(face.person, face.search)),
          numbers && h("div", { class: "full" }, similarityScale({ ...numbers, decision: face.person.id ? "same" : "unknown" })),
          closest(face), may("enrol") && face.person?.unknown && image && h("div", { class: "full" }, button("Enrol this face…", async (event) => {
            event.stopPropagation();
            if (await enrolDialog([await cutOut(image, face, file.name)])) find(file);
          }, { kind: "small", symbol: "plus" }))));
    }));
  }

  /** Who came closest, for those who decide; a name stands there only as far away as it is. */
  function closest({ search, person }) {
    const candidates = search?.candidates ?? [];
    if (!candidates.length || person?.cannotTell) return null;
    return h("details", { class: "full", onclick: (event) => event.stopPropagation() }, h("summary", null, "Who comes closest"),
      h("ol", { class: "candidates" }, candidates.map((c) => h("li", null, portrait(() => api.portrait(c.id), c.name, { size: "small" }),
        h("a", { href: `#/people/${c.id}`, dir: "auto" }, c.name),
        h("span", { class: "num" }, fixed(c.score ?? c.similarity), c.probability !== undefined && h("span", { class: "quiet small" }, percent(c.probability)))))));
  }

  /** What the setting means in this gallery, and another one at once. */
  function rule(file) {
    const gallery = service.galleries.find((candidate) => candidate.name === state.gallery);
    const rates = [...new Set([1e-1, 1e-2, 1e-3, rate])].filter((r) => r >= (gallery?.smallestFalsePositiveIdentificationRate ?? 0)).sort((x, y) => y - x);
    const choice = h("select", { onchange: () => { rate = Number(choice.value); find(file); } },
      rates.map((r) => h("option", { value: r, selected: r === rate }, `${oneIn(r)} strangers would get a name`)));
    return h("div", { class: "card stack" }, field("How strict", choice,
      `${gallery?.people ? `In this gallery of ${count(gallery.people, "person", "people")}. ` : ""}What a face must reach rises with the number of people.`));
  }

  function select(index) {
    view.select(index);
    for (const card of list.querySelectorAll(".face-card")) card.classList.toggle("chosen", Number(card.dataset.index) === index);
    list.querySelector(".face-card.chosen")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  return () => cancel?.abort();
}
