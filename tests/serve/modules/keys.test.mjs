// Which command a key stands for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findCommand } from "../../../quotex/serve/static/keys.js";

const find = (event, { isField = false, hasLetters = true } = {}) => findCommand(event, { isField, hasLetters });

test("letters are commands, with Shift others", () => {
  assert.equal(find({ key: "j" }), "next");
  assert.equal(find({ key: "c" }), "set-content");
  assert.equal(find({ key: "C" }), "add-content");
  assert.equal(find({ key: "z" }), undefined);
});

test("they are not in a field, nor where they were turned off", () => {
  assert.equal(find({ key: "j" }, { isField: true }), undefined);
  assert.equal(find({ key: "j" }, { hasLetters: false }), undefined);
});

test("with Control or Command work is undone and saved, the latter from a field, too", () => {
  assert.equal(find({ key: "z", ctrlKey: true }, { hasLetters: false }), "undo");
  assert.equal(find({ key: "Z", metaKey: true }), "redo");
  assert.equal(find({ key: "s", ctrlKey: true }, { isField: true }), "save");
  assert.equal(find({ key: "z", ctrlKey: true }, { isField: true }), undefined);
  assert.equal(find({ key: "j", ctrlKey: true }), undefined);
});

test("Escape leaves a field; what is being composed, or goes with Alt, is the browser's", () => {
  assert.equal(find({ key: "Escape" }, { isField: true, hasLetters: false }), "escape");
  assert.equal(find({ key: "j", isComposing: true }), undefined);
  assert.equal(find({ key: "s", ctrlKey: true, altKey: true }), undefined);
});
