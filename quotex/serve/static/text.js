// The text of an article, in code points as the server counts them; pieces of it are [start, end], end exclusive.

const MAX_SHOWN = 90; // characters of a piece
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|\S/gu;
const ENCLOSED = /^[“„"«‹‘](.+)[”“"»›’]$/s;
const MARKS = /[“”„"«»]/;

// A string gives its code points one by one: "𝒂" is one of them, and two of the units in which browsers count.
export function count(string) {
  let number = 0;
  for (const _ of string) number += 1;
  return number;
}

// Where words begin and end; each mark of punctuation is one of its own.
export function findWords(string) {
  const words = [];
  let units = 0;
  let place = 0;
  for (const match of string.matchAll(WORD)) {
    const start = place + count(string.slice(units, match.index));
    const end = start + count(match[0]);
    words.push([start, end]);
    units = match.index + match[0].length;
    place = end;
  }
  return words;
}

export const cut = (points, [start, end]) => points.slice(start, end).join("");

export const cutAll = (points, pieces) => pieces.map((piece) => cut(points, piece)).join(" … ").replace(/\s+/g, " ");

// A piece without white space at its ends, and a content without the marks around it.
export function trim(points, [first, last], role) {
  let [start, end] = [first, last];
  while (start < end && /\s/.test(points[start])) start += 1;
  while (start < end && /\s/.test(points[end - 1])) end -= 1;
  const inside = role === "content" && ENCLOSED.exec(cut(points, [start, end]));
  return inside && end - start > 2 && !MARKS.test(inside[1]) ? [start + 1, end - 1] : [start, end];
}

// Pieces in order; those that overlap become one.
export function joinPieces(pieces) {
  const joined = [];
  for (const piece of pieces.map((one) => [...one]).sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = joined[joined.length - 1];
    if (last && piece[0] < last[1]) last[1] = Math.max(last[1], piece[1]);
    else joined.push(piece);
  }
  return joined;
}

// A piece that begins (edge 0) or ends (edge 1) one word earlier (step -1) or later (step 1), if it can.
export function movePiece(piece, edge, step, words) {
  const places = words.map((word) => word[edge]);
  const beyond = step > 0 ? places.find((one) => one > piece[edge]) : places.findLast((one) => one < piece[edge]);
  const moved = [...piece];
  if (beyond !== undefined) moved[edge] = beyond;
  return moved[0] < moved[1] ? moved : piece;
}

export function shorten(string) {
  const letters = Array.from(string.replace(/\s+/g, " "));
  if (letters.length <= MAX_SHOWN) return letters.join("");
  return `${letters.slice(0, MAX_SHOWN * 0.6).join("")} … ${letters.slice(-MAX_SHOWN * 0.3).join("")}`;
}

// Who said what, a line each: what is quoted to the letter stands in marks, between pieces there is a gap.
export function writeResults({ quotes, speakers }, points, types) {
  const described = new Map(speakers.map((one) => [one.name, [one.name, one.descriptions?.[0]].filter(Boolean).join(", ")]));
  const lines = quotes.map((quote, at) => {
    const who = quote.speaker ? described.get(quote.speaker) || quote.speaker : "Speaker not known";
    const pieces = quote.content.map((piece) => cut(points, piece).replace(/\s+/g, " "));
    return `${who}: ${types[at] === "direct" ? pieces.map((piece) => `“${piece}”`).join(" … ") : pieces.join(" … ")}\n`;
  });
  return lines.join("");
}
