// Opening and leaving an article: pasted, out of files, the server's, by its address, or as a draft of one's own.
import { makePath, readDigest, readPlace, shorten } from "./address.js";
import * as api from "./api.js";
import * as desk from "./desk.js";
import * as drafts from "./drafts.js";
import { page } from "./page.js";
import * as selection from "./selection.js";
import { begin, isChanged, reduce, resume } from "./state.js";
import * as view from "./view.js";
import { get, guarded, say, warn } from "./view.js";

let visit = 0; // which address is wanted
let ready = null; // when what the server has to review is there

export const start = () => { ready = guarded(list)(); };

async function list() {
  showDrafts();
  const isHere = readDigest(location.pathname);
  const [articles] = await Promise.all([api.listArticles(), isHere ? followAddress() : null]);
  page.queue = [...articles, ...page.queue];
  if (page.doc && page.place < 0) page.place = findQueued(page.doc.sha256);
  view.showQueue(page.queue, openQueued);
  if (page.doc) desk.fill();
}

const findQueued = (digest) => page.queue.findIndex((item) => item.sha256 === digest);

export async function followAddress() {
  visit += 1;
  const digest = readDigest(location.pathname);
  if (!digest) return showStart();
  if (page.doc?.sha256.startsWith(digest)) {
    const quote = findAddressed();
    return quote && desk.turnTo({ type: "turn", key: quote.key });
  }
  try {
    await openDigest(digest, page.queue.find((item) => item.sha256.startsWith(digest)));
  } catch (error) {
    if (!page.doc?.sha256.startsWith(digest)) showStart();
    throw error.status === 404 ? new Error("The article of this address is not here any more. Paste it or open it again.") : error;
  }
}

const findAddressed = () => page.history.work.quotes[readPlace(location.hash)];

function goTo(path) {
  if (location.pathname !== path) window.history.pushState(null, "", path);
}

async function openDigest(digest, item) {
  const wanted = ++visit;
  const draft = drafts.recall(digest);
  if (draft && drafts.isUnsaved(draft)) return takeUp(draft);
  const { id, text } = draft?.doc ?? (item?.text === undefined ? await api.getArticle(shorten(digest)) : item);
  if (wanted === visit) await find({ id, text });
}

export async function find(article) {
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
  say(isChanged(page.history) ? "Here is your work that is not saved yet." : "");
}

async function open(doc, history) {
  desk.take(doc, history);
  if (page.queue[page.place]?.sha256 !== doc.sha256) page.place = findQueued(doc.sha256);
  goTo(makePath(doc.sha256));
  selection.choose(null);
  view.show(doc);
  desk.keep();
  const quote = findAddressed();
  if (quote) page.history = reduce(page.history, { type: "turn", key: quote.key });
  await desk.draw();
}

function showStart() {
  Object.assign(page, { doc: null, history: null, place: -1 });
  view.show(null);
  get("text").value = "";
  showDrafts();
  view.showQueue(page.queue, openQueued);
  get("text").focus();
}

export function leave() {
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

export async function openFiles(files) {
  await ready; // or what the server has to review would come in between
  const before = page.queue.length;
  const problems = [];
  for (const file of files) {
    const { articles, failures } = await api.openFile(file);
    page.queue.push(...articles);
    problems.push(...failures.map((failure) => failure.message));
  }
  if (page.queue.length === before + 1) await openQueued(before);
  else if (page.doc) leave();
  view.showQueue(page.queue, openQueued);
  if (problems.length) warn(problems.join(" "));
}

export const openQueued = guarded(async (number) => {
  page.place = number;
  await openDigest(page.queue[number].sha256, page.queue[number]);
});
