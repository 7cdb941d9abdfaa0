// What a run reads: its surest mistakes, sign by sign, or a map of all photos.
import { make, writePercent } from "../in_browser/base.js";
import { drawMap, map } from "./map.js";

/** @import { Picture } from "./picture.js" */
/** @import { Laid } from "./map.js" */
/**
 * @typedef {object} Panel
 * @property {number} photos measured on
 * @property {{ image: string, sign: number, read: number, sure: number }[]} mistakes
 * @property {{ right: number, taken: number | null }[]} signs
 * @property {{ numbers: string, signs: string, before: Laid, after: Laid } | null} map
 */

/** Make the panel; `showPanel` fills it. */
export function panel() {
  const title = make("div", { class: "panel-title" });
  const mistakes = make("div", { class: "mistakes" });
  const signs = make("div", { class: "signs", role: "list" });
  const drawn = map();
  return {
    box: make("div", { class: "panel" }, title, mistakes, signs, drawn.box),
    title,
    mistakes,
    signs,
    map: drawn,
  };
}

/** @param {Picture} ui */
export function showPanel(ui) {
  const { panel: parts, data, state } = ui;
  const { labels } = data;
  const shown = ui.isHere() ? data.panel : null;
  for (const name of /** @type {const} */ (["mistakes", "signs"])) parts[name].hidden = !shown || state.part !== name;
  parts.map.box.hidden = !shown?.map || state.part !== "map";
  parts.box.classList.toggle("away", !ui.isHere());
  if (!shown) {
    parts.title.textContent = ui.isHere() ? labels.none : "";
    return;
  }
  parts.title.textContent = labels[state.part].replace("%n", String(shown.photos));
  if (state.part === "mistakes") showMistakes(ui, shown);
  else if (state.part === "signs") showSigns(ui, shown);
  else drawMap(ui, shown);
}

/**
 * @param {Picture} ui
 * @param {Panel} shown
 */
function showMistakes(ui, { mistakes }) {
  const { labels, lang } = ui.data;
  const figures = mistakes.map(({ image, sign, read, sure }) => {
    const fill = (/** @type {string} */ words) => words.replace("%a", String(sign)).replace("%b", String(read));
    const words = fill(labels.mistake).replace("%n", writePercent(sure, lang, 0));
    const caption = make("figcaption", { "aria-hidden": "true" }, fill(labels.read));
    return make("figure", {}, make("img", { src: image, alt: words, title: words }), caption);
  });
  ui.panel.mistakes.replaceChildren(...(figures.length ? figures : [make("p", {}, labels.perfect)]));
}

/**
 * @param {Picture} ui
 * @param {Panel} shown
 */
function showSigns(ui, { signs }) {
  const { labels, lang } = ui.data;
  const rows = signs.map(({ right, taken }, sign) => {
    const fill = make("span", { class: "fill" });
    fill.style.width = `${100 * right}%`;
    const wrong = taken === null ? "" : labels.taken.replace("%b", String(taken));
    const row = make(
      "div",
      { class: "bar", role: "listitem", title: wrong },
      make("b", {}, String(sign)),
      make("span", { class: "bed" }, fill),
      make("span", { class: "value" }, writePercent(right, lang, 0)),
      make("span", { class: "taken" }, taken === null ? "" : `→ ${taken}`),
    );
    row.setAttribute("aria-label", [`${sign}: ${writePercent(right, lang, 0)}`, wrong].filter(Boolean).join(", "));
    return row;
  });
  ui.panel.signs.replaceChildren(...rows);
}
