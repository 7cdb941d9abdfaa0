// A grey square over a photo that the network reads: drag it, and ten bars answer; a map shows what it looked at.
import { clamp, make, pictureIn, writePercent } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { dragged } from "./fool_square.js";
import { bars } from "./own_bars.js";
import { channel } from "./own_channel.js";
import { paintHeat } from "./own_heat.js";
import { SIDE } from "./own_image.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Heat } from "./own_heat.js" */
/** @typedef {{ top: number, left: number, side: number }} Square in pixels of the photo */
/**
 * @typedef {object} Data
 * @property {number} photo which one
 * @property {string} url of the photo, without the square
 * @property {number} sign that it shows
 * @property {string[]} signs of which there are photos
 * @property {string} place among the photos of this sign
 * @property {string[]} names of all signs
 * @property {number[]} chances of each, with the square that was looked at last, or without any
 * @property {[number, number, number] | null} square that was looked at last: top, left, side
 * @property {string} verdict what is read, in words
 * @property {boolean} isFooled
 * @property {string} count of the photos fooled
 * @property {Heat | null} heat of the photo without the square
 * @property {string} said what went wrong
 * @property {number} pause milliseconds between two looks
 * @property {string} answered the last message that Python answered
 * @property {number} most of the photo's area that the square may cover to count
 * @property {[number, number]} sides the smallest square, and the largest
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Where the square waits, outlined, until it is put on the photo. */
const WAITS = { top: 6, left: 6 };

/** @param {Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, build);
  if (ui.data.photo !== data.photo || !ui.isShown) {
    const [top, left, side] = data.square ?? [WAITS.top, WAITS.left, ui.square.side];
    ui.square = { top, left, side };
    ui.isOn = data.square !== null;
    ui.asked = wish(ui);
    ui.showsHeat = Boolean(data.heat);
  }
  ui.isShown = true;
  ui.data = data;
  ui.channel.heard(data.answered, (message) => component.setTriggerValue("act", message));
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const [previous, next, lift, start, explain] = ["previous", "next", "lift", "start", "explain"].map((name) =>
    make("button", { type: "button", class: `key ${name}` }),
  );
  const [place, verdict, count, said, legend, heatSaid] = [
    "place",
    "verdict",
    "count",
    "said",
    "legend",
    "heat-said",
  ].map((name) => make("p", { class: name }));
  const photo = make("img", { alt: "", width: SIDE, height: SIDE, draggable: "false" });
  const heat = make("canvas", { width: 2 * SIDE, height: 2 * SIDE, role: "img" });
  const square = make("div", { class: "square", role: "application", tabindex: 0 });
  const shown = make("div", { class: "shown" }, photo, heat, square);
  const size = make("input", { type: "range", step: 1 });
  const sizeSaid = make("span");
  const ui = {
    data,
    root,
    ...{ previous, next, lift, start, explain, place, verdict, count, said, legend, heatSaid },
    ...{ photo, heat, shown, size, sizeSaid },
    mark: square,
    signs: segments(data.names, (sign) => void ui.channel.say({ act: "sign", sign })),
    reads: bars("reads"),
    channel: channel(),
    /** @type {Square} */
    square: { ...WAITS, side: Math.floor(SIDE * Math.sqrt(data.most)) },
    isOn: false,
    isShown: false,
    /** What was asked for last, so that the same is not asked for again. */
    asked: "",
    isFollowing: false,
    isExplaining: false,
    showsHeat: false,
  };
  said.setAttribute("role", "alert");
  verdict.setAttribute("role", "status");
  const source = make("div", { class: "source" }, shown, legend);
  const label = make("label", { class: "size" }, sizeSaid, size);
  const buttons = make("div", { class: "buttons" }, start, lift, explain);
  const answer = make("div", { class: "answer" }, verdict, ui.reads.box, count, label, buttons, said, heatSaid);
  root.append(
    make("div", { class: "buttons choice" }, ui.signs.box, make("div", { class: "buttons" }, previous, place, next)),
    make("div", { class: "board" }, source, answer),
  );
  previous.onclick = () => void ui.channel.say({ act: "previous" });
  next.onclick = () => void ui.channel.say({ act: "next" });
  start.onclick = () => {
    const middle = (SIDE - ui.square.side) / 2;
    put(ui, middle, middle);
    square.focus({ preventScroll: true });
  };
  lift.onclick = () => {
    Object.assign(ui, { isOn: false, square: { ...WAITS, side: ui.square.side } });
    draw(ui);
    void follow(ui);
  };
  explain.onclick = () => void explainOrHide(ui);
  size.oninput = () => resize(ui, Number(size.value));
  dragged(shown, square, {
    square: () => ui.square,
    put: (top, left) => put(ui, top, left),
    grow: (by) => resize(ui, ui.square.side + by),
  });
  return ui;
}

/**
 * Lay the square there, inside the photo.
 * @param {Picture} ui
 * @param {number} top
 * @param {number} left
 */
function put(ui, top, left) {
  const [first, last] = [0, SIDE - ui.square.side];
  ui.square = { ...ui.square, top: Math.round(clamp(top, first, last)), left: Math.round(clamp(left, first, last)) };
  ui.isOn = true;
  draw(ui);
  void follow(ui);
}

/**
 * Make the square larger or smaller around its centre.
 * @param {Picture} ui
 * @param {number} side
 */
function resize(ui, side) {
  const [smallest, largest] = ui.data.sides;
  const { top, left, side: before } = ui.square;
  ui.square = { ...ui.square, side: clamp(side, smallest, largest) };
  const shift = (before - ui.square.side) / 2;
  if (ui.isOn) put(ui, top + shift, left + shift);
  else draw(ui);
}

/** @param {Picture} ui */
function wish({ isOn, square }) {
  return isOn ? `${square.top},${square.left},${square.side}` : "";
}

/**
 * Have the newest place looked at, one look at a time: what lies between is skipped.
 * @param {Picture} ui
 */
async function follow(ui) {
  if (ui.isFollowing) return;
  ui.isFollowing = true;
  while (ui.root.isConnected && wish(ui) !== ui.asked) {
    ui.asked = wish(ui);
    const { photo } = ui.data;
    await ui.channel.say(ui.isOn ? { act: "look", photo, ...ui.square } : { act: "lift", photo });
    if (ui.data.said) break; // no answer: the words say why, the next move asks again
    await new Promise((resolve) => setTimeout(resolve, ui.data.pause));
  }
  ui.isFollowing = false;
}

/** @param {Picture} ui */
async function explainOrHide(ui) {
  ui.showsHeat = !ui.showsHeat;
  ui.isExplaining = ui.showsHeat && !ui.data.heat;
  draw(ui);
  if (!ui.isExplaining) return;
  await ui.channel.say({ act: "explain", photo: ui.data.photo });
  ui.isExplaining = false;
  ui.showsHeat = Boolean(ui.data.heat);
  draw(ui);
}

/** @param {Picture} ui */
function draw(ui) {
  const { data } = ui;
  const { labels, lang } = /** @type {Data & Surroundings} */ (data);
  const names = Object.fromEntries(data.names.map((name) => [name, name]));
  ui.signs.show(String(data.sign), labels.sign, names);
  for (const button of ui.signs.box.children) {
    /** @type {HTMLButtonElement} */ (button).disabled = !data.signs.includes(button.textContent ?? "");
  }
  ui.place.textContent = data.place;
  for (const name of /** @type {const} */ (["previous", "next"])) {
    ui[name].textContent = name === "previous" ? "←" : "→";
    ui[name].setAttribute("aria-label", labels[name]);
    ui[name].title = labels[name];
  }
  if (ui.photo.src !== data.url) ui.photo.src = data.url;
  ui.photo.alt = labels.photo;
  drawSquare(ui, lang);
  drawHeat(ui);
  ui.root.classList.toggle("fooled", data.isFooled);
  ui.verdict.textContent = data.verdict;
  ui.count.textContent = data.count;
  ui.said.textContent = data.said;
  ui.said.hidden = !data.said;
  ui.start.textContent = labels.start;
  ui.start.hidden = ui.isOn;
  ui.lift.textContent = labels.lift;
  ui.lift.hidden = !ui.isOn;
  const rows = data.names.map((name, at) => {
    const share = data.chances[at];
    return { name, share, told: writePercent(share, lang, 0) };
  });
  ui.reads.show(rows, labels.reads);
  [...ui.reads.box.children].forEach((row, at) => {
    row.classList.toggle("true", at === data.sign);
  });
}

/**
 * @param {Picture} ui
 * @param {string} lang
 */
function drawSquare(ui, lang) {
  const { labels, sides } = ui.data;
  const { top, left, side } = ui.square;
  const percent = (/** @type {number} */ pixels) => `${(100 * pixels) / SIDE}%`;
  Object.assign(ui.mark.style, { top: percent(top), left: percent(left), width: percent(side), height: percent(side) });
  ui.mark.classList.toggle("waits", !ui.isOn);
  const share = (side / SIDE) ** 2;
  const where = labels.where.replace("%x", String(Math.round((100 * left) / SIDE)));
  ui.mark.setAttribute("aria-label", labels.square);
  ui.mark.title = labels.square;
  ui.mark.setAttribute("aria-description", where.replace("%y", String(Math.round((100 * top) / SIDE))));
  const tooLarge = share > ui.data.most;
  ui.sizeSaid.textContent =
    labels.size.replace("%p", writePercent(share, lang, 1)) + (tooLarge ? ` (${labels.large})` : "");
  ui.root.classList.toggle("too-large", tooLarge);
  [ui.size.min, ui.size.max] = sides.map(String);
  ui.size.value = String(side);
}

/** @param {Picture} ui */
function drawHeat(ui) {
  const { labels, heat } = ui.data;
  const shows = ui.showsHeat && heat ? heat : null;
  ui.explain.textContent = ui.isExplaining ? labels.explaining : shows ? labels.hide : labels.explain;
  ui.explain.disabled = ui.isExplaining;
  ui.heat.hidden = ui.legend.hidden = ui.heatSaid.hidden = !shows;
  ui.heatSaid.textContent = shows?.said ?? "";
  if (!shows) return;
  ui.heat.setAttribute("aria-label", labels.map);
  ui.legend.textContent = `${labels.fell} · ${labels.rose}`;
  paintHeat(ui.heat, shows);
}
