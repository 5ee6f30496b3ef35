"use strict";
/* Worlds valued: who is there, when each real option is used, and what every strategy is then worth.
 * The economics are those of model/economics; the rules were fitted to the run's draws. */
(() => {
  const eco = window.decide.economics;
  const { YEARS, LEAVING, RETURN, STATES, CLIP } = eco;
  const [EXIT, STAY, NEVER] = [0, 1, -1];
  /** Rounds by which rivals answer a move, and those before from which the page's own start. */
  const [ANSWERS, BEFORE] = [3, 4];
  const [ROOT_2, ROOT_3, ROOT_6] = [2, 3, 6].map(Math.sqrt);
  /** Of a rule at a date: whether it pays, two limits, three middles and scales, three stages. */
  const [BASIS, STAGES] = [20, 3];
  const [LIMIT, CENTER, SCALE, FIRST] = [1, 3, 6, 9];
  const RULE = FIRST + STAGES * BASIS;

  const rows = (count, size) => Array.from({ length: count }, () => new Float64Array(size));

  /** Room for one draw; tiles and option in the names of model/economics. */
  function roomFor(shared, own, players, strategies) {
    const room = {
      globals: new Float64Array(shared),
      players: rows(players, own),
      last: rows(1, players),
      weight: Float64Array.of(1),
      industry: rows(eco.INDUSTRY_ROWS, YEARS),
      weights: rows(players, YEARS),
      present: rows(players, YEARS),
      others: rows(players, YEARS),
      largest: rows(players, YEARS),
      later: rows(players, LEAVING.length),
      one: {
        pays: new Float64Array(LEAVING.length),
        live: new Float64Array(LEAVING.length),
        states: rows(LEAVING.length, STATES),
        later: new Float64Array(LEAVING.length),
      },
      until: new Float64Array(strategies),
      left: new Float64Array(strategies),
      found: rows(strategies, eco.COMPONENTS),
    };
    room.tiles = room.players.map(() => ({
      players: room.players, industry: room.industry, own: rows(eco.OWN_ROWS, YEARS),
    }));
    return room;
  }

  /** Products of normalised Hermite polynomials up to the third degree in three states. */
  function fillBasis(state, rules, at, basis) {
    const x = Math.min(CLIP, Math.max(-CLIP, (state[0] - rules[at + CENTER]) / rules[at + SCALE]));
    const y = Math.min(CLIP, Math.max(-CLIP, (state[1] - rules[at + CENTER + 1]) / rules[at + SCALE + 1]));
    const z = Math.min(CLIP, Math.max(-CLIP, (state[2] - rules[at + CENTER + 2]) / rules[at + SCALE + 2]));
    const x2 = (x * x - 1) / ROOT_2;
    const y2 = (y * y - 1) / ROOT_2;
    const z2 = (z * z - 1) / ROOT_2;
    basis[0] = 1;
    basis[1] = x;
    basis[2] = y;
    basis[3] = z;
    basis[4] = x2;
    basis[5] = x * y;
    basis[6] = x * z;
    basis[7] = y2;
    basis[8] = y * z;
    basis[9] = z2;
    basis[10] = (x * x * x - 3 * x) / ROOT_6;
    basis[11] = x2 * y;
    basis[12] = x2 * z;
    basis[13] = x * y2;
    basis[14] = x * y * z;
    basis[15] = x * z2;
    basis[16] = (y * y * y - 3 * y) / ROOT_6;
    basis[17] = y2 * z;
    basis[18] = y * z2;
    basis[19] = (z * z * z - 3 * z) / ROOT_6;
  }

  function weighed(basis, rules, at) {
    let sum = 0;
    for (let k = 0; k < BASIS; k += 1) sum += basis[k] * rules[at + k];
    return sum;
  }

  /** Worlds of one run: `value(block, values, start)`, and components of one player. */
  function load({ shared, own, factors, players, strategies, options, rivals }) {
    const room = roomFor(shared.length, own[0].length, players, strategies);
    const { tiles, one, globals } = room;
    const basis = new Float64Array(BASIS);
    const dates = LEAVING.length;
    const cells = players * strategies;
    const [last] = room.last;
    const found = new Float64Array(players);
    const [gains, losses] = rows(2, players);
    /** Which quantity goes where: quantity, player or −1, place; then the next. */
    const places = Int32Array.from([shared, ...own].flatMap((row, i) => row.flatMap(
      ({ quantity }, k) => (quantity === undefined ? [] : [quantity, i - 1, k]))));
    [shared, ...own].forEach((row, i) => row.forEach(({ constant }, k) => {
      (i === 0 ? globals : room.players[i - 1])[k] = Number(constant === "inf" ? Infinity : constant ?? 0);
    }));

    /** Take a draw's quantities, and look at all that does not depend on who is there. */
    function read(values, n) {
      for (let k = 0; k < places.length; k += 3) {
        const value = values[places[k]][n];
        if (places[k + 1] < 0) globals[places[k + 2]] = value;
        else room.players[places[k + 1]][places[k + 2]] = value;
      }
      const cheapest = eco.fillIndustry(globals, room.players, room.industry, room.weights);
      for (let i = 0; i < players; i += 1) {
        const p = room.players[i];
        eco.fillOwn(globals, p, cheapest, room.industry, tiles[i].own);
        gains[i] = eco.fillLaterGains(p, room.industry, tiles[i].own, room.later[i]);
        losses[i] = eco.ipoLoss(globals, p);
      }
    }

    /** Look at the contest with those in `last`. */
    function meet() {
      const { weights, present, others, largest } = room;
      eco.fillPresence(room.last, room.weight, present);
      eco.fillOthers(globals[eco.ENTRY], weights, present, room.industry, others, largest);
      for (let i = 0; i < players; i += 1) {
        eco.fillContest(i, weights, others, largest, tiles[i].own);
      }
    }

    /** What a rule holds exercising to be worth at a date. */
    function advantage(rules, at, date) {
      fillBasis(one.states[date], rules, at, basis);
      let gain = weighed(basis, rules, at + FIRST);
      for (let stage = 1; stage < STAGES; stage += 1) {
        if (!(Math.abs(gain) <= rules[at + LIMIT + stage - 1])) break;
        gain = weighed(basis, rules, at + FIRST + stage * BASIS);
      }
      return gain;
    }

    /** The date at which a rule uses an option; −1 for never. */
    function used(rules, i, strategy) {
      const count = strategy === EXIT ? RETURN.length : dates;
      for (let date = 0; date < count; date += 1) {
        const at = ((i * strategies + strategy) * dates + date) * RULE;
        if (rules[at] > 0 && one.live[date] > 0 && advantage(rules, at, date) > 0) return date;
      }
      return NEVER;
    }

    /** Value a strategy of a player: into `npv` and `years`, at its cell and this draw. */
    function put(rules, out, i, strategy, n, size) {
      one.later.set(room.later[i]);
      let npv = 0;
      let last_ = YEARS - 1;
      if (strategy === EXIT) {
        npv = eco.exitForGood(room.players[i], gains[i]);
        if (options) eco.fillExit(globals, room.players[i], room.industry, tiles[i].own, one);
      } else {
        const answer = eco.fillStrategy(
          globals, tiles[i], factors, i, strategy, gains[i], losses[i], one);
        npv = answer[0];
        last_ = Math.min(answer[1], YEARS - 1);
      }
      const date = options ? used(rules, i, strategy) : NEVER;
      const year = date === NEVER ? NEVER : date + (strategy === EXIT ? RETURN[0] : LEAVING[0]);
      const place = (i * strategies + strategy) * size + n;
      out.npv[place] = date === NEVER ? npv : npv + one.pays[date];
      out.years[place] = year;
      if (strategy === STAY) found[i] = date === NEVER ? last_ : year;
      if (out.seen) see(out.seen, i, strategy, n);
    }

    function unchanged() {
      for (let i = 0; i < players; i += 1) if (found[i] !== last[i]) return false;
      return true;
    }

    /** What staying is worth, and whether all are there as long as was supposed. */
    function stay(rules, out, n, size) {
      meet();
      for (let i = 0; i < players; i += 1) put(rules, out, i, STAY, n, size);
      return unchanged();
    }

    /** The rest of a draw, who is there being known. */
    function rest(rules, out, n, size) {
      for (let i = 0; i < players; i += 1) {
        for (let strategy = 0; strategy < strategies; strategy += 1) {
          if (strategy !== STAY) put(rules, out, i, strategy, n, size);
        }
      }
    }

    /** Room for what all rules see of so many draws, to be fitted to. */
    const seenOf = (size) => ({
      size,
      from: 0,
      pays: new Float64Array(cells * dates * size),
      states: new Float64Array(cells * dates * STATES * size),
      open: new Uint8Array(cells * dates * size),
    });

    function see(seen, i, strategy, n) {
      const { size, from } = seen;
      const count = strategy === EXIT ? RETURN.length : dates;
      for (let date = 0; date < count; date += 1) {
        const cell = (i * strategies + strategy) * dates + date;
        const live = one.live[date] > 0;
        seen.open[cell * size + from + n] = live ? 1 : 0;
        seen.pays[cell * size + from + n] = live ? one.pays[date] : 0;
        for (let k = 0; k < STATES; k += 1) {
          seen.states[(cell * STATES + k) * size + from + n] = one.states[date][k];
        }
      }
    }

    /** Let rivals answer up to so many rounds from the presence in `last`. */
    function respond(rules, rounds, out, n, size) {
      for (let round = 0; !stay(rules, out, n, size) && rivals && round < rounds; round += 1) {
        last.set(found);
      }
    }

    const roomOf = (size) => ({
      npv: new Float64Array(cells * size),
      years: new Int8Array(cells * size),
      last: new Int8Array(players * size),
    });

    /** The presence from which the answers to a move begin (player, draw): the report's own. */
    function settle(rules, values, size) {
      const start = new Int8Array(players * size).fill(YEARS - 1);
      if (!rivals) return start;
      const out = roomOf(size);
      for (let n = 0; n < size; n += 1) {
        read(values, n);
        last.fill(YEARS - 1);
        respond(rules, BEFORE, out, n, size);
        for (let i = 0; i < players; i += 1) start[i * size + n] = last[i];
      }
      return start;
    }

    /** Value the worlds from `first` up to `last` by rules, into `out`; `seen` by those who decide. */
    function value(rules, values, start, out, first, last_, seen = null) {
      const size = out.last.length / players;
      out.seen = seen;
      for (let n = first; n < last_; n += 1) {
        read(values, n);
        for (let i = 0; i < players; i += 1) last[i] = start[i * size + n];
        respond(rules, ANSWERS, out, n, size);
        rest(rules, out, n, size);
        for (let i = 0; i < players; i += 1) out.last[i * size + n] = last[i];
      }
    }

    /** Means of a player's components (strategy, component), with options used as `valued` says. */
    function components(values, valued, i, size) {
      const sums = rows(strategies, eco.COMPONENTS);
      const { left, until, found: parts } = room;
      for (let n = 0; n < size; n += 1) {
        read(values, n);
        for (let j = 0; j < players; j += 1) last[j] = valued.last[j * size + n];
        meet();
        for (let k = 0; k < strategies; k += 1) {
          left[k] = valued.years[(i * strategies + k) * size + n];
          until[k] = left[k] === NEVER ? YEARS : left[k] + 1;
        }
        eco.evaluatePlayer(globals, tiles[i], factors, i, until, parts);
        eco.exercisePlayer(globals, tiles[i], i, factors, left, one, parts);
        for (let k = 0; k < strategies; k += 1) {
          for (let c = 0; c < parts[k].length; c += 1) sums[k][c] += parts[k][c] / size;
        }
      }
      return sums;
    }

    return { settle, value, components, roomOf, seenOf, cells };
  }

  window.decide = { ...window.decide, worlds: { load, fillBasis, BASIS, STAGES, LIMIT, CENTER, SCALE, FIRST, RULE } };
})();
