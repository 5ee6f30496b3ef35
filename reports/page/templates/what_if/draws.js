"use strict";
/* The run's own draws, made again: Sobol points → normal scores → copula → quantile functions.
 * As model/sampling makes them, bit for bit up to the scores; tests compare. */
(() => {
  const { normalScore } = window.decide.economics;
  const WORDS = 33;
  const POOL = 4;
  const OUTMOST_SCORE = 8;

  /** Random words of a stream, as NumPy's SeedSequence makes them; entropy in words of 32 bits. */
  function seedWords(entropy, count) {
    let constant = 0x43b0d7e5;
    const hashed = (word, times) => {
      const first = word ^ constant;
      constant = Math.imul(constant, times);
      const mixed = Math.imul(first, constant);
      return mixed ^ (mixed >>> 16);
    };
    const pool = new Uint32Array(POOL);
    for (let place = 0; place < POOL; place += 1) pool[place] = hashed(entropy[place], 0x931e8875);
    for (let source = 0; source < entropy.length; source += 1) {
      for (let place = 0; place < POOL; place += 1) {
        if (source === place) continue;
        const word = hashed(source < POOL ? pool[source] : entropy[source], 0x931e8875);
        const mixed = Math.imul(0xca01f9dd, pool[place]) - Math.imul(0x4973f715, word);
        pool[place] = mixed ^ (mixed >>> 16);
      }
    }
    constant = 0x8b51f9dd;
    return Uint32Array.from({ length: count }, (_, place) => hashed(pool[place % POOL], 0x58f38ded));
  }

  function parity(word) {
    let bits = word ^ (word >>> 16);
    bits ^= bits >>> 8;
    bits ^= bits >>> 4;
    bits ^= bits >>> 2;
    return (bits ^ (bits >>> 1)) & 1;
  }

  /** Direction numbers multiplied by a random lower triangular matrix over {0, 1}. */
  function scrambled(numbers, words) {
    const out = new Uint32Array(numbers.length);
    for (let bit = 0; bit < 32; bit += 1) {
      const place = 31 - bit;
      const own = 1 << place;
      const higher = bit > 0 ? ~(own * 2 - 1) : 0;
      const row = bit > 0 ? (words[bit] & higher) | own : own;
      for (let column = 0; column < numbers.length; column += 1) {
        out[column] |= parity(row & numbers[column]) << place;
      }
    }
    return out;
  }

  /** Cubic Hermite interpolation of values at equidistant scores. */
  function interpolation({ step, low, high }, values) {
    const half = (values.length - 7) / 2;
    const nodes = values.subarray(3, values.length - 3);
    const slopes = new Float64Array(nodes.length);
    for (let k = 0; k < nodes.length; k += 1) {
      const apart = (far) => values[k + 3 + far] - values[k + 3 - far];
      slopes[k] = (45 * apart(1) - 9 * apart(2) + apart(3)) / 60;
    }
    return (wanted) => {
      const score = Math.min(Math.max(wanted, -OUTMOST_SCORE), OUTMOST_SCORE);
      const place = score / step + half;
      const node = Math.min(Math.max(Math.floor(place), 0), nodes.length - 2);
      const s = place - node;
      const rise = nodes[node + 1] - nodes[node];
      const bend = (1 - s) * (slopes[node] - rise) - s * (slopes[node + 1] - rise);
      const found = nodes[node] + s * rise + s * (1 - s) * bend;
      return Math.min(Math.max(found, low ?? -Infinity), high ?? Infinity);
    };
  }

  /** The quantile function of a prior, of a normal score. */
  function quantileFunction(prior, tables) {
    switch (prior.form) {
      case "lognormal":
        return (score) => prior.median * Math.exp(prior.spread * score) + prior.shift;
      case "normal":
        return (score) => prior.median + prior.spread * score;
      case "steps":
        return (score) => {
          let place = 0;
          while (place < prior.scores.length && score >= prior.scores[place]) place += 1;
          return prior.values[place];
        };
      default:
        return interpolation(prior, tables.subarray(prior.from, prior.from + prior.size));
    }
  }


  /** Where the draws of a run come from: `made.scores(k)` of one quantity, `made.valueAt`. */
  function load({ seed, chains, dimensions, quantities, directions, tables }) {
    const bits = directions.length / dimensions.length;
    const priors = quantities.map(({ prior }) => {
      const found = quantileFunction(prior, tables);
      const [shift, spread] = prior.moved ?? [0, 1];
      return prior.moved ? (score) => found(shift + spread * score) : found;
    });
    /** Of each dimension and chain, scrambled direction numbers and the first point. */
    const streams = dimensions.map(() => null);

    function stream(dimension) {
      if (!streams[dimension]) {
        const numbers = directions.subarray(dimension * bits, (dimension + 1) * bits);
        streams[dimension] = Array.from({ length: chains }, (_, chain) => {
          const words = seedWords([...seed, chain, ...dimensions[dimension].key], WORDS);
          return { numbers: scrambled(numbers, words), shift: words[WORDS - 1] };
        });
      }
      return streams[dimension];
    }

    /** Independent scores of a dimension: of each chain, `count` draws from the one at `start`. */
    function independent(dimension, start, count) {
      const out = new Float64Array(chains * count);
      stream(dimension).forEach(({ numbers, shift }, chain) => {
        let point = shift;
        const gray = start ^ (start >> 1);
        for (let bit = 0; bit < bits; bit += 1) if ((gray >> bit) & 1) point ^= numbers[bit];
        for (let n = 0; n < count; n += 1) {
          out[chain * count + n] = normalScore(((point >>> 0) + 0.5) / 4294967296);
          const zeros = 31 - Math.clz32((start + n + 1) & -(start + n + 1));
          point ^= numbers[Math.min(zeros, bits - 1)];
        }
      });
      return out;
    }

    /** Scores of all quantities (quantity, chain · draw), those that are correlated mixed. */
    function scores(start, count) {
      const made = new Map();
      const of = (dimension) => {
        if (!made.has(dimension)) made.set(dimension, independent(dimension, start, count));
        return made.get(dimension);
      };
      return quantities.map(({ dimension }) => {
        const { mix } = dimensions[dimension];
        if (!mix) return of(dimension);
        const out = new Float64Array(chains * count);
        for (const [source, factor] of mix) {
          const add = of(source);
          for (let n = 0; n < out.length; n += 1) out[n] += factor * add[n];
        }
        return out;
      });
    }

    /** Values of a quantity at scores, moved to shift + spread · score. */
    function values(quantity, at, { shift = 0, spread = 1 } = {}) {
      const prior = priors[quantity];
      if (shift === 0 && spread === 1) return at.map(prior);
      return at.map((score) => prior(shift + spread * score));
    }

    const valueAt = (quantity, score) => priors[quantity](score);

    return { scores, values, valueAt };
  }

  window.decide = { ...window.decide, draws: { load, seedWords } };
})();
