import { api } from "../api.js";
import { field, h, replace } from "../dom.js";
import { count } from "../format.js";
import { dialog } from "./dialogs.js";
import { errorCard, loading } from "./feedback.js";
import { coverOf, portrait } from "./portrait.js";

/** Chooses a person by searching; resolves with the person or null. */
export function choosePerson(title, text, exceptId) {
  return dialog(title, (close) => {
    const results = h("div", { class: "pick-list" }, loading("Loading people…"));
    let timer, stopped;
    const search = h("input", { type: "search", autocomplete: "off", oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(look, 180);
    } });
    const pick = (person) => h("button", { type: "button", class: "pick", onclick: () => close(person) },
      portrait(coverOf(person), person.name, { size: "small" }), h("span", { dir: "auto" }, person.name), h("span", { class: "quiet small" }, count(person.referenceCount ?? 0, "picture")));
    async function look() {
      stopped?.abort();
      stopped = new AbortController();
      try {
        const { people = [], next } = await api.people({ q: search.value, limit: 20, sort: "name" }, { signal: stopped.signal });
        const others = people.filter((person) => person.id !== exceptId), focused = results.contains(document.activeElement);
        if (others.length) replace(results, others.map(pick), next && h("p", { class: "small quiet" }, "There are more: search by a part of the name."));
        else replace(results, h("p", { class: "quiet" }, search.value ? "Nobody of that name." : exceptId ? "There is nobody else in the gallery." : "Nobody is enrolled yet."));
        // Who has gone on to the list while it came is still in it.
        if (focused) (results.querySelector(".pick") ?? search).focus();
      } catch (error) { if (error.name !== "AbortError") replace(results, errorCard(error, look)); }
    }
    look();
    return h("div", { class: "stack-l" }, text && h("p", null, text), field("Search", search), results);
  });
}
