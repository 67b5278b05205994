// What a script adds to a report: all pieces of a quote light up together with its cue and source, what is known
// of it stands in a card beside it, and the quotes of one speaker can be picked out. Without it all can be read.
"use strict";

(() => {
  const GAP = 8; // pixels between the card and what it speaks of
  const PATIENCE = 200; // milliseconds in which the pointer may cross from a quote to its card

  const root = document.documentElement;
  const main = document.querySelector("main");
  const overview = document.getElementById("overview");
  const status = document.getElementById("status");
  const card = document.createElement("div");
  let lit = []; // the elements of the quotes that are lit
  let pinned = false; // by a click: stays when the pointer goes on
  let pointed = null; // the element that the card stands by, which of its lines, and how far along that
  let leaving = 0; // timer

  // ---- one quote

  const findMarked = (target) => (target instanceof Element ? target.closest(".text [data-q]") : null);
  const findParts = (article, number) => article.querySelectorAll(`.text [data-q~="${number}"]`);

  function dim() {
    clearTimeout(leaving);
    for (const part of lit) part.classList.remove("on");
    lit = [];
    pinned = false;
    card.hidden = true;
  }

  function light(marked, at) {
    dim();
    const article = marked.closest(".article");
    const numbers = marked.dataset.q.split(" "); // the innermost first: it is the one that lights up
    lit = [...findParts(article, numbers[0])];
    colour(lit, article, numbers[0]);
    for (const part of lit) part.classList.add("on");
    const notes = numbers.map((number) => document.getElementById(`${article.id}-q${number}-note`));
    card.replaceChildren(...notes.filter(Boolean).map(copyNote));
    card.hidden = false;
    const lines = [...marked.getClientRects()];
    const line = at ? lines.find((one) => at.y >= one.top - 4 && at.y <= one.bottom + 4) : lines[0];
    pointed = { marked, shift: at && line ? at.x - marked.getBoundingClientRect().left : 0 };
    place();
  }

  // All pieces in the colour of their quote, also where another quote lies in it.
  function colour(parts, article, number) {
    const label = document.getElementById(`${article.id}-q${number}`);
    if (!label) return;
    const { line, wash } = readColours(label);
    for (const part of parts) {
      if (part.matches(".label")) continue;
      part.style.setProperty("--lit", line);
      part.style.setProperty("--lit-wash", wash);
    }
  }

  function readColours(element) {
    const style = getComputedStyle(element);
    return { line: style.getPropertyValue("--line"), wash: style.getPropertyValue("--wash") };
  }

  function copyNote(note) {
    const copy = note.cloneNode(true);
    copy.removeAttribute("id");
    copy.hidden = false;
    return copy;
  }

  // Where it covers nothing of what it speaks of: beneath the piece that is pointed at, above it, or beside the text;
  // nowhere when that has been scrolled away.
  function place() {
    const piece = pointed.marked.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    if (piece.bottom < 0 || piece.top > root.clientHeight) {
      card.hidden = true;
      return;
    }
    const text = pointed.marked.closest(".text").getBoundingClientRect();
    const covered = lit.filter((part) => !part.matches(".label, .more")).flatMap((part) => [...part.getClientRects()]);
    const left = Math.max(GAP, Math.min(piece.left + pointed.shift - width / 3, root.clientWidth - width - GAP));
    const places = [
      [left, piece.bottom + GAP],
      [left, piece.top - GAP - height],
      [left, Math.max(...covered.map((one) => one.bottom)) + GAP],
      [left, Math.min(...covered.map((one) => one.top)) - GAP - height],
      [text.right + GAP, Math.max(GAP, piece.top)],
    ];
    const isFree = ([x, y]) => y >= 0 && y + height <= root.clientHeight && x + width <= root.clientWidth
      && !covered.some((one) => x < one.right && x + width > one.left && y < one.bottom && y + height > one.top);
    const [x, y] = places.find(isFree) ?? places[0];
    card.style.left = `${x}px`;
    card.style.top = `${Math.max(GAP, Math.min(y, root.clientHeight - height - GAP))}px`;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const marked = findMarked(event.target);
    if (marked) light(marked, event);
    else if (card.contains(event.target)) clearTimeout(leaving);
    else if (lit.length) {
      clearTimeout(leaving);
      leaving = setTimeout(dim, PATIENCE);
    }
  });

  document.addEventListener("click", (event) => {
    const marked = findMarked(event.target);
    if (marked) {
      light(marked, event.detail ? event : null);
      pinned = true;
    } else if (!card.contains(event.target)) dim();
  });

  document.addEventListener("focusin", (event) => {
    const label = event.target.closest(".label");
    if (label && label.matches(":focus-visible")) light(label, null);
    else if (!label) dim();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dim();
  });

  document.addEventListener("scroll", () => { if (!card.hidden) place(); }, { passive: true });

  // ---- the quote that the address names

  function showTarget() {
    for (const part of main.querySelectorAll(".target")) part.classList.remove("target");
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const article = target && target.closest(".article");
    if (!article) return;
    if (article.hidden || target.classList.contains("off")) choose("");
    if (target.matches(".label")) markTarget(article, target.dataset.q);
    target.scrollIntoView();
  }

  function markTarget(article, number) {
    const parts = findParts(article, number);
    colour(parts, article, number);
    for (const part of parts) part.classList.add("target");
  }

  addEventListener("hashchange", showTarget);

  // The page of `quotex serve` says that an article has been rendered anew, and which of its quotes is worked on.
  document.addEventListener("quotex:rendered", (event) => {
    dim();
    const article = main.querySelector(".article");
    for (const part of main.querySelectorAll(".target")) part.classList.remove("target");
    if (!article) return;
    if (event.detail) markTarget(article, event.detail);
    watcher.observe(article);
    layOut(article);
  });

  // ---- the names in the margin, each beside its quote and none over another

  const LEAST = 2; // pixels between two names
  const near = new Set(); // articles that are in sight or soon will be

  function layOut(article) {
    const text = article.querySelector(".text");
    const labels = [...text.querySelectorAll(".label:not(.off)")];
    for (const label of labels) label.style.top = "";
    if (!labels.length || getComputedStyle(labels[0]).position !== "absolute") return;
    const from = text.getBoundingClientRect().top;
    const wanted = labels.map((label) => [label, findStart(text, label), label.offsetHeight]);
    let free = -Infinity;
    for (const [label, top, height] of wanted.sort((one, other) => one[1] - other[1])) {
      const place = Math.max(top - from, free);
      label.style.top = `${place}px`;
      free = place + height + LEAST;
    }
  }

  // Where the first line of a quote is, which may be the one after that in which its label stands.
  function findStart(text, label) {
    const parts = [...text.querySelectorAll(`mark[data-q~="${label.dataset.q}"]`)];
    const line = (parts[0] ?? label).getClientRects()[0];
    return line ? line.top - parseFloat(getComputedStyle(label).fontSize) * 0.6 : 0;
  }

  const layOutAll = () => near.forEach((article) => { if (article.isConnected) layOut(article); else near.delete(article); });

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      near[isIntersecting ? "add" : "delete"](target);
      if (isIntersecting) layOut(target);
    }
  }, { rootMargin: "800px" });

  addEventListener("resize", layOutAll);

  // ---- tables that can be sorted, and the order of the speakers

  function enableSorting(table) {
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortRows(table, head, at));
    });
  }

  // Figures the greatest first, names from A; the other way round where they are so already.
  function sortRows(table, head, at) {
    const isFigure = table.tBodies[0].rows[0]?.cells[at].dataset.value !== undefined;
    const first = isFigure ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? (isFigure ? "ascending" : "descending") : first;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const rows = [...table.tBodies[0].rows].sort((one, other) => {
      const [left, right] = [one.cells[at], other.cells[at]];
      return sign * (isFigure ? left.dataset.value - right.dataset.value : left.textContent.localeCompare(right.textContent));
    });
    table.tBodies[0].append(...rows);
  }

  // Those with a name over both of their lists, of which the second is folded; those without in theirs.
  function orderVoices(key) {
    for (const kind of ["named", "others"]) {
      const group = [...overview.querySelectorAll(`.voices .${kind}`)];
      const sizes = group.map((list) => list.children.length);
      const items = group.flatMap((list) => [...list.children]);
      const name = (item) => item.querySelector(".name").textContent;
      items.sort((one, other) => (key === "name" ? 0 : other.dataset[key] - one.dataset[key]) || name(one).localeCompare(name(other)));
      group.forEach((list, at) => list.append(...items.splice(0, sizes[at])));
    }
  }

  // ---- the quotes of one speaker

  // An empty voice is everyone.
  function choose(voice) {
    dim();
    for (const part of main.querySelectorAll(".off, .other, .target")) part.classList.remove("off", "other", "target");
    let quotes = 0;
    let articles = 0;
    for (const article of main.querySelectorAll(".article")) {
      article.hidden = voice !== "" && !article.dataset.voices.split(" ").includes(voice);
      if (voice !== "" && !article.hidden) {
        quotes += pick(article, voice);
        articles += 1;
      }
    }
    for (const link of overview.querySelectorAll(".contents a")) {
      const article = document.getElementById(link.hash.slice(1));
      link.closest("li").hidden = Boolean(article && article.hidden);
    }
    for (const button of overview.querySelectorAll("[data-voice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.voice === voice));
      if (button.dataset.voice === voice) copyColour(button);
    }
    layOutAll();
    status.textContent = voice === "" ? "All quotes are shown." : `Shown: ${quotes} of the quotes, in ${articles} of the articles.`;
  }

  // For what others say in the quotes of the speaker who is picked out.
  function copyColour(button) {
    for (const [name, value] of Object.entries(readColours(button))) main.style.setProperty(`--picked-${name}`, value);
  }

  function pick(article, voice) {
    const labels = article.querySelectorAll(`.label[data-voice="${voice}"]`);
    const wanted = new Set([...labels].map((label) => label.dataset.q));
    for (const part of article.querySelectorAll(".text [data-q]")) {
      const theirs = part.dataset.q.split(" ").map((number) => wanted.has(number));
      part.classList.toggle("off", !theirs.includes(true));
      part.classList.toggle("other", theirs.includes(true) && !theirs[0]);
    }
    return wanted.size;
  }

  function enableFilters() {
    for (const tools of overview.querySelectorAll(".scripted")) tools.hidden = false;
    for (const button of overview.querySelectorAll("[data-voice]")) button.disabled = false;
    overview.addEventListener("click", (event) => {
      const button = event.target.closest("[data-voice]");
      if (!button) return;
      const voice = button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.voice;
      choose(voice);
      if (main.getBoundingClientRect().top < 0) main.scrollIntoView();
    });
    const search = document.getElementById("search");
    const order = document.getElementById("order");
    if (order) order.addEventListener("change", () => orderVoices(order.value));
    if (search) search.addEventListener("input", () => findVoices(search.value.trim().toLowerCase()));
  }

  function findVoices(words) {
    for (const item of overview.querySelectorAll(".voices li")) {
      item.hidden = !item.textContent.toLowerCase().includes(words);
    }
    if (words) for (const fold of overview.querySelectorAll(".fold")) fold.open = true;
  }

  // ---- begin

  root.classList.add("js");
  card.className = "card";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true"); // screen readers have the same words as the description of the label
  document.body.append(card);
  if (overview && main) {
    main.before(overview); // where it stands to the eye; in the file it comes last, when all is counted
    if (matchMedia("(max-width: 51.99rem)").matches) {
      for (const panel of overview.querySelectorAll(".panel")) panel.open = false;
    }
    enableFilters();
  }
  for (const article of main.querySelectorAll(".article")) watcher.observe(article);
  for (const table of main.querySelectorAll(".sortable")) enableSorting(table);
  showTarget();
})();
