// What is kept in the browser: each text that was opened, with what was done to it, { doc, work, saved }. Work that is
// not saved yet outlives the browser, other texts this tab.
import { describe } from "./state.js";

const PREFIX = "quotex draft ";

// Two tabs with one text have a draft each.
const tab = sessionStorage.getItem("quotex tab") || Math.random().toString(36).slice(2);
sessionStorage.setItem("quotex tab", tab);

export const isUnsaved = ({ work, saved }) => describe(work) !== saved;

// Says whether there was room.
export function keep(draft) {
  const name = `${PREFIX}${tab} ${draft.doc.sha256}`;
  const [here, there] = isUnsaved(draft) ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
  try {
    here.setItem(name, JSON.stringify(draft));
    there.removeItem(name);
    return true;
  } catch {
    return !isUnsaved(draft);
  }
}

function read(storage, name) {
  try {
    const { doc, work, saved } = JSON.parse(storage.getItem(name));
    return doc && work ? { doc, work, saved } : null;
  } catch {
    return null;
  }
}

const listNames = (storage, start) => Object.keys(storage).filter((name) => name.startsWith(start));

// The draft of a text in this tab, by the beginning of its digest.
export function recall(digest) {
  const found = [localStorage, sessionStorage].flatMap((storage) =>
    listNames(storage, `${PREFIX}${tab} ${digest}`).map((name) => read(storage, name)));
  return found.find(Boolean) ?? null;
}

// All that is not saved yet, in any tab, with names.
export const listUnsaved = () =>
  listNames(localStorage, PREFIX).map((name) => [name, read(localStorage, name)]).filter(([, draft]) => draft && isUnsaved(draft));

export const drop = (name) => localStorage.removeItem(name);
