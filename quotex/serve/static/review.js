// The page on which quotes are checked and corrected. The server renders the article, as in a report; what the quotes
// are is kept here, with all that can be undone, and in the browser's storage until it is saved.
"use strict";

(() => {
  const ROLES = ["content", "cue", "source"];
  const MAX_SHOWN = 90; // characters of a piece
  const EDGE = 24; // pixels that are kept between what is looked at and the edge of the window
  const MAX_PAST = 500; // changes that can be undone
  const SCROLL = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const ENCLOSED = /^[“„"«‹‘](.+)[”“"»›’]$/s;

  const get = (id) => document.getElementById(id);
  const clone = (value) => JSON.parse(JSON.stringify(value));
  const view = get("view");

  let doc = null; // { id, text, sha256, revision }
  let points = []; // its text, one code point an item
  let words = [];
  let state = null; // { quotes, rejected, speakers, current }; quotes have a key of their own
  let past = [];
  let future = [];
  let saved = ""; // the quotes as they were saved last
  let shown = []; // what the server said of each quote: its type
  let selected = null; // [start, end]
  let nextKey = 1;
  let drawing = 0; // which rendering is wanted
  let queue = []; // { id, number } of the server's articles, { id, text } of a file's
  let place = -1; // in the queue

  // ---- the server

  async function ask(path, body) {
    const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    return read(await fetch(path, options).catch(() => { throw new Error("The server does not answer. Is it still running?"); }));
  }

  async function read(response) {
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const error = new Error(answer.error ? answer.error.message : `The server answered ${response.status}.`);
    error.status = response.status;
    throw error;
  }

  // ---- what is said to the user

  function say(text) {
    get("status").textContent = text;
  }

  function warn(text, choices = {}) {
    const alert = get("alert");
    const buttons = Object.entries({ ...choices, Close: () => {} }).map(([name, act]) => {
      const button = make("button", { type: "button", textContent: name });
      button.addEventListener("click", () => { alert.hidden = true; act(); });
      return button;
    });
    alert.replaceChildren(make("span", { textContent: `${text} ` }), ...buttons);
    alert.hidden = false;
  }

  // An action of the user: what goes wrong is said.
  const guarded = (act) => async (...given) => {
    try {
      get("alert").hidden = true;
      await act(...given);
    } catch (error) {
      warn(error.message);
    }
  };

  function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    const { label, ...rest } = properties;
    Object.assign(element, rest);
    if (label) element.setAttribute("aria-label", label);
    element.append(...children);
    return element;
  }

  // ---- what is kept in the browser

  const tab = (() => {
    const name = sessionStorage.getItem("quotex tab") || Math.random().toString(36).slice(2);
    sessionStorage.setItem("quotex tab", name);
    return name;
  })();
  const nameDraft = (digest) => `quotex draft ${tab} ${digest}`;
  const describe = (given) => JSON.stringify([given.quotes, given.rejected]);
  const isChanged = () => doc !== null && describe(state) !== saved;

  function keep() {
    try {
      localStorage.setItem(nameDraft(doc.sha256), JSON.stringify({ doc, state, saved, place }));
      sessionStorage.setItem("quotex open", doc.sha256);
      kept = true;
    } catch {
      kept = false; // no room: then the page warns before it goes
    }
  }
  let kept = true;

  function listDrafts() {
    const names = Object.keys(localStorage).filter((name) => name.startsWith("quotex draft "));
    return names.flatMap((name) => {
      try {
        const draft = JSON.parse(localStorage.getItem(name));
        return describe(draft.state) === draft.saved ? [] : [[name, draft]];
      } catch {
        return [];
      }
    });
  }

  addEventListener("beforeunload", (event) => {
    if (isChanged() && !kept) event.preventDefault();
  });

  // ---- opening and leaving a text

  async function find(given) {
    say("Looking for quotes…");
    document.body.classList.add("busy");
    try {
      const found = await ask("/review/find", given);
      const { quotes, rejected = [], speakers = [], hint, ...rest } = found;
      const keyed = (list) => list.map((quote) => ({ ...quote, key: nextKey++ }));
      saved = "";
      begin(rest, { quotes: keyed(quotes), rejected: keyed(rejected), speakers, current: null });
      // What the model found is no work that could be lost; it is saved when somebody says so.
      saved = describe(state);
      keep();
      await draw();
      say(`${quotes.length} quotes found.`);
      if (hint) warn(hint);
    } finally {
      document.body.classList.remove("busy");
    }
  }

  function begin(article, given) {
    doc = article;
    points = Array.from(doc.text);
    words = places.findWords(doc.text);
    state = given;
    nextKey = 1 + Math.max(0, ...[...state.quotes, ...state.rejected].map((quote) => quote.key));
    past = [];
    future = [];
    revealed = null;
    choose(null);
    sort();
    state.current = state.current ?? (state.quotes[0] ? state.quotes[0].key : null);
    get("start").hidden = true;
    view.hidden = false;
    get("desk").hidden = false;
    document.body.classList.add("at-work");
    document.title = `${doc.id} – Who said what`;
    scrollTo(0, 0);
  }

  async function resume(draft) {
    place = draft.place ?? -1;
    saved = draft.saved;
    begin(draft.doc, draft.state);
    keep();
    await draw();
    say(isChanged() ? "Here is your work that is not saved yet." : "");
  }

  function leave() {
    if (doc && !isChanged()) localStorage.removeItem(nameDraft(doc.sha256));
    sessionStorage.removeItem("quotex open");
    doc = state = null;
    place = -1;
    view.replaceChildren();
    view.hidden = true;
    get("desk").hidden = true;
    get("start").hidden = false;
    get("text").value = "";
    document.body.classList.remove("at-work");
    document.title = "Who said what";
    history.replaceState(null, "", "/");
    showDrafts();
    showQueue();
    get("text").focus();
  }

  async function openFiles(files) {
    await ready; // or what the server has to review would come in between
    const before = queue.length;
    const problems = [];
    for (const file of files) {
      const headers = { "Content-Type": "application/octet-stream" };
      const answer = await read(await fetch(`/review/open?name=${encodeURIComponent(file.name)}`, { method: "POST", headers, body: file }));
      queue.push(...answer.articles);
      problems.push(...answer.failures.map((failure) => failure.message));
    }
    if (queue.length === before + 1) await openQueued(before);
    else if (doc) leave();
    showQueue();
    if (problems.length) warn(problems.join(" "));
  }

  async function openQueued(number) {
    const item = queue[number];
    const article = item.text === undefined ? await ask(`/review/articles/${item.number}`) : item;
    if (doc) leave();
    place = number;
    await find({ id: article.id, text: article.text });
  }

  async function fetchQueue() {
    const { articles } = await ask("/review/articles");
    const own = queue.filter((item) => item.text !== undefined);
    queue = [...articles.map((article, number) => ({ ...article, number })), ...own];
    showQueue();
  }

  function showQueue() {
    get("queued").hidden = !queue.length;
    get("queue").replaceChildren(...queue.map((item, number) => {
      const button = make("button", { type: "button" }, make("bdi", { textContent: item.id }));
      button.addEventListener("click", guarded(() => openQueued(number)));
      const mark = make("span", { className: "facts", textContent: item.saved ? "saved" : "" });
      return make("li", {}, button, " ", mark);
    }));
    get("onward").hidden = place < 0 || place + 1 >= queue.length;
  }

  function showDrafts() {
    const drafts = listDrafts();
    get("drafts").hidden = !drafts.length;
    get("drafts").replaceChildren(make("h2", { textContent: "Not saved yet" }), make("ul", {}, ...drafts.map(([name, draft]) => {
      const open = make("button", { type: "button" }, "Go on with ", make("bdi", { textContent: draft.doc.id }));
      open.addEventListener("click", guarded(() => { localStorage.removeItem(name); return resume(draft); }));
      const drop = make("button", { type: "button", label: `Discard what was done to ${draft.doc.id}`, textContent: "Discard" });
      drop.addEventListener("click", () => { localStorage.removeItem(name); showDrafts(); });
      return make("li", {}, open, " ", drop);
    })));
  }

  // ---- changes

  function sort() {
    const first = (quote) => quote.content[0];
    state.quotes.sort((one, other) => first(one)[0] - first(other)[0] || first(one)[1] - first(other)[1]);
  }

  function change(act) {
    past.push(clone(state));
    if (past.length > MAX_PAST) past.shift();
    future = [];
    act(state);
    settle();
  }

  function settle() {
    sort();
    keep();
    guarded(draw)();
  }

  function undo() {
    if (!past.length) return;
    future.push(clone(state));
    state = past.pop();
    settle();
    say("Undone.");
  }

  function redo() {
    if (!future.length) return;
    past.push(clone(state));
    state = future.pop();
    settle();
    say("Redone.");
  }

  const findCurrent = () => (state ? state.quotes.find((quote) => quote.key === state.current) : undefined);
  const cut = ([start, end]) => points.slice(start, end).join("");
  const cutAll = (pieces) => pieces.map(cut).join(" … ").replace(/\s+/g, " ");

  // Whoever changes a quote by hand has looked at it.
  function edit(act) {
    const { current } = state;
    change((next) => {
      const quote = next.quotes.find((one) => one.key === current);
      act(quote);
      quote.checked = true;
      delete quote.confidence;
      delete quote.closed;
    });
  }

  function join(pieces) {
    const joined = [];
    for (const piece of pieces.map((one) => [...one]).sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
      const last = joined[joined.length - 1];
      if (last && piece[0] < last[1]) last[1] = Math.max(last[1], piece[1]);
      else joined.push(piece);
    }
    return joined;
  }

  // The selection without white space at its ends, and a content without the marks around it.
  function trim([start, end], role) {
    while (start < end && /\s/.test(points[start])) start += 1;
    while (start < end && /\s/.test(points[end - 1])) end -= 1;
    const inside = role === "content" && ENCLOSED.exec(cut([start, end]));
    return inside && end - start > 2 && !/[“”„"«»]/.test(inside[1]) ? [start + 1, end - 1] : [start, end];
  }

  function setRole(role, how) {
    if (!selected || !findCurrent()) return;
    const piece = trim(selected, role);
    edit((quote) => { quote[role] = how === "add" ? join([...quote[role], piece]) : [piece]; });
    forget();
    say(`The ${role} is now: ${cutAll(findCurrent()[role])}`);
  }

  function addQuote() {
    if (!selected) return;
    const content = [trim(selected, "content")];
    const key = nextKey++;
    change((next) => {
      next.quotes.push({ key, content, cue: [], source: [], speaker: null, kind: null, act: "statement", checked: true });
      next.current = key;
    });
    forget();
    say("A new quote. Say who speaks.");
    get("speaker").focus();
  }

  function movePiece(role, number, edge, step) {
    const places = words.map((word) => word[edge]);
    edit((quote) => {
      const piece = [...quote[role][number]];
      const beyond = step > 0 ? places.find((one) => one > piece[edge]) : places.findLast((one) => one < piece[edge]);
      if (beyond !== undefined && (edge ? beyond > piece[0] : beyond < piece[1])) piece[edge] = beyond;
      quote[role] = join(quote[role].map((one, at) => (at === number ? piece : one)));
    });
  }

  function removePiece(role, number) {
    edit((quote) => { quote[role] = quote[role].filter((_, at) => at !== number); });
  }

  function reject() {
    const quote = findCurrent();
    if (!quote) return;
    const at = state.quotes.indexOf(quote);
    change((next) => {
      next.quotes = next.quotes.filter((one) => one.key !== quote.key);
      next.rejected.push({ ...clone(quote), checked: true });
      const beside = next.quotes[at] || next.quotes[at - 1];
      next.current = beside ? beside.key : null;
    });
    say("Rejected.");
  }

  function restore(key) {
    change((next) => {
      next.quotes.push(next.rejected.find((quote) => quote.key === key));
      next.rejected = next.rejected.filter((quote) => quote.key !== key);
      next.current = key;
    });
    say("It is back.");
  }

  function accept() {
    const quote = findCurrent();
    if (!quote) return;
    const at = state.quotes.indexOf(quote);
    change((next) => {
      const one = next.quotes[at];
      one.checked = !one.checked;
      if (one.checked && next.quotes[at + 1]) next.current = next.quotes[at + 1].key;
    });
  }

  function acceptAll() {
    change((next) => { for (const quote of next.quotes) quote.checked = true; });
    say("All quotes are checked.");
  }

  function nameSpeaker() {
    const quote = findCurrent();
    const name = get("speaker").value.trim() || null;
    if (!quote || name === quote.speaker) return;
    const known = listSpeakers().find((speaker) => speaker.name === name);
    edit((one) => {
      one.speaker = name;
      one.kind = name === null ? null : known ? known.kind : one.kind || "person";
      delete one.also;
    });
  }

  function setKind() {
    if (findCurrent()) edit((quote) => { quote.kind = get("kind").value || null; });
  }

  function listSpeakers() {
    const all = [...state.speakers, ...state.quotes.filter((quote) => quote.speaker).map((quote) => ({ name: quote.speaker, kind: quote.kind }))];
    return [...new Map(all.map((speaker) => [speaker.name, speaker])).values()];
  }

  function step(by) {
    if (!state.quotes.length) return;
    const at = state.quotes.indexOf(findCurrent());
    const next = state.quotes[(at + by + state.quotes.length) % state.quotes.length];
    turnTo(next.key);
  }

  function turnTo(key) {
    state.current = key;
    keep();
    decorate();
    fillDesk();
    reveal();
    const quote = findCurrent();
    say(`Quote ${state.quotes.indexOf(quote) + 1}, ${quote.speaker || "speaker not known"}: ${cutAll(quote.content)}`);
  }

  // ---- saving

  async function save(base) {
    const answer = await ask("/review/save", { ...doc, ...state, revision: base });
    doc.revision = answer.revision;
    saved = describe(state);
    keep();
    if (queue[place]) queue[place].saved = true;
    fillDesk();
    say("Saved.");
  }

  const saveNow = guarded(async () => {
    if (!doc) return;
    if (doc.revision && !isChanged()) return say("It is saved already.");
    try {
      await save(doc.revision);
    } catch (error) {
      if (error.status !== 409) throw error;
      warn(error.message, { "Replace it": guarded(() => save(null)), "Show theirs": guarded(showTheirs) });
    }
  });

  async function showTheirs() {
    const found = await ask("/review/find", { id: doc.id, text: doc.text });
    const keyed = (list) => list.map((quote) => ({ ...quote, key: nextKey++ }));
    change((next) => {
      next.quotes = keyed(found.quotes);
      next.rejected = keyed(found.rejected || []);
      next.current = next.quotes[0] ? next.quotes[0].key : null;
    });
    doc.revision = found.revision;
    saved = describe(state);
    keep();
    fillDesk();
    say("This is what was saved meanwhile. Undo brings back yours.");
  }

  // ---- what is selected

  const findText = () => view.querySelector(".text");

  function choose(range) {
    selected = range && trim(range)[0] < trim(range)[1] ? trim(range) : null;
    get("selected").textContent = selected ? `“${shorten(cut(selected))}”` : "None. Select some in the text.";
    paintSelected();
    enable();
  }

  // Also when the browser's own selection has gone elsewhere.
  function paintSelected() {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("selected");
    if (selected && findText()) CSS.highlights.set("selected", new Highlight(places.makeRange(findText(), ...selected)));
  }

  function forget() {
    getSelection().removeAllRanges();
    choose(null);
  }

  function noticeSelection() {
    const range = places.readSelection(findText());
    if (range) choose(range);
  }

  document.addEventListener("selectionchange", noticeSelection);

  // ---- in the text, by keyboard: the browser's own caret, and nothing that could change a letter

  function enterText() {
    const text = findText();
    if (!text) return;
    openText(text);
    const quote = findCurrent();
    text.focus({ preventScroll: true });
    putSelection(text, selected || (quote ? [quote.content[0][0], quote.content[0][0]] : [0, 0]));
    followCaret();
    say("In the text. Arrows move, with Shift they select, Escape leaves.");
  }

  function openText(text) {
    text.contentEditable = "true";
    for (const [name, value] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": "The article", inputmode: "none", spellcheck: "false" })) {
      text.setAttribute(name, value);
    }
  }

  function closeText() {
    const text = findText();
    if (!text || text.contentEditable !== "true") return;
    text.contentEditable = "false";
    for (const name of ["contenteditable", "role", "aria-multiline", "aria-readonly", "aria-label", "inputmode", "spellcheck"]) text.removeAttribute(name);
    get(selected ? "new-quote" : "enter").focus();
  }

  function putSelection(text, [start, end]) {
    const [node, offset] = places.locate(text, end, start === end);
    getSelection().setBaseAndExtent(...places.locate(text, start, true), node, offset);
  }

  // The browser does not know that the desk may lie over the text.
  function followCaret() {
    const text = findText();
    const selection = getSelection();
    if (!text || text.contentEditable !== "true" || !text.contains(selection.focusNode)) return;
    const caret = document.createRange();
    caret.setStart(selection.focusNode, selection.focusOffset);
    const line = caret.getClientRects()[0];
    if (!line) return;
    if (line.bottom > bottomOfView() - EDGE) scrollBy(0, line.bottom - bottomOfView() + 3 * EDGE);
    else if (line.top < EDGE) scrollBy(0, line.top - 3 * EDGE);
  }

  view.addEventListener("keyup", followCaret);

  for (const name of ["beforeinput", "drop", "paste", "cut"]) {
    view.addEventListener(name, (event) => event.preventDefault());
  }

  // ---- drawing

  async function draw() {
    const wanted = ++drawing;
    fillDesk();
    const { id, text } = doc;
    const answer = await ask("/review/view", { id, text, quotes: state.quotes, speakers: state.speakers });
    if (wanted !== drawing || !doc) return;
    shown = answer.quotes;
    const before = findText();
    const range = before && places.readSelection(before);
    const isOpen = before !== null && before.contentEditable === "true" && before === document.activeElement;
    const page = new DOMParser().parseFromString(answer.html, "text/html"); // in which nothing runs
    view.replaceChildren(...page.body.children);
    if (isOpen) {
      openText(findText());
      findText().focus({ preventScroll: true });
    }
    if (range) putSelection(findText(), range);
    decorate();
    paintSelected();
    fillDesk();
    if (state.current !== revealed) reveal();
  }

  // What a report does not have: which quotes are checked, and which one is worked on.
  function decorate() {
    state.quotes.forEach((quote, at) => {
      const label = get(`a1-q${at + 1}`);
      if (!label) return;
      label.classList.toggle("checked", quote.checked);
      const facts = get(`a1-q${at + 1}-note`).querySelector(".facts");
      if (quote.confidence === undefined) facts.textContent = `${shown[at] ? shown[at].type : ""} ${quote.act}, by hand`;
    });
    const at = state.quotes.indexOf(findCurrent());
    document.dispatchEvent(new CustomEvent("quotex:rendered", { detail: at < 0 ? "" : String(at + 1) }));
  }

  let revealed = null; // the quote that was brought into sight last

  function reveal() {
    revealed = state.current;
    const label = get(`a1-q${state.quotes.indexOf(findCurrent()) + 1}`);
    if (!label) return;
    const { top, bottom } = label.getBoundingClientRect();
    if (top < EDGE || bottom > bottomOfView() - 4 * EDGE) label.scrollIntoView({ block: "start", behavior: SCROLL });
  }

  // On a narrow screen the desk lies over the lower part of the page.
  function bottomOfView() {
    const desk = get("desk");
    return getComputedStyle(desk).position === "fixed" ? desk.getBoundingClientRect().top : innerHeight;
  }

  function shorten(string) {
    const letters = Array.from(string.replace(/\s+/g, " "));
    if (letters.length <= MAX_SHOWN) return letters.join("");
    return `${letters.slice(0, MAX_SHOWN * 0.6).join("")} … ${letters.slice(-MAX_SHOWN * 0.3).join("")}`;
  }

  function fillDesk() {
    if (!state) return;
    const focused = document.activeElement ? document.activeElement.id : "";
    const quote = findCurrent();
    const at = state.quotes.indexOf(quote);
    get("editor").hidden = get("roles").hidden = !quote;
    if (quote) fillEditor(quote, at);
    const checked = state.quotes.filter((one) => one.checked).length;
    const all = state.quotes.length;
    get("progress").textContent = `${checked} of ${all} checked. ${isChanged() ? "Not saved yet." : doc.revision ? "Saved." : ""}`;
    get("progress").classList.toggle("changed", isChanged());
    get("rejects").hidden = !state.rejected.length;
    get("rejects").querySelector("summary").textContent = `Rejected: ${state.rejected.length}`;
    fill(get("rejected"), state.rejected, makeRejected);
    get("onward").hidden = place < 0 || place + 1 >= queue.length;
    enable();
    if (focused && get(focused) && document.activeElement !== get(focused) && !get(focused).closest("[hidden]")) get(focused).focus();
  }

  function fillEditor(quote, at) {
    get("quote-title").textContent = `Quote ${at + 1} of ${state.quotes.length}`;
    const facts = [shown[at] ? shown[at].type : "", quote.act, quote.confidence === undefined ? "by hand" : `confidence ${Math.round(quote.confidence * 100)}%`, quote.confidence < 0.5 ? "uncertain" : ""];
    get("quote-facts").textContent = facts.filter(Boolean).join(", ");
    if (document.activeElement !== get("speaker") || get("speaker").dataset.key !== String(quote.key)) {
      get("speaker").value = quote.speaker || "";
      get("speaker").dataset.key = quote.key;
    }
    get("kind").value = quote.kind || "";
    get("kind").disabled = !quote.speaker;
    fill(get("names"), listSpeakers(), (speaker) => make("option", { value: speaker.name }));
    get("accept").setAttribute("aria-pressed", String(Boolean(quote.checked)));
    for (const role of ROLES) {
      fill(get(`${role}-pieces`), quote[role], (piece, number) => makePiece(quote, role, piece, number));
    }
  }

  // Fill a list, unless it holds the same already: a button must not go away under the pointer.
  function fill(list, items, makeItem) {
    const content = JSON.stringify([doc.sha256, items]);
    if (contents.get(list) === content) return;
    contents.set(list, content);
    list.replaceChildren(...items.map(makeItem));
  }
  const contents = new Map();

  function makeRejected(quote) {
    const words = shorten(cutAll(quote.content));
    const back = make("button", { type: "button", textContent: "Put back", label: `Put back: ${words}` });
    back.addEventListener("click", () => restore(quote.key));
    return make("li", {}, make("q", { textContent: words }), " ", back);
  }

  function makePiece(quote, role, piece, number) {
    const button = (name, sign, label, act) => {
      const made = make("button", { type: "button", id: `${role}-${number}-${name}`, textContent: sign, label, title: label });
      made.addEventListener("click", act);
      return made;
    };
    const row = [
      button("start-back", "◂", `Begin one word earlier, ${role}`, () => movePiece(role, number, 0, -1)),
      button("start-on", "▸", `Begin one word later, ${role}`, () => movePiece(role, number, 0, 1)),
      make("span", { className: "words", textContent: shorten(cut(piece)) }),
      button("end-back", "◂", `End one word earlier, ${role}`, () => movePiece(role, number, 1, -1)),
      button("end-on", "▸", `End one word later, ${role}`, () => movePiece(role, number, 1, 1)),
    ];
    if (role !== "content" || quote.content.length > 1) {
      row.push(button("remove", "✕", `Remove this piece of the ${role}`, () => removePiece(role, number)));
    }
    return make("li", {}, ...row);
  }

  function enable() {
    for (const button of document.querySelectorAll("[data-role]")) button.disabled = !selected || !findCurrent();
    get("new-quote").disabled = !selected;
    get("undo").disabled = !past.length;
    get("redo").disabled = !future.length;
    get("save").disabled = !doc;
    if (state) get("accept-all").disabled = state.quotes.every((quote) => quote.checked);
  }

  // ---- pointer and keyboard

  view.addEventListener("click", (event) => {
    const marked = event.target.closest("[data-q]");
    const link = event.target.closest("a");
    if (link) event.preventDefault();
    if (!getSelection().isCollapsed && !link) return; // it is words that are wanted
    const number = marked ? marked.dataset.q.split(" ")[0] : link && (/^#a1-q(\d+)$/.exec(link.hash) || [])[1];
    const quote = number && state.quotes[number - 1];
    if (quote) turnTo(quote.key);
  });

  const COMMANDS = {
    j: () => step(1),
    k: () => step(-1),
    a: accept,
    x: reject,
    e: enterText,
    q: addQuote,
    s: () => { get("speaker").focus(); get("speaker").select(); },
    c: () => setRole("content", "set"),
    C: () => setRole("content", "add"),
    u: () => setRole("cue", "set"),
    U: () => setRole("cue", "add"),
    o: () => setRole("source", "set"),
    O: () => setRole("source", "add"),
  };
  const WITH_CONTROL = { z: undo, y: redo, Z: redo, s: saveNow };

  document.addEventListener("keydown", (event) => {
    if (!doc || event.altKey || event.isComposing) return;
    const isField = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey) {
      const act = WITH_CONTROL[event.key];
      if (!act || (isField && event.key !== "s")) return;
      event.preventDefault();
      act();
    } else if (event.key === "Escape") {
      if (isField) event.target.blur();
      closeText();
    } else if (!isField && get("single-keys").checked && COMMANDS[event.key]) {
      event.preventDefault();
      noticeSelection(); // the browser tells of it some time later
      COMMANDS[event.key]();
    }
  });

  // A button must not take the selection away that it is about.
  get("desk").addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.target.closest("button")) event.preventDefault();
  });

  const ACTIONS = {
    undo, redo, save: saveNow, leave, accept, reject, enter: enterText,
    previous: () => step(-1), next: () => step(1), "accept-all": acceptAll, "new-quote": addQuote,
    onward: guarded(() => openQueued(place + 1)),
    open: () => get("file").click(),
    find: guarded(async () => {
      const text = get("text").value;
      if (!text.trim()) throw new Error("There is no text yet. Paste one, or open a file.");
      await find({ text });
    }),
  };
  for (const [name, act] of Object.entries(ACTIONS)) get(name).addEventListener("click", () => act());
  for (const button of document.querySelectorAll("[data-role]")) {
    button.addEventListener("click", () => setRole(button.dataset.role, button.dataset.how));
  }
  get("speaker").addEventListener("change", nameSpeaker);
  get("kind").addEventListener("change", setKind);
  get("single-keys").addEventListener("change", () => localStorage.setItem("quotex keys", get("single-keys").checked));
  get("file").addEventListener("change", guarded(async () => {
    const files = [...get("file").files];
    get("file").value = "";
    await openFiles(files);
  }));

  // What is pasted into the empty box is looked at at once.
  get("text").addEventListener("paste", () => {
    if (!get("text").value) setTimeout(ACTIONS.find);
  });

  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      document.body.classList.add("dropping");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", guarded(async (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const files = [...event.dataTransfer.files];
    const text = event.dataTransfer.getData("text/plain");
    if (files.length) await openFiles(files);
    else if (text.trim() && !doc) await find({ text });
  }));

  // ---- begin

  const ready = guarded(async () => {
    get("single-keys").checked = localStorage.getItem("quotex keys") !== "false";
    showDrafts();
    const draft = localStorage.getItem(nameDraft(sessionStorage.getItem("quotex open")));
    if (draft) await resume(JSON.parse(draft));
    await fetchQueue();
  })();
})();
