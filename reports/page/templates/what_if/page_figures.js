"use strict";
/* The figures of the whole page, written anew under moved priors, or as the report has them.
 * An element says which it shows: data-entry="players/google" data-figure="exit_minus_stay/mean"
 * data-kind="money"; or shorter data-figure="google.gain" with data-kind. */
(() => {
  const { format, charts, words } = window.decide;
  const originals = new Map();
  const at = (entry, path) => path.split("/").reduce((node, key) => node?.[key], entry);
  const adviceOf = (entry) => (entry.resolved ? format.ADVICE[entry.best] : "not resolved");
  const WRITE = {
    figure: (entry, path) => format.figure(at(entry, path), at(entry, `${path}_mcse`)),
    money: (entry, path) => format.money(at(entry, path), at(entry, `${path}_mcse`)),
    short: (entry, path) => words.money(at(entry, path)),
    percent: (entry, path) => format.percent(at(entry, path)),
    worlds: (entry, path) => format.frequency(at(entry, path)),
    rounded: (entry, path) => format.rounded(at(entry, path), at(entry, `${path}_mcse`)),
    signed: (entry, path) => format.signed(at(entry, path), at(entry, `${path}_mcse`)),
    advice: (entry) => format.inTwo(entry)[0],
    reason: (entry) => format.inTwo(entry)[1],
    best: adviceOf,
    odds: (entry) => format.percent(entry.probability_best[entry.best]),
  };

  /** Which entry and which figure an element shows. */
  function shown({ entry, figure = "" }) {
    if (entry) return [...entry.split("/"), figure];
    const [key, ...path] = figure.split(".");
    return ["players", key, path.join("/")];
  }

  function write(result) {
    for (const node of document.querySelectorAll("[data-entry], [data-figure][data-kind]")) {
      if (!originals.has(node)) originals.set(node, node.textContent);
      const [place, key, path] = shown(node.dataset);
      const entry = result?.[place]?.[key];
      node.textContent = entry ? WRITE[node.dataset.kind](entry, path) : originals.get(node);
      node.classList.toggle("changed", Boolean(entry?.changed.has(path)));
    }
    document.documentElement.classList.toggle("moved", Boolean(result));
  }

  function writeVerdicts(decision) {
    for (const node of document.querySelectorAll("[data-verdict]")) {
      const [place, key] = node.dataset.verdict.split("/");
      const entry = decision[place][key];
      node.className = `verdict ${format.sure(entry) ? format.classOf(entry.best) : "open"}`;
      writeOdds(node.querySelector(".odds"), entry.probability_best);
    }
    for (const node of document.querySelectorAll("tr[data-row]")) {
      const [place, key, strategy] = node.dataset.row.split("/");
      const entry = decision[place][key];
      node.classList.toggle("best", entry.resolved && entry.best === strategy);
    }
  }

  function writeOdds(svg, odds) {
    if (!svg) return;
    let x = 0;
    for (const [name, share] of Object.entries(odds)) {
      const rect = svg.querySelector(`rect.${format.classOf(name)}`);
      rect.setAttribute("x", (100 * x).toFixed(2));
      rect.setAttribute("width", (100 * share).toFixed(2));
      x += share;
    }
    svg.setAttribute("aria-label", `Best in: ${Object.entries(odds).map(
      ([name, share]) => `${format.ADVICE[name]} ${format.percent(share)}`).join(", ")}`);
  }

  /** The lines of exit − stay, cut at zero; as in reports/page/charts/difference.py. */
  function segments(player, row) {
    const parts = [];
    for (const [kind, low, high] of [["thin", "p05", "p95"], ["thick", "p25", "p75"]]) {
      for (const [side, a, b] of [[format.staying, row[low], Math.min(row[high], 0)],
        [format.leaving, Math.max(row[low], 0), row[high]]]) {
        if (a < b) parts.push({ player, kind, side, from: a, to: b });
      }
    }
    return [...parts, { player, kind: "median", from: row.p50 }, { player, kind: "mean", from: row.mean }];
  }

  /** Everything on the page that follows: a result, or null for the report's own figures. */
  function show(data, result) {
    write(result);
    writeVerdicts(result ?? data.decision);
    if (!charts) return;
    charts.replace("difference", result
      ? data.players.flatMap(({ key, label }) => segments(label, result.players[key].exit_minus_stay))
      : charts.original("difference"));
  }

  window.decide = { ...window.decide, pageFigures: { show } };
})();
