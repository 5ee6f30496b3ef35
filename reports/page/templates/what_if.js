"use strict";
/* The what-if panel: controls, the figures that follow, the link, the command. */
(() => {
  const { format, engine, charts } = window.decide;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("what-if-data").textContent);
  const SHIFT = { min: -2, max: 2, step: 0.05 };
  const SPREAD = { min: 0.5, max: 1.3, step: 0.05 };
  const SHOWN = [-1.6448536, 0, 1.6448536];
  const LEAST_EFFECTIVE = 400;
  const LARGEST_SHAPE = 0.7;
  const FRAGMENT = "#what-if";

  let loaded = null;
  const ready = () => { loaded ??= engine.load(data); return loaded; };
  /** Quantity's place to its move. */
  const moves = new Map();
  const originals = new Map();

  /* --- small helpers ------------------------------------------------------------------- */

  function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") node.textContent = value;
      else if (name in node && name !== "list") node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }

  const unmoved = (place) => (data.quantities[place].event
    ? { quantity: place, probability: data.quantities[place].probability }
    : { quantity: place, shift: 0, spread: 1 });
  const isMoved = (move) => ("probability" in move
    ? move.probability !== data.quantities[move.quantity].probability
    : move.shift !== 0 || move.spread !== 1);
  const active = () => [...moves.values()].filter(isMoved);
  const kindOf = (quantity) => data.kinds[quantity.kind];
  const titleOf = (quantity) => (quantity.kind.startsWith("player.")
    ? `${quantity.group}: ${kindOf(quantity).name}` : kindOf(quantity).name);

  /* --- controls ------------------------------------------------------------------------- */

  function fillPicker() {
    const groups = new Map();
    data.quantities.forEach((quantity, place) => {
      if (!groups.has(quantity.group)) {
        groups.set(quantity.group, element("optgroup", { label: quantity.group }));
      }
      groups.get(quantity.group).append(element("option", {
        value: place, text: kindOf(quantity).name,
      }));
    });
    const pick = byId("what-if-pick");
    pick.append(...groups.values());
    pick.addEventListener("change", () => {
      if (pick.value !== "") add(Number(pick.value)).querySelector("input").focus();
      pick.value = "";
    });
  }

  function fillSuggestions() {
    for (const path of data.suggestions) {
      const place = data.quantities.findIndex((quantity) => quantity.path === path);
      if (place >= 0) {
        byId("what-if-suggestions").append(element("button", {
          type: "button", text: kindOf(data.quantities[place]).name, onclick: () => add(place),
        }));
      }
    }
  }

  /** The controls of a quantity; made if they are not there. */
  function add(place) {
    const id = `move-${place}`;
    if (byId(id)) return byId(id);
    if (!moves.has(place)) moves.set(place, unmoved(place));
    const quantity = data.quantities[place];
    const box = element("fieldset", { id, className: "move" },
      element("legend", { text: titleOf(quantity) }),
      element("p", { className: "note", text: kindOf(quantity).meaning }));
    const values = element("p", { className: "values" });
    if (quantity.event) {
      box.append(slider(place, "probability", "Probability", { min: 0.01, max: 0.99, step: 0.01 }));
    } else {
      box.append(slider(place, "shift", "Shift, in standard scores", SHIFT),
        slider(place, "spread", "Spread, times the report’s", SPREAD), picture());
    }
    box.append(values, element("button", {
      type: "button", text: `Remove`, onclick: () => remove(place),
    }));
    byId("what-if-moves").append(box);
    describe(place);
    return box;
  }

  function slider(place, field, label, range) {
    const id = `move-${place}-${field}`;
    const output = element("output", { htmlFor: id });
    const input = element("input", {
      type: "range", id, ...range, value: moves.get(place)[field],
      oninput: () => {
        moves.get(place)[field] = Number(input.value);
        describe(place);
        schedule();
      },
    });
    return element("p", { className: "slider" },
      element("label", { htmlFor: id, text: label }), input, output);
  }

  function remove(place) {
    moves.delete(place);
    byId(`move-${place}`).remove();
    byId("what-if-pick").focus();
    schedule();
  }

  /* --- a quantity before and after -------------------------------------------------------- */

  const shownValues = (place, shift, spread) =>
    SHOWN.map((z) => format.number(ready().valueAt(place, shift + spread * z)));

  function describe(place) {
    const quantity = data.quantities[place];
    const move = moves.get(place);
    const box = byId(`move-${place}`);
    for (const input of box.querySelectorAll("input")) {
      const field = input.id.split("-").pop();
      const value = move[field];
      const text = field === "shift" && value > 0 ? `+${value}` : String(value);
      input.value = value;
      input.parentNode.querySelector("output").textContent = text.replace("-", "\u2212");
    }
    const unit = kindOf(quantity).unit && ` ${kindOf(quantity).unit}`;
    if (quantity.event) {
      box.querySelector(".values").textContent =
        `Before: ${format.percent(quantity.probability)}. Now: ${format.percent(move.probability)}.`;
      return;
    }
    const line = ([low, middle, high]) => `${middle} (${low} to ${high})${unit}`;
    box.querySelector(".values").textContent =
      `Before: ${line(shownValues(place, 0, 1))}. Now: ${
        line(shownValues(place, move.shift, move.spread))}: median, and nine worlds in ten.`;
    drawDensities(box.querySelector("svg"), place, move);
  }

  const SVG = "http://www.w3.org/2000/svg";

  function picture() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 300 60");
    svg.setAttribute("class", "densities");
    svg.setAttribute("aria-hidden", "true");
    for (const name of ["before", "after"]) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", name);
      svg.append(path);
    }
    return svg;
  }

  /** Densities on an axis that holds nearly all of both; logarithmic where the range is wide. */
  function drawDensities(svg, place, move) {
    const value = (z) => ready().valueAt(place, z);
    const ends = [[0, 1], [move.shift, move.spread]].flatMap(
      ([shift, spread]) => [value(shift - 2.4 * spread), value(shift + 2.2 * spread)]);
    const wide = Math.min(...ends) > 0 && Math.max(...ends) > 20 * Math.min(...ends);
    const at = (z) => (wide ? Math.log(value(z)) : value(z));
    const [low, high] = [Math.min(...ends), Math.max(...ends)].map((x) => (wide ? Math.log(x) : x));
    const width = high - low || 1;
    const curve = (shift, spread) => {
      const points = [];
      for (let z = -3; z <= 3; z += 0.125) {
        const ends_ = [shift + spread * (z - 0.2), shift + spread * (z + 0.2)];
        const [a, b] = ends_.map(at);
        // Beyond the values that the page lists all are alike: no density can be told there.
        if (Math.max(...ends_.map(Math.abs)) <= data.gridEnd && b > a) {
          points.push([at(shift + spread * z), Math.exp(-0.5 * z * z) / (b - a)]);
        }
      }
      return points;
    };
    const curves = { before: curve(0, 1), after: curve(move.shift, move.spread) };
    const top = Math.max(...Object.values(curves).flat().map(([, y]) => y)) || 1;
    for (const [name, points] of Object.entries(curves)) {
      const inside = points.filter(([x]) => x >= low && x <= high);
      const drawn = inside.map(([x, y]) =>
        `${((300 * (x - low)) / width).toFixed(1)},${(58 - (54 * y) / top).toFixed(1)}`);
      svg.querySelector(`.${name}`).setAttribute("d", drawn.length ? `M${drawn.join("L")}` : "");
    }
  }

  /* --- figures of the whole page ----------------------------------------------------------- */

  const adviceOf = (entry) => (entry.resolved ? format.ADVICE[entry.best] : "not resolved");
  const at = (entry, path) => path.split("/").reduce((node, key) => node?.[key], entry);
  const WRITE = {
    figure: (entry, path) => format.figure(at(entry, path), at(entry, `${path}_mcse`)),
    money: (entry, path) => format.money(at(entry, path), at(entry, `${path}_mcse`)),
    percent: (entry, path) => format.percent(at(entry, path)),
    rounded: (entry, path) => format.rounded(at(entry, path), at(entry, `${path}_mcse`)),
    signed: (entry, path) => format.signed(at(entry, path), at(entry, `${path}_mcse`)),
    advice: (entry) => format.inTwo(entry)[0],
    reason: (entry) => format.inTwo(entry)[1],
    best: adviceOf,
    odds: (entry) => format.percent(entry.probability_best[entry.best]),
  };

  /** Write every figure that carries data-entry anew, or as the report had it. */
  function write(result) {
    for (const node of document.querySelectorAll("[data-entry]")) {
      if (!originals.has(node)) originals.set(node, node.textContent);
      const [place, key] = node.dataset.entry.split("/");
      node.textContent = result
        ? WRITE[node.dataset.kind](result[place][key], node.dataset.figure)
        : originals.get(node);
    }
    for (const node of document.querySelectorAll("[data-verdict]")) {
      const [place, key] = node.dataset.verdict.split("/");
      const entry = (result ?? data.decision)[place][key];
      node.className = `verdict ${format.sure(entry) ? format.classOf(entry.best) : "open"}`;
      writeOdds(node.querySelector(".odds"), entry.probability_best);
    }
    for (const node of document.querySelectorAll("tr[data-row]")) {
      const [place, key, strategy] = node.dataset.row.split("/");
      const entry = (result ?? data.decision)[place][key];
      node.classList.toggle("best", entry.resolved && entry.best === strategy);
    }
    document.documentElement.classList.toggle("moved", Boolean(result));
  }

  function writeOdds(svg, odds) {
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

  function redraw(result) {
    charts.replace("difference", result
      ? data.players.flatMap(({ key, label }) => segments(label, result.players[key].exit_minus_stay))
      : charts.original("difference"));
  }

  /* --- the panel's own result ------------------------------------------------------------- */

  function report(result) {
    const list = active();
    byId("what-if-reset").disabled = moves.size === 0;
    byId("what-if-link").disabled = !result;
    byId("what-if-table").hidden = !result;
    byId("what-if-command").hidden = !result || !data.command;
    byId("what-if-warning").hidden = true;
    if (!result) {
      byId("what-if-summary").textContent = "Nothing is moved: the figures are the report’s own.";
      return;
    }
    const changed = data.players.filter(({ key }) =>
      adviceOf(result.players[key]) !== adviceOf(data.decision.players[key]));
    const names = changed.map(({ key, label }) => `${label}: ${adviceOf(result.players[key])}`);
    byId("what-if-summary").textContent = `${changed.length
      ? `Changed verdicts: ${names.join("; ")}.` : "No verdict changes."} The weights leave ${
      format.number(Math.round(result.effective), 0)} of ${format.number(ready().count, 0)} draws’ worth.`;
    warn(result);
    byId("what-if-table").querySelector("tbody").replaceChildren(...data.players.map(
      ({ key, label }) => compared(label, data.decision.players[key], result.players[key])));
    if (data.command) showCommand(list);
  }

  function warn(result) {
    const warning = byId("what-if-warning");
    const few = result.effective < LEAST_EFFECTIVE;
    const heavy = result.pareto > LARGEST_SHAPE;
    warning.hidden = !(few || heavy);
    warning.textContent = `These priors are too far from the report’s for its draws to answer: ${
      few ? `only ${format.number(Math.round(result.effective), 0)} draws’ worth are left`
        : `a few draws carry most of the weight (Pareto k = ${result.pareto.toFixed(2)})`
    }. Take the figures as a direction, and run the command below.`;
  }

  function compared(label, before, now) {
    const pair = (old, fresh) => {
      const cell = element("td");
      if (old === fresh) cell.append(fresh);
      else cell.append(element("s", { text: old }), " ", element("b", { text: fresh }));
      return cell;
    };
    const was = before.exit_minus_stay;
    const is = now.exit_minus_stay;
    const odds = ({ exit_minus_stay: row }) => format.percent(row.probability_positive);
    return element("tr", {}, element("th", { scope: "row", text: label }),
      pair(adviceOf(before), adviceOf(now)),
      pair(`${was.mean > 0 ? "+" : ""}${format.rounded(was.mean, was.mean_mcse)}`,
        format.signed(is.mean, is.mean_mcse)),
      pair(odds(before), odds(now)));
  }

  /* --- the command -------------------------------------------------------------------------- */

  const digits = (value) => String(Number(value.toPrecision(6)));

  /** `--set` arguments that move one prior, over the moves that its file states already. */
  function settings(move) {
    const { path, set, event } = data.quantities[move.quantity];
    if (event) {
      const probability = `probability=${digits(move.probability)}`;
      return [set.plain ? `${path}.${probability}` : `${path}={family="bernoulli", ${probability}}`];
    }
    const moved = { score_shift: set.shift + set.spread * move.shift,
      score_spread: set.spread * move.spread };
    const stated = { score_shift: set.shift, score_spread: set.spread };
    return Object.entries(moved).filter(([key, value]) => value !== stated[key])
      .map(([key, value]) => `${path}.${key}=${digits(value)}`);
  }

  const quoted = (text) => (/[^\w.=@%+,/-]/.test(text) ? `'${text.replace(/'/g, "'\\''")}'` : text);

  function showCommand(list) {
    const along = ready().followers(list).filter(
      ({ shift, spread }) => Math.abs(shift) >= 0.005 || Math.abs(spread - 1) >= 0.005);
    const sets = [...list, ...along].flatMap(settings);
    const args = sets.map((arg) => `--set ${quoted(arg)}`);
    byId("what-if-command").querySelector("code").textContent =
      [data.command, ...args].join(" \\\n  ");
    byId("what-if-command").querySelector(".note").textContent = along.length
      ? `Moved along, by correlation: ${namesOf(along)}.` : "";
  }

  /** Names of the quantities, those of several players counted. */
  function namesOf(list) {
    const members = new Map();
    for (const { quantity } of list) {
      const one = data.quantities[quantity];
      members.set(one.kind, [...(members.get(one.kind) ?? []), one]);
    }
    return [...members.values()].map((ones) => (ones.length > 1
      ? `${kindOf(ones[0]).name} (${ones.length} players)` : titleOf(ones[0]))).join(", ");
  }

  /* --- the link ------------------------------------------------------------------------------ */

  function fragment() {
    const parts = active().map((move) => {
      const { path, event } = data.quantities[move.quantity];
      return event ? `${path}=p${move.probability}` : `${path}=${move.shift}*${move.spread}`;
    });
    return parts.length ? `${FRAGMENT}&${parts.join("&")}` : "";
  }

  function restore() {
    if (!location.hash.startsWith(`${FRAGMENT}&`)) return;
    for (const part of decoded(location.hash).split("&").slice(1)) {
      const [path, value] = part.split("=");
      const place = data.quantities.findIndex((quantity) => quantity.path === path);
      const move = place >= 0 && value ? parse(place, value) : null;
      if (move) {
        moves.set(place, move);
        add(place);
        describe(place);
      }
    }
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return ""; // broken on its way here
    }
  }

  function parse(place, value) {
    const { event } = data.quantities[place];
    const [shift, spread] = value.replace("p", "").split("*").map(Number);
    const within = (x, { min, max }) => Number.isFinite(x) && x >= min && x <= max;
    if (event) {
      return within(shift, { min: 0.01, max: 0.99 }) ? { quantity: place, probability: shift } : null;
    }
    return within(shift, SHIFT) && within(spread, SPREAD) ? { quantity: place, shift, spread } : null;
  }

  function remember() {
    const wanted = fragment();
    if (wanted || location.hash.startsWith(FRAGMENT)) {
      history.replaceState(null, "", wanted || `${FRAGMENT}`);
    }
  }

  async function copy(text, button) {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copying is not allowed here: select it by hand";
    }
    setTimeout(() => { button.textContent = said; }, 2000);
  }

  /* --- all together --------------------------------------------------------------------------- */

  let waiting = false;

  function schedule() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      update();
    });
  }

  function update() {
    const start = performance.now();
    const list = active();
    const result = list.length ? ready().evaluate(list) : null;
    write(result);
    report(result);
    redraw(result);
    remember();
    window.decide.lastUpdate = performance.now() - start;
    window.decide.result = result;
  }

  function reset() {
    for (const place of [...moves.keys()]) byId(`move-${place}`).remove();
    moves.clear();
    update();
    byId("what-if-pick").focus();
  }

  /** Move priors from outside: for tests, and for whoever writes on top of the page. */
  function apply(list) {
    reset();
    for (const { path, ...move } of list) {
      const place = data.quantities.findIndex((quantity) => quantity.path === path);
      moves.set(place, { ...unmoved(place), ...move });
      add(place);
    }
    update();
    return window.decide.result;
  }

  function start() {
    fillPicker();
    fillSuggestions();
    byId("what-if-panel").hidden = false;
    byId("what-if-panel").addEventListener("submit", (event) => event.preventDefault());
    byId("what-if-reset").addEventListener("click", reset);
    const link = byId("what-if-link");
    link.addEventListener("click", () => copy(location.href.split("#")[0] + fragment(), link));
    const command = byId("what-if-command");
    const button = command.querySelector("button");
    button.addEventListener("click", () => copy(command.querySelector("code").textContent, button));
    window.addEventListener("hashchange", () => { if (location.hash !== fragment()) restoreAll(); });
    restoreAll();
    prepareInPauses();
  }

  function restoreAll() {
    if (!location.hash.startsWith(`${FRAGMENT}&`)) return;
    restore();
    update();
  }

  /** Sort the draws before the reader moves anything, a player at a time. */
  async function prepareInPauses() {
    await new Promise((resume) => setTimeout(resume, 200));
    for (const entry of ready().entries) {
      await new Promise((resume) => setTimeout(resume));
      ready().prepare(entry);
    }
    document.documentElement.dataset.whatIf = "ready";
  }

  window.decide = { ...window.decide, whatIf: { apply, reset, data, ready } };
  start();
})();
