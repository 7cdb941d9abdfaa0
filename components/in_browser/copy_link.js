// Copies the address of this experiment: every control's default, and over it what the page's own address says.
import { make, pictureIn } from "./base.js";

/**
 * @typedef {object} Data
 * @property {{ copy: string, copied: string }} labels
 * @property {Record<string, string>} query every control's default
 * @property {string[]} [fixed] names whose value is the query's, whatever the page's own address says
 */

/** @param {import("./base.js").Component<Data>} component */
export default function (component) {
  const { labels, query, fixed = [], lang } = component.data;
  document.documentElement.lang = lang; // Streamlit says English of every page; screen readers choose their voice by it
  const { button, said } = pictureIn(component, build);
  button.textContent = labels.copy;
  button.onclick = async () => {
    const address = linkOf(query, fixed);
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = labels.copied;
    } catch {
      // Without https or permission there is no clipboard: show the address, selected, to copy by hand.
      const field = make("input", { readonly: "", value: address, "aria-label": labels.copy });
      said.replaceChildren(field);
      field.select();
      if (document.execCommand("copy")) said.append(labels.copied);
    }
  };
}

/** @param {HTMLElement} root */
function build(root) {
  const button = make("button", { type: "button" });
  const said = make("span", { role: "status", class: "said" });
  root.append(button, said);
  return { button, said };
}

/**
 * The address holds what was moved, always up to date; `defaults` the rest, the language included.
 * @param {Record<string, string>} defaults
 * @param {string[]} fixed
 */
function linkOf(defaults, fixed) {
  const link = new URLSearchParams(defaults);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (link.has(name) && name !== "lang" && !fixed.includes(name)) link.set(name, value);
  }
  return `${location.origin}${location.pathname}?${link}`;
}
