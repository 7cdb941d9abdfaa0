// The images, in the order that was chosen: a click marks one as suspect.
import { dress, make, writeNumber, writePercent } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Faults } from "./faults.js" */

/** Make the place of the images; `showGrid` fills it. */
export function grid() {
  return make("div", { class: "grid", role: "group" });
}

/**
 * The places of the images that are shown, in their order.
 * @param {Faults} ui
 */
function placesOf({ data, state }) {
  const inPart = (/** @type {number} */ at) => state.part === "both" || (state.part === "train") === at < data.train;
  const inClass = (/** @type {number} */ at) => state.label < 0 || data.labels[at] === state.label;
  const places = [...data.labels.keys()].filter((at) => inPart(at) && inClass(at));
  if (state.order === "missed") return places.filter((at) => data.score && String(at) in data.score.missed);
  const keys = {
    unlike: data.unlike.map((value) => -value),
    twin: data.twin,
    bright: data.brightness.map((value) => -value),
  };
  const key = keys[/** @type {keyof typeof keys} */ (state.order)];
  return key ? places.sort((one, other) => key[one] - key[other]) : places;
}

/** @param {Faults} ui */
export function showGrid(ui) {
  const { data, state } = ui;
  const { words } = data;
  const places = placesOf(ui);
  ui.grid.setAttribute("aria-label", words.grid);
  ui.grid.style.setProperty("--sprite", `url(${data.sprite})`);
  ui.grid.style.setProperty("--columns", String(data.columns));
  const focused = Number(/** @type {HTMLElement | null} */ (ui.grid.querySelector(":focus"))?.dataset.at ?? -1);
  const tiles = places.map((at, index) => {
    const part = at < data.train ? words.inTrain : words.inValidation;
    const missed = data.score?.missed[String(at)];
    const about = words.about
      .replace("%n", String(at + 1))
      .replace("%l", String(data.labels[at]))
      .replace("%p", part);
    const tile = make(
      "button",
      {
        type: "button",
        class: `tile ${missed ? "missed" : ""}`,
        "data-at": at,
        "aria-pressed": String(ui.marks.has(at)),
      },
      image(ui, at),
      ...(state.order === "twin" ? [image(ui, data.nearest[at])] : []),
      make("b", {}, String(data.labels[at])),
      make("small", {}, missed ? words[`one_${missed}`] : figureOf(ui, at)),
    );
    dress(tile, { "aria-label": about, title: about });
    tile.tabIndex = index ? -1 : 0;
    tile.onclick = () => {
      ui.mark(at);
      tile.setAttribute("aria-pressed", String(ui.marks.has(at)));
    };
    tile.onkeydown = (event) => {
      const by = meaningOf(event, {
        ArrowRight: 1,
        ArrowLeft: -1,
        ArrowDown: across(ui.grid),
        ArrowUp: -across(ui.grid),
      });
      if (by === undefined) return;
      const next = /** @type {HTMLElement | undefined} */ (ui.grid.children[index + by]);
      if (!next) return;
      tile.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    };
    return tile;
  });
  ui.grid.replaceChildren(...tiles);
  tiles.find((tile) => Number(tile.dataset.at) === focused)?.focus();
  if (!tiles.length) ui.grid.append(make("p", {}, words.nothing));
}

/**
 * How many tiles stand in a row.
 * @param {HTMLElement} held
 */
function across(held) {
  const tops = [...held.children].map((tile) => /** @type {HTMLElement} */ (tile).offsetTop);
  const below = tops.findIndex((top) => top > tops[0]);
  return below < 0 ? tops.length : below;
}

/**
 * One image of the sprite.
 * @param {Faults} ui
 * @param {number} at
 */
function image({ data }, at) {
  const picture = make("i");
  picture.style.setProperty("--x", String(at % data.columns));
  picture.style.setProperty("--y", String(Math.floor(at / data.columns)));
  return picture;
}

/**
 * What is written under an image: its label, and what it is ordered by.
 * @param {Faults} ui
 * @param {number} at
 */
function figureOf(ui, at) {
  const { data, state } = ui;
  if (state.order === "unlike") return writeNumber(data.unlike[at], data.lang);
  if (state.order === "twin") return writeNumber(data.twin[at], data.lang, 1);
  return state.order === "bright" ? writePercent(data.brightness[at], data.lang, 0) : "";
}
