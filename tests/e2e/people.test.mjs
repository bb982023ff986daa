// Everyone can use it: by keyboard alone, by touch, with reduced motion, after a mistake.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { middleOf, touchDrag } from "./lib/gestures.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });

/** Presses tab until the focus is on this element. */
async function tabTo(page, testId) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((want) => document.activeElement?.dataset?.testid === want, testId)) return;
  }
  throw new Error(`tab does not reach ${testId}`);
}

pageTest("with the keyboard alone: move the pin, change the rate, delete the mark", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05&step=100");
  await tabTo(page, "start-pin");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  await linkHas(page, "start=");
  await tabTo(page, "run-0-lr");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await linkHas(page, "edit=1@100:lr=");
  const link = await page.evaluate(() => location.hash);
  assert.ok(Number(link.match(/edit=1@100:lr=([\d.]+)/)[1]) > 0.05);
  await page.keyboard.press("Shift+Tab");
  await page.locator(id("edit-mark")).focus();
  await page.keyboard.press("Delete");
  await page.waitForFunction(() => !location.hash.includes("edit="));
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("n");
  assert.equal(await page.locator(".card").count(), 2);
  await page.keyboard.press("1");
  await page.keyboard.press("Control+z");
  assert.equal(await page.locator(".card").count(), 1);
  await page.keyboard.press("?");
  assert.ok(await page.locator("#help").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#help").isVisible()));
});

pageTest("on a phone: everything needed is on the first screen, and a finger drags pin and slider",
  { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008&step=100");
  for (const name of ["stage", "play", "timeline", "run-0-lr"]) {
    const box = await page.locator(id(name)).boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= PHONE.height, `${name} is on the first screen: ${JSON.stringify(box)}`);
    assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width + 0.5, `${name} is not cut off`);
  }
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
  for (const name of ["play", "start-pin", "run-0-head", "add-run"]) {
    const box = await page.locator(id(name)).boundingBox();
    assert.ok(box.width >= 43.5 && box.height >= 43.5, `${name} is large enough for a finger: ${JSON.stringify(box)}`);
  }
  const pin = await middleOf(page.locator(id("start-pin")));
  await touchDrag(page, pin, { x: pin.x + 60, y: pin.y + 30 });
  await linkHas(page, "start=");
  const slider = page.locator(id("run-0-lr"));
  const box = await slider.boundingBox();
  await page.touchscreen.tap(box.x + box.width * 0.3, box.y + box.height / 2);
  await linkHas(page, "edit=1@100:lr=");
  await page.locator(id("play")).tap();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 105);
});

pageTest("with reduced motion it opens at the end of the path, at rest", { reducedMotion: true }, async ({ page, open }) => {
  await open();
  assert.match(await page.locator(id("step")).innerText(), /500 \/ 500/);
  assert.match(await page.locator(id("play")).getAttribute("title"), /^Play/);
});

for (const theme of ["light", "dark"]) {
  pageTest(`axe finds nothing in the open panels, ${theme}`, { theme }, async ({ page, open }) => {
    await open(`#v=1&surface=ravine&run=adam:lr=0.05,schedule=step,clip_norm=1&run=sgd:lr=3&edit=1@20:lr=0.02&step=50&bad=1&theme=${theme}`);
    await labReady(page);
    await page.locator(id("settings")).locator("> summary").click();
    for (const summary of await page.locator(".card summary").all()) await summary.click();
    await page.locator(id("run-0-lr-number")).fill("no");
    await page.locator(id("run-0-lr-number")).press("Enter");
    await assertAccessible(page);
    await page.locator(id("settings")).locator("> summary").click();
    await page.locator(id("help")).click();
    await assertAccessible(page, "#help");
  });
}

pageTest("nonsense in a link is told and the rest is shown", {}, async ({ page, open }) => {
  await open("#v=1&surface=banana&run=adam:lr=-3,beta1=0.8&steps=1e99&%zz=<b>1</b>&step=20");
  const notices = page.locator(id("notices"));
  await notices.waitFor();
  const text = await notices.innerText();
  for (const part of ["banana is not one of", "lr: -3 is not a number from 0", "steps", "a whole number from 1 to 20000"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.equal(await notices.locator("b b").count(), 0, "no markup comes out of a link");
  assert.match(await page.locator(id("run-0-optimizer")).inputValue(), /adam/);
  await notices.getByRole("button").click();
  assert.ok(!(await notices.isVisible()));
});

pageTest("a wrong number gets a message where it was typed, and nothing else changes", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05&step=0");
  const field = page.locator(id("run-0-lr-number"));
  const loss = () => page.locator(id("run-0-loss")).innerText();
  const before = await loss();
  for (const wrong of ["", "abc", "1e999", "-1", "9".repeat(40), "NaN", "1,5"]) {
    await field.fill(wrong);
    await field.press("Enter");
    assert.match(await page.locator(".param .problem:visible").innerText(), /lr: .+ is not a number from 0 to 1000000/, wrong);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await loss(), before);
  }
  await field.press("Escape");
  assert.equal(await field.inputValue(), "0.05");
  assert.equal(await page.locator(".param .problem:visible").count(), 0);
  await field.fill("0.07");
  await field.press("Enter");
  await linkHas(page, "lr=0.07");
});

pageTest("an embed shows the stage and the controls of time only", { viewport: { width: 480, height: 360 } }, async ({ page, open }) => {
  await open("#v=1&surface=ravine&run=adam:lr=0.1&embed=1");
  assert.ok(await page.locator(id("stage")).isVisible());
  assert.ok(await page.locator(id("play")).isVisible());
  assert.ok(!(await page.locator(".runs").isVisible()));
  assert.ok(!(await page.locator(id("surface")).isVisible()));
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), "nothing scrolls");
  const box = await page.locator(id("timeline")).boundingBox();
  assert.ok(box.y + box.height <= 362, "it fits without scrolling");
});

pageTest("on a phone the open settings make way: for Escape, and for a tap beside them",
  { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam&step=0");
  const settings = page.locator(id("settings"));
  const isOpen = () => settings.evaluate((details) => details.open);
  await settings.locator("> summary").tap();
  assert.ok(await isOpen());
  await page.locator(id("shared-x-number")).tap();
  assert.ok(await isOpen(), "a tap inside leaves them open");
  await page.keyboard.press("Escape");
  assert.ok(!(await isOpen()), "Escape closes them");
  await settings.locator("> summary").tap();
  await page.touchscreen.tap(3, 3);
  assert.ok(!(await isOpen()), "a tap beside them closes them");
});

pageTest("two turns of the wheel in one frame zoom twice", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam&step=0");
  const width = async () => {
    await page.waitForFunction(() => location.hash.includes("view="));
    const [left, right] = decodeURIComponent(await page.evaluate(() => location.hash)).match(/view=([-\d.]+),([-\d.]+)/).slice(1).map(Number);
    return right - left;
  };
  const turn = (times) =>
    page.locator(id("stage")).evaluate((stage, n) => {
      const { left, top, width, height } = stage.getBoundingClientRect();
      const at = { clientX: left + width / 2, clientY: top + height / 2, deltaY: -400, bubbles: true, cancelable: true };
      for (let i = 0; i < n; i += 1) stage.dispatchEvent(new WheelEvent("wheel", at));
    }, times);
  await turn(1);
  const once = await width();
  await turn(2);
  await page.waitForTimeout(400);
  assert.ok(Math.abs(once / (await width()) / 4 - 1) < 0.02, "a quarter of the width");
});

pageTest("what a link says of playing and motion stays in it", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam&step=10&autoplay=0&motion=full");
  await page.locator(id("forward")).click();
  await linkHas(page, "step=11");
  assert.match(await page.evaluate(() => location.hash), /autoplay=0&motion=full/);
});
