"use strict";
/* The what-if panel: one number at a time, the list of those that are moved, what follows. */
(() => {
  const { engine, economics, format, pageFigures, words } = window.decide;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("what-if-data").textContent);
  const panel = byId("what-if-panel");
  const box = byId("what-if-number");
  const FRAGMENT = "#whatif";
  const LIMITS = { shift: [-2, 2], spread: [0.5, 1.5] };
  const [PAUSE, SLICE, DOTS] = [150, 12, 20];
  /** Scores, and draws that make a tail, beyond which the page warns of a move. */
  const FAR = 1.6;
  const SUGGESTED = ["market.size_2033", "robotics.years_to_revenue", "compute.chip_cost_decline",
    "ipo.valuation_impact", "competition.commoditization_rate"];

  let loaded = null;
  const ready = () => { loaded ??= engine.load(data); return loaded; };
  /** Quantity's place to its move. */
  const moves = new Map();
  let current = null;
  let running = 0;

  const quantityOf = (place) => data.quantities[place];
  const kindOf = (place) => data.kinds[quantityOf(place).kind];
  const titleOf = (place) => (quantityOf(place).kind.startsWith("player.")
    ? `${quantityOf(place).group}: ${kindOf(place).name}` : kindOf(place).name);
  const moveOf = (place) => moves.get(place) ?? { quantity: place, shift: 0, spread: 1 };
  const isMoved = ({ shift, spread }) => shift !== 0 || spread !== 1;
  const active = () => [...moves.values()].filter(isMoved);

  function element(tag, attributes = {}, ...children) {
    const node = Object.assign(document.createElement(tag), attributes);
    node.append(...children);
    return node;
  }

  /* --- an event's probability, as a shift of its score ------------------------------------ */

  const threshold = (place) => quantityOf(place).prior.scores[0];
  const normal = (z) => {
    let [low, high] = [1e-12, 1 - 1e-12];
    for (let k = 0; k < 60; k += 1) {
      const middle = (low + high) / 2;
      if (economics.normalScore(middle) < z) low = middle; else high = middle;
    }
    return (low + high) / 2;
  };
  const probabilityOf = (place, shift) => normal(shift - threshold(place));
  const shiftOf = (place, probability) => threshold(place)
    + economics.normalScore(Math.min(Math.max(probability, 0.001), 0.999));

  /** The middle value at a shift, and the shift of a middle value. */
  const middleAt = (place, shift) => (quantityOf(place).event
    ? probabilityOf(place, shift) : ready().valueAt(place, shift));
  function shiftFor(place, value) {
    if (quantityOf(place).event) return shiftOf(place, value);
    let [low, high] = LIMITS.shift;
    for (let k = 0; k < 60; k += 1) {
      const middle = (low + high) / 2;
      if (ready().valueAt(place, middle) < value) low = middle; else high = middle;
    }
    return (low + high) / 2;
  }
  const said = (place, shift) => (quantityOf(place).event
    ? `${Math.round(100 * middleAt(place, shift))} of 100 worlds`
    : words.inUnit(middleAt(place, shift), kindOf(place).unit));

  /* --- the controls of one number ----------------------------------------------------------- */

  function choose(place) {
    current = place;
    byId("what-if-pick").value = place;
    box.hidden = false;
    const { event, why, sources } = quantityOf(place);
    box.querySelector("legend").textContent = titleOf(place);
    box.querySelector(".meaning").textContent = kindOf(place).meaning;
    box.querySelector(".middle label").textContent = event
      ? "Probability" : `Middle value${kindOf(place).unit && `, ${kindOf(place).unit}`}`;
    box.querySelector(".default").textContent = `report: ${said(place, 0)}`;
    box.querySelector(".spread").hidden = Boolean(event);
    box.querySelector(".prior-dots").toggleAttribute("hidden", Boolean(event));
    box.querySelector(".reason").hidden = !why && !sources.length;
    box.querySelector(".reason summary").textContent = `Why the report says ${said(place, 0)}`;
    box.querySelector(".reason p").textContent = why;
    box.querySelector(".reason ul").replaceChildren(...sources.map(
      (textContent) => element("li", { textContent })));
    describe();
  }

  function describe() {
    const move = moveOf(current);
    const text = said(current, move.shift);
    byId("what-if-middle").value = Number(middleAt(current, move.shift).toPrecision(3));
    const range = byId("what-if-range");
    range.value = move.shift;
    range.setAttribute("aria-label", `Middle value of ${titleOf(current)}`);
    range.setAttribute("aria-valuetext", `${text}; report ${said(current, 0)}`);
    byId("what-if-spread").value = move.spread;
    byId("what-if-spread").setAttribute("aria-valuetext", `${move.spread} times the report’s`);
    box.querySelector("output").textContent = String(move.spread);
    if (!quantityOf(current).event) dots(move, text);
  }

  const SVG = "http://www.w3.org/2000/svg";
  function drawn(tag, attributes, text = "") {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.textContent = text;
    return node;
  }

  /** Twenty equally likely values before and after, on one axis. */
  function dots(move, text) {
    const scores = Array.from({ length: DOTS }, (_, k) => economics.normalScore((k + 0.5) / DOTS));
    const value = (score) => ready().valueAt(current, score);
    const rows = [scores.map(value), scores.map((z) => value(move.shift + move.spread * z))];
    const all = rows.flat();
    const log = Math.min(...all) > 0 && Math.max(...all) > 5 * Math.min(...all);
    const scale = (x) => (log ? Math.log(x) : x);
    const [low, high] = [Math.min(...all), Math.max(...all)].map(scale);
    const x = (one) => 50 + (298 * (scale(one) - low)) / (high - low || 1);
    const svg = box.querySelector(".prior-dots");
    svg.replaceChildren(
      drawn("text", { x: 0, y: 24 }, "report"), drawn("text", { x: 0, y: 50 }, "yours"),
      ...rows.flatMap((row, k) => row.map((one) => drawn("circle", {
        class: k ? "after" : "before", cx: x(one).toFixed(1), cy: 20 + 26 * k, r: 4,
      }))),
      drawn("line", { x1: 50, x2: 348, y1: 62, y2: 62 }),
      ...[rows[0][0], value(0), rows[0][DOTS - 1]].map((one, k) => drawn("text", {
        x: x(one), y: 78, "text-anchor": k === 0 ? "start" : k === 1 ? "middle" : "end",
      }, format.number(Number(one.toPrecision(2))))));
    svg.setAttribute("aria-label", `${titleOf(current)}: middle value ${said(current, 0)
    } in the report, ${text} in yours; 20 equally likely values each${log ? ", log scale" : ""}`);
  }

  function move(change) {
    const next = { ...moveOf(current), ...change };
    if (isMoved(next)) moves.set(current, next); else moves.delete(current);
    describe();
    schedule();
  }

  const within = (value, [low, high]) => Math.min(Math.max(value, low), high);

  function listen() {
    panel.addEventListener("submit", (event) => event.preventDefault());
    byId("what-if-pick").addEventListener("change", ({ target }) => {
      if (target.value !== "") choose(Number(target.value));
    });
    byId("what-if-range").addEventListener("input", ({ target }) => move({ shift: Number(target.value) }));
    byId("what-if-spread").addEventListener("input", ({ target }) => move({ spread: Number(target.value) }));
    byId("what-if-middle").addEventListener("change", ({ target }) => {
      if (Number.isFinite(target.valueAsNumber)) {
        move({ shift: within(shiftFor(current, target.valueAsNumber), LIMITS.shift) });
      }
    });
    byId("what-if-reset").addEventListener("click", reset);
    byId("what-if-link").addEventListener("click", () => navigator.clipboard?.writeText(location.href));
    byId("what-if-command").querySelector("button").addEventListener("click", () => {
      navigator.clipboard?.writeText(byId("what-if-command").querySelector("code").textContent);
    });
    window.addEventListener("hashchange", restore);
  }

  function fill() {
    const groups = new Map();
    data.quantities.forEach(({ group }, place) => {
      if (!groups.has(group)) groups.set(group, element("optgroup", { label: group }));
      groups.get(group).append(element("option", { value: place, textContent: kindOf(place).name }));
    });
    byId("what-if-pick").append(...groups.values());
    for (const path of SUGGESTED) {
      const place = data.quantities.findIndex((one) => one.path === path);
      if (place < 0) continue;
      byId("what-if-suggestions").append(element("button", {
        type: "button", textContent: kindOf(place).name,
        onclick: () => choose(place),
      }), " ");
    }
  }

  /* --- answers ------------------------------------------------------------------------------- */

  const inWords = (one) => {
    const spread = one.spread === 1 ? "" : `, ${one.spread} times as unsure`;
    return `${titleOf(one.quantity)} at ${said(one.quantity, one.shift)}${spread}`;
  };

  function list() {
    byId("what-if-list").hidden = !moves.size;
    byId("what-if-list").querySelector("ul").replaceChildren(...active().map((one) => element("li", {},
      `${inWords(one)} `, element("button", {
        type: "button", textContent: "change",
        ariaLabel: `Change ${titleOf(one.quantity)}`, onclick: () => choose(one.quantity),
      }), " ", element("button", {
        type: "button", textContent: "remove", ariaLabel: `Remove ${titleOf(one.quantity)}`,
        onclick: () => {
          moves.delete(one.quantity);
          if (current === one.quantity) describe();
          byId("what-if-pick").focus();
          schedule();
        },
      }))));
    byId("what-if-reset").disabled = !moves.size;
    byId("what-if-link").disabled = !moves.size;
  }

  /** Which component carries a changed verdict: of the best less its rival before. */
  function reason(label, key, now, rules) {
    const before = data.decision.players[key];
    const player = data.players.find((one) => one.key === key);
    const rows = ready().components(active(), rules, player.places[0]);
    const [a, b] = [now.best, before.best].map((name) => data.strategies.indexOf(name));
    const gains = rows[a].map((value, c) => value - rows[b][c]);
    const most = gains.reduce((best, value, c) => (Math.abs(value) > Math.abs(gains[best]) ? c : best), 0);
    return `, because of ${data.components[most].toLowerCase()}`;
  }

  function tell(result, settled) {
    const changes = data.players.map(({ key, label }) => words.change(
      label, data.decision.players[key], result.players[key]));
    if (settled) {
      changes.forEach((one, k) => {
        if (one.kind === "verdict") {
          one.text += reason(one.label, data.players[k].key, result.players[data.players[k].key], result.rules);
        }
      });
    }
    byId("what-if-headline").textContent = words.headline(active().map(inWords), changes);
    byId("what-if-lines").replaceChildren(...words.lines(changes).map(({ label, text }) => element("li", {},
      element("b", { textContent: `${label}: ` }), `${text}.`)));
    const far = active().filter(({ shift, spread }) => Math.abs(shift) > FAR || spread > 1.4);
    byId("what-if-warning").hidden = !far.length;
    byId("what-if-warning").textContent = far.length ? `${words.joined(far.map((one) => titleOf(one.quantity)))
    }: this far from the report’s prior few of its worlds matter. Take the figures as a direction, and run the command below.` : "";
    byId("what-if-progress").hidden = settled;
    byId("what-if-progress").textContent = settled ? "" : `A first answer from ${
      format.number(result.count, 0)} worlds; a better one follows.`;
    if (settled) byId("what-if-said").textContent = byId("what-if-headline").textContent;
  }

  function settings({ quantity, shift, spread }) {
    const { path, set, event } = quantityOf(quantity);
    const digits = (value) => String(Number(value.toPrecision(6)));
    if (event) {
      const probability = `probability=${digits(probabilityOf(quantity, shift))}`;
      return [set.plain ? `${path}.${probability}` : `${path}={family="bernoulli", ${probability}}`];
    }
    const now = { score_shift: set.shift + set.spread * shift, score_spread: set.spread * spread };
    const was = { score_shift: set.shift, score_spread: set.spread };
    return Object.entries(now).filter(([key, value]) => value !== was[key])
      .map(([key, value]) => `${path}.${key}=${digits(value)}`);
  }

  const quoted = (text) => (/[^\w.=@%+,/-]/.test(text) ? `'${text.replace(/'/g, "'\\''")}'` : text);

  function command() {
    byId("what-if-command").hidden = !data.command || !active().length;
    byId("what-if-command").querySelector("code").textContent = [data.command,
      ...active().flatMap(settings).map((one) => `--set ${quoted(one)}`)].join(" \\\n  ");
  }

  function nothing() {
    byId("what-if-headline").textContent = "Nothing is changed: the figures are the report’s own";
    byId("what-if-said").textContent = "";
    byId("what-if-lines").replaceChildren();
    byId("what-if-warning").hidden = byId("what-if-progress").hidden = true;
    show(null);
  }

  function show(result) {
    pageFigures.show(data, result);
    window.decide.result = result;
  }

  /** An answer at once. */
  function quick() {
    list();
    command();
    if (!active().length) { nothing(); return null; }
    const start = performance.now();
    const result = ready().quick(active());
    show(result);
    tell(result, false);
    window.decide.lastUpdate = performance.now() - start;
    return result;
  }

  /** A better one, in slices between which the page answers. */
  async function refine() {
    const own = running;
    const begin = performance.now();
    let last = null;
    const steps = ready().refined(active());
    for (;;) {
      const start = performance.now();
      let step = null;
      do {
        step = steps.next();
        if (step.value) last = step.value;
      } while (!step.done && performance.now() - start < SLICE);
      if (step.done) break;
      await new Promise((resume) => setTimeout(resume));
      if (own !== running) return null;
    }
    show(last);
    tell(last, true);
    window.decide.lastRefinement = performance.now() - begin;
    document.documentElement.dataset.whatIf = "settled";
    return last;
  }

  let waiting = null;
  function schedule() {
    running += 1;
    document.documentElement.dataset.whatIf = "ready";
    clearTimeout(waiting);
    requestAnimationFrame(() => {
      remember();
      if (quick()) waiting = setTimeout(refine, PAUSE);
    });
  }

  /** Moves by path, at once and settled: for links and tests. */
  async function apply(wanted) {
    running += 1;
    clearTimeout(waiting);
    moves.clear();
    for (const { path, shift = 0, spread = 1, probability } of wanted) {
      const place = data.quantities.findIndex((one) => one.path === path);
      if (place < 0) continue;
      const by = probability === undefined ? shift : shiftOf(place, probability);
      if (isMoved({ shift: by, spread })) moves.set(place, { quantity: place, shift: by, spread });
    }
    if (moves.size) choose([...moves.keys()].at(-1));
    else if (current !== null) describe();
    remember();
    return quick() && refine();
  }

  /* --- the link ------------------------------------------------------------------------------ */

  const fragment = () => [FRAGMENT, ...active().map(({ quantity, shift, spread }) =>
    `${quantityOf(quantity).path}=${Number(shift.toPrecision(6))}*${Number(spread.toPrecision(6))}`)].join("&");

  function remember() {
    const wanted = active().length ? fragment() : location.pathname + location.search;
    if (location.hash || active().length) history.replaceState(null, "", wanted);
  }

  function restore() {
    if (!location.hash.startsWith(`${FRAGMENT}&`)) return;
    const wanted = location.hash.slice(FRAGMENT.length + 1).split("&").flatMap((part) => {
      const [path, value = ""] = part.split("=");
      const [shift, spread] = value.split("*").map(Number);
      const fits = data.quantities.some((one) => one.path === path)
        && Math.abs(shift) <= 8 && spread > 0 && spread <= LIMITS.spread[1];
      return fits ? [{ path, shift, spread }] : [];
    });
    if (wanted.length) apply(wanted);
  }

  fill();
  listen();
  panel.hidden = false;
  function reset() {
    current = null;
    box.hidden = true;
    byId("what-if-pick").value = "";
    return apply([]);
  }

  window.decide = { ...window.decide, whatIf: { apply, ready, reset }, result: null };
  restore();
  document.documentElement.dataset.whatIf ??= "ready";
  // what the first answer needs, while nobody waits for it
  (window.requestIdleCallback ?? setTimeout)(() => ready().warm());
})();
