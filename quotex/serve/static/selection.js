// What is selected in the article, by pointer or by keyboard. It stays when the browser's own selection goes elsewhere.
import { page } from "./page.js";
import { locate, makeRange, readSelection } from "./places.js";
import { findCurrent } from "./state.js";
import { cut, trim } from "./text.js";
import * as view from "./view.js";
import { findText, get, say } from "./view.js";

export function choose(range) {
  const trimmed = range && trim(page.points, range);
  page.selected = trimmed && trimmed[0] < trimmed[1] ? trimmed : null;
  paint();
  if (page.history) {
    view.fillSelection(page.selected && cut(page.points, page.selected), Boolean(findCurrent(page.history.work)));
  }
}

export function paint() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("selected");
  if (page.selected && findText()) {
    CSS.highlights.set("selected", new Highlight(makeRange(findText(), ...page.selected)));
  }
}

export function forget() {
  getSelection().removeAllRanges();
  choose(null);
}

export function notice() {
  const range = page.history && readSelection(findText());
  if (range) choose(range);
}

export function put([start, end]) {
  const text = findText();
  const [node, offset] = locate(text, end, start === end);
  getSelection().setBaseAndExtent(...locate(text, start, true), node, offset);
}

export function enterText() {
  if (!findText()) return;
  view.openText();
  const start = findCurrent(page.history.work)?.content[0][0] ?? 0;
  put(page.selected || [start, start]);
  view.followCaret();
  say("In the text. Arrows move, with Shift they select, Escape leaves.");
}

export function leaveText() {
  if (!view.isOpen()) return;
  view.closeText();
  get(page.selected ? "new-quote" : "enter").focus();
}

document.addEventListener("selectionchange", notice);
