// The student's own Python, run in the browser: a field to write in, Run and Stop, what was printed, the last value.
import { make, pictureIn } from "../in_browser/base.js";
import { runner } from "./python_runner.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Kind, Ran } from "./python_runner.js" */
/**
 * @typedef {object} Data
 * @property {string} code that the field opens with; another one is taken over
 * @property {number} longest characters of a program
 * @property {number} seconds that it may run
 * @property {string} address of the worker, from the page's own
 * @property {Record<"code" | "run" | "stop" | "loading" | "output" | "line", string> & { kinds: Record<Kind, string> }} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  ui.tell = (ran) => setTriggerValue("ran", ran);
  ui.labels = data.labels;
  ui.field.maxLength = data.longest;
  ui.field.setAttribute("aria-label", data.labels.code);
  ui.run.textContent = data.labels.run;
  ui.stop.textContent = data.labels.stop;
  ui.printed.setAttribute("aria-label", data.labels.output);
  if (ui.given !== data.code) ui.field.value = ui.given = data.code;
  return () => ui.python.close();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    field: make("textarea", { rows: 8, spellcheck: "false", autocapitalize: "off" }),
    run: make("button", { type: "button", class: "plain run" }),
    stop: make("button", { type: "button", class: "plain stop", disabled: "" }),
    printed: make("pre", { class: "printed", tabindex: 0, role: "region" }),
    said: make("p", { class: "said", role: "status" }),
    python: runner(new URL(data.address, document.baseURI), data.seconds),
    labels: data.labels,
    given: "",
    tell: (/** @type {Ran} */ _ran) => {},
  };
  ui.run.onclick = () => start(ui);
  ui.stop.onclick = () => ui.python.stop();
  root.append(ui.field, make("div", { class: "buttons" }, ui.run, ui.stop), ui.said, ui.printed);
  return ui;
}

/** @param {ReturnType<typeof build>} ui */
async function start(ui) {
  ui.printed.textContent = "";
  ui.said.textContent = ui.labels.loading;
  [ui.run.disabled, ui.stop.disabled] = [true, false];
  const ran = await ui.python.run(ui.field.value, (text) => ui.printed.append(text));
  [ui.run.disabled, ui.stop.disabled] = [false, true];
  ui.said.textContent = told(ran, ui.labels);
  ui.said.dataset.kind = ran.kind;
  ui.tell(ran);
}

/**
 * Return what became of a program, in a line.
 * @param {Ran} ran
 * @param {Data["labels"]} labels
 */
function told({ kind, value, error, line }, labels) {
  const where = line === null ? "" : ` (${labels.line.replace("%n", String(line))})`;
  if (kind === "done") return value === null ? labels.kinds.done : `→ ${value}`;
  return error && kind === "error" ? `${error}${where}` : labels.kinds[kind];
}
