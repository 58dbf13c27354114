import { h, icon } from "../dom.js";
import { count, time } from "../format.js";

const WORDS = {
  created: "Gallery created", "person-enrolled": "Enrolled", "references-added": "Pictures added", "references-removed": "Picture removed",
  "person-updated": "Changed", "person-removed": "Forgotten", "person-expired": "Expired and removed", "person-exported": "Exported",
  "person-merged": "Merged into another person", "person-returned": "A person of their own again", undone: "Undone",
  "references-moved-away": "Picture moved to somebody else", "references-moved-here": "Picture came from somebody else",
  "reference-updated": "Picture's details changed", "person-bound": "Bound to the log", reembedded: "Embedded anew",
  "key-rotated": "Encrypted with another key", upgraded: "Upgraded", restored: "Restored from a backup",
};

/** Audit entries, newest first. */
export function historyList(entries) {
  if (!entries.length) return h("p", { class: "quiet" }, "Nothing was recorded yet.");
  return h("ol", { class: "history" }, [...entries].sort((a, b) => b.sequence - a.sequence).map((entry) => h("li", null,
    h("span", { class: "history-dot", "aria-hidden": "true" }),
    h("div", null, h("strong", null, WORDS[entry.action] ?? entry.action), entry.references ? ` (${count(entry.references, "picture")})` : "",
      h("div", { class: "small quiet" }, time(entry.at), entry.actor ? `, by ${entry.actor}` : "", entry.detail ? `. ${entry.detail}` : "")))));
}

/** What was deleted, to keep as proof. */
export function receiptView(receipt, name) {
  const text = typeof receipt === "string" ? receipt : JSON.stringify(receipt, null, 2);
  return h("div", { class: "stack-l" }, h("p", null, icon("check"), ` ${name} is forgotten. This receipt shows when and by which entry of the audit chain; it holds no biometric data.`),
    h("pre", { class: "receipt" }, text),
    h("div", { class: "row" }, h("a", { class: "button primary", download: "receipt.json", href: URL.createObjectURL(new Blob([text], { type: "application/json" })) }, "Save the receipt")));
}
