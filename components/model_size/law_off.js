// Where the law is off: a cell for each size and budget, with measured over law; a click moves the ruler there.
import { make, writeNumber, writeShort } from "../in_browser/base.js";
import { lawAt, writeCount } from "./law_places.js";

/** @import { Picture } from "./law.js" */

/** How many times off is as dark as it gets. */
const DARK = 3;

/**
 * Make the table; `showOff` fills it.
 * @param {(stories: number, width: number) => void} choose
 */
export function offMap(choose) {
  const [title, rows] = [make("caption"), make("tbody")];
  const [law, seeds, whole] = [
    make("p", { class: "fitted" }),
    make("p", { class: "note" }),
    make("p", { class: "note" }),
  ];
  const head = make("tr");
  const table = make("table", {}, title, make("thead", {}, head), rows);
  return {
    box: make("section", { class: "map" }, table, law, seeds, whole),
    title,
    head,
    rows,
    law,
    seeds,
    whole,
    choose,
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
  held.title.textContent = labels.map;
  const [alpha, beta] = [study.alpha, study.beta].map((found) => found.map((each) => writeShort(each, lang, 3)));
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
      cell.classList.toggle("lit", budget === ui.budget() && size === ui.size());
    });
  });
}

/** @param {Picture} ui */
function fill(ui) {
  const { off: held, data } = ui;
  const { labels, lang, study } = data;
  held.rows.dataset.lang = lang;
  const heads = study.sizes.map(({ inside }) => make("th", { scope: "col" }, writeCount(inside, lang)));
  held.head.replaceChildren(make("td", {}, ""), ...heads);
  const law = study.laws[study.sizes.length];
  held.cells = study.budgets.map(({ stories, tokens }, budget) =>
    study.sizes.map(({ inside, width }, size) => {
      const off = study.points[budget][size].mean / lawAt(law, inside, tokens);
      const cell = make("td", { class: off > 1 ? "above" : "below" }, writeNumber(off, lang, 2));
      const share = Math.min(1, Math.abs(Math.log(off)) / Math.log(DARK));
      cell.style.setProperty("--share", `${Math.round(100 * share)}%`);
      cell.onclick = () => held.choose(stories, width);
      return cell;
    }),
  );
  const rows = held.cells.map((cells, budget) =>
    make("tr", {}, make("th", { scope: "row" }, writeShort(study.budgets[budget].stories, lang, 6)), ...cells),
  );
  held.rows.replaceChildren(...rows);
  held.title.title = labels.map;
}
