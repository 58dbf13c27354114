import { api, ApiError } from "../api.js";
import { h, icon, replace, unique } from "../dom.js";
import { count, fixed, oneIn } from "../format.js";
import { may, service } from "../state.js";
import { CompareSide } from "../components/compare-side.js";
import { faceCrop } from "../components/crop.js";
import { decisionOf, DECISIONS, rateWords, verdict } from "../components/explain.js";
import { faceFacts } from "../components/face-facts.js";
import { errorCard, loading } from "../components/feedback.js";
import { coverOf, portrait } from "../components/portrait.js";
import { similarityScale } from "../components/similarity-scale.js";

const REFUSED = { kind: "refused", symbol: "minus" };
const SIGNS = { same: "=", different: "≠", "cannot-tell": "?" };

/** The powers of ten the model was measured at, and the one that is set. */
function offeredRates(set) {
  const whole = (rate) => Number.isInteger(Math.round(Math.log10(rate) * 1e6) / 1e6);
  const measured = (service.inUse?.embedder?.thresholds ?? []).map((entry) => entry.falseMatchRate).filter((rate) => rate <= 1e-2 && whole(rate));
  return [...new Set([...measured, set])].sort((x, y) => y - x);
}

export function show(root) {
  let rate = service.settings?.falseMatchRate ?? 1e-4, cancel = null;
  const rates = offeredRates(rate);
  const answers = new Map();
  const a = new CompareSide("A", () => queueMicrotask(compare));
  const b = new CompareSide("B", () => queueMicrotask(compare), { people: may("identify"), pastes: () => !a.empty });
  const sign = h("span", { class: "pair-sign", "aria-hidden": "true" });
  const pair = h("div", { class: "pair" }), answer = h("div", { class: "stack", "aria-live": "polite" }), reach = h("p", { class: "small" }), notes = h("div", { class: "stack" });
  const words = h("output", { class: "num" });
  const slider = h("input", { type: "range", id: unique("strict"), min: 0, max: rates.length - 1, step: 1, value: rates.indexOf(rate), oninput: () => {
    rate = rates[Number(slider.value)];
    setting();
    draw();
  } });
  const steps = h("ol", { class: "steps", "aria-hidden": "true", vars: { "--steps": rates.length } });
  const strict = h("div", { class: "rate", vars: { "--steps": rates.length } },
    h("div", { class: "between" }, h("label", { for: slider.id }, "How strict"), words), slider, steps, reach);
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "Compare"),
    h("p", null, "Are these two pictures of one person? Is this somebody of the gallery? The answer comes with how sure it is, and with what the setting means."))),
  h("div", { class: "compare" }, a.element, b.element),
  h("section", { class: "card compare-result", "aria-label": "Answer" }, h("div", { class: "compare-answer" }, pair, h("div", { class: "stack-l" }, answer, strict, notes))));
  setting();

  function setting() {
    words.textContent = `${oneIn(rate)} strangers may pass`;
    slider.setAttribute("aria-valuetext", words.textContent);
    replace(steps, rates.map((r) => {
      const found = answers.get(r);
      const kind = found?.error ? REFUSED : found && DECISIONS[decisionOf(found)];
      return h("li", { class: `${kind?.kind ?? ""} ${r === rate ? "now" : ""}` }, icon(kind?.symbol ?? "check"), h("span", null, oneIn(r).replace("1 in ", "")));
    }));
  }

  /** One request answers at every rate, so that moving it needs none. */
  async function compare() {
    cancel?.abort();
    answers.clear();
    setting();
    replace(reach, "Further right fewer strangers pass, and more pictures of one person are refused.");
    replace(notes);
    drawPair();
    if (!a.ready || !b.ready) {
      replace(answer, h("p", { class: "quiet" }, "The answer appears here when there is a face on both sides."));
      return;
    }
    cancel = new AbortController();
    const { signal } = cancel;
    replace(answer, loading("Comparing…"));
    try {
      const [fileA, fileB] = await Promise.all([a.upload(), b.person ? null : b.upload()]);
      // The rate of the answer itself is the one that is promised most easily; what counts stands in `rates`.
      const query = { fmr: rates[0], rates: rates.join(",") };
      const found = b.person ? await api.verifyPerson(b.person.id, fileA, query, { signal }) : await api.verify(fileA, fileB, query, { signal });
      if (signal.aborted) return;
      found.rates.forEach((at, i) => answers.set(rates[i], { ...found, ...at, cannotTell: at.cannotTell }));
      drawPair(found);
      setting();
      replace(reach, reachWords());
      draw();
      // On a phone it stands below both pictures.
      answer.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name !== "AbortError") replace(answer, errorCard(error, compare));
    }
  }

  /** How far the answer holds when the setting is made stricter. */
  function reachWords() {
    const told = rates.filter((r) => !answers.get(r).error), decided = (kind) => told.filter((r) => decisionOf(answers.get(r)) === kind);
    const same = decided("same");
    const limit = told.length < rates.length && told.length > 0 ? " What is stricter cannot be promised for so many pictures." : "";
    if (!told.length) return "None of these settings can be promised for so many pictures.";
    if (same.length === told.length) return `One person at every setting that is offered, up to ${oneIn(told.at(-1))}.${limit}`;
    if (same.length) return `One person up to ${oneIn(same.at(-1))}; what is stricter asks for more than is reached here.${limit}`;
    return (decided("cannot-tell").length ? "These pictures do not carry an answer at the settings marked with a question mark."
      : `Different people at every setting that is offered, down to ${oneIn(rates[0])}.`) + limit;
  }

  function draw() {
    const found = answers.get(rate);
    if (!found) return;
    const decision = found.error ? "" : decisionOf(found);
    sign.className = `pair-sign ${decision}`;
    sign.textContent = SIGNS[decision] ?? "";
    if (found.error) { replace(answer, errorCard(new ApiError(422, { code: found.error.code, detail: refusal(found.error) }))); replace(notes); return; }
    replace(answer, verdict(found, b.person?.name), similarityScale({ score: found.score ?? found.similarity, threshold: found.threshold, decision }));
    replace(notes, h("p", null, rateWords(found.falseMatchRate ?? rate, b.person?.name)),
      h("details", null, h("summary", null, "Where these figures come from"), h("div", { class: "stack small quiet" },
        found.calibratedOn && h("p", null, `Measured on ${found.calibratedOn}.`),
        b.person && h("p", null, `${count(b.person.referenceCount ?? 0, "picture")} of this person could be taken for a stranger's, so that each is held to its share of the rate; the closest is shown.`),
        found.score !== undefined && Math.abs(found.score - found.similarity) > 0.004
          && h("p", null, `The similarity is ${fixed(found.similarity)}; strangers of this kind are alike by ${fixed(found.similarity - found.score)}, which is taken off.`),
        h("p", null, "Neither is a probability."))),
      h("p", { class: "small quiet" }, "Look at the pictures yourself before anything depends on the answer."));
  }

  /** Why a rate is none: with several pictures each has to keep its share of it. */
  const refusal = (error) => (!(b.person?.referenceCount > 1) ? error.message
    : `Each of the ${count(b.person.referenceCount, "picture")} would be held to ${oneIn(rate / b.person.referenceCount)}, and so rare a mistake was never measured. Choose a less strict setting.`);

  /** Both faces; the sign between them is the answer's. */
  function drawPair(found) {
    sign.className = "pair-sign";
    sign.textContent = "";
    replace(pair, crop(a, found?.a), sign, b.person ? figureOf(b.person, found?.reference) : crop(b, found?.b));
  }

  const crop = (side, picture) => h("figure", { class: "pair-face" }, side.image && side.face
    ? faceCrop(side.image, side.face, { size: 168, label: `Face of picture ${side.letter}, aligned` }) : h("span", { class: "crop pair-blank" }, icon("analyse")),
  h("figcaption", null, `Picture ${side.letter}`), picture?.face && h("details", null, h("summary", null, "Details"), faceFacts(picture.face)));

  /** The picture of a person that was closest, once that is known. */
  const figureOf = (person, reference) => h("figure", { class: "pair-face" },
    portrait(reference ? () => api.crop(person.id, reference) : coverOf(person), person.name, { size: "closest" }),
    h("figcaption", { dir: "auto" }, reference ? `${person.name}, closest picture` : person.name));

  compare();
  return () => cancel?.abort();
}
