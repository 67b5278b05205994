// The page on which quotes are checked and corrected: its buttons, its keys, and what each of them does.
import { readPlace } from "./address.js";
import { act, turnTo } from "./desk.js";
import { EXAMPLE } from "./example.js";
import { findCommand } from "./keys.js";
import { find, followAddress, leave, openFiles, openQueued, start } from "./opening.js";
import { page } from "./page.js";
import { copy, download, save } from "./saving.js";
import { enterText, forget, leaveText, notice } from "./selection.js";
import { findCurrent, isChanged } from "./state.js";
import { cutAll } from "./text.js";
import * as view from "./view.js";
import { get, guarded, say } from "./view.js";

const NARROW = matchMedia("(max-width: 59.99rem)");

// ---- quotes

const doing = (type, message) => () => { if (act({ type })) say(message); };
const stepping = (by) => () => turnTo({ type: "step", by });
const settingRole = (role, how) => () => setRole(role, how);

function setRole(role, how) {
  if (!page.selected || !findCurrent(page.history.work)) return;
  act({ type: "role", role, how, piece: page.selected });
  forget();
  say(`The ${role} is now: ${cutAll(page.points, findCurrent(page.history.work)[role])}`);
}

function addQuote() {
  if (!page.selected) return;
  act({ type: "add", piece: page.selected });
  forget();
  say("A new quote. Say who speaks.");
  editSpeaker();
}

function editSpeaker() {
  view.fold(false);
  get("speaker").focus();
  get("speaker").select();
}

// ---- pointer and keyboard

get("view").addEventListener("keyup", view.followCaret);
for (const name of ["beforeinput", "drop", "paste", "cut"]) {
  get("view").addEventListener(name, (event) => event.preventDefault());
}

get("view").addEventListener("click", (event) => {
  const marked = event.target.closest("[data-q]");
  const link = event.target.closest("a");
  if (link) event.preventDefault();
  if (!getSelection().isCollapsed && !link) return; // it is words that are wanted
  const place = marked ? marked.dataset.q.split(" ")[0] - 1 : readPlace(link?.hash);
  const quote = page.history.work.quotes[place];
  if (quote) turnTo({ type: "turn", key: quote.key });
});

const BUTTONS = {
  undo: doing("undo", "Undone."),
  redo: doing("redo", "Redone."),
  reject: doing("reject", "Rejected."),
  accept: () => act({ type: "accept" }),
  "accept-all": doing("accept-all", "All quotes are checked."),
  previous: stepping(-1),
  next: stepping(1),
  "new-quote": addQuote,
  enter: enterText,
  fold: () => view.fold(!get("desk").classList.contains("folded")),
  save, copy, download, leave,
  onward: () => openQueued(page.place + 1),
  open: () => get("file").click(),
  example: guarded(() => find(EXAMPLE)),
  find: guarded(async () => {
    const text = get("text").value;
    if (!text.trim()) throw new Error("There is no text yet. Paste one, or open a file.");
    await find({ text });
  }),
};
const COMMANDS = {
  ...BUTTONS,
  "edit-speaker": editSpeaker,
  ...Object.fromEntries(["content", "cue", "source"].flatMap((role) =>
    ["set", "add"].map((how) => [`${how}-${role}`, settingRole(role, how)]))),
};

document.addEventListener("keydown", (event) => {
  if (!page.doc) return;
  const isField = event.target.matches("input:not([type=checkbox]), textarea, select");
  const name = findCommand(event, { isField, hasLetters: get("single-keys").checked });
  if (name === "escape") {
    if (isField) event.target.blur();
    leaveText();
  } else if (name) {
    event.preventDefault();
    notice(); // the browser tells of it some time later
    COMMANDS[name]();
  }
});

// A button must not take the selection away that it is about.
get("desk").addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.target.closest("button")) event.preventDefault();
});

for (const [name, command] of Object.entries(BUTTONS)) get(name).addEventListener("click", () => command());
for (const button of document.querySelectorAll("[data-role]")) {
  button.addEventListener("click", settingRole(button.dataset.role, button.dataset.how));
}
get("speaker").addEventListener("change", () => act({ type: "name", name: get("speaker").value.trim() || null }));
get("kind").addEventListener("change", () => act({ type: "kind", kind: get("kind").value || null }));
get("single-keys").addEventListener("change", () => localStorage.setItem("quotex keys", get("single-keys").checked));

// ---- texts that are pasted, opened or dropped

get("file").addEventListener("change", guarded(async () => {
  const files = [...get("file").files];
  get("file").value = "";
  await openFiles(files);
}));

// What is pasted into the empty box is looked at at once.
get("text").addEventListener("paste", () => {
  if (!get("text").value) setTimeout(BUTTONS.find);
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
  else if (text.trim() && !page.doc) await find({ text });
}));

addEventListener("popstate", guarded(followAddress));
addEventListener("beforeunload", (event) => {
  if (page.doc && isChanged(page.history) && !page.kept) event.preventDefault();
});

// ---- begin

get("single-keys").checked = localStorage.getItem("quotex keys") !== "false";
view.fold(NARROW.matches);
start();
