// Inside a step: the formula with its numbers, the state, and the overlays on the stage.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { readCanvas } from "./lib/canvas.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05,clip_norm=2&run=sgd:lr=0.0005";
const OVER = "[data-testid=stage] canvas.over";

/** Opens the numbers of a run and waits until they are drawn. */
async function openNumbers(page, run = 0) {
  await labReady(page);
  await page.locator(`${id(`run-${run}-numbers`)} > summary`).click();
  await page.waitForSelector(".worked .numbers math");
  await page.waitForSelector("[data-panel=state] td.value:not(:empty)");
}

/** How many pixels of the overlays are not empty. */
async function drawn(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const { data } = await readCanvas(page, OVER);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
  return count;
}

const numbers = (page) => page.locator(".worked .numbers").allInnerTexts();
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });

pageTest("the formula has the numbers of the step at the cursor, also while it plays", {}, async ({ page, open }) => {
  await open(`${RACE}&step=10`);
  await openNumbers(page);
  assert.equal(await page.locator(".worked .line").count(), 4, "three lines of Adam, one of clipping");
  assert.match(await page.locator(".from").innerText(), /from 10 to 11/);
  const before = await numbers(page);
  assert.ok(before[0].includes("0.9") && before[3].includes("2"), `${before}`);
  const m = await page.locator("[data-panel=state] tr[data-symbol=m] td.value").innerText();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => /from 11 to 12/.test(document.querySelector(".from").textContent));
  assert.notDeepEqual(await numbers(page), before);
  assert.notEqual(await page.locator("[data-panel=state] tr[data-symbol=m] td.value").innerText(), m);
  await page.locator("[data-panel=rule] .from").click();
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press(" ");
  await page.waitForFunction(() => Number(document.querySelector(".from").textContent.match(/\d+/)[0]) > 14);
});

pageTest("a state table counts what is kept and what was asked", {}, async ({ page, open }) => {
  await open(`#v=1&surface=rosenbrock&run=newton&step=4`);
  await openNumbers(page);
  const asked = await page.locator("[data-panel=state] table").last().innerText();
  assert.match(asked, /gradients\s+4\s+1/);
  assert.match(asked, /Hessians\s+4\s+1/);
  await page.locator(id("run-0-optimizer")).selectOption("adam");
  await openNumbers(page);
  assert.match(await page.locator("[data-panel=state] p").innerText(), /Keeps 2 numbers per parameter, 4 in all/);
});

pageTest("pointing at a symbol lights it in both lines, in the table and on the stage", {}, async ({ page, open }) => {
  await open(`${RACE}&step=10`);
  await openNumbers(page);
  assert.equal(await drawn(page), 0, "overlays are off at first");
  await page.locator(".worked .line mi[data-symbol=m]").first().hover();
  await page.waitForSelector("[data-panel=state] tr[data-symbol=m][data-lit]");
  assert.ok((await page.locator(".worked [data-symbol=m][data-lit]").count()) >= 3, "in both lines");
  assert.equal(await page.locator(".worked [data-symbol=v][data-lit]").count(), 0);
  assert.match(await page.locator(".meaning").innerText(), /m: average gradient/);
  assert.ok((await drawn(page)) > 100, "its arrow is drawn");
  await page.mouse.move(5, 5);
  await page.waitForFunction(() => !document.querySelector("[data-lit]"));
  assert.equal(await drawn(page), 0, "and goes");
  // By keyboard: one stop, and the arrow keys within.
  await page.locator(".worked").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector("tr[data-symbol=m][data-lit]");
  await page.keyboard.press("ArrowRight");
  assert.match(await page.locator(".meaning").innerText(), /β₁: first moment/);
  assert.match(await page.locator(id("step")).innerText(), /10 \//, "the cursor has not moved");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => !document.querySelector("[data-lit]"));
});

pageTest("overlays are ticked in a menu, are in the link, and are there again after a reload", {}, async ({ page, open }) => {
  await open(`${RACE}&step=10`);
  await labReady(page);
  await page.locator(`${id("overlays")} > summary`).click();
  await page.locator("[data-panel=overlays] [value=gradient]").check();
  await page.locator("[data-panel=overlays] [value=arrows]").check();
  await linkHas(page, "overlays=gradient,arrows");
  assert.equal(await page.locator("[data-panel=overlays] label[data-lacks] [value=region]").count(), 1, "Adam has no region");
  const here = await drawn(page);
  assert.ok(here > 200);
  const picture = await readCanvas(page, OVER);
  await page.reload();
  await labReady(page);
  await page.waitForFunction(() => document.querySelector("canvas.over").dataset.on === "gradient,arrows");
  assert.ok(Math.abs((await drawn(page)) - here) < 5, "the same picture");
  await page.keyboard.press("Shift+ArrowRight");
  await drawn(page);
  assert.notDeepEqual((await readCanvas(page, OVER)).data, picture.data, "they follow the cursor");
  await page.keyboard.press("o");
  await page.waitForFunction(() => !document.querySelector("canvas.over").dataset.on);
  assert.equal(await drawn(page), 0);
  await page.waitForFunction(() => !location.hash.includes("overlays"));
  await page.keyboard.press("o");
  await linkHas(page, "overlays=gradient,arrows");
  assert.ok((await drawn(page)) > 200);
});

pageTest("they are of the open run alone, and an unknown word is told", {}, async ({ page, open }) => {
  await open(`${RACE}&step=10&overlays=arrows,shadow`);
  await labReady(page);
  assert.match(await page.locator(".notices").innerText(), /shadow is not one of/);
  assert.ok((await drawn(page)) > 100, "Adam's average");
  await page.keyboard.press("2");
  await page.waitForTimeout(100);
  assert.equal(await drawn(page), 0, "gradient descent keeps nothing");
});

for (const theme of ["light", "dark"]) {
  pageTest(`axe finds nothing in the numbers and the menu, ${theme}`, { theme, reducedMotion: true }, async ({ page, open }) => {
    await open(`${RACE}&step=10`);
    await openNumbers(page);
    await page.locator(".worked").focus();
    await page.keyboard.press("ArrowRight");
    await page.locator(`${id("overlays")} > summary`).click();
    await page.waitForSelector("[data-panel=overlays] [value=step]");
    await assertAccessible(page);
  });
}

pageTest(
  "on a phone the formula scrolls within its box, and a tap lights a symbol",
  { viewport: PHONE, touch: true },
  async ({ page, open }) => {
    await open(`${RACE}&step=10`);
    await openNumbers(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `the page is ${wide} px wide`);
    const symbol = page.locator(".worked .line mi[data-symbol=m]").first();
    await symbol.scrollIntoViewIfNeeded();
    await symbol.tap();
    await page.waitForSelector("tr[data-symbol=m][data-lit]");
    await symbol.tap();
    await page.waitForFunction(() => !document.querySelector("[data-lit]"));
    await page.locator(`${id("overlays")} > summary`).tap();
    await page.locator("[data-panel=overlays] label", { hasText: "next step" }).tap();
    await linkHas(page, "overlays=step");
  },
);
