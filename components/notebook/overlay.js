// Curves of several experiments on the same axes, as the report draws them: Python writes the drawing, one for both.
import { make, pictureIn } from "../in_browser/base.js";

/** @typedef {{ title: string, svg: string, keys: { svg: string, label: string }[] }} Drawing */

/** @param {import("../in_browser/base.js").Component<{ drawings: Drawing[] }>} component */
export default function (component) {
  const { box } = pictureIn(component, (root) => {
    const box = make("div", { class: "drawings" });
    root.append(box);
    return { box };
  });
  box.replaceChildren(
    ...component.data.drawings.map(({ title, svg, keys }) => {
      const legend = keys.map((key) => make("li", {}, parsed(key.svg), key.label));
      return make("figure", {}, make("figcaption", {}, title), make("ul", {}, ...legend), parsed(svg));
    }),
  );
}

/**
 * A drawing as an element. All words in it are text: it is read as XML, where nothing runs.
 * @param {string} text
 */
function parsed(text) {
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
}
