// What the page shows: the article as the server has rendered it, and the desk beside it. Nothing is decided here.
import { findCurrent, findPlace, isChanged, listSpeakers } from "./state.js";
import { cut, cutAll, shorten } from "./text.js";

const ROLES = ["content", "cue", "source"];
const UNSURE = 0.5; // confidence
const EDGE = 24; // pixels that are kept between what is looked at and the edge of the window
const SCROLL = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const OPENED = { role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": "The article", inputmode: "none", spellcheck: "false" };

export const get = (id) => document.getElementById(id);

export const findText = () => get("view").querySelector(".text");

export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  const { label, ...rest } = properties;
  Object.assign(element, rest);
  if (label) element.setAttribute("aria-label", label);
  element.append(...children);
  return element;
}

export function makeButton(text, act, properties = {}) {
  const button = make("button", { type: "button", ...properties }, text);
  button.addEventListener("click", act);
  return button;
}

// ---- what is said to the user

export function say(text) {
  get("status").textContent = text;
}

export function warn(text, choices = {}) {
  const alert = get("alert");
  const buttons = Object.entries({ ...choices, Close: () => {} }).map(([name, act]) =>
    makeButton(name, () => { alert.hidden = true; act(); }));
  alert.replaceChildren(make("span", { textContent: `${text} ` }), ...buttons);
  alert.hidden = false;
}

// An action of the user: what goes wrong is said.
export const guarded = (act) => async (...given) => {
  try {
    get("alert").hidden = true;
    await act(...given);
  } catch (error) {
    warn(error.message);
  }
};

// ---- the start, or the article and its desk

export function show(doc) {
  get("start").hidden = Boolean(doc);
  get("view").hidden = get("desk").hidden = !doc;
  document.body.classList.toggle("at-work", Boolean(doc));
  document.title = doc ? `${doc.id} – Who said what` : "Who said what";
  if (!doc) get("view").replaceChildren();
  scrollTo(0, 0);
}

export function showQueue(queue, open) {
  get("queued").hidden = !queue.length;
  get("queue").replaceChildren(...queue.map((item, number) =>
    make("li", {}, makeButton(make("bdi", { textContent: item.id }), () => open(number)), " ", make("span", { className: "facts", textContent: item.saved ? "saved" : "" }))));
}

export function showDrafts(drafts, open, drop) {
  get("drafts").hidden = !drafts.length;
  const items = drafts.map(([name, draft]) => {
    const id = draft.doc.id;
    return make("li", {},
      makeButton(make("span", {}, "Go on with ", make("bdi", { textContent: id })), () => open(name, draft)), " ",
      makeButton("Discard", () => drop(name), { label: `Discard what was done to ${id}` }));
  });
  get("drafts").replaceChildren(make("h2", { textContent: "Not saved yet" }), make("ul", {}, ...items));
}

// ---- the article

// The server's markup, parsed where nothing in it runs.
export function showArticle(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  get("view").replaceChildren(...page.body.children);
}

// What a report does not have: which quotes are checked, and which one is worked on.
export function decorate(work, types) {
  work.quotes.forEach((quote, at) => {
    const label = get(`a1-q${at + 1}`);
    if (!label) return;
    label.classList.toggle("checked", Boolean(quote.checked));
    const facts = get(`a1-q${at + 1}-note`).querySelector(".facts");
    if (quote.confidence === undefined) facts.textContent = `${types[at] ?? ""} ${quote.act}, by hand`;
  });
  const at = findPlace(work);
  document.dispatchEvent(new CustomEvent("quotex:rendered", { detail: at < 0 ? "" : String(at + 1) }));
}

export function reveal(work) {
  const label = get(`a1-q${findPlace(work) + 1}`);
  if (!label) return;
  const { top, bottom } = label.getBoundingClientRect();
  if (top < EDGE || bottom > findBottom() - 4 * EDGE) label.scrollIntoView({ block: "start", behavior: SCROLL });
}

// On a narrow screen the desk lies over the lower part of the page.
function findBottom() {
  const desk = get("desk");
  return getComputedStyle(desk).position === "fixed" ? desk.getBoundingClientRect().top : innerHeight;
}

// By keyboard: the browser's own caret, and nothing that could change a letter.
export function openText() {
  const text = findText();
  text.contentEditable = "true";
  for (const [name, value] of Object.entries(OPENED)) text.setAttribute(name, value);
  text.focus({ preventScroll: true });
}

export const isOpen = () => findText()?.contentEditable === "true";

export function closeText() {
  const text = findText();
  for (const name of ["contenteditable", ...Object.keys(OPENED)]) text.removeAttribute(name);
}

export function followCaret() {
  const text = findText();
  const selection = getSelection();
  if (!isOpen() || !text.contains(selection.focusNode)) return;
  const caret = document.createRange();
  caret.setStart(selection.focusNode, selection.focusOffset);
  const line = caret.getClientRects()[0];
  if (!line) return;
  const bottom = findBottom();
  if (line.bottom > bottom - EDGE) scrollBy(0, line.bottom - bottom + 3 * EDGE);
  else if (line.top < EDGE) scrollBy(0, line.top - 3 * EDGE);
}

// ---- the desk

// Folded away, a narrow screen has the article, and of the desk what one needs to go through it.
export function fold(isFolded) {
  get("desk").classList.toggle("folded", isFolded);
  document.body.classList.toggle("has-more", !isFolded);
  get("fold").setAttribute("aria-expanded", String(!isFolded));
  get("fold").textContent = isFolded ? "More" : "Less";
}

// Of `types` each is what the server says of a quote; `act` does what is clicked.
export function fillDesk({ doc, history, points, types, selected, hasNext }, act) {
  const { work } = history;
  const focused = document.activeElement?.id;
  const quote = findCurrent(work);
  get("editor").hidden = get("roles").hidden = !quote;
  if (quote) fillEditor(doc, work, quote, points, types, act);
  const checked = work.quotes.filter((one) => one.checked).length;
  const changed = isChanged(history);
  get("progress").textContent = `${checked} of ${work.quotes.length} checked. ${changed ? "Not saved yet." : doc.revision ? "Saved." : ""}`;
  get("progress").classList.toggle("changed", changed);
  get("rejects").hidden = !work.rejected.length;
  get("rejects").querySelector("summary").textContent = `Rejected: ${work.rejected.length}`;
  fill(get("rejected"), doc, work.rejected, (one) => makeRejected(one, points, act));
  get("onward").hidden = !hasNext;
  get("undo").disabled = !history.past.length;
  get("redo").disabled = !history.future.length;
  get("accept-all").disabled = work.quotes.every((one) => one.checked);
  fillSelection(selected && cut(points, selected), Boolean(quote));
  const back = focused && get(focused);
  if (back && document.activeElement !== back && !back.closest("[hidden]")) back.focus();
}

export function fillSelection(words, hasQuote) {
  get("selected").textContent = words ? `“${shorten(words)}”` : "None. Select some in the text.";
  get("desk").classList.toggle("has-selection", Boolean(words));
  for (const button of document.querySelectorAll("[data-role]")) button.disabled = !words || !hasQuote;
  get("new-quote").disabled = !words;
}

function fillEditor(doc, work, quote, points, types, act) {
  const at = work.quotes.indexOf(quote);
  get("quote-title").textContent = `Quote ${at + 1} of ${work.quotes.length}`;
  const sure = quote.confidence === undefined ? "by hand" : `confidence ${Math.round(quote.confidence * 100)}%`;
  get("quote-who").textContent = quote.speaker || "Speaker not known";
  get("quote-facts").textContent = [types[at], quote.act, sure, quote.confidence < UNSURE ? "uncertain" : ""].filter(Boolean).join(", ");
  const speaker = get("speaker");
  if (document.activeElement !== speaker || speaker.dataset.key !== String(quote.key)) {
    speaker.value = quote.speaker || "";
    speaker.dataset.key = quote.key;
  }
  get("kind").value = quote.kind || "";
  get("kind").disabled = !quote.speaker;
  fill(get("names"), doc, listSpeakers(work), ({ name }) => make("option", { value: name }));
  get("accept").setAttribute("aria-pressed", String(Boolean(quote.checked)));
  for (const role of ROLES) {
    const canGo = role !== "content" || quote.content.length > 1;
    fill(get(`${role}-pieces`), doc, quote[role], (piece, number) => makePiece(role, number, cut(points, piece), canGo, act));
  }
}

// Fill a list, unless it holds the same already: a button must not go away under the pointer.
const contents = new Map();

function fill(list, doc, items, makeItem) {
  const content = JSON.stringify([doc.sha256, items]);
  if (contents.get(list) === content) return;
  contents.set(list, content);
  list.replaceChildren(...items.map(makeItem));
}

function makeRejected(quote, points, act) {
  const words = shorten(cutAll(points, quote.content));
  const back = makeButton("Put back", () => act({ type: "restore", key: quote.key }), { label: `Put back: ${words}` });
  return make("li", {}, make("q", { textContent: words }), " ", back);
}

function makePiece(role, number, words, canGo, act) {
  const button = (name, sign, label, action) =>
    makeButton(sign, () => act({ role, number, ...action }), { id: `${role}-${number}-${name}`, label, title: label });
  const move = (name, sign, label, edge, step) => button(name, sign, `${label}, ${role}`, { type: "move", edge, step });
  return make("li", {},
    move("start-back", "◂", "Begin one word earlier", 0, -1),
    move("start-on", "▸", "Begin one word later", 0, 1),
    make("span", { className: "words", textContent: shorten(words) }),
    move("end-back", "◂", "End one word earlier", 1, -1),
    move("end-on", "▸", "End one word later", 1, 1),
    canGo ? button("remove", "✕", `Remove this piece of the ${role}`, { type: "remove" }) : "");
}
