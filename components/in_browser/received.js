// What Python sends to a picture whose hands go ahead of it, and whose question can be played.
import { pictureIn } from "./base.js";

/** @import { Component, Surroundings } from "./base.js" */
/** @typedef {{ turn: number }} Turned `turn` counts what the hand did: what Python sends is older until it has the same */

/**
 * Take what Python sent, unless the hand is ahead; play the question if that is asked for, else show.
 * @template {Turned} State
 * @template {{ state: State, plays: number }} Data
 * @template {{ data: Data & Surroundings, state: State, plays: number, show: () => void,
 *   send: (name: string, value: unknown) => void }} Picture
 * @param {Component<Data>} component
 * @param {(root: HTMLElement, data: Data & Surroundings) => Picture} build
 * @param {(ui: Picture, tell: () => void) => void} play
 */
export function receive(component, build, play) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  if (data.state.turn >= ui.state.turn) ui.state = { ...data.state };
  const isAsked = data.plays > ui.plays;
  ui.plays = data.plays;
  if (isAsked) play(ui, () => setStateValue("seen", data.plays));
  else ui.show();
}
