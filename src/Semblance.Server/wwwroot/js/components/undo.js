import { api } from "../api.js";
import { toast } from "./feedback.js";

/** Takes a change back; `after` shows what is there then. */
export async function undo(entry, after) {
  try {
    await api.undo(entry);
    toast("Undone.");
    after?.();
  } catch (error) {
    toast(error.status === 409 ? "It cannot be undone any more: something was changed after it, and that stays." : error.message, { kind: "bad" });
  }
}

/** Says what was done, and offers to take it back where the service can. */
export const doneToast = (text, answer, after) =>
  toast(text, answer?.undo ? { action: "Undo", onaction: () => undo(answer.undo, after) } : {});
