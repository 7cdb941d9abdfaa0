// Which two models are in the duel after one more was chosen.

/**
 * The duel after a click on a model: it meets the one that was clicked before it, so that two clicks choose two models.
 * One that is in the duel already changes sides with the other.
 * @param {{ first: number, second: number }} duel
 * @param {number} before which model was clicked last; where it has left the duel, the second stays
 * @param {number} at which one is clicked now
 */
export function withModel({ first, second }, before, at) {
  const both = [first, second];
  if (both.includes(at)) return { first: second, second: first };
  const stays = both.includes(before) ? before : second;
  return { first: Math.min(stays, at), second: Math.max(stays, at) };
}
