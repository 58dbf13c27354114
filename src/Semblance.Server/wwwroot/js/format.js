// Numbers and words as people read them.
const whole = new Intl.NumberFormat("en");

export const count = (n, one, many = one + "s") => `${whole.format(n)} ${n === 1 ? one : many}`;
export const fixed = (value, digits = 2) => (value === null || value === undefined ? "–" : Number(value).toFixed(digits).replace("-", "−"));

export function percent(p) {
  if (p === null || p === undefined) return "–";
  if (p > 0.9999) return "over 99.99 %";
  if (p < 0.0001) return "under 0.01 %";
  const v = p * 100;
  return `${v.toFixed(v > 99 || v < 1 ? 2 : v > 90 || v < 10 ? 1 : 0)} %`;
}

/** 0.0001 → "1 in 10,000". */
export function oneIn(rate) {
  if (!rate) return "an unknown share";
  return `1 in ${whole.format(Math.round(1 / rate))}`;
}

export const rateText = (rate) => (rate ? rate.toExponential().replace(/e([+-])0*/, "e$1").replace("e+0", "") : "own threshold");

export function date(value) {
  return value ? new Date(value).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" }) : "";
}

export function time(value) {
  return value ? new Date(value).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : "";
}

export function bytes(n) {
  const mega = 2 ** 20;
  return n < mega ? `${Math.max(1, Math.round(n / 1024))} kB` : `${Number((n / mega).toFixed(1))} MB`;
}

/** A service's message as a sentence. */
export const sentence = (text) => (text ? `${/^[a-z]+[ ,]/.test(text) ? capital(text) : text}${/[.!?…]$/.test(text) ? "" : "."}` : "");

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
