// The student against the law: every guess of this session as a row, by how many times each of both was off.
import { clamp, make, svg, writeShort } from "../in_browser/base.js";
import { isNear, placeOf, reachedBy } from "./law_kinds.js";
import { lawAt, timesOff, writeCount } from "./law_places.js";

/** @import { Guess, Picture } from "./law.js" */

/** Rows that are shown: the last ones. */
const ROWS = 5;
/** How many times off the ends of the target are. */
const END = 5;
/** Pixels of a row and of the whole width, before the drawing is scaled; half the size of a mark. */
const [ROW, WIDTH, MARK] = [22, 200, 6];

/** Make the box; `showDuel` fills it. */
export function duel() {
  const [score, rows, axis, goal] = [
    make("p", { class: "score" }),
    make("ol", { class: "rows" }),
    make("p", { class: "target-axis", "aria-hidden": "true" }),
    make("p", { class: "goal" }),
  ];
  return { box: make("section", { class: "duel" }, score, rows, axis, goal), score, rows, axis, goal };
}

/** @param {Picture} ui */
export function showDuel(ui) {
  const { duel: held, data } = ui;
  const { labels, lang } = data;
  held.box.hidden = !ui.isPredicting();
  if (held.box.hidden) return;
  const found = ui.counted().map((guess) => judged(ui, guess));
  const won = found.map(({ you, law }) => winner(timesOff(you, 1).times, timesOff(law, 1).times, lang));
  const points = (/** @type {string} */ who) => String(won.filter((each) => each === who).length);
  held.score.textContent = found.length
    ? labels.score.replace("%y", points("you")).replace("%w", points("law"))
    : labels.noScore;
  const ends = [1 / END, 1, END].map((times) => (times < 1 ? `÷${END}` : times > 1 ? `×${END}` : labels.truth_));
  held.axis.replaceChildren(
    make("span", {}, labels.which),
    make("span", { class: "ends" }, ...ends.map((end) => make("span", {}, end))),
  );
  held.axis.hidden = !found.length;
  held.rows.replaceChildren(
    ...found.slice(-ROWS).map(({ guess, inside, you, law }) => {
      const name = `${writeCount(inside, lang)} · ${writeShort(guess.stories, lang, 6)}`;
      const told = labels.row.replace("%y", timesWords(you, lang)).replace("%w", timesWords(law, lang));
      const near = make("span", { class: "near" }, isNear(data.study, guess) ? "✓" : "");
      return make("li", {}, make("span", { class: "which" }, name), target(ui, you, law, told), near);
    }),
  );
  showGoal(ui);
}

/**
 * How far the mission is: a chip for each kind of place, ticked when the last guesses were near there.
 * @param {Picture} ui
 */
function showGoal(ui) {
  const { labels, study, mission } = ui.data;
  const { goal } = ui.duel;
  const counted = ui.counted();
  const reached = reachedBy(study, counted);
  const isClosed = !mission.isTicked && !mission.canCome;
  ui.duel.score.hidden = isClosed && !counted.length;
  goal.hidden = !isClosed && !counted.length;
  const chips = /** @type {const} */ (["helps", "not"]).map((kind) => {
    const [isReached, words] = [reached[kind], labels.kinds[kind]];
    return make("span", { class: isReached ? "chip reached" : "chip" }, `${isReached ? "✓" : "○"}\u00a0${words}`);
  });
  goal.replaceChildren(...(isClosed ? [labels.closed] : [labels.goal, ...chips]));
}

/**
 * By how many times a guess and the law of the sizes known then were off: above 1, too high.
 * @param {Picture} ui
 * @param {Guess} guess
 */
function judged(ui, guess) {
  const { study } = ui.data;
  const { budget, size } = placeOf(study, guess);
  const { inside } = study.sizes[size];
  const truth = study.points[budget][size].mean;
  const expected = lawAt(study.laws[size], inside, study.budgets[budget].tokens);
  return { guess, inside, you: guess.excess / truth, law: expected / truth };
}

/**
 * Who was nearer, as far as it is written: two digits.
 * @param {number} you
 * @param {number} law
 * @param {string} lang
 */
function winner(you, law, lang) {
  if (writeShort(you, lang, 2) === writeShort(law, lang, 2)) return "both";
  return you < law ? "you" : "law";
}

/** Write a factor with its side: ×1,4 or ÷2. @param {number} times @param {string} lang */
function timesWords(times, lang) {
  return times < 1 ? `÷${writeShort(1 / times, lang, 2)}` : `×${writeShort(times, lang, 2)}`;
}

/**
 * A target: the truth in the middle, near around it, the student's mark and the law's.
 * @param {Picture} ui
 * @param {number} you
 * @param {number} law
 * @param {string} told
 */
function target(ui, you, law, told) {
  const x = (/** @type {number} */ times) => (WIDTH / 2) * (1 + clamp(Math.log(times) / Math.log(END), -1, 1) * 0.94);
  const { near } = ui.data.study.range;
  const [left, middle, at] = [x(1 / near), ROW / 2, x(you)];
  return svg(
    "svg",
    { class: "target", viewBox: `0 0 ${WIDTH} ${ROW}`, role: "img", "aria-label": told },
    svg("rect", { class: "near", x: left, width: x(near) - left, y: 1, height: ROW - 2, rx: 4 }),
    svg("line", { class: "grid", x1: 0, x2: WIDTH, y1: middle, y2: middle }),
    svg("line", { class: "truth", x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: ROW }),
    svg("circle", { class: "expected", cx: x(law), cy: middle, r: MARK - 1 }),
    svg("path", { class: "mark", d: `M${at},${middle - MARK}l${MARK},${MARK}l${-MARK},${MARK}l${-MARK},${-MARK}Z` }),
  );
}
