import { api } from "../api.js";
import { button, h, replace } from "../dom.js";
import { fixed } from "../format.js";
import { dialog } from "../components/dialogs.js";
import { describe, empty, errorCard, loading, toast } from "../components/feedback.js";
import { portrait } from "../components/portrait.js";
import { doneToast } from "../components/undo.js";

const KINDS = {
  duplicate: ["Pictures that are nearly the same", "One of them is enough; the other makes nothing better."],
  outlier: ["A picture that does not fit the person", "Is it somebody else's?"],
  "several-people-under-one-name": ["Several people under one name", "These pictures of one person look like different people."],
  "one-person-under-two-names": ["Two people who may be one", "Relatives look alike too: look at the pictures before you merge."],
  "no-reference": ["A person without a picture", "Nobody can be found without one."],
};

/** What the gallery's check found, as a list to work through. */
export async function showFindings(root) {
  const list = h("div", { class: "stack" }, loading("Looking through the gallery…"));
  const again = () => { list.remove(); showFindings(root); };
  root.append(list);
  try {
    const { findings = [] } = await api.check();
    if (findings.length) replace(list, findings.map((finding) => card(finding, again)));
    else replace(list, empty("check", "Nothing to review", "No doubles, no pictures that do not fit, nobody without a picture."));
  } catch (error) {
    replace(list, errorCard(error, again));
  }
}

function card(finding, again) {
  const [title, advice] = KINDS[finding.kind] ?? [finding.kind, ""];
  const people = finding.people ?? [];
  const item = h("article", { class: "card finding" }, h("div", { class: "finding-faces" }, faces(finding)),
    h("div", { class: "stack" }, h("h2", null, title),
      h("p", { class: "row" }, people.map((person) => h("a", { href: `#/people/${person.id}`, dir: "auto" }, person.name)),
        finding.similarity !== undefined && h("span", { class: "quiet small num" }, `similarity ${fixed(finding.similarity)}`)),
      advice && h("p", { class: "small" }, advice), h("p", { class: "small quiet" }, finding.message),
      h("div", { class: "row" }, finding.kind === "one-person-under-two-names" && people.length === 2
        && button("Merge…", async () => { if (await merge(people, again)) item.remove(); }, { kind: "small primary" }),
      button("This is right as it is", dismiss, { kind: "small" }))));

  async function dismiss() {
    try {
      const answer = await api.dismiss(finding.key);
      item.remove();
      doneToast("It will not be reported again.", answer, again);
    } catch (error) { toast(describe(error).text, { kind: "bad" }); }
  }
  return item;
}

/** The pictures that are meant, or the people where none is named. */
function faces({ people = [], references = [] }) {
  if (!references.length) return people.map((person) => portrait(() => api.portrait(person.id), person.name, { size: "medium" }));
  return references.slice(0, 4).map((reference, i) => {
    const person = people[people.length === references.length ? i : 0] ?? people[0];
    return portrait(person && (() => api.crop(person.id, reference)), person?.name, { size: "medium" });
  });
}

/** Asks under which name both go on; true when it was done. */
function merge(people, again) {
  return dialog("Under which name?", (close) => {
    const keep = async (stays, goes) => {
      try {
        const answer = await api.merge(stays.id, goes.id);
        close(true);
        doneToast(`${goes.name} is now ${stays.name}.`, answer, again);
      } catch (error) { toast(describe(error).text, { kind: "bad" }); }
    };
    return h("div", { class: "stack-l" }, h("p", null, "All pictures come under one name. For a day this can be undone, unless both have the same picture, which then stays once."),
      h("div", { class: "stack" }, button(people[0].name, () => keep(people[0], people[1]), { dir: "auto" }), button(people[1].name, () => keep(people[1], people[0]), { dir: "auto" })),
      h("div", { class: "dialog-foot" }, button("Cancel", () => close(null))));
  });
}
