// The chart: drawn by the second program, over steps or over evaluations, and a way to move the cursor.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { countPixels, difference, readCanvas } from "./lib/canvas.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const CURVES = `${id("chart")} canvas`;
/** One method that asks several times a step, and one that asks once. */
const RACE = "#v=1&surface=rosenbrock&run=bfgs&run=momentum:lr=0.0005&step=20";
const FIRST_RUN = [213, 94, 0];

const step = async (page) => Number((await page.locator(id("step")).innerText()).match(/(\d+) \//)[1]);
const linkHas = (page, part) => page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part);
const readout = (page) => page.locator(id("chart-readout")).textContent();

/** Waits until the chart shows what it will show. */
async function settled(page) {
  await page.locator(CURVES).waitFor();
  let before = await readCanvas(page, CURVES);
  for (let tries = 0; tries < 20; tries += 1) {
    await page.waitForTimeout(80);
    const after = await readCanvas(page, CURVES);
    if (difference(before, after) === 0 && countPixels(after, FIRST_RUN, 40) > 10) return after;
    before = after;
  }
  throw new Error("the chart does not come to rest");
}

/** A place in the chart, in parts of its width and height. */
async function place(page, across, down) {
  await page.locator(id("chart")).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await page.locator(id("chart")).boundingBox();
  return { x: x + across * width, y: y + down * height };
}

/** The middles of the runs' marks, as far as they are shown, in page pixels. */
const dots = (page) =>
  page.locator(`${id("chart")} .dot`).evaluateAll((all) =>
    all.map((dot) => dot.getBoundingClientRect()).filter((r) => r.width > 0).map((r) => ({ x: r.x + r.width / 2, y: r.y + r.height / 2 })),
  );

pageTest("the chart says that it is on its way and comes without moving anything", {}, async ({ page, open }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\/lab_bg\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await open("#v=1&surface=rosenbrock&run=adam&step=20");
  assert.equal(await page.locator(id("chart")).innerText(), "Loading…");
  const before = await page.locator(id("chart")).boundingBox();
  release();
  await labReady(page);
  await settled(page);
  assert.deepEqual(await page.locator(id("chart")).boundingBox(), before);
  assert.equal(await page.locator(id("chart")).innerText(), "");
});

pageTest("where the second program cannot be loaded the chart says so", { allow: [/lab\.js/] }, async ({ page, open }) => {
  await page.route(/\/lab\.js/, (route) => route.abort());
  await open(RACE);
  await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("[data-testid=chart]").textContent));
});

pageTest("the axis of the chart is chosen by keyboard, and is in the link and after a reload", {}, async ({ page, open }) => {
  await open(RACE);
  const overSteps = await settled(page);
  await page.locator(id("chart-axis")).focus();
  await page.keyboard.press("ArrowDown");
  await linkHas(page, "axis=evaluations");
  assert.equal(await step(page), 20, "the arrow key belongs to the menu");
  const overEvaluations = await settled(page);
  assert.ok(difference(overSteps, overEvaluations) > 0.001);
  assert.match(await page.locator(id("chart")).getAttribute("aria-label"), /over evaluations$/);
  await page.reload();
  assert.equal(difference(await settled(page), overEvaluations), 0);
  assert.equal(await page.locator(id("chart-axis")).inputValue(), "evaluations");
  await page.locator(id("chart-axis")).selectOption("steps");
  await page.waitForFunction(() => !location.hash.includes("axis="));
  assert.equal(difference(await settled(page), overSteps), 0);
  await assertAccessible(page, ".charts");
});

pageTest("over steps one line is the cursor; over evaluations each run has a mark on its curve", {}, async ({ page, open }) => {
  await open(RACE);
  await settled(page);
  const line = page.locator(`${id("chart")} .cursor:not(.hover)`);
  assert.ok(await line.isVisible());
  assert.deepEqual(await dots(page), []);
  await page.locator(id("chart-axis")).selectOption("evaluations");
  await settled(page);
  assert.ok(!(await line.isVisible()));
  const [first, second] = await dots(page);
  assert.ok(first.x > second.x + 2, "at the same step the first has asked more often");
  await page.keyboard.press("Escape");
  await page.locator(id("forward")).click();
  await page.waitForFunction(
    (x) => {
      const { left, width } = document.querySelectorAll("[data-testid=chart] .dot")[1].getBoundingClientRect();
      return left + width / 2 > x;
    },
    second.x,
  );
});

pageTest("a press on a curve over evaluations brings that run there", {}, async ({ page, open }) => {
  await open(`${RACE}&axis=evaluations`);
  await settled(page);
  await page.locator(id("end")).click();
  const at = await place(page, 0.5, 0.2);
  await page.mouse.move(at.x, at.y);
  const words = await readout(page);
  const [, asked, there] = words.match(/^(\d+) evaluations {2}● \S+ {2}▲ \S+ {2}→ step (\d+) of [●▲]$/) ?? [];
  assert.ok(Number(asked) >= Number(there) && Number(there) > 0, words);
  await page.mouse.click(at.x, at.y);
  await page.waitForFunction((n) => document.querySelector("[data-testid=step] b").textContent === n, there);
  // The marks follow with the next frames.
  let places = [];
  const there_now = () => places.some(({ x }) => Math.abs(x - at.x) < 4);
  for (let n = 0; n < 100 && !there_now(); n += 1) {
    await page.waitForTimeout(50);
    places = await dots(page);
  }
  assert.ok(there_now(), JSON.stringify([places, at]));
});

pageTest("Hessians are told apart from evaluations", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=newton&run=sgd:lr=0.0005&step=5&axis=evaluations");
  await settled(page).catch(() => {}); // a curve that falls at once may show few pixels
  const at = await place(page, 0.5, 0.4);
  await page.mouse.move(at.x, at.y);
  await page.waitForFunction(() => /^\d+ evaluations {2}● \S+ \(and \d+ Hessians\) {2}▲ [^(]+ {2}→/.test(document.querySelector("[data-testid=chart-readout]").textContent));
  await page.locator(id("chart-axis")).selectOption("steps");
  await page.waitForTimeout(300);
  await page.mouse.move(at.x + 1, at.y);
  assert.match(await readout(page), /^step \d+ {2}● \S+ {2}▲ \S+$/);
});

pageTest("a finger chooses the axis and moves the cursor", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(`${RACE}&axis=evaluations`);
  await settled(page);
  const axis = await page.locator(id("chart-axis")).boundingBox();
  assert.ok(axis.height >= 44, `${axis.height}`);
  const at = await place(page, 0.6, 0.3);
  await page.touchscreen.tap(at.x, at.y);
  await page.waitForFunction(() => document.querySelector("[data-testid=step] b").textContent !== "20");
});

pageTest("the chart follows a dragged slider", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=momentum:lr=0.0005&step=0");
  const before = await settled(page);
  const { x, y, width, height } = await page.locator(id("run-0-lr")).boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (let px = 0; px < 30; px += 3) await page.mouse.move(x + width / 2 - px, y + height / 2);
  const during = await settled(page);
  assert.ok(difference(before, during) > 0.001, "it is drawn while the slider is held");
  await page.mouse.up();
  await page.locator(id("undo")).click();
  assert.equal(difference(await settled(page), before), 0);
});
