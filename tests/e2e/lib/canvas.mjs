// What is on a canvas, read back from its pixels (2D and WebGL alike).

/**
 * The pixels of a canvas, in its own resolution.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 * @returns {Promise<{ width: number, height: number, data: Uint8Array }>} four bytes a pixel, row by row
 */
export async function readCanvas(page, selector) {
  const { width, height, base64 } = await page.locator(selector).evaluate((canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    let text = "";
    for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width, height, base64: btoa(text) };
  });
  return { width, height, data: new Uint8Array(Buffer.from(base64, "base64")) };
}

/** How many pixels are within `tolerance` of a colour in every channel. */
export function countPixels(picture, [r, g, b], tolerance = 12) {
  let count = 0;
  for (let at = 0; at < picture.data.length; at += 4) {
    const near = (channel, want) => Math.abs(picture.data[at + channel] - want) <= tolerance;
    if (picture.data[at + 3] > 127 && near(0, r) && near(1, g) && near(2, b)) count += 1;
  }
  return count;
}

/** The share of pixels that differ between two pictures of the same size. */
export function difference(before, after) {
  if (before.width !== after.width || before.height !== after.height) return 1;
  let differing = 0;
  for (let at = 0; at < before.data.length; at += 4) {
    const differs = [0, 1, 2, 3].some((channel) => Math.abs(before.data[at + channel] - after.data[at + channel]) > 2);
    if (differs) differing += 1;
  }
  return differing / (before.data.length / 4);
}
