// The camera: lent while somebody looks, given back when the part goes away or the tab hides. One picture at a time.
import { make } from "../in_browser/base.js";
import { encode, squareOf } from "./own_image.js";

/** Why there is no camera, by the browser's name of the error. @type {Record<string, string>} */
const REASONS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "taken",
  AbortError: "taken",
};
/** Milliseconds between two looks whether the part is still there. */
const LOOK = 500;
/** Said when one opens: the others give theirs back. */
const OPENED = "curseurs-camera";

/**
 * Make a preview with its camera.
 * @param {() => void} changed hears that it opened or closed
 */
export function camera(changed) {
  const video = make("video", { playsinline: "" });
  video.muted = true;
  const wink = make("span", { class: "wink", "aria-hidden": "true" });
  const words = make("span", { class: "over", role: "status" });
  const box = make("div", { class: "view", hidden: "" }, video, make("span", { class: "frame" }), wink, words);
  /** @type {MediaStream | null} */
  let stream = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let watch;
  let fault = "";

  function close() {
    clearInterval(watch);
    document.removeEventListener("visibilitychange", hide);
    document.removeEventListener(OPENED, leave);
    for (const track of stream?.getTracks() ?? []) track.stop();
    const wasOpen = stream !== null;
    stream = null;
    video.srcObject = null;
    words.textContent = "";
    box.hidden = true;
    if (wasOpen) changed();
  }
  const hide = () => {
    if (document.hidden) close();
  };
  /** @param {Event} event */
  const leave = (event) => {
    if (/** @type {CustomEvent} */ (event).detail !== video) close();
  };

  /**
   * Ask for the camera; return whether it is open.
   * @param {() => boolean} isWanted whether it still is, once the student has answered the browser's question
   */
  async function open(isWanted = () => box.isConnected) {
    fault = "";
    if (stream) return true;
    if (!navigator.mediaDevices?.getUserMedia) {
      fault = "insecure"; // plain http from another machine
      return false;
    }
    try {
      const wanted = { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } };
      const got = await navigator.mediaDevices.getUserMedia({ video: wanted });
      if (!isWanted() || stream) {
        for (const track of got.getTracks()) track.stop();
        return stream !== null;
      }
      stream = got;
      document.dispatchEvent(new CustomEvent(OPENED, { detail: video }));
      document.addEventListener("visibilitychange", hide);
      document.addEventListener(OPENED, leave);
      got.getVideoTracks()[0]?.addEventListener("ended", close); // pulled out
      watch = setInterval(() => !box.isConnected && close(), LOOK);
      video.srcObject = got;
      box.hidden = false;
      await video.play();
      changed();
      return stream !== null;
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      close();
      fault = REASONS[name] ?? "other";
      return false;
    }
  }

  return {
    box,
    open,
    close,
    isOpen: () => stream !== null,
    /** Why it did not open; empty if it did. */
    fault: () => fault,
    /** Go on after the preview was moved: browsers pause what is taken out. */
    moved: () => stream && video.play().catch(() => undefined),
    /**
     * Say something over the preview.
     * @param {string} text
     */
    say(text) {
      words.textContent = text;
    },
    /** Return what it sees now, as a file; nothing before its first picture, or when it is closed. */
    take() {
      if (!stream || !video.videoWidth) return null;
      return encode(squareOf(video, video.videoWidth, video.videoHeight));
    },
    /** Let it be seen that a photo was taken. */
    wink() {
      wink.getAnimations().forEach((running) => {
        running.cancel();
      });
      wink.animate([{ opacity: 0.8 }, { opacity: 0 }], { duration: 150 });
    },
  };
}
