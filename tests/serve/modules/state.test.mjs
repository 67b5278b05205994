// The work on an article, without a browser: an action in, another work out, and the way back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_PAST, begin, describeLook, findCurrent, isChanged, listSpeakers, reduce, resume } from "../../../quotex/serve/static/state.js";
import { findWords } from "../../../quotex/serve/static/text.js";

const TEXT = "“We are ready,” said Ann Lee. Bo Lind said that it rained.";
const POINTS = Array.from(TEXT);
const WORDS = findWords(TEXT);
const find = (part) => [TEXT.indexOf(part), TEXT.indexOf(part) + part.length];
const quote = (content, speaker) =>
  ({ content: [find(content)], cue: [], source: [], speaker, kind: "person", type: "direct", act: "statement", confidence: 0.9, closed: true, checked: false });

// In an order that is not that of the text.
const start = () => begin({ quotes: [quote("it rained", "Bo Lind"), quote("We are ready,", "Ann Lee")], speakers: [{ name: "Ann Lee", kind: "person" }] });
const run = (history, ...actions) => actions.reduce((one, action) => reduce(one, typeof action === "string" ? { type: action } : action), history);
const read = (history) => history.work.quotes.map((one) => one.content.map(([from, to]) => POINTS.slice(from, to).join("")).join(" + "));

function freeze(value) {
  if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

test("what was found is in the order of the text, and is no work that could be lost", () => {
  const history = start();
  assert.deepEqual(read(history), ["We are ready,", "it rained"]);
  assert.equal(findCurrent(history.work).speaker, "Ann Lee");
  assert.equal(new Set(history.work.quotes.map((one) => one.key)).size, 2);
  assert.equal(isChanged(history), false);
});

const CHANGES = {
  accept: { type: "accept" },
  "accept-all": { type: "accept-all" },
  reject: { type: "reject" },
  role: { type: "role", role: "cue", how: "set", piece: find("said"), points: POINTS },
  add: { type: "add", piece: find("Ann Lee"), points: POINTS },
  move: { type: "move", role: "content", number: 0, edge: 1, step: -1, words: WORDS },
  remove: { type: "remove", role: "content", number: 0 },
  name: { type: "name", name: "Ann B. Lee" },
  kind: { type: "kind", kind: "org" },
  replace: { type: "replace", quotes: [quote("Bo Lind", null)] },
};

for (const [name, action] of Object.entries(CHANGES).filter(([name]) => name !== "remove")) {
  test(`${name} changes nothing in place, is undone to what there was, and redone`, () => {
    const before = freeze(start());
    const after = freeze(run(before, action));
    assert.equal(isChanged(after), true);
    const undone = freeze(run(after, "undo"));
    assert.equal(undone.work, before.work);
    assert.equal(isChanged(undone), false);
    assert.equal(run(undone, "redo").work, after.work);
  });
}

test("accepting goes on to the next, and again takes it back", () => {
  const history = run(start(), "accept");
  assert.deepEqual(history.work.quotes.map((one) => one.checked), [true, false]);
  assert.equal(findCurrent(history.work).speaker, "Bo Lind");
  const back = run(history, { type: "step", by: -1 }, "accept");
  assert.deepEqual(back.work.quotes.map((one) => one.checked), [false, false]);
  assert.equal(findCurrent(back.work).speaker, "Ann Lee");
});

test("only what changes the look of the article has to be rendered", () => {
  const history = start();
  const look = describeLook(history.work);
  for (const action of ["accept", "accept-all", { type: "step", by: 1 }, { type: "turn", key: 2 }, "saved"]) {
    assert.equal(describeLook(run(history, action).work), look);
  }
  for (const name of ["reject", "role", "add", "move", "name", "kind", "replace"]) {
    assert.notEqual(describeLook(run(history, CHANGES[name]).work), look, name);
  }
  assert.equal(describeLook(run(history, "reject", "undo").work), look);
});

test("turning to a quote is no change", () => {
  const history = run(start(), { type: "step", by: 1 });
  assert.equal(findCurrent(history.work).speaker, "Bo Lind");
  assert.equal(findCurrent(run(history, { type: "step", by: 1 }).work).speaker, "Ann Lee");
  assert.equal(history.past.length, 0);
  assert.equal(isChanged(history), false);
});

test("what is rejected can be put back", () => {
  const history = run(start(), "reject");
  assert.deepEqual([read(history), history.work.rejected.length], [["it rained"], 1]);
  assert.equal(findCurrent(history.work).speaker, "Bo Lind");
  const { key } = history.work.rejected[0];
  const back = run(history, { type: "restore", key });
  assert.deepEqual([read(back), back.work.rejected.length], [["We are ready,", "it rained"], 0]);
  assert.equal(findCurrent(back.work).key, key);
  assert.equal(findCurrent(run(history, "reject").work), undefined);
});

test("a role is what is selected, or that too; without the marks around it", () => {
  const history = run(start(), { type: "role", role: "content", how: "set", piece: find("“We are ready,”"), points: POINTS });
  assert.deepEqual(read(history)[0], "We are ready,");
  const more = run(history, { type: "role", role: "content", how: "add", piece: find("ready,” said"), points: POINTS });
  assert.deepEqual(read(more)[0], "We are ready,” said");
  const apart = run(history, { type: "role", role: "content", how: "add", piece: find("Ann "), points: POINTS });
  assert.deepEqual(read(apart)[0], "We are ready, + Ann");
  assert.deepEqual(read(run(apart, CHANGES.remove))[0], "Ann");
});

test("whoever changes a quote by hand has looked at it", () => {
  const [changed, other] = run(start(), CHANGES.name).work.quotes;
  assert.deepEqual([changed.checked, "confidence" in changed, "closed" in changed], [true, false, false]);
  assert.deepEqual([other.checked, other.confidence], [false, 0.9]);
});

test("a speaker who is known has the kind that is known", () => {
  const known = begin({ quotes: [{ ...quote("it rained", null), kind: null, also: ["Lind"] }], speakers: [{ name: "Ora", kind: "org" }] });
  assert.deepEqual(listSpeakers(known.work), [{ name: "Ora", kind: "org" }]);
  const named = findCurrent(run(known, { type: "name", name: "Ora" }).work);
  assert.deepEqual([named.kind, "also" in named], ["org", false]);
  assert.equal(findCurrent(run(known, { type: "name", name: "Ann" }).work).kind, "person");
  assert.equal(findCurrent(run(start(), { type: "name", name: null }).work).kind, null);
});

test("what changes nothing is no step to undo", () => {
  for (const action of [{ type: "name", name: "Ann Lee" }, { type: "kind", kind: "person" }, { type: "restore", key: 99 }]) {
    const history = start();
    assert.equal(run(history, action), history);
  }
  const none = begin({ quotes: [] });
  for (const action of ["accept", "reject", "undo", "redo", { type: "step", by: 1 }]) assert.equal(run(none, action), none);
});

test("a change after an undo is another way on", () => {
  const history = run(start(), "reject", "accept", "undo", "undo", CHANGES.kind);
  assert.equal(history.future.length, 0);
  assert.equal(run(history, "redo"), history);
});

test("so many changes can be undone", () => {
  const actions = Array.from({ length: MAX_PAST + 5 }, (_, at) => ({ type: "kind", kind: at % 2 ? "org" : "other" }));
  assert.equal(run(start(), ...actions).past.length, MAX_PAST);
});

test("what was saved while one went on is not what there is now", () => {
  const history = run(start(), "reject");
  const later = run(history, "accept", { type: "saved", work: history.work });
  assert.equal(isChanged(later), true);
  assert.equal(isChanged(run(later, "undo")), false);
  const again = resume({ work: later.work, saved: later.saved });
  assert.equal(isChanged(again), true);
});

test("new quotes have keys of their own, also beside those that were rejected", () => {
  const history = run(start(), "reject", CHANGES.add, CHANGES.replace);
  const all = [...run(start(), "reject", CHANGES.add).work.quotes, ...history.work.quotes];
  assert.equal(new Set(all.map((one) => one.key)).size, all.length);
});
