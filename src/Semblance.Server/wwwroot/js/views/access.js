import { api } from "../api.js";
import { button, field, h, icon, replace } from "../dom.js";
import { count } from "../format.js";
import { may, service } from "../state.js";
import { choosePerson } from "../components/choose-person.js";
import { empty, errorCard, loading } from "../components/feedback.js";

const PAGE = 50, NAMED = 5, TOGETHER = 60_000;
const day = (at) => new Date(at).toLocaleDateString(undefined, { weekday: "long", year: "numeric", month: "long", day: "numeric" });
const hour = (at) => new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** What was done, for `people` that may be nobody. */
const WORDS = {
  identify: ({ faces }, people) => [`Searched with ${faces === 1 ? "a face" : count(faces ?? 0, "face")}`, people ? [": found ", people] : ": nobody was named"],
  verify: (_, people) => ["Compared a picture with ", people],
  look: (_, people) => ["Looked at the record of ", people],
  list: (_, people) => (people ? ["Listed ", people] : ["Listed people"]),
  crop: (_, people) => ["Saw pictures of ", people],
  log: (_, people) => (people ? ["Read in this log of ", people] : ["Read this log"]),
};

/** A page of faces is a request for each: those that came together are one row. */
function together(entries) {
  const rows = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    if (entry.action === "crop" && last?.action === "crop" && last.key === entry.key && new Date(last.at) - new Date(entry.at) < TOGETHER) {
      last.people = [...new Set([...last.people, ...entry.people])];
      last.requests++;
    } else rows.push({ ...entry, requests: 1 });
  }
  return rows;
}

/** Who searched and looked at whom, newest first; of one person where one is named. */
export async function showAccess(root, personId) {
  const back = h("a", { class: "back", href: "#/settings" }, icon("back"), "Settings"), title = h("h1", null, "Who looked at whom");
  if (service.limits && !may("admin")) {
    root.append(back, title, empty("key", "Only administrators see this", "The log shows by which key people were searched and looked at. A key with the role “admin” opens it."));
    return null;
  }
  const list = h("div", { class: "access", "aria-busy": "true" }, loading("Reading the log…"));
  const foot = h("div", { class: "row center" }), kept = h("p");
  const wanted = { person: personId ?? "", key: "" };
  const names = { keys: {}, people: {} };
  let stopped = null, lastDay = "";
  const key = h("select", { onchange: () => { wanted.key = key.value; load(); } }, h("option", { value: "" }, "Everybody"));
  const person = h("div", { class: "row" });
  root.append(back, h("div", { class: "page-head" }, h("div", null, title, kept), button("Look again", () => load())),
    h("div", { class: "access-filter" }, service.limits?.keys && field("Who", key), h("div", { class: "field" }, h("span", { class: "label", id: "about" }, "About"), person)), list, foot);
  drawPerson();
  if (service.limits?.keys) {
    api.keys().then(({ keys = [] }) => key.append(...keys.map((k) => h("option", { value: k.id }, k.name ?? k.id))), () => { /* the log tells what is wrong */ });
  }

  function drawPerson() {
    replace(person, wanted.person ? [h("strong", { dir: "auto" }, names.people[wanted.person] ?? "One person"), button("Everybody", () => about(""), { kind: "small" })]
      : [h("span", null, "Everybody"), button("One person…", async () => { const chosen = await choosePerson("Who was looked at?"); if (chosen) about(chosen.id, chosen.name); }, { kind: "small" })]);
  }

  function about(id, name) {
    wanted.person = id;
    if (name) names.people[id] = name;
    drawPerson();
    load();
  }

  async function load(cursor) {
    stopped?.abort();
    stopped = new AbortController();
    if (!cursor) { replace(list, loading("Reading the log…")); lastDay = ""; }
    list.setAttribute("aria-busy", "true");
    replace(foot, cursor && loading("Reading on…"));
    try {
      const page = await api.access({ ...wanted, limit: PAGE, cursor }, { signal: stopped.signal });
      Object.assign(names.keys, page.keys);
      Object.assign(names.people, page.people);
      drawPerson();
      kept.textContent = page.kept ? `Every search and every look at somebody, kept for ${count(page.days, "day")} and then erased. The log itself holds no names: those here are today's.` : "";
      if (!cursor) replace(list);
      draw(together(page.entries));
      if (!list.children.length) {
        replace(list, !page.kept ? empty("info", "This service keeps no such log", "It is switched on where the service is started, with a folder for it.")
          : wanted.person || wanted.key ? empty("find", "Nothing of that kind", "As far as the log goes back, nobody did.") : empty("check", "Nobody has looked yet", "Searches and looks at people appear here."));
      }
      replace(foot, page.next && button("Show older", () => load(page.next)));
    } catch (error) {
      if (error.name === "AbortError") return;
      if (cursor) replace(foot, errorCard(error, () => load(cursor))); else replace(list, errorCard(error, () => load()));
    }
    list.removeAttribute("aria-busy");
  }

  function draw(rows) {
    for (const row of rows) {
      if (day(row.at) !== lastDay) list.append(h("h2", null, lastDay = day(row.at)), h("ol", { class: "access-day" }));
      list.lastElementChild.append(h("li", null, h("time", { class: "num quiet", datetime: row.at }, hour(row.at)), h("strong", { class: "cut", title: row.key }, who(row.key)),
        h("span", null, WORDS[row.action]?.(row, peopleOf(row)) ?? row.action, "."), h("code", { class: "quiet", title: "The request’s id" }, row.requestId?.slice(-8))));
    }
  }

  const who = (id) => (id === "local" ? "Without a key" : names.keys[id] ?? `Key ${id}`);

  /** Links to whom an entry names; those who were forgotten since have no name any more. */
  function peopleOf({ people, requests }) {
    if (!people.length) return null;
    const known = people.filter((id) => names.people[id]).slice(0, NAMED), shown = known.length ? known : people.slice(0, 1), more = people.length - shown.length;
    const forgotten = (id) => h("span", { class: "quiet", title: id }, "somebody who was forgotten");
    return [shown.map((id, i) => [i > 0 && ", ", names.people[id] ? h("a", { href: `#/people/${id}`, dir: "auto" }, names.people[id]) : forgotten(id)]),
      more > 0 && ` and ${more} more`, requests > 1 && people.length === 1 && ` (${requests} times)`];
  }

  await load();
  return () => stopped?.abort();
}
