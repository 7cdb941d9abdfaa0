// Photos as they travel: the centred square, 160 × 160, a few kilobytes; what the browser cannot read goes as it is.
import { make } from "../in_browser/base.js";

/**
 * What is sent of one photo: its bytes in base64, or why there are none.
 * @typedef {{ data?: string, reason?: string }} Sent
 */

/** Pixels of a side of what the network looks at. */
export const SIDE = 160;
/** Pixels: of less nobody sees what it shows; the server says so. */
const LEAST_SIDE = 16;
const QUALITY = 0.9;

/**
 * Draw the centred square of a picture at 160 × 160; what can be seen through stands on white.
 * @param {CanvasImageSource} source
 * @param {number} width
 * @param {number} height
 */
export function squareOf(source, width, height) {
  const canvas = make("canvas", { width: SIDE, height: SIDE });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const side = Math.min(width, height);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, SIDE, SIDE);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(source, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  return canvas;
}

/**
 * Return a drawn square as the bytes of a JPEG file, in base64.
 * @param {HTMLCanvasElement} canvas
 */
export function encode(canvas) {
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}

/**
 * Read a file that a student chose: made small here, or sent as it is if the browser cannot read it and it is small.
 * @param {File} file
 * @param {number} mostBytes that may be sent as they are
 * @returns {Promise<Sent>}
 */
export async function readFile(file, mostBytes) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = bitmap;
    if (Math.min(width, height) >= LEAST_SIDE) {
      const data = encode(squareOf(bitmap, width, height));
      bitmap.close();
      return { data };
    }
  } catch {
    // No photo for this browser: the server tries, and says what is wrong with it.
  }
  if (!file.size) return { reason: "empty" };
  if (file.size > mostBytes) return { reason: "too_heavy" };
  try {
    return { data: await asIs(file) };
  } catch {
    return { reason: "damaged" };
  }
}

/**
 * @param {File} file
 * @returns {Promise<string>}
 */
function asIs(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/**
 * A button that lets files be chosen.
 * @param {boolean} several
 * @param {(files: File[]) => void} chosen
 */
export function fileButton(several, chosen) {
  const input = make("input", { type: "file", accept: "image/*", tabindex: -1, "aria-hidden": "true", hidden: "" });
  input.multiple = several;
  const button = make("button", { type: "button", class: "key" });
  button.onclick = () => input.click();
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    input.value = ""; // the same file may be chosen again
    if (files.length) chosen(files);
  };
  return { button, input };
}
