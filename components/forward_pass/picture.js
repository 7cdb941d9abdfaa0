// The forward pass under the finger: the network and its matrix product, the same numbers in the same colours.
// A drag changes only text and attributes of what is there; on release Python learns the values.
const INPUTS = 4, NEURONS = 3, FINAL = 2, EXAMPLES = 3, LIMIT = 3, UNIT = 0.1, PIXELS = 4;
const LOW_DIGITS = "₀₁₂₃₄₅₆₇₈₉";
const STATES = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  let ui = STATES.get(root);
  if (!ui) STATES.set(root, (ui = { root, timer: null }));
  ui.data = data;
  ui.tell = () => { clearTimeout(ui.timer); ui.timer = null; setStateValue("state", structuredClone(ui.state)); };
  if (ui.version !== data.version) {
    ui.version = data.version;
    ui.state = structuredClone(data.state);
    ui.furthest = 0;
  }
  ui.furthest = Math.max(ui.furthest, data.furthest, data.steps.indexOf(ui.state.step));
  root.classList.toggle("projected", Boolean(data.projection));
  build(ui);
  show(ui);
}

// --- The computation: the same as core/forward_pass.py ---

/** What the current step shows: how many neurons, examples and layers, and which activation. */
function shapeOf(state) {
  const { step } = state;
  const at = ["neuron", "neurons", "bias", "activation", "batch", "second", "collapse"].indexOf(step);
  const activation = step === "collapse" ? state.between : at >= 3 ? state.activation : "identity";
  return {
    neurons: at === 0 ? 1 : NEURONS, columns: step === "batch" ? EXAMPLES : 1, bias: at >= 2, activation,
    choosesActivation: at >= 3, second: at >= 5, collapse: at === 6,
  };
}

function compute(state, shape) {
  const z = [], a = [];
  for (let o = 0; o < shape.neurons; o++)
    for (let k = 0; k < shape.columns; k++) {
      let sum = shape.bias ? state.b[o] : 0;
      for (let i = 0; i < INPUTS; i++) sum += state.w[o * INPUTS + i] * state.x[k * INPUTS + i];
      z[o * shape.columns + k] = sum;
    }
  for (let k = 0; k < shape.columns; k++) {
    const column = activate(shape.activation, z.filter((_, n) => n % shape.columns === k));
    column.forEach((value, o) => { a[o * shape.columns + k] = value; });
  }
  const found = { z, a };
  if (shape.second) {
    found.y = multiply(state.v, a, FINAL, NEURONS, 1);
    found.m = multiply(state.v, state.w, FINAL, NEURONS, INPUTS);
    found.c = multiply(state.v, state.b, FINAL, NEURONS, 1);
    found.u = multiply(found.m, state.x, FINAL, INPUTS, 1).map((value, j) => value + found.c[j]);
  }
  return found;
}

/** Multiply two matrices stored row by row: (rows, inner) @ (inner, columns). */
function multiply(left, right, rows, inner, columns) {
  const result = Array(rows * columns).fill(0);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < inner; i++)
      for (let c = 0; c < columns; c++) result[r * columns + c] += left[r * inner + i] * right[i * columns + c];
  return result;
}

function activate(name, z) {
  if (name === "relu") return z.map((value) => Math.max(value, 0));
  if (name === "tanh") return z.map(Math.tanh);
  if (name === "sigmoid") return z.map((value) => 1 / (1 + Math.exp(-value)));
  if (name === "softmax") {
    const powers = z.map((value) => Math.exp(value - Math.max(...z)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  }
  return z.slice();
}

// --- What is built once per step, activation and language ---

function build(ui) {
  const { state, data } = ui;
  const shape = shapeOf(state);
  const wanted = JSON.stringify([state.step, shape.activation, data.lang, data.projection, ui.furthest]);
  if (ui.built === wanted) return;
  const focused = ui.root.getRootNode().activeElement?.dataset?.at;
  Object.assign(ui, { built: wanted, shape, cells: [], edges: [], nodes: [], labels: [], terms: [] });
  state.output = Math.min(state.output, shape.second ? NEURONS + FINAL - 1 : shape.neurons - 1);
  ui.root.className = `root ${data.projection ? "projected" : ""} step-${state.step}`;
  ui.root.replaceChildren(
    buildSteps(ui),
    make("div", { class: "pictures" }, buildNetwork(ui), buildProduct(ui)),
    buildSum(ui));
  if (focused) ui.root.querySelector(`[data-at="${focused}"]`)?.focus();
}

function buildSteps(ui) {
  const { data, state } = ui;
  const here = data.steps.indexOf(state.step);
  const list = make("ol", { class: "steps" }, ...data.steps.map((step, index) => {
    const locked = index > ui.furthest + 1;
    const button = make("button", { type: "button", "data-at": `step-${step}` },
      make("b", {}, String(index + 1)), make("span", {}, data.labels.steps[step]));
    if (locked) { button.disabled = true; button.title = data.labels.locked; }
    if (index === here) button.setAttribute("aria-current", "step");
    button.className = index === here ? "here" : index <= ui.furthest ? "seen" : locked ? "locked" : "next";
    button.onclick = () => goTo(ui, step);
    return make("li", {}, button);
  }));
  const words = make("p", { class: "words" }, data.labels.words[state.step]);
  const row = make("div", { class: "say" }, words);
  if (ui.shape.choosesActivation) row.append(buildActivations(ui));
  const next = data.steps[here + 1];
  if (next) {
    const button = make("button", { type: "button", class: "forward", "data-at": "forward" }, `${data.labels.next} →`);
    button.onclick = () => goTo(ui, next);
    row.append(button);
  }
  return make("div", { class: "top" }, list, row);
}

function buildActivations(ui) {
  const { data, state, shape } = ui;
  const group = make("div", { class: "activations", role: "radiogroup", "aria-label": data.labels.activation });
  const names = data.activations;
  names.forEach((name, index) => {
    const chosen = name === shape.activation;
    const button = make("button", { type: "button", role: "radio", "aria-checked": chosen, tabindex: chosen ? 0 : -1,
      "data-at": `activation-${name}` }, data.labels.activations[name]);
    const choose = (which) => {
      state[state.step === "collapse" ? "between" : "activation"] = which;
      redraw(ui, `activation-${which}`);
    };
    button.onclick = () => choose(name);
    button.onkeydown = (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      choose(names[(index + by + names.length) % names.length]);
    };
    group.append(button);
  });
  return group;
}

function goTo(ui, step) {
  ui.state.step = step;
  ui.furthest = Math.max(ui.furthest, ui.data.steps.indexOf(step));
  redraw(ui, `step-${step}`);
}

function redraw(ui, focus) {
  build(ui);
  show(ui);
  ui.root.querySelector(`[data-at="${focus}"]`)?.focus();
  ui.tell();
}

// --- The network ---

const WIDTH = 460, HEIGHT = 340, RADIUS = 25;

function buildNetwork(ui) {
  const { shape, data } = ui;
  const svg = make("svg:svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "network", role: "img", "aria-label": data.labels.network });
  const layers = [INPUTS, shape.neurons, ...(shape.second ? [FINAL] : [])];
  const x = (layer) => 62 + (layer * (WIDTH - 134)) / (layers.length - 1);
  const y = (layer, index) => HEIGHT / 2 + (index - (layers[layer] - 1) / 2) * 84 * (layer === 2 ? 1.2 : 1);
  const back = make("svg:g"), front = make("svg:g");
  svg.append(back, front);
  const connect = (list, layer, from, to, owner) => {
    const ends = { x1: x(layer), y1: y(layer, from), x2: x(layer + 1), y2: y(layer + 1, to) };
    const index = to * layers[layer] + from;
    const line = make("svg:line", { ...ends, class: "edge" });
    const hit = make("svg:line", { ...ends, class: "hit" });
    const t = 0.36;
    const label = make("svg:text", { class: "weight", x: ends.x1 + t * (ends.x2 - ends.x1), y: ends.y1 + t * (ends.y2 - ends.y1) + 5 });
    back.append(line, hit);
    front.append(label);
    ui.edges.push({ line, label, list, index, owner });
    draggable(ui, hit, list, () => index, () => choose(ui, owner));
  };
  for (let o = 0; o < shape.neurons; o++) for (let i = 0; i < INPUTS; i++) connect("w", 0, i, o, o);
  if (shape.second) for (let j = 0; j < FINAL; j++) for (let o = 0; o < NEURONS; o++) connect("v", 1, o, j, NEURONS + j);
  layers.forEach((count, layer) => {
    for (let n = 0; n < count; n++) {
      const circle = make("svg:circle", { cx: x(layer), cy: y(layer, n), r: RADIUS });
      const value = make("svg:text", { x: x(layer), y: y(layer, n) + 5, class: "value" });
      const name = ["x", shape.second ? "a" : "a", "y"][layer] + low(n + 1, layer === 1 && shape.neurons === 1);
      const side = layer === 0 ? { x: x(0) - RADIUS - 8, "text-anchor": "end" } : { x: x(layer) + RADIUS + 8, "text-anchor": "start" };
      const text = make("svg:text", { ...side, y: y(layer, n) + 5, class: "name" }, name);
      if (layer === 1 && shape.second) { text.setAttribute("x", x(1)); text.setAttribute("y", y(1, n) - RADIUS - 6); text.setAttribute("text-anchor", "middle"); }
      const group = make("svg:g", { class: `node ${layer ? "out" : "in"}` }, circle, value, text);
      if (layer === 1 && shape.bias) {
        const bias = make("svg:text", { x: x(1), y: y(1, n) + RADIUS + 15, class: "bias" });
        group.append(bias);
        ui.labels.push({ text: bias, index: n });
      }
      front.append(group);
      ui.nodes.push({ circle, value, layer, n });
      if (layer === 0) draggable(ui, group, "x", () => exampleOf(ui) * INPUTS + n, () => {});
      else group.onclick = () => { choose(ui, layer === 1 ? n : NEURONS + n); ui.tell(); };
    }
  });
  return make("div", { class: "drawing" }, svg);
}

// --- The matrices, in Falk's layout: W bottom left, x top right, the result where row and column meet ---

function buildProduct(ui) {
  const { shape, data } = ui;
  const k = shape.columns, n = shape.neurons, activated = shape.activation !== "identity";
  const end = activated ? 4 : 3;
  const grid = make("div", { class: "product", role: "group", "aria-label": data.labels.product });
  const place = (row, column, ...rest) => {
    const block = matrix(ui, ...rest);
    block.style.gridRow = row;
    block.style.gridColumn = column;
    grid.append(block);
    return block;
  };
  place(1, 3, { name: k > 1 ? "X" : "x", list: "x", rows: INPUTS, columns: k, inner: "rows" });
  place(2, 1, { name: shape.second ? "W₁" : n > 1 ? "W" : "w", list: "w", rows: n, columns: INPUTS, inner: "columns" });
  if (shape.bias) place(2, 2, { name: shape.second ? "+ b" : "+ b", list: "b", rows: n, columns: 1 });
  const result = k > 1 ? ["Z", "A"] : ["z", "a"];
  place(2, 3, { name: `= ${activated ? result[0] : result[1]}`, result: activated ? "z" : "a", rows: n, columns: k, outputs: 0,
    inner: shape.second && !activated ? "next" : "" });
  if (activated) place(2, 4, { name: `${data.labels.activations[shape.activation]} → ${result[1]}`, result: "a", rows: n, columns: k, outputs: 0, inner: shape.second ? "next" : "" });
  if (shape.second) {
    place(3, `1 / ${end}`, { name: "W₂", list: "v", rows: FINAL, columns: NEURONS, inner: "next-columns", outputs: NEURONS }).classList.add("at-end");
    place(3, end, { name: "= y", result: "y", rows: FINAL, columns: 1, outputs: NEURONS });
  }
  if (shape.collapse) {
    place(4, 1, { name: "W₂ @ W₁", result: "m", rows: FINAL, columns: INPUTS });
    place(4, 2, { name: "+ W₂ @ b", result: "c", rows: FINAL, columns: 1 });
    place(4, 3, { name: "= y ?", result: "u", rows: FINAL, columns: 1 });
    ui.verdict = make("output", { class: "verdict" });
    ui.verdict.style.gridRow = 1;
    ui.verdict.style.gridColumn = "1 / 3";
    grid.append(ui.verdict);
  } else {
    ui.verdict = null;
    const formula = make("div", { class: "formula" }, formulaOf(ui));
    grid.append(formula);
  }
  return make("div", { class: "falk" }, grid);
}

function formulaOf({ shape, data }) {
  const X = shape.columns > 1 ? "X" : "x", A = shape.columns > 1 ? "A" : "a";
  if (shape.neurons === 1) return "a = w @ x";
  const inside = `${shape.second ? "W₁" : "W"} @ ${X}${shape.bias ? " + b" : ""}`;
  const f = shape.activation === "identity" ? "" : data.labels.activations[shape.activation];
  const first = `${A} = ${f ? `${f}(${inside})` : inside}`;
  return shape.second ? `${first}\ny = W₂ @ a` : first;
}

function matrix(ui, { name, list, result, rows, columns, inner = "", outputs = -1 }) {
  const block = make("figure", { class: `matrix of-${list ?? result}` });
  const sizes = [make("i", { class: inner === "rows" || inner === "next" ? `meet ${inner}` : "" }, String(rows)), " × ",
    make("i", { class: inner === "columns" || inner === "next-columns" ? `meet ${inner}` : "" }, String(columns))];
  const body = make("div", { class: "body" });
  body.style.setProperty("--columns", columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) body.append(list ? input(ui, list, r, c, columns) : output(ui, result, r, c, columns, outputs));
  block.append(make("figcaption", {}, make("b", {}, name), make("small", {}, ...sizes)), body);
  return block;
}

/** A cell that the student moves. */
function input(ui, list, r, c, columns) {
  const at = () => (list === "x" ? c * INPUTS + r : r * columns + c);
  const cell = make("div", { class: "cell input", role: "slider", tabindex: 0, "data-at": `${list}-${r}-${c}`,
    "aria-valuemin": -LIMIT, "aria-valuemax": LIMIT, "aria-label": nameOf(ui, list, r, c) });
  const owner = list === "w" || list === "b" ? r : list === "v" ? NEURONS + r : -1;
  const select = () => (owner >= 0 ? choose(ui, owner) : ui.shape.columns > 1 && (ui.state.example = c));
  draggable(ui, cell, list, at, select);
  cell.onfocus = () => { select(); show(ui); };
  cell.onkeydown = (event) => byKey(ui, event, list, at());
  ui.cells.push({ cell, list, at, r, c, value: null });
  return cell;
}

/** A cell that is computed; those of an output are buttons that choose it. */
function output(ui, result, r, c, columns, outputs) {
  const chooses = outputs >= 0;
  const cell = make(chooses ? "button" : "div", { class: "cell result", "data-at": `${result}-${r}-${c}`, "data-name": `${result}${r}${c}` });
  if (chooses) {
    cell.type = "button";
    cell.onclick = () => {
      if (ui.shape.columns > 1) ui.state.example = c;
      choose(ui, outputs + r);
      ui.tell();
    };
  }
  ui.cells.push({ cell, result, r, c, index: r * columns + c, owner: chooses ? outputs + r : -1 });
  return cell;
}

function nameOf(ui, list, r, c) {
  if (list === "x") return `x${low(r + 1)}${ui.shape.columns > 1 ? `, ${ui.data.labels.example} ${c + 1}` : ""}`;
  if (list === "b") return `b${low(r + 1)}`;
  return ui.shape.neurons === 1 ? `w${low(c + 1)}` : `${list === "v" ? "W₂ " : ""}w${low(r + 1)}${low(c + 1)}`;
}

const low = (number, alone = false) => (alone ? "" : LOW_DIGITS[number]);

// --- The sum of the chosen output, written out ---

function buildSum(ui) {
  ui.head = make("b", { class: "head" });
  ui.terms = [...Array(INPUTS + 1)].map(() => {
    const parts = { symbol: make("small"), value: make("span", { class: "factors" }), product: make("span", { class: "share" }) };
    return { box: make("span", { class: "term" }, parts.symbol, parts.value, parts.product), ...parts };
  });
  ui.total = make("b", { class: "total" });
  ui.after = make("span", { class: "after" });
  return make("div", { class: "sum", "aria-live": "off" }, ui.head, ...ui.terms.map((term) => term.box), ui.total, ui.after);
}

function showSum(ui, found) {
  const { state, shape, data } = ui;
  const final = state.output >= NEURONS, row = final ? state.output - NEURONS : state.output;
  const k = exampleOf(ui), alone = shape.neurons === 1;
  const weights = final ? state.v : state.w, count = final ? NEURONS : INPUTS;
  const named = final ? "y" : shape.activation === "identity" ? "a" : "z";
  put(ui.head, `${named}${low(row + 1, alone)} =`);
  ui.terms.forEach((term, i) => {
    const bias = i === INPUTS && shape.bias && !final;
    term.box.hidden = !(i < count || bias);
    if (term.box.hidden) return;
    const weight = bias ? state.b[row] : weights[row * count + i];
    const by = bias ? 1 : final ? found.a[i] : state.x[k * INPUTS + i];
    const digits = final ? 2 : 1;
    put(term.symbol, bias ? `b${low(row + 1)}` : `w${alone ? "" : low(row + 1)}${low(i + 1)} × ${final ? "a" : "x"}${low(i + 1)}`);
    put(term.value, bias ? signed(weight, data.lang, 1) : `${signed(weight, data.lang, 1)} × ${signed(by, data.lang, digits)}`);
    const product = weight * by, sign = !i ? "" : product < 0 ? "− " : "+ ";
    put(term.product, sign + signed(i ? Math.abs(product) : product, data.lang, 2));
    tint(term.box, weight * by, 6);
  });
  const total = final ? found.y[row] : found.z[row * shape.columns + k];
  put(ui.total, `= ${signed(total, data.lang, 2)}`);
  put(ui.after, final || shape.activation === "identity" ? "" : `a${low(row + 1)} = ${applied(ui, found, row, k)}`);
}

function applied({ shape, data }, found, row, k) {
  const write = (value) => signed(value, data.lang, 2);
  const z = found.z[row * shape.columns + k], a = write(found.a[row * shape.columns + k]);
  if (shape.activation !== "softmax") return `${data.labels.activations[shape.activation]}(${write(z)}) = ${a}`;
  const all = [...Array(NEURONS).keys()].map((o) => `e^${write(found.z[o * shape.columns + k])}`);
  return `${all[row]} / (${all.join(" + ")}) = ${a}`;
}

// --- What changes with every move: text and attributes only ---

function show(ui) {
  const { state, shape, data } = ui;
  const found = (ui.found = compute(state, shape));
  const final = state.output >= NEURONS, k = exampleOf(ui);
  for (const cell of ui.cells) {
    const value = cell.list ? state[cell.list][cell.at()] : found[cell.result][cell.index];
    const owner = cell.list === "w" || cell.list === "b" ? cell.r : cell.list === "v" ? NEURONS + cell.r : cell.owner;
    const vector = (cell.list === "x" && !final && cell.c === k) || (cell.result === "a" && final);
    const chosen = vector || (owner === state.output && (cell.list || shape.columns === 1 || cell.c === k));
    cell.cell.classList.toggle("chosen", chosen);
    if (cell.value === value && cell.lang === data.lang) continue;
    Object.assign(cell, { value, lang: data.lang });
    const text = signed(value, data.lang, cell.list ? 1 : 2);
    put(cell.cell, text);
    tint(cell.cell, value, LIMIT);
    if (cell.list) {
      cell.cell.setAttribute("aria-valuenow", value);
      cell.cell.setAttribute("aria-valuetext", text);
    } else if (cell.owner >= 0) cell.cell.setAttribute("aria-label", `${cell.owner >= NEURONS ? "y" : cell.result}${low(cell.r + 1)} = ${text}`);
  }
  showNetwork(ui, found, k);
  showSum(ui, found);
  if (ui.verdict) showVerdict(ui, found);
}

function showNetwork(ui, found, k) {
  const { state, shape, data } = ui;
  for (const { line, label, list, index, owner } of ui.edges) {
    const weight = state[list][index], chosen = owner === state.output;
    line.setAttribute("stroke", weight < 0 ? COLOURS.negative : COLOURS.positive);
    line.setAttribute("stroke-width", weight === 0 ? 0.6 : 1 + 3 * Math.abs(weight));
    line.setAttribute("stroke-dasharray", weight < 0 ? "9 6" : "none");
    line.setAttribute("opacity", chosen ? 1 : 0.28);
    put(label, chosen ? signed(weight, data.lang, 1) : "");
  }
  for (const { circle, value, layer, n } of ui.nodes) {
    const number = layer === 0 ? state.x[k * INPUTS + n] : layer === 1 ? found.a[n * shape.columns + k] : found.y[n];
    put(value, signed(number, data.lang, layer ? 2 : 1));
    circle.style.setProperty("--tint", number < 0 ? COLOURS.negative : COLOURS.positive);
    circle.style.setProperty("--share", share(number, LIMIT));
    circle.classList.toggle("chosen", layer > 0 && state.output === (layer === 1 ? n : NEURONS + n));
  }
  for (const { text, index } of ui.labels) put(text, `b ${signed(state.b[index], data.lang, 1)}`);
}

function showVerdict(ui, found) {
  const apart = Math.max(...found.y.map((value, j) => Math.abs(value - found.u[j])));
  const equal = apart < 1e-9;
  put(ui.verdict, equal ? ui.data.labels.equal : ui.data.labels.different.replace("%s", writeNumber(apart, ui.data.lang, 2)));
  ui.verdict.className = `verdict ${equal ? "equal" : "different"}`;
}

function put(element, text) {
  if (element.firstChild?.nodeType === 3) { if (element.firstChild.data !== text) element.firstChild.data = text; }
  else element.textContent = text || " ";
}

function tint(element, value, limit) {
  element.style.setProperty("--tint", value < 0 ? COLOURS.negative : COLOURS.positive);
  element.style.setProperty("--share", share(value, limit));
}

const share = (value, limit) => `${(Math.min(1, Math.abs(value) / limit) * 46).toFixed(1)}%`;

/** Write a number with a true minus; what rounds to zero is plain zero. */
const FORMATS = new Map();
function signed(value, lang, decimals) {
  const key = `${lang}${decimals}`;
  if (!FORMATS.has(key)) FORMATS.set(key, new Intl.NumberFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false }));
  const near = Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value;
  return FORMATS.get(key).format(near).replace("-", "−");
}

const exampleOf = (ui) => (ui.shape.columns > 1 ? ui.state.example : 0);

function choose(ui, output) {
  ui.state.output = output;
  show(ui);
}

// --- Moving a number: pointer, touch, keyboard ---

function draggable(ui, element, list, at, onDown) {
  let from = null;
  element.classList.add("drag");
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    onDown();
    from = { x: event.clientX, y: event.clientY, value: ui.state[list][at()] };
    element.setPointerCapture(event.pointerId);
    ui.root.classList.add("dragging");
    show(ui);
  });
  element.addEventListener("pointermove", (event) => {
    if (!from) return;
    const begun = performance.now();
    const moved = event.clientX - from.x - (event.clientY - from.y);
    set(ui, list, at(), from.value + Math.round(moved / PIXELS) * UNIT);
    ui.root.getBoundingClientRect(); // the layout is paid here, where it is measured
    measure(performance.now() - begun);
  });
  const end = () => {
    if (!from) return;
    const changed = from.value !== ui.state[list][at()];
    from = null;
    ui.root.classList.remove("dragging");
    if (changed) ui.tell();
  };
  for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) element.addEventListener(kind, end);
}

/** What one pointer move costs, in milliseconds: read by the benchmark. */
function measure(milliseconds) {
  const kept = (window.__curseursDrag ??= []);
  kept.push(milliseconds);
  if (kept.length > 1000) kept.shift();
}

function byKey(ui, event, list, index) {
  const now = ui.state[list][index];
  const wanted = {
    ArrowUp: now + UNIT, ArrowRight: now + UNIT, ArrowDown: now - UNIT, ArrowLeft: now - UNIT, Home: -LIMIT, End: LIMIT,
    ...(ui.data.projection ? {} : { PageUp: now + 1, PageDown: now - 1 }),
  }[event.key];
  if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  set(ui, list, index, wanted);
  clearTimeout(ui.timer);
  ui.timer = setTimeout(ui.tell, 400);
}

function set(ui, list, index, value) {
  const kept = Math.round(Math.max(-LIMIT, Math.min(LIMIT, value)) * 10) / 10;
  ui.state[list][index] = kept === 0 ? 0 : kept;
  show(ui);
}
