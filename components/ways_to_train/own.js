// The student's own task: each word that was tried, and where each way puts it.
import { make, pictureIn, writePercent, writeTime } from "../in_browser/base.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ label: string, share: number }} Put where a word was put, and how sure the way was */
/**
 * @typedef {object} Column
 * @property {string} way
 * @property {string} name
 * @property {Put[] | null} puts one a word; null: not there (yet)
 * @property {number | null} right of the words whose label is known; null: of none it is
 * @property {number} seconds
 * @property {string} said why nothing is there; ""
 * @property {string} fallen which examples found no room in the prompt; "" where all did
 */
/**
 * @typedef {object} Data
 * @property {{ word: string, label: string }[]} words label: "" where it is not known
 * @property {Column[]} columns
 * @property {Record<string, string>} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, build);
  ui.table.setAttribute("aria-label", data.labels.table);
  const known = data.words.filter(({ label }) => label).length;
  const heads = data.columns.map((column) => head(column, data, known));
  const first = make("tr", {}, make("th", { scope: "col" }, data.labels.word), ...heads);
  const rows = data.words.map((word, at) => {
    const told = word.label && make("small", {}, ` ${data.labels.belongs.replace("%l", word.label)}`);
    const name = make("th", { scope: "row", translate: "no" }, word.word, told || "");
    return make("tr", {}, name, ...data.columns.map((column) => cell(column, at, word.label, data)));
  });
  ui.table.replaceChildren(make("thead", {}, first), make("tbody", {}, ...rows));
}

/** @param {HTMLElement} root */
function build(root) {
  const table = make("table");
  root.append(make("div", { class: "scroll", tabindex: 0 }, table));
  return { table };
}

/**
 * A way's name, how many words it put rightly, and how long it took.
 * @param {Column} column
 * @param {Data & Surroundings} data
 * @param {number} known words whose label is known
 */
function head(column, { labels, lang }, known) {
  const { name, right, puts, seconds, said, fallen } = column;
  const score = right === null ? "" : labels.score.replace("%r", String(right)).replace("%n", String(known));
  const time = puts ? labels.time.replace("%t", writeTime(seconds, lang)) : said || labels.waits;
  return make(
    "th",
    { scope: "col", "data-way": column.way },
    make("span", { class: `way ${column.way}` }, name),
    make("b", {}, score),
    make("small", {}, time),
    fallen ? make("small", { class: "fallen" }, fallen) : "",
  );
}

/**
 * @param {Column} column
 * @param {number} at
 * @param {string} label where the word belongs; "" where that is not known
 * @param {Data & Surroundings} data
 */
function cell({ puts, way }, at, label, { labels, lang }) {
  const put = puts?.[at];
  if (!put) return make("td", {}, "–");
  const kind = label ? (put.label === label ? "good" : "bad") : "";
  const sign = kind && make("span", { class: "sign", title: labels[kind] }, kind === "good" ? "✓" : "✗");
  const sure = make("i", { class: `sure ${way}` });
  sure.style.width = `${100 * put.share}%`;
  return make(
    "td",
    { class: kind },
    make("span", { class: "put" }, sign || "", make("span", { translate: "no" }, put.label)),
    make("small", {}, writePercent(put.share, lang, 0)),
    make("span", { class: "bed" }, sure),
  );
}
