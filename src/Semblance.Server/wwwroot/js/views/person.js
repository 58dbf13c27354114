import { api } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { count, date, fixed, time } from "../format.js";
import { choosePerson } from "../components/choose-person.js";
import { confirmDialog, dialog } from "../components/dialogs.js";
import { enrolDialog } from "../components/enrol.js";
import { empty, errorCard, loading, toast } from "../components/feedback.js";
import { historyList, receiptView } from "../components/history.js";
import { coverOf, portrait } from "../components/portrait.js";
import { doneToast, undo } from "../components/undo.js";
import { may } from "../state.js";

export async function showPerson(root, id) {
  replace(root, loading("Loading…"));
  let person;
  try {
    person = await api.person(id);
  } catch (error) {
    const gone = error.status === 404 && empty("people", "There is nobody here", "This person was forgotten or merged into somebody else, or is in another gallery.", h("a", { class: "button primary", href: "#/people" }, "Everybody who is enrolled"));
    replace(root, h("a", { class: "back", href: "#/people" }, icon("back"), "People"), h("h1", { class: "visually-hidden" }, "Person"), gone || errorCard(error, () => showPerson(root, id)));
    return;
  }
  const reload = () => showPerson(root, id);
  const attempt = async (work, done) => {
    try { doneToast(done, await work(), reload); reload(); } catch (error) { toast(error.message, { kind: "bad" }); }
  };
  const references = person.references ?? [];
  const history = h("div", null, loading("Loading…"));

  replace(root, h("a", { class: "back", href: "#/people" }, icon("back"), "People"),
    h("div", { class: "person-head" }, portrait(coverOf(person), person.name, { size: "large" }),
      h("div", { class: "stack" }, h("h1", null, h("bdi", null, person.name)),
        h("div", { class: "row small quiet" }, h("span", null, [count(references.length, "picture"), `enrolled ${date(person.enrolledAt)}`, person.expiresAt && `expires ${date(person.expiresAt)}`].filter(Boolean).join(", ")),
          (person.tags ?? []).map((tag) => h("span", { class: "badge" }, tag))),
        h("p", { class: "small" }, person.consent ? `Consent: ${person.consent}` : h("span", { class: "quiet" }, "No consent is documented.")),
        person.externalId && h("p", { class: "small quiet" }, `Your id: ${person.externalId}`),
        h("div", { class: "row" }, may("enrol") && [button("Change", () => edit(person, reload)), button("Merge with…", merge)], may("admin") && button("Export", save),
          may("enrol") && button("Forget", forget, { kind: "danger", symbol: "trash" })))),
    h("section", { class: "stack" }, h("div", { class: "between" }, h("h2", null, "Pictures"),
      may("enrol") && button("Add pictures", async () => { if (await enrolDialog([], person)) reload(); }, { kind: "small", symbol: "plus" })),
    references.length ? h("div", { class: "reference-grid" }, references.map(reference)) : empty("people", "No pictures", "Without one this person is not found.")),
    may("admin", "enrol") && h("section", { class: "stack" }, h("div", { class: "between" }, h("h2", null, "History"),
      h("div", { class: "row" }, may("admin") && h("a", { class: "button small", href: `#/settings/access/${id}` }, "Who looked"),
        may("enrol") && person.undo && button("Undo the last change", () => undo(person.undo, reload), { kind: "small" }))), history));

  if (!may("admin")) replace(history, h("p", { class: "quiet" }, "Administrators see what happened to this record."));
  else api.history(id).then((answer) => replace(history, historyList(answer.history ?? [])), (error) => replace(history, errorCard(error)));

  function reference(r) {
    const shown = r.id === person.cover;
    return h("article", { class: "reference" }, portrait(r.crop ? () => api.crop(id, r.id) : null, person.name, { size: "fill" }),
      h("div", { class: "small" }, h("div", { class: "cut", title: r.source ?? "" }, r.source ?? "Picture"), h("div", { class: "quiet num" }, `Quality ${fixed(r.quality)}`), h("div", { class: "quiet num" }, date(r.enrolledAt))),
      !may("enrol") ? shown && h("span", { class: "badge good" }, "Shown") : h("div", { class: "row" }, shown ? h("span", { class: "badge good" }, "Shown") : button("", () => attempt(() => api.cover(id, r.id), "This picture is shown from now on."), { kind: "ghost icon-only small", symbol: "star", label: "Show this picture", title: "Show this picture" }),
        button("Move", async () => {
          const to = await choosePerson("Whose picture is this?", "The picture moves to the person you choose, and stays there: automatic sorting never overrules it.", id);
          if (to) attempt(() => api.moveFace(id, r.id, to.id), `Moved to ${to.name}.`);
        }, { kind: "small" }),
        button("", async () => {
          if (await confirmDialog("Remove this picture?", "The picture's vector and crop are erased. This cannot be undone: biometric data that was deleted stays deleted.", "Remove", { danger: true })) attempt(() => api.removeFace(id, r.id), "Removed for good.");
        }, { kind: "ghost icon-only small", symbol: "trash", label: "Remove this picture", title: "Remove this picture" })));
  }

  async function merge() {
    const other = await choosePerson("Merge with whom?", `All pictures of the person you choose become ${person.name}'s.`, id);
    if (other && await confirmDialog(`Merge ${other.name} into ${person.name}?`, [`${other.name} is then no longer in the gallery as a person of their own.`, "For a day this can be undone, unless both have the same picture, which then stays once."], "Merge")) attempt(() => api.merge(id, other.id), "Merged.");
  }

  async function save() {
    try {
      const answer = await api.exportPerson(id);
      const blob = answer instanceof Blob ? answer : new Blob([JSON.stringify(answer, null, 2)], { type: "application/json" });
      const link = h("a", { href: URL.createObjectURL(blob), download: `${person.name}.${blob.type.includes("zip") ? "zip" : "json"}` });
      link.click();
      toast("Exported: all that is kept about this person.");
    } catch (error) { toast(error.message, { kind: "bad" }); }
  }

  async function forget() {
    const sure = await confirmDialog(`Forget ${person.name}?`, ["All their vectors, crops and details are erased from the gallery and from the files behind it. This cannot be undone.",
      "You get a receipt to keep."], "Forget", { danger: true });
    if (!sure) return;
    try {
      const receipt = await api.forget(id);
      await dialog("Forgotten", (close) => h("div", { class: "stack-l" }, receiptView(receipt?.receipt ?? receipt ?? {}, person.name), h("div", { class: "dialog-foot" }, button("Done", () => close(true), { kind: "primary" }))));
      location.hash = "#/people";
    } catch (error) { toast(error.message, { kind: "bad" }); }
  }
}

function edit(person, done) {
  return dialog(`Change ${person.name}`, (close) => {
    const name = h("input", { type: "text", value: person.name, required: true, maxlength: 200 });
    const consent = h("input", { type: "text", value: person.consent ?? "", maxlength: 200 });
    const expires = h("input", { type: "date", value: person.expiresAt?.slice(0, 10) ?? "" });
    const tags = h("input", { type: "text", value: (person.tags ?? []).join(", ") });
    const external = h("input", { type: "text", value: person.externalId ?? "", maxlength: 200 });
    const outcome = h("div");
    return h("form", { class: "stack-l", onsubmit: async (event) => {
      event.preventDefault();
      try {
        const wanted = { name: name.value.trim(), consent: consent.value.trim() || null, expiresAt: expires.value ? `${expires.value}T00:00:00Z` : null,
          tags: tags.value.split(",").map((t) => t.trim()).filter(Boolean), externalId: external.value.trim() || null };
        const before = { name: person.name, consent: person.consent ?? null, tags: person.tags ?? [], externalId: person.externalId ?? null,
          expiresAt: person.expiresAt ? `${person.expiresAt.slice(0, 10)}T00:00:00Z` : null };
        const changes = Object.entries(wanted).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]));
        const answer = changes.length ? await api.change(person.id, Object.fromEntries(changes)) : null;
        close(true);
        doneToast("Changed.", answer, done);
        done();
      } catch (error) { replace(outcome, errorCard(error)); }
    } }, field("Name", name), h("div", { class: "grid-2" }, field("Consent reference", consent, "Where the agreement is kept."), field("Forget on", expires)),
    h("div", { class: "grid-2" }, field("Tags", tags, "Separated by commas."), field("Your own id", external)), outcome,
    h("p", { class: "small quiet" }, `Enrolled ${time(person.enrolledAt)}.`),
    h("div", { class: "dialog-foot" }, button("Cancel", () => close(null)), button("Save", null, { kind: "primary", type: "submit" })));
  }, { wide: true });
}
