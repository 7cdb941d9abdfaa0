// The next token: cards of sampling and bars, recomputed here from the model's logits. The model is not asked again.
// The same steps as core/sampling.py, in the same order; a test compares the two.
const NEXT = new WeakMap(), KS = [1, 2, 3, 5, 10, 15, 20, 40, 50, 100, 200, 500, 1000, 0], STRIP = 48;

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  let ui = NEXT.get(root);
  if (!ui) NEXT.set(root, (ui = build(root, data)));
  ui.tell = (sampling) => setStateValue("sampling", sampling);
  ui.choose = (token) => setTriggerValue("token", token);
  const told = JSON.stringify(data.sampling);
  if (ui.told !== told && !ui.timer) ui.sampling = { ...data.sampling };
  ui.told = told;
  if (ui.packed !== data.logits) {
    ui.packed = data.logits;
    ui.logits = data.logits ? Float64Array.from(new Float32Array(Uint8Array.from(atob(data.logits), (c) => c.charCodeAt(0)).buffer)) : null;
  }
  ui.data = data;
  root.classList.toggle("projected", Boolean(data.projection));
  draw(ui);
}

// ---- the computation

function softmax(logits) {
  let best = -Infinity, sum = 0;
  for (const value of logits) if (value > best) best = value;
  const powers = logits.map((value) => Math.exp(value - best));
  for (const value of powers) sum += value;
  return powers.map((value) => value / sum);
}

function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

const STEPS = {
  repetition_penalty(logits, penalty, written) {
    if (penalty === 1) return logits;
    const changed = logits.slice();
    for (const token of new Set(written)) changed[token] = logits[token] < 0 ? logits[token] * penalty : logits[token] / penalty;
    return changed;
  },
  temperature(logits, temperature) {
    const first = argmax(logits), best = logits[first];
    if (temperature > 0) return logits.map((value) => (value - best) / temperature);
    return logits.map((value, token) => (token === first ? 0 : -Infinity));
  },
  top_k(logits, k) {
    if (!k || k >= logits.length) return logits;
    const kth = logits.slice().sort()[logits.length - k];
    return logits.map((value) => (value < kth ? -Infinity : value));
  },
  top_p(logits, p) {
    if (p >= 1) return logits;
    const chances = softmax(logits);
    const order = [...chances.keys()].sort((a, b) => logits[a] - logits[b] || a - b);
    const kept = logits.slice();
    let tail = 0;
    for (const token of order.slice(0, -1)) {
      tail += chances[token];
      if (tail > 1 - p) break;
      kept[token] = -Infinity;
    }
    return kept;
  },
  min_p(logits, p) {
    if (!p) return logits;
    const chances = softmax(logits), best = argmax(chances), least = p * chances[best];
    return logits.map((value, token) => (chances[token] < least && token !== best ? -Infinity : value));
  },
};

/** Return the distribution before and after each step. */
function stages(ui) {
  // The penalty needs the logits themselves; `highest` is what was subtracted to send them.
  let now = ui.logits.map((value) => value + ui.data.highest);
  const found = {};
  for (const [name, step] of Object.entries(STEPS)) {
    const before = now;
    now = step(now, ui.sampling[name], ui.data.written);
    found[name] = { before, after: now };
  }
  return { found, probabilities: softmax(now), model: softmax(ui.logits) };
}

// ---- the picture

function build(root, data) {
  const cards = make("div", { class: "cards" }), bars = make("div", { class: "bars" }), sums = make("p", { class: "sums", "aria-live": "polite" });
  const more = make("details", {}, make("summary", {}, data.labels.advanced));
  const ui = { sampling: { ...data.sampling }, told: JSON.stringify(data.sampling), data, bars, sums, cards: {} };
  for (const name of ["temperature", "top_k", "top_p", "min_p", "repetition_penalty"]) {
    ui.cards[name] = card(ui, name, data.labels);
    (name === "min_p" || name === "repetition_penalty" ? more : cards).append(ui.cards[name].box);
  }
  cards.append(more);
  const title = make("h4", {}, data.labels.next);
  ui.title = title;
  root.append(make("div", { class: "both" }, make("div", { class: "right" }, title, bars, sums), cards));
  return ui;
}

function card(ui, name, labels) {
  const limits = { temperature: [0, 2, 0.01], top_k: [0, KS.length - 1, 1], top_p: [0, 1, 0.01], min_p: [0, 0.5, 0.01], repetition_penalty: [1, 2, 0.05] }[name];
  const id = `card-${name}-${Math.random().toString(36).slice(2)}`;
  const input = make("input", { type: "range", min: limits[0], max: limits[1], step: limits[2], id });
  const value = make("output", { for: id }), said = make("small"), strip = make("canvas", { width: STRIP * 5, height: 34, role: "img" });
  input.oninput = () => {
    ui.sampling[name] = name === "top_k" ? KS[input.value] : Number(input.value);
    draw(ui);
    clearTimeout(ui.timer);
    ui.timer = setTimeout(() => { ui.timer = null; ui.tell({ ...ui.sampling }); }, 350);
  };
  const box = make("div", { class: `card ${name}` }, make("label", { for: id }, labels[name]), value, input, strip, said);
  return { box, input, value, said, strip };
}

function draw(ui) {
  const { data, sampling } = ui, { labels, lang } = data;
  for (const [name, card] of Object.entries(ui.cards)) {
    card.input.value = name === "top_k" ? Math.max(0, KS.indexOf(sampling[name])) : sampling[name];
    const shown = name === "top_k" ? (sampling[name] ? String(sampling[name]) : labels.all) : writeNumber(sampling[name], lang, 2);
    card.value.textContent = shown;
    card.input.setAttribute("aria-valuetext", shown);
  }
  ui.bars.replaceChildren();
  if (!ui.logits) { ui.sums.textContent = labels.nothing; return; }
  const { found, probabilities, model } = stages(ui);
  for (const [name, card] of Object.entries(ui.cards)) showCut(ui, card, name, found[name]);
  showBars(ui, probabilities, model);
}

function showCut(ui, card, name, { before, after }) {
  const { labels, lang } = ui.data;
  const chances = softmax(before), then = softmax(after);
  let cut = 0, share = 0;
  for (let i = 0; i < chances.length; i++) if (after[i] === -Infinity && before[i] !== -Infinity) { cut++; share += chances[i]; }
  const idle = { temperature: 1, top_k: 0, top_p: 1, min_p: 0, repetition_penalty: 1 }[name] === ui.sampling[name];
  card.said.textContent = idle ? labels.idle : cut
    ? labels.cut.replace("%n", writeNumber(cut, lang, 0)).replace("%p", writePercent(share, lang, 1)) : labels.keeps;
  const context = card.strip.getContext("2d"), order = top(chances, STRIP);
  context.clearRect(0, 0, card.strip.width, card.strip.height);
  order.forEach((token, place) => {
    const gone = after[token] === -Infinity && before[token] !== -Infinity;
    for (const [chance, colour] of [[chances[token], gone ? "#E69F00" : "#8fb8d6"], [then[token], "#0072B2"]]) {
      const height = Math.sqrt(chance) * 34;  // a square root: small probabilities stay visible
      context.fillStyle = colour;
      context.fillRect(place * 5 + (colour === "#0072B2" ? 1 : 0), 34 - height, colour === "#0072B2" ? 2 : 4, height);
    }
  });
  card.strip.setAttribute("aria-label", `${labels[name]} : ${card.said.textContent}`);
}

function top(chances, count, model = chances) {
  const better = (a, b) => chances[b] - chances[a] || model[b] - model[a] || a - b, least = chances[argmax(chances)] * 1e-6;
  const likely = [...chances.keys()].filter((token) => chances[token] > least);  // sorting 50,000 would cost a frame
  return (likely.length < count ? [...chances.keys()] : likely).sort(better).slice(0, count);
}

function showBars(ui, probabilities, model) {
  const { data } = ui, { labels, lang } = data;
  const order = top(probabilities, data.projection ? 10 : 15, model), scale = 1 / Math.max(probabilities[order[0]], ...order.map((token) => model[token]), 1e-9);
  let rest = 1, others = 0, bits = 0;
  for (const token of order) rest -= probabilities[token];
  for (const chance of probabilities) { if (chance > 0) { bits -= chance * Math.log2(chance); others++; } }
  for (const token of order) ui.bars.append(bar(ui, token, probabilities[token], model[token], scale));
  const left = Math.max(0, others - order.filter((token) => probabilities[token] > 0).length);
  const share = Math.max(0, rest);
  ui.bars.append(row(make("span", { class: "rest" }), labels.rest.replace("%n", writeNumber(left, lang, 0)), share, null, scale, lang));
  ui.sums.textContent = labels.entropy.replace("%b", writeNumber(Math.max(0, bits), lang, 2)).replace("%c", writeNumber(2 ** Math.max(0, bits), lang, 1));
  ui.title.textContent = labels.next;
}

function bar(ui, token, chance, model, scale) {
  const { labels, lang, vocabulary, end, choosable } = ui.data;
  const word = token === end ? labels.end : (vocabulary[token] ?? `#${token}`).replace(/^ /, "␣").replaceAll("\u00a0", "⍽").replaceAll("\n", "⏎");
  const button = make("button", { title: choosable ? labels.choose : "", "aria-label": `${word} ${writePercent(chance, lang, 1)}. ${choosable ? labels.choose : ""}` });
  button.disabled = !choosable || token === end;
  button.onclick = () => ui.choose(token);
  if (chance === 0) button.classList.add("gone");
  return row(button, word, chance, model, scale, lang);
}

/** A share that would be rounded to zero is written as less than a tenth of a percent. */
function writeShare(share, lang) {
  return share > 0 && share < 0.0005 ? `< ${writePercent(0.001, lang, 1)}` : writePercent(share, lang, 1);
}

function row(element, word, chance, model, scale, lang) {
  const bed = make("span", { class: "bed" }), fill = make("span", { class: "fill" });
  fill.style.width = `${Math.min(1, chance * scale) * 100}%`;
  bed.append(fill);
  if (model !== null) {
    const before = make("span", { class: "before" });
    before.style.left = `${Math.min(1, model * scale) * 100}%`;
    bed.append(before);
  }
  element.append(make("span", { class: "word" }, word), bed, make("span", { class: "value" }, writeShare(chance, lang)));
  return element;
}
