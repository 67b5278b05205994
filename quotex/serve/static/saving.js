// Saving the work on an article, and taking its results along.
import * as api from "./api.js";
import { act } from "./desk.js";
import * as drafts from "./drafts.js";
import { page } from "./page.js";
import { describe, isChanged } from "./state.js";
import { writeResults } from "./text.js";
import { get, guarded, make, say, warn } from "./view.js";

const NOTICE = 2_000; // milliseconds

async function saveOver(base) {
  const { doc, history: { work } } = page;
  doc.revision = (await api.saveArticle({ ...doc, ...work, revision: base })).revision;
  for (const item of page.queue) item.saved ||= item.sha256 === doc.sha256;
  if (page.doc === doc) act({ type: "saved", work });
  else drafts.keep({ doc, work, saved: describe(work) }); // somebody was quick to go on
  say("Saved.");
}

export const save = guarded(async () => {
  const { doc, history } = page;
  if (!doc) return;
  if (doc.revision && !isChanged(history)) return say("It is saved already.");
  try {
    await saveOver(doc.revision);
  } catch (error) {
    if (error.status !== 409) throw error;
    warn(error.message, { "Replace it": guarded(() => saveOver(null)), "Show theirs": guarded(showTheirs) });
  }
});

async function showTheirs() {
  const { doc } = page;
  const found = await api.findQuotes({ id: doc.id, text: doc.text });
  doc.revision = found.revision;
  act({ type: "replace", quotes: found.quotes, rejected: found.rejected });
  act({ type: "saved" });
  say("This is what was saved meanwhile. Undo brings back yours.");
}

export const copy = guarded(async () => {
  const results = writeResults(page.history.work, page.points, page.types);
  try {
    await navigator.clipboard.writeText(results);
  } catch {
    copyBySelection(results); // a page from another machine that did not come encrypted has no clipboard
  }
  say("The results are on the clipboard.");
  get("copy").textContent = "Copied";
  setTimeout(() => { get("copy").textContent = "Copy results"; }, NOTICE);
});

function copyBySelection(results) {
  const box = make("textarea", { value: results });
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

export const download = guarded(async () => {
  const form = get("form").value;
  const { doc, history: { work } } = page;
  const file = await api.exportArticle({ id: doc.id, text: doc.text, quotes: work.quotes, speakers: work.speakers }, form);
  const address = URL.createObjectURL(file);
  const name = doc.id.split(/[\\/]/).at(-1).replace(/\.\w+$/, "") || "quotes";
  make("a", { href: address, download: `${name}.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});
