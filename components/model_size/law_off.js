// Where the law is off: a cell for each size and budget, with measured over law. Who chooses one moves the ruler there.
import { clamp, make, writeNumber, writeShort } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { choose } from "./law_game.js";
import { lawAt, writeCount } from "./law_places.js";

/** @import { Picture } from "./law.js" */
/** @import { Place } from "./law_places.js" */

/** How many times off is as dark as it gets. */
const DARK = 3;
/** By how many rows and columns a key goes on. */
const KEYS = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  Home: [0, -99],
  End: [0, 99],
};

/** Make the table, one stop of the keyboard in which arrows choose; `showOff` fills it. */
export function offMap() {
  const [title, rows] = [make("caption"), make("tbody")];
  const [law, seeds, whole] = [
    make("p", { class: "fitted" }),
    make("p", { class: "note" }),
    make("p", { class: "note" }),
  ];
  const head = make("tr");
  const table = make("table", { role: "grid" }, title, make("thead", {}, head), rows);
  return {
    box: make("section", { class: "map" }, table, law, seeds, whole),
    title,
    head,
    rows,
    law,
    seeds,
    whole,
    cells: cellsOf(),
  };
}

/** @returns {HTMLTableCellElement[][]} by budget and size, once they are made */
function cellsOf() {
  return [];
}

/** @param {Picture} ui */
export function showOff(ui) {
  const { off: held, data } = ui;
  const { labels, lang, study } = data;
  held.box.hidden = ui.isPredicting();
  if (held.box.hidden) return;
  if (held.rows.dataset.lang !== lang) fill(ui);
  held.title.replaceChildren(labels.map, make("span", {}, labels.mapAxes));
  const [alpha, beta] = [study.alpha, study.beta].map((found) => found.map((each) => writeNumber(each, lang, 2)));
  held.law.replaceChildren(
    `${labels.fitted} A·N`,
    make("sup", {}, `−${alpha[0]}`),
    " + B·D",
    make("sup", {}, `−${beta[0]}`),
  );
  held.seeds.textContent = labels.overSeeds
    .replace("%a", alpha[1])
    .replace("%b", alpha[2])
    .replace("%c", beta[1])
    .replace("%d", beta[2]);
  held.whole.textContent = ui.state.embeddings ? labels.whole.replace("%a", alpha[3]) : "";
  held.cells.forEach((row, budget) => {
    row.forEach((cell, size) => {
      const isLit = budget === ui.budget() && size === ui.size();
      cell.classList.toggle("lit", isLit);
      cell.setAttribute("aria-selected", String(isLit));
      cell.tabIndex = isLit ? 0 : -1;
    });
  });
}

/** @param {Picture} ui */
function fill(ui) {
  const { off: held, data } = ui;
  const { lang, study } = data;
  held.rows.dataset.lang = lang;
  const heads = study.sizes.map(({ inside }) => make("th", { scope: "col" }, writeCount(inside, lang)));
  held.head.replaceChildren(make("td", {}, ""), ...heads);
  held.cells = study.budgets.map((_, budget) => study.sizes.map((__, size) => cellOf(ui, { budget, size })));
  const rows = held.cells.map((cells, budget) =>
    make("tr", {}, make("th", { scope: "row" }, writeShort(study.budgets[budget].stories, lang, 6)), ...cells),
  );
  held.rows.replaceChildren(...rows);
}

/**
 * @param {Picture} ui
 * @param {Place} place
 */
function cellOf(ui, { budget, size }) {
  const { labels, lang, study } = ui.data;
  const { stories, tokens } = study.budgets[budget];
  const { inside, width } = study.sizes[size];
  const off = study.points[budget][size].mean / lawAt(study.laws[study.sizes.length], inside, tokens);
  const written = writeNumber(off, lang, 2);
  const words = labels.cell.replace("%n", writeNumber(inside, lang, 0)).replace("%s", writeNumber(stories, lang, 0));
  const cell = make("td", { class: off > 1 ? "above" : "below", "aria-label": words.replace("%t", written) }, written);
  const share = Math.min(1, Math.abs(Math.log(off)) / Math.log(DARK));
  cell.style.setProperty("--share", `${Math.round(100 * share)}%`);
  cell.onclick = () => choose(ui, { budget: stories, size: width });
  cell.onkeydown = (event) => {
    const by = meaningOf(event, KEYS);
    if (!by) return;
    const row = ui.off.cells[clamp(budget + by[0], 0, study.budgets.length - 1)];
    const next = row[clamp(size + by[1], 0, study.sizes.length - 1)];
    next.click();
    next.focus();
  };
  return cell;
}
