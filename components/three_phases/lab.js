// A run of a phase, moment by moment: a few measures side by side on fixed axes, and what the model then writes.
import { make, pictureIn, writeWhole } from "../in_browser/base.js";
import { transport } from "../in_browser/transport.js";
import { measure } from "./lab_measure.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Measure } from "./lab_measure.js" */
/** @typedef {{ title: string, text: string, good: boolean, note: string }} Sample a text, whether it is right, and why */
/**
 * @typedef {object} Data
 * @property {string} run whose moments they are
 * @property {number[]} updates of each moment
 * @property {boolean} evenly whether all moments are drawn as far from each other
 * @property {Measure[]} measures
 * @property {Sample[][]} samples of each moment
 * @property {string} beside what the run behind is; "": there is none
 * @property {number} moment where the student left it
 * @property {boolean} live whether moments are still coming: the last one is shown
 * @property {TransportLabels} transport
 * @property {Record<string, string>} labels
 */

/** Milliseconds for each moment while playing. */
const PACE = 500;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.follow((moment) => setStateValue("moment", moment));
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    way: transport(),
    charts: make("div", { class: "charts" }),
    /** @type {ReturnType<typeof measure>[]} */
    drawn: [],
    beside: make("p", { class: "beside" }),
    samples: make("div", { class: "samples" }),
    /** @param {(moment: number) => void} tell */
    follow(tell) {
      const { run, updates, moment, live, labels, measures } = ui.data;
      if (ui.drawn.length !== measures.length) {
        ui.drawn = measures.map(() => measure());
        ui.charts.replaceChildren(...ui.drawn.map(({ box }) => box));
      }
      const show = (/** @type {number} */ at) => {
        showAt(ui, at);
        return labels.update.replace("%n", writeWhole(updates[at] ?? 0, ui.data.lang));
      };
      const moments = Math.max(1, updates.length);
      ui.way.follow({
        run,
        moments,
        at: live ? moments - 1 : moment,
        pace: PACE,
        labels: ui.data.transport,
        show,
        tell,
      });
      if (live) ui.way.go(moments - 1);
      ui.beside.textContent = ui.data.beside;
    },
  };
  root.append(ui.charts, ui.beside, ui.way.element, ui.samples);
  new ResizeObserver(() => showAt(ui, ui.way.at())).observe(ui.charts);
  return ui;
}

/**
 * @param {ReturnType<typeof build>} ui
 * @param {number} at the moment
 */
function showAt({ data, drawn, samples }, at) {
  const places = data.evenly ? [...data.updates.keys()] : data.updates;
  data.measures.forEach((each, place) => {
    drawn[place]?.show(each, places, at, data.lang);
  });
  samples.replaceChildren(
    ...(data.samples[at] ?? []).map(({ title, text, good, note }) =>
      make(
        "article",
        { class: `sample ${good ? "good" : "bad"}` },
        make("p", { class: "title" }, make("span", { class: "sign", "aria-hidden": "true" }, good ? "✓" : "✗"), title),
        make("p", { class: "text", translate: "no", lang: "fr" }, text),
        make("p", { class: "note" }, note),
      ),
    ),
  );
}
