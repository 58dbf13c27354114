import { h, icon } from "../dom.js";
import { fixed, oneIn, percent } from "../format.js";

export const DECISIONS = {
  same: { title: "Same person", symbol: "check", kind: "same" },
  different: { title: "Different people", symbol: "differ", kind: "different" },
  "cannot-tell": { title: "Cannot tell", symbol: "unsure", kind: "unsure" },
};

export const decisionOf = (result) => result.decision ?? (result.match ? "same" : "different");

/** What a threshold at a rate means for people who never heard of either. */
export function rateWords(rate, calibratedOn) {
  const strangers = calibratedOn ? ` Measured on ${calibratedOn}.` : "";
  return `At this setting ${oneIn(rate)} pairs of strangers would pass as the same person.${strangers}`;
}

export function verdict(result) {
  const decision = decisionOf(result);
  const { title, symbol, kind } = DECISIONS[decision] ?? DECISIONS.different;
  const reasons = result.cannotTell?.reasons ?? [];
  return h("div", { class: `verdict ${kind}`, role: "status" }, icon(symbol), h("div", null, h("h2", null, title),
    decision === "cannot-tell"
      ? h("ul", { class: "reasons" }, reasons.map((reason) => h("li", null, reason)))
      : h("p", null, result.probability === null || result.probability === undefined ? "This model gives no probability."
        : `Probability of one person: ${percent(result.probability)}, if that was as likely as not beforehand.`)));
}

/** One sentence on why a face has a name, none, or cannot have one. */
export function personWords(person) {
  if (!person) return "";
  if (person.cannotTell) return `Cannot tell: ${person.cannotTell}`;
  if (person.unknown) return `Unknown: ${person.unknown}`;
  const sure = person.probability ? `, probability ${percent(person.probability)}` : "";
  return `${person.name}: similarity ${fixed(person.similarity)}${sure}`;
}

export const personKind = (person) => (!person ? "" : person.cannotTell ? "unsure" : person.unknown ? "unknown" : "same");
export const personLabel = (person) => (!person ? "" : person.cannotTell ? "Cannot tell" : person.unknown ? "Unknown" : person.name);

export const ATTRIBUTE_NOTE = "Age and gender are how a face appears to a model, an expression is what a face shows: none of them is a fact about the person, and none may decide about anyone.";
export const CONSENT_NOTE = "A face is biometric data. Enrol only people who agreed to it, note where their consent is kept, and forget them when they ask.";
