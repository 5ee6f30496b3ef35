"use strict";
/* Numbers and verdicts in words: the same as reports/text/numbers.py and reports/text/verdict.py. */
(() => {
  const MINUS = "\u2212";
  const NOTHING = "not known";
  const SMALLEST = 1e-7;
  const LARGEST = 1e15;
  const DIGITS = 3;
  const MOST_DIGITS = 4;
  const MOST_DECIMALS = 12;
  const NEARLY_ALWAYS = 0.9;
  const UNITS = [
    [1e3, 1e3, "trillion"],
    [0.1, 1, "billion"],
    [1e-4, 1e-3, "million"],
    [1e-7, 1e-6, "thousand"],
    [0, 1e-9, ""],
  ];
  const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷",
    8: "⁸", 9: "⁹" };

  const leading = (x) => Math.floor(Math.log10(Math.abs(x)));
  const round = (x, places) => Number(`${Math.round(Number(`${x}e${places}`))}e${-places}`);
  const safeRound = (x, places) => (String(x).includes("e")
    ? Math.round(x * 10 ** places) / 10 ** places : round(x, places));

  function decimalsOf(value, mcse = 0) {
    if (Number.isFinite(mcse) && mcse > 0) {
      const place = -leading(mcse);
      return Math.round(mcse * 10 ** place) >= 10 ? place - 1 : place;
    }
    return !Number.isFinite(value) || value === 0 ? 0 : DIGITS - 1 - leading(value);
  }

  function powerOfTen(value) {
    const [mantissa, exponent] = value.toExponential(2).split("e");
    const power = String(Number(exponent)).replace(/[-0-9]/g, (c) => SUPERSCRIPTS[c]);
    return `${String(Number(mantissa)).replace("-", MINUS)} × 10${power}`;
  }

  function number(value, decimals = null) {
    if (Number.isNaN(value)) return NOTHING;
    if (!Number.isFinite(value)) return value > 0 ? "infinite" : `${MINUS}infinite`;
    if (value !== 0 && !(Math.abs(value) >= SMALLEST && Math.abs(value) < LARGEST)) {
      return powerOfTen(value);
    }
    const places = Math.min(decimals ?? decimalsOf(value), MOST_DECIMALS);
    const shown = Math.max(places, 0);
    let text = safeRound(value, places).toLocaleString("en-US", {
      minimumFractionDigits: shown,
      maximumFractionDigits: shown,
    });
    if (decimals === null && text.includes(".")) text = text.replace(/\.?0+$/, "");
    if (!/[1-9]/.test(text)) return text.replace("-", "");
    return text.replace("-", MINUS);
  }

  function figure(value, mcse) {
    if (!Number.isFinite(value) || !Number.isFinite(mcse) || mcse < SMALLEST) return number(value);
    let places = decimalsOf(value, mcse);
    if (value !== 0) places = Math.min(places, MOST_DIGITS - 1 - leading(value));
    if (safeRound(mcse, places) === 0) return number(value, places);
    return `${number(value, places)} ± ${number(mcse, places)}`;
  }

  function rounded(value, mcse) {
    if (!Number.isFinite(value) || !Number.isFinite(mcse) || value === 0) return number(value);
    const places = decimalsOf(value);
    return number(value, mcse > 0 ? Math.min(places, decimalsOf(value, mcse)) : places);
  }

  function signed(value, mcse = 0) {
    const text = figure(value, mcse);
    return value > 0 && /[1-9]/.test(text.split(" ±")[0]) ? `+${text}` : text;
  }

  function money(value, mcse = 0) {
    if (Number.isNaN(value)) return NOTHING;
    const size = Math.max(Math.abs(value), Number.isFinite(mcse) ? mcse : 0);
    if (size === 0) return "$0";
    const [, unit, name] = UNITS.find(([start]) => size >= start);
    const text = figure(value / unit, mcse / unit);
    const sign = text.startsWith(MINUS) ? MINUS : "";
    return `${sign}$${text.replace(MINUS, "")} ${name}`.trim();
  }

  function percent(probability) {
    if (Number.isNaN(probability)) return NOTHING;
    if (probability > 0 && probability <= 0.005) return "<1 %";
    if (probability >= 0.995 && probability < 1) return ">99 %";
    return `${Math.round(100 * probability)} %`;
  }

  function frequency(probability) {
    if (Number.isNaN(probability)) return "an unknown number of worlds";
    if (probability <= 0) return "none of the worlds drawn";
    if (probability >= 1) return "all worlds drawn";
    if (probability <= 0.005) return "fewer than 1 of 100 worlds";
    if (probability >= 0.995) return "more than 99 of 100 worlds";
    return `${Math.round(100 * probability)} of 100 worlds`;
  }

  const strategies = JSON.parse(document.getElementById("strategy-data").textContent);
  const { question: [leaving, staying], advice: ADVICE, doing: DOING, short: SHORT, css: CSS } = strategies;
  const classOf = (name) => CSS[name];
  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  function standing(entry) {
    if (!entry.resolved) return "unresolved";
    const exitBetter = entry.exit_minus_stay.probability_positive;
    if (entry.best === staying && exitBetter > 0.5) return "bet";
    if (entry.best === leaving && exitBetter < 0.5) return "insurance";
    return "agree";
  }

  const required = (entry) => (entry.required ? Number(entry.required.toPrecision(3)) : "two");
  const lead = (entry) => money(entry.best_minus_next.mean, entry.best_minus_next.mean_mcse);

  function exitOrStay(entry) {
    const { best } = entry;
    const other = best === leaving ? staying : leaving;
    const difference = entry.exit_minus_stay;
    const worth = money((best === leaving ? 1 : -1) * difference.mean, difference.mean_mcse);
    const exitBetter = difference.probability_positive;
    const better = best === leaving ? exitBetter : 1 - exitBetter;
    const how = {
      bet: ["as a bet", "because a few worlds pay a great deal"],
      insurance: ["as insurance", "because it avoids a few very costly worlds"],
    }[standing(entry)];
    if (!how) {
      return `${ADVICE[best]}. Better than ${DOING[other]} in ${frequency(better)}; `
        + `${worthOf(entry, worth)}.`;
    }
    return `${ADVICE[best]}, ${how[0]}. ${capital(DOING[best])} is ${worthOf(entry, worth)}, `
      + `${how[1]}; ${DOING[other]} is better in ${frequency(1 - better)}.`;
  }

  /** What the better of exit and stay is worth: less where the other is left within the year. */
  function worthOf(entry, worth) {
    const saved = entry.one_more_year && entry.best === leaving;
    return saved
      ? `worth ${worth} on average, ${strategies.oneMoreYear}` : `worth ${worth} more on average`;
  }

  /** Of a strategy that is neither to exit nor to stay: how often it is the best of all. */
  function neither(entry) {
    const { best, likeliest_best: often, probability_best: odds } = entry;
    const bestOf = `${ADVICE[best]}. The ${strategies.bestOf} in ${frequency(odds[best])}`;
    if (often === best) return `${bestOf}.`;
    return `${bestOf}, fewer than the ${frequency(odds[often])} of ${DOING[often]}, `
      + "but ahead on average.";
  }

  /** What a strategy comes to where its real option is used at once, or nearly always. */
  function really(entry) {
    return Object.entries(entry.strategies).map(([name, { option }]) => {
      if (!option || ![entry.best, staying].includes(name)) return "";
      const [year, share] = Object.entries(option.by_year)[0];
      const doing = capital(DOING[name]);
      if (option.real_option === "leave" && share >= NEARLY_ALWAYS) {
        return ` ${doing} would mean leaving at the end of ${year} in ${frequency(share)}.`;
      }
      if (option.real_option === "come back" && option.probability_used >= NEARLY_ALWAYS) {
        return ` ${doing} would mean coming back later in ${frequency(option.probability_used)}.`;
      }
      return "";
    }).join("");
  }

  /** Whether leave or operate changes in another form of the model that was tried. */
  const dependsOnForm = (entry) => Boolean(entry.form?.depends);
  const sure = (entry) => entry.resolved && !dependsOnForm(entry);

  function verdictText(entry) {
    const doubt = dependsOnForm(entry) ? "depends on the model’s form. As stated: " : "";
    return doubt + judgement(entry) + really(entry);
  }

  function judgement(entry) {
    if (!entry.resolved) {
      return `not resolved. ${capital(DOING[entry.best])} is ahead of ${DOING[entry.next]} by `
        + `${lead(entry)} on average, less than ${required(entry)} standard errors; ${DOING[leaving]} is better `
        + `than ${DOING[staying]} in ${frequency(entry.exit_minus_stay.probability_positive)}.`;
    }
    const asked = (name) => name === leaving || name === staying;
    const text = asked(entry.best) ? exitOrStay(entry) : neither(entry);
    if (asked(entry.best) && asked(entry.next)) return text;
    return `${text} Next best: ${DOING[entry.next]}, ${lead(entry)} behind.`;
  }

  window.decide = {
    ...window.decide,
    format: { ADVICE, SHORT, classOf, figure, frequency, leaving, money, number, percent, rounded,
      signed, standing, staying, sure, verdictText },
  };
})();
