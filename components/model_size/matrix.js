// One matrix with its rows and columns, in its proportions.
import { svg, writeWhole } from "../in_browser/base.js";

/** @import { Block } from "./counts.js" */
/** @import { Box } from "./layout.js" */
/** @import { Picture } from "./picture.js" */

/** A matrix longer than this many times its other side is cut short, and says so. */
const LONGEST = 40;
/**
 * A matrix with its rows and columns, in its proportions; a vector is a line.
 * @param {Picture} ui
 * @param {Block} shown
 * @param {Box} whole
 * @param {number} type
 */
export function drawMatrix(ui, shown, whole, type) {
  const { labels, lang } = ui.data;
  const [outputs, inputs] = shown.shape.length === 2 ? shown.shape : [1, shown.shape[0]];
  const isTall = outputs > inputs;
  const [across, down] = isTall ? [outputs, inputs] : [inputs, outputs];
  const ratio = Math.min(across / down, LONGEST);
  const room = { width: whole.width - 6 * type, height: whole.height - 6 * type };
  const width = Math.min(room.width, room.height * ratio);
  const height = Math.max(width / ratio, 3);
  const [x, y] = [whole.x + (whole.width - width) / 2, whole.y + (whole.height - height) / 2];
  const sides = labels.sides[shown.name.replace("_bias", "")] ?? [labels.width, labels.width];
  const isVector = shown.shape.length === 1;
  const [acrossName, downName] = isTall || isVector ? sides : [sides[1], sides[0]];
  const middle = { "text-anchor": "middle" };
  const top = svg(
    "text",
    { ...middle, x: x + width / 2, y: y - 0.6 * type },
    `${writeWhole(across, lang)} · ${acrossName}`,
  );
  const left = svg(
    "text",
    { ...middle, x: x - 0.7 * type, y: y + height / 2 },
    `${writeWhole(down, lang)} · ${downName}`,
  );
  left.setAttribute("transform", `rotate(-90 ${x - 0.7 * type} ${y + height / 2})`);
  const count = [...shown.shape.map((size) => writeWhole(size, lang))].join(" × ");
  const product = isVector
    ? count
    : `${count} = ${writeWhole(
        shown.shape.reduce((a, b) => a * b, 1),
        lang,
      )}`;
  const under = svg("text", { ...middle, class: "name", x: x + width / 2, y: y + height + 1.6 * type }, product);
  const cut =
    across / down > LONGEST ? [svg("text", { ...middle, x: x + width / 2, y: y + height + 3 * type }, labels.cut)] : [];
  return [
    svg("rect", { class: `matrix ${shown.kind}`, x, y, width, height }),
    top,
    ...(isVector ? [] : [left]),
    under,
    ...cut,
  ];
}
