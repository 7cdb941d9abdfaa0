// A digit through the trained network: each layer as a strip, ten probabilities, and what one neuron looks for.
// All of the first layer's weights are here, so another neuron is shown without a server round trip.
const SIDE = 28, PIXELS = SIDE * SIDE;
const BLUE = [0, 114, 178], ORANGE = [230, 159, 0];
const STATES = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  let ui = STATES.get(root);
  if (!ui) STATES.set(root, (ui = { root, ...build(root, data) }));
  if (ui.neuron === undefined || ui.told !== data.neuron) ui.neuron = ui.told = data.neuron;
  ui.data = data;
  ui.tell = () => setStateValue("neuron", ui.neuron);
  ui.image = Uint8Array.from(atob(data.image), (c) => c.charCodeAt(0));
  if (ui.weightsOf !== data.run) {
    ui.weightsOf = data.run;
    ui.bytes = Int8Array.from(atob(data.weights), (c) => c.charCodeAt(0));
  }
  root.classList.toggle("projected", Boolean(data.projection));
  showLayers(ui);
  showNeuron(ui);
}

function build(root, data) {
  const canvas = (width, height, attributes = {}) => make("canvas", { width, height, role: "img", ...attributes });
  const layer = (drawing, name) => {
    const caption = make("figcaption");
    return { drawing, caption, box: make("figure", { class: `layer ${name}` }, caption, drawing) };
  };
  const marker = make("span", { class: "marker" });
  const first = canvas(10, 20, { role: "slider", tabindex: 0, "aria-valuemin": 1, "aria-valuemax": 200 });
  const holder = make("div", { class: "holder" }, first, marker);
  const parts = {
    first, marker, input: layer(canvas(SIDE, SIDE), "input"), hidden1: layer(holder, "h1"),
    hidden2: layer(canvas(5, 20), "h2"), hidden3: layer(canvas(5, 15), "h3"), bars: make("div", { class: "bars" }),
    weights: layer(canvas(SIDE, SIDE), "detail"), product: layer(canvas(SIDE, SIDE), "detail"),
    title: make("h4"), sum: make("p", { class: "sum" }), legend: make("p", { class: "legend" }), outCaption: make("figcaption"),
  };
  parts.rows = [...Array(10).keys()].map((digit) => {
    const fill = make("span", { class: "fill" }), value = make("span", { class: "value" });
    parts.bars.append(make("div", { class: "bar" }, make("b", {}, String(digit)), make("span", { class: "bed" }, fill), value));
    return { fill, value };
  });
  const arrow = () => make("span", { class: "arrow", "aria-hidden": "true" }, "→");
  root.append(
    make("div", { class: "flow" }, parts.input.box, arrow(), parts.hidden1.box, arrow(), parts.hidden2.box, arrow(), parts.hidden3.box, arrow(),
      make("figure", { class: "layer out" }, parts.outCaption, parts.bars)),
    make("div", { class: "neuron" }, parts.title,
      make("div", { class: "details" }, parts.weights.box, parts.product.box, make("div", { class: "told" }, parts.sum, parts.legend))));
  listen(root, parts);
  return parts;
}

function listen(root, parts) {
  const ui = () => STATES.get(root);
  const under = (event) => {
    const box = parts.first.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * 10), row = Math.floor(((event.clientY - box.top) / box.height) * 20);
    return Math.max(0, Math.min(199, Math.max(0, Math.min(19, row)) * 10 + Math.max(0, Math.min(9, column))));
  };
  parts.first.onpointermove = (event) => { ui().neuron = under(event); showNeuron(ui()); };
  parts.first.onpointerdown = parts.first.onpointermove;
  parts.first.onclick = () => ui().tell();
  parts.first.onpointerleave = () => { ui().neuron = ui().told; showNeuron(ui()); };
  parts.first.onkeydown = (event) => {
    const now = ui().neuron;
    const wanted = { ArrowRight: now + 1, ArrowLeft: now - 1, ArrowDown: now + 10, ArrowUp: now - 10, Home: 0, End: 199 }[event.key];
    if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    ui().neuron = ui().told = Math.max(0, Math.min(199, wanted));
    showNeuron(ui());
    clearTimeout(ui().timer);
    ui().timer = setTimeout(ui().tell, 400);
  };
  parts.first.addEventListener("click", () => { ui().told = ui().neuron; });
}

function showLayers(ui) {
  const { data } = ui;
  const { labels, lang } = data;
  ui.input.caption.textContent = `${labels.input} · 784`;
  paint(ui.input.drawing, ui.image, 255);
  ui.input.drawing.setAttribute("aria-label", labels.input);
  [[ui.hidden1, ui.first], [ui.hidden2, ui.hidden2.drawing], [ui.hidden3, ui.hidden3.drawing]].forEach(([part, canvas], index) => {
    const layer = data.layers[index];
    part.caption.textContent = `${labels.hidden.replace("%n", index + 1)} · ${layer.length}`;
    const active = layer.filter((value) => value > 0).length;
    canvas.title = labels.active.replace("%a", active).replace("%n", layer.length);
    if (index) canvas.setAttribute("aria-label", `${part.caption.textContent}. ${canvas.title}`);
    else canvas.setAttribute("aria-label", labels.choose);
    paint(canvas, layer, Math.max(...layer, 1e-9));
  });
  ui.outCaption.textContent = `${labels.output} · 10`;
  const best = Math.max(...data.probabilities);
  ui.rows.forEach(({ fill, value }, digit) => {
    const chance = data.probabilities[digit];
    fill.style.width = `${chance * 100}%`;
    fill.className = chance === best ? "fill best" : "fill";
    value.textContent = writePercent(chance, lang, 1);
  });
}

function showNeuron(ui) {
  const { data, neuron } = ui;
  const { labels, lang } = data;
  const own = ui.bytes.subarray(neuron * PIXELS, (neuron + 1) * PIXELS);
  const scale = data.scales[neuron];
  const product = Float32Array.from(own, (weight, i) => (weight / 127) * scale * (ui.image[i] / 255));
  const sum = data.sums[neuron], active = data.layers[0][neuron];
  ui.title.textContent = labels.neuron.replace("%n", neuron + 1);
  paint(ui.weights.drawing, own, 127);
  paint(ui.product.drawing, product, Math.max(...product.map(Math.abs), 1e-9));
  ui.weights.caption.textContent = labels.weights;
  ui.product.caption.textContent = labels.product;
  ui.weights.drawing.setAttribute("aria-label", `${labels.weights}, ${ui.title.textContent}`);
  ui.product.drawing.setAttribute("aria-label", `${labels.product}, ${ui.title.textContent}`);
  ui.sum.textContent = labels.sum.replace("%z", writeNumber(sum, lang, 2)).replace("%b", writeNumber(data.biases[neuron], lang, 2)).replace("%a", writeNumber(active, lang, 2));
  ui.legend.textContent = labels.legend;
  ui.first.setAttribute("aria-valuenow", neuron + 1);
  ui.first.setAttribute("aria-valuetext", `${ui.title.textContent} : ${writeNumber(active, lang, 2)}`);
  ui.marker.style.left = `${(neuron % 10) * 10}%`;
  ui.marker.style.top = `${Math.floor(neuron / 10) * 5}%`;
}

/** Paint values as ink: blue when positive, orange when negative, nothing at zero. The digit itself is black on white. */
function paint(canvas, values, highest) {
  const context = canvas.getContext("2d");
  const picture = context.createImageData(canvas.width, canvas.height);
  const digit = values instanceof Uint8Array;
  values.forEach((value, i) => {
    const ink = Math.min(1, Math.abs(value) / highest);
    const colour = digit ? [255 - value, 255 - value, 255 - value, 255] : [...(value < 0 ? ORANGE : BLUE), 255 * ink];
    picture.data.set(colour, i * 4);
  });
  context.putImageData(picture, 0, 0);
}
