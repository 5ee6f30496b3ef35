"use strict";
/* Draws the charts. Colours are the style sheet's, so light, dark and print need no redrawing. */
(() => {
  const OPTIONS = {
    actions: false,
    ast: true, // no eval: the page's policy forbids it
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  };

  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const charts = read("chart-data");
  const drawn = new Map();

  /** Rows from columns; those of one choice, where there are choices. */
  function rowsOf(chart, choice) {
    const columns = chart.columns.map(
      (column) => (column.words ? column.places.map((place) => column.words[place]) : column));
    const rows = (columns[0] ?? []).map((_, i) =>
      Object.fromEntries(chart.fields.map((field, j) => [field, columns[j][i]])));
    return chart.fields.includes("choice") ? rows.filter((row) => row.choice === choice) : rows;
  }

  async function draw(figure) {
    const key = figure.dataset.chart;
    const chart = charts[key];
    const place = figure.querySelector(".drawing");
    const spec = { ...chart.spec, datasets: { rows: rowsOf(chart, chart.first) } };
    const result = await vegaEmbed(place, spec, OPTIONS);
    // The place is labelled, and a table is behind it: a hundred unnamed marks help nobody.
    place.querySelector("svg").setAttribute("aria-hidden", "true");
    drawn.set(key, result.view);
    const select = figure.querySelector("[data-choice]");
    if (select) {
      select.addEventListener("change", () => show(key, select.value));
    }
  }

  /** Show another choice of a chart. */
  function show(key, choice) {
    const figure = document.getElementById(`chart-${key}`);
    const finding = charts[key].finding[choice];
    figure.querySelector(".finding").textContent = finding;
    figure.querySelector(".drawing").setAttribute("aria-label", finding);
    replace(key, rowsOf(charts[key], choice));
  }

  /** Put other rows into a chart. */
  function replace(key, rows) {
    const view = drawn.get(key);
    if (view) {
      view.data("rows", rows).runAsync();
    }
  }

  const original = (key) => rowsOf(charts[key], charts[key].first);

  /** One chart after the other, each in a pause, so that the page answers meanwhile. */
  async function drawAll() {
    for (const figure of document.querySelectorAll("[data-chart]")) {
      await new Promise((resume) => setTimeout(resume));
      try {
        await draw(figure);
      } catch (error) {
        figure.querySelector("details.figures").open = true;
        console.error(`chart ${figure.dataset.chart}: ${error.message}`);
      }
    }
    document.documentElement.dataset.charts = "drawn";
  }

  window.decide = { ...window.decide, charts: { original, replace, drawn } };
  drawAll();
})();
