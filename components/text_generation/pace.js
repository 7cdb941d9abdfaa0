// How fast a text appears: the worker writes ahead, the student sees one token after the other.

/** Milliseconds for each token: seven a second can be read, and stopped. */
const PACE = 143;

/**
 * A counter that goes up to a goal, one step at a time; the goal may still move while it goes.
 * @param {(at: number) => void} show draws so many tokens
 * @param {() => void} rest called when the end is reached, or when it is stopped
 */
export function counter(show, rest) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let [at, goal, isOpen, isFast, isHeld] = [0, 0, false, false, false];
  const isGoing = () => timer !== undefined;

  function tick() {
    if (!isHeld && at < goal) {
      at = isFast ? goal : at + 1;
      show(at);
    }
    if (at >= goal && !isOpen) stop();
    else timer = setTimeout(tick, isFast ? PACE / 3 : PACE);
  }

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    isHeld = false;
    rest();
  }

  return {
    at: () => at,
    isGoing,
    /**
     * Go from a place to a goal.
     * @param {number} from
     */
    go(from) {
      clearTimeout(timer);
      [at, isHeld] = [from, false];
      timer = setTimeout(tick, 0);
    },
    /**
     * Hear how far it may go, and whether more may come.
     * @param {number} to
     * @param {boolean} more
     */
    allow(to, more) {
      [goal, isOpen] = [to, more];
      at = isGoing() ? Math.min(at, goal) : goal;
    },
    /** Stand still for a moment: a slider is under the finger. */
    hold() {
      isHeld = isGoing();
    },
    fast(/** @type {boolean} */ wanted) {
      isFast = wanted;
    },
    stop,
  };
}
