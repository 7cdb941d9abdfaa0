// The student's own hand on their progress: take it away as a file, bring it back, forget it. The browser does it alone.
import { make, pictureIn } from "../in_browser/base.js";
import { empty } from "../notebook/store.js";
import { forget, isEmpty, lasts, MOST, merged, read, understood, write } from "./store.js";

/** @typedef {"export" | "import" | "forget" | "sure" | "yes" | "no"} Part what is pressed, or asks */
/** @typedef {"stays" | "fleeting" | "nothing" | "imported" | "large" | "wrong" | "forgotten"} Word what is said */
/** @typedef {{ labels: Record<Part | Word, string> }} Data */

const FILE = "curseurs.json";

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  const { data, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  for (const [name, part] of Object.entries(ui.named)) part.textContent = data.labels[/** @type {Part} */ (name)];
  ui.where.textContent = lasts() ? data.labels.stays : data.labels.fleeting;
  /** @param {Word} word */
  const say = (word) => {
    ui.said.textContent = data.labels[word];
  };
  ui.named.export.onclick = () => (isEmpty(read()) ? say("nothing") : download(JSON.stringify(read(), null, 1)));
  ui.named.import.onclick = () => ui.file.click();
  ui.file.ariaLabel = data.labels.import;
  ui.file.onchange = async () => {
    const brought = await textOf(ui.file);
    const progress = understood(brought);
    if (!progress) return say(brought.length > MOST ? "large" : "wrong");
    write(merged(read(), progress));
    say("imported");
    setTriggerValue("imported", progress);
  };
  ui.named.forget.onclick = () => ui.ask(true);
  ui.named.no.onclick = () => ui.ask(false);
  ui.named.yes.onclick = () => {
    forget();
    empty();
    ui.ask(false);
    say("forgotten");
    setTriggerValue("forgotten", true);
  };
}

/** @param {HTMLElement} root */
function build(root) {
  const named = {
    export: make("button", { type: "button" }),
    import: make("button", { type: "button" }),
    forget: make("button", { type: "button" }),
    sure: make("span"),
    yes: make("button", { type: "button" }),
    no: make("button", { type: "button" }),
  };
  const where = make("p");
  const said = make("p", { role: "status", class: "said" });
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
  const doors = make("div", { class: "row" }, named.export, named.import, named.forget, file);
  const question = make("div", { class: "row", role: "group", hidden: "" }, named.sure, named.yes, named.no);
  root.append(where, doors, question, said);
  /** @param {boolean} open */
  const ask = (open) => {
    said.textContent = "";
    doors.hidden = open;
    question.hidden = !open;
    (open ? named.no : named.forget).focus();
  };
  return { named, where, said, file, ask };
}

/**
 * The text of the file that was chosen, or one that is too long; "" if it cannot be read.
 * @param {HTMLInputElement} input
 */
async function textOf(input) {
  const [file] = input.files ?? [];
  try {
    return await file.slice(0, 4 * MOST + 1).text(); // a character has four bytes at most
  } catch {
    return "";
  } finally {
    input.value = ""; // the same file may be chosen again
  }
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: address, download: FILE }).click();
  URL.revokeObjectURL(address);
}
