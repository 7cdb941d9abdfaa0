// Where votes are likeliest, by Newton's method: the twin of core/arena/newton.py, one set of votes at a time. Natural
// units: a point is ln 10 / 400 of one.

/**
 * @typedef {object} Games
 * @property {Float64Array} played votes of each pair of models i < j, and of each length: pairs × lengths
 * @property {Float64Array} scored of them, what i won, a tie being half a win
 * @property {number[]} steps by how many i's answer was longer, of each length; all zero where length is left out
 * @property {number} models
 * @property {number} prior virtual ties of every model with an opponent at zero, and as many of one step of length
 */

/** A step this small is the last: what is left after it is about its square. */
const TOLERANCE = 1e-6;
const MOST_STEPS = 200;

/**
 * Return the coefficients under which the votes are likeliest, of the models and, behind them, of length if it has one;
 * not-a-number where they do not say it.
 * @param {Games} games
 * @param {ArrayLike<number>} [start] where to begin; without it, at zero
 */
export function likeliest(games, start) {
  const width = games.models + Number(isStyled(games));
  const found = new Float64Array(width);
  if (start) found.set(Array.from(start).slice(0, width));
  const room = { gradient: new Float64Array(width), curvature: new Float64Array(width * width) };
  for (let turn = 0; turn < MOST_STEPS; turn++) {
    slopes(games, found, room);
    if (!solve(room.curvature, room.gradient)) break;
    const change = largestChange(games, room.gradient);
    const damping = change > 0 ? Math.log1p(change) / change : 1;
    for (let at = 0; at < width; at++) found[at] += damping * room.gradient[at];
    if (change < TOLERANCE) return found;
  }
  return found.fill(Number.NaN);
}

/**
 * Fill in the gradient of the log-likelihood, and minus its second derivatives: the lower half of a square of rows.
 * @param {Games} games
 * @param {Float64Array} at
 * @param {{ gradient: Float64Array, curvature: Float64Array }} room
 */
export function slopes(games, at, { gradient, curvature }) {
  const { played, scored, steps, models, prior } = games;
  const [width, lengths] = [at.length, steps.length];
  const styled = isStyled(games);
  curvature.fill(0);
  for (let one = 0; one < width; one++) {
    const pull = sigmoid(at[one]);
    gradient[one] = prior * (0.5 - pull);
    curvature[one * (width + 1)] = prior * pull * (1 - pull);
  }
  let kind = 0;
  for (let i = 0; i < models; i++) {
    for (let j = i + 1; j < models; j++) {
      let [rest, weight, tilt] = [0, 0, 0];
      for (let length = 0; length < lengths; length++, kind++) {
        if (!played[kind]) continue;
        const step = styled ? steps[length] : 0;
        const share = sigmoid(at[i] - at[j] + (styled ? at[models] * step : 0));
        const pulled = scored[kind] - played[kind] * share;
        const bent = played[kind] * share * (1 - share);
        rest += pulled;
        weight += bent;
        if (!styled) continue;
        tilt += bent * step;
        gradient[models] += pulled * step;
        curvature[models * width + models] += bent * step * step;
      }
      gradient[i] += rest;
      gradient[j] -= rest;
      curvature[i * width + i] += weight;
      curvature[j * width + j] += weight;
      curvature[j * width + i] -= weight;
      if (!styled) continue;
      curvature[models * width + i] += tilt;
      curvature[models * width + j] -= tilt;
    }
  }
  if (!prior) hold(curvature, width, models);
}

/**
 * Solve a symmetric system by Cholesky's factors, in place: the matrix's lower half becomes them, the right side the
 * solution. False where the matrix is not positive definite.
 * @param {Float64Array} matrix a square of rows
 * @param {Float64Array} side
 */
export function solve(matrix, side) {
  const width = side.length;
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * width + column];
      for (let k = 0; k < column; k++) sum -= matrix[row * width + k] * matrix[column * width + k];
      if (row !== column) matrix[row * width + column] = sum / matrix[column * width + column];
      else if (sum > 0) matrix[row * width + row] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let row = 0; row < width; row++) {
    for (let k = 0; k < row; k++) side[row] -= matrix[row * width + k] * side[k];
    side[row] /= matrix[row * width + row];
  }
  for (let row = width - 1; row >= 0; row--) {
    for (let k = row + 1; k < width; k++) side[row] -= matrix[k * width + row] * side[k];
    side[row] /= matrix[row * width + row];
  }
  return true;
}

/** @param {number} value */
export function sigmoid(value) {
  return 1 / (1 + Math.exp(-value));
}

/** @param {Games} games */
function isStyled({ steps }) {
  return steps.some((step) => step !== 0);
}

/**
 * Without a prior only differences count: any common level will do, and this holds it where it is.
 * @param {Float64Array} curvature
 * @param {number} width
 * @param {number} models
 */
function hold(curvature, width, models) {
  let trace = 0;
  for (let at = 0; at < width; at++) trace += curvature[at * (width + 1)];
  for (let row = 0; row < models; row++) {
    for (let column = 0; column <= row; column++) curvature[row * width + column] += trace / models ** 2;
  }
}

/**
 * A bound on how much a step changes any lead of one model over another or over zero.
 * @param {Games} games
 * @param {Float64Array} step
 */
function largestChange({ models, steps }, step) {
  let [low, high] = [0, 0];
  for (let model = 0; model < models; model++) {
    low = Math.min(low, step[model]);
    high = Math.max(high, step[model]);
  }
  const styled = step.length > models ? Math.abs(step[models]) * Math.max(...steps.map(Math.abs)) : 0;
  return high - low + styled;
}
