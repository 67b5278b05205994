// Keys: which command each stands for.

const LETTERS = {
  j: "next", k: "previous", a: "accept", x: "reject", e: "enter", q: "new-quote", s: "edit-speaker",
  c: "set-content", C: "add-content", u: "set-cue", U: "add-cue", o: "set-source", O: "add-source",
};
const WITH_CONTROL = { z: "undo", y: "redo", Z: "redo", s: "save" };

// The name of a command; undefined for a key that is the browser's, or that writes in a field. With `hasLetters`,
// single letters are commands.
export function findCommand({ key, altKey, ctrlKey, metaKey, isComposing }, { isField, hasLetters }) {
  if (altKey || isComposing) return undefined;
  if (ctrlKey || metaKey) return isField && key !== "s" ? undefined : WITH_CONTROL[key];
  if (key === "Escape") return "escape";
  return isField || !hasLetters ? undefined : LETTERS[key];
}
