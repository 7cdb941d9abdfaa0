// What the model receives: its tokens, each with the colour of where it comes from, and how full the window is.
import { dress, make, writeWhole } from "../in_browser/base.js";

/** @import { Part, Picture, Received } from "./picture.js" */

/** @type {readonly Part[]} in the order of the legend */
const PARTS = ["template", "system", "user", "assistant", "tool", "question", "generation"];

/** Make the panel; `showInside` fills it. */
export function inside() {
  const title = make("div", { class: "title", "aria-live": "polite" });
  const bar = make("div", { class: "bar", role: "img" });
  const legend = make("div", { class: "legend" });
  const chips = make("div", { class: "chips", translate: "no", tabindex: 0, role: "group" });
  return { box: make("div", { class: "inside" }, title, bar, legend, chips), title, bar, legend, chips, drawn: "" };
}

/** @param {Picture} ui */
export function showInside(ui) {
  const { data, inside: held } = ui;
  const { labels, lang } = data;
  const turn = ui.shown();
  const received = turn?.received ?? null;
  const key = JSON.stringify([received, turn?.window, ui.isVeiled(), ui.seen, lang]);
  if (key === held.drawn) return;
  held.drawn = key;
  const runs = received?.runs.slice(0, ui.seen ?? undefined) ?? [];
  const seen = ui.isVeiled() ? [] : runs;
  const all = seen.reduce((sum, [, , texts]) => sum + texts.length, 0);
  const asked = received?.runs.reduce((sum, [part, , texts]) => sum + (part === "question" ? texts.length : 0), 0) ?? 0;
  held.title.textContent = ui.isVeiled()
    ? labels.veiled
    : received
      ? labels[received.known ? "received" : "unknown"]
          .replace("%n", writeWhole(all, lang))
          .replace("%q", writeWhole(asked, lang))
      : labels.nothing;
  held.chips.setAttribute("aria-label", labels.chips);
  showBar(ui, received, all, turn?.window ?? null);
  if (ui.isVeiled()) held.chips.replaceChildren(make("span", { class: "ask" }, "?"));
  else if (received && !received.known)
    held.chips.replaceChildren(make("pre", {}, JSON.stringify(received.sent, null, 1)));
  else held.chips.replaceChildren(...seen.map((run) => chipsOf(ui, run)));
}

/**
 * @param {Picture} ui
 * @param {import("./picture.js").Run} run
 */
function chipsOf({ data }, [part, , texts, marks]) {
  const chips = texts.map((text, at) => {
    const shown = text.replaceAll("\n", "⏎");
    return make("span", { class: `chip${marks[at] ? " mark" : ""}` }, shown === "" ? "·" : shown);
  });
  return dress(make("span", { class: `run ${part}` }, ...chips), { title: data.labels.parts[part] });
}

/**
 * @param {Picture} ui
 * @param {Received | null} received
 * @param {number} all tokens that are seen
 * @param {number | null} chosen a smaller window than the model's
 */
function showBar(ui, received, all, chosen) {
  const { inside: held, data } = ui;
  const { labels, lang } = data;
  const runs = ui.isVeiled() ? [] : (received?.runs.slice(0, ui.seen ?? undefined) ?? []);
  const counts = PARTS.map((part) => ({
    part,
    count: runs.reduce((sum, [of, , texts]) => sum + (of === part ? texts.length : 0), 0),
  })).filter(({ count }) => count);
  const own = received?.window ?? null;
  const isSmaller = chosen !== null && chosen < (own ?? Infinity);
  const window = isSmaller ? chosen : own;
  const whole = Math.max(window ?? 0, all + (received?.answer ?? 0), 1);
  const piece = (/** @type {string} */ name, /** @type {number} */ count) => {
    const made = make("span", { class: `piece ${name}` });
    made.style.flexGrow = String(count);
    return made;
  };
  const free = whole - all - (received?.answer ?? 0);
  held.bar.replaceChildren(
    ...counts.map(({ part, count }) => piece(part, count)),
    piece("answer-room", ui.isVeiled() ? 0 : (received?.answer ?? 0)),
    piece("free", Math.max(0, free)),
  );
  const told =
    window && !ui.isVeiled()
      ? labels[all >= window ? "over" : isSmaller ? "chosen" : "window"]
          .replace("%n", writeWhole(all, lang))
          .replace("%w", writeWhole(window, lang))
          .replace("%a", writeWhole(received?.answer ?? 0, lang))
      : "";
  held.bar.setAttribute("aria-label", told || labels.chips);
  held.legend.replaceChildren(
    ...counts.map(({ part, count }) =>
      make("span", { class: `entry ${part}` }, make("i"), `${labels.parts[part]} ${writeWhole(count, lang)}`),
    ),
    make("span", { class: "told" }, told),
  );
}
