// The model as blocks whose areas are their parameters; pressed, a block opens, down to one matrix in its proportions.
import { make, svg, writeCompact, writePercent } from "../in_browser/base.js";
import { follow, sideOf, tilesOf } from "./layout.js";
import { drawMatrix } from "./matrix.js";
import { altOf, nameOf } from "./named.js";
import { drawScale } from "./scale.js";

/** @import { Block } from "./counts.js" */
/** @import { Box, Tile } from "./layout.js" */
/** @import { Picture } from "./picture.js" */

/** More layers than this are not separated by lines: there would be no room between them. */
const MOST_LINES = 160;
/** Pixels between borders that the eye can tell apart. */
const LEAST_BETWEEN = 3;
const MILLION = 1_000_000;
/** Make the drawing; `draw` fills it. */
export function drawing() {
  const plot = svg("svg", { class: "blocks", role: "img" });
  const under = make("div", { class: "scale" });
  return { box: make("div", { class: "drawn" }, plot, under), plot, under };
}

/** @param {Picture} ui */
export function draw(ui) {
  const { plot } = ui.drawing;
  if (ui.sizes.drawing.height < 3) return; // not laid out yet: a change of its size comes
  const { width, height, type } = ui.sizes.drawing;
  const whole = { x: 1, y: 1, width: width - 2, height: height - 2 };
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  plot.setAttribute("aria-label", altOf(ui));
  const { tree } = ui;
  ui.drawing.under.hidden = !tree || Boolean(ui.state.open);
  if (!tree) {
    plot.replaceChildren(...question(whole, type, ui.data.labels.unpublished));
    return;
  }
  const steps = follow(tree, ui.state.open);
  const shown = steps[steps.length - 1];
  if (shown.shape.length) {
    plot.replaceChildren(...drawMatrix(ui, shown, whole, type));
    return;
  }
  const tiles = tilesOf(shown, ui.state.open, whole);
  const known = ui.isHiding() ? tiles.filter(({ kind }) => ui.isRevealed(kind)) : tiles;
  const covered = drawScale(ui, whole, type);
  plot.replaceChildren(
    ...(ui.isHiding() ? squares(whole, sideOf(whole, tree.parameters, MILLION)) : []),
    ...known.map((tile) => drawTile(ui, tile, shown)),
    ...lines(ui, known),
    ...known.flatMap(rowsOf),
    ...known.flatMap((tile) => labelsOf(ui, tile, shown, type, covered)),
    ...(known.length ? [frame(whole)] : question(whole, type, ui.data.labels.where)),
  );
}

/** @param {Box} box */
function frame({ x, y, width, height }) {
  return svg("rect", { class: "frame", x, y, width, height, rx: 3 });
}

/**
 * A question mark with words under it.
 * @param {Box} box
 * @param {number} type
 * @param {string} words
 */
function question(box, type, words) {
  const middle = { x: box.x + box.width / 2, "text-anchor": "middle" };
  const y = box.y + box.height * 0.46;
  const [sign, said] = [svg("text", { class: "ask", ...middle, y }, "?"), svg("text", { ...middle, y: y + 2 * type })];
  said.append(words);
  return [frame(box), sign, said];
}

/**
 * While the question waits: a square for each million of parameters, nobody knows of which part.
 * @param {Box} whole
 * @param {number} side
 */
function squares({ x, y, width, height }, side) {
  const pattern = svg("pattern", { id: "millions", width: side, height: side, patternUnits: "userSpaceOnUse", x, y });
  pattern.append(svg("rect", { class: "million", x: 1, y: 1, width: side - 2, height: side - 2, rx: 2 }));
  return [svg("defs", {}, pattern), svg("rect", { x, y, width, height, fill: "url(#millions)" })];
}

/**
 * @param {Picture} ui
 * @param {Tile} tile
 * @param {Block | null} shown the block whose part it is
 */
function drawTile(ui, tile, shown) {
  const { x, y, width, height, kind, path, lit } = tile;
  const group = svg("g", { class: `tile ${kind}${lit ? "" : " idle"}`, "data-path": path });
  group.append(
    svg("rect", { x, y, width, height }),
    svg("title", {}, `${tileName(ui, tile)} · ${said(ui, tile, shown)}`),
  );
  group.onclick = () => ui.choose({ open: path });
  return group;
}

/**
 * @param {Picture} ui
 * @param {Tile} tile
 */
function tileName(ui, { name, rows }) {
  return rows > 1 ? `${nameOf(ui, name)} × ${ui.whole(rows)}` : nameOf(ui, name);
}

/**
 * Its parameters, and which part of what is shown they are.
 * @param {Picture} ui
 * @param {Tile} tile
 * @param {Block | null} shown
 */
function said(ui, { parameters }, shown) {
  const { lang } = ui.data;
  const share = shown ? Number(parameters) / Number(shown.each) : 0;
  return `${writeCompact(parameters, lang)} · ${writeShare(share, lang)}`;
}

/**
 * Write a share with enough decimals to be seen.
 * @param {number} share
 * @param {string} lang
 */
export function writeShare(share, lang) {
  const least = 0.0001;
  if (share > 0 && share < least / 2) return `< ${writePercent(least, lang, 2)}`;
  return writePercent(share, lang, share > 0.0995 ? 0 : share > 0.00095 ? 1 : 2);
}

/**
 * A tile's name and numbers, where there is room for them: across, else upwards, else none.
 * @param {Picture} ui
 * @param {Tile} tile
 * @param {Block | null} shown
 * @param {number} type
 * @param {{ x: number, y: number }} covered the corner that the scale covers
 */
function labelsOf(ui, tile, shown, type, covered) {
  const words = [tileName(ui, tile), said(ui, tile, shown)];
  const long = 0.56 * type * Math.max(...words.map((each) => each.length));
  const [cx, cy] = [tile.x + tile.width / 2, tile.y + tile.height / 2];
  const isAcross = tile.width > long && tile.height > 2.6 * type;
  if (!isAcross && !(tile.height > long && tile.width > 2.6 * type)) return [];
  const [reach, rise] = isAcross ? [long / 2, 1.3 * type] : [1.3 * type, long / 2];
  if (cx + reach > covered.x && cy + rise > covered.y) return [];
  const text = svg("text", { class: "label", x: cx, y: cy - 0.2 * type, "text-anchor": "middle" });
  if (!isAcross) text.setAttribute("transform", `rotate(-90 ${cx} ${cy})`);
  text.append(svg("tspan", { class: "name" }, words[0]), svg("tspan", { x: cx, dy: 1.25 * type }, words[1]));
  return [text];
}

/**
 * The borders between the layers of a model.
 * @param {Picture} ui
 * @param {Tile[]} tiles
 */
function lines(ui, tiles) {
  const inside = tiles.filter(({ path }) => !ui.state.open && path.startsWith("layer."));
  const count = ui.state.layers;
  if (!inside.length || count > MOST_LINES) return [];
  const { x, width } = inside[0];
  const [top, bottom] = [Math.min(...inside.map(({ y }) => y)), Math.max(...inside.map(({ y, height }) => y + height))];
  const at = [...Array(count + 1).keys()].map((layer) => (x + (layer / count) * width).toFixed(1));
  return [svg("path", { class: "layers", d: at.map((place) => `M${place},${top}V${bottom}`).join("") })];
}

/**
 * The borders between experts that are one tile, where the eye can tell them apart.
 * @param {Tile} tile
 */
function rowsOf({ x, y, width, height, rows }) {
  if (rows < 2 || height < LEAST_BETWEEN * rows) return [];
  const at = [...Array(rows - 1).keys()].map((row) => (y + ((row + 1) / rows) * height).toFixed(1));
  return [svg("path", { class: "rows", d: at.map((place) => `M${x},${place}h${width}`).join("") })];
}
