// What hands do: keys, work that waits for a pause, and what a move costs.

/** Milliseconds without a key after which Python hears of it. */
const PAUSE = 400;
/** Moves of a finger that are remembered for the benchmark. */
const MOVES = 1000;

/**
 * What a key means here, or nothing; the browser then does not scroll. With Alt, Ctrl or Meta a key is the browser's.
 * @template Meaning
 * @param {KeyboardEvent} event
 * @param {Record<string, Meaning>} meanings by the name of the key
 * @returns {Meaning | undefined}
 */
export function meaningOf(event, meanings) {
  if (event.altKey || event.ctrlKey || event.metaKey || !Object.hasOwn(meanings, event.key)) return undefined;
  event.preventDefault();
  return meanings[event.key];
}

/**
 * Work that waits until its caller pauses: one message to Python after many keys.
 * @param {() => void} work
 * @param {number} [pause] in milliseconds
 */
export function patient(work, pause = PAUSE) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    work();
  };
  return {
    now,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(now, pause);
    },
    isWaiting: () => timer !== undefined,
  };
}

/**
 * Remember what one move of the finger cost, layout included: the benchmark reads `window.curseursMoves`.
 * @param {Element} drawn what the move changed
 * @param {number} begun by `performance.now()`
 */
export function noteMove(drawn, begun) {
  drawn.getBoundingClientRect(); // the layout is paid here, where it is measured
  const told = /** @type {{ curseursMoves?: number[] }} */ (window);
  told.curseursMoves ??= [];
  told.curseursMoves.push(performance.now() - begun);
  if (told.curseursMoves.length > MOVES) told.curseursMoves.shift();
}

/**
 * Take what the hand chose, show it, and tell Python when the hand rests. `turn` counts what the hand did here: what
 * Python sends is older until it has the same.
 * @template {{ turn: number }} State
 * @param {{ root: Element, state: State, stop: () => void, show: () => void, told: { soon: () => void } }} ui
 * @param {Partial<State>} changed
 */
export function takeUp(ui, changed) {
  const begun = performance.now();
  ui.stop();
  ui.state = { ...ui.state, ...changed, turn: ui.state.turn + 1 };
  ui.show();
  noteMove(ui.root, begun);
  ui.told.soon();
}
