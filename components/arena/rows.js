// The table: a row a model, its interval and its dot on the scale that all share; a click puts it into the duel.
import { dress, make, writeWhole } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */

/** Points between two marks of the scale, and how far it goes beyond the outermost bounds. */
const [STEP, AROUND] = [20, 4];

/**
 * Make the table; `showRows` fills it.
 * @param {number} many rows
 */
export function rows(many) {
  const lines = [...Array(many)].map(() => {
    const part = (/** @type {string} */ name) => make("span", { class: name });
    const [interval, then, dot] = [part("interval"), part("then"), part("dot")];
    const track = make("span", { class: "track" }, interval, then, dot);
    const [side, name, rating, votes] = [part("side"), part("model"), part("rating"), part("votes")];
    const line = make("button", { type: "button", class: "line" }, side, name, track, rating, votes);
    return { line, side, name, interval, then, dot, rating, votes };
  });
  const oneStop = (/** @type {number} */ stop) => {
    lines.forEach(({ line }, at) => {
      line.tabIndex = at === stop ? 0 : -1;
    });
  };
  lines.forEach(({ line }, at) => {
    line.onfocus = () => oneStop(at);
  });
  oneStop(0);
  const heads = ["side", "model", "track", "rating", "votes"].map((name) => make("span", { class: name }));
  const scale = make("span", { class: "track" });
  const foot = make("div", { class: "line foot" }, make("span"), make("span"), scale, make("span"), make("span"));
  const legend = make("p", { class: "legend" });
  const list = make("div", { class: "rows", role: "group" }, ...lines.map(({ line }) => line));
  const head = make("div", { class: "line heads" }, ...heads);
  return { box: make("div", { class: "table" }, head, list, foot, legend), list, lines, heads, scale, legend };
}

/** @param {Picture} ui */
export function showRows(ui) {
  const { data, state, rows: held } = ui;
  const { labels, lang } = data;
  const scale = scaleOf(ui);
  held.list.setAttribute("aria-label", labels.alt);
  [labels.empty, labels.model, labels.ratings, labels.rating, labels.votes].forEach((words, at) => {
    held.heads[at].textContent = words;
  });
  held.legend.textContent = labels.legend;
  data.rows.forEach((row, at) => {
    const { line, side, name, interval, then, dot, rating, votes } = held.lines[at];
    const chosen = at === state.first ? "first" : at === state.second ? "second" : "";
    line.className = `line ${chosen}`;
    dress(line, { "aria-pressed": String(chosen !== ""), title: row.about });
    side.textContent = chosen === "first" ? "●" : chosen === "second" ? "■" : "";
    name.textContent = row.name;
    interval.style.left = scale.place(row.low);
    interval.style.width = `${scale.share(row.high - row.low) * 100}%`;
    dot.style.left = scale.place(row.rating);
    then.style.left = scale.place(row.may);
    rating.textContent = writeWhole(row.rating, lang);
    votes.textContent = writeWhole(row.votes, lang);
  });
  const marks = [...Array(Math.floor((scale.high - scale.low) / STEP) + 1).keys()];
  const first = Math.ceil(scale.low / STEP) * STEP;
  held.scale.replaceChildren(
    ...marks
      .map((at) => first + at * STEP)
      .filter((points) => points < scale.high)
      .map((points) => {
        const mark = make("span", { class: "mark" }, writeWhole(points, lang));
        mark.style.left = scale.place(points);
        return mark;
      }),
  );
}

/** @param {Picture} ui */
function scaleOf({ data }) {
  const low = Math.min(...data.rows.map((row) => row.low)) - AROUND;
  const high = Math.max(...data.rows.map((row) => row.high)) + AROUND;
  const share = (/** @type {number} */ points) => points / (high - low);
  return { low, high, share, place: (/** @type {number} */ points) => `${share(points - low) * 100}%` };
}
