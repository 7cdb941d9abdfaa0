// The losses of the loop that runs, over those of the loop as it should be; a ruler stands on the turn that is read.
import { draw, xOf } from "../curves_drawing.js";
import { make, svg } from "../in_browser/base.js";

/** @import { Data, Picture as Plot } from "../curves_drawing.js" */
/** @import { Surroundings } from "../in_browser/base.js" */
/** @import { Picture } from "./picture.js" */

/** Make the empty plot. */
export function losses() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const legend = make("div", { class: "legend" });
  /** @type {Plot} */
  const plot = {
    legend,
    drawing,
    title: svg("text", { "text-anchor": "end" }),
    ruler: svg("g", { class: "ruler" }),
    at: null,
    data: /** @type {Data & Surroundings} */ ({}),
    box: { left: 0, right: 1, top: 0, bottom: 1 },
    type: 14,
  };
  return { box: make("div", { class: "losses" }, legend, drawing), plot, until: 0 };
}

/**
 * Draw the curves, those of the loop that runs until an update.
 * @param {Picture} ui
 * @param {number} until
 */
export function drawLosses(ui, until) {
  const { losses, data } = ui;
  losses.until = until;
  const curves = data.chart.curves.map((curve) => {
    const end = curve.faded ? curve.x.length : curve.x.filter((x) => x <= until).length;
    return { ...curve, x: curve.x.slice(0, end), y: curve.y.slice(0, end) };
  });
  const height = losses.plot.drawing.clientHeight || data.height;
  losses.plot.data = {
    ...data.chart,
    curves,
    height,
    alt: data.labels.chart,
    lang: data.lang,
    projection: data.projection,
  };
  losses.plot.title.textContent = data.chart.x.title;
  draw(losses.plot);
}

/**
 * Stand the ruler on a turn; before the loop there is none.
 * @param {Picture} ui
 * @param {number} turn
 */
export function pointLosses(ui, turn) {
  const { plot } = ui.losses;
  plot.ruler.replaceChildren();
  if (!turn || !plot.data.x) return;
  const at = xOf(plot, turn);
  plot.ruler.append(svg("line", { x1: at, x2: at, y1: plot.box.top - 4, y2: plot.box.bottom }));
}
