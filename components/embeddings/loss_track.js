// The losses over the frames of a run, the lines of counting and of chance behind them, and a mark at one frame.
import { COLOURS, dress, svg, writeNumber } from "../in_browser/base.js";
import { curve, isNumber } from "../in_browser/charts.js";
import { apart } from "../in_browser/scales.js";

/** @typedef {{ train: number | null, validation: number | null }} Losses in nats per character */
/** @typedef {{ name: string, loss: number }} Level a loss that was not learned */
/**
 * @typedef {object} Track
 * @property {Losses[]} frames
 * @property {Level[]} levels
 * @property {number} ceiling the highest loss that is drawn
 * @property {string} lang
 * @property {boolean} projection
 * @property {Record<string, string>} labels
 */

export function lossTrack() {
  const element = svg("svg", { class: "track", role: "img" });
  const cursor = svg("line", { class: "cursor", x1: 0, x2: 0 });
  const said = svg("text", { class: "name" });
  let x = (/** @type {number} */ _frame) => 0;
  return {
    element,

    /** @param {Track} data */
    draw(data) {
      const { frames, levels, projection } = data;
      const [width, height] = [element.clientWidth || 320, element.clientHeight || 190];
      const size = projection ? 17 : 12;
      const [left, right, top, bottom] = [6, size * 6.6, 10, size * 1.5];
      const losses = [...frames.flatMap((frame) => [frame.train, frame.validation]), ...levels.map(({ loss }) => loss)];
      const found = losses.filter(isNumber);
      const high = Math.min(Math.max(...found) + 0.1, data.ceiling);
      const low = Math.min(...found) - 0.1;
      const last = Math.max(1, frames.length - 1);
      x = (frame) => left + (frame / last) * (width - left - right);
      const y = (/** @type {number} */ loss) =>
        top + ((high - Math.min(loss, high)) / (high - low)) * (height - top - bottom);
      const stroke = { "stroke-width": projection ? 4 : 2.5 };
      const names = apart(
        levels.map(({ loss }) => y(loss)),
        size * 1.05,
      );
      dress(cursor, { y1: top, y2: height - bottom });
      dress(said, { x: left, y: height - 3, "font-size": size });
      dress(element, { viewBox: `0 0 ${width} ${height}`, "aria-label": data.labels.loss });
      element.replaceChildren(
        ...levels.flatMap(({ name, loss }, i) => [
          svg("line", { class: "level", x1: left, x2: width - right, y1: y(loss), y2: y(loss) }),
          svg("text", { class: "name", x: width - right + 4, y: names[i], dy: "0.35em", "font-size": size }, name),
        ]),
        curve("train", frames, x, y, stroke),
        curve("validation", frames, x, y, stroke),
        cursor,
        said,
      );
    },

    /**
     * Mark a frame, and write its losses.
     * @param {number} frame
     * @param {Track} data
     */
    mark(frame, { frames, labels, lang }) {
      cursor.setAttribute("transform", `translate(${x(frame)} 0)`);
      /** @param {"train" | "validation"} kind */
      const write = (kind) => {
        const loss = writeNumber(frames[frame][kind] ?? Number.NaN, lang, 3);
        return svg("tspan", { fill: COLOURS[kind], class: kind }, labels[kind].replace("%s", loss));
      };
      said.replaceChildren(write("train"), "   ", write("validation"));
    },
  };
}
