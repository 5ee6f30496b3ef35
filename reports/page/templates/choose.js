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

  function read(announce) {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("player=")) {
      show(hash.slice("player=".length), announce);
      return;
    }
    const target = hash && hash !== "all" ? document.getElementById(hash) : null;
    const part = target ? target.closest(".player") : null;
    if (part) show(part.dataset.p, false);
    else if (!target || document.getElementById("all").contains(target)) show("all", announce);
    if (target) target.scrollIntoView();
  }

  if (pick) {
    pick.addEventListener("change", () => {
      location.hash = pick.value === "all" ? "all" : `player=${pick.value}`;
    });
  }
  window.addEventListener("hashchange", () => read(true));
  window.addEventListener("beforeprint", () => {
    const shown = body.classList.contains("one") ? ".player.on details" : "#all details";
    for (const one of document.querySelectorAll(shown)) one.open = true;
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
