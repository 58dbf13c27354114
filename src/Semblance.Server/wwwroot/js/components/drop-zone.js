import { button, h, icon } from "../dom.js";
import { service } from "../state.js";
import { bytes } from "../format.js";
import { toast } from "./feedback.js";
import { takePicture } from "./snapshot.js";

const ACCEPT = "image/jpeg,image/png,image/webp,image/bmp,image/gif,image/heic,image/avif,image/tiff";

/** Files by drop, paste, choice or camera; what is too large is refused before it travels. `onfiles(File[])`; `paste` may say so at the time. */
export function dropZone({ title, text, many = false, compact = false, onfiles, camera = true, paste = true }) {
  const input = h("input", { type: "file", accept: ACCEPT, multiple: many, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true",
    onchange: () => { take(input.files); input.value = ""; } });
  const zone = h("div", { class: `drop ${compact ? "compact" : ""}`, role: "group", "aria-label": title },
    !compact && icon("upload"), h("div", { class: "drop-text" }, h("strong", null, title), text && h("span", { class: "quiet" }, text)),
    h("div", { class: "row center" }, button(many ? "Choose pictures" : "Choose a picture", () => input.click(), { kind: compact ? "small" : "primary" }),
      camera && button("Use the camera", async () => { const file = await takePicture(); if (file) take([file]); }, { kind: compact ? "small" : "" })), input);

  function take(list) {
    const limit = service.limits?.pictureBytes ?? 10_000_000;
    const files = [...list].filter((file) => {
      if (file.size === 0) { toast(`“${file.name}” is empty.`, { kind: "bad" }); return false; }
      if (file.size > limit) { toast(`“${file.name}” has ${bytes(file.size)}; at most ${bytes(limit)} are accepted.`, { kind: "bad" }); return false; }
      return true;
    });
    if (!many && files.length > 1) toast(`One picture is taken here: “${files[0].name}”.`);
    if (files.length) onfiles(many ? files : files.slice(0, 1));
  }

  let depth = 0;
  zone.addEventListener("dragenter", (event) => { event.preventDefault(); depth++; zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => { if (--depth <= 0) { depth = 0; zone.classList.remove("over"); } });
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });
  const onpaste = (event) => {
    if (!zone.isConnected) { document.removeEventListener("paste", onpaste); return; }
    if (event.defaultPrevented || event.target.closest?.("input, textarea, dialog") || (typeof paste === "function" && !paste())) return;
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  };
  if (paste) document.addEventListener("paste", onpaste);
  return zone;
}
