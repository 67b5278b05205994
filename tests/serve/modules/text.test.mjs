// Texts in code points, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { count, cutAll, findWords, joinPieces, movePiece, shorten, trim, writeResults } from "../../../quotex/serve/static/text.js";

test("code points are counted, not the units of a browser", () => {
  assert.equal(count("a𝒂🙂"), 3);
});

test("words, and marks of their own", () => {
  const text = "𝑨nn O’Hara-Lee said: “no,”";
  const points = Array.from(text);
  const words = findWords(text).map(([start, end]) => points.slice(start, end).join(""));
  assert.deepEqual(words, ["𝑨nn", "O’Hara-Lee", "said", ":", "“", "no", ",", "”"]);
});

test("a selection loses white space, and a content the marks around it", () => {
  const points = Array.from(" “It holds,” ");
  assert.deepEqual(trim(points, [0, points.length]), [1, 12]);
  assert.deepEqual(trim(points, [0, points.length], "content"), [2, 11]);
  assert.deepEqual(trim(points, [0, 1]), [1, 1]);
  const two = Array.from("“Yes,” she said, “it holds”");
  assert.deepEqual(trim(two, [0, two.length], "content"), [0, two.length]);
});

test("pieces that overlap become one, those that touch do not", () => {
  assert.deepEqual(joinPieces([[5, 9], [0, 3], [2, 4], [9, 12]]), [[0, 4], [5, 9], [9, 12]]);
});

test("an edge moves by words, and not beyond the other or the end of the text", () => {
  const words = findWords("one two three");
  assert.deepEqual(movePiece([4, 7], 0, -1, words), [0, 7]);
  assert.deepEqual(movePiece([4, 7], 1, 1, words), [4, 13]);
  for (const [edge, step] of [[0, 1], [1, -1]]) assert.deepEqual(movePiece([4, 7], edge, step, words), [4, 7]);
  assert.deepEqual(movePiece([8, 13], 1, 1, words), [8, 13]);
});

test("a long piece is shown by its ends", () => {
  const shown = shorten("ab ".repeat(100));
  assert.ok(shown.length < 100 && shown.includes(" … "));
  assert.equal(shorten("a\n b"), "a b");
});

test("results are a line each; pieces are never run together", () => {
  const text = "“We\nare,” said Ann, “ready.” He said that it rained.";
  const points = Array.from(text);
  const piece = (part) => [text.indexOf(part), text.indexOf(part) + part.length];
  const quotes = [
    { content: [piece("We\nare,"), piece("ready.")], speaker: "Ann Lee" },
    { content: [piece("it rained")], speaker: null },
  ];
  const speakers = [{ name: "Ann Lee", descriptions: ["the mayor"] }];
  assert.equal(writeResults({ quotes, speakers }, points, ["direct", "indirect"]),
    "Ann Lee, the mayor: “We are,” … “ready.”\nSpeaker not known: it rained\n");
  assert.equal(cutAll(points, quotes[0].content), "We are, … ready.");
});
