// Choosing what is minimised from the list with pictures, and changing a surface by its transformation.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";
import { chooseSurface, openSurfaces } from "./lib/surfaces.mjs";

const id = (name) => `[data-testid="${name}"]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0005&step=50";

const names = (page) => page.locator("#surfaces [role=option] b").allInnerTexts();
const active = (page) => page.locator("#surfaces [data-active] b").innerText();
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("data-testid") ?? document.activeElement.id);
const linkHas = (page, part) => page.waitForFunction((part) => location.hash.includes(part), part);
const linkLacks = (page, part) => page.waitForFunction((part) => !location.hash.includes(part), part);

/** Waits until every picture of the list is painted. */
const painted = (page) =>
  page.waitForFunction(() => {
    const all = [...document.querySelectorAll("#surfaces [role=option] canvas")];
    return all.length > 40 && all.every((c) => c.hasAttribute("data-painted"));
  });

pageTest("surfaces stand in groups by what they teach, each with a picture and a sentence", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await openSurfaces(page);
  assert.deepEqual(await page.locator("#surfaces .family").allInnerTexts(), [
    "Convex", "Valleys", "Saddles and plateaus", "Many minima", "Cliffs", "Non-smooth", "Matrices", "Your own function",
  ]);
  const list = await page.locator("#surfaces [role=option]").evaluateAll((all) => all.map((o) => o.querySelector("p").textContent));
  assert.equal(list.length, 49);
  for (const sentence of list) assert.match(sentence, /^[A-Z].+\.$/);
  assert.equal(await active(page), "Rosenbrock", "the one in use");
  await painted(page);
  const pictures = await page.locator("#surfaces canvas").evaluateAll((all) =>
    all.map((c) => {
      const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
      const colors = new Set();
      for (let i = 0; i < data.length; i += 4) colors.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      return [c.closest("[data-key]").dataset.key, c.width / c.clientWidth, colors.size];
    }),
  );
  for (const [key, ratio, colors] of pictures) {
    assert.equal(ratio, await page.evaluate(() => devicePixelRatio), key);
    assert.ok(colors > 8, `${key} has ${colors} colours`);
  }
  await assertAccessible(page, "#surfaces");
});

pageTest("the list is searched and picked from by keyboard, and the choice is undone", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.locator(id("surface")).focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#surfaces:popover-open [role=option]");
  assert.equal(await focused(page), "surfaces-search");
  const all = await names(page);
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(page), all[all.indexOf("Rosenbrock") + 1]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  assert.equal(await active(page), "Your function");
  await page.keyboard.press("Home");
  assert.equal(await active(page), all[0]);
  await page.keyboard.type("camel");
  assert.deepEqual(await names(page), ["Six-hump camel", "Three-hump camel"]);
  assert.equal(await page.locator("#surfaces [role=status]").innerText(), "2 of 49");
  await page.locator(id("surfaces-search")).fill("nothing like it");
  assert.equal(await page.locator("#surfaces [role=status]").innerText(), "No surface has all of these words.");
  // Closed and opened again before the browser tells of either: it begins anew all the same.
  await page.evaluate(() => {
    document.querySelector("#surfaces").hidePopover();
    document.querySelector("#surfaces").showPopover();
  });
  await page.waitForSelector("#surfaces:popover-open [role=option]");
  assert.equal(await focused(page), "surfaces-search");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#surfaces:popover-open", { state: "detached" });
  assert.equal(await focused(page), "surface");
  assert.equal(await page.locator(id("surface")).getAttribute("value"), "rosenbrock");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#surfaces:popover-open [role=option]");
  await page.keyboard.type("holder");
  await page.keyboard.press("Enter");
  await linkHas(page, "surface=holder_table");
  assert.equal(await focused(page), "surface");
  assert.match(await page.locator(id("surface")).innerText(), /Hölder table/);
  await page.keyboard.press("Control+z");
  await linkHas(page, "surface=rosenbrock");
});

pageTest("one's own function begins from the list, and is undone", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await chooseSurface(page, "custom");
  await linkHas(page, "surface=custom");
  await linkHas(page, "f=");
  await linkHas(page, "run=sgd:lr=0.0005");
  await page.waitForFunction(() => /^loss \d/.test(document.querySelector("[data-testid=run-0-loss]").textContent));
  await page.locator(id("undo")).click();
  await linkHas(page, "surface=rosenbrock");
});

pageTest("on a phone the list is touched and fits", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.locator(id("surface")).tap();
  await page.waitForSelector("#surfaces:popover-open [role=option]");
  assert.equal(await focused(page), "surfaces-list", "not the search field");
  const box = await page.locator("#surfaces").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.y >= 0 && box.y + box.height <= 640, JSON.stringify(box));
  for (const height of await page.locator("#surfaces [role=option]").evaluateAll((all) => all.map((o) => o.offsetHeight))) assert.ok(height >= 44);
  await page.locator("#surfaces [data-key=booth]").tap();
  await linkHas(page, "surface=booth");
});

pageTest("the parameters of a surface stand first among the settings, are live, and are undone", {}, async ({ page, open }) => {
  await open("#v=1&surface=cliff&run=sgd:lr=0.05&step=5");
  await labReady(page);
  await page.locator(id("settings")).locator("> summary").click();
  const sliders = page.locator(`${id("settings")} input[type=range]`);
  assert.deepEqual((await sliders.evaluateAll((all) => all.map((s) => s.dataset.testid))).slice(0, 3), [
    "surface-height", "surface-steepness", "surface-x0",
  ]);
  const loss = () => page.locator(id("run-0-loss")).innerText();
  const before = await loss();
  const box = await page.locator(id("surface-height")).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2, { steps: 5 });
  await page.waitForFunction((before) => document.querySelector("[data-testid=run-0-loss]").innerText !== before, before);
  await page.mouse.up();
  await linkHas(page, "surface=cliff(height=");
  await page.locator(id("undo")).click();
  await linkLacks(page, "height=");
  assert.equal(await loss(), before);
});

pageTest("a surface is turned, scaled, moved and tilted live, and a reset is undone", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  const loss = () => page.locator(id("run-0-loss")).innerText();
  const plain = await loss();
  await page.locator(id("settings")).locator("> summary").click();
  await page.locator(id("transform")).locator("> summary").click();
  const rotate = page.locator(id("transform-rotate"));
  await rotate.focus();
  await page.keyboard.press("ArrowRight");
  await linkHas(page, "transform=rotate=");
  assert.notEqual(await loss(), plain);
  await page.locator(id("transform-rotate-number")).fill("30");
  await page.locator(id("transform-rotate-number")).press("Enter");
  await linkHas(page, "transform=rotate=30");
  await page.locator(id("transform-tilt_y-number")).fill("steep");
  await page.locator(id("transform-tilt_y-number")).press("Enter");
  assert.match(await page.locator(id("transform")).innerText(), /steep is not a number from -1000000 to 1000000|not a number/);
  await page.locator(id("transform-tilt_y-number")).fill("-0.5");
  await page.locator(id("transform-tilt_y-number")).press("Enter");
  await linkHas(page, "transform=rotate=30,tilt_y=-0.5");
  assert.match(await page.locator(id("surface")).innerText(), /changed/);
  await assertAccessible(page, ".problem-panel");
  await page.locator(id("transform-reset")).click();
  await linkLacks(page, "transform=");
  await page.waitForFunction((plain) => document.querySelector("[data-testid=run-0-loss]").innerText === plain, plain);
  await page.locator(id("undo")).click();
  await linkHas(page, "transform=rotate=30,tilt_y=-0.5");
});

pageTest("a link with a transformation shows it, and its minimum is marked where it has gone", {}, async ({ page, open }) => {
  await open("#v=1&surface=beale&transform=rotate=90&run=newton&start=-0.6,3.1&step=40&steps=40");
  await labReady(page);
  // (3, 0.5) turned by a quarter.
  await page.waitForFunction(() => /converged/i.test(document.querySelector("[data-testid=run-0-status]").textContent));
  assert.match(await page.locator(id("surface")).innerText(), /Beale.*changed/);
});
