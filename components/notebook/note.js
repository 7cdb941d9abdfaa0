// A fragment of a page says what it shows now; the keeper, mounted with the page, hears it.

/** @param {import("../in_browser/base.js").Component<{ note: object }>} component */
export default function ({ data }) {
  dispatchEvent(new CustomEvent("curseurs-note", { detail: data.note }));
}
