// The next size: a column that is still empty, the student's mark in it, and, once shown, the truth and the law.
import { clamp, svg } from "../in_browser/base.js";
import { xAt, yOf } from "./law_paper.js";

/** @import { Paper } from "./law_paper.js" */

/** In sizes of type: half the mark, how wide the column is, where its arrows begin and how large they are. */
const [MARK, WIDE, FAR, ARROW] = [0.6, 2.6, 0.95, 0.4];
/** Half the size of what the law says, in pixels. */
const EXPECTED = 5;

/**
 * Where the column of the next size stands.
 * @param {Paper} paper
 */
export function columnOf(paper) {
  const { ui, box, type } = paper;
  const x = xAt(paper, { budget: ui.budget(), size: ui.state.known });
  return { x: x - (WIDE / 2) * type, y: box.top, width: WIDE * type, height: box.bottom - box.top };
}

/**
 * @param {Paper} paper
 * @returns {{ under: Element[], over: Element[] }} what the lines cover, and what covers them
 */
export function drawMark(paper) {
  const { ui, box, type } = paper;
  const { points } = ui.data.study;
  const [budget, known] = [ui.budget(), ui.state.known];
  const [from, x] = [xAt(paper, { budget, size: known - 1 }), xAt(paper, { budget, size: known })];
  const last = yOf(paper, points[budget][known - 1].mean);
  const y = clamp(yOf(paper, ui.guess()), box.top, box.bottom);
  const isShown = ui.isShown();
  const column = svg("rect", { class: `next-column${isShown ? " shown" : ""}`, rx: 6, ...columnOf(paper) });
  const drawn = svg("path", { class: "drawn", d: `M${from},${last}L${x},${y}` });
  const half = MARK * type;
  const mark = svg("path", {
    class: "mark",
    d: `M${x},${y - half}l${half},${half}l${-half},${half}l${-half},${-half}Z`,
  });
  if (isShown) {
    const law = svg("circle", { class: "expected", cx: x, cy: yOf(paper, ui.law()), r: EXPECTED });
    return { under: [column], over: [drawn, law, mark] };
  }
  const [far, arrow] = [FAR * type, ARROW * type];
  const [above, below] = [-1, 1].map(
    (side) => `M${x - arrow},${y + side * far}l${arrow},${side * arrow}l${arrow},${-side * arrow}`,
  );
  const ask = svg("text", { class: "ask", x, y: box.top - 0.35 * type, "text-anchor": "middle" }, "?");
  return { under: [column], over: [ask, drawn, svg("path", { class: "arrows", d: above + below }), mark] };
}
