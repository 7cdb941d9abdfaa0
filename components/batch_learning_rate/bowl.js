// The bowl: a loss surface with two weights, and the whole path of an optimiser, redrawn while the finger moves.
// core/bowl.py is the same computation in NumPy, with the same mini-batches; tests compare the two.

const STEPS = 200
const TOO_FAR = 1e6
const LEVELS = 14
const GRID = 60

// ---------------------------------------------------------------- the computation

/** The generator mulberry32: numbers in [0, 1), the same as core.bowl.mulberry32. */
export function mulberry32(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A function that gives the next mini-batch: every example once an epoch, reshuffled at each epoch. */
export function batches(examples, batch, seed) {
  const draw = mulberry32(seed)
  const order = Array.from({ length: examples }, (_, i) => i)
  let first = examples
  return () => {
    if (first >= examples) {
      for (let last = examples - 1; last > 0; last--) {
        const other = Math.floor(draw() * (last + 1))
        ;[order[last], order[other]] = [order[other], order[last]]
      }
      first = 0
    }
    const chosen = order.slice(first, first + batch)
    first += batch
    return chosen
  }
}

const sigmoid = (z) => 1 / (1 + Math.exp(-z))

/** The gradient of the mean loss over the examples `chosen`. */
export function gradient(problem, w, chosen) {
  let g0 = 0
  let g1 = 0
  for (const i of chosen) {
    const x = problem.features[i]
    const z = x[0] * w[0] + x[1] * w[1]
    const slope = problem.name === "regression" ? 2 * (z - problem.targets[i]) : sigmoid(z) - problem.targets[i]
    g0 += slope * x[0]
    g1 += slope * x[1]
  }
  return [g0 / chosen.length, g1 / chosen.length]
}

/** The mean loss over all examples. */
export function loss(problem, w0, w1) {
  let sum = 0
  for (let i = 0; i < problem.targets.length; i++) {
    const z = problem.features[i][0] * w0 + problem.features[i][1] * w1
    const y = problem.targets[i]
    if (problem.name === "regression") sum += (z - y) * (z - y)
    else sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z
  }
  return sum / problem.targets.length
}

/** One optimiser's memory; formulas and constants of torch.optim. Returns gradient → step to subtract. */
function updater({ optimizer, rate, momentum: beta }) {
  const velocity = [0, 0]
  const squares = [0, 0]
  let step = 0
  const rules = {
    sgd: (g) => rate * g,
    momentum: (g, k) => rate * (velocity[k] = beta * velocity[k] + g),
    rmsprop: (g, k) => {
      squares[k] = 0.99 * squares[k] + 0.01 * g * g
      return (rate * g) / (Math.sqrt(squares[k]) + 1e-8)
    },
    adam: (g, k) => {
      velocity[k] = beta * velocity[k] + (1 - beta) * g
      squares[k] = 0.999 * squares[k] + 0.001 * g * g
      const mean = velocity[k] / (1 - beta ** step)
      return (rate * mean) / (Math.sqrt(squares[k] / (1 - 0.999 ** step)) + 1e-8)
    },
  }
  return (g) => {
    step += 1
    return [rules[optimizer](g[0], 0), rules[optimizer](g[1], 1)]
  }
}

/** The whole path: points (the start first), the mini-batch of each update, and whether it diverged. */
export function descend(problem, settings, steps = STEPS) {
  const next = batches(problem.targets.length, settings.batch, settings.seed)
  const update = updater(settings)
  const points = [settings.start]
  const visited = []
  for (let t = 0; t < steps; t++) {
    const w = points[t]
    const chosen = next()
    const change = update(gradient(problem, w, chosen))
    const to = [w[0] - change[0], w[1] - change[1]]
    visited.push(chosen)
    if (!(Math.abs(to[0]) <= TOO_FAR && Math.abs(to[1]) <= TOO_FAR)) return { points, visited, diverged: true }
    points.push(to)
  }
  return { points, visited, diverged: false }
}

/** The contour of `values` (GRID+1)² at `level` as an SVG path, by marching squares. */
function contour(values, level, toX, toY) {
  const at = (i, j) => values[j * (GRID + 1) + i]
  let path = ""
  const cross = (i0, j0, i1, j1) => {
    const t = (level - at(i0, j0)) / (at(i1, j1) - at(i0, j0))
    return toX(i0 + t * (i1 - i0)).toFixed(1) + " " + toY(j0 + t * (j1 - j0)).toFixed(1)
  }
  for (let j = 0; j < GRID; j++) {
    for (let i = 0; i < GRID; i++) {
      const ends = []
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]] // prettier-ignore
      for (let k = 0; k < 4; k++) {
        const [a, b] = [corners[k], corners[(k + 1) % 4]]
        if (at(...a) < level !== at(...b) < level) ends.push(cross(...a, ...b))
      }
      for (let k = 0; k + 1 < ends.length; k += 2) path += `M${ends[k]}L${ends[k + 1]}`
    }
  }
  return path
}

// ---------------------------------------------------------------- the picture

const views = new WeakMap()

export default function render(component) {
  const { parentElement } = component
  let view = views.get(parentElement)
  if (!view) {
    view = new BowlView(parentElement.querySelector(".root"))
    views.set(parentElement, view)
  }
  view.update(component)
  return () => {
    view.close()
    views.delete(parentElement)
  }
}

const element = (name, attributes = {}, children = []) => make(`svg:${name}`, attributes, ...children)
const html = (name, attributes = {}, children = []) => make(name, attributes, ...children)

class BowlView {
  constructor(root) {
    this.root = root
    this.root.classList.add("bowl")
    this.dragging = false
    this.root.replaceChildren()
    this.surface = element("g")
    this.trail = element("path", { class: "trail" })
    this.dots = element("path", { class: "dots" })
    this.arrows = element("path", { class: "arrows" })
    this.full = element("path", { class: "full" })
    this.minimum = element("path", { class: "minimum" })
    this.start = element("circle", { class: "start", r: 9, tabindex: 0, role: "slider" })
    this.now = element("circle", { class: "now", r: 6 })
    this.axis0 = element("text", { class: "axis" })
    this.axis1 = element("text", { class: "axis" })
    const moving = [this.trail, this.dots, this.arrows, this.full, this.now, this.start]
    this.map = element("svg", { class: "map", role: "group" }, [
      this.surface, this.minimum, ...moving, this.axis0, this.axis1]) // prettier-ignore
    this.data = element("svg", { class: "small data", role: "img" })
    this.curve = element("svg", { class: "small curve", role: "img" })
    this.verdict = html("p", { class: "verdict", "aria-live": "polite" })
    this.controls = html("div", { class: "controls" })
    this.dataTitle = html("figcaption")
    this.curveTitle = html("figcaption")
    const smalls = html("div", { class: "smalls" }, [
      html("figure", {}, [this.dataTitle, this.data]), html("figure", {}, [this.curveTitle, this.curve])]) // prettier-ignore
    this.root.append(this.map, this.verdict, html("div", { class: "below" }, [this.controls, smalls]))
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.root)
    this.listen()
  }

  close() {
    this.observer.disconnect()
  }

  /** New data from Python: labels, problems, and the state unless a finger is on it. */
  update({ data, setStateValue }) {
    this.send = setStateValue
    this.text = data.labels
    this.problems = data.problems
    this.root.classList.toggle("projection", Boolean(data.projection))
    this.projection = Boolean(data.projection)
    const digits = { maximumSignificantDigits: 3 }
    const format = new Intl.NumberFormat(data.lang, digits)
    this.number = (value) => (Number.isFinite(value) && Math.abs(value) < 1e6 ? format.format(value) : "∞")
    if (data.version !== this.version) {
      // Only a preset or a link moves the controls from outside; an echo of the finger's own move never does.
      this.version = data.version
      this.state = { ...data.state }
    }
    if (this.lang !== data.lang) {
      this.lang = data.lang
      this.buildControls()
    }
    this.width = 0
    this.resize()
  }

  get problem() {
    return this.problems[this.state.problem]
  }

  // ------------------------------------------------------------ controls

  buildControls() {
    const { text } = this
    this.controls.replaceChildren()
    const options = (name, values) =>
      html("select", { name, "aria-label": text[name] }, values.map((value) => {
        const option = html("option", { value })
        option.textContent = text[`option_${value}`] ?? text[value]
        return option
      })) // prettier-ignore
    this.inputs = {
      rate: html("input", { type: "range", min: -3, max: 1, step: 0.01 }),
      batch: html("input", { type: "range", min: 0, max: 6, step: 1 }),
      optimizer: options("optimizer", ["sgd", "momentum", "rmsprop", "adam"]),
      shown: html("input", { type: "range", min: 0, max: STEPS, step: 1 }),
      momentum: html("input", { type: "range", min: 0, max: 0.99, step: 0.01 }),
      arrows: html("input", { type: "range", min: 0, max: 16, step: 1 }),
      problem: options("problem", ["regression", "classification"]),
      seed: html("input", { type: "range", min: 0, max: 99, step: 1 }),
    }
    this.outputs = {}
    const rows = {}
    for (const [name, input] of Object.entries(this.inputs)) {
      input.setAttribute("data-name", name)
      input.setAttribute("aria-label", text[name])
      const label = html("span", { class: "label" })
      label.textContent = text[name]
      this.outputs[name] = html("output")
      const track = html("span", { class: "track" }, [input])
      rows[name] = html("label", { class: "row" }, [label, track, this.outputs[name]])
      input.oninput = () => this.moved(name)
      input.onchange = () => this.released()
    }
    this.bound = html("span", { class: "bound" })
    this.inputs.rate.parentElement.append(this.bound)
    const advanced = html("details", {}, [html("summary"), rows.arrows, rows.momentum, rows.problem, rows.seed])
    advanced.querySelector("summary").textContent = text.advanced
    this.rows = rows
    this.controls.append(rows.optimizer, rows.rate, rows.batch, rows.shown, advanced)
  }

  /** A control moved under the finger: redraw everything now; Python hears of it on release. */
  moved(name) {
    const begun = performance.now()
    const { state, inputs } = this
    const value = inputs[name].value
    if (name === "rate") state.rate = Number((10 ** Number(value)).toPrecision(3))
    else if (name === "batch") state.batch = 2 ** Number(value)
    else if (name === "problem") {
      state.problem = value
      state.start = null
      this.width = 0
    } else state[name] = name === "optimizer" ? value : Number(value)
    if (name === "problem") this.resize()
    else this.draw(name !== "shown" && name !== "arrows")
    this.measure(begun)
  }

  released() {
    this.send("state", { ...this.state })
  }

  /** The cost of one move, layout included, for the benchmark (performance.getEntriesByName("bowl-move")). */
  measure(begun) {
    this.map.getBoundingClientRect()
    performance.measure("bowl-move", { start: begun, end: performance.now() })
  }

  listen() {
    const { start } = this
    const place = (event) => {
      const begun = performance.now()
      const box = this.map.getBoundingClientRect()
      this.state.start = this.inside([this.fromX(event.clientX - box.left), this.fromY(event.clientY - box.top)])
      this.draw(true)
      this.measure(begun)
    }
    this.map.onpointerdown = (event) => {
      this.dragging = true
      this.map.setPointerCapture(event.pointerId)
      place(event)
      start.focus({ preventScroll: true })
      event.preventDefault()
    }
    this.map.onpointermove = (event) => this.dragging && place(event)
    this.map.onpointerup = this.map.onpointercancel = () => {
      if (!this.dragging) return
      this.dragging = false
      this.released()
    }
    start.onkeydown = (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key]
      if (!step) return
      event.preventDefault()
      const [a, b] = this.problem.window
      const from = this.settings().start
      this.state.start = this.inside([
        from[0] + (step[0] * (a[1] - a[0])) / 70, from[1] + (step[1] * (b[1] - b[0])) / 70]) // prettier-ignore
      this.draw(true)
    }
    start.onkeyup = (event) => event.key.startsWith("Arrow") && this.released()
  }

  inside(w) {
    const clip = (value, [low, high]) => Number(Math.min(Math.max(value, low), high).toFixed(3))
    return [clip(w[0], this.problem.window[0]), clip(w[1], this.problem.window[1])]
  }

  settings() {
    const { state } = this
    return { ...state, start: state.start ?? this.problem.start }
  }

  // ------------------------------------------------------------ drawing

  resize() {
    const width = Math.round(this.root.clientWidth)
    if (!this.state || !width || width === this.width) return
    this.width = width
    this.height = Math.round(Math.min(width * 0.72, this.projection ? 430 : 400))
    const [[low0, high0], [low1, high1]] = this.problem.window
    const { width: W, height: H } = this
    this.toX = (w) => ((w - low0) / (high0 - low0)) * W
    this.toY = (w) => H - ((w - low1) / (high1 - low1)) * H
    this.fromX = (x) => low0 + (x / W) * (high0 - low0)
    this.fromY = (y) => low1 + ((H - y) / H) * (high1 - low1)
    this.map.setAttribute("viewBox", `0 0 ${W} ${H}`)
    this.map.style.height = `${H}px`
    this.drawSurface()
    this.draw(true)
  }

  /** Contour lines, evenly spaced in the logarithm of the loss above its minimum. */
  drawSurface() {
    const { problem } = this
    const [[low0, high0], [low1, high1]] = problem.window
    const values = new Float64Array((GRID + 1) ** 2)
    for (let j = 0; j <= GRID; j++)
      for (let i = 0; i <= GRID; i++)
        values[j * (GRID + 1) + i] = loss(
          problem, low0 + (i / GRID) * (high0 - low0), low1 + (j / GRID) * (high1 - low1)) // prettier-ignore
    const lowest = problem.lowest
    const span = values.reduce((a, b) => Math.max(a, b)) - lowest
    const toX = (i) => (i / GRID) * this.width
    const toY = (j) => this.height - (j / GRID) * this.height
    const lines = []
    for (let k = 1; k <= LEVELS; k++) {
      const level = lowest + span * 10 ** ((-3.2 * (LEVELS - k)) / LEVELS) * 0.7
      lines.push(element("path", { class: "contour", d: contour(values, level, toX, toY) }))
    }
    this.surface.replaceChildren(this.shade(values, lowest, span), ...lines)
    const [x, y] = [this.toX(problem.minimum[0]), this.toY(problem.minimum[1])]
    this.minimum.setAttribute("d", `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`)
    this.axis0.textContent = `${this.text.axis0[problem.name]} →`
    this.axis1.textContent = `${this.text.axis1[problem.name]} ↑`
    this.axis0.setAttribute("x", this.width - 8)
    this.axis0.setAttribute("y", this.height - 8)
    this.axis1.setAttribute("x", 8)
    this.axis1.setAttribute("y", 20)
    this.axis0.setAttribute("text-anchor", "end")
  }

  /** A soft shade under the contour lines: the darker, the higher. */
  shade(values, lowest, span) {
    const canvas = document.createElement("canvas")
    canvas.width = canvas.height = GRID
    const context = canvas.getContext("2d")
    const image = context.createImageData(GRID, GRID)
    for (let j = 0; j < GRID; j++)
      for (let i = 0; i < GRID; i++) {
        const height = (values[(GRID - j) * (GRID + 1) + i] - lowest) / span
        image.data.set([0, 114, 178, 8 + 90 * Math.max(height, 0) ** 0.4], (j * GRID + i) * 4)
      }
    context.putImageData(image, 0, 0)
    return element("image", {
      href: canvas.toDataURL(), width: this.width, height: this.height, preserveAspectRatio: "none" }) // prettier-ignore
  }

  draw(again) {
    if (again || !this.path) {
      this.path = descend(this.problem, this.settings())
      this.map.trajectory = this.path.points // read by the tests
      this.losses = this.path.points.map((w) => loss(this.problem, w[0], w[1]))
    }
    this.drawPath()
    this.drawArrows()
    this.drawData()
    this.drawCurve()
    this.drawControls()
  }

  /** Index of the point shown: the last one unless the student moved the ruler back. */
  get at() {
    return Math.min(this.state.shown ?? STEPS, this.path.points.length - 1)
  }

  pixel(w) {
    const limit = (v) => Math.min(Math.max(v, -1e4), 1e4)
    return [limit(this.toX(w[0])), limit(this.toY(w[1]))]
  }

  drawPath() {
    let trail = ""
    let dots = ""
    for (const w of this.path.points.slice(0, this.at + 1)) {
      const [x, y] = this.pixel(w)
      const here = `${x.toFixed(1)} ${y.toFixed(1)}`
      trail += (trail ? "L" : "M") + here
      dots += `M${here}h0`
    }
    this.trail.setAttribute("d", trail)
    this.dots.setAttribute("d", dots)
    const place = (circle, w) => {
      const [x, y] = this.pixel(w)
      circle.setAttribute("cx", x)
      circle.setAttribute("cy", y)
    }
    place(this.start, this.path.points[0])
    place(this.now, this.path.points[this.at])
    const [a, b] = this.path.points[0]
    this.start.setAttribute("aria-label", this.text.start)
    this.start.setAttribute("aria-valuetext", `${this.number(a)} ; ${this.number(b)}`)
    this.start.setAttribute("aria-valuenow", a)
    this.map.setAttribute("aria-label", this.text.alt)
  }

  /** Minus the gradient of `arrows` mini-batches at the point shown, and of all the examples. */
  drawArrows() {
    const w = this.path.points[this.at]
    const all = this.problem.targets.map((_, i) => i)
    const next = mulberry32(this.state.seed + 1000)
    const gradients = []
    for (let k = 0; k < this.state.arrows; k++) {
      const order = [...all]
      for (let i = 0; i < this.state.batch; i++) {
        const other = i + Math.floor(next() * (order.length - i))
        ;[order[i], order[other]] = [order[other], order[i]]
      }
      gradients.push(gradient(this.problem, w, order.slice(0, this.state.batch)))
    }
    const full = gradient(this.problem, w, all)
    const lengths = [...gradients, full].map((g) => Math.hypot(...g))
    const scale = (0.24 * this.height) / Math.max(...lengths, 1e-9)
    const [x, y] = this.pixel(w)
    const sx = this.width / (this.problem.window[0][1] - this.problem.window[0][0])
    const sy = this.height / (this.problem.window[1][1] - this.problem.window[1][0])
    const unit = Math.min(sx, sy)
    const arrow = (g) => {
      const [dx, dy] = [(-g[0] * scale * sx) / unit, (g[1] * scale * sy) / unit]
      const length = Math.hypot(dx, dy)
      if (!(length > 1)) return ""
      const [ux, uy] = [dx / length, dy / length]
      const head = Math.min(7, length / 2)
      const [tx, ty] = [x + dx, y + dy]
      return `M${x} ${y}L${tx} ${ty}M${tx - head * (ux + 0.6 * uy)} ${ty - head * (uy - 0.6 * ux)}L${tx} ${ty}` +
        `L${tx - head * (ux - 0.6 * uy)} ${ty - head * (uy + 0.6 * ux)}`
    }
    const shown = this.state.arrows > 0 && Number.isFinite(scale)
    this.arrows.setAttribute("d", shown ? gradients.map(arrow).join("") : "")
    this.full.setAttribute("d", shown ? arrow(full) : "")
    this.map.arrows = gradients
  }

  /** The points the student sees, the mini-batch of the update in full colour, and the model at this point. */
  drawData() {
    const { problem } = this
    const w = this.path.points[this.at]
    const regression = problem.name === "regression"
    const columns = regression ? problem.features.map((x, i) => [x[0], problem.targets[i]]) : problem.features
    const [W, H, pad] = [280, 150, 12]
    const low = [0, 1].map((k) => Math.min(...columns.map((c) => c[k])))
    const high = [0, 1].map((k) => Math.max(...columns.map((c) => c[k])))
    const x = (v) => pad + ((v - low[0]) / (high[0] - low[0])) * (W - 2 * pad)
    const y = (v) => H - pad - ((v - low[1]) / (high[1] - low[1])) * (H - 2 * pad)
    const chosen = new Set(this.path.visited[Math.max(this.at - 1, 0)])
    const paths = { "in zero": "", "in one": "", "out zero": "", "out one": "" }
    columns.forEach((c, i) => {
      const kind = regression || problem.targets[i] ? "one" : "zero"
      const mark = kind === "one" ? "h0" : "m-3 0h6m-3 -3v6"
      paths[`${chosen.has(i) ? "in" : "out"} ${kind}`] += `M${x(c[0]).toFixed(1)} ${y(c[1]).toFixed(1)}${mark}`
    })
    const clamp = (v) => Math.min(Math.max(v, -2e3), 2e3)
    const line = regression
      ? [low[0], high[0]].map((v) => [x(v), clamp(y(w[0] * v + w[1]))])
      : [low[1] - 1, high[1] + 1].map((v) => [clamp(x((-w[1] * v) / (w[0] || 1e-9))), y(v)])
    if (!this.data.childElementCount) {
      this.data.append(...Object.keys(paths).map((name) => element("path", { class: `point ${name}` })),
        element("path", { class: "model" })) // prettier-ignore
    }
    this.data.setAttribute("viewBox", `0 0 ${W} ${H}`)
    Object.values(paths).forEach((path, k) => this.data.children[k].setAttribute("d", path || "M-9 -9"))
    this.data.lastChild.setAttribute("d", `M${line[0].join(" ")}L${line[1].join(" ")}`)
    this.dataTitle.textContent = this.text.dataTitle.replace("{batch}", chosen.size)
    this.data.setAttribute("aria-label", this.text.dataAlt)
  }

  /** The loss over all examples against the update, on a logarithmic scale. */
  drawCurve() {
    const [W, H] = [280, 150]
    const top = Math.max(this.losses[0] * 4, this.problem.lowest * 10)
    const x = (t) => 6 + (t / STEPS) * (W - 12)
    const y = (v) => {
      const place = Math.log(Math.min(v, top) / this.problem.lowest) / Math.log(top / this.problem.lowest)
      return H - 14 - Math.min(Math.max(place, 0), 1) * (H - 24)
    }
    if (!this.curve.childElementCount)
      this.curve.append(element("path", { class: "floor" }), element("path", { class: "trail" }),
        element("circle", { class: "now", r: 5 })) // prettier-ignore
    this.curve.setAttribute("viewBox", `0 0 ${W} ${H}`)
    this.curve.children[0].setAttribute("d", `M6 ${y(this.problem.lowest)}H${W - 6}`)
    const path = this.losses.map((v, t) => `${x(t).toFixed(1)} ${y(v).toFixed(1)}`)
    this.curve.children[1].setAttribute("d", "M" + path.join("L"))
    this.curve.children[2].setAttribute("cx", x(this.at))
    this.curve.children[2].setAttribute("cy", y(this.losses[this.at]))
    this.curveTitle.textContent = this.text.curveTitle
      .replace("{update}", this.at).replace("{loss}", this.number(this.losses[this.at])) // prettier-ignore
    this.curve.setAttribute("aria-label", this.text.curveAlt)
  }

  drawControls() {
    const { state, inputs, outputs, text, problem } = this
    const put = (input, value) => {
      if (input.value !== String(value)) input.value = value
    }
    put(inputs.rate, Math.log10(state.rate).toFixed(2))
    put(inputs.batch, Math.round(Math.log2(state.batch)))
    for (const name of ["momentum", "arrows", "seed", "optimizer", "problem"]) put(inputs[name], state[name])
    inputs.shown.max = this.path.points.length - 1
    put(inputs.shown, this.at)
    const examples = problem.targets.length
    outputs.rate.textContent = this.number(state.rate)
    outputs.batch.textContent = state.batch === examples ? text.all : String(state.batch)
    outputs.momentum.textContent = this.number(state.momentum)
    outputs.shown.textContent = String(this.at)
    outputs.arrows.textContent = String(state.arrows)
    outputs.seed.textContent = String(state.seed)
    for (const name of ["rate", "batch", "momentum"])
      inputs[name].setAttribute("aria-valuetext", outputs[name].textContent)
    const uses = { momentum: true, adam: true }[state.optimizer] ?? false
    this.rows.momentum.classList.toggle("unused", !uses)
    inputs.momentum.disabled = !uses
    const exact = state.optimizer === "sgd" || state.optimizer === "momentum"
    const bound = ((state.optimizer === "momentum" ? 1 + state.momentum : 1) * 2) / problem.curvature
    const place = (Math.log10(bound) + 3) / 4
    this.bound.style.left = `calc(8px + (100% - 16px) * ${place})`
    this.bound.hidden = !exact || place > 1
    this.bound.textContent = `${state.optimizer === "momentum" ? "2(1+β)/λ" : "2/λ"} = ${this.number(bound)}`
    const last = this.losses[this.losses.length - 1]
    const above = last - problem.lowest
    const wild = this.path.diverged || last > this.losses[0]
    const near = above < 0.02 * (this.losses[0] - problem.lowest)
    const verdict = wild ? "verdictDiverges" : near ? "verdictArrives" : "verdictOnTheWay"
    const beyond = exact && state.rate > bound ? " " + text.verdictBeyond : ""
    const filled = (text[verdict] + beyond)
      .replace("{updates}", this.path.points.length - 1).replace("{loss}", this.number(last))
      .replace("{lowest}", this.number(problem.lowest)).replace("{bound}", this.number(bound)) // prettier-ignore
    if (this.verdict.textContent !== filled) this.verdict.textContent = filled
    this.verdict.dataset.kind = verdict
  }
}
