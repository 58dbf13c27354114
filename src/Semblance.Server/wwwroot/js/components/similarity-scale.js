import { h } from "../dom.js";
import { fixed } from "../format.js";

/**
 * Scores of strangers lie left, of one person right; the line is what is needed.
 * The scale covers what occurs; `score` and `threshold` are of one kind.
 */
export function similarityScale({ score, threshold, decision, from = -0.3, to = 1 }) {
  const at = (value) => `${((Math.min(to, Math.max(from, value)) - from) / (to - from)) * 100}%`;
  const needed = threshold !== null && threshold !== undefined;
  return h("figure", { class: "scale" },
    h("div", { class: "scale-plot", role: "img", "aria-label": `Score ${fixed(score)}${needed ? `, ${fixed(threshold)} is needed` : ""}`,
      vars: { "--at": at(score), "--needed": needed ? at(threshold) : "100%" } },
    h("span", { class: "scale-value" }, fixed(score)), h("span", { class: "scale-track" }), needed && h("span", { class: "scale-mark" }),
    h("span", { class: `scale-dot ${decision ?? ""}` }), needed && h("span", { class: "scale-needed" }, `needed ${fixed(threshold)}`)),
    h("div", { class: "scale-ends", "aria-hidden": "true" }, h("span", null, "strangers"), h("span", null, "one person")));
}
