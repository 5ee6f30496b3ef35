"use strict";
/* The figures of a decision from some worlds, and what moving the priors adds to the run's own.
 * Moved and unmoved worlds are the same draws, valued by the same rules: their difference has the
 * error that is measured across chains, by leaving out one at a time, and across both halves of the
 * chains, which follow different rules. */
(() => {
  const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];
  const EXIT = 0;
  /** Absorbs the rounding of sums of equal shares. */
  const ROUNDING = 1e-12;

  /** Values in ascending order, each with its chain in the last bits of its mantissa. */
  function ordered(values, chains) {
    const out = Float64Array.from(values);
    const words = new Uint32Array(out.buffer);
    const each = out.length / chains;
    const mask = (1 << Math.ceil(Math.log2(chains))) - 1;
    for (let n = 0; n < out.length; n += 1) {
      words[2 * n] = ((words[2 * n] & ~mask) | Math.floor(n / each)) >>> 0;
    }
    out.sort();
    return { values: out, chain: Uint16Array.from(out, (_, n) => words[2 * n] & mask) };
  }

  /** Quantiles of some chains, as the run counts them. */
  function quantiles({ values, chain }, held, kept, put) {
    let below = 0;
    let next = 0;
    for (let n = 0; n < values.length && next < LEVELS.length; n += 1) {
      if (!held[chain[n]]) continue;
      below += 1;
      while (next < LEVELS.length && below >= LEVELS[next] * kept - ROUNDING * kept) {
        put(values[n]);
        next += 1;
      }
    }
  }

  /** The smallest share of the worlds, the best first, without which no lead is left. */
  function carriedBy({ values, chain }, held, kept, sign) {
    let rest = 0;
    for (let n = 0; n < values.length; n += 1) if (held[chain[n]]) rest += sign * values[n];
    if (rest <= 0) return 0;
    let taken = 0;
    for (let k = 0; k < values.length; k += 1) {
      const n = sign > 0 ? values.length - 1 - k : k;
      if (!held[chain[n]]) continue;
      const value = sign * values[n];
      if (value >= rest) return (taken + (value > 0 ? rest / value : 1)) / kept;
      if (value <= 0) return 1;
      rest -= value;
      taken += 1;
    }
    return taken / kept;
  }

  /** Figures of one company: of all chains, without each, of each half; `names` says which. */
  function statistics(npv, strategies, chains) {
    const count = npv[0].length;
    const each = count / chains;
    const columns = [];
    const names = [];
    const add = (name, values) => { names.push(name); columns.push(values); };
    const best = new Float64Array(count);
    const winner = new Uint8Array(count);
    for (let n = 0; n < count; n += 1) {
      for (let k = 1; k < npv.length; k += 1) if (npv[k][n] > npv[winner[n]][n]) winner[n] = k;
      best[n] = npv[winner[n]][n];
    }
    const differences = npv.slice(1).map((values) => npv[EXIT].map((value, n) => value - values[n]));
    npv.forEach((values, k) => {
      const name = strategies[k];
      add(`strategies/${name}/mean`, values);
      add(`strategies/${name}/regret`, best.map((value, n) => value - values[n]));
      add(`probability_best/${name}`, best.map((_, n) => (winner[n] === k ? 1 : 0)));
    });
    npv.forEach((values, k) => npv.slice(k + 1).forEach((others, j) => add(
      `lead/${strategies[k]}/${strategies[k + 1 + j]}`, values.map((value, n) => value - others[n]))));
    differences.forEach((values, k) => {
      const name = `pair/${strategies[k + 1]}`;
      add(`${name}/exits`, values.map((value) => (value > 0 ? 1 : 0)));
      add(`${name}/stays`, values.map((value) => (value < 0 ? 1 : 0)));
      add(`${name}/won`, values.map((value) => Math.max(value, 0)));
      add(`${name}/lost`, values.map((value) => Math.max(-value, 0)));
    });
    const sums = columns.map((values) => {
      const out = new Float64Array(chains);
      for (let n = 0; n < count; n += 1) out[Math.floor(n / each)] += values[n];
      return out;
    });
    const sorted = [...npv, differences[0]].map((values) => ordered(values, chains));
    const pairs = [sorted[npv.length], ...differences.slice(1).map((one) => ordered(one, chains))];
    [...strategies.map((name) => `strategies/${name}`), "exit_minus_stay"].forEach((of) => {
      for (const level of LEVELS) names.push(`${of}/p${String(100 * level).padStart(2, "0")}`);
    });
    for (const name of strategies.slice(1)) names.push(`pair/${name}/exit_rests`, `pair/${name}/stay_rests`);
    const all = Array.from({ length: chains }, (_, c) => c);
    const half = Math.floor(chains / 2);
    const parts = [() => true, ...all.map((skip) => (c) => c !== skip), (c) => c < half, (c) => c >= half];
    const found = parts.map((part) => {
      const held = all.map(part);
      const kept = each * held.filter(Boolean).length;
      const out = sums.map((sum) => sum.reduce((total, one, c) => total + (held[c] ? one : 0), 0) / kept);
      const put = (value) => out.push(value);
      for (const one of sorted) quantiles(one, held, kept, put);
      for (const one of pairs) out.push(carriedBy(one, held, kept, 1), carriedBy(one, held, kept, -1));
      return Float64Array.from(out);
    });
    return { names, found };
  }

  function jackknife(values) {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
    return Math.sqrt(((values.length - 1) / values.length) * squares);
  }

  /** What moving adds to a figure: `{value, error}`. */
  function change(base, moved, make) {
    const differences = base.found.map((row, c) => make(moved.found[c]) - make(row));
    const [first, second] = differences.slice(-2);
    const error = jackknife(differences.slice(1, -2));
    return { value: differences[0], error: Math.max(error, Math.abs(first - second) / 2) };
  }

  const clamp = (x) => Math.min(Math.max(x, 0), 1);

  /** A run's entry with what moving adds to each figure; `changed` holds those that it moves. */
  function moved(entry, strategies, base, now) {
    const place = Object.fromEntries(base.names.map((name, k) => [name, k]));
    const changed = new Set();
    /** The run's figure and the difference; of several figures where they make one. */
    const figure = (name, own, ownError, make = (row) => row[place[name]], shown = name) => {
      const { value, error } = change(base, now, make);
      if (Math.abs(value) > 2 * error && value !== 0) changed.add(shown);
      return { value: own + value, error: Math.hypot(ownError ?? 0, error), by: value, byError: error };
    };
    const put = (out, key, found) => Object.assign(out, { [key]: found.value, [`${key}_mcse`]: found.error });

    const byStrategy = {};
    for (const name of strategies) {
      const own = entry.strategies[name];
      const row = { ...own };
      for (const key of ["mean", "regret", "p05", "p50", "p95"]) {
        put(row, key, figure(`strategies/${name}/${key}`, own[key], own[`${key}_mcse`]));
      }
      row.regret = Math.max(row.regret, 0);
      byStrategy[name] = row;
    }
    const ranked = [...strategies].sort((a, b) => byStrategy[b].mean - byStrategy[a].mean);
    const [best, next] = ranked;
    const rival = best === strategies[EXIT] ? next : strategies[EXIT];
    const odds = Object.fromEntries(strategies.map((name) => [name, clamp(
      figure(`probability_best/${name}`, entry.probability_best[name], 0).value)]));
    const total = Object.values(odds).reduce((a, b) => a + b, 0) || 1;
    for (const name of strategies) odds[name] /= total;
    const between = (a, b, shown) => {
      const [first, second] = strategies.indexOf(a) < strategies.indexOf(b) ? [a, b] : [b, a];
      const sign = first === a ? 1 : -1;
      const name = `lead/${first}/${second}`;
      return figure(name, entry.strategies[a].mean - entry.strategies[b].mean,
        entry.pair_mcse[[a, b].sort().join(",")], (row) => sign * row[place[name]], shown);
    };
    const difference = { ...entry.exit_minus_stay };
    const lead = `lead/${strategies[EXIT]}/${strategies[1]}`;
    put(difference, "mean", figure(lead, difference.mean, difference.mean_mcse, undefined,
      "exit_minus_stay/mean"));
    for (const key of ["p05", "p25", "p50", "p75", "p95"]) {
      put(difference, key, figure(`exit_minus_stay/${key}`, difference[key], difference[`${key}_mcse`]));
    }
    const positive = figure(`pair/${strategies[1]}/exits`, difference.probability_positive,
      difference.probability_positive_mcse, undefined, "exit_minus_stay/probability_positive");
    put(difference, "probability_positive", { ...positive, value: clamp(positive.value) });
    const ahead = between(best, next);
    // the same verdict as in the report unless the difference can be told
    const resolved = best === entry.best && !(Math.abs(ahead.by) > 2 * ahead.byError)
      ? entry.resolved : ahead.value > (entry.required ?? 2) * ahead.error;
    // other forms were tried with the report's priors: what they say does not hold here
    const { form, ...asStated } = entry;
    return {
      ...asStated,
      best,
      next,
      resolved,
      rival,
      likeliest_best: strategies.reduce((a, b) => (odds[b] > odds[a] ? b : a)),
      probability_best: odds,
      best_minus_next: put({}, "mean", ahead),
      ...put({}, "evpi", { value: byStrategy[best].regret, error: byStrategy[best].regret_mcse }),
      strategies: byStrategy,
      exit_minus_stay: difference,
      ...stakes(entry, best, rival, between(best, rival, "gain"), figure, place, strategies),
      changed,
    };
  }

  /** Odds and stakes of the best against its rival. */
  function stakes(entry, best, rival, gain, figure, place, strategies) {
    const leaves = best === strategies[EXIT];
    const of = leaves ? rival : best;
    const own = entry.pairs[of];
    const [wins, won, lost, rests] = (leaves ? ["exits", "won", "lost", "exit_rests"]
      : ["stays", "lost", "won", "stay_rests"]).map((key) => `pair/${of}/${key}`);
    const at = (name) => own[name.split("/").pop()];
    const row = (name) => (found) => found[place[name]];
    const odds = figure(wins, at(wins), own[`${wins.split("/").pop()}_mcse`], row(wins), "wins");
    const ratio = (sum, share) => (share > 0 ? Math.max(sum, 0) / share : 0);
    const better = figure(won, ratio(at(won), at(wins)), entry.gain_when_better_mcse,
      (found) => ratio(found[place[won]], found[place[wins]]), "gain_when_better");
    const worse = figure(lost, ratio(at(lost), 1 - at(wins)), entry.loss_when_worse_mcse,
      (found) => ratio(found[place[lost]], 1 - found[place[wins]]), "loss_when_worse");
    const carried = figure(rests, at(rests), entry.carried_by_mcse, row(rests), "carried_by");
    return {
      gain: gain.value,
      gain_mcse: gain.error,
      gain_change: { value: gain.by, error: gain.byError },
      wins: clamp(odds.value),
      wins_mcse: odds.error,
      gain_when_better: Math.max(better.value, 0),
      gain_when_better_mcse: better.error,
      loss_when_worse: Math.max(worse.value, 0),
      loss_when_worse_mcse: worse.error,
      carried_by: clamp(carried.value),
      carried_by_mcse: carried.error,
    };
  }

  window.decide = { ...window.decide, figures: { statistics, moved } };
})();
