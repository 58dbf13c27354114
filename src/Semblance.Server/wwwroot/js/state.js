// What the page remembers: appearance for good, the key for this tab only.
const read = (store, name) => { try { return store.getItem(name); } catch { return null; } };
const write = (store, name, value) => {
  try { value === null || value === "" ? store.removeItem(name) : store.setItem(name, value); } catch { /* private mode: kept in memory */ }
  memory[name] = value;
};
const memory = {};

export const state = {
  get key() { return memory["semblance.key"] ?? read(sessionStorage, "semblance.key") ?? ""; },
  set key(value) { write(sessionStorage, "semblance.key", value); },
  get gallery() { return memory["semblance.gallery"] ?? read(sessionStorage, "semblance.gallery") ?? ""; },
  set gallery(value) { write(sessionStorage, "semblance.gallery", value); },
  get theme() { return read(localStorage, "semblance.theme") ?? "system"; },
  set theme(value) {
    write(localStorage, "semblance.theme", value === "system" ? null : value);
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  },
};

/** Whether the key in use has one of the roles; without keys everybody has all. Before the service has said so, it is not assumed. */
export const may = (...roles) => roles.some((role) => service.limits?.key?.roles?.includes(role));

/** Whether a model does work here: as the detector, the embedder, or for an estimate that is allowed. */
export const inUse = (model) => [service.inUse?.detector, service.inUse?.embedder?.id].includes(model.id)
  || (model.kinds ?? []).some((kind) => (service.settings?.features ?? service.inUse?.features ?? []).includes(kind));

/** What the service said of itself at the start: limits, settings, models, galleries. */
export const service = { limits: null, settings: null, models: [], inUse: null, galleries: [], reachable: true };
