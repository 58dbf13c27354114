import { api, ApiError } from "../api.js";
import { button, h, icon, replace } from "../dom.js";
import { count, oneIn } from "../format.js";
import { learnGalleries } from "../galleries.js";
import { may, service, state } from "../state.js";
import { cutOut, faceCrop, loadImage } from "../components/crop.js";
import { dropZone } from "../components/drop-zone.js";
import { enrolDialog } from "../components/enrol.js";
import { personKind, personLabel, personWords } from "../components/explain.js";
import { empty, errorCard, loading } from "../components/feedback.js";
import { PictureView } from "../components/picture-view.js";
import { similarityScale } from "../components/similarity-scale.js";

/** What was reached by the best candidate, and what was needed. */
function figures({ person, search }) {
  const best = search?.candidates?.[0];
  if (!best || !person || person.cannotTell) return null;
  return { score: best.score ?? best.similarity, threshold: search.threshold };
}

export function show(root) {
  let cancel = null;
  const view = new PictureView({ onselect: select });
  const list = h("div", { class: "face-list" });
  const zone = dropZone({ title: "Who is on this picture?", text: "Drop, paste or choose one; it is compared with the people of the gallery and not kept.", onfiles: ([file]) => find(file) });
  const head = h("div", { class: "between" });
  const workspace = h("div", { class: "workspace", hidden: true }, h("div", { class: "stack" }, view.element, head), list);
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Find"), h("p", null, "Compare a picture with everybody in the gallery. Strangers stay strangers: nobody gets the nearest name."))), zone, workspace);

  async function find(file) {
    cancel?.abort();
    cancel = new AbortController();
    const { signal } = cancel;
    zone.hidden = true;
    workspace.hidden = false;
    const image = await loadImage(file);
    if (image) view.show(image, []); else view.clear();
    replace(head, button("Another picture", () => { replace(root); show(root); }, { kind: "small" }));
    replace(list, loading("Searching…", () => { cancel.abort(); replace(root); show(root); }));
    try {
      const [answer] = await Promise.all([api.identify(file, { explain: true }, { signal }), learnGalleries()]);
      draw(answer, image, file);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error instanceof ApiError && error.code === "not-found") replace(list, empty("people", "Nobody is enrolled yet", "Enrol people first, then look for them.", may("enrol") && h("a", { class: "button primary", href: "#/people" }, "Enrol people")));
      else replace(list, errorCard(error, () => find(file)));
    }
  }

  function draw(answer, image, file) {
    const { faces } = answer;
    if (image) view.show(image, faces.map((face) => ({ face, text: personLabel(face.person), kind: personKind(face.person) })));
    if (!faces.length) { replace(list, empty("find", "No face was found", "Faces that are very small, hidden or turned away are missed.")); return; }
    const named = faces.filter((face) => face.person?.id).length;
    head.prepend(h("span", { class: "quiet" }, `${count(faces.length, "face")}, ${named} known`));
    replace(list, h("h2", { class: "visually-hidden" }, "Faces"), rule(answer), faces.map((face, i) => {
      const numbers = figures(face);
      return h("article", { class: `face-card ${personKind(face.person)}`, dataset: { index: i }, onclick: () => select(i) }, image && faceCrop(image, face, { label: `Face ${i + 1}` }),
        h("div", { class: "stack" }, h("h3", null, face.person?.id ? h("a", { href: `#/people/${face.person.id}` }, face.person.name) : personLabel(face.person)),
          h("p", { class: "small" }, personWords(face.person)), numbers && similarityScale({ ...numbers, decision: face.person.id ? "same" : "unknown", width: 320 }),
          may("enrol") && face.person?.unknown && image && h("div", null, button("Enrol this face…", async (event) => {
            event.stopPropagation();
            if (await enrolDialog([await cutOut(image, face, file.name)])) find(file);
          }, { kind: "small", symbol: "plus" }))));
    }));
  }

  function rule(answer) {
    const rate = answer.faces[0]?.search?.falsePositiveIdentificationRate ?? service.settings?.falsePositiveIdentificationRate ?? 1e-2;
    const gallery = service.galleries.find((candidate) => candidate.name === state.gallery);
    const people = answer.people ?? gallery?.people;
    return h("p", { class: "note" }, icon("info"), h("span", null, `At this setting about ${oneIn(rate)} strangers would get a name`
      + `${people ? ` in this gallery of ${count(people, "person", "people")}` : ""}. What is needed rises with the number of people.`));
  }

  function select(index) {
    view.select(index);
    for (const card of list.querySelectorAll(".face-card")) card.classList.toggle("chosen", Number(card.dataset.index) === index);
    list.querySelector(".face-card.chosen")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  return () => cancel?.abort();
}
