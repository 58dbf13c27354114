// The public API, and nothing but it.
import { state } from "./state.js";

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The service answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? "";
    this.problem = problem;
  }
}

export class Unreachable extends Error {
  constructor() { super("The service does not answer. It may have been stopped, or the network is down."); }
}

const wait = (ms, signal) => new Promise((done, fail) => {
  const timer = setTimeout(done, ms);
  signal?.addEventListener("abort", () => { clearTimeout(timer); fail(new DOMException("Cancelled", "AbortError")); }, { once: true });
});

function address(path, query) {
  const url = new URL(path.replace(/^\//, ""), document.baseURI);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

/**
 * One call. A busy service (429) is waited for as it asks, at most three times, which the page says; with `onbusy` null it is not waited for.
 * @returns the parsed JSON, a Blob for pictures and files, or null for an empty answer.
 */
export async function call(method, path, { query, json, form, signal, onbusy, headers = {}, keepalive } = {}) {
  const key = state.key;
  if (key) headers = { ...headers, Authorization: `Bearer ${key}` };
  if (json !== undefined) headers = { ...headers, "Content-Type": "application/json" };
  for (let attempt = 0; ; attempt++) {
    let response;
    try {
      response = await fetch(address(path, query), {
        method, headers, signal, keepalive, body: json !== undefined ? JSON.stringify(json) : form, credentials: "omit", cache: "no-store",
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Unreachable();
    }
    if (response.status === 429 && attempt < 3 && onbusy !== null) {
      const seconds = Math.min(Number(response.headers.get("Retry-After")) || 1, 30);
      document.dispatchEvent(new CustomEvent("service-busy", { detail: seconds }));
      await wait(seconds * 1000, signal);
      continue;
    }
    if (response.status === 204) return null;
    const type = response.headers.get("Content-Type") ?? "";
    if (!response.ok) {
      const problem = type.includes("json") ? await response.json().catch(() => ({})) : {};
      if (response.status === 401) document.dispatchEvent(new CustomEvent("key-needed", { detail: { key } }));
      throw new ApiError(response.status, problem);
    }
    if (type.includes("json")) return response.json();
    return response.blob();
  }
}

const gallery = (query) => ({ gallery: state.gallery || undefined, ...query });

function pictures(files, fields) {
  const form = new FormData();
  for (const [name, file] of files) form.append(name, file, file.name || "picture.jpg");
  for (const [name, value] of Object.entries(fields ?? {})) if (value !== undefined && value !== null && value !== "") form.append(name, value);
  return form;
}

export const api = {
  limits: () => call("GET", "/v1/limits"),
  settings: () => call("GET", "/v1/settings"),
  saveSettings: (json) => call("PUT", "/v1/settings", { json }),
  models: () => call("GET", "/v1/models"),
  galleries: () => call("GET", "/v1/galleries"),
  ready: () => call("GET", "/readyz", { onbusy: null }),
  metrics: async () => (await call("GET", "/metrics", { onbusy: null })).text(),

  analyze: (file, features, options) =>
    call("POST", "/v1/analyze", { ...options, query: { features: features.join(",") }, form: pictures([["image", file]]) }),
  verify: (a, b, query, options) => call("POST", "/v1/verify", { ...options, query, form: pictures([["a", a], ["b", b]]) }),
  verifyPerson: (id, file, query, options) =>
    call("POST", `/v1/verify/${id}`, { ...options, query: gallery(query), form: pictures([["image", file]]) }),
  identify: (file, query, options) => call("POST", "/v1/identify", { ...options, query: gallery({ features: "quality", ...query }), form: pictures([["image", file]]) }),

  people: (query, options) => call("GET", "/v1/people", { ...options, query: gallery(query) }),
  person: (id) => call("GET", `/v1/people/${id}`, { query: gallery() }),
  enrol: (files, fields, options) =>
    call("POST", "/v1/people", { ...options, query: gallery(), form: pictures(files.map((f) => ["image", f]), fields),
      headers: { "Idempotency-Key": crypto.randomUUID() } }),
  addFaces: (id, files, options) =>
    call("POST", `/v1/people/${id}/faces`, { ...options, query: gallery(), form: pictures(files.map((f) => ["image", f])) }),
  change: (id, json) => call("PATCH", `/v1/people/${id}`, { query: gallery(), json }),
  forget: (id) => call("DELETE", `/v1/people/${id}`, { query: gallery() }),
  removeFace: (id, face) => call("DELETE", `/v1/people/${id}/faces/${face}`, { query: gallery() }),
  moveFace: (id, face, to) => call("POST", `/v1/people/${id}/faces/${face}/move`, { query: gallery(), json: { to } }),
  merge: (id, other) => call("POST", `/v1/people/${id}/merge`, { query: gallery(), json: { from: other } }),
  cover: (id, face) => call("PUT", `/v1/people/${id}/cover`, { query: gallery(), json: { face } }),
  history: (id) => call("GET", `/v1/people/${id}/history`, { query: gallery() }),
  exportPerson: (id) => call("GET", `/v1/people/${id}/export`, { query: gallery() }),
  portrait: (id) => call("GET", `/v1/people/${id}/cover`, { query: gallery(), onbusy: null }),
  crop: (id, face) => call("GET", `/v1/people/${id}/faces/${face}/crop`, { query: gallery(), onbusy: null }),

  check: (options) => call("GET", "/v1/check", { ...options, query: gallery() }),
  dismiss: (finding) => call("POST", `/v1/check/${encodeURIComponent(finding)}/dismiss`, { query: gallery() }),
  undo: (entry) => call("POST", `/v1/undo/${entry}`, { query: gallery() }),
  access: (query, options) => call("GET", "/v1/access", { ...options, query: gallery({ names: true, ...query }) }),
  audit: (query) => call("GET", "/v1/audit", { query: gallery(query) }),

  strangers: () => call("GET", "/v1/strangers", { query: gallery() }),
  strangerCover: (group) => call("GET", `/v1/strangers/${group}/cover`, { query: gallery(), onbusy: null }),
  nameStranger: (group, json) => call("POST", `/v1/strangers/${group}/name`, { query: gallery(), json }),
  addStranger: (group, person) => call("POST", `/v1/strangers/${group}/add`, { query: gallery(), json: { person } }),
  ignoreStranger: (group) => call("POST", `/v1/strangers/${group}/ignore`, { query: gallery() }),
  forgetStranger: (group) => call("DELETE", `/v1/strangers/${group}`, { query: gallery() }),

  keys: () => call("GET", "/v1/keys"),
  createKey: (json) => call("POST", "/v1/keys", { json }),
  revokeKey: (id) => call("DELETE", `/v1/keys/${id}`),
};
