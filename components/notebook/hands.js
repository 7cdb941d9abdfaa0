// What is done with the notebook as a whole: what is looked for, what is done with the chosen rows, files in and out.
import { make } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { ANYTHING } from "./filters.js";

/** @import { Row } from "./experiment.js" */
/** @import { Titles, Wanted } from "./filters.js" */
/** @typedef {"mine" | "examples" | "theirs"} Source whose rows are shown */
/** @typedef {Record<string, string>} Labels */

const SOURCES = /** @type {const} */ (["mine", "examples", "theirs"]);
const REPORTS = /** @type {const} */ (["html", "markdown", "csv", "notebook"]);

/**
 * The row of filters; `change` hears of each move.
 * @param {() => void} change
 * @param {(source: Source) => void} choose
 */
export function filters(change, choose) {
  /** @type {Wanted} */
  const wanted = { ...ANYTHING };
  const sources = segments(SOURCES, choose);
  const text = make("input", { type: "search", name: "text" });
  const page = make("select", { name: "page" });
  const starred = make("button", { type: "button", class: "toggle", "aria-pressed": "false" }, "★");
  const from = make("input", { type: "date", name: "from" });
  const until = make("input", { type: "date", name: "until" });
  const figure = make("select", { name: "figure" });
  const least = make("input", { inputmode: "decimal", size: 7, name: "least" });
  const most = make("input", { inputmode: "decimal", size: 7, name: "most" });
  for (const field of [text, page, from, until, figure, least, most]) {
    field.oninput = () => {
      Object.assign(wanted, { [field.name]: field.value });
      change();
    };
  }
  starred.onclick = () => {
    wanted.starred = !wanted.starred;
    starred.setAttribute("aria-pressed", String(wanted.starred));
    change();
  };
  const summary = make("summary");
  const dates = make("label");
  const range = make("label");
  const further = make(
    "details",
    {},
    summary,
    make(
      "div",
      { class: "row" },
      dates,
      from,
      make("span", {}, "–"),
      until,
      range,
      figure,
      least,
      make("span", {}, "–"),
      most,
    ),
  );
  const box = make(
    "div",
    { class: "filters" },
    make("div", { class: "row" }, sources.box, text, page, starred),
    further,
  );
  return {
    box,
    wanted,
    /**
     * @param {Labels} labels
     * @param {Source} source
     * @param {boolean} hasTheirs
     * @param {Row[]} rows
     * @param {Titles} titles
     */
    show(labels, source, hasTheirs, rows, titles) {
      sources.show(source, labels.source, { mine: labels.mine, examples: labels.examples, theirs: labels.theirs });
      const last = /** @type {HTMLElement} */ (sources.box.lastElementChild);
      last.hidden = !hasTheirs;
      text.placeholder = labels.search;
      text.ariaLabel = labels.search;
      page.ariaLabel = labels.page;
      starred.ariaLabel = labels.starred;
      starred.title = labels.starred;
      summary.textContent = labels.further;
      dates.textContent = labels.dates;
      range.textContent = labels.range;
      for (const [field, name] of /** @type {const} */ ([
        [from, "from"],
        [until, "until"],
        [figure, "figure"],
        [least, "least"],
        [most, "most"],
      ]))
        field.ariaLabel = labels[name];
      least.placeholder = labels.least;
      most.placeholder = labels.most;
      options(page, labels.everyPage, Object.fromEntries(rows.map(({ stem }) => [stem, titles[stem]?.title ?? stem])));
      const figures = rows.flatMap((row) =>
        Object.entries(row.figures).map(([name, { label, unit }]) => [name, unit ? `${label} (${unit})` : label]),
      );
      options(figure, labels.noFigure, Object.fromEntries(figures));
    },
  };
}

/**
 * Give a list its options, and leave it where it stands.
 * @param {HTMLSelectElement} list
 * @param {string} none
 * @param {Record<string, string>} names
 */
function options(list, none, names) {
  const chosen = list.value;
  const all = Object.entries(names).sort(([, one], [, other]) => one.localeCompare(other));
  list.replaceChildren(
    make("option", { value: "" }, none),
    ...all.map(([value, label]) => make("option", { value }, label)),
  );
  list.value = chosen in names ? chosen : "";
}

/**
 * The row of files: one's own out and in, a student's to be read.
 * @param {{ save: () => void, bring: (file: File) => void, open: (file: File) => void }} act
 */
export function files(act) {
  const save = make("button", { type: "button", class: "plain" });
  const bring = chooser(act.bring);
  const open = chooser(act.open);
  const box = make("div", { class: "row files" }, save, bring.button, bring.input, open.button, open.input);
  save.onclick = act.save;
  return {
    box,
    /** @param {Labels} labels */
    show(labels) {
      save.textContent = labels.save;
      for (const [one, label] of /** @type {const} */ ([
        [bring, labels.bring],
        [open, labels.openFile],
      ])) {
        one.button.textContent = label;
        one.input.ariaLabel = label;
      }
    },
  };
}

/** @param {(file: File) => void} take */
function chooser(take) {
  const input = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
  const button = make("button", { type: "button", class: "plain" });
  button.onclick = () => input.click();
  input.onchange = () => {
    const [file] = input.files ?? [];
    input.value = ""; // the same file may be chosen again
    if (file) take(file);
  };
  return { button, input };
}

/**
 * The bar of the chosen rows: how many, what can be made of them.
 * @param {{ see: () => void, report: (kind: typeof REPORTS[number]) => void, remove: () => void, add: () => void, none: () => void }} act
 */
export function chosenBar(act) {
  const count = make("span", { class: "count", role: "status" });
  const kinds = REPORTS.map((kind) => {
    const button = make("button", { type: "button", class: "plain", "data-kind": kind });
    button.onclick = () => act.report(kind);
    return button;
  });
  const [see, add, remove, none] = [act.see, act.add, act.remove, act.none].map((act) => {
    const button = make("button", { type: "button", class: "plain" });
    button.onclick = act;
    return button;
  });
  const named = make("span");
  const box = make("div", { class: "row chosen" }, count, see, named, ...kinds, add, remove, none);
  return {
    box,
    /**
     * @param {Labels} labels
     * @param {Source} source
     * @param {number} number
     */
    show(labels, source, number) {
      box.hidden = number === 0;
      count.textContent = labels.chosen.replace("%n", String(number));
      see.textContent = labels.see;
      see.hidden = number < 2;
      named.textContent = labels.report;
      for (const button of kinds) button.textContent = labels[/** @type {string} */ (button.dataset.kind)];
      add.textContent = labels.add;
      add.hidden = source !== "theirs";
      remove.textContent = labels.removeAll;
      remove.hidden = source !== "mine";
      none.textContent = labels.none;
    },
  };
}
