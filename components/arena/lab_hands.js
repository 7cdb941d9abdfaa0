// The hands of the laboratory: what to look at, the votes, and what each view lets one change.
import { make, writeWhole } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { slider } from "../in_browser/slider.js";

/** @import { Picture, State, View } from "./lab.js" */

/** @type {readonly View[]} */
const VIEWS = ["order", "taste", "cheat", "drop"];
/** The sliders, and in which view each is seen; null: in all. */
const SLIDERS = /** @type {const} */ ({
  votes: null,
  k: "order",
  ties: "taste",
  bias: "taste",
  fakes: "cheat",
  dropped: "drop",
});
/** @typedef {keyof typeof SLIDERS} Slid */

/**
 * Make the hands.
 * @param {(changed: Partial<State>) => void} choose
 */
export function hands(choose) {
  const views = segments(VIEWS, (view) => choose({ view }));
  const names = /** @type {Slid[]} */ (Object.keys(SLIDERS));
  const sliders = /** @type {Record<Slid, ReturnType<typeof slider>>} */ (
    Object.fromEntries(names.map((name) => [name, slider(name)]))
  );
  const button = (/** @type {string} */ name) => make("button", { type: "button", class: `again ${name}` });
  const [shuffle, again] = [button("shuffle"), button("seed")];
  const style = make("input", { type: "checkbox", role: "switch" });
  const styleWords = make("span");
  const styled = make("label", { class: "switch" }, style, styleWords);
  const [helped, against] = [make("select"), make("select")];
  const [helpedWords, againstWords] = [make("span"), make("span")];
  const robots = make(
    "div",
    { class: "robots" },
    make("label", {}, helpedWords, helped),
    make("label", {}, againstWords, against),
  );
  const rows = [
    sliders.votes.box,
    sliders.k.box,
    sliders.ties.box,
    sliders.bias.box,
    robots,
    sliders.fakes.box,
    sliders.dropped.box,
  ];
  const lost = segments(/** @type {const} */ (["worst", "chance"]), (which) => choose({ lost: which }));
  const box = make(
    "div",
    { class: "hands" },
    views.box,
    ...rows,
    lost.box,
    styled,
    make("div", { class: "buttons" }, shuffle, again),
  );
  return {
    box,
    views,
    sliders,
    lost,
    shuffle,
    again,
    style,
    styleWords,
    styled,
    helped,
    against,
    helpedWords,
    againstWords,
    robots,
  };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { hands: held } = ui;
  for (const [name, { range }] of Object.entries(held.sliders)) {
    const slid = /** @type {Slid} */ (name);
    range.oninput = () => ui.slide({ [slid]: ui.data.choices[slid][Number(range.value)] });
  }
  held.shuffle.onclick = () => ui.choose({ order: ui.state.order + 1 });
  held.again.onclick = () => ui.choose({ seed: ui.state.seed + 1 });
  held.style.onchange = () => ui.choose({ style: held.style.checked });
  held.helped.onchange = () => ui.choose({ helped: Number(held.helped.value) });
  held.against.onchange = () => ui.choose({ against: held.against.value === "all" ? "all" : "first" });
}

/** @param {Picture} ui */
export function showHands({ data, state, hands: held }) {
  const { labels, choices, hidden, lang, names } = data;
  held.views.show(state.view, labels.view, labels.views);
  for (const [name, { box, show }] of Object.entries(held.sliders)) {
    const slid = /** @type {Slid} */ (name);
    const words = labels[`${slid}Value`].replace("%v", writeWhole(state[slid], lang));
    show(labels[slid], choices[slid].indexOf(state[slid]), words, choices[slid].length - 1);
    const view = SLIDERS[slid];
    box.hidden = hidden.includes(`ar_lab_${slid}`) || (view !== null && view !== state.view);
  }
  held.shuffle.textContent = labels.shuffle;
  held.again.textContent = labels.again;
  held.styleWords.textContent = labels.style;
  held.style.checked = state.style;
  held.helpedWords.textContent = labels.helped;
  held.againstWords.textContent = labels.against;
  fill(
    held.helped,
    names.map((name, at) => [String(at), name]),
    String(state.helped),
  );
  fill(held.against, Object.entries(labels.targets), state.against);
  held.lost.show(state.lost, labels.lost, labels.losses);
  held.lost.box.hidden = state.view !== "drop" || hidden.includes("ar_lab_dropped");
  held.shuffle.hidden = state.view !== "order" || hidden.includes("ar_lab_order");
  held.again.hidden = hidden.includes("ar_lab_seed");
  held.styled.hidden = state.view !== "taste" || hidden.includes("ar_lab_style");
  held.robots.hidden = state.view !== "cheat" || hidden.includes("ar_lab_fakes");
}

/**
 * @param {HTMLSelectElement} select
 * @param {string[][]} options values and their words
 * @param {string} chosen
 */
function fill(select, options, chosen) {
  if (
    select.options.length !== options.length ||
    [...select.options].some((option, at) => option.text !== options[at][1])
  ) {
    select.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
  }
  select.value = chosen;
}
