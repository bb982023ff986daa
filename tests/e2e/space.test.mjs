// The stage in three dimensions, alone and beside the plane. What the graphics processor has drawn is read from pictures of the
// screen: outside of a frame its canvas may be empty.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { countPixels, difference, readCanvas } from "./lib/canvas.mjs";
import { drag, middleOf, touchDrag } from "./lib/gestures.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const RUNS = "#v=1&surface=himmelblau&start=-1,-2&run=adam:lr=0.1&run=sgd:lr=0.005&step=80";
const SOLID = "[data-testid=solid]";
const NOTE = "[data-testid=space-note]";
const PLANE = "[data-testid=stage]";
const PLANE_MAP = `${PLANE} canvas`;
const ORANGE = [213, 94, 0];
const BLUE = [86, 180, 233];
/** In the middle of the colours of the surface. */
const GREEN = [40, 150, 130];

const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).split("&").some((word) => word.startsWith(text)), part, {
    timeout: 15_000,
  });
const linkLacks = (page, part) =>
  page.waitForFunction((text) => !decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });

/** Two frames go by: what was asked for is drawn. */
const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** What is seen of an element. */
async function shot(page, selector = SOLID) {
  await drawn(page);
  const png = (await page.locator(selector).screenshot()).toString("base64");
  const { width, height, base64 } = await page.evaluate(async (text) => {
    const png = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([png], { type: "image/png" }));
    const { width, height } = picture;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(picture, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    let text64 = "";
    for (let at = 0; at < data.length; at += 0x8000) text64 += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width, height, base64: btoa(text64) };
  }, png);
  return { width, height, data: new Uint8Array(Buffer.from(base64, "base64")) };
}

async function shown(page, open, link) {
  await open(link);
  await labReady(page);
  await page.waitForSelector(`${SOLID} canvas`);
  const has = async () => countPixels(await shot(page), GREEN, 60) > 500;
  for (let tries = 0; !(await has()); tries += 1) assert.ok(tries < 40, "nothing was drawn");
}

pageTest("the surface stands on the stage with paths, positions and level lines, in the colours of the plane", {}, async ({ page, open }) => {
  await shown(page, open, `${RUNS}&space=3d`);
  const picture = await shot(page);
  assert.ok(countPixels(picture, ORANGE, 24) > 150, "the first run");
  assert.ok(countPixels(picture, BLUE, 24) > 60, "the second run");
  const colours = new Set();
  for (let at = 0; at < picture.data.length; at += 4) colours.add((picture.data[at] >> 4) * 256 + (picture.data[at + 1] >> 4) * 16 + (picture.data[at + 2] >> 4));
  assert.ok(colours.size > 150, `${colours.size} shades: light falls on it`);
  assert.equal(await page.locator(PLANE).isVisible(), false);
  const words = await readCanvas(page, `${SOLID} canvas:last-child`);
  assert.ok(countPixels(words, [85, 96, 107], 30) + countPixels(words, [91, 97, 104], 30) > 100, "labels stand along the axes");
});

pageTest("dragging turns it, and the link says from where it is looked at", {}, async ({ page, open }) => {
  await shown(page, open, `${RUNS}&space=3d`);
  const before = await shot(page);
  const middle = await middleOf(page.locator(SOLID));
  await drag(page, middle, { x: middle.x + 120, y: middle.y - 30 });
  await linkHas(page, "camera=");
  const turned = await shot(page);
  assert.ok(difference(before, turned) > 0.1);
  const link = await page.evaluate(() => location.hash);
  assert.match(decodeURIComponent(link), /camera=-108,22,1(&|$)/);
  await shown(page, open, link);
  assert.ok(difference(turned, await shot(page)) < 0.002, "opened again it looks the same");
  // Where one stands is not undone, and 0 goes back.
  await page.locator(SOLID).dblclick();
  await linkLacks(page, "camera=");
  await page.mouse.move(5, 5);
  assert.ok(difference(before, await shot(page)) < 0.002);
});

pageTest("the wheel zooms, Shift or the other button moves", {}, async ({ page, open }) => {
  await shown(page, open, `${RUNS}&space=3d`);
  const middle = await middleOf(page.locator(SOLID));
  await page.mouse.move(middle.x + 50, middle.y);
  await page.mouse.wheel(0, -400);
  await linkHas(page, "camera=-60,34,2,");
  await page.keyboard.down("Shift");
  await drag(page, middle, { x: middle.x + 60, y: middle.y + 20 });
  await page.keyboard.up("Shift");
  const moved = decodeURIComponent(await page.evaluate(() => location.hash)).match(/camera=([^&]*)/)[1].split(",").map(Number);
  assert.deepEqual(moved.slice(0, 3), [-60, 34, 2]);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down({ button: "right" });
  await page.mouse.move(middle.x - 80, middle.y);
  await page.mouse.up({ button: "right" });
  const last = (await page.waitForFunction(
    (before) => {
      const now = decodeURIComponent(location.hash).match(/camera=([^&]*)/)[1];
      return now !== before && now;
    },
    moved.join(","),
  ).then((handle) => handle.jsonValue())).split(",").map(Number);
  assert.deepEqual(last.slice(0, 3), [-60, 34, 2]);
  assert.ok(last[3] !== moved[3]);
});

pageTest("with keys it is turned, moved and zoomed; the cursor's keys work elsewhere", {}, async ({ page, open }) => {
  await shown(page, open, `${RUNS}&space=3d`);
  await page.locator(SOLID).focus();
  const begin = await shot(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await linkHas(page, "camera=-55,39,1");
  assert.ok(difference(begin, await shot(page)) > 0.05);
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("+");
  await linkHas(page, "camera=-55,39,1.25,");
  assert.match(decodeURIComponent(await page.evaluate(() => location.hash)), /step=80/);
  await page.keyboard.press("0");
  await linkLacks(page, "camera=");
  await page.locator(SOLID).blur();
  await page.keyboard.press("ArrowRight");
  await linkHas(page, "step=81");
});

pageTest("2D, 3D and both are chosen, undone and kept in the link; the plane comes back as it should be", {}, async ({ page, open }) => {
  await open(RUNS);
  await labReady(page);
  await drawn(page);
  const plane = await shot(page, PLANE);
  await page.getByTestId("3D").click();
  await linkHas(page, "space=3d");
  await page.waitForSelector(SOLID);
  assert.equal(await page.locator(PLANE).isVisible(), false);
  // What changes meanwhile is seen when the plane is back.
  await page.keyboard.press("End");
  await page.getByTestId("Split").click();
  await linkHas(page, "space=split");
  assert.ok((await page.locator(PLANE).isVisible()) && (await page.locator(SOLID).isVisible()));
  const [left, right] = [await page.locator(PLANE).boundingBox(), await page.locator(SOLID).boundingBox()];
  assert.ok(left.x + left.width <= right.x && Math.abs(left.width - right.width) < 8);
  const before = await shot(page);
  await page.keyboard.press("Home");
  await drawn(page);
  assert.ok(difference(before, await shot(page)) > 0.002, "both follow the cursor");
  await page.keyboard.press("Control+z");
  await linkHas(page, "space=3d");
  await page.keyboard.press("Control+z");
  await linkLacks(page, "space=");
  await page.locator(PLANE).waitFor({ state: "visible" });
  for (let n = 0; n < 80; n += 1) await page.keyboard.press("ArrowRight");
  await linkHas(page, "step=80");
  await page.waitForTimeout(500);
  assert.ok(difference(plane, await shot(page, PLANE)) < 0.01);
});

pageTest("heights are linear or logarithmic", {}, async ({ page, open }) => {
  await shown(page, open, `${RUNS}&space=3d`);
  const log = await shot(page);
  const button = page.locator("[data-testid=space-height]");
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await button.click();
  await linkHas(page, "height=linear");
  await page.waitForFunction(() => document.querySelector("[data-testid=space-height]").getAttribute("aria-pressed") === "false");
  assert.ok(difference(log, await shot(page)) > 0.1);
  await page.keyboard.press("Control+z");
  await linkLacks(page, "height=");
  await page.mouse.move(5, 5);
  await page.waitForFunction(() => document.querySelector("[data-testid=space-height]").getAttribute("aria-pressed") === "true");
});

pageTest("while it rests no frame is drawn", {}, async ({ page, open }) => {
  await page.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    globalThis.asked = 0;
    window.requestAnimationFrame = (callback) => {
      globalThis.asked += 1;
      return ask(callback);
    };
  });
  await shown(page, open, `${RUNS}&space=split`);
  await page.waitForTimeout(1500);
  const before = await page.evaluate(() => globalThis.asked);
  await page.waitForTimeout(1000);
  assert.equal(await page.evaluate(() => globalThis.asked), before);
});

pageTest("a lost context is said and restored", { allow: [/CONTEXT_LOST/] }, async ({ page, open }) => {
  await shown(page, open, `${RUNS}&space=3d`);
  const before = await shot(page);
  await page.evaluate((selector) => {
    const context = document.querySelector(`${selector} canvas`).getContext("webgl2");
    globalThis.loss = context.getExtension("WEBGL_lose_context");
    globalThis.loss.loseContext();
  }, SOLID);
  await page.waitForFunction((selector) => /taken/.test(document.querySelector(selector).textContent), NOTE);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.evaluate(() => globalThis.loss.restoreContext());
  await page.waitForFunction((selector) => document.querySelector(selector).textContent === "", NOTE);
  assert.ok(difference(before, await shot(page)) < 0.002);
});

for (const space of ["3d", "split"]) {
  pageTest(`without WebGL 2 a sentence says so and the plane stays (${space})`, {}, async ({ page, open }) => {
    await page.addInitScript(() => {
      const get = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === "webgl2" ? null : get.call(this, kind, ...rest);
      };
    });
    await open(`${RUNS}&space=${space}`);
    await labReady(page);
    await page.waitForFunction((selector) => /no WebGL 2/.test(document.querySelector(selector)?.textContent ?? ""), NOTE);
    assert.ok(await page.locator(NOTE).isVisible());
    assert.ok(await page.locator(PLANE).isVisible());
    const map = await readCanvas(page, `${PLANE_MAP} >> nth=0`);
    assert.ok(countPixels(map, [68, 1, 84], 60) > 100, "the plane is drawn");
    await page.getByTestId("2D").click();
    assert.equal(await page.locator(NOTE).isVisible(), false);
  });
}

pageTest("what has no plane has no such views", {}, async ({ page, open }) => {
  await open("#v=1&problem=matrix_lsq&run=sgd:lr=0.1&space=3d");
  await labReady(page);
  await page.waitForSelector("[data-testid=matrix]");
  assert.equal(await page.getByTestId("3D").isVisible(), false);
  assert.equal(await page.locator("[data-testid=space]").isVisible(), false);
});

pageTest("dragging a parameter moves the paths on the surface, and the surface follows its own", {}, async ({ page, open }) => {
  await shown(page, open, "#v=1&surface=rosenbrock&run=adam:lr=0.05&step=100&space=3d");
  const before = await shot(page);
  await page.keyboard.press("Home");
  const slider = page.locator("[data-testid=run-0-lr]").first();
  const middle = await middleOf(slider);
  await drag(page, middle, { x: middle.x + 30, y: middle.y });
  await page.evaluate(() => document.activeElement.blur());
  for (let n = 0; n < 10; n += 1) await page.keyboard.press("Shift+ArrowRight");
  await linkHas(page, "step=100");
  await page.mouse.move(5, 5);
  const paths = difference(before, await shot(page));
  assert.ok(paths > 0.0005, `${paths}`);
  await shown(page, open, "#v=1&surface=rosenbrock(b=5)&run=adam:lr=0.05&step=100&space=3d");
  assert.ok(difference(before, await shot(page)) > 0.1);
});

pageTest("when what draws it has stopped, the plane comes back", {}, async ({ page, open }) => {
  await page.route(/\/lab\.js/, async (route) => {
    const response = await route.fetch();
    const thrown = 'export function trace() { throw new Error("planted") }\nfunction trace_(';
    await route.fulfill({ response, body: (await response.text()).replace("export function trace(", thrown) });
  });
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05&step=100");
  await labReady(page);
  await page.locator("[data-testid='3D']").click();
  await page.waitForSelector(`${SOLID} canvas`);
  await page.waitForFunction((plane) => document.querySelector(plane).clientWidth === 0, PLANE);
  await page.locator("[data-testid=run-0-lr-number]").fill("0.02");
  await page.locator("[data-testid=run-0-lr-number]").press("Enter");
  await page.waitForSelector("#panic");
  await page.waitForFunction((plane) => document.querySelector(plane).clientWidth > 100, PLANE);
  for (let tries = 0; countPixels(await readCanvas(page, `${PLANE} canvas:first-of-type`), GREEN, 60) < 500; tries += 1) {
    assert.ok(tries < 40, "nothing was drawn on the plane");
    await drawn(page);
  }
});

for (const theme of ["light", "dark"]) {
  for (const space of ["3d", "split"]) {
    pageTest(`on a phone it is turned with a finger, zoomed with two, fits, and axe finds nothing (${space}, ${theme})`, { viewport: PHONE, touch: true, theme }, async ({ page, open }) => {
      await open(`${RUNS}&space=${space}`);
      await labReady(page);
      await page.waitForSelector(`${SOLID} canvas`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      const middle = await middleOf(page.locator(SOLID));
      await touchDrag(page, middle, { x: middle.x + 50, y: middle.y });
      await linkHas(page, "camera=-80,34,1");
      const session = await page.context().newCDPSession(page);
      const send = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
      const fingers = (apart) => [0, 1].map((id) => ({ x: middle.x + (id ? apart : -apart), y: middle.y, id }));
      await send("touchStart", fingers(20));
      for (const apart of [25, 30, 35, 40]) await send("touchMove", fingers(apart));
      await send("touchEnd", []);
      await linkHas(page, "camera=-80,34,2");
      const box = await page.locator("[data-testid=space-height]").boundingBox();
      assert.ok(box.height >= 44, `${box.height} px`);
      await assertAccessible(page);
    });
  }
}

pageTest("on a phone one button goes through plane, surface and both", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(RUNS);
  await labReady(page);
  const seen = () => page.locator(".segments button:visible").allInnerTexts();
  assert.deepEqual(await seen(), ["3D"]);
  await page.locator("[data-testid='3D']").tap();
  await linkHas(page, "space=3d");
  assert.deepEqual(await seen(), ["Split"]);
  await page.locator("[data-testid=Split]").tap();
  await linkHas(page, "space=split");
  assert.deepEqual(await seen(), ["2D"]);
  await page.locator("[data-testid='2D']").tap();
  await linkLacks(page, "space=");
});
