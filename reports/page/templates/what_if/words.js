"use strict";
/* What the what-if says: values in units, verdicts, and at most five lines on what has changed. */
(() => {
  const { format } = window.decide;
  const MINUS = "\u2212";
  const SPACE = "\u00a0";
  const BET = 2 / 3;
  const MOST_LINES = 5;

  const two = (value) => format.number(Number(value.toPrecision(2)));

  /** Millions below which an amount is nothing: a dollar. */
  const LEAST = 1e-6;
  const UNITS = [[1e3, "tn"], [1, "bn"], [1e-3, "m"]];

  /** Money with two digits, as reports/text/dollars.py has it: "$17 bn", "$530 m". */
  function money(value) {
    const size = Number(Math.abs(value).toPrecision(2));
    const [by, unit] = UNITS.find(([start]) => size >= start) ?? UNITS.at(-1);
    const amount = size / by;
    if (amount < LEAST) return "$0";
    const text = format.number(amount, 1 - Math.floor(Math.log10(amount) + 1e-12));
    return `${value < 0 ? MINUS : ""}$${text}${SPACE}${unit}`;
  }

  /** A value in its unit, for readers: "$30 billion a year". */
  function inUnit(value, unit) {
    const [, rest] = /^USD billion(.*)$/.exec(unit) ?? [];
    if (rest !== undefined) {
      const [by, name] = Math.abs(value) >= 1 ? [1, "billion"] : [1e3, "million"];
      return `$${two(value * by)}${SPACE}${name}${rest.replace(/^\/ ?/, " a ")}`;
    }
    return unit ? `${two(value)}${SPACE}${unit}` : two(value);
  }

  const advice = (name) => format.ADVICE[name];
  const sure = (entry) => entry.gain > 2 * entry.gain_mcse;
  const changedBy = ({ value, error }) => value !== 0 && Math.abs(value) > 2 * error;

  function joined(names) {
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  }

  const worlds = (share) => {
    const count = Math.round(100 * share);
    if (count < 1) return "fewer than 1";
    return count > 99 ? "more than 99" : String(count);
  };

  /** What has become of one company: `{kind, text}`, from its entries before and now. */
  function change(label, before, now) {
    const verdict = now.best !== before.best && sure(now) && changedBy(now.gain_change);
    if (verdict) {
      const was = before.resolved ? `“${advice(before.best)}”` : "“not resolved”";
      return { kind: "verdict", label, best: now.best,
        text: `from ${was} to ${advice(now.best)}, ${money(now.gain)} ahead` };
    }
    if (!changedBy(now.gain_change)) return { kind: "none", label };
    if (sure(before) && !sure(now)) {
      return { kind: "open", label, text: "leaving and staying become too close to call" };
    }
    const odds = now.best === before.best && (before.wins < BET) !== (now.wins < BET)
      && Math.abs(now.wins - before.wins) > 2 * now.wins_mcse;
    if (odds) {
      return { kind: "bet", label, text: now.wins < BET
        ? `${advice(now.best)} becomes a bet: better in ${worlds(now.wins)} of 100 worlds`
        : `${advice(now.best)} is no longer a bet: better in ${worlds(now.wins)} of 100 worlds` };
    }
    if (now.best !== before.best) {
      return { kind: "open", label, text: "leaving and staying become too close to call" };
    }
    const verb = now.gain > before.gain ? "grows" : "falls";
    return { kind: "lead", label, size: Math.abs(Math.log(Math.max(now.gain, 1e-9) / Math.max(before.gain, 1e-9))),
      text: `still ${advice(now.best)}, but its lead ${verb} from ${money(before.gain)} to ${money(now.gain)}` };
  }

  /** At most five lines: changed verdicts, what has become open, bets, leads, and who is left. */
  function lines(changes) {
    const of = (kind) => changes.filter((one) => one.kind === kind);
    const leads = of("lead").sort((a, b) => b.size - a.size);
    const told = [...of("verdict"), ...of("open"), ...of("bet"), ...leads];
    const rest = [];
    const room = MOST_LINES - (of("none").length ? 1 : 0);
    const shown = told.length > room ? told.slice(0, room - 1) : told;
    if (told.length > shown.length) {
      const left = told.slice(shown.length).map(({ label }) => label);
      rest.push({ label: joined(left), text: "the same verdict by another lead" });
    }
    const none = of("none").map(({ label }) => label);
    if (none.length) {
      rest.push({ label: none.length === changes.length ? "All" : joined(none),
        text: "no change that these draws can tell" });
    }
    return [...shown, ...rest];
  }

  const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve"];

  function headline(moved, changes) {
    const count = changes.filter(({ kind }) => kind === "verdict").length;
    const many = COUNTS[count] ?? String(count);
    return `With ${joined(moved)}, ${many} ${count === 1 ? "verdict changes" : "verdicts change"}`;
  }

  window.decide = { ...window.decide, words: { change, headline, inUnit, joined, lines, money, worlds } };
})();
