// The page on which quotes are checked and corrected: what its user does goes to the state, and what that is to the
// view. The server finds quotes, renders what has another look, and saves.
import * as api from "./api.js";
import * as drafts from "./drafts.js";
import { EXAMPLE } from "./example.js";
import { locate, makeRange, readSelection } from "./places.js";
import { begin, describe, describeLook, findCurrent, findPlace, isChanged, reduce, resume } from "./state.js";
import { cutAll, findWords, trim, writeResults } from "./text.js";
import * as view from "./view.js";
import { findText, get, say, warn } from "./view.js";

const MAX_LOOKS = 20; // that undo and redo find again without the server
const NOTICE = 2_000; // milliseconds
const SHORT = 16; // digits of a digest in an address
const ADDRESS = /^\/articles\/([0-9a-f]{16})$/;
const QUOTE = /^#a1-q(\d+)$/;
const NARROW = matchMedia("(max-width: 59.99rem)");

let doc = null; // { id, text, sha256, revision }
let history = null; // of the work on it, see state.js
let points = []; // its text, one code point an item
let words = [];
let types = []; // what the server says of each quote
let selected = null; // [start, end]
let looks = new Map(); // by what describeLook gives: what the server has rendered
let drawn = ""; // the look that is shown
let drawing = 0; // which drawing is wanted
let revealed = null; // the quote that was brought into sight last
let visit = 0; // which address is wanted
let queue = []; // { id, sha256, saved } of the server's articles, with { text } those of a file
let place = -1; // in the queue
let kept = true; // in the browser

// An action of the user: what goes wrong is said.
const guarded = (act) => async (...given) => {
  try {
    get("alert").hidden = true;
    await act(...given);
  } catch (error) {
    warn(error.message);
  }
};

// ---- the state, and what is shown of it

function act(action) {
  const before = history;
  history = reduce(history, { ...action, words, points });
  if (history === before) return false;
  kept = drafts.keep({ doc, work: history.work, saved: history.saved });
  guarded(draw)();
  return true;
}

const fillDesk = () =>
  view.fillDesk({ doc, history, points, types, selected, hasNext: place >= 0 && place + 1 < queue.length }, act);

async function draw() {
  const wanted = ++drawing;
  const { work } = history;
  const look = describeLook(work);
  fillDesk();
  if (look !== drawn) {
    const { id, text } = doc;
    const found = looks.get(look) ?? await api.renderArticle({ id, text, quotes: work.quotes, speakers: work.speakers });
    if (wanted !== drawing || !doc) return;
    looks.set(look, found);
    if (looks.size > MAX_LOOKS) looks.delete(looks.keys().next().value);
    types = found.quotes.map((quote) => quote.type);
    showLook(found.html);
    drawn = look;
    fillDesk();
  }
  view.decorate(history.work, types);
  if (history.work.current !== revealed) reveal();
}

// The selection and the caret are where they were: the text is the same.
function showLook(html) {
  const before = findText();
  const range = before && readSelection(before);
  const wasOpen = view.isOpen() && before === document.activeElement;
  view.showArticle(html);
  if (wasOpen) view.openText();
  if (range) putSelection(range);
  paintSelected();
}

function reveal() {
  const { work } = history;
  revealed = work.current;
  view.reveal(work);
  const at = findPlace(work);
  window.history.replaceState(null, "", at < 0 ? location.pathname : `#a1-q${at + 1}`);
}

// ---- addresses: "/" is the start, "/articles/DIGEST" an article, with "#a1-q2" for its second quote

async function followAddress() {
  visit += 1;
  const digest = ADDRESS.exec(location.pathname)?.[1];
  if (!digest) return showStart();
  if (doc?.sha256.startsWith(digest)) {
    const quote = findAddressed();
    return quote && turnTo({ type: "turn", key: quote.key });
  }
  try {
    await openDigest(digest, queue.find((item) => item.sha256.startsWith(digest)));
  } catch (error) {
    if (!doc?.sha256.startsWith(digest)) showStart();
    throw error.status === 404 ? new Error("The article of this address is not here any more. Paste it or open it again.") : error;
  }
}

const findAddressed = () => history.work.quotes[QUOTE.exec(location.hash)?.[1] - 1];

function goTo(path) {
  if (location.pathname !== path) window.history.pushState(null, "", path);
}

// ---- opening and leaving a text

async function openDigest(digest, item) {
  const wanted = ++visit;
  const draft = drafts.recall(digest);
  if (draft && drafts.isUnsaved(draft)) return takeUp(draft);
  const { id, text } = draft?.doc ?? (item?.text === undefined ? await api.getArticle(digest.slice(0, SHORT)) : item);
  if (wanted === visit) await find({ id, text });
}

async function find(article) {
  const wanted = ++visit;
  say("Looking for quotes…");
  document.body.classList.add("busy");
  try {
    const { quotes, rejected, speakers, hint, ...rest } = await api.findQuotes(article);
    if (wanted !== visit) return;
    const draft = drafts.recall(rest.sha256);
    if (draft && drafts.isUnsaved(draft)) return await takeUp(draft); // the same text, pasted again
    await open(rest, begin({ quotes, rejected, speakers }));
    say(`${quotes.length} quotes found.`);
    if (hint) warn(hint);
  } finally {
    document.body.classList.remove("busy");
  }
}

async function takeUp(draft) {
  visit += 1;
  await open(draft.doc, resume(draft));
  say(isChanged(history) ? "Here is your work that is not saved yet." : "");
}

async function open(article, work) {
  doc = article;
  history = work;
  points = Array.from(doc.text);
  words = findWords(doc.text);
  [types, looks, drawn, revealed] = [[], new Map(), "", null];
  if (queue[place]?.sha256 !== doc.sha256) place = queue.findIndex((item) => item.sha256 === doc.sha256);
  goTo(`/articles/${doc.sha256.slice(0, SHORT)}`);
  choose(null);
  view.show(doc);
  kept = drafts.keep({ doc, work: history.work, saved: history.saved });
  const quote = findAddressed();
  if (quote) history = reduce(history, { type: "turn", key: quote.key });
  await draw();
}

function showStart() {
  doc = history = null;
  place = -1;
  view.show(null);
  get("text").value = "";
  showDrafts();
  view.showQueue(queue, openQueued);
  get("text").focus();
}

function leave() {
  visit += 1;
  goTo("/");
  showStart();
}

function showDrafts() {
  view.showDrafts(
    drafts.listUnsaved(),
    guarded(async (name, draft) => { drafts.drop(name); await takeUp(draft); }),
    (name) => { drafts.drop(name); showDrafts(); },
  );
}

async function openFiles(files) {
  await ready; // or what the server has to review would come in between
  const before = queue.length;
  const problems = [];
  for (const file of files) {
    const { articles, failures } = await api.openFile(file);
    queue.push(...articles);
    problems.push(...failures.map((failure) => failure.message));
  }
  if (queue.length === before + 1) await openQueued(before);
  else if (doc) leave();
  view.showQueue(queue, openQueued);
  if (problems.length) warn(problems.join(" "));
}

const openQueued = guarded(async (number) => {
  place = number;
  await openDigest(queue[number].sha256, queue[number]);
});

// ---- quotes

const doing = (type, message) => () => { if (act({ type })) say(message); };
const undo = doing("undo", "Undone.");
const redo = doing("redo", "Redone.");
const reject = doing("reject", "Rejected.");
const acceptAll = doing("accept-all", "All quotes are checked.");
const accept = () => act({ type: "accept" });

function setRole(role, how) {
  if (!selected || !findCurrent(history.work)) return;
  act({ type: "role", role, how, piece: selected });
  forget();
  say(`The ${role} is now: ${cutAll(points, findCurrent(history.work)[role])}`);
}

function addQuote() {
  if (!selected) return;
  act({ type: "add", piece: selected });
  forget();
  say("A new quote. Say who speaks.");
  editSpeaker();
}

function editSpeaker() {
  view.fold(false);
  get("speaker").focus();
  get("speaker").select();
}

function turnTo(action) {
  revealed = null;
  if (!act(action)) return;
  const quote = findCurrent(history.work);
  say(`Quote ${findPlace(history.work) + 1}, ${quote.speaker || "speaker not known"}: ${cutAll(points, quote.content)}`);
}

// ---- saving, and taking along

async function save(base) {
  const [saving, { work }] = [doc, history];
  saving.revision = (await api.saveArticle({ ...saving, ...work, revision: base })).revision;
  for (const item of queue) item.saved ||= item.sha256 === saving.sha256;
  if (doc === saving) act({ type: "saved", work });
  else drafts.keep({ doc: saving, work, saved: describe(work) }); // somebody was quick to go on
  say("Saved.");
}

const saveNow = guarded(async () => {
  if (!doc) return;
  if (doc.revision && !isChanged(history)) return say("It is saved already.");
  try {
    await save(doc.revision);
  } catch (error) {
    if (error.status !== 409) throw error;
    warn(error.message, { "Replace it": guarded(() => save(null)), "Show theirs": guarded(showTheirs) });
  }
});

async function showTheirs() {
  const found = await api.findQuotes({ id: doc.id, text: doc.text });
  doc.revision = found.revision;
  act({ type: "replace", quotes: found.quotes, rejected: found.rejected });
  act({ type: "saved" });
  say("This is what was saved meanwhile. Undo brings back yours.");
}

const copy = guarded(async () => {
  const results = writeResults(history.work, points, types);
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
  const box = view.make("textarea", { value: results });
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

const download = guarded(async () => {
  const form = get("form").value;
  const { work } = history;
  const file = await api.exportArticle({ id: doc.id, text: doc.text, quotes: work.quotes, speakers: work.speakers }, form);
  const address = URL.createObjectURL(file);
  const name = doc.id.split(/[\\/]/).at(-1).replace(/\.\w+$/, "") || "quotes";
  view.make("a", { href: address, download: `${name}.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});

// ---- what is selected

function choose(range) {
  const trimmed = range && trim(points, range);
  selected = trimmed && trimmed[0] < trimmed[1] ? trimmed : null;
  paintSelected();
  if (history) fillDesk();
}

// Also when the browser's own selection has gone elsewhere.
function paintSelected() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("selected");
  if (selected && findText()) CSS.highlights.set("selected", new Highlight(makeRange(findText(), ...selected)));
}

function forget() {
  getSelection().removeAllRanges();
  choose(null);
}

function noticeSelection() {
  const range = history && readSelection(findText());
  if (range) choose(range);
}

function putSelection([start, end]) {
  const text = findText();
  const [node, offset] = locate(text, end, start === end);
  getSelection().setBaseAndExtent(...locate(text, start, true), node, offset);
}

function enterText() {
  if (!findText()) return;
  view.openText();
  const start = findCurrent(history.work)?.content[0][0] ?? 0;
  putSelection(selected || [start, start]);
  view.followCaret();
  say("In the text. Arrows move, with Shift they select, Escape leaves.");
}

function leaveText() {
  if (!view.isOpen()) return;
  view.closeText();
  get(selected ? "new-quote" : "enter").focus();
}

document.addEventListener("selectionchange", noticeSelection);
get("view").addEventListener("keyup", view.followCaret);
for (const name of ["beforeinput", "drop", "paste", "cut"]) {
  get("view").addEventListener(name, (event) => event.preventDefault());
}

// ---- pointer and keyboard

get("view").addEventListener("click", (event) => {
  const marked = event.target.closest("[data-q]");
  const link = event.target.closest("a");
  if (link) event.preventDefault();
  if (!getSelection().isCollapsed && !link) return; // it is words that are wanted
  const number = marked ? marked.dataset.q.split(" ")[0] : QUOTE.exec(link?.hash)?.[1];
  const quote = history.work.quotes[number - 1];
  if (quote) turnTo({ type: "turn", key: quote.key });
});

const COMMANDS = {
  j: () => turnTo({ type: "step", by: 1 }),
  k: () => turnTo({ type: "step", by: -1 }),
  a: accept,
  x: reject,
  e: enterText,
  q: addQuote,
  s: editSpeaker,
  c: () => setRole("content", "set"),
  C: () => setRole("content", "add"),
  u: () => setRole("cue", "set"),
  U: () => setRole("cue", "add"),
  o: () => setRole("source", "set"),
  O: () => setRole("source", "add"),
};
const WITH_CONTROL = { z: undo, y: redo, Z: redo, s: saveNow };

document.addEventListener("keydown", (event) => {
  if (!doc || event.altKey || event.isComposing) return;
  const isField = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey) {
    const command = WITH_CONTROL[event.key];
    if (!command || (isField && event.key !== "s")) return;
    event.preventDefault();
    command();
  } else if (event.key === "Escape") {
    if (isField) event.target.blur();
    leaveText();
  } else if (!isField && get("single-keys").checked && COMMANDS[event.key]) {
    event.preventDefault();
    noticeSelection(); // the browser tells of it some time later
    COMMANDS[event.key]();
  }
});

// A button must not take the selection away that it is about.
get("desk").addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.target.closest("button")) event.preventDefault();
});

const BUTTONS = {
  undo, redo, save: saveNow, leave, accept, reject, enter: enterText, copy, download,
  previous: COMMANDS.k, next: COMMANDS.j, "accept-all": acceptAll, "new-quote": addQuote,
  fold: () => view.fold(!get("desk").classList.contains("folded")),
  onward: () => openQueued(place + 1),
  open: () => get("file").click(),
  example: guarded(() => find(EXAMPLE)),
  find: guarded(async () => {
    const text = get("text").value;
    if (!text.trim()) throw new Error("There is no text yet. Paste one, or open a file.");
    await find({ text });
  }),
};
for (const [name, command] of Object.entries(BUTTONS)) get(name).addEventListener("click", () => command());
for (const button of document.querySelectorAll("[data-role]")) {
  button.addEventListener("click", () => setRole(button.dataset.role, button.dataset.how));
}
get("speaker").addEventListener("change", () => act({ type: "name", name: get("speaker").value.trim() || null }));
get("kind").addEventListener("change", () => act({ type: "kind", kind: get("kind").value || null }));
get("single-keys").addEventListener("change", () => localStorage.setItem("quotex keys", get("single-keys").checked));
get("file").addEventListener("change", guarded(async () => {
  const files = [...get("file").files];
  get("file").value = "";
  await openFiles(files);
}));

// What is pasted into the empty box is looked at at once.
get("text").addEventListener("paste", () => {
  if (!get("text").value) setTimeout(BUTTONS.find);
});

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", guarded(async (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const files = [...event.dataTransfer.files];
  const text = event.dataTransfer.getData("text/plain");
  if (files.length) await openFiles(files);
  else if (text.trim() && !doc) await find({ text });
}));

addEventListener("popstate", guarded(followAddress));
addEventListener("beforeunload", (event) => {
  if (doc && isChanged(history) && !kept) event.preventDefault();
});

// ---- begin

const ready = guarded(async () => {
  get("single-keys").checked = localStorage.getItem("quotex keys") !== "false";
  view.fold(NARROW.matches);
  showDrafts();
  const isHere = ADDRESS.test(location.pathname);
  const [articles] = await Promise.all([api.listArticles(), isHere ? followAddress() : null]);
  queue = [...articles, ...queue];
  if (doc && place < 0) place = queue.findIndex((item) => item.sha256 === doc.sha256);
  view.showQueue(queue, openQueued);
  if (doc) fillDesk();
})();
