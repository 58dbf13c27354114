import { api, ApiError, Unreachable } from "./api.js";
import { button, h, icon, replace } from "./dom.js";
import { inUse, may, service, state } from "./state.js";
import { askForKey } from "./components/dialogs.js";
import { errorCard, toast } from "./components/feedback.js";

const VIEWS = [
  { path: "analyse", title: "Analyse", symbol: "analyse", roles: ["analyse"] },
  { path: "compare", title: "Compare", symbol: "compare", roles: ["analyse"] },
  { path: "find", title: "Find", symbol: "find", roles: ["identify"] },
  { path: "people", title: "People", symbol: "people", roles: ["identify", "enrol"] },
  { path: "strangers", title: "Strangers", symbol: "strangers", roles: ["enrol"], when: () => service.settings?.strangers?.enabled },
  { path: "camera", title: "Camera", symbol: "camera", roles: ["identify"] },
  { path: "settings", title: "Settings", symbol: "settings" },
];

/** What the key in use may not do is not offered; before there is one, everything is. */
const offered = (view) => (!view.when || view.when()) && (!view.roles || !service.limits || may(...view.roles));

const main = document.getElementById("main");
let leave = null;

function drawNavigation(current) {
  replace(document.getElementById("nav"), VIEWS.filter(offered).map((view) =>
    h("a", { href: `#/${view.path}`, "aria-current": view.path === current ? "page" : null }, icon(view.symbol), h("span", null, view.title))));
  const themes = ["system", "light", "dark"];
  const theme = button("", () => {
    state.theme = themes[(themes.indexOf(state.theme) + 1) % themes.length];
    drawNavigation(current);
    toast(`Appearance: ${state.theme}`);
  }, { kind: "ghost icon-only", symbol: "sun", label: `Appearance: ${state.theme}`, title: `Appearance: ${state.theme}` });
  const restricted = service.models.some((model) => model.commercialUse === false && inUse(model));
  replace(document.getElementById("side-foot"),
    !service.limits && service.reachable && button("Enter a key", () => document.dispatchEvent(new CustomEvent("key-needed", { detail: { asked: true } })), { kind: "small primary", symbol: "key" }),
    galleryChoice(current),
    restricted && h("a", { class: "foot-text", href: "#/settings" }, "Some models in use are for non-commercial research."),
    h("div", { class: "foot-row" }, h("a", { class: "foot-text", href: "reference" }, "API reference"), theme,
      h("a", { class: "button ghost icon-only only-phone", href: "#/settings", "aria-label": "Settings", "aria-current": current === "settings" ? "page" : null }, icon("settings"))));
}

function galleryChoice() {
  if (service.galleries.length < 2) return null;
  const choice = h("select", { "aria-label": "Gallery", onchange: () => { state.gallery = choice.value; route(); } },
    service.galleries.map((gallery) => h("option", { value: gallery.name, selected: gallery.name === state.gallery }, gallery.name)));
  return h("label", { class: "gallery-choice" }, h("span", { class: "foot-text", "aria-hidden": "true" }, "Gallery"), choice);
}

async function route() {
  const [path, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const view = VIEWS.find((candidate) => candidate.path === path) ?? VIEWS.find(offered);
  leave?.();
  leave = null;
  drawNavigation(view.path);
  document.title = `${view.title} – Semblance`;
  if (!service.reachable) {
    told(view, new Unreachable(), async () => { await learn(); route(); });
    return;
  }
  let module;
  try {
    module = await import(`./views/${view.path}.js`);
  } catch (error) {
    console.error(error);
    // Browsers may remember that a module did not come, so that only a new page asks for it again.
    told(view, new Unreachable(), async () => { await learn(); if (service.reachable) location.reload(); else route(); });
    return;
  }
  try {
    replace(main);
    const root = h("div", { class: `view view-${view.path}` });
    main.append(root);
    leave = (await module.show(root, rest.map(decodeURIComponent))) ?? null;
  } catch (error) {
    console.error(error);
    told(view, error, route);
  }
}

const told = (view, error, again) => replace(main, h("div", { class: "view" }, h("div", { class: "page-head" }, h("h1", null, view.title)), errorCard(error, again)));

/** What the service can do decides what is shown; without it the page says so and tries again. */
async function learn() {
  try {
    const [limits, settings, models, galleries] = await Promise.all([
      api.limits(), api.settings().catch(forgive), api.models().catch(forgive), api.galleries().catch(forgive)]);
    Object.assign(service, { limits, settings, models: models?.models ?? [], inUse: models, galleries: galleries?.galleries ?? [], reachable: true });
    if (!service.galleries.some((gallery) => gallery.name === state.gallery)) state.gallery = service.galleries[0]?.name ?? "";
  } catch (error) {
    if (error instanceof Unreachable) service.reachable = false;
    else if (!(error instanceof ApiError)) throw error;
  }
}

function forgive(error) {
  if (error instanceof ApiError && (error.status === 401 || error.status === 403 || error.status === 404)) return null;
  throw error;
}

// A request that is still on its way asks nobody again: not who sent the question away, and not who has entered a key meanwhile.
let sentAway = false;
document.addEventListener("key-needed", async ({ detail }) => {
  if (document.querySelector("dialog[open]") || (!detail.asked && (sentAway || detail.key !== state.key))) return;
  const key = await askForKey(state.key ? "The service does not accept this key." : "This service asks for a key.");
  sentAway = key === null;
  if (sentAway) return;
  state.key = key;
  await learn();
  route();
});

// Several calls may wait at once; it is said once.
let busyUntil = 0;
document.addEventListener("service-busy", ({ detail: seconds }) => {
  if (Date.now() < busyUntil) return;
  busyUntil = Date.now() + seconds * 1000;
  toast(`The service is busy; trying again in ${seconds}\u00a0s.`, { instead: "busy" });
});

window.addEventListener("hashchange", () => { route().then(() => main.focus({ preventScroll: true })); });
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => event.preventDefault());

await learn();
await route();
