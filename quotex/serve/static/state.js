// The work on an article, and how it came to be: a history and an action in, a new history out. Nothing is changed in
// place and nobody is asked, so that to undo is to go back to what there was.
//
// A history is { past, work, future, saved }, work is { quotes, rejected, speakers, current }. Quotes have a key of
// their own, by which `current` names the one that is worked on; `saved` describes the work that was saved last.
import { joinPieces, movePiece, trim } from "./text.js";

export const MAX_PAST = 500; // changes that can be undone

export const describe = ({ quotes, rejected }) => JSON.stringify([quotes, rejected]);

// All that the look of an article depends on; whether a quote has been checked is marked on the page by itself.
export const describeLook = ({ quotes, speakers }) =>
  JSON.stringify([quotes.map(({ key, checked, type, ...rest }) => rest), speakers]);

export const isChanged = (history) => describe(history.work) !== history.saved;

export const findCurrent = ({ quotes, current }) => quotes.find((quote) => quote.key === current);

export const findPlace = ({ quotes, current }) => quotes.findIndex((quote) => quote.key === current);

export function listSpeakers({ quotes, speakers }) {
  const named = quotes.filter((quote) => quote.speaker).map((quote) => ({ name: quote.speaker, kind: quote.kind }));
  return [...new Map([...speakers, ...named].map((speaker) => [speaker.name, speaker])).values()];
}

// What was found or saved is no work that could be lost: it is saved when somebody says so.
export function begin({ quotes, rejected = [], speakers = [] }) {
  const work = arrange({ ...number({ quotes, rejected }, 1), speakers, current: null });
  return resume({ work: { ...work, current: work.quotes[0]?.key ?? null }, saved: describe(work) });
}

export const resume = ({ work, saved }) => ({ past: [], work, future: [], saved });

export function reduce(history, action) {
  const { past, work, future } = history;
  switch (action.type) {
    case "undo":
      return past.length ? { ...history, past: past.slice(0, -1), work: past.at(-1), future: [work, ...future] } : history;
    case "redo":
      return future.length ? { ...history, past: [...past, work], work: future[0], future: future.slice(1) } : history;
    case "saved":
      return { ...history, saved: describe(action.work ?? work) };
    case "turn":
      return { ...history, work: { ...work, current: action.key } };
    case "step":
      return work.quotes.length ? { ...history, work: { ...work, current: findBeside(work, action.by) } } : history;
    default: {
      const changed = CHANGES[action.type](work, action);
      if (changed === work) return history;
      return { ...history, past: [...past, work].slice(-MAX_PAST), work: arrange(changed), future: [] };
    }
  }
}

const CHANGES = {
  accept(work) {
    const at = findPlace(work);
    if (at < 0) return work;
    const quote = { ...work.quotes[at], checked: !work.quotes[at].checked };
    const next = quote.checked && work.quotes[at + 1] ? work.quotes[at + 1] : quote;
    return { ...work, quotes: work.quotes.with(at, quote), current: next.key };
  },

  "accept-all": (work) => ({ ...work, quotes: work.quotes.map((quote) => ({ ...quote, checked: true })) }),

  reject(work) {
    const at = findPlace(work);
    if (at < 0) return work;
    const quotes = work.quotes.toSpliced(at, 1);
    const rejected = [...work.rejected, { ...work.quotes[at], checked: true }];
    return { ...work, quotes, rejected, current: (quotes[at] ?? quotes[at - 1])?.key ?? null };
  },

  restore(work, { key }) {
    const quote = work.rejected.find((one) => one.key === key);
    if (!quote) return work;
    return { ...work, quotes: [...work.quotes, quote], rejected: work.rejected.filter((one) => one !== quote), current: key };
  },

  // What is selected becomes the content, cue or source, or one more piece of it.
  role: (work, { role, how, piece, points }) => edit(work, (quote) => {
    const trimmed = trim(points, piece, role);
    return { ...quote, [role]: how === "add" ? joinPieces([...quote[role], trimmed]) : [trimmed] };
  }),

  add(work, { piece, points }) {
    const content = [trim(points, piece, "content")];
    const key = findFreeKey(work);
    const quote = { key, content, cue: [], source: [], speaker: null, kind: null, act: "statement", checked: true };
    return { ...work, quotes: [...work.quotes, quote], current: key };
  },

  move: (work, { role, number: at, edge, step, words }) => edit(work, (quote) => {
    const moved = movePiece(quote[role][at], edge, step, words);
    return moved === quote[role][at] ? quote : { ...quote, [role]: joinPieces(quote[role].with(at, moved)) };
  }),

  remove: (work, { role, number: at }) => edit(work, (quote) => ({ ...quote, [role]: quote[role].toSpliced(at, 1) })),

  name: (work, { name }) => edit(work, (quote) => {
    if (name === quote.speaker) return quote;
    const known = listSpeakers(work).find((speaker) => speaker.name === name);
    const { also, ...rest } = quote; // other names of the one who it was
    return { ...rest, speaker: name, kind: name === null ? null : known ? known.kind : quote.kind || "person" };
  }),

  kind: (work, { kind }) => edit(work, (quote) => (kind === quote.kind ? quote : { ...quote, kind })),

  replace: (work, { quotes, rejected = [] }) => {
    const fresh = number({ quotes, rejected }, findFreeKey(work));
    return { ...work, ...fresh, current: arrange(fresh).quotes[0]?.key ?? null };
  },
};

// Whoever changes a quote by hand has looked at it, and what the model thought of it does not hold any more.
function edit(work, change) {
  const at = findPlace(work);
  const changed = at < 0 ? undefined : change(work.quotes[at]);
  if (changed === work.quotes[at]) return work;
  const { confidence, closed, ...rest } = changed;
  return { ...work, quotes: work.quotes.with(at, { ...rest, checked: true }) };
}

function arrange(work) {
  const first = (quote) => quote.content[0];
  return { ...work, quotes: work.quotes.toSorted((one, other) => first(one)[0] - first(other)[0] || first(one)[1] - first(other)[1]) };
}

function number({ quotes, rejected }, from) {
  const keyed = (list, start) => list.map((quote, at) => ({ ...quote, key: start + at }));
  return { quotes: keyed(quotes, from), rejected: keyed(rejected, from + quotes.length) };
}

const findFreeKey = ({ quotes, rejected }) => 1 + Math.max(0, ...[...quotes, ...rejected].map((quote) => quote.key));

function findBeside({ quotes, current }, by) {
  const at = quotes.findIndex((quote) => quote.key === current);
  return quotes[(at + by + quotes.length) % quotes.length].key;
}
