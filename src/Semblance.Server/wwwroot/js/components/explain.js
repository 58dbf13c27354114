import { h, icon } from "../dom.js";
import { count, fixed, oneIn, percent, sentence } from "../format.js";
import { service } from "../state.js";

export const DECISIONS = {
  same: { title: "Same person", symbol: "check", kind: "same" },
  different: { title: "Different people", symbol: "differ", kind: "different" },
  "cannot-tell": { title: "Cannot tell", symbol: "unsure", kind: "unsure" },
};

export const decisionOf = (result) => result.decision ?? (result.match ? "same" : "different");

/** What a threshold at a rate means for people who never heard of either. */
export const rateWords = (rate, name) => (name ? `At this setting ${oneIn(rate)} strangers would pass as ${name}.`
  : `At this setting ${oneIn(rate)} pairs of strangers would pass as the same person.`);

/** The answer to whether two pictures, or a picture and a person of the gallery, are one. */
export function verdict(result, name) {
  const decision = decisionOf(result);
  const { title: words, symbol, kind } = DECISIONS[decision] ?? DECISIONS.different;
  const title = name && decision === "same" ? [`${words} as `, h("bdi", null, name)] : name && decision === "different" ? ["Somebody other than ", h("bdi", null, name)] : words;
  const reasons = result.cannotTell?.reasons ?? [];
  return h("div", { class: `verdict ${kind}`, role: "status" }, icon(symbol), h("div", null, h("h2", null, title),
    decision === "cannot-tell"
      ? h("ul", { class: "reasons" }, reasons.map((reason) => h("li", null, reason)))
      : h("p", null, result.probability === null || result.probability === undefined ? "This model gives no probability."
        : `Probability of one person: ${percent(result.probability)}, if that was as likely as not beforehand.`)));
}

/** Why a face has a name, none, or cannot have one: what was reached, and what was needed. */
export function personWords(person, search) {
  if (!person) return "";
  if (person.cannotTell) return `${sentence(person.cannotTell)} So nobody is named.`;
  const best = search?.candidates?.[0], reached = best && (best.score ?? best.similarity);
  if (person.unknown) {
    return best && reached < search.threshold ? `The closest of the gallery reaches ${fixed(reached)}, and ${fixed(search.threshold)} is needed. So nobody is named.`
      : `${sentence(person.unknown)} So nobody is named.`;
  }
  const sure = person.probability ? `Probability ${percent(person.probability)}, if it was as likely as not beforehand. ` : "";
  return `${sure}${best ? `Reached ${fixed(reached)}, where ${fixed(search.threshold)} is needed.` : `Similarity ${fixed(person.similarity)}.`}`;
}

/** What happens to a picture that is searched with, as this service is set. */
export function keptWords() {
  const strangers = service.settings?.strangers;
  if (!strangers?.enabled) return "Pictures are not kept.";
  return `Pictures are not kept; unknown faces are, for ${count(strangers.days, "day")} unless somebody names or forgets them.`;
}

export const personKind = (person) => (!person ? "" : person.cannotTell ? "unsure" : person.unknown ? "unknown" : "same");
export const personLabel = (person) => (!person ? "" : person.cannotTell ? "Cannot tell" : person.unknown ? "Unknown" : person.name);

export const ATTRIBUTE_NOTE = "Age and gender are how a face appears to a model, an expression is what a face shows: none of them is a fact about the person, and none may decide about anyone.";
export const CONSENT_NOTE = "A face is biometric data. Enrol only people who agreed to it, note where their consent is kept, and forget them when they ask.";
