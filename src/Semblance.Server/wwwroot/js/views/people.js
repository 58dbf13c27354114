import { api } from "../api.js";
import { button, h, icon, replace } from "../dom.js";
import { count, date } from "../format.js";
import { may, service, state } from "../state.js";
import { enrolDialog } from "../components/enrol.js";
import { empty, errorCard, loading } from "../components/feedback.js";
import { coverOf, portrait } from "../components/portrait.js";
import { showFindings } from "./findings.js";
import { showPerson } from "./person.js";

const SORTS = [["name", "By name"], ["-name", "By name, backwards"], ["-enrolled", "Newest first"], ["enrolled", "Oldest first"]];
const remembered = { search: "", sort: "name", tag: "", tab: "people" };

const expired = (person) => person.expired ?? (person.expiresAt && new Date(person.expiresAt) < new Date());

export async function show(root, [id]) {
  if (id) return showPerson(root, id);
  let stopped = null;
  const grid = h("div", { class: "people-grid" });
  const foot = h("div", { class: "row center" });
  const summary = h("p", { class: "quiet small", role: "status" });
  const search = h("input", { type: "search", value: remembered.search, placeholder: "Search by name", "aria-label": "Search people", oninput: () => {
    remembered.search = search.value;
    clearTimeout(timer);
    timer = setTimeout(() => load(), 220);
  } });
  const sort = h("select", { "aria-label": "Sort", onchange: () => { remembered.sort = sort.value; load(); } },
    SORTS.map(([value, text]) => h("option", { value, selected: value === remembered.sort }, text)));
  const tag = h("input", { type: "search", value: remembered.tag, placeholder: "Only with tag", "aria-label": "Only with tag", oninput: () => {
    remembered.tag = tag.value;
    clearTimeout(timer);
    timer = setTimeout(() => load(), 220);
  } });
  let timer;
  const tab = (name, text) => h("button", { type: "button", role: "tab", "aria-selected": remembered.tab === name ? "true" : "false", class: "tab",
    onclick: () => { remembered.tab = name; replace(root); show(root, []); } }, text);

  const enrol = () => may("enrol") && button("Enrol a person", async () => { if (await enrolDialog()) load(); }, { kind: "primary", symbol: "plus" });
  root.append(h("div", { class: "page-head" }, h("div", null, h("h1", null, "People"), h("p", null, "Everybody who is enrolled, with their pictures, consent and history.")), enrol()));
  if (may("enrol")) root.append(h("div", { class: "tabs", role: "tablist" }, tab("people", "People"), tab("check", "To review")));
  if (may("enrol") && remembered.tab === "check") return showFindings(root);
  root.append(h("div", { class: "toolbar" }, search, tag, sort), summary, grid, foot);

  async function load(cursor) {
    stopped?.abort();
    stopped = new AbortController();
    if (!cursor) replace(grid, loading("Loading people…"));
    replace(foot);
    try {
      const page = await api.people({ q: remembered.search, tag: remembered.tag, sort: remembered.sort, limit: 60, cursor }, { signal: stopped.signal });
      const people = page.people ?? [];
      if (!cursor) replace(grid);
      grid.append(...people.map(card));
      if (!cursor && !people.length) {
        replace(grid, remembered.search || remembered.tag ? empty("find", "Nobody of that name or tag", "Search finds parts of names, and whole tags.")
          : empty("people", "Nobody is enrolled yet", "Enrol somebody with two or three pictures; from then on “Find” knows them.", enrol()));
      }
      const gallery = service.galleries.find((g) => g.name === state.gallery);
      const total = page.total ?? gallery?.people;
      summary.textContent = people.length ? `${count(grid.children.length, "person", "people")} shown${total > grid.children.length ? ` of ${total}` : ""}` : "";
      if (page.next) foot.append(button("Show more", () => load(page.next)));
    } catch (error) {
      if (error.name !== "AbortError") replace(grid, errorCard(error, () => load()));
    }
  }

  const card = (person) => h("a", { class: "person-card", href: `#/people/${person.id}` }, portrait(coverOf(person), person.name),
    h("span", { class: "person-name", dir: "auto", title: person.name }, person.name),
    h("span", { class: "small quiet" }, count(person.referenceCount ?? person.references?.length ?? 0, "picture")),
    h("span", { class: "person-tags" }, expired(person) ? h("span", { class: "badge bad" }, "Expired") : person.expiresAt && h("span", { class: "badge" }, `until ${date(person.expiresAt)}`),
      (person.tags ?? []).slice(0, 3).map((word) => h("span", { class: "badge", dir: "auto" }, word))));

  await load();
  return () => { stopped?.abort(); clearTimeout(timer); };
}

