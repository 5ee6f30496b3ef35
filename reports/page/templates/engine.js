"use strict";
/* Importance weights on the draws that the page carries.
 *
 * A quantity's standard score z is standard normal under its prior. Moving the prior by m scores
 * and spreading it by s makes it normal (m, s). Several moved quantities keep their copula: their
 * scores become normal (m, D R D), D = diag(s), and the weight of a draw is the ratio of that
 * density to normal (0, R). What is correlated with them follows, as if it had been learned.
 *
 * Every figure is the full run's figure plus the difference that the weights make on the draws
 * carried, so that with nothing moved the page shows exactly what the run found.
 */
(() => {
  const { leaving, staying } = window.decide.format;
  const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];
  const TAILS = ["p05", "p25", "p50", "p75", "p95", "shortfall05"];
  const WORST = 0.05;
  const ROUNDING = 1e-12;

  function bytes(text) {
    const binary = atob(text);
    const out = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) out[i] = binary.charCodeAt(i);
    return out;
  }

  /** Codes around 0 from characters of an alphabet with a middle. */
  function decode(text, alphabet) {
    const table = new Int8Array(128);
    for (let i = 0; i < alphabet.length; i += 1) {
      table[alphabet.charCodeAt(i)] = i - Math.floor((alphabet.length - 1) / 2);
    }
    return Int8Array.from({ length: text.length }, (_, i) => table[text.charCodeAt(i)]);
  }

  /** Inverse of a small symmetric positive definite matrix, by Gauss and Jordan. */
  function inverse(matrix) {
    const size = matrix.length;
    const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
    for (let i = 0; i < size; i += 1) {
      const pivot = rows[i][i];
      for (let j = 0; j < 2 * size; j += 1) rows[i][j] /= pivot;
      for (let k = 0; k < size; k += 1) {
        const factor = rows[k][i];
        if (k !== i && factor !== 0) {
          for (let j = 0; j < 2 * size; j += 1) rows[k][j] -= factor * rows[i][j];
        }
      }
    }
    return rows.map((row) => row.slice(size));
  }

  function load(data) {
    const count = data.chains * data.perChain;
    const codes = decode(data.scores, data.alphabet);
    const payoffs = new Int16Array(bytes(data.payoffs).buffer);
    const strategies = data.strategies;
    const correlation = new Map(data.correlations.flatMap(
      ([i, j, r]) => [[`${i},${j}`, r], [`${j},${i}`, r]]));
    const between = (i, j) => (i === j ? 1 : correlation.get(`${i},${j}`) ?? 0);

    const npv = data.players.map((player, i) => strategies.map((_, k) => {
      const values = new Float64Array(count);
      const start = (i * strategies.length + k) * count;
      for (let n = 0; n < count; n += 1) {
        values[n] = player.unit * Math.sinh(payoffs[start + n] * player.step);
      }
      return values;
    }));
    const entries = [
      ...data.players.map((player, i) => ({ place: "players", key: player.key, npv: npv[i] })),
      ...data.types.map((type) => ({
        place: "types", key: type.key, npv: addUp(type.players.map((i) => npv[i])),
      })),
    ];

    function addUp(members) {
      return strategies.map((_, k) => {
        const total = new Float64Array(count);
        for (const member of members) {
          for (let n = 0; n < count; n += 1) total[n] += member[k][n];
        }
        return total;
      });
    }

    /** The draws of an entry that its figures need, and their order; made at first use. */
    function prepare(entry) {
      if (entry.columns) return;
      const exit = entry.npv[strategies.indexOf(leaving)];
      const stay = entry.npv[strategies.indexOf(staying)];
      const difference = exit.map((value, n) => value - stay[n]);
      const best = new Float64Array(count);
      const wins = strategies.map(() => new Float64Array(count));
      for (let n = 0; n < count; n += 1) {
        let winner = 0;
        for (let k = 1; k < strategies.length; k += 1) {
          if (entry.npv[k][n] > entry.npv[winner][n]) winner = k;
        }
        best[n] = entry.npv[winner][n];
        wins[winner][n] = 1;
      }
      const positive = difference.map((value) => (value > 0 ? 1 : 0));
      const regrets = entry.npv.map((values) => best.map((value, n) => value - values[n]));
      entry.columns = { npv: entry.npv, difference, regrets, wins, positive };
      entry.tails = [...entry.npv, difference].map((values) => {
        const order = new Uint32Array(count);
        for (let n = 0; n < count; n += 1) order[n] = n;
        order.sort((a, b) => values[a] - values[b]);
        const plain = new Float64Array(count).fill(1);
        return { values, order, plain: eachLeftOut((skip) => tail(values, order, plain, skip)) };
      });
    }

    const score = (quantity, n) => codes[quantity * count + n] / data.scale;
    const isEvent = (move) => data.quantities[move.quantity].event;

    /** Logarithms of the weights; null where nothing is moved. */
    function logWeights(moves) {
      const out = new Float64Array(count);
      const moved = moves.filter((move) => !isEvent(move));
      if (moved.length) {
        const before = inverse(moved.map((a) => moved.map((b) => between(a.quantity, b.quantity))));
        const after = before.map((row, i) => row.map(
          (value, j) => value / (moved[i].spread * moved[j].spread)));
        const size = moved.length;
        const z = new Float64Array(size);
        for (let n = 0; n < count; n += 1) {
          let exponent = 0;
          for (let i = 0; i < size; i += 1) z[i] = score(moved[i].quantity, n);
          for (let i = 0; i < size; i += 1) {
            for (let j = 0; j < size; j += 1) {
              exponent += before[i][j] * z[i] * z[j]
                - after[i][j] * (z[i] - moved[i].shift) * (z[j] - moved[j].shift);
            }
          }
          out[n] = 0.5 * exponent;
        }
      }
      for (const move of moves.filter(isEvent)) {
        const old = data.quantities[move.quantity].probability;
        const happens = Math.log(move.probability / old);
        const fails = Math.log((1 - move.probability) / (1 - old));
        for (let n = 0; n < count; n += 1) {
          out[n] += codes[move.quantity * count + n] > 0 ? happens : fails;
        }
      }
      return out;
    }

    /** Weights that add up to the number of draws. */
    function weigh(moves) {
      const logs = logWeights(moves);
      let top = -Infinity;
      for (const value of logs) top = Math.max(top, value);
      let total = 0;
      const weights = logs.map((value) => Math.exp(value - top));
      for (const value of weights) total += value;
      return weights.map((value) => (value * count) / total);
    }

    /** Effective sample size: (Σw)² / Σw². */
    function effective(weights) {
      let squares = 0;
      for (const value of weights) squares += value * value;
      return (count * count) / squares;
    }

    /** What the weights add to a mean, and its error by leaving out one chain at a time. */
    function shiftOfMean(values, weights) {
      const { chains, perChain } = data;
      const weighted = new Float64Array(chains);
      const mass = new Float64Array(chains);
      const plain = new Float64Array(chains);
      let sums = [0, 0, 0];
      for (let c = 0; c < chains; c += 1) {
        for (let n = c * perChain; n < (c + 1) * perChain; n += 1) {
          weighted[c] += weights[n] * values[n];
          mass[c] += weights[n];
          plain[c] += values[n];
        }
        sums = [sums[0] + weighted[c], sums[1] + mass[c], sums[2] + plain[c]];
      }
      const shift = (a, w, f, n) => a / w - f / n;
      const without = Array.from({ length: chains }, (_, c) => shift(
        sums[0] - weighted[c], sums[1] - mass[c], sums[2] - plain[c], count - perChain));
      return { value: shift(...sums, count), mcse: jackknife(without) };
    }

    function jackknife(without) {
      const mean = without.reduce((a, b) => a + b, 0) / without.length;
      const squares = without.reduce((total, value) => total + (value - mean) ** 2, 0);
      return Math.sqrt(((without.length - 1) / without.length) * squares);
    }

    const chainOf = Uint8Array.from({ length: count }, (_, n) => Math.floor(n / data.perChain));

    /** A figure of all chains, and those with one chain left out. */
    const eachLeftOut = (make) => [-1, ...Array(data.chains).keys()].map(make);

    /** Weighted quantiles and mean of the worst, one chain left out (none where skip is −1). */
    function tail(values, order, weights, skip) {
      let total = 0;
      for (let n = 0; n < count; n += 1) total += chainOf[n] === skip ? 0 : weights[n];
      const out = new Float64Array(LEVELS.length + 1);
      let [below, next, worst, worstMass] = [0, 0, 0, 0];
      for (let i = 0; i < count && next < LEVELS.length; i += 1) {
        const n = order[i];
        if (chainOf[n] === skip) continue;
        const mass = weights[n] / total;
        const part = Math.min(mass, WORST - worstMass);
        if (part > 0) {
          worst += part * values[n];
          worstMass += part;
        }
        below += mass;
        while (next < LEVELS.length && below >= LEVELS[next] - ROUNDING) {
          out[next] = values[n];
          next += 1;
        }
      }
      out[LEVELS.length] = worst / worstMass;
      return out;
    }

    /** What the weights add to quantiles and shortfall, with errors. */
    function shiftOfTail({ values, order, plain }, weights) {
      const moved_ = eachLeftOut((skip) => tail(values, order, weights, skip));
      return TAILS.map((name, j) => {
        const changes = moved_.map((figures_, c) => figures_[j] - plain[c][j]);
        return [name, { value: changes[0], mcse: jackknife(changes.slice(1)) }];
      });
    }

    const clamp = (x) => Math.min(Math.max(x, 0), 1);

    /** The run's figure plus its change; errors add up at worst. */
    function moved(base, name, change) {
      return { [name]: base[name] + change.value,
        [`${name}_mcse`]: (base[`${name}_mcse`] ?? 0) + change.mcse };
    }

    function figures(base, tails, weights) {
      return Object.assign(
        moved(base, "mean", shiftOfMean(tails.values, weights)),
        ...shiftOfTail(tails, weights).filter(([name]) => name in base).map(
          ([name, change]) => moved(base, name, change)));
    }

    /** A player's or type's part of the decision under the weights. */
    function judge(entry, weights) {
      prepare(entry);
      const base = data.decision[entry.place][entry.key];
      const { columns, tails } = entry;
      const byStrategy = Object.fromEntries(strategies.map((name, k) => {
        const row = figures(base.strategies[name], tails[k], weights);
        const change = shiftOfMean(columns.regrets[k], weights);
        const costs = moved(base.strategies[name], "regret", change);
        return [name, { ...row, ...costs, regret: Math.max(costs.regret, 0) }];
      }));
      const odds = Object.fromEntries(strategies.map((name, k) => [name, clamp(
        base.probability_best[name] + shiftOfMean(columns.wins[k], weights).value)]));
      const total = Object.values(odds).reduce((a, b) => a + b, 0);
      for (const name of strategies) odds[name] /= total;
      const ranked = [...strategies].sort((a, b) => byStrategy[b].mean - byStrategy[a].mean);
      const [best, next] = ranked;
      const gap = leadOf(entry, base, best, next, weights);
      const difference = figures(base.exit_minus_stay, tails[strategies.length], weights);
      const positive = moved(
        base.exit_minus_stay, "probability_positive", shiftOfMean(columns.positive, weights));
      positive.probability_positive = clamp(positive.probability_positive);
      // Other forms were tried with the report's priors: what they say does not hold here.
      const { form, ...asStated } = base;
      return {
        ...asStated,
        best,
        next,
        resolved: gap.mean > (base.required ?? data.resolved) * gap.mean_mcse,
        best_minus_next: gap,
        likeliest_best: strategies.reduce((a, b) => (odds[b] > odds[a] ? b : a)),
        probability_best: odds,
        evpi: byStrategy[best].regret,
        evpi_mcse: byStrategy[best].regret_mcse,
        strategies: byStrategy,
        exit_minus_stay: { ...difference, ...positive },
      };
    }

    function leadOf(entry, base, best, next, weights) {
      const [a, b] = [best, next].map((name) => entry.columns.npv[strategies.indexOf(name)]);
      const paired = a.map((value, n) => value - b[n]);
      const before = {
        mean: base.strategies[best].mean - base.strategies[next].mean,
        mean_mcse: base.pair_mcse[[best, next].sort().join(",")],
      };
      return moved(before, "mean", shiftOfMean(paired, weights));
    }

    /** What moving does to a quantity that is not moved itself: shift and spread of its score. */
    function followers(moves) {
      const set = moves.filter((move) => !isEvent(move));
      if (!set.length) return [];
      const before = inverse(set.map((a) => set.map((b) => between(a.quantity, b.quantity))));
      const taken = new Set(moves.map((move) => move.quantity));
      return data.quantities.flatMap((quantity, o) => {
        if (taken.has(o) || quantity.event) return [];
        const r = set.map((move) => between(o, move.quantity));
        if (r.every((value) => value === 0)) return [];
        const slope = set.map((_, j) => r.reduce((sum, value, i) => sum + value * before[i][j], 0));
        const shift = slope.reduce((sum, value, i) => sum + value * set[i].shift, 0);
        const kept = 1 - slope.reduce((sum, value, i) => sum + value * r[i], 0);
        let spread = kept;
        for (let i = 0; i < set.length; i += 1) {
          for (let j = 0; j < set.length; j += 1) {
            spread += slope[i] * slope[j] * set[i].spread * set[j].spread
              * between(set[i].quantity, set[j].quantity);
          }
        }
        return [{ quantity: o, shift, spread: Math.sqrt(spread) }];
      });
    }

    /** The value of a quantity at a standard score, between the grid's. */
    function valueAt(quantity, z) {
      const { grid } = data.quantities[quantity];
      const place = Math.min(Math.max((z + data.gridEnd) / data.gridStep, 0), grid.length - 1.000001);
      const low = Math.floor(place);
      return grid[low] + (place - low) * (grid[low + 1] - grid[low]);
    }

    /** Everything under these moves: a decision, and how well the draws carry it. */
    function evaluate(moves) {
      const weights = weigh(moves);
      const result = { players: {}, types: {}, weights };
      for (const entry of entries) result[entry.place][entry.key] = judge(entry, weights);
      result.effective = effective(weights);
      result.pareto = paretoShape(weights);
      return result;
    }

    return { count, entries, evaluate, followers, prepare, valueAt, weigh };
  }

  /** Shape of a generalized Pareto tail of the weights (Zhang and Stephens 2009; Vehtari et al.
   * 2024): above 0.7 the weights' mean converges too slowly to be relied on. */
  function paretoShape(weights) {
    const sorted = Float64Array.from(weights).sort();
    const count = sorted.length;
    const size = Math.ceil(Math.min(0.2 * count, 3 * Math.sqrt(count)));
    const cut = sorted[count - size - 1];
    const excess = sorted.subarray(count - size).map((value) => value - cut);
    const quarter = excess[Math.floor(size / 4 + 0.5) - 1];
    // Weights of a few values, as an event's: no tail at all.
    if (!(quarter > excess[0] + 1e-12 * sorted[count - 1])) return -Infinity;
    const points = 30 + Math.floor(Math.sqrt(size));
    const grid = Array.from({ length: points }, (_, i) =>
      1 / excess[size - 1] + (1 - Math.sqrt(points / (i + 0.5))) / (3 * quarter));
    const shapes = grid.map((b) => meanLog(excess, b));
    const fits = grid.map((b, i) => size * (Math.log(-b / shapes[i]) - shapes[i] - 1));
    const shares = fits.map((fit) => 1 / fits.reduce((sum, other) => sum + Math.exp(other - fit), 0));
    const kept = shares.map((share) => (share >= 10 * Number.EPSILON ? share : 0));
    const total = kept.reduce((a, b) => a + b, 0);
    const b = grid.reduce((sum, value, i) => sum + (value * kept[i]) / total, 0);
    // A weak prior of ten observations at 0.5 steadies small tails.
    return (meanLog(excess, b) * size + 10 * 0.5) / (size + 10);
  }

  function meanLog(excess, b) {
    let sum = 0;
    for (const value of excess) sum += Math.log1p(-b * value);
    return sum / excess.length;
  }

  window.decide = { ...window.decide, engine: { load, paretoShape } };
})();
