// One bar: the time of a step cut into launch, transfer, memory and arithmetic, and in words which one rules.
import { make, writePercent, writeTime } from "../in_browser/base.js";
import { partsOf, rulerOf, timeOf, totalOf, transferOf } from "./times.js";

/** @import { Picture } from "./picture.js" */
/** @import { Parts } from "./times.js" */

const NAMES = /** @type {(keyof Parts)[]} */ (["launch", "transfer", "memory", "arithmetic"]);
/** A part narrower than this share of the bar has no words in it. */
const NARROW = 0.16;

/** Make the bar; `showSplit` fills it. */
export function split() {
  const title = make("div", { class: "split-title" });
  const bar = make("div", { class: "split-bar", role: "img" });
  const under = make("div", { class: "split-under" });
  const words = make("p", { class: "split-words", "aria-live": "polite" });
  return { box: make("div", { class: "split" }, title, bar, under, words), title, bar, under, words };
}

/** @param {Picture} ui */
export function showSplit(ui) {
  const { split: shown, state } = ui;
  const { labels, lang } = ui.data;
  const line = ui.chosen();
  if (!line || (ui.isWaiting() && line.kind === "card")) {
    shown.title.textContent = labels.splitWaits;
    shown.bar.replaceChildren(make("span", { class: "part unknown" }, "?"));
    shown.under.replaceChildren();
    shown.words.textContent = "";
    return;
  }
  const transfer = line.kind === "card" && state.transfer ? transferOf(line, state.batch) : 0;
  const parts = partsOf(line, state.width, state.batch, transfer);
  if (!parts) {
    shown.title.textContent = labels.noModel;
    shown.bar.replaceChildren(make("span", { class: "part unknown" }, "?")); // as high as ever: the page does not jump
    shown.under.replaceChildren();
    shown.words.textContent = "";
    return;
  }
  const total = totalOf(parts);
  const told = timeOf(line, state.width, state.batch);
  const measured = told && told.kind !== "model" ? labels[told.kind] : "";
  const said = measured.replace("%t", writeTime((told?.seconds ?? 0) + transfer, lang));
  const by = line.kind === "sheet" ? labels.bySheet : labels.byModel;
  shown.title.replaceChildren(
    make("b", {}, labels.splitOf.replace("%s", line.name)),
    ` ${by.replace("%t", writeTime(total, lang)).replace("%e", writePercent(line.error ?? 0, lang, 0))}${said && ` · ${said}`}`,
  );
  const hidden = parts.memory > parts.arithmetic ? "arithmetic" : "memory";
  shown.bar.replaceChildren(
    ...NAMES.filter((name) => name !== hidden && parts[name] > 0).map((name) => part(ui, name, parts, total)),
  );
  shown.bar.setAttribute(
    "aria-label",
    NAMES.map((name) => `${labels[name]} ${writeTime(parts[name], lang)}`).join(", "),
  );
  const meanwhile = make("span", { class: `part ${hidden}` });
  meanwhile.style.width = `${(100 * parts[hidden]) / total}%`;
  const before = make("span", { class: "before" });
  before.style.width = `${(100 * (parts.launch + transfer)) / total}%`;
  const note = make("span", { class: "note" });
  note.textContent = `${labels.meanwhile.replace("%s", labels[hidden])} ${writeTime(parts[hidden], lang)}`;
  const isRight = (parts.launch + transfer) / total > 0.5; // there is more room before it than behind
  if (isRight) before.append(note);
  shown.under.replaceChildren(before, meanwhile, ...(isRight ? [] : [note]));
  const why = labels[`${rulerOf(parts)}Rules${line.kind === "processor" ? "Here" : ""}`];
  const words = why.replace("%s", line.name).replace("%p", writePercent(parts[rulerOf(parts)] / total, lang, 0));
  if (shown.words.textContent !== words) shown.words.textContent = words;
}

/**
 * @param {Picture} ui
 * @param {keyof Parts} name
 * @param {Parts} parts
 * @param {number} total
 */
function part(ui, name, parts, total) {
  const { labels, lang } = ui.data;
  const share = parts[name] / total;
  const words = `${labels[name]} ${writeTime(parts[name], lang)}`;
  const made = make("span", { class: `part ${name}`, title: words }, share > NARROW ? words : "");
  made.style.width = `${100 * share}%`;
  return made;
}
