// A text as chips, one per group of tokens: coloured by probability or by surprise. All text is text, never markup.
const CHIPS = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  let ui = CHIPS.get(root);
  if (!ui) {
    ui = { text: make("div", { class: "text" }), legend: make("div", { class: "legend", "aria-hidden": "true" }), shown: 0 };
    root.append(ui.text, ui.legend);
    ui.text.onclick = (event) => choose(ui, event.target.closest("button"));
    CHIPS.set(root, ui);
  }
  ui.data = data;
  ui.tell = (index) => setTriggerValue("chosen", index);
  root.classList.toggle("projected", Boolean(data.projection));
  draw(ui);
}

function choose(ui, chip) {
  if (chip && ui.data.selectable && chip.dataset.first !== undefined) ui.tell(Number(chip.dataset.first));
}

function draw(ui) {
  const { data } = ui;
  ui.text.setAttribute("role", "group");
  ui.text.setAttribute("aria-label", data.labels.text);
  ui.text.tabIndex = data.selectable ? -1 : 0; // without buttons inside, the keyboard could not scroll it
  ui.text.replaceChildren(...data.groups.flatMap((group, index) => chip(data, group, index >= ui.shown ? index - ui.shown : -1)));
  if (data.groups.length > ui.shown) ui.text.scrollTop = ui.text.scrollHeight;
  ui.shown = data.groups.length;
  if (!data.groups.length) ui.text.append(make("span", { class: "empty" }, data.labels.empty));
  ui.legend.replaceChildren(
    make("span", {}, data.labels.low), ...[0, 1, 2, 4, 6, 9].map((nats) => tinted(make("i"), nats)), make("span", {}, data.labels.high));
}

function chip(data, group, fresh) {
  const shown = group.text.replaceAll("\n", "⏎");
  const tip = group.values === null ? data.labels.given : describe(data, group);
  const able = data.selectable && group.values !== null;
  const element = make(able ? "button" : "span", { class: group.values === null ? "chip given" : "chip", title: tip }, shown);
  if (able) element.dataset.first = group.first;
  if (able) element.setAttribute("aria-label", `${shown} ${tip}`);
  if (group.first === data.selected) element.classList.add("selected");
  if (group.after) element.classList.add("after");
  if (group.values !== null) tinted(element, nats(data, group));
  if (fresh >= 0 && fresh < 400) element.style.animationDelay = `${fresh * 12}ms`;
  return group.text.includes("\n") ? [element, make("br")] : [element];
}

/** Of several tokens in one character, the surprises add up; the probabilities multiply. */
function nats(data, group) {
  const known = group.values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + (data.mode === "surprise" ? value : -Math.log(Math.max(value, 1e-9))), 0);
}

function describe(data, group) {
  const { labels, lang } = data;
  if (group.values.every((value) => value === null)) return labels.first;
  const total = nats(data, group);
  const parts = group.values.length > 1 ? ` · ${labels.tokens.replace("%n", group.values.length)}` : "";
  if (data.mode === "surprise") return labels.surprise.replace("%s", writeNumber(total, lang, 2)).replace("%p", writePercent(Math.exp(-total), lang, 2)) + parts;
  return labels.probability.replace("%p", writePercent(Math.exp(-total), lang, 1)) + parts;
}

function tinted(element, nats) {
  element.style.setProperty("--share", `${Math.min(100, Math.round(nats * 13))}%`);
  element.style.setProperty("--line", `${Math.min(4, Math.round(nats / 1.5))}px`);
  return element;
}
