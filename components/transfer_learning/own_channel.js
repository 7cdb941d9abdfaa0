// Messages to Python, one after the other: the next is sent when the last was answered, so that none is lost.

/** @typedef {Record<string, unknown>} Message */
/** @typedef {(message: Message) => void} Send */

/** Milliseconds after which a message without an answer is sent again; Python takes it once. */
const AGAIN = 20_000;

/** Make the way to Python; it is told at every run what was answered, and how to send. */
export function channel() {
  const mine = Math.random().toString(36).slice(2);
  /** @type {{ message: Message, answered: () => void }[]} */
  const waiting = [];
  /** @type {Send} */
  let send = () => undefined;
  let sent = "";
  let count = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function next() {
    clearTimeout(timer);
    if (!waiting.length) return;
    sent = `${mine}-${count}`;
    send({ id: sent, ...waiting[0].message });
    timer = setTimeout(next, AGAIN);
  }

  return {
    /**
     * Hear that Python has run.
     * @param {string} answered the id of the message that it answered last
     * @param {Send} how
     */
    heard(answered, how) {
      send = how;
      if (!sent || answered !== sent) return;
      sent = "";
      count += 1;
      const done = waiting.shift();
      next();
      done?.answered();
    },
    /**
     * Say something; resolved when it was answered.
     * @param {Message} message
     * @returns {Promise<void>}
     */
    say(message) {
      return new Promise((answered) => {
        waiting.push({ message, answered });
        if (waiting.length === 1) next();
      });
    },
    /** Whether something waits for its answer. */
    isBusy: () => waiting.length > 0,
  };
}
