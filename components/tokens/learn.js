// BPE learned live: merges learned from one text cut that text and another, under the slider. All is computed here.
import { make, pictureIn, writeNumber } from "../in_browser/base.js";
import { noteMove, patient } from "../in_browser/hand.js";
import { transport } from "../in_browser/transport.js";
import { apply, beginningOf, cutAt, learn, vocabularyOf } from "./bpe.js";
import { BYTES } from "./bpe_row.js";
import { light, point } from "./learn_about.js";
import { curveChart } from "./learn_curve.js";
import { hands, PACES } from "./learn_hands.js";
import { mergeList } from "./learn_list.js";
import { mission } from "./learn_mission.js";
import { textBox } from "./learn_text.js";
import { filled } from "./learn_words.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Cut, Merge } from "./bpe.js" */
/** @import { Role, Speed } from "./learn_hands.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ learn: string, apply: string, merges: number, turn: number }} State names of texts, and merges shown
 */
/**
 * @typedef {object} Data
 * @property {Record<string, string>} texts by name; the student's own is not among them
 * @property {string} own the student's own text
 * @property {State} state
 * @property {{ merges: number, characters: number }} most
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {TransportLabels & Record<string, string> & { names: Record<string, string>, speeds: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const ROLES = /** @type {const} */ (["learn", "apply"]);

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  if (data.state.turn >= ui.state.turn) {
    if (data.state.merges !== ui.state.merges) ui.journey++;
    ui.state = { ...data.state };
  }
  ui.show();
  return () => ui.way.stop();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    root,
    data,
    state: { ...data.state },
    own: data.own,
    speed: /** @type {Speed} */ ("middle"),
    /** What the merges were learned from, and what they cut. */
    read: { learn: "", apply: "" },
    lang: "",
    learned: { merges: /** @type {Merge[]} */ ([]), strings: vocabularyOf([]) },
    cuts: { learn: cutOf(), apply: cutOf() },
    /** The cuts after the merges that are shown. */
    now: { learn: cutAt(cutOf(), 0), apply: cutAt(cutOf(), 0) },
    characters: { learn: 0, apply: 0 },
    /** Counts what the slider moves along: other merges, or another place to stand on. */
    journey: 0,
    /** Which token is pointed at: in which text, at which byte. */
    pointed: { role: /** @type {Role} */ ("learn"), byte: -1 },
    list: mergeList((merge) => ui.go(merge)),
    way: transport(),
    curve: curveChart(),
    boxes: { learn: textBox((byte) => point(ui, "learn", byte)), apply: textBox((byte) => point(ui, "apply", byte)) },
    titles: { learn: make("p", { class: "title" }), apply: make("p", { class: "title" }) },
    about: make("output", { class: "about" }),
    find: make("button", { type: "button", class: "find" }),
    size: make("p", { class: "size" }),
    mission: mission(
      (sought) => ui.boxes.learn.seek(sought?.from ?? -1, sought?.to ?? -1),
      ({ word }) => {
        ui.mission.judge(ui.way.at());
        ui.told.now();
        ui.send("answer", { word, merges: ui.way.at(), learn: ui.state.learn, number: Date.now() });
      },
    ),
    hands: hands({
      choose: (role, name) => ui.choose({ [role]: name }),
      swap: () => ui.choose({ learn: ui.state.apply, apply: ui.state.learn }),
      write: (text) => {
        ui.own = text;
        ui.choose({});
        ui.send("own", beginningOf(text, ui.data.most.characters));
      },
      hurry: (speed) => {
        ui.speed = speed;
        const isGoing = ui.way.isPlaying();
        ui.way.stop();
        ui.show();
        if (isGoing) ui.way.play();
      },
    }),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    /** @param {Partial<State>} changed */
    choose(changed) {
      ui.state = { ...ui.state, ...changed, turn: ui.state.turn + 1 };
      ui.show();
      ui.told.soon();
    },
    /** @param {number} merge */
    go(merge) {
      ui.way.stop();
      ui.way.go(merge);
      ui.rest();
    },
    rest() {
      ui.state = { ...ui.state, merges: ui.way.at(), turn: ui.state.turn + 1 };
      ui.told.soon();
    },
    /** @param {Role} role */
    textOf: (role) => {
      const name = ui.state[role];
      return beginningOf(name === "own" ? ui.own : (ui.data.texts[name] ?? ""), ui.data.most.characters);
    },
    show: () => show(ui),
  };
  ui.hands.fill(data.own);
  ui.find.onclick = () => ui.boxes.learn.next(BYTES - 1 + ui.way.at());
  const panel = (/** @type {Role} */ role) => make("section", { class: role }, ui.titles[role], ui.boxes[role].box);
  const move = make("div", { class: "move" }, ui.way.element, ui.hands.speed);
  const beside = make("div", { class: "beside" }, ui.list.list, ui.size, ui.curve.box);
  const under = make("div", { class: "under" }, ui.about, ui.find);
  const left = make("div", { class: "pages" }, panel("learn"), under, panel("apply"));

  root.append(ui.hands.texts, ui.hands.own, ui.list.says, move, make("div", { class: "pictures" }, left, beside));
  root.append(ui.mission.box);
  return ui;
}

/** @returns {Cut} */
function cutOf() {
  return { text: "", bytes: new Uint8Array(0), vanish: new Uint16Array(0), tokens: new Uint32Array(1) };
}

/**
 * Learn and cut what is new, and show where the slider stands.
 * @param {Picture} ui
 */
function show(ui) {
  const { data, state } = ui;
  const { labels, lang, most } = data;
  const texts = { learn: ui.textOf("learn"), apply: ui.textOf("apply") };
  const isNew = texts.learn !== ui.read.learn || texts.apply !== ui.read.apply || !ui.lang;
  if (isNew) study(ui, texts);
  if (isNew || ui.lang !== lang) {
    const curves = ROLES.map((role) => ({ name: labels.names[state[role]], tokens: ui.cuts[role].tokens }));
    ui.curve.draw(curves, labels, lang);
  }
  ui.lang = lang;
  ui.hands.show(state, ui.speed, data);
  const whole = [...ui.own].length;
  ui.hands.sayCut(whole - most.characters, most.characters, data);
  ui.mission.show(ui.cuts.learn, labels);
  for (const role of ROLES) ui.boxes[role].box.setAttribute("aria-label", labels[`${role}Box`]);
  ui.way.element.hidden = data.hidden.includes("tok_merges");
  const { merges } = ui.learned;
  ui.way.follow({
    run: String(ui.journey),
    moments: merges.length + 1,
    at: Math.min(state.merges, merges.length),
    pace: PACES[ui.speed],
    labels,
    show: (at) => draw(ui, at),
    tell: () => ui.rest(),
  });
}

/**
 * Learn the merges of one text, and cut the other by them.
 * @param {Picture} ui
 * @param {Record<Role, string>} texts
 */
function study(ui, texts) {
  const { merges, cut } = learn(texts.learn, ui.data.most.merges);
  ui.learned = { merges, strings: vocabularyOf(merges) };
  ui.cuts = { learn: cut, apply: apply(texts.apply, merges) };
  ui.pointed.byte = -1;
  for (const role of ROLES) {
    ui.characters[role] = [...texts[role]].length;
    if (texts[role] !== ui.read[role]) ui.boxes[role].fill(texts[role]);
  }
  ui.read = texts;
  ui.journey++;
}

/**
 * Show so many merges, and return their name.
 * @param {Picture} ui
 * @param {number} at
 */
function draw(ui, at) {
  const begun = performance.now();
  const { data, learned, cuts } = ui;
  const { labels, lang } = data;
  const write = (/** @type {number} */ value) => writeNumber(value, lang, 0);
  ui.list.show(learned, at, labels, lang);
  for (const role of ROLES) {
    ui.now[role] = cutAt(cuts[role], at);
    const { tokens } = cuts[role];
    const characters = ui.characters[role];
    const each = tokens[at] ? writeNumber(characters / tokens[at], lang, 2) : "–";
    const counts = labels.counts.replace("%c", write(characters)).replace("%e", each);
    ui.titles[role].replaceChildren(
      make("span", { class: role }, labels[`${role}Title`].replace("%s", labels.names[ui.state[role]])),
      make("span", { class: "counts" }, ...filled(counts, { "%t": make("b", {}, write(tokens[at])) })),
    );
  }
  const shorter = learned.merges.length && learned.merges.length < data.most.merges ? labels.fewer : "";
  ui.size.replaceChildren(
    ...filled(labels.size, { "%m": write(at), "%v": make("b", {}, write(BYTES + at)), "%b": write(BYTES) }),
    make("small", {}, shorter.replace("%n", write(learned.merges.length))),
  );
  ui.curve.at(at);
  light(ui, at);
  ui.find.textContent = labels.find;
  ui.find.disabled = !at;
  ui.mission.forget(at);
  noteMove(ui.root, begun);
  return labels.place.replace("%n", write(at)).replace("%m", write(learned.merges.length));
}
