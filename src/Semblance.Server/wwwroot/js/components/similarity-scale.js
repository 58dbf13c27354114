import { h, s } from "../dom.js";
import { fixed } from "../format.js";

/**
 * Scores of strangers lie left, of one person right; the line is the threshold.
 * The scale covers what occurs; `score` and `threshold` are of one kind.
 */
export function similarityScale({ score, threshold, decision, from = -0.3, to = 1, width: W = 560 }) {
  const H = 96, left = 12, right = W - 12;
  const at = (v) => left + ((Math.min(to, Math.max(from, v)) - from) / (to - from)) * (right - left);
  const x = at(score), t = threshold === null || threshold === undefined ? null : at(threshold);
  const words = `Score ${fixed(score)}${t === null ? "" : `, threshold ${fixed(threshold)}`}`;
  const side = (value, width) => Math.min(right - width / 2, Math.max(left + width / 2, value));
  return h("figure", { class: "scale" }, s("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": words },
    s("rect", { class: "scale-different", x: left, y: 42, width: (t ?? right) - left, height: 12, rx: 6 }),
    t !== null && s("rect", { class: "scale-same", x: t, y: 42, width: right - t, height: 12, rx: 6 }),
    t !== null && s("line", { class: "scale-threshold", x1: t, x2: t, y1: 34, y2: 62 }),
    t !== null && s("text", { class: "scale-text", x: side(t, 110), y: 80, "text-anchor": "middle" }, `needed ${fixed(threshold)}`),
    s("circle", { class: `scale-score ${decision ?? ""}`, cx: x, cy: 48, r: 10 }),
    s("text", { class: "scale-value", x: side(x, 60), y: 26, "text-anchor": "middle" }, fixed(score))));
}
