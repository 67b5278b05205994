// The article at work: an action goes to the state, and what that is to the view. The server renders what has another
// look.
import { makeHash } from "./address.js";
import * as api from "./api.js";
import * as drafts from "./drafts.js";
import { page } from "./page.js";
import { readSelection } from "./places.js";
import * as selection from "./selection.js";
import { describeLook, findCurrent, findPlace, reduce } from "./state.js";
import { cutAll, findWords } from "./text.js";
import * as view from "./view.js";
import { findText, guarded, say } from "./view.js";

const MAX_LOOKS = 20; // that undo and redo find again without the server

let looks = new Map(); // by what describeLook gives: what the server has rendered
let drawn = ""; // the look that is shown
let drawing = 0; // which drawing is wanted
let revealed = null; // the quote that was brought into sight last

// Take up an article; nothing of it is shown yet.
export function take(doc, history) {
  Object.assign(page, { doc, history, points: Array.from(doc.text), words: findWords(doc.text), types: [] });
  [looks, drawn, revealed] = [new Map(), "", null];
}

export function keep() {
  const { doc, history } = page;
  page.kept = drafts.keep({ doc, work: history.work, saved: history.saved });
}

export function act(action) {
  const before = page.history;
  page.history = reduce(before, { ...action, words: page.words, points: page.points });
  if (page.history === before) return false;
  keep();
  guarded(draw)();
  return true;
}

export const fill = () => view.fillDesk({ ...page, hasNext: page.place >= 0 && page.place + 1 < page.queue.length }, act);

export async function draw() {
  const wanted = ++drawing;
  const { work } = page.history;
  const look = describeLook(work);
  fill();
  if (look !== drawn) {
    const { id, text } = page.doc;
    const found = looks.get(look) ?? await api.renderArticle({ id, text, quotes: work.quotes, speakers: work.speakers });
    if (wanted !== drawing || !page.doc) return;
    looks.set(look, found);
    if (looks.size > MAX_LOOKS) looks.delete(looks.keys().next().value);
    page.types = found.quotes.map((quote) => quote.type);
    showLook(found.html);
    drawn = look;
    fill();
  }
  view.decorate(page.history.work, page.types);
  if (page.history.work.current !== revealed) reveal();
}

// The selection and the caret are where they were: the text is the same.
function showLook(html) {
  const before = findText();
  const range = before && readSelection(before);
  const wasOpen = view.isOpen() && before === document.activeElement;
  view.showArticle(html);
  if (wasOpen) view.openText();
  if (range) selection.put(range);
  selection.paint();
}

function reveal() {
  const { work } = page.history;
  revealed = work.current;
  view.reveal(work);
  const at = findPlace(work);
  window.history.replaceState(null, "", at < 0 ? location.pathname : makeHash(at));
}

export function turnTo(action) {
  revealed = null;
  if (!act(action)) return;
  const { work } = page.history;
  const quote = findCurrent(work);
  say(`Quote ${findPlace(work) + 1}, ${quote.speaker || "speaker not known"}: ${cutAll(page.points, quote.content)}`);
}
