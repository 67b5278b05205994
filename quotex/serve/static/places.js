// Places in an article as the page shows it: in many text nodes, in which a browser counts UTF-16 units. The article's
// text is what is left of `.text` without the labels.
import { count } from "./text.js";

const NOT_TEXT = ".label, .more, .note";

// How many UTF-16 units the first code points of a string take.
function measure(string, number) {
  let units = 0;
  for (const point of string) {
    if (number <= 0) break;
    units += point.length;
    number -= 1;
  }
  return units;
}

function* walk(text) {
  const accept = (node) => (node.parentElement.closest(NOT_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, accept);
  while (walker.nextNode()) yield walker.currentNode;
}

// The place of a boundary, as a selection has it: a node and an offset in it.
export function find(text, container, offset) {
  const point = document.createRange();
  point.setStart(container, offset);
  let place = 0;
  for (const node of walk(text)) {
    if (node === container) return place + count(node.data.slice(0, offset));
    if (point.comparePoint(node, 0) >= 0) return place;
    place += count(node.data);
  }
  return place;
}

// The same the other way round; a place between two nodes is at the end of the first, or with `after` at the beginning
// of the second.
export function locate(text, place, after) {
  let last = [text, 0];
  for (const node of walk(text)) {
    const length = count(node.data);
    if (place < length || (place === length && !after)) return [node, measure(node.data, place)];
    place -= length;
    last = [node, node.data.length];
  }
  return last;
}

export function makeRange(text, start, end) {
  const range = document.createRange();
  range.setStart(...locate(text, start, true));
  range.setEnd(...locate(text, end, false));
  return range;
}

// What is selected in the text, as [start, end]; null if nothing is, or not only there.
export function readSelection(text) {
  const selection = getSelection();
  if (!text || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  return [find(text, range.startContainer, range.startOffset), find(text, range.endContainer, range.endOffset)];
}
