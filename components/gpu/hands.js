// The hands of the picture: sliders, switches, and the button that hides the card for a bet.
import { make } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { slider } from "../in_browser/slider.js";
import { stopsOf } from "./chart.js";
import { STOPS, WIDTHS } from "./times.js";

/** @import { Picture } from "./picture.js" */

const PRECISIONS = /** @type {const} */ (["fp32", "tf32", "bf16"]);
const AXES = /** @type {const} */ (["batch", "width"]);

/** Make the hands; `listen` gives them something to move. */
export function hands() {
  let [choosePrecision, chooseAxis] = [(/** @type {any} */ _name) => {}, (/** @type {any} */ _name) => {}];
  const made = {
    width: slider(),
    batch: slider(),
    precision: segments(PRECISIONS, (name) => choosePrecision(name)),
    axis: segments(AXES, (name) => chooseAxis(name)),
    card: make("select"),
    cardWords: make("span", { class: "label" }),
    transfer: make("input", { type: "checkbox", role: "switch" }),
    transferWords: make("span"),
    bet: make("button", { type: "button", class: "bet" }),
  };
  const card = make("label", { class: "choice folds" }, made.cardWords, made.card);
  const transfer = make("label", { class: "switch folds" }, made.transfer, made.transferWords);
  const precision = make("div", { class: "folds" }, made.precision.box);
  return {
    ...made,
    rows: { card, transfer, precision },
    parts: [made.width.box, made.batch.box, precision, transfer, made.bet],
    /**
     * @param {(name: any) => void} precision
     * @param {(name: any) => void} axis
     */
    hear(precision, axis) {
      choosePrecision = precision;
      chooseAxis = axis;
    },
  };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { hands: held, chart } = ui;
  held.hear(
    (precision) => ui.choose({ precision }),
    (axis) => ui.choose({ axis }),
  );
  held.width.range.oninput = () => ui.choose({ width: WIDTHS[Number(held.width.range.value)] });
  held.batch.range.oninput = () => ui.choose({ batch: STOPS[Number(held.batch.range.value)] });
  chart.range.oninput = () => ui.choose({ [ui.state.axis]: stopsOf(ui)[Number(chart.range.value)] });
  held.card.onchange = () => ui.choose({ card: held.card.value, line: "card" });
  held.transfer.onchange = () => ui.choose({ transfer: held.transfer.checked });
  held.bet.onclick = () => bet(ui);
}

/**
 * Hide the card, or show it again: where the ruler stood then was the bet.
 * @param {Picture} ui
 */
function bet(ui) {
  const { width, batch, precision, transfer, card } = ui.state;
  ui.isBetting = !ui.isBetting;
  ui.show();
  if (ui.isBetting) return;
  ui.send("bet", { width, batch, precision, transfer, card, number: Date.now() });
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { hands: held, state, data } = ui;
  const { labels, hidden } = data;
  for (const name of /** @type {const} */ (["width", "batch"])) {
    const stops = name === "width" ? WIDTHS : STOPS;
    held[name].show(labels[name], stops.indexOf(state[name]), ui.stopName(name), stops.length - 1);
    held[name].box.hidden = hidden.includes(`gpu_${name}`);
  }
  held.precision.show(state.precision, labels.precision, labels.precisionNames);
  held.axis.show(state.axis, labels.axis, labels.axisNames);
  held.axis.box.hidden = hidden.includes("gpu_axis");
  held.rows.precision.hidden = hidden.includes("gpu_precision");
  held.rows.card.hidden = hidden.includes("gpu_card") || data.cards.length < 2;
  held.rows.transfer.hidden = hidden.includes("gpu_transfer");
  held.cardWords.textContent = labels.card;
  held.card.setAttribute("aria-label", labels.card);
  if (held.card.children.length !== data.cards.length || held.card.dataset.lang !== data.lang) {
    const options = data.cards.map((card) => make("option", { value: card }, labels.cardNames[card]));
    held.card.replaceChildren(...options);
    held.card.dataset.lang = data.lang;
  }
  held.card.value = state.card;
  held.transferWords.textContent = labels.transferSwitch;
  held.transfer.checked = state.transfer;
  held.bet.textContent = ui.isBetting ? labels.betShow : labels.betHide.replace("%s", ui.cardName());
  held.bet.hidden = data.veiled;
}
