import { h } from "../dom.js";
import { capital, fixed, percent } from "../format.js";

const notKnown = (reason) => h("span", { class: "quiet" }, "Not known: ", reason);

function line(term, ...value) {
  return h("div", { class: "fact" }, h("dt", null, term), h("dd", null, value));
}

/** A bar of a share, with its words beside it. */
export function meter(value, { kind = "", label } = {}) {
  const share = Math.max(0, Math.min(1, value));
  return h("span", { class: `meter ${kind}`, role: "img", "aria-label": label ?? percent(share), vars: { "--share": `${share * 100}%` } });
}

function quality(q) {
  const [kind, word] = q.score < 0.4 ? ["low", "poor"] : q.score < 0.7 ? ["middle", "fair"] : ["", "good"];
  const reasons = (q.reasons ?? []).map((reason) => (typeof reason === "string" ? reason : reason.message ?? reason.code));
  return [line("Quality", meter(q.score, { kind, label: `${fixed(q.score)} of 1` }), h("span", { class: "num no-break" }, ` ${fixed(q.score)}, ${word}`)),
    reasons.length > 0 && h("ul", { class: "reasons" }, reasons.map((reason) => h("li", null, reason)))];
}

function age(value) {
  if (value.unknown) return notKnown(value.unknown);
  const [low, high] = value.interval80;
  const at = (years) => `${Math.min(100, Math.max(0, years))}%`;
  return [h("span", { class: "num" }, `about ${Math.round(value.years)}`), h("span", { class: "quiet num" }, `, ${Math.round(low)} to ${Math.round(high)} in 8 of 10 cases`),
    h("span", { class: "interval", "aria-hidden": "true", vars: { "--from": at(low), "--to": at(high), "--at": at(value.years) } })];
}

function emotion(value) {
  if (value.unknown) return notKnown(value.unknown);
  const sorted = Object.entries(value.probabilities).sort((a, b) => b[1] - a[1]).filter(([, p], i) => i < 3 && p >= 0.02);
  return h("ul", { class: "bars" }, sorted.map(([name, p]) => h("li", null, h("span", null, capital(name)), meter(p), h("span", { class: "num quiet" }, percent(p)))));
}

function pose(value) {
  if (value.unknown) return notKnown(value.unknown);
  const degrees = (angle) => `${Math.round(Math.abs(angle))}°`;
  const parts = [Math.abs(value.yaw) >= 2 && `turned ${degrees(value.yaw)} to their ${value.yaw > 0 ? "right" : "left"}`,
    Math.abs(value.roll) >= 2 && `tilted ${degrees(value.roll)}`, Math.abs(value.pitch) >= 2 && `looking ${degrees(value.pitch)} ${value.pitch > 0 ? "up" : "down"}`];
  return h("span", { class: "num" }, parts.filter(Boolean).join(", ") || "straight into the camera");
}

/** What was found out about a face, as a list of terms. */
export function faceFacts(face) {
  return h("dl", { class: "facts full" },
    line("Detection", h("span", { class: "num" }, `score ${fixed(face.score)}, ${Math.round(face.box.width)} × ${Math.round(face.box.height)} pixels`)),
    face.turned ? line("Turned", `The face was found turned by ${face.turned}°.`) : null,
    face.quality && quality(face.quality),
    face.age && line("Apparent age", age(face.age)),
    face.gender && line("Perceived gender", face.gender.unknown ? notKnown(face.gender.unknown) : `${capital(face.gender.label)}, ${percent(face.gender.probability)}`),
    face.emotion && line("Expression", emotion(face.emotion)),
    face.pose && line("Head", pose(face.pose)));
}
