// A student's Python: CPython compiled to WebAssembly, Pyodide's core alone, in a worker that the page may end.
//
// The server serves this file beside Pyodide's, under a policy that lets it reach nothing but that server's own files:
// see components/server/python_files.py. Told {code}; says {kind: "ready"}, {kind: "printed", text}, and at the end
// one of {kind: "done", value}, {kind: "error", error, line}, {kind: "output"}.

const MOST = { output: 20_000, value: 2_000, error: 500, memory: 512 * 2 ** 20 };
const PAGE = 2 ** 16;
/** Doors that Python could find through `import js`; the policy shuts them for other places, this for the course's. */
const DOORS = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebTransport",
  "EventSource",
  "importScripts",
  "Worker",
  "caches",
];
const RUN = `
import gc, sys, traceback
from pyodide.code import eval_code

def cleared():
    """Let go of what the program before left: a promise of its that failed says so when it goes."""
    gc.collect()
    sys.stderr.flush()

def ran(code, most_value, most_error):
    """Return [value, error, line]: what a program's last line is worth, or what went wrong and where."""
    try:
        value = eval_code(code, {"__name__": "__main__"}, filename="code.py")
        written = None if value is None else repr(value)
        if written is not None and len(written) > most_value:
            written = written[:most_value] + "…"
        sys.stdout.flush()
        return [written, None, None]
    except BaseException as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "code.py"]
        line = error.lineno if isinstance(error, SyntaxError) else (lines or [None])[-1]
        return [None, "".join(traceback.format_exception_only(error)).strip()[-most_error:], line]
[cleared, ran]
`;

const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * PAGE > MOST.memory) throw new RangeError("memory");
  return grow.call(this, pages);
};

let printed = 0;
/** What is written is told: a program runs, and has not written too much. */
let isHeard = false;
const decoder = new TextDecoder();
const ran = load();

self.onmessage = async ({ data }) => {
  const [clear, run] = await ran;
  clear();
  [printed, isHeard] = [0, true];
  const answer = run(data.code, MOST.value, MOST.error);
  const [value, error, line] = answer.toJs();
  answer.destroy();
  if (!isHeard) return;
  isHeard = false;
  self.postMessage(error === undefined ? { kind: "done", value } : { kind: "error", error, line });
};

async function load() {
  const { loadPyodide } = await import(new URL("./pyodide.mjs", import.meta.url).href);
  // With an empty list of packages it asks nobody for one; `loadPackage` is never called.
  const nothing = { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" } };
  const pyodide = await loadPyodide({ lockFileContents: { ...nothing, packages: {} } });
  for (let holder = globalThis; holder; holder = Object.getPrototypeOf(holder))
    for (const name of DOORS) Reflect.deleteProperty(holder, name);
  const write = (/** @type {Uint8Array} */ bytes) => {
    say(decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  pyodide.setStdout({ write });
  pyodide.setStderr({ write });
  pyodide.setStdin({ error: true });
  const program = pyodide.runPython(RUN);
  self.postMessage({ kind: "ready" });
  return program.toJs();
}

/**
 * Say what was printed, up to a bound; then the page ends this worker.
 * @param {string} text
 */
function say(text) {
  if (!isHeard || !text) return;
  const kept = text.slice(0, MOST.output - printed);
  printed += kept.length;
  self.postMessage({ kind: "printed", text: kept });
  if (printed < MOST.output) return;
  isHeard = false;
  self.postMessage({ kind: "output" });
}
