"use strict";
/* Moves of priors answered: from few worlds at once, then with rules found anew from many.
 * Worlds come in blocks, the same draws of every chain; each block is valued once as the report has
 * it and once moved, and only the difference is added to the report's own figures. */
(() => {
  const { draws, worlds, tuning, figures } = window.decide;
  /** Draws of each chain in a block, of which the first gives the first answer. */
  const BLOCK = 32;

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

  /** Several arrays (row, chain · draw) of blocks as one, chain by chain. */
  function joined(parts, chains) {
    const each = parts.map((part) => part[0].length / chains);
    const total = each.reduce((a, b) => a + b, 0);
    return parts[0].map((_, row) => {
      const out = new Float64Array(chains * total);
      let before = 0;
      parts.forEach((part, k) => {
        for (let chain = 0; chain < chains; chain += 1) {
          out.set(part[row].subarray(chain * each[k], (chain + 1) * each[k]), chain * total + before);
        }
        before += each[k];
      });
      return out;
    });
  }

  function load(data) {
    const { chains, perChain, strategies, options } = data;
    const made = draws.load({
      ...data,
      directions: new Uint32Array(bytes(data.directions)),
      tables: Float64Array.from(new Float32Array(bytes(data.tables))),
    });
    const valuer = worlds.load({
      ...data, players: data.own.length, strategies: strategies.length,
    });
    const block = Math.min(BLOCK, perChain);
    const size = chains * block;
    const count = Math.floor(perChain / block);
    /** Where each half of the chains begins, in a block: the rules of one are followed by the other. */
    const bounds = [0, Math.floor(chains / 2) * block, size];
    /** Blocks that a rule is fitted to: about as many draws as in the run. */
    const fittedBlocks = Math.min(Math.max(Math.round((2 * data.trained) / size), 1), count);
    const plain = Float64Array.from(new Float32Array(bytes(data.rules)));
    const carried = [plain, plain];
    const entries = [
      ...data.players.map((one) => ({ place: "players", ...one })),
      ...data.types.map((one) => ({ place: "types", ...one })),
    ];
    /** Of each block: scores, values as the report has them, who is there, and its NPVs. */
    const blocks = Array.from({ length: count }, () => ({}));

    function prepared(k) {
      const one = blocks[k];
      if (!one.scores) {
        one.scores = made.scores(k * block, block);
        one.values = one.scores.map((at, quantity) => made.values(quantity, at));
        one.start = valuer.settle(plain, one.values, size);
      }
      return one;
    }

    const rowsOf = ({ npv }) => Array.from({ length: npv.length / size },
      (_, cell) => npv.subarray(cell * size, (cell + 1) * size));

    function movedValues(k, moves) {
      const { scores, values } = prepared(k);
      const out = [...values];
      for (const move of moves) out[move.quantity] = made.values(move.quantity, scores[move.quantity], move);
      return out;
    }

    /** A block valued, each half of the chains by the rules of the other. */
    function valued(rules, k, moves) {
      const [values, { start }] = [movedValues(k, moves), prepared(k)];
      const out = valuer.roomOf(size);
      for (const half of [0, 1]) {
        valuer.value(rules[1 - half], values, start, out, bounds[half], bounds[half + 1]);
      }
      return out;
    }

    /** Rules of both halves of the chains; a generator, which yields between slices of work. */
    function* fittedRules(moves) {
      if (!options) return carried;
      const rules = [];
      const out = valuer.roomOf(size);
      for (const half of [0, 1]) {
        const [first, last] = bounds.slice(half);
        const seen = valuer.seenOf(fittedBlocks * (last - first));
        for (let k = 0; k < fittedBlocks; k += 1) {
          seen.from = k * (last - first) - first;
          valuer.value(plain, movedValues(k, moves), prepared(k).start, out, first, last, seen);
          yield null;
        }
        rules.push(yield* tuning.fitted(seen, valuer.cells));
      }
      return rules;
    }

    const report = { quick: null, rules: null, blocks: [], statistics: null };

    const addUp = (rows, places) => strategies.map((_, k) => {
      const members = places.map((place) => rows[place * strategies.length + k]);
      return members.length === 1 ? members[0]
        : members[0].map((_value, n) => members.reduce((sum, one) => sum + one[n], 0));
    });

    const statisticsOf = (rows) => entries.map(({ places }) => figures.statistics(
      addUp(rows, places), strategies, chains));

    /** The decision under moves, from what the report's and the moved worlds hold. */
    function decided(base, now, perChain_) {
      const result = { players: {}, types: {}, perChain: perChain_, count: chains * perChain_ };
      entries.forEach(({ place, key }, k) => {
        result[place][key] = figures.moved(data.decision[place][key], strategies, base[k], now[k]);
      });
      return result;
    }

    /** What the first answer takes of the report's own worlds. */
    function warm() {
      report.quick ??= statisticsOf(rowsOf(valued(carried, 0, [])));
    }

    /** The first answer, from one block and the report's rules. */
    function quick(moves) {
      warm();
      return decided(report.quick, statisticsOf(rowsOf(valued(carried, 0, moves))), block);
    }

    /** Better and better answers: yields null between slices, or a decision. */
    function* refined(moves) {
      report.rules ??= yield* fittedRules([]);
      const rules = yield* fittedRules(moves);
      yield null;
      const [base, now] = [[], []];
      for (let k = 0; k < count; k += 1) {
        if (!report.blocks[k]) {
          report.blocks[k] = rowsOf(valued(report.rules, k, []));
          yield null;
        }
        base.push(report.blocks[k]);
        now.push(rowsOf(valued(rules, k, moves)));
        yield null;
      }
      report.statistics ??= statisticsOf(joined(base, chains));
      yield null;
      const result = decided(report.statistics, statisticsOf(joined(now, chains)), count * block);
      result.rules = rules;
      yield result;
    }

    /** What moving adds to a player's components (strategy, component), over the first block. */
    function components(moves, rules, place) {
      const of = (by, list) => valuer.components(movedValues(0, list), valued(by, 0, list), place, size);
      const [before, after] = [of(report.rules ?? carried, []), of(rules ?? carried, moves)];
      return after.map((row, k) => row.map((value, c) => value - before[k][c]));
    }

    return { entries, warm, quick, refined, components, valueAt: made.valueAt, made, valuer, plain, prepared };
  }

  window.decide = { ...window.decide, engine: { load } };
})();
