"use strict";
/* One company at a time: #player=google shows its part, #all the table of all. */
(() => {
  const { body } = document;
  const pick = document.getElementById("pick");
  const live = document.getElementById("live");
  const question = document.title;
  const parts = new Map([...document.querySelectorAll(".player")]
    .map((part) => [part.dataset.p, part]));
  body.classList.add("js");

  function show(name, announce) {
    const part = parts.get(name);
    body.classList.toggle("one", Boolean(part));
    for (const [key, one] of parts) one.classList.toggle("on", key === name);
    for (const link of document.querySelectorAll(".tabs a")) {
      if (link.dataset.p === (part ? name : "all")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (pick) pick.value = part ? name : "all";
    const headline = (part || document.getElementById("all")).querySelector("h1").textContent;
    document.title = part ? `${headline} – ${question}` : question;
    document.dispatchEvent(new CustomEvent("chosen", { detail: part ? name : null }));
    if (announce) {
      window.scrollTo(0, 0);
      live.textContent = headline;
    }
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return ""; // broken on its way here
    }
  }

  /** Below the companies all stays as it is; what is closed there is opened. */
  function goTo(target) {
    const part = target.closest(".player");
    if (part) show(part.dataset.p, false);
    else if (document.getElementById("all").contains(target)) show("all", false);
    const closed = target.closest("details");
    if (closed) closed.open = true;
    target.scrollIntoView();
  }

  function read(announce) {
    const hash = decoded(location.hash.slice(1));
    if (hash.startsWith("player=")) {
      show(hash.slice("player=".length), announce);
      return;
    }
    // What stands behind an ampersand is a state of the part before it.
    const target = hash && hash !== "all" ? document.getElementById(hash.split("&")[0]) : null;
    if (target) goTo(target);
    else show("all", announce);
  }

  if (pick) {
    pick.addEventListener("change", () => {
      location.hash = pick.value === "all" ? "all" : `player=${pick.value}`;
    });
  }
  window.addEventListener("hashchange", () => read(true));
  /* On paper sources are open, of what is shown; those behind the method are as the reader left them. */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    const shown = body.classList.contains("one") ? ".player.on details" : "#all details, .player details";
    opened = [...document.querySelectorAll(shown)].filter((one) => !one.open);
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    opened = [];
  });
  const every = document.getElementById("print-all");
  if (every) {
    every.addEventListener("click", () => {
      body.classList.remove("js", "one");
      window.print();
      body.classList.add("js");
      read(false);
    });
  }
  read(false);
})();
