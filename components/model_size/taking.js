// A model or a family is taken: all its numbers at once.
import { fitted } from "./model.js";

/** @import { Named } from "./axis.js" */
/** @import { Family } from "./model.js" */
/** @import { Picture } from "./picture.js" */

/**
 * @param {Picture} ui
 * @param {Named} model
 */
export function takeModel(ui, model) {
  ui.said = "";
  ui.wanted = { heads: model.state.heads, kv_heads: model.state.kv_heads };
  ui.choose({ ...model.state, open: "" });
}

/**
 * @param {Picture} ui
 * @param {Family} family its numbers stay, where it is no other kind of network
 */
export function takeFamily(ui, family) {
  const before = ui.state.family;
  if (family === "letters" || before === "letters") {
    const usual = ui.data.models.find(({ state }) => state.family === family);
    if (usual) takeModel(ui, usual);
    return;
  }
  const all = before === "gpt2" || before === "gpt4" ? { kv_heads: ui.state.heads } : {};
  const { model } = fitted({ ...ui.state, ...all, family });
  ui.said = "";
  ui.wanted = { heads: model.heads, kv_heads: model.kv_heads };
  ui.choose({ ...model, open: "" });
}
