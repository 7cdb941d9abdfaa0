// The ruler: moving along the epochs shows what the network got wrong, and thought of one digit, at that moment.
// All frames are here, so scrubbing and playing cost no round trip; on release Python learns the frame.
const SIDE = 28;
const STATES = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  let state = STATES.get(root);
  if (!state) {
    state = { ...build(root), frame: 0, timer: null };
    STATES.set(root, state);
    listen(state);
  }
  const anotherRun = state.data?.run !== data.run;
  Object.assign(state, { data, tell: (frame) => setStateValue("frame", frame) });
  root.classList.toggle("projected", Boolean(data.projection));
  if (anotherRun) {
    stop(state);
    state.frame = Math.min(data.frame, data.frames.length - 1);
    state.pixels = decode(data.images);
  }
  words(state);
  drawTrack(state);
  show(state, Math.min(state.frame, data.frames.length - 1));
  return () => stop(state);
}

function build(root) {
  const button = (name) => make("button", { type: "button", class: name });
  const parts = {
    first: button("step"), play: button("play"), next: button("step"),
    range: make("input", { type: "range", min: 0, step: 1 }),
    label: make("output", { class: "epoch" }),
    track: make("svg:svg", { class: "track", viewBox: "0 0 1000 60", preserveAspectRatio: "none", "aria-hidden": "true" }),
    matrixTitle: make("h4"), matrix: make("table"),
    galleryTitle: make("h4"), gallery: make("div", { class: "gallery" }),
    digitTitle: make("h4"), digit: make("canvas", { width: SIDE, height: SIDE, role: "img" }),
    bars: make("div", { class: "bars" }),
  };
  const digitRow = make("div", { class: "own" }, parts.digit, parts.bars);
  root.append(
    make("div", { class: "transport" }, parts.first, parts.play, parts.next, make("div", { class: "rail" }, parts.track, parts.range), parts.label),
    make("div", { class: "panels" },
      make("section", {}, parts.matrixTitle, parts.matrix),
      make("section", {}, parts.galleryTitle, parts.gallery),
      make("section", {}, parts.digitTitle, digitRow)));
  buildMatrix(parts);
  buildGallery(parts);
  buildBars(parts);
  return parts;
}

function buildMatrix(parts) {
  parts.cells = [];
  const digits = [...Array(10).keys()];
  parts.corner = make("td", { class: "corner" });
  parts.matrix.append(make("tr", {}, parts.corner, ...digits.map((d) => make("th", { scope: "col" }, String(d)))));
  for (const row of digits) {
    const cells = digits.map(() => make("td"));
    parts.cells.push(...cells);
    parts.matrix.append(make("tr", {}, make("th", { scope: "row" }, String(row)), ...cells));
  }
}

function buildGallery(parts) {
  parts.mistakes = [...Array(12)].map(() => {
    const canvas = make("canvas", { width: SIDE, height: SIDE, role: "img" });
    const words = make("figcaption");
    const figure = make("figure", {}, canvas, words);
    parts.gallery.append(figure);
    return { figure, canvas, words };
  });
}

function buildBars(parts) {
  parts.probabilities = [...Array(10).keys()].map((digit) => {
    const fill = make("span", { class: "fill" });
    const value = make("span", { class: "value" });
    parts.bars.append(make("div", { class: "bar" }, make("b", {}, String(digit)), make("span", { class: "bed" }, fill), value));
    return { fill, value };
  });
}

function listen(state) {
  state.range.oninput = () => { stop(state); show(state, Number(state.range.value)); };
  state.range.onchange = () => state.tell(state.frame);
  state.first.onclick = () => step(state, -1);
  state.next.onclick = () => step(state, 1);
  state.play.onclick = () => (state.timer ? (stop(state), state.tell(state.frame)) : play(state));
}

function step(state, by) {
  stop(state);
  const last = state.data.frames.length - 1;
  show(state, Math.max(0, Math.min(last, state.frame + by)));
  state.tell(state.frame);
}

function play(state) {
  const last = state.data.frames.length - 1;
  if (state.frame >= last) show(state, 0);
  const pause = Math.max(120, Math.min(700, 8000 / (last + 1)));
  state.timer = setInterval(() => {
    show(state, state.frame + 1);
    if (state.frame >= last) { stop(state); state.tell(state.frame); }
  }, pause);
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
  name(state.first, "M17 5 7 12 17 19ZM5 5h2v14H5Z", labels.back);
  name(state.next, "M7 5 17 12 7 19ZM17 5h2v14h-2Z", labels.forward);
  name(state.play, playing ? "M6 5h4v14H6ZM14 5h4v14h-4Z" : "M7 4 20 12 7 20Z", playing ? labels.pause : labels.play);
  state.range.max = frames.length - 1;
  state.range.setAttribute("aria-label", labels.ruler);
  state.matrixTitle.textContent = labels.matrix;
  state.corner.textContent = labels.corner;
  state.galleryTitle.textContent = labels.mistakes;
  state.digitTitle.textContent = labels.digit;
}

/** Give a button its picture (an SVG path) and its name, once per change. */
function name(button, path, label) {
  if (button.dataset.path === path && button.title === label) return;
  button.dataset.path = path;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(make("svg:svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, make("svg:path", { d: path })));
}

/** The two error curves behind the slider, so that playing shows where one is. */
function drawTrack(state) {
  const { frames } = state.data;
  const highest = Math.max(...frames.flatMap((f) => [f.train, f.validation]).filter(Number.isFinite), 1e-9);
  const x = (i) => (frames.length > 1 ? (i / (frames.length - 1)) * 1000 : 500);
  const y = (value) => 56 - 52 * Math.sqrt(Math.min(value, highest) / highest);
  const line = (kind, dash) => make("svg:polyline", {
    points: frames.map((f, i) => (Number.isFinite(f[kind]) ? `${x(i)},${y(f[kind])}` : "")).join(" "),
    fill: "none", stroke: COLOURS[kind], "stroke-width": 2.5, "stroke-dasharray": dash, "vector-effect": "non-scaling-stroke" });
  state.track.replaceChildren(line("train", ""), line("validation", "6 4"));
}

function show(state, frame) {
  state.frame = frame;
  const { data } = state;
  const now = data.frames[frame];
  const epoch = writeNumber(now.epoch, data.lang, Number.isInteger(now.epoch) ? 0 : 2);
  state.range.value = frame;
  const text = data.labels.epoch.replace("%s", epoch);
  state.label.textContent = text;
  state.range.setAttribute("aria-valuetext", text);
  showMatrix(state, now);
  showMistakes(state, now);
  showDigit(state, frame);
}

function showMatrix(state, now) {
  const { labels } = state.data;
  const wrong = now.confusion.filter((_, i) => i % 11 !== 0);
  const highest = Math.max(1, ...wrong);
  state.cells.forEach((cell, i) => {
    const count = now.confusion[i];
    const right = i % 11 === 0;
    cell.textContent = count || "";
    cell.className = right ? "right" : "wrong";
    cell.style.setProperty("--share", count ? Math.sqrt(count / (right ? 700 : highest)).toFixed(3) : 0);
    cell.title = labels.cell.replace("%a", Math.floor(i / 10)).replace("%b", i % 10).replace("%n", count);
  });
}

function showMistakes(state, now) {
  const { data } = state;
  state.mistakes.forEach(({ figure, canvas, words }, i) => {
    const mistake = now.mistakes[i];
    figure.hidden = !mistake;
    if (!mistake) return;
    const [index, truth, predicted, confidence] = mistake;
    paint(canvas, state.pixels.get(index));
    const text = data.labels.mistake.replace("%a", truth).replace("%b", predicted);
    words.textContent = `${text} ${writePercent(confidence, data.lang, 0)}`;
    canvas.setAttribute("aria-label", words.textContent);
  });
}

function showDigit(state, frame) {
  const { digit, lang, labels } = state.data;
  state.bars.parentElement.hidden = !digit;
  state.digitTitle.hidden = !digit;
  if (!digit) return;
  paint(state.digit, bytes(digit.image));
  state.digit.setAttribute("aria-label", labels.digit);
  const chances = digit.probabilities[frame] ?? Array(10).fill(NaN);
  const best = Math.max(...chances);
  state.probabilities.forEach(({ fill, value }, i) => {
    const chance = chances[i] ?? NaN;
    fill.style.width = `${Number.isFinite(chance) ? chance * 100 : 0}%`;
    fill.className = chance === best ? "fill best" : "fill";
    value.textContent = writePercent(chance, lang, 1);
  });
}

function decode(images) {
  const all = bytes(images.pixels);
  return new Map(images.index.map((index, i) => [index, all.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)]));
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

/** Paint a digit as ink on paper: black on white in both themes, as it was written. */
function paint(canvas, pixels) {
  if (!pixels) return;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(SIDE, SIDE);
  pixels.forEach((value, i) => picture.data.set([255 - value, 255 - value, 255 - value, 255], i * 4));
  context.putImageData(picture, 0, 0);
}
