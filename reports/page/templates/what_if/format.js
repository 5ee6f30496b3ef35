"use strict";
/* Numbers in words, the same as reports/text/numbers.py; and what the page calls the strategies. */
(() => {
  const MINUS = "\u2212";
  const NOTHING = "not known";
  const SMALLEST = 1e-7;
  const LARGEST = 1e15;
  const DIGITS = 3;
  const MOST_DECIMALS = 12;
  const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷",
    8: "⁸", 9: "⁹" };

  const leading = (x) => Math.floor(Math.log10(Math.abs(x)));
  const round = (x, places) => Number(`${Math.round(Number(`${x}e${places}`))}e${-places}`);
  const safeRound = (x, places) => (String(x).includes("e")
    ? Math.round(x * 10 ** places) / 10 ** places : round(x, places));
  const decimalsOf = (value) => (!Number.isFinite(value) || value === 0 ? 0 : DIGITS - 1 - leading(value));

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

  const { advice: ADVICE, short: SHORT, css: CSS } = JSON.parse(
    document.getElementById("strategy-data").textContent);

  window.decide = {
    ...window.decide, format: { ADVICE, SHORT, classOf: (name) => CSS[name], number },
  };
})();
