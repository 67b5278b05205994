// What the page is at. The modules that act on it share this; what is told of it elsewhere is worked out anew.
export const page = {
  doc: null, // { id, text, sha256, revision }
  history: null, // of the work on it, see state.js
  points: [], // its text, one code point an item
  words: [],
  types: [], // what the server says of each quote
  selected: null, // [start, end]
  queue: [], // { id, sha256, saved } of the server's articles, with { text } those of a file
  place: -1, // in the queue
  kept: true, // in the browser
};
