// The student's own classes: photos from the camera or from files, made small in the browser before they travel.
import { make, pictureIn } from "../in_browser/base.js";
import { camera } from "./own_camera.js";
import { card } from "./own_card.js";
import { channel } from "./own_channel.js";
import { readFile } from "./own_image.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { OwnClass } from "./own_card.js" */
/** @import { Sent } from "./own_image.js" */
/**
 * @typedef {object} Data
 * @property {OwnClass[]} classes
 * @property {number} most photos of a class
 * @property {number} fewestClasses
 * @property {number} mostClasses
 * @property {number} mostBytes of a file that the browser cannot read
 * @property {string} answered the last message that Python answered
 * @property {Record<string, string>} faults why there is no camera, in words
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Photos of one press, and milliseconds between two. */
const [BURST, BETWEEN] = [10, 200];
/** Milliseconds to get ready when the camera has just opened. */
const READY = 1_500;
/** Photos that travel together. */
const TOGETHER = 10;

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  ui.channel.heard(component.data.answered, (message) => component.setTriggerValue("act", message));
  draw(ui);
  return () => ui.lens.close();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const [ready, forget, more] = ["ready", "forget", "more"].map((name) =>
    make("button", { type: "button", class: `key ${name}` }),
  );
  const cards = make("div", { class: "cards" });
  const fault = make("p", { class: "fault", role: "alert", hidden: "" });
  const hide = make("button", { type: "button", class: "key close" });
  root.append(cards, fault, make("div", { class: "buttons" }, more, ready, hide, forget));
  const ui = {
    data,
    cards,
    fault,
    more,
    ready,
    forget,
    hide,
    lens: camera(() => draw(ui)),
    channel: channel(),
    /** @type {Map<string, ReturnType<typeof card>>} */
    of: new Map(),
    /** What is being done for a class: its button says it. @type {Record<string, string>} */
    busy: {},
  };
  more.onclick = () => ui.channel.say({ act: "add_class" });
  ready.onclick = () => ui.channel.say({ act: "ready" });
  forget.onclick = () => ui.channel.say({ act: "forget" });
  hide.onclick = () => ui.lens.close();
  return ui;
}

/** @param {Picture} ui */
function draw(ui) {
  const { data, cards, of } = ui;
  const { classes, labels, most } = data;
  const removable = classes.length > data.fewestClasses;
  const kept = new Set(classes.map((own) => own.id));
  for (const [id, made] of of) {
    if (kept.has(id)) continue;
    made.box.remove();
    of.delete(id);
  }
  classes.forEach((own, at) => {
    const made = of.get(own.id) ?? card(handsOf(ui, own.id));
    of.set(own.id, made);
    if (cards.children[at] !== made.box) cards.insertBefore(made.box, cards.children[at] ?? null);
    made.show(own, at + 1, { labels, most, removable, busy: ui.busy[own.id] ?? "" });
  });
  ui.more.textContent = labels.more;
  ui.more.hidden = classes.length >= data.mostClasses;
  ui.ready.textContent = labels.ready;
  ui.ready.hidden = classes.some((own) => own.photos.length); // they would take the place of the student’s own
  ui.forget.textContent = labels.forget;
  ui.forget.hidden = !classes.some((own) => own.photos.length);
  ui.hide.textContent = labels.close;
  ui.hide.hidden = !ui.lens.isOpen();
  ui.fault.textContent = data.faults[ui.lens.fault()] ?? "";
  ui.fault.hidden = !ui.lens.fault();
}

/**
 * What the hands on the card of a class do.
 * @param {Picture} ui
 * @param {string} id
 */
function handsOf(ui, id) {
  return {
    /** @param {string} name */
    rename: (name) => void ui.channel.say({ act: "rename", class: id, name }),
    burst: () => void burst(ui, id),
    /** @param {File[]} files */
    files: (files) => void send(ui, id, files),
    /** @param {string} photo */
    removePhoto: (photo) => void ui.channel.say({ act: "remove_photo", photo }),
    removeClass: () => void ui.channel.say({ act: "remove_class", class: id }),
  };
}

/** @param {Picture} ui @param {string} id */
function room(ui, id) {
  const own = ui.data.classes.find((found) => found.id === id);
  return own ? ui.data.most - own.photos.length : 0;
}

/**
 * Take some photos of what the camera sees.
 * @param {Picture} ui
 * @param {string} id
 */
async function burst(ui, id) {
  const { lens, data, of } = ui;
  const wasOpen = lens.isOpen();
  of.get(id)?.view.append(lens.box);
  await (wasOpen ? lens.moved() : lens.open());
  draw(ui);
  if (!lens.isOpen()) return;
  const count = Math.min(BURST, room(ui, id));
  ui.busy[id] = data.labels.getReady;
  draw(ui);
  lens.say(data.labels.getReady);
  await rest(wasOpen ? BETWEEN : READY);
  /** @type {Sent[]} */
  const taken = [];
  while (taken.length < count && lens.isOpen()) {
    const photo = lens.take();
    if (photo) taken.push({ data: photo });
    if (photo) lens.wink();
    ui.busy[id] = `${taken.length} / ${count}`;
    lens.say(ui.busy[id]);
    draw(ui);
    await rest(BETWEEN);
  }
  lens.say("");
  if (taken.length) await ui.channel.say({ act: "photos", class: id, series: seriesName(), photos: taken });
  delete ui.busy[id];
  draw(ui);
}

/**
 * Send files, made small, some at a time; those for which the class has no room are only counted.
 * @param {Picture} ui
 * @param {string} id
 * @param {File[]} files
 */
async function send(ui, id, files) {
  const fitting = files.slice(0, room(ui, id));
  const left = files.length - fitting.length;
  ui.busy[id] = ui.data.labels.reading;
  draw(ui);
  /** @type {Sent[]} */
  let read = [];
  let isFirst = true;
  const tell = (/** @type {number} */ tooMany) => {
    const message = { act: "photos", class: id, series: "", photos: read, first: isFirst, too_many: tooMany };
    [read, isFirst] = [[], false];
    return ui.channel.say(message);
  };
  for (const file of fitting) {
    const photo = await readFile(file, ui.data.mostBytes);
    if ((photo.data?.length ?? 0) > 200_000 && read.length) await tell(0); // one that goes as it is goes alone
    read.push(photo);
    if (read.length === TOGETHER || (photo.data?.length ?? 0) > 200_000) await tell(0);
  }
  if (read.length || left) await tell(left);
  delete ui.busy[id];
  draw(ui);
}

/** A name for what was taken in one press: photos of one moment look alike, and are tested together. */
function seriesName() {
  return `burst-${Date.now()}`;
}

/** @param {number} milliseconds */
function rest(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
