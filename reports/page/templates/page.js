"use strict";
/* Where the reader is: marked in the table of contents. */
(() => {
  const links = [...document.querySelectorAll(".contents a")];

  function mark(key) {
    for (const link of links) {
      if (link.hash === `#${key}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  const watcher = new IntersectionObserver((seen) => {
    const top = seen.filter((one) => one.isIntersecting).pop();
    if (top) mark(top.target.id);
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const section of document.querySelectorAll("main > section")) watcher.observe(section);

  for (const link of document.querySelectorAll(".contents.above a")) {
    link.addEventListener("click", () => { link.closest("details").open = false; });
  }
})();
