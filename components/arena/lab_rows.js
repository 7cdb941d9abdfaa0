// The models in rows on one scale: the truth, what Bradley–Terry finds, with its interval, and where Elo ends, with the
// span over other orders of the same votes.
import { clamp, dress, make, writeWhole } from "../in_browser/base.js";

/** @import { Picture } from "./lab.js" */

/** Points beyond the true ones that the scale shows, and between two of its marks. */
const [AROUND, STEP] = [70, 50];
/** Signs of the legend, by the colour of what they stand for. @type {Record<string, string>} */
const SIGNS = { "❘": "is-truth", "◆": "is-elo" };

/**
 * Make the rows; `draw` fills them.
 * @param {number} many
 */
export function chart(many) {
  const part = (/** @type {string} */ name) => make("span", { class: name });
  const lines = [...Array(many)].map(() => {
    const marks = ["span", "interval", "truth", "elo", "found", "limit"].map(part);
    const [place, name, points] = [part("place"), part("model"), part("points")];
    const line = make(
      "div",
      { class: "line", role: "listitem" },
      place,
      name,
      make("span", { class: "track" }, ...marks),
      points,
    );
    const [span, interval, truth, elo, found, limit] = marks;
    return { line, place, name, points, span, interval, truth, elo, found, limit };
  });
  const scale = make("span", { class: "track" });
  const foot = make("div", { class: "line foot" }, make("span"), make("span"), scale, make("span"));
  const legend = make("p", { class: "legend" });
  const rows = make("div", { class: "rows", role: "list" }, ...lines.map(({ line }) => line));
  const heads = ["place", "model", "track", "points"].map((name) => make("span", { class: name }));
  const head = make("div", { class: "line heads" }, ...heads);
  return { box: make("div", { class: "table" }, head, rows, foot, legend), rows, lines, heads, scale, legend };
}

/** @param {Picture} ui */
export function draw({ data, ranked, chart: held, state }) {
  const { labels, lang, strengths, names } = data;
  const [low, high] = [Math.min(...strengths) - AROUND, Math.max(...strengths) + AROUND];
  const at = (/** @type {number} */ points) => `${((clamp(points, low, high) - low) / (high - low)) * 100}%`;
  held.rows.setAttribute("aria-label", labels.alt);
  held.legend.replaceChildren(...keyed(labels.legend + (ranked.limit ? labels.limit : "")));
  [labels.place, labels.model, labels.scale, labels.points].forEach((words, at) => {
    held.heads[at].textContent = words;
  });
  names.forEach((model, i) => {
    const { line, place, name, points, span, interval, truth, elo, found, limit } = held.lines[i];
    const rank = ranked.places[i];
    line.className = `line${rank === i + 1 ? "" : " moved"}${state.view === "cheat" && state.helped === i ? " helped" : ""}`;
    place.textContent = writeWhole(rank, lang);
    name.textContent = model;
    points.textContent = writeWhole(ranked.points[i], lang);
    limit.hidden = ranked.limit === null;
    const where = [strengths[i], ranked.points[i], ranked.elo[i], ranked.limit?.[i] ?? low];
    [truth, found, elo, limit].forEach((mark, which) => {
      mark.style.left = at(where[which]);
      mark.classList.toggle("below", where[which] < low);
      mark.classList.toggle("above", where[which] > high);
    });
    stretch(interval, at(ranked.low[i]), at(ranked.high[i]));
    stretch(span, at(ranked.eloLow[i]), at(ranked.eloHigh[i]));
    dress(line, {
      "aria-label": labels.row
        .replace("%m", model)
        .replace("%p", writeWhole(ranked.points[i], lang))
        .replace("%l", writeWhole(ranked.low[i], lang))
        .replace("%h", writeWhole(ranked.high[i], lang))
        .replace("%e", writeWhole(ranked.elo[i], lang))
        .replace("%t", writeWhole(strengths[i], lang)),
    });
  });
  const first = Math.ceil(low / STEP) * STEP;
  const marks = [...Array(Math.floor((high - first) / STEP) + 1).keys()].map((step) => first + step * STEP);
  held.scale.replaceChildren(
    ...marks.map((points) => {
      const mark = make("span", { class: "mark" }, writeWhole(points, lang));
      mark.style.left = at(points);
      return mark;
    }),
  );
}

/**
 * The legend's words, its signs in their marks' colours.
 * @param {string} legend
 */
function keyed(legend) {
  return legend.split(/([❘◆])/).map((piece) => (SIGNS[piece] ? make("span", { class: SIGNS[piece] }, piece) : piece));
}

/**
 * @param {HTMLElement} element
 * @param {string} from
 * @param {string} to
 */
function stretch(element, from, to) {
  element.style.left = from;
  element.style.right = `calc(100% - ${to})`;
}
