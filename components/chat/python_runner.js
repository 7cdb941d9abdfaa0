// Runs a student's Python in a worker, one program at a time, and ends the worker when its time is up.

/** @typedef {"done" | "error" | "time" | "output" | "stopped" | "missing"} Kind */
/**
 * @typedef {object} Ran
 * @property {Kind} kind
 * @property {string} output
 * @property {string | null} value
 * @property {string} error
 * @property {number | null} line
 */

/** How a worker says that a program ended. */
const ENDS = ["done", "error", "output"];
/** Characters that a program may print: as many as its worker says. */
const MOST_OUTPUT = 20_000;
/** Seconds that Python may take to come: 14 MB, once, from the course's own server. */
const LOADING = 60;

/**
 * Make a runner.
 * @param {URL} address of the worker
 * @param {number} seconds that a program may run
 */
export function runner(address, seconds) {
  /** @type {Worker | null} */
  let worker = null;
  let isReady = false;
  /** @type {(kind: Kind, found?: Partial<Ran>) => void} */
  let end = () => {};

  function close() {
    worker?.terminate();
    [worker, isReady] = [null, false];
  }

  /**
   * Run a program; what it prints is told as it comes, what became of it at the end.
   * @param {string} code
   * @param {(text: string) => void} onPrinted
   * @returns {Promise<Ran>}
   */
  function run(code, onPrinted) {
    end("stopped");
    return new Promise((resolve) => {
      let output = "";
      let timer = setTimeout(() => end("missing"), 1000 * LOADING);
      const begin = () => {
        clearTimeout(timer);
        timer = setTimeout(() => end("time"), 1000 * seconds);
      };
      end = (kind, found = {}) => {
        clearTimeout(timer);
        end = () => {};
        if (kind !== "done" && kind !== "error") close();
        resolve({ kind, output, value: null, error: "", line: null, ...found });
      };
      worker ??= new Worker(address, { type: "module" });
      worker.onerror = (event) => end("missing", { error: event.message ?? "" });
      worker.onmessage = ({ data }) => {
        const { kind, text, value, error, line } = Object(data); // a program may send anything
        if (kind === "ready" && !isReady) {
          isReady = true;
          begin();
        } else if (kind === "printed" && output.length < MOST_OUTPUT) {
          const kept = String(text).slice(0, MOST_OUTPUT - output.length);
          output += kept;
          onPrinted(kept);
        } else if (ENDS.includes(kind)) end(kind, { value: value ?? null, error: error ?? "", line: line ?? null });
      };
      if (isReady) begin();
      worker.postMessage({ code });
    });
  }

  return { run, stop: () => end("stopped"), close };
}
