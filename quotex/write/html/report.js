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
    const line = at ? lines.findIndex((one) => at.y >= one.top - 4 && at.y <= one.bottom + 4) : 0;
    pointed = { marked, line: Math.max(0, line), shift: at && lines.length ? at.x - lines[Math.max(0, line)].left : 0 };
    place();
  }

  // All pieces in the colour of their quote, also where another quote lies in it.
  function colour(parts, article, number) {
    const label = document.getElementById(`${article.id}-q${number}`);
    const line = label && getComputedStyle(label).getPropertyValue("--line");
    for (const part of parts) if (line && !part.matches(".label")) part.style.setProperty("--lit", line);
  }

  function copyNote(note) {
    const copy = note.cloneNode(true);
    copy.removeAttribute("id");
    copy.hidden = false;
    return copy;
  }

  // Beneath the line that is pointed at, above it where there is no room; nowhere when it has been scrolled away.
  function place() {
    const line = pointed.marked.getClientRects()[pointed.line];
    if (!line || line.bottom < 0 || line.top > root.clientHeight) {
      card.hidden = true;
      return;
    }
    const { width, height } = card.getBoundingClientRect();
    const below = line.bottom + GAP;
    const top = below + height > root.clientHeight ? line.top - GAP - height : below;
    const left = Math.min(line.left + pointed.shift - width / 3, root.clientWidth - width - GAP);
    card.style.left = `${Math.max(GAP, left)}px`;
    card.style.top = `${Math.max(GAP, top)}px`;
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
    if (article && event.detail) markTarget(article, event.detail);
  });

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
    status.textContent = voice === "" ? "All quotes are shown." : `Shown: ${quotes} of the quotes, in ${articles} of the articles.`;
  }

  // For what others say in the quotes of the speaker who is picked out.
  function copyColour(button) {
    const style = getComputedStyle(button);
    for (const name of ["wash", "line"]) main.style.setProperty(`--picked-${name}`, style.getPropertyValue(`--${name}`));
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
  showTarget();
})();
