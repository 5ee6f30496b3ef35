"use strict";
/* Rules for moved priors, fitted to the page's draws as the run fits its own: model/stopping in
 * JavaScript (longstaff_schwartz, date_draws, date_fit; numerics/empirical_bayes). Tests hold both to
 * the same numbers. The report's own priors get such rules too: only the difference counts. */
(() => {
  const { LEAVING } = window.decide.economics;
  const { BASIS, STAGES, LIMIT, CENTER, SCALE, FIRST, RULE, fillBasis } = window.decide.worlds;
  const [TARGET, CUT, LOG_SQUARES, ROWS] = [BASIS, BASIS + 1, BASIS + 2, BASIS + 3];
  const SIZES = [1, 4, 10, 20];
  const DEGREE = [0, 1, 1, 1, ...Array(6).fill(2), ...Array(10).fill(3)];
  const [FEWEST, PROBED, TAIL, DECILES] = [10, 256, 0.002, 2.563103131089201];
  const [DIVIDED, NEAREST, WANTED, FIRST_TURNS, TURNS] = [200, 100, 10, 3, 1];
  const [WEIGHT_TAIL, FLOOR, NOISE_RIDGE, CURVE] = [0.02, 1e-4, 1e-6, 10];
  const [STEPS, RIDGE, LEAST_VARIANCE, LEAST_NOISE] = [5, 1e-9, 1e-14, 1e-12];
  const STATES = 3;

  const affordable = (draws) => SIZES.reduce((used, size) => (size * WANTED <= draws ? size : used), 1);

  function quantile(values, count, share) {
    const sorted = values.slice(0, count).sort();
    const place = share * (count - 1);
    const low = Math.floor(place);
    return sorted[low] + (low + 1 < count ? (place - low) * (sorted[low + 1] - sorted[low]) : 0);
  }

  /** Evenly spaced ones of the first values: from 256 to 511 of many. */
  function probe(values, count) {
    const stride = Math.max(Math.floor(count / PROBED), 1);
    return Float64Array.from({ length: Math.ceil(count / stride) }, (_, k) => values[k * stride]);
  }

  /** Median and scale of a state. */
  function locate(values, count) {
    const some = probe(values, count);
    const center = quantile(some, some.length, 0.5);
    let scale = (quantile(some, some.length, 0.9) - quantile(some, some.length, 0.1)) / DECILES;
    if (!(scale > 0)) {
      let [mean, squares] = [0, 0];
      for (let j = 0; j < count; j += 1) mean += values[j] / count;
      for (let j = 0; j < count; j += 1) squares += (values[j] - mean) ** 2 / count;
      scale = Math.sqrt(squares);
    }
    return [center, scale > 0 ? scale : 1];
  }

  /** Weighted products of the first columns with each other, and of further rows with these. */
  function products(columns, weights, draws, leading, further, out, scaled) {
    const rows = [...Array(leading).keys(), ...further];
    for (const a of rows) {
      const column = columns[a];
      for (let j = 0; j < draws; j += 1) scaled[j] = weights[j] * column[j];
      const end = a < leading ? a + 1 : leading;
      let b = 0;
      for (; b + 3 < end; b += 4) {
        const [c0, c1, c2, c3] = [columns[b], columns[b + 1], columns[b + 2], columns[b + 3]];
        let [s0, s1, s2, s3] = [0, 0, 0, 0];
        for (let j = 0; j < draws; j += 1) {
          const x = scaled[j];
          s0 += x * c0[j];
          s1 += x * c1[j];
          s2 += x * c2[j];
          s3 += x * c3[j];
        }
        out[a * ROWS + b] = s0;
        out[a * ROWS + b + 1] = s1;
        out[a * ROWS + b + 2] = s2;
        out[a * ROWS + b + 3] = s3;
      }
      for (; b < end; b += 1) out[a * ROWS + b] = dot(scaled, columns[b], draws);
      if (a >= leading) out[a * ROWS + a] = dot(scaled, column, draws);
    }
  }

  function dot(a, b, count) {
    let sum = 0;
    for (let j = 0; j < count; j += 1) sum += a[j] * b[j];
    return sum;
  }

  /** The solution of symmetric positive equations; `inverse` becomes that of Cholesky's factor. */
  function solvePositive(matrix, size, right, inverse, out) {
    for (let j = 0; j < size; j += 1) {
      const least = 1e-15 * matrix[j * ROWS + j];
      let pivot = matrix[j * ROWS + j];
      for (let k = 0; k < j; k += 1) pivot -= matrix[j * ROWS + k] ** 2;
      const root = Math.sqrt(Math.max(pivot, least));
      matrix[j * ROWS + j] = root;
      for (let i = j + 1; i < size; i += 1) {
        let rest = matrix[i * ROWS + j];
        for (let k = 0; k < j; k += 1) rest -= matrix[i * ROWS + k] * matrix[j * ROWS + k];
        matrix[i * ROWS + j] = rest / root;
      }
      inverse[j * ROWS + j] = 1 / root;
      for (let i = 0; i < j; i += 1) {
        let rest = 0;
        for (let k = i; k < j; k += 1) rest += matrix[j * ROWS + k] * inverse[k * ROWS + i];
        inverse[j * ROWS + i] = -rest / root;
      }
    }
    for (let j = 0; j < size; j += 1) out[j] = 0;
    for (let i = 0; i < size; i += 1) {
      let explained = 0;
      for (let k = 0; k <= i; k += 1) explained += inverse[i * ROWS + k] * right[k];
      for (let j = 0; j <= i; j += 1) out[j] += inverse[i * ROWS + j] * explained;
    }
  }

  /** Coefficients drawn towards 0 by degree, as far as the draws say. */
  function shrink({ found, matrix, inverse, right }, squares, draws, used, free, out) {
    const groups = DEGREE[used - 1] + 1;
    const size = new Float64Array(groups);
    for (let j = 0; j < used; j += 1) size[DEGREE[j]] += 1;
    let noise = squares / draws;
    let [parameters, explained] = [0, 0];
    const variance = size.map((count) => (0.25 * noise) / count);
    const precision = new Float64Array(used);
    const spread = new Float64Array(used);
    for (let step = 0; step < STEPS; step += 1) {
      for (let i = 0; i < used; i += 1) {
        const least = Math.max(variance[DEGREE[i]], LEAST_VARIANCE * noise);
        precision[i] = i < free ? 0 : noise / least;
        for (let j = 0; j <= i; j += 1) matrix[i * ROWS + j] = found[i * ROWS + j];
        matrix[i * ROWS + i] += RIDGE * found[i * ROWS + i] + precision[i];
      }
      solvePositive(matrix, used, right, inverse, out);
      for (let j = 0; j < used; j += 1) {
        spread[j] = 0;
        for (let i = j; i < used; i += 1) spread[j] += noise * inverse[i * ROWS + j] ** 2;
      }
      parameters = used;
      variance.fill(0);
      for (let j = 0; j < used; j += 1) {
        parameters -= (precision[j] * spread[j]) / noise;
        variance[DEGREE[j]] += (out[j] * out[j] + spread[j]) / size[DEGREE[j]];
      }
      explained = 0;
      for (let j = 0; j < used; j += 1) {
        let fitted = found[j * ROWS + j] * out[j];
        for (let k = 0; k < j; k += 1) fitted += 2 * found[j * ROWS + k] * out[k];
        explained += out[j] * (2 * right[j] - fitted);
      }
      noise = Math.max(squares - explained, LEAST_NOISE * squares) / Math.max(draws - parameters, 1);
    }
    const mean = free > 0 ? right[0] / found[0] : 0;
    const least = Math.max(squares - explained, LEAST_NOISE * squares);
    let odds = draws * Math.log(Math.max(squares - mean * right[0], least) / least);
    odds -= (parameters - free) * Math.log(draws);
    const trust = 1 / (1 + Math.exp(-0.5 * odds));
    for (let j = 0; j < used; j += 1) out[j] *= trust;
    out[0] += (1 - trust) * mean;
  }

  /** Shrunk coefficients, the mean of what was cut put back. */
  function fit(columns, weights, draws, used, free, room, out) {
    const { found, right } = room;
    products(columns, weights, draws, used, [TARGET], found, room.scaled);
    let [whole, cut] = [found[0], 0];
    for (let j = 0; j < draws; j += 1) cut += weights[j] * columns[CUT][j];
    const shift = cut / whole;
    const squares = found[TARGET * ROWS + TARGET]
      + shift * (2 * found[TARGET * ROWS] + shift * whole);
    out.fill(0);
    if (!(squares > 0)) return;
    for (let j = 0; j < used; j += 1) right[j] = found[TARGET * ROWS + j] + shift * found[j * ROWS];
    shrink(room, squares, draws, used, free, out);
  }

  function combine(columns, weights, used, count, out) {
    out.fill(0, 0, count);
    for (let a = 0; a < used; a += 1) {
      const [weight, column] = [weights[a], columns[a]];
      if (weight !== 0) for (let j = 0; j < count; j += 1) out[j] += weight * column[j];
    }
  }

  function stage(coefficients, count, room) {
    combine(room.columns, coefficients, BASIS, count, room.fit);
    for (let j = 0; j < count; j += 1) if (room.stays[j]) room.gain[j] = room.fit[j];
  }

  /** Weights by the inverse of the noise, as its logarithm was fitted; their mean is 1. */
  function weigh(curve, count, { columns, weights }) {
    combine(columns, curve, CURVE, count, weights);
    let mean = 0;
    for (let j = 0; j < count; j += 1) mean += weights[j] / count;
    for (let j = 0; j < count; j += 1) weights[j] = Math.exp(mean - weights[j]);
    const some = probe(weights, count);
    const low = quantile(some, some.length, WEIGHT_TAIL);
    const high = quantile(some, some.length, 1 - WEIGHT_TAIL);
    let total = 0;
    for (let j = 0; j < count; j += 1) {
      weights[j] = Math.min(high, Math.max(low, weights[j]));
      total += weights[j];
    }
    for (let j = 0; j < count; j += 1) weights[j] *= count / total;
  }

  /** What the noise depends on: the logarithm of squared residuals. */
  function learnNoise(curve, count, room) {
    const { columns, near, found, right, inverse } = room;
    const logs = columns[LOG_SQUARES];
    let mean = 0;
    for (let j = 0; j < count; j += 1) {
      logs[j] = (columns[TARGET][j] - room.fit[j]) ** 2;
      mean += logs[j] / count;
    }
    for (let j = 0; j < count; j += 1) logs[j] = Math.log(logs[j] + FLOOR * mean + 1e-300);
    near.weights.fill(1, 0, count);
    products(columns, near.weights, count, CURVE, [LOG_SQUARES], found, room.scaled);
    for (let j = 0; j < CURVE; j += 1) {
      right[j] = found[LOG_SQUARES * ROWS + j];
      found[j * ROWS + j] += NOISE_RIDGE * count;
    }
    solvePositive(found, CURVE, right, inverse, curve);
  }

  function regress(coefficients, curve, count, room) {
    const used = affordable(count);
    room.stays.fill(1, 0, count);
    const turns = curve[0] === 0 ? FIRST_TURNS : TURNS;
    for (let turn = 0; turn < turns; turn += 1) {
      weigh(curve, count, room);
      fit(room.columns, room.weights, count, used, 1, room, coefficients);
      stage(coefficients, count, room);
      learnNoise(curve, count, room);
    }
    weigh(curve, count, room);
  }

  /** The draws that stay, to the front, with what is left to explain for the target. */
  function gatherNear(count, used, { columns, weights, fit: fitted, stays, near }) {
    let [kept, total] = [0, 0];
    for (let j = 0; j < count; j += 1) {
      if (!stays[j]) continue;
      for (let a = 0; a < used; a += 1) near.columns[a][kept] = columns[a][j];
      near.columns[TARGET][kept] = columns[TARGET][j] - fitted[j];
      near.columns[CUT][kept] = columns[CUT][j];
      near.weights[kept] = weights[j];
      total += weights[j];
      kept += 1;
    }
    for (let k = 0; k < kept; k += 1) near.weights[k] *= kept / total;
  }

  /** Corrections on the half of the draws nearest the boundary, and on the nearest half again. */
  function correct(rule, count, room) {
    const { gain, stays, near } = room;
    for (let later = 1; later < STAGES; later += 1) {
      let size = 0;
      for (let j = 0; j < count; j += 1) if (stays[j]) near.weights[size++] = Math.abs(gain[j]);
      if (size < DIVIDED) return;
      const some = probe(near.weights, size);
      const limit = quantile(some, some.length, 0.5);
      let kept = 0;
      for (let j = 0; j < count; j += 1) {
        stays[j] = stays[j] && Math.abs(gain[j]) <= limit ? 1 : 0;
        kept += stays[j];
      }
      if (kept < NEAREST) return;
      rule[LIMIT + later - 1] = limit;
      const at = FIRST + later * BASIS;
      const now = rule.subarray(at, at + BASIS);
      const used = affordable(kept);
      gatherNear(count, used, room);
      fit(near.columns, near.weights, kept, used, 0, room, now);
      for (let b = 0; b < BASIS; b += 1) now[b] += rule[at - BASIS + b];
      stage(now, count, room);
    }
  }

  /** One date: its open draws laid out, what is regressed, the fit, and whether it pays. */
  function fitDate(seen, cell, cash, curve, rule, room) {
    const { size } = seen;
    const { places, columns, raw, gain } = room;
    let count = 0;
    for (let n = 0; n < size; n += 1) if (seen.open[cell * size + n]) places[count++] = n;
    rule[LIMIT] = rule[LIMIT + 1] = -1;
    if (count < FEWEST) return 0;
    const states = room.states;
    for (let k = 0; k < STATES; k += 1) {
      const own = seen.states.subarray((cell * STATES + k) * size, (cell * STATES + k + 1) * size);
      for (let j = 0; j < count; j += 1) states[k][j] = own[places[j]];
      [rule[CENTER + k], rule[SCALE + k]] = locate(states[k], count);
    }
    for (let j = 0; j < count; j += 1) {
      for (let k = 0; k < STATES; k += 1) room.state[k] = states[k][j];
      fillBasis(room.state, rule, 0, room.basis);
      for (let a = 0; a < BASIS; a += 1) columns[a][j] = room.basis[a];
      raw[j] = seen.pays[cell * size + places[j]] - cash[places[j]];
    }
    const low = quantile(raw, count, TAIL);
    const high = quantile(raw, count, 1 - TAIL);
    for (let j = 0; j < count; j += 1) {
      columns[TARGET][j] = Math.min(high, Math.max(low, raw[j]));
      columns[CUT][j] = raw[j] - columns[TARGET][j];
    }
    regress(rule.subarray(FIRST, FIRST + BASIS), curve, count, room);
    correct(rule, count, room);
    let [total, squares] = [0, 0];
    for (let j = 0; j < count; j += 1) {
      if (gain[j] > 0) {
        total += raw[j];
        squares += raw[j] ** 2;
      }
    }
    rule[0] = total > -Math.sqrt(squares) ? 1 : 0;
    return count;
  }

  function roomFor(size) {
    const column = () => new Float64Array(size);
    const several = (count) => Array.from({ length: count }, column);
    const square = () => new Float64Array(ROWS * ROWS);
    return {
      columns: several(ROWS), states: several(STATES), state: new Float64Array(STATES),
      basis: new Float64Array(BASIS), places: new Int32Array(size), stays: new Uint8Array(size),
      raw: column(), fit: column(), gain: column(), weights: column(), scaled: column(),
      near: { columns: several(ROWS), weights: column() },
      found: square(), matrix: square(), inverse: square(), right: new Float64Array(ROWS),
    };
  }

  /** Rules of all players and strategies, fitted to what was seen; yields after each option. */
  function* fitted(seen, cells) {
    const dates = LEAVING.length;
    const rules = new Float64Array(cells * dates * RULE);
    const room = roomFor(seen.size);
    const cash = new Float64Array(seen.size);
    for (let cell = 0; cell < cells; cell += 1) {
      const curve = new Float64Array(CURVE);
      cash.fill(0);
      for (let date = dates - 1; date >= 0; date -= 1) {
        const place = cell * dates + date;
        const rule = rules.subarray(place * RULE, (place + 1) * RULE);
        const count = fitDate(seen, place, cash, curve, rule, room);
        for (let j = 0; j < count && rule[0] > 0; j += 1) {
          if (room.gain[j] > 0) cash[room.places[j]] = seen.pays[place * seen.size + room.places[j]];
        }
      }
      yield null;
    }
    return rules;
  }

  window.decide = { ...window.decide, tuning: { fitted } };
})();
