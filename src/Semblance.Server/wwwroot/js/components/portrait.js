import { api } from "../api.js";
import { h } from "../dom.js";

const initials = (name) => (name ?? "?").split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();

/** A kept crop, fetched with the key when it comes into view; initials where none is kept. */
export function portrait(fetchPicture, name, { size = "" } = {}) {
  const box = h("span", { class: `portrait ${size}` }, h("span", { "aria-hidden": "true" }, initials(name)));
  if (!fetchPicture) return box;
  const watcher = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    watcher.disconnect();
    try {
      const blob = await fetchPicture();
      if (!(blob instanceof Blob)) return;
      const image = h("img", { src: URL.createObjectURL(blob), alt: "" });
      await image.decode();
      URL.revokeObjectURL(image.src);
      box.replaceChildren(image);
    } catch { /* no picture is kept: the initials stay */ }
  });
  watcher.observe(box);
  return box;
}

/** Lists may come without references; then the service is asked, and says 404 where no crop is kept. */
export const coverOf = (person) => (person.references && !person.references.some((reference) => reference.crop) ? null : () => api.portrait(person.id));
