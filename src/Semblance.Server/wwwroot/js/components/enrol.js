import { api, ApiError } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { count, fixed } from "../format.js";
import { service, state } from "../state.js";
import { dialog } from "./dialogs.js";
import { dropZone } from "./drop-zone.js";
import { CONSENT_NOTE } from "./explain.js";
import { errorCard, loading } from "./feedback.js";

const reasonText = (reason) => (typeof reason === "string" ? reason : reason.message ?? reason.text ?? reason.code);

/** What became of each picture, with the gate's reasons. */
export function enrolmentOutcome(answer, files) {
  const rejected = answer.rejected ?? [];
  const accepted = answer.accepted ?? [];
  return h("div", { class: "stack" },
    h("p", null, `${count(accepted.length, "picture")} accepted${rejected.length ? `, ${rejected.length} refused` : ""}.`),
    rejected.length > 0 && h("ul", { class: "outcome" }, rejected.map((r) => h("li", null, icon("warn"), h("div", null,
      h("strong", null, r.name ?? files[r.index]?.name ?? `Picture ${r.index + 1}`), h("ul", { class: "reasons" }, (r.reasons ?? []).map((x) => h("li", null, reasonText(x)))))))),
    accepted.some((x) => x.quality !== undefined) && h("ul", { class: "outcome" }, accepted.map((x) => h("li", null, icon("check"),
      h("span", null, `${x.source ?? files[x.index]?.name ?? "Picture"}: quality ${fixed(x.quality)}`)))));
}

/** What a file shows, once; a picture that the browser cannot read has none. */
function thumbnail(file) {
  const image = h("img", { alt: "", src: URL.createObjectURL(file), onload: () => URL.revokeObjectURL(image.src), onerror: () => { image.hidden = true; } });
  return image;
}

/** Pictures and who they show; resolves with the answer, or null. `person` adds to somebody known. */
export function enrolDialog(start = [], person = null) {
  const files = [...start];
  const cancel = new AbortController();
  return dialog(person ? `Add pictures of ${person.name}` : "Enrol a person", (close) => {
    const name = h("input", { type: "text", required: true, maxlength: 200, autocomplete: "off" });
    const needed = service.galleries.find((g) => g.name === state.gallery)?.requireConsent;
    const consent = h("input", { type: "text", maxlength: 200, required: needed, autocomplete: "off" });
    const expires = h("input", { type: "date" });
    const tags = h("input", { type: "text", autocomplete: "off" });
    const list = h("ul", { class: "file-list" });
    const foot = h("div", { class: "dialog-foot" });
    const outcome = h("div");
    const submit = button(person ? "Add" : "Enrol", null, { kind: "primary", type: "submit" });
    foot.append(button("Cancel", () => close(null)), submit);
    const draw = () => replace(list, files.map((file, i) => h("li", null, thumbnail(file), h("span", { class: "cut", dir: "auto" }, file.name || "camera.jpg"),
      button("", () => { files.splice(i, 1); draw(); }, { kind: "ghost icon-only small", symbol: "close", label: `Leave out ${file.name}` }))));
    draw();
    const form = h("form", { class: "stack-l", onsubmit: async (event) => {
      event.preventDefault();
      if (!files.length) { replace(outcome, h("p", { class: "note" }, icon("warn"), h("span", null, "Add at least one picture."))); return; }
      submit.disabled = true;
      replace(outcome, loading(`Looking at ${count(files.length, "picture")}…`));
      outcome.scrollIntoView({ block: "nearest" });
      try {
        const fields = { name: name.value.trim(), consent: consent.value.trim(), expiresAt: expires.value ? `${expires.value}T00:00:00Z` : "", tags: tags.value.trim() };
        const answer = person ? await api.addFaces(person.id, files, { signal: cancel.signal }) : await api.enrol(files, fields, { signal: cancel.signal });
        replace(outcome, enrolmentOutcome(answer, files), h("div", { class: "dialog-foot" }, button("Done", () => close(answer), { kind: "primary" })));
        foot.hidden = true;
      } catch (error) {
        if (error.name === "AbortError") return;
        submit.disabled = false;
        const refused = error instanceof ApiError && error.problem.rejected;
        replace(outcome, errorCard(error), refused && enrolmentOutcome({ rejected: error.problem.rejected }, files));
      }
    } },
    !person && field("Name", name),
    h("div", { class: "stack" }, dropZone({ title: "Pictures of this person", text: "Two or three from different days are better than one.", many: true, compact: true, paste: false,
      onfiles: (more) => { files.push(...more); draw(); } }), list),
    !person && h("div", { class: "grid-2" }, field(needed ? "Consent reference" : "Consent reference (optional)", consent, "Where the agreement is kept, e.g. a form's number."),
      field("Forget on (optional)", expires, "On this day the person expires.")),
    !person && field("Tags (optional)", tags, "Separated by commas."),
    h("p", { class: "note" }, icon("info"), h("span", null, CONSENT_NOTE)), outcome,
    foot);
    return form;
  }, { wide: true }).finally(() => cancel.abort());
}
