// The answer to the page's question, played: the letters move from where chance put them to where training left them.

/** Milliseconds for the whole way. */
const LASTS = 3500;

/**
 * Go through all frames by itself; a hand on the slider stops it. Tell when the end was reached.
 * @param {{ go(frame: number): void, at(): number }} transport
 * @param {number} frames how many there are
 * @param {() => void} tell
 */
export function playThrough(transport, frames, tell) {
  const last = frames - 1;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    transport.go(last);
    tell();
    return;
  }
  transport.go(0);
  let frame = 0;
  const next = () => {
    if (transport.at() !== frame) return;
    frame += 1;
    transport.go(frame);
    setTimeout(frame < last ? next : tell, LASTS / last);
  };
  setTimeout(next, 600); // time to look at the start
}
