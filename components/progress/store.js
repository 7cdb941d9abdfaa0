// What this browser keeps of a student: read with mistrust, merged, and written. core/progress.py has the same rules.

const KEY = "curseurs";
/** Under which the canvas of a project is kept. */
export const CANVAS = "curseurs-canvas";
const VERSION = 1;
/** Characters that are read at most, from the store or from a file. */
export const MOST = 200_000;
const SENTENCE = 1000;
const ADDRESS = 4000;
/** Missions, quizzes, options, pages. */
const MANY = 50;
/** What an answer of a model may be judged with; models (those judged last are kept), uses, criteria. */
const MARKS = ["yes", "partly", "no"];
const MODELS = 8;
const USES = 12;
const CRITERIA = 8;
const MODEL = /^(?!\d+$)[ -~\u00a0-\ud7ff\ue000-\ufffd]{1,80}$/;
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;
/** A page's name, and what may stand in a query. Which pages there are only the server knows. */
const PLACE = /^[a-z0-9][a-z0-9_-]{0,63}(\?[!-~]*)?$/;

/** @typedef {Record<string, Record<string, string>>} Uses by use, by criterion: a mark */
/** @typedef {Record<string, Uses>} Judged by model; the one judged last stands last */
/**
 * @typedef {object} Page
 * @property {number | null} prediction
 * @property {string[]} missions
 * @property {Record<string, number>} quiz
 * @property {string} sentence
 * @property {Judged} judged
 */
/** @typedef {Record<string, Page>} Pages by stem */
/** @typedef {{ version: number, last: string, pages: Pages }} Progress */

/** Where storage is refused, what was done is kept as long as the page; the scripts of several components share it. */
const tab = /** @type {{ curseursProgress?: string | null }} */ (globalThis);

/** Whether what is written now will be there tomorrow. */
export function lasts() {
  try {
    localStorage.setItem(`${KEY}?`, "");
    localStorage.removeItem(`${KEY}?`);
    return true;
  } catch {
    return false;
  }
}

/** What the browser keeps; nothing where that cannot be understood. */
export function read() {
  return understood(tab.curseursProgress ?? stored()) ?? nothing();
}

/** @param {Progress} progress */
export function write(progress) {
  const text = JSON.stringify(progress);
  try {
    localStorage.setItem(KEY, text);
    tab.curseursProgress = null;
  } catch {
    tab.curseursProgress = text;
  }
}

/** Forget all, the canvas too, here and in the other tabs. */
export function forget() {
  tab.curseursProgress = null;
  try {
    for (const key of [KEY, CANVAS]) localStorage.removeItem(key);
  } catch {
    // What may not be written was never kept.
  }
}

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @returns {Progress} */
const nothing = () => ({ version: VERSION, last: "", pages: {} });

/** @param {Progress} progress */
export function isEmpty({ last, pages }) {
  return !last && Object.keys(pages).length === 0;
}

/**
 * Read a text that anybody may have written: null if it is no progress, else what can be understood of it.
 * @param {string} text
 */
export function understood(text) {
  if (text.length > MOST) return null;
  try {
    return checked(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * @param {any} given
 * @returns {Progress | null}
 */
function checked(given) {
  if (given?.version !== VERSION || !isRecord(given.pages)) return null;
  const pages = entries(given.pages).filter(([, page]) => isRecord(page));
  return {
    version: VERSION,
    last: typeof given.last === "string" && given.last.length <= ADDRESS && PLACE.test(given.last) ? given.last : "",
    pages: Object.fromEntries(pages.map(([stem, page]) => [stem, checkedPage(page)])),
  };
}

/**
 * @param {any} given
 * @returns {Page}
 */
function checkedPage({ prediction, missions, quiz, sentence, judged }) {
  return {
    prediction: isOption(prediction, -1) ? prediction : null,
    missions: Array.isArray(missions) ? [...new Set(missions.slice(0, MANY).filter(isName))].sort() : [],
    quiz: Object.fromEntries(entries(quiz).filter(([, option]) => isOption(option, 0))),
    sentence: typeof sentence === "string" ? [...sentence].slice(0, SENTENCE).join("") : "",
    judged: checkedJudged(judged),
  };
}

/**
 * @param {any} given
 * @returns {Judged}
 */
function checkedJudged(given) {
  const models = entries(given, MODEL).map(([model, uses]) => /** @type {const} */ ([model, checkedUses(uses)]));
  return Object.fromEntries(models.filter(([, uses]) => Object.keys(uses).length > 0).slice(-MODELS));
}

/**
 * @param {any} given
 * @returns {Uses}
 */
function checkedUses(given) {
  const uses = entries(given).filter(([, marks]) => isRecord(marks));
  return Object.fromEntries(uses.slice(0, USES).map(([use, marks]) => [use, checkedMarks(marks)]));
}

/** @param {any} given */
function checkedMarks(given) {
  const marks = entries(given).filter(([, mark]) => MARKS.includes(mark));
  return Object.fromEntries(marks.slice(0, CRITERIA));
}

/** @param {any} value */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {any} value */
const isName = (value) => typeof value === "string" && NAME.test(value);
/**
 * @param {any} value
 * @param {RegExp} name
 */
const entries = (value, name = NAME) =>
  isRecord(value)
    ? Object.entries(value)
        .slice(0, MANY)
        .filter(([key]) => name.test(key))
    : [];
/**
 * @param {any} value
 * @param {number} lowest
 */
const isOption = (value, lowest) => Number.isInteger(value) && value >= lowest && value < MANY;

/**
 * What both tell: all missions, the first guess; of quizzes, sentence and address the later.
 * @param {Progress} before
 * @param {Progress} later
 * @returns {Progress}
 */
export function merged(before, later) {
  const pages = { ...before.pages };
  for (const [stem, page] of Object.entries(later.pages)) {
    pages[stem] = Object.hasOwn(pages, stem) ? mergedPage(pages[stem], page) : page;
  }
  return { version: VERSION, last: later.last || before.last, pages };
}

/**
 * @param {Page} before
 * @param {Page} later
 * @returns {Page}
 */
function mergedPage(before, later) {
  const guessed = before.prediction !== null && before.prediction >= 0;
  return {
    prediction: guessed ? before.prediction : (later.prediction ?? before.prediction),
    missions: [...new Set([...before.missions, ...later.missions])].sort(),
    quiz: { ...before.quiz, ...later.quiz },
    sentence: later.sentence || before.sentence,
    judged: mergedJudged(before.judged, later.judged),
  };
}

/**
 * The models that only the earlier judges stand first; of each use the later judgement counts, whole.
 * @param {Judged} before
 * @param {Judged} later
 * @returns {Judged}
 */
function mergedJudged(before, later) {
  const first = Object.entries(before).filter(([model]) => !Object.hasOwn(later, model));
  const again = Object.entries(later).map(([model, uses]) => {
    const both = Object.entries({ ...(Object.hasOwn(before, model) ? before[model] : {}), ...uses });
    return /** @type {const} */ ([model, Object.fromEntries(both.slice(0, USES))]);
  });
  return Object.fromEntries([...first, ...again].slice(-MODELS));
}

/**
 * What `now` says and `before` did not: another tab may have said something else since.
 * @param {Pages} now
 * @param {Pages} before
 * @returns {Pages}
 */
export function news(now, before) {
  const changed = Object.entries(now).filter(([stem, page]) => JSON.stringify(page) !== JSON.stringify(before[stem]));
  return Object.fromEntries(changed.map(([stem, page]) => [stem, newsOfPage(page, before[stem])]));
}

/**
 * @param {Page} now
 * @param {Page} [before]
 * @returns {Page}
 */
function newsOfPage(now, before) {
  if (!before) return now;
  return {
    prediction: now.prediction === before.prediction ? null : now.prediction,
    missions: now.missions.filter((name) => !before.missions.includes(name)),
    quiz: Object.fromEntries(Object.entries(now.quiz).filter(([name, option]) => before.quiz[name] !== option)),
    sentence: now.sentence === before.sentence ? "" : now.sentence,
    judged: newsOfJudged(now.judged, before.judged),
  };
}

/**
 * @param {Judged} now
 * @param {Judged} before
 * @returns {Judged}
 */
function newsOfJudged(now, before) {
  const changed = Object.entries(now).map(([model, uses]) => {
    const known = Object.hasOwn(before, model) ? before[model] : {};
    const news = Object.entries(uses).filter(
      ([use, marks]) => JSON.stringify(marks) !== JSON.stringify(Object.hasOwn(known, use) ? known[use] : null),
    );
    return /** @type {const} */ ([model, Object.fromEntries(news)]);
  });
  return Object.fromEntries(changed.filter(([, uses]) => Object.keys(uses).length > 0));
}
