import { api } from "../api.js";
import { button, field, h, replace } from "../dom.js";
import { count } from "../format.js";
import { errorCard, loading } from "../components/feedback.js";
import { historyList } from "../components/history.js";

/** The text of a receipt, from the saved file or as it is written. */
function receiptOf(text) {
  try { return JSON.parse(text).text ?? text; } catch { return text; }
}

/** The gallery's log: whether nobody altered it, whether a receipt is in it, and what was done last. */
export function auditCard() {
  const outcome = h("div", { class: "stack", role: "status" });
  const receipt = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const file = h("input", { type: "file", accept: "application/json,.json", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: async () => {
    const [chosen] = file.files;
    file.value = "";
    if (chosen) { receipt.value = receiptOf(await chosen.text()); check(receipt.value); }
  } });
  return h("form", { class: "stack", onsubmit: (event) => { event.preventDefault(); check(receiptOf(receipt.value.trim())); } },
    h("p", { class: "small" }, "Every change of the gallery is an entry that names the one before it, so that an altered or missing entry shows."),
    field("Receipt (optional)", receipt, "A number and a hash, as a deletion gives them: is that deletion in the log?"), file,
    h("div", { class: "row" }, button("Check the log", null, { kind: "small", type: "submit", symbol: "check" }), button("Open a receipt…", () => file.click(), { kind: "small" })), outcome);

  async function check(text) {
    replace(outcome, loading("Checking…"));
    try {
      const { entries = [], report } = await api.audit({ verify: true, limit: 8, receipt: text || undefined });
      const words = report.intact ? `Nothing was altered: ${count(report.entries, "entry", "entries")} follow one another${text ? ", and the receipt is one of them" : ""}.` : "The log was altered.";
      replace(outcome, h("p", { class: "row" }, h("span", { class: `badge ${report.intact ? "good" : "bad"}` }, report.intact ? "Intact" : "Altered"), h("span", { class: "small" }, words)),
        report.problems?.length > 0 && h("ul", { class: "reasons" }, report.problems.map((problem) => h("li", null, problem.message ?? problem))),
        h("details", null, h("summary", null, "The last entries"), historyList(entries)));
    } catch (error) { replace(outcome, errorCard(error)); }
  }
}
