// The loss along a line through the open run's point; noise of all runs or of each; a fan of seeds.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { difference, readCanvas } from "./lib/canvas.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const CURVES = `${id("slice")} canvas`;
const OVER = "canvas.over";
const RUN = "#v=1&surface=rosenbrock&run=lbfgs&run=sgd:lr=0.0008&step=2";
const NOISY = "#v=1&surface=rosenbrock&noise=20&run=sgd:lr=0.0006&run=sgd:lr=0.0006&step=100";

const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const linkHas = (page, part) => page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part);
const linkLacks = (page, part) => page.waitForFunction((text) => !decodeURIComponent(location.hash).includes(text), part);
const says = (page, name, words) =>
  page.waitForFunction(
    ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    [id(name), words.source],
  );
const angle = async (page) => Number(await page.locator(id("slice-handle")).getAttribute("aria-valuenow"));

async function opened(page, open, link) {
  await open(link);
  await labReady(page);
  if (link.includes("chart=slice")) await says(page, "slice-words", /f is/);
}

/** How many pixels of a canvas are drawn on. */
function inked(picture) {
  let count = 0;
  for (let at = 3; at < picture.data.length; at += 4) if (picture.data[at] > 0) count += 1;
  return count;
}

/** Waits until a canvas comes to rest. */
async function settled(page, selector) {
  let before = await readCanvas(page, selector);
  for (let tries = 0; tries < 40; tries += 1) {
    await page.waitForTimeout(100);
    const after = await readCanvas(page, selector);
    if (difference(before, after) === 0) return after;
    before = after;
  }
  throw new Error(`${selector} does not come to rest`);
}

pageTest("the tab slice shows the loss along the gradient, in the link and after a reload", {}, async ({ page, open }) => {
  await opened(page, open, RUN);
  await page.locator(id("chart-slice")).click();
  await linkHas(page, "chart=slice");
  await says(page, "slice-words", /f is .* and falls by .* a unit along the line/);
  await says(page, "slice-words", /Tried in step 3:/);
  assert.ok(await page.locator(id("chart")).isHidden(), "the other chart makes room");
  const drawn = await settled(page, CURVES);
  await page.waitForFunction(() => document.querySelector("[data-testid=slice-handle]") !== null);
  assert.ok(inked(await settled(page, OVER)) > 500, "the line is on the stage");
  await page.reload();
  await says(page, "slice-words", /f is/);
  assert.ok(difference(drawn, await settled(page, CURVES)) < 0.001);
  await page.locator(id("chart-loss")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=slice-handle]")?.hidden !== false);
  assert.equal(inked(await settled(page, OVER)), 0, "the line goes with the tab");
});

pageTest("the line is turned by handle, keyboard and number, and that is undone", {}, async ({ page, open }) => {
  await opened(page, open, `${RUN}&chart=slice&slice=step`);
  const handle = page.locator(id("slice-handle"));
  await handle.focus();
  const before = await angle(page);
  await page.keyboard.press("ArrowLeft");
  await linkHas(page, `&slice=${before + 1}`);
  await page.keyboard.press("Shift+ArrowRight");
  await linkHas(page, `&slice=${before - 14}`);
  assert.equal(await page.locator(id("slice-line")).inputValue(), "angle");
  await page.keyboard.press("Control+z");
  await linkHas(page, `&slice=${before + 1}`);
  await page.keyboard.press("Control+z");
  await linkHas(page, "&slice=step");
  // By mouse: to the right of the point is 0°.
  const { x, y, width, height } = await handle.boundingBox();
  const from = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y - 20, { steps: 3 });
  await page.mouse.move(from.x + 120, from.y - 80, { steps: 3 });
  await page.mouse.up();
  await page.waitForFunction(() => /slice=-?\d/.test(location.hash));
  assert.notEqual(await angle(page), before);
  await page.locator("body").press("Control+z");
  await linkHas(page, "&slice=step");
  // By number; one that is none changes nothing.
  const degrees = page.locator(id("slice-degrees"));
  await degrees.fill("30");
  await degrees.press("Enter");
  await linkHas(page, "&slice=30");
  await degrees.fill("up");
  await degrees.press("Enter");
  assert.equal(await degrees.getAttribute("aria-invalid"), "true");
  assert.match(await hash(page), /&slice=30/);
});

pageTest("a step that leaves the line is said to, and the slice follows the cursor", {}, async ({ page, open }) => {
  await opened(page, open, "#v=1&surface=rosenbrock&run=momentum:lr=0.0005&step=60&chart=slice");
  await says(page, "slice-words", /° off the line: .* along it, and it ends .* beside it/);
  const before = await page.locator(id("slice-words")).textContent();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((text) => document.querySelector("[data-testid=slice-words]").textContent !== text, before);
  await page.locator(id("slice-line")).selectOption("step");
  await says(page, "slice-words", /lies on the line/);
  const fitted = await settled(page, CURVES);
  await page.locator(id("slice-in")).click();
  await linkHas(page, "slice_zoom=1.5");
  assert.ok(difference(fitted, await settled(page, CURVES)) > 0.001);
  await page.locator(id("slice-fit")).click();
  await linkLacks(page, "slice_zoom");
  assert.doesNotMatch(await page.locator(id("slice-words")).textContent(), /NaN|inf/i);
});

pageTest("without a run there is no line and no handle", {}, async ({ page, open }) => {
  await opened(page, open, "#v=1&surface=rosenbrock&run=sgd:lr=0.0008&step=2&chart=slice");
  await page.locator(id("slice-handle")).waitFor();
  await page.locator(id("run-0-remove")).click();
  await says(page, "slice-words", /There is no run/);
  await page.locator(id("slice-handle")).waitFor({ state: "hidden" });
  await page.keyboard.press("Control+z");
  await page.locator(id("slice-handle")).waitFor();
});

pageTest("there are no slices of networks and matrices", {}, async ({ page, open }) => {
  await opened(page, open, "#v=1&problem=matrix_lsq&run=adam&step=0&chart=loss");
  assert.ok(await page.locator(id("chart-slice")).isHidden());
});

pageTest("noise is the same for all runs, or of each run, as the box says", {}, async ({ page, open }) => {
  await opened(page, open, NOISY);
  const losses = () => page.locator(".run .loss, [data-testid^=run-] .loss").allInnerTexts();
  await page.locator(id("settings")).locator("summary").first().click();
  const box = page.locator(id("noise-shared"));
  await box.waitFor();
  assert.ok(await box.isChecked());
  const same = await losses();
  await box.uncheck();
  await linkHas(page, "noise_of=run");
  await page.waitForFunction(() => !document.querySelector("[data-testid=noise-shared]").checked);
  if (same.length > 0) assert.notDeepEqual(await losses(), same);
  await page.keyboard.press("Control+z");
  await linkLacks(page, "noise_of");
  await page.waitForFunction(() => document.querySelector("[data-testid=noise-shared]").checked);
});

pageTest("a fan of seeds is drawn on stage and chart, says how far it is, and is in the link", {}, async ({ page, open }) => {
  await opened(page, open, NOISY);
  await page.locator(id("settings")).locator("summary").first().click();
  const bare = await settled(page, `${id("chart")} canvas`);
  const field = page.locator(id("fan-number"));
  await field.fill("12");
  await field.press("Enter");
  await linkHas(page, "fan=12");
  await says(page, "fan-words", /with 12 seeds, from its own on/);
  await page.locator("canvas.fan").waitFor({ state: "attached" });
  assert.ok(difference(bare, await settled(page, `${id("chart")} canvas`)) > 0.002, "the band");
  await field.fill("1000");
  await field.press("Enter");
  assert.match(await hash(page), /fan=12/, "too many are refused");
  await field.press("Escape");
  await page.locator(id("noise-shared")).focus();
  await page.keyboard.press("Control+z");
  await linkLacks(page, "fan=");
  await page.waitForFunction(() => document.querySelector("[data-testid=fan-words]").textContent === "");
  assert.equal(difference(bare, await settled(page, `${id("chart")} canvas`)), 0);
});

pageTest("where nothing is drawn at random the fan says so", {}, async ({ page, open }) => {
  await opened(page, open, "#v=1&surface=rosenbrock&run=adam&step=10&fan=4");
  await page.locator(id("settings")).locator("summary").first().click();
  await says(page, "fan-words", /the same with all 4 seeds/);
});

pageTest("the noise that acts is drawn as an overlay", {}, async ({ page, open }) => {
  await opened(page, open, NOISY);
  await page.locator(id("overlays")).locator("summary").first().click();
  await page.locator("[data-panel=overlays] [value=noise]").check();
  await linkHas(page, "overlays=noise");
  assert.ok(inked(await settled(page, OVER)) > 500);
});

for (const theme of ["light", "dark"]) {
  const phone = { viewport: PHONE, touch: true, theme, reducedMotion: true };
  pageTest(`slice, noise and fan are accessible on a ${theme} phone`, phone, async ({ page, open }) => {
    await opened(page, open, `${NOISY}&chart=slice&fan=8&overlays=noise`);
    await says(page, "fan-words", /8 seeds/);
    await assertAccessible(page);
    await page.locator(id("settings")).locator("summary").first().click();
    await assertAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `${wide} wide`);
    // The handle follows a finger.
    await page.locator("body").press("Escape");
    const handle = page.locator(id("slice-handle"));
    const { x, y, width, height } = await handle.boundingBox();
    assert.ok(width >= 44 && height >= 44);
    const touch = await page.context().newCDPSession(page);
    const at = (dx, dy) => [{ x: x + width / 2 + dx, y: y + height / 2 + dy }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0, 0) });
    for (let i = 1; i <= 5; i += 1) {
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(8 * i, -6 * i) });
    }
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.waitForFunction(() => /slice=-?\d/.test(location.hash));
  });
}
