"use strict";
/* What follows on the page under moved priors: each company's row of the first table. All else is
 * pale, and is the report's. */
(() => {
  const { format, words } = window.decide;
  const originals = new Map();

  /** A node's content as the report has it, kept at first sight. */
  function original(node) {
    if (!originals.has(node)) originals.set(node, [...node.childNodes].map((one) => one.cloneNode(true)));
    return originals.get(node).map((one) => one.cloneNode(true));
  }

  function side(name, share, of, stake) {
    const node = document.createElement("span");
    node.className = format.classOf(name);
    const odds = document.createElement("b");
    odds.textContent = `${words.worlds(share)}${of}`;
    node.append(odds, `: ${format.SHORT[name]} by ${words.money(stake)}`);
    return node;
  }

  /** Both sides' odds and stakes, the verdict's first. */
  function sides({ best, rival, wins, gain_when_better: better, loss_when_worse: worse }) {
    const found = [];
    if (better !== null && better !== undefined && wins >= 0.005) found.push(side(best, wins, " of 100", better));
    if (worse !== null && worse !== undefined && wins < 0.995) found.push(side(rival, 1 - wins, "", worse));
    return found;
  }

  function write(row, entry, before) {
    const [gain, over] = row.querySelectorAll(".gain > *");
    const odds = row.querySelector(".lab");
    for (const node of [gain, over, odds]) original(node);
    gain.textContent = `${entry.gain > 0 ? "+" : ""}${words.money(entry.gain)}`;
    gain.classList.toggle("changed", entry.changed.has("gain"));
    over.textContent = `over ${format.SHORT[entry.rival]}${
      entry.best === before.best ? "" : `, by ${format.SHORT[entry.best]}`}`;
    odds.replaceChildren(...sides(entry));
  }

  /** Everything on the page that follows: a result, or null for the report's own figures. */
  function show(data, result) {
    for (const row of document.querySelectorAll("tr[data-player]")) {
      const key = row.dataset.player;
      const entry = result?.players?.[key];
      if (entry) write(row, entry, data.decision.players[key]);
    }
    if (!result) {
      for (const node of originals.keys()) {
        node.replaceChildren(...original(node));
        node.classList.remove("changed");
      }
    }
    document.documentElement.classList.toggle("moved", Boolean(result));
  }

  window.decide = { ...window.decide, pageFigures: { show } };
})();
