// The answer to a page's question, played: step after step, then its end is told.

/**
 * Play a film; whoever moves something meanwhile sees its end at once, as does who wants no motion.
 * @param {{ stop: () => void }} ui its `stop` ends the film
 * @param {object} film
 * @param {number} film.steps how many there are, one at least
 * @param {(at: number) => void} film.draw draws a step
 * @param {() => void} film.end draws the whole answer, and tells that it was seen
 * @param {number} film.pace milliseconds of each step
 * @param {number} film.rest milliseconds of the last one: enough to see it
 */
export function playFilm(ui, { steps, draw, end, pace, rest }) {
  ui.stop();
  let timer = 0;
  const finish = () => {
    clearTimeout(timer);
    ui.stop = () => {};
    end();
  };
  ui.stop = finish;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    finish();
    return;
  }
  const next = (/** @type {number} */ at) => {
    draw(at);
    const isLast = at >= steps - 1;
    timer = setTimeout(() => (isLast ? finish() : next(at + 1)), isLast ? rest : pace);
  };
  next(0);
}
