// Racing optimizers: playing, dragging, live changes, links and undo.

import assert from "node:assert/strict";
import { countPixels, difference, readCanvas } from "./lib/canvas.mjs";
import { drag, middleOf } from "./lib/gestures.mjs";
import { labReady } from "./lib/browser.mjs";
import { pageTest } from "./lib/harness.mjs";
import { chooseSurface } from "./lib/surfaces.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=momentum:lr=0.0005";
const PATHS = "[data-testid=stage] canvas:nth-of-type(2)";

const step = async (page) => Number((await page.locator(id("step")).innerText()).match(/(\d+) \//)[1]);
const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));

/** Waits until the address bar says this; it follows a quarter of a second behind. */
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });

/** Waits until a canvas shows what it will show: two pictures in a row are the same. */
async function settled(page, selector) {
  let before = await readCanvas(page, selector);
  for (let tries = 0; tries < 20; tries += 1) {
    await page.waitForTimeout(60);
    const after = await readCanvas(page, selector);
    if (difference(before, after) === 0) return after;
    before = after;
  }
  throw new Error(`${selector} does not come to rest`);
}

pageTest("it opens with three runs in Rosenbrock's valley, playing", {}, async ({ page, open }) => {
  await open();
  assert.equal(await page.locator(id("surface")).getAttribute("value"), "rosenbrock");
  assert.equal(await page.locator(".card").count(), 3);
  const before = await step(page);
  await page.waitForFunction((from) => Number(document.querySelector("[data-testid=step] b").textContent) > from, before);
  const map = await readCanvas(page, "[data-testid=stage] canvas:nth-of-type(1)");
  assert.ok(countPixels(map, [253, 231, 37], 30) > 1000, "the map has viridis's yellow");
  const paths = await readCanvas(page, PATHS);
  assert.ok(countPixels(paths, [213, 94, 0], 24) > 20, "the first run's path is drawn");
});

pageTest("space pauses and plays, and the arrow keys step", {}, async ({ page, open }) => {
  await open(`${RACE}&step=10`);
  assert.equal(await step(page), 10);
  await page.keyboard.press("ArrowRight");
  assert.equal(await step(page), 11);
  await page.keyboard.press("Shift+ArrowRight");
  assert.equal(await step(page), 21);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await step(page), 20);
  await page.keyboard.press("End");
  assert.equal(await step(page), 500);
  await page.keyboard.press("Home");
  assert.equal(await step(page), 0);
  await page.keyboard.press(" ");
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 5);
  await page.keyboard.press(" ");
  const paused = await step(page);
  await page.waitForTimeout(300);
  assert.ok((await step(page)) <= paused + 6, "it stays where it was paused");
});

pageTest("dragging the pin moves the start of every run, and undo brings it back", {}, async ({ page, open }) => {
  await open(`${RACE}&step=500`);
  const before = await settled(page, PATHS);
  const from = await middleOf(page.locator(id("start-pin")));
  await drag(page, from, { x: from.x + 180, y: from.y + 90 });
  await linkHas(page, "start=");
  const after = await settled(page, PATHS);
  assert.ok(difference(before, after) > 0.001, "the paths are other ones");
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => !location.hash.includes("start="));
  assert.equal(difference(before, await settled(page, PATHS)), 0, "undo restores the picture to the pixel");
});

pageTest(
  "a slider moved while it plays keeps the past, bends the future, and is in the link and after a reload",
  {},
  async ({ page, open }) => {
    await open(`${RACE}&speed=0.5`);
    await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 15);
    const slider = page.locator(id("run-0-lr"));
    const at = await middleOf(slider);
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 20, at.y);
    await page.mouse.move(at.x + 35, at.y);
    await page.mouse.up();
    await linkHas(page, "edit=1@");
    assert.ok(await page.evaluate(() => document.querySelector("[data-testid=play]").title.startsWith("Pause")), "it plays on");
    await page.keyboard.press("Escape");
    await page.locator(id("play")).click();
    const link = await fragment(page);
    const [, editStep, lr] = link.match(/edit=1@(\d+):lr=([\d.e-]+)/);
    assert.ok(Number(editStep) > 10 && Number(lr) > 0.05, link);
    assert.equal((link.match(/edit=/g) ?? []).length, 1, "one gesture is one edit");
    assert.match(link, /run=adam:lr=0.05/, "the settings at the start are as they were");
    assert.equal(await page.locator(id("edit-mark")).count(), 1);
    await linkHas(page, "step=");
    await page.keyboard.press("End");
    await linkHas(page, "step=500");
    const value = await page.locator(id("run-0-lr-number")).inputValue();
    const loss = await page.locator(id("run-0-loss")).innerText();
    const paths = await settled(page, PATHS);
    await page.reload();
    await page.waitForSelector(id("edit-mark"));
    assert.equal(await page.locator(id("run-0-lr-number")).inputValue(), value);
    assert.equal(await page.locator(id("run-0-loss")).innerText(), loss);
    assert.ok(difference(paths, await settled(page, PATHS)) < 0.002, "the same picture, but for the seams of a path drawn in pieces");
    await page.locator(id("timeline")).evaluate((node) => {
      node.value = "5";
      node.dispatchEvent(new Event("input", { bubbles: true }));
    });
    assert.equal(await page.locator(id("run-0-lr-number")).inputValue(), "0.05", "before the edit the old value holds");
    await page.locator(id("edit-mark")).focus();
    await page.keyboard.press("Delete");
    await page.waitForFunction(() => !location.hash.includes("edit="));
    assert.equal(await page.locator(id("edit-mark")).count(), 0);
  },
);

pageTest("from start changes the whole run and leaves no mark", {}, async ({ page, open }) => {
  await open(`${RACE}&step=200`);
  await page.locator(id("from-start")).check();
  await page.locator(id("run-0-lr-number")).fill("0.02");
  await page.locator(id("run-0-lr-number")).press("Enter");
  await linkHas(page, "run=adam:lr=0.02");
  assert.doesNotMatch(await fragment(page), /edit=/);
});

pageTest("runs can be added, duplicated, changed and removed, up to eight", {}, async ({ page, open }) => {
  await open(`${RACE}&step=100`);
  for (let count = 3; count <= 8; count += 1) {
    await page.locator(id("add-run")).click();
    assert.equal(await page.locator(".card").count(), count);
  }
  assert.ok(await page.locator(id("add-run")).isDisabled());
  await page.locator(id("run-7-remove")).click();
  await page.locator(id("run-0-duplicate")).click();
  assert.equal(await page.locator(".card").count(), 8);
  await page.locator(id("run-1-optimizer")).selectOption("lion");
  await linkHas(page, "run=lion:lr=0.05");
  for (let count = 8; count > 0; count -= 1) await page.locator(id("run-0-remove")).click();
  assert.equal(await page.locator(".card").count(), 0);
  await linkHas(page, "run=none");
  await page.keyboard.press("Control+z");
  assert.equal(await page.locator(".card").count(), 1);
});

pageTest("a schedule, a warm-up and modifiers are set, shown and linked", {}, async ({ page, open }) => {
  await open(`${RACE}&step=0`);
  await page.locator(id("run-0-schedule")).selectOption("cosine");
  await page.locator(id("run-0-schedule-min-number")).fill("0.1");
  await page.locator(id("run-0-schedule-min-number")).press("Enter");
  await page.locator(id("run-0-warmup-number")).fill("20");
  await page.locator(id("run-0-warmup-number")).press("Enter");
  await page.locator(id("run-0-modifiers")).locator("summary").click();
  await page.locator(id("run-0-use-clip_norm")).check();
  await page.locator(id("run-0-use-noise")).check();
  await linkHas(page, "run=adam:lr=0.05,schedule=cosine(min=0.1),warmup=20,noise=0.1,clip_norm=1");
  await page.locator(id("run-0-use-noise")).uncheck();
  await page.waitForFunction(() => !location.hash.includes("noise="));
});

pageTest("a run that diverges says why, with its numbers", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=sgd:lr=0.003&step=500");
  await labReady(page);
  assert.match(await page.locator(id("run-0-status")).innerText(), /lr 0\.003 exceeds 2\/λmax = 9\.56e-4 at the start/);
  assert.doesNotMatch(await page.locator("body").innerText(), /NaN|Infinity/);
});

pageTest("the chart changes its quantity, reads values and moves the cursor", {}, async ({ page, open }) => {
  await open(`${RACE}&step=100`);
  const curves = "[data-testid=chart] canvas:nth-of-type(1)";
  const before = await settled(page, curves);
  await page.locator(id("chart-gradient")).click();
  await linkHas(page, "chart=gradient");
  assert.ok(difference(before, await settled(page, curves)) > 0.001);
  const middle = await middleOf(page.locator(id("chart")));
  await page.mouse.move(middle.x, middle.y);
  await page.waitForFunction(() => document.querySelector("[data-testid=chart-readout]").textContent.startsWith("step "));
  await page.mouse.click(middle.x, middle.y);
  assert.ok(Math.abs((await step(page)) - 230) < 60, `step ${await step(page)}`);
});

pageTest("the wheel zooms about the pointer, dragging pans, double-click resets", {}, async ({ page, open }) => {
  await open(`${RACE}&step=100`);
  const middle = await middleOf(page.locator(id("stage")));
  await page.mouse.move(middle.x, middle.y);
  assert.match(await page.locator(id("readout")).innerText(), /^\(.+\)\s+f .+∇f .+λ /);
  await page.mouse.wheel(0, -400);
  await linkHas(page, "view=");
  const zoomed = await fragment(page);
  await drag(page, middle, { x: middle.x + 90, y: middle.y + 40 });
  await page.waitForFunction((old) => decodeURIComponent(location.hash) !== old, zoomed);
  await page.mouse.dblclick(middle.x, middle.y);
  await page.waitForFunction(() => !location.hash.includes("view="));
});

pageTest("another surface brings its view and start, and undo the old one", {}, async ({ page, open }) => {
  await open(`${RACE}&step=100`);
  await chooseSurface(page, "himmelblau");
  await linkHas(page, "surface=himmelblau");
  await page.locator(id("settings")).locator("> summary").click();
  assert.equal(await page.locator(id("shared-x-number")).inputValue(), "-0.5");
  await page.locator(id("shared-steps-number")).fill("50");
  await page.locator(id("shared-steps-number")).press("Enter");
  await linkHas(page, "steps=50");
  assert.equal(await step(page), 50);
  await page.locator(id("undo")).click();
  await page.locator(id("undo")).click();
  await linkHas(page, "surface=rosenbrock");
});

pageTest("the link is copied whole, and one pasted over the address is read", {}, async ({ page, open }) => {
  await open(`${RACE}&step=42`);
  await page.locator(id("copy-link")).click();
  await page.waitForFunction(() => document.querySelector(".toast").textContent === "Link copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^http.+#v=1&surface=rosenbrock&run=adam:lr=0\.05&run=momentum:lr=5e-4|0\.0005/);
  assert.match(copied, /step=42/);
  const length = await page.evaluate(() => history.length);
  await page.locator(id("forward")).click();
  await linkHas(page, "step=43");
  assert.equal(await page.evaluate(() => history.length), length, "the history is not flooded");
  await page.evaluate(() => { location.hash = "#v=1&surface=beale&run=lion&step=3"; });
  await page.waitForFunction(() => document.querySelector("[data-testid=surface]").value === "beale");
  assert.equal(await step(page), 3);
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=surface]").value === "rosenbrock");
});

pageTest("a slider that is pressed and let go where it was does not stop the cursor", {}, async ({ page, open }) => {
  await open(RACE);
  await page.locator(id("run-0-lr")).dispatchEvent("pointerdown");
  const held = await step(page);
  await page.waitForTimeout(300);
  assert.ok((await step(page)) <= held + 6, "it waits while the slider is held");
  await page.locator("h1").dispatchEvent("pointerup");
  await page.waitForFunction((from) => Number(document.querySelector("[data-testid=step] b").textContent) > from + 10, held);
});

pageTest("a number can be typed while it plays", {}, async ({ page, open }) => {
  await open(`${RACE}&speed=0.5`);
  const field = page.locator(id("run-0-lr-number"));
  await field.click();
  await field.fill("0.0");
  const before = await step(page);
  await page.waitForFunction((n) => Number(document.querySelector("[data-testid=step] b").textContent) > n + 10, before);
  await field.press("End");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await linkHas(page, "lr=0.02");
});
