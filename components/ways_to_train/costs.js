// What each way reaches at the ruler, and what that costs; the chosen row's words stand in the boxes.
import { make, svg, writePercent, writeTime, writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { mark } from "./chart.js";
import { WAYS } from "./measured.js";

/** @import { Picture } from "./picture.js" */
/** @import { Way } from "./measured.js" */

const COLUMNS = /** @type {const} */ (["share", "learning", "answering", "changed"]);
/** Signs of a hash that are shown: enough to see that two are the same. */
const SIGNS = 6;

/** Make the table; `showCosts` fills it. */
export function costs() {
  const cells = () => COLUMNS.map((name) => make("span", { class: `cell ${name}` }));
  const head = make("div", { class: "line heads", "aria-hidden": "true" }, make("span"), ...cells());
  const lines = WAYS.map((way) => {
    const drawn = svg("svg", { viewBox: "0 0 24 14", "aria-hidden": "true" });
    drawn.append(svg("path", { d: "M1,7H23", class: "curve" }), mark(way, 12, 7));
    const [years, name] = [make("small"), make("span", { class: "called" })];
    const row = make("button", { type: "button", role: "radio", class: `line way ${way}`, "data-way": way });
    const values = cells();
    row.append(make("span", { class: "who" }, drawn, name, years), ...values);
    return { row, years, name, values };
  });
  const box = make("div", { class: "costs", role: "radiogroup" }, head, ...lines.map(({ row }) => row));
  return { box, head, lines, hash: make("p", { class: "hash" }) };
}

/** @param {Picture} ui */
export function listenToCosts(ui) {
  ui.costs.lines.forEach(({ row }, at) => {
    row.onclick = () => ui.choose({ way: WAYS[at] });
    row.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const next = (at + by + WAYS.length) % WAYS.length;
      ui.choose({ way: WAYS[next] });
      ui.costs.lines[next].row.focus();
    };
  });
}

/** @param {Picture} ui */
export function showCosts(ui) {
  const { labels } = ui.data;
  ui.costs.box.setAttribute("aria-label", labels.costs);
  ui.costs.hash.textContent = labels.hash.replace(/%h/g, ui.data.costs.few_shot.model.slice(0, SIGNS));
  COLUMNS.forEach((name, at) => {
    ui.costs.head.children[at + 1].textContent = labels[name];
  });
  ui.costs.lines.forEach(({ row, years, name, values }, at) => {
    const way = WAYS[at];
    row.setAttribute("aria-checked", String(ui.state.way === way));
    row.tabIndex = ui.state.way === way ? 0 : -1;
    name.textContent = labels.wayNames[way];
    years.textContent = labels.years[way];
    const told = tellOf(ui, way);
    values.forEach((cell, column) => {
      cell.textContent = told[column];
    });
  });
}

/**
 * The cells of a way's row.
 * @param {Picture} ui
 * @param {Way} way
 */
function tellOf(ui, way) {
  const { data, state } = ui;
  const { lang, labels } = data;
  if (ui.isHidden(way, state.examples)) return ["?", "?", "?", "?"];
  const spread = ui.spread(way, state.examples);
  if (!spread) return ["–", "–", "–", "–"];
  const cost = data.costs[way];
  const at = way === "zero_shot" ? 0 : data.counts.indexOf(state.examples);
  const [learning, answering] = [cost.learning, cost.answering].map((told) => (told ? writeTime(told[at], lang) : "–"));
  const changed = cost.changed ? writeWhole(cost.changed, lang) : labels.unchanged;
  return [writePercent(spread.mean, lang, 0), learning, answering, changed];
}
