// The map of the letters: where each one stands, what the network invents and expects, at every frame of a run.
// All frames are here: scrubbing and playing cost no round trip. On release Python learns the frame and the letter.
const GROUPS = ["vowel", "consonant", "accented", "other"];
const NEIGHBOURS = 3;
const STATES = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  let state = STATES.get(root);
  if (!state) {
    state = { ...build(root), root, frame: 0, timer: null };
    STATES.set(root, state);
    listen(state);
  }
  const anotherRun = state.data?.run !== data.run;
  if (anotherRun || state.data?.letter !== data.letter) state.letter = data.letter;
  Object.assign(state, { data, tell: setStateValue });
  root.classList.toggle("projected", Boolean(data.projection));
  if (anotherRun) {
    stop(state);
    state.frame = Math.min(data.frame, data.frames.length - 1);
    state.table = floats(data.table);
    state.xy = floats(data.xy);
    drawLetters(state);
  } else if (data.xy !== state.oldXY) state.xy = floats(data.xy);
  state.oldXY = data.xy;
  state.letters.style.touchAction = "manipulation";
  words(state);
  resize(state);
  return () => { stop(state); };
}

function build(root) {
  const button = (kind) => make("button", { type: "button", class: kind });
  const parts = {
    map: make("svg:svg", { class: "map", role: "group" }), letters: make("svg:g"), lines: make("svg:g"), frameBox: make("svg:g"),
    legend: make("div", { class: "legend" }), kept: make("p", { class: "kept" }), near: make("p", { class: "near", "aria-live": "polite" }),
    first: button("step"), play: button("play"), next: button("step"),
    range: make("input", { type: "range", min: 0, step: 1 }), label: make("output", { class: "moment" }),
    track: make("svg:svg", { class: "track", role: "img" }),
    inventedTitle: make("h4"), invented: make("ul", { class: "invented" }),
    chancesTitle: make("h4"), chances: make("div", { class: "chances" }),
  };
  parts.map.append(parts.frameBox, parts.lines, parts.letters);
  root.append(
    make("div", { class: "transport" }, parts.first, parts.play, parts.next, parts.range, parts.label),
    make("div", { class: "panels" },
      make("section", { class: "wide" }, parts.legend, parts.map, parts.kept, parts.near),
      make("section", { class: "side" }, parts.track, parts.inventedTitle, parts.invented, parts.chancesTitle, parts.chances)));
  return parts;
}

function listen(state) {
  state.range.oninput = () => { stop(state); show(state, Number(state.range.value)); };
  state.range.onchange = () => state.tell("frame", state.frame);
  state.first.onclick = () => step(state, -1);
  state.next.onclick = () => step(state, 1);
  state.play.onclick = () => (state.timer ? (stop(state), state.tell("frame", state.frame)) : play(state));
  new ResizeObserver(() => state.data && resize(state)).observe(state.map);
}

function step(state, by) {
  stop(state);
  show(state, Math.max(0, Math.min(state.data.frames.length - 1, state.frame + by)));
  state.tell("frame", state.frame);
}

function play(state) {
  const last = state.data.frames.length - 1;
  if (state.frame >= last) show(state, 0);
  state.timer = setInterval(() => {
    show(state, state.frame + 1);
    if (state.frame >= last) { stop(state); state.tell("frame", state.frame); }
  }, 350);
  words(state);
}

function stop(state) {
  clearInterval(state.timer);
  state.timer = null;
  if (state.data) words(state);
}

function words(state) {
  const { labels, frames } = state.data;
  const playing = Boolean(state.timer);
  picture(state.first, "M17 5 7 12 17 19ZM5 5h2v14H5Z", labels.back);
  picture(state.next, "M7 5 17 12 7 19ZM17 5h2v14h-2Z", labels.forward);
  picture(state.play, playing ? "M6 5h4v14H6ZM14 5h4v14h-4Z" : "M7 4 20 12 7 20Z", playing ? labels.pause : labels.play);
  state.range.max = frames.length - 1;
  state.range.setAttribute("aria-label", labels.slider);
  state.map.setAttribute("aria-label", labels.map);
  state.inventedTitle.textContent = labels.invented;
  state.chancesTitle.textContent = labels.chances;
  if (state.legend.dataset.lang === state.data.lang) return;
  state.legend.dataset.lang = state.data.lang;
  state.legend.replaceChildren(...GROUPS.map((group) => {
    const mark = make("svg:svg", { viewBox: "-12 -12 24 24", class: `key ${group}`, "aria-hidden": "true" }, shape(group, 9));
    return make("span", {}, mark, labels[group]);
  }));
}

/** Give a button its picture (an SVG path) and its name, once per change. */
function picture(button, path, label) {
  if (button.dataset.path === path && button.title === label) return;
  button.dataset.path = path;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(make("svg:svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, make("svg:path", { d: path })));
}

/** A circle for vowels, a square for consonants, a diamond for accents: never colour alone. */
function shape(group, r) {
  if (group === "consonant") return make("svg:rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: r / 4 });
  if (group === "accented") return make("svg:path", { d: `M0 ${-1.35 * r} ${1.35 * r} 0 0 ${1.35 * r} ${-1.35 * r} 0Z` });
  return make("svg:circle", { r: group === "other" ? 0.8 * r : 1.1 * r });
}

function drawLetters(state) {
  const { data } = state;
  state.points = [...data.characters].map((character, i) => {
    const group = make("svg:g", { class: `letter ${data.groups[i]}`, tabindex: 0, role: "button", "aria-label": character });
    group.append(shape(data.groups[i], data.projection ? 17 : 12), make("svg:text", { dy: "0.35em" }, character));
    group.onclick = () => choose(state, under(state, i));
    group.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(state, i); } };
    return group;
  });
  state.letters.replaceChildren(...state.points);
}

/** The letter that a click on one means: those it covers come next, one a click, or they could not be reached. */
function under(state, letter) {
  const [x, y] = place(state, state.frame, letter);
  const covered = state.points.map((_, i) => i).filter((i) => i !== letter && near(place(state, state.frame, i), x, y));
  const stack = [letter, ...covered];
  return stack[stack.indexOf(state.letter) + 1] ?? state.letter;
}

function near([x, y], otherX, otherY) {
  return Math.hypot(x - otherX, y - otherY) < 14;
}

function choose(state, letter) {
  state.letter = state.letter === letter ? -1 : letter;
  show(state, state.frame);
  state.tell("letter", state.letter);
}

/** Draw at the size there is, so that type keeps its size on a phone and on a wall. */
function resize(state) {
  const { clientWidth: width, clientHeight: height } = state.map;
  if (!width || !height) return;
  Object.assign(state, { width, height });
  state.map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const reach = state.xy.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1e-6);
  const half = Math.min(width, height) / 2 - 22;
  state.toX = (x) => width / 2 + (x / reach) * Math.max(half, width / 2 - 30);
  state.toY = (y) => height / 2 - (y / reach) * half;
  state.frameBox.replaceChildren(
    make("svg:line", { x1: 0, x2: width, y1: height / 2, y2: height / 2 }), make("svg:line", { x1: width / 2, x2: width / 2, y1: 0, y2: height }),
    make("svg:text", { x: width - 6, y: height / 2 - 6, "text-anchor": "end" }, state.data.labels.x),
    make("svg:text", { x: width / 2 + 6, y: 16 }, state.data.labels.y));
  drawTrack(state);
  show(state, Math.min(state.frame, state.data.frames.length - 1));
}

function show(state, frame) {
  state.frame = frame;
  const { data } = state;
  const now = data.frames[frame];
  const text = data.labels.update.replace("%s", writeNumber(now.update, data.lang, 0));
  state.range.value = frame;
  state.label.textContent = text;
  state.range.setAttribute("aria-valuetext", text);
  state.points.forEach((point, i) => {
    const [x, y] = place(state, frame, i);
    point.style.transform = `translate(${x}px, ${y}px)`;
    point.classList.toggle("chosen", i === state.letter);
    point.setAttribute("aria-pressed", i === state.letter);
  });
  state.kept.textContent = data.labels.kept.replace("%s", writePercent(data.kept[frame], data.lang, 0));
  state.cursor?.setAttribute("transform", `translate(${state.trackX(frame)} 0)`);
  showLoss(state, now);
  showNeighbours(state, frame);
  showInvented(state, frame);
  showChances(state, frame);
}

function place(state, frame, letter) {
  const at = 2 * (frame * state.data.characters.length + letter);
  return [state.toX(state.xy[at] || 0), state.toY(state.xy[at + 1] || 0)];
}

/** The nearest letters by distance in all the numbers of the embedding, not on the picture. */
function nearest(state, frame, letter) {
  const { length } = state.data.characters;
  const size = state.data.embedding;
  const row = (i) => (frame * length + i) * size;
  const distance = (i) => Math.hypot(...Array.from({ length: size }, (_, k) => state.table[row(i) + k] - state.table[row(letter) + k]));
  return [...Array(length).keys()].filter((i) => i !== letter).map((i) => [i, distance(i)]).sort((a, b) => a[1] - b[1]).slice(0, NEIGHBOURS);
}

function showNeighbours(state, frame) {
  const { data } = state;
  const chosen = state.letter >= 0 && state.letter < data.characters.length;
  const found = chosen ? nearest(state, frame, state.letter) : [];
  const [x, y] = chosen ? place(state, frame, state.letter) : [0, 0];
  state.lines.replaceChildren(...found.map(([i]) => {
    const [toX, toY] = place(state, frame, i);
    return make("svg:line", { x1: x, y1: y, x2: toX, y2: toY });
  }));
  state.points.forEach((point, i) => point.classList.toggle("neighbour", found.some(([j]) => j === i)));
  const list = found.map(([i, distance]) => `${data.characters[i]} (${writeNumber(distance, data.lang, 2)})`).join(", ");
  state.near.textContent = chosen ? data.labels.near.replace("%a", data.characters[state.letter]).replace("%s", list) : data.labels.choose;
}

function showInvented(state, frame) {
  const { data } = state;
  state.invented.replaceChildren(...data.invented[frame].map(([word, known]) => {
    const item = make("li", known ? { class: "known" } : {}, word || "∅");
    if (known) item.append(make("small", {}, data.labels.known));
    return item;
  }));
}

function showChances(state, frame) {
  const { data } = state;
  const chances = data.chances[frame];
  const order = [...chances.keys()].sort((a, b) => chances[b] - chances[a]).slice(0, 8);
  const rest = 1 - order.reduce((sum, i) => sum + chances[i], 0);
  const rows = [...order.map((i) => [data.characters[i] === "." ? data.labels.end : data.characters[i], chances[i]]), [data.labels.rest, rest]];
  state.chances.replaceChildren(...rows.map(([name, chance]) => {
    const fill = make("span", { class: "fill", style: `width:${Math.max(0, Math.min(100, 100 * chance)) || 0}%` });
    return make("div", { class: "bar" }, make("b", {}, name), make("span", { class: "bed" }, fill), make("span", { class: "value" }, writePercent(chance, data.lang, 1)));
  }));
}

/** Losses over the frames, the lines of counting and of chance behind them. */
function drawTrack(state) {
  const { data } = state;
  const width = state.track.clientWidth || 320;
  const height = state.track.clientHeight || 190;
  const size = data.projection ? 17 : 12;
  const [left, right, top, bottom] = [6, size * 6.6, 10, size * 1.5];
  state.track.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const all = [...data.frames.flatMap((f) => [f.train, f.validation]), ...data.levels.map((level) => level.loss)].filter(Number.isFinite);
  const high = Math.min(Math.max(...all) + 0.1, data.ceiling);
  const low = Math.min(...all) - 0.1;
  const last = Math.max(1, data.frames.length - 1);
  const y = (loss) => top + ((high - Math.min(loss, high)) / (high - low)) * (height - top - bottom);
  state.trackX = (i) => left + (i / last) * (width - left - right);
  const line = (kind, dash) => make("svg:polyline", {
    points: data.frames.map((f, i) => (Number.isFinite(f[kind]) ? `${state.trackX(i)},${y(f[kind])}` : "")).join(" "),
    fill: "none", stroke: COLOURS[kind], "stroke-width": data.projection ? 4 : 2.5, "stroke-dasharray": dash });
  const levels = data.levels.flatMap((level) => [
    make("svg:line", { class: "level", x1: left, x2: width - right, y1: y(level.loss), y2: y(level.loss) }),
    make("svg:text", { class: "name", x: width - right + 4, y: y(level.loss), dy: "0.35em", "font-size": size }, level.name)]);
  spread(levels.filter((element) => element.tagName === "text"), size);
  state.cursor = make("svg:line", { class: "cursor", x1: 0, x2: 0, y1: top, y2: height - bottom });
  state.lossText = make("svg:text", { class: "name", x: left, y: height - 3, "font-size": size });
  state.track.replaceChildren(...levels, line("train", ""), line("validation", "6 4"), state.cursor, state.lossText);
  state.track.setAttribute("aria-label", data.labels.loss);
}

/** Move labels apart that would lie on each other. */
function spread(texts, size) {
  const sorted = texts.sort((a, b) => a.getAttribute("y") - b.getAttribute("y"));
  sorted.forEach((text, i) => {
    if (i) text.setAttribute("y", Math.max(text.getAttribute("y"), Number(sorted[i - 1].getAttribute("y")) + size * 1.05));
  });
}

function showLoss(state, now) {
  if (!state.lossText) return;
  const { data } = state;
  const span = (kind, label) => make("svg:tspan", { fill: COLOURS[kind], class: kind }, label.replace("%s", writeNumber(now[kind] ?? NaN, data.lang, 3)));
  state.lossText.replaceChildren(span("train", data.labels.train), "   ", span("validation", data.labels.validation));
}

function floats(base64) {
  return new Float32Array(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer);
}
