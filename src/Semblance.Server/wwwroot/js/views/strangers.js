import { api } from "../api.js";
import { button, h, icon, replace } from "../dom.js";
import { count, date, time } from "../format.js";
import { choosePerson } from "../components/choose-person.js";
import { confirmDialog, promptDialog } from "../components/dialogs.js";
import { CONSENT_NOTE } from "../components/explain.js";
import { empty, errorCard, loading, toast } from "../components/feedback.js";
import { portrait } from "../components/portrait.js";
import { doneToast } from "../components/undo.js";

export async function show(root) {
  const list = h("div", { class: "stack" }, loading("Loading…"));
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Strangers"), h("p", null, "Faces that nobody in the gallery matched, grouped by likeness, until you say who they are."))), list);
  const note = h("p", { class: "note warn" }, icon("warn"), h("span", null, "Faces of people who may not know of it are kept here until the day that stands beside them, and then erased: "
    + "seen again, they stay longer. Whoever runs this service answers for it. ", CONSENT_NOTE));

  async function load() {
    try {
      const { kept, strangers: groups } = await api.strangers();
      if (!kept && !groups.length) {
        replace(list, empty("strangers", "Strangers are not kept", "This is how it starts: unknown faces are forgotten at once. An operator can switch keeping on in the service's configuration, with a time limit."));
        return;
      }
      if (!groups.length) { replace(list, empty("strangers", "No strangers", "Everybody who was seen is known, or was forgotten in time.")); return; }
      replace(list, note, groups.map(group));
    } catch (error) { replace(list, errorCard(error, load)); }
  }

  const attempt = async (work, done) => { try { doneToast(done, await work(), load); await load(); } catch (error) { toast(error.message, { kind: "bad" }); } };

  const group = (g) => h("article", { class: "card" }, h("div", { class: "between" }, h("div", { class: "row" }, portrait(g.shown ? () => api.strangerCover(g.id) : null, "?", { size: "medium" }),
    h("div", null, h("h2", null, count(g.faces, "face")), h("p", { class: "small quiet" }, `First seen ${time(g.firstSeenAt)}`),
      g.forgottenAt && h("p", { class: "small quiet" }, `Erased on ${date(g.forgottenAt)}`))),
  h("div", { class: "row" },
    button("Name…", async () => {
      const name = await promptDialog("Who is this?", "Name", { action: "Enrol", hint: "The person is enrolled with these faces. Make sure that they agreed." });
      if (name) attempt(() => api.nameStranger(g.id, { name }), `${name} is enrolled.`);
    }, { kind: "primary small" }),
    button("Add to…", async () => { const to = await choosePerson("Whose faces are these?"); if (to) attempt(() => api.addStranger(g.id, to.id), `Added to ${to.name}.`); }, { kind: "small" }),
    button("Ignore", () => attempt(() => api.ignoreStranger(g.id), "Ignored from now on."), { kind: "small" }),
    button("Forget", async () => { if (await confirmDialog("Forget these faces?", "They are erased now.", "Forget", { danger: true })) attempt(() => api.forgetStranger(g.id), "Forgotten."); }, { kind: "danger small" }))));

  await load();
}
