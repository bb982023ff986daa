// Choosing a run's optimizer from the list with descriptions, and what a run's panel says of its method.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";
import { chooseSurface } from "./lib/surfaces.mjs";

const id = (name) => `[data-testid="${name}"]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0005&step=0";

/** Opens the list of a run and waits until it is drawn. */
async function openList(page, run = 0) {
  await labReady(page);
  await page.locator(id(`choose-${run}`)).click();
  await page.waitForSelector(`#choose-${run}:popover-open [role=option]`);
}

const names = (page, run = 0) => page.locator(`#choose-${run} [role=option] b`).allInnerTexts();
const active = (page, run = 0) => page.locator(`#choose-${run} [data-active] b`).innerText();
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("data-testid") ?? document.activeElement.id);
const optimizerIs = (page, key, run = 0) =>
  page.waitForFunction(
    ([run, key]) => document.querySelector(`[data-testid=run-${run}-optimizer]`).value === key && location.hash.includes(`run=${key}`),
    [run, key],
  );

pageTest("the list is searched by several words and picked from by keyboard, and the focus returns", {}, async ({ page, open }) => {
  await open(RACE);
  await openList(page);
  assert.equal(await focused(page), "choose-0-search");
  const all = await names(page);
  assert.equal(all.length, await page.locator(`${id("run-0-optimizer")} option`).count());
  assert.equal(await active(page), "Adam", "the one in use");
  assert.match(await page.locator("#choose-0 [aria-selected=true]").innerText(), /Adam[^]*✓ in use/);
  const seen = await page.evaluate(() => {
    const [list, entry] = ["[role=listbox]", "[data-active]"].map((s) => document.querySelector(`#choose-0 ${s}`).getBoundingClientRect());
    return entry.top >= list.top && entry.bottom <= list.bottom + 1;
  });
  assert.ok(seen, "the one in use is in view");
  await page.keyboard.type("polak RIBIERE");
  assert.deepEqual(await names(page), ["Conjugate gradient"]);
  assert.equal(await page.locator("#choose-0 [role=status]").innerText(), `1 of ${all.length}`);
  await page.locator(id("choose-0-search")).fill("adam");
  const found = await names(page);
  assert.equal(found[0], "Adam");
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(page), found[1]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await active(page), "Adam", "the first is the first");
  await page.locator(id("choose-0-search")).fill("lion");
  await page.keyboard.press("Enter");
  await optimizerIs(page, "lion");
  assert.equal(await page.locator("#choose-0:popover-open").count(), 0);
  assert.equal(await focused(page), "choose-0", "the button");
  await page.keyboard.press("Control+z");
  await optimizerIs(page, "adam");
});

pageTest("escape changes nothing and the next opening begins anew", {}, async ({ page, open }) => {
  await open(RACE);
  await openList(page);
  await page.keyboard.type("zzz");
  assert.equal(await page.locator("#choose-0 [role=status]").innerText(), "No optimizer has all of these words.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#choose-0:popover-open", { state: "detached" });
  assert.equal(await focused(page), "choose-0");
  assert.equal(await page.locator(id("run-0-optimizer")).inputValue(), "adam");
  await openList(page);
  assert.equal(await page.locator(id("choose-0-search")).inputValue(), "");
  assert.ok((await names(page)).length > 50);
});

pageTest("only one list is open, and the page's own keys are not pressed by typing", {}, async ({ page, open }) => {
  await open(RACE);
  await openList(page);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "choose-0-list");
  // On the list, letters go to the search: n would add a run.
  await page.keyboard.type("nadam");
  assert.equal(await focused(page), "choose-0-search");
  assert.equal(await page.locator(id("choose-0-search")).inputValue(), "nadam");
  assert.equal((await names(page))[0], "NAdam");
  assert.equal(await page.locator(".card").count(), 2);
  await openList(page, 1);
  assert.equal(await page.locator(".chooser:popover-open").count(), 1);
  assert.equal(await active(page, 1), "Gradient descent (SGD)");
  await page.locator("#choose-1 [role=option]", { hasText: "Yogi" }).click();
  await optimizerIs(page, "yogi", 1);
  assert.equal(await page.locator(id("run-0-optimizer")).inputValue(), "adam");
});

pageTest("the list shows what a problem lacks, and follows the problem", {}, async ({ page, open }) => {
  await open("#v=1&surface=peaks&run=adam:lr=0.05&step=0");
  await openList(page);
  const entry = page.locator("#choose-0 [data-key=levenberg_marquardt]");
  assert.match(await entry.innerText(), /Cannot run here: it needs a sum of squares, and this function is not written as one\./);
  assert.equal(await page.locator("#choose-0 [data-unfit]").count(), 1);
  assert.match(await page.locator("#choose-0 [data-key=muon]").innerText(), /Muon is for matrices/);
  await page.keyboard.press("Escape");
  await chooseSurface(page, "rosenbrock");
  await openList(page);
  assert.equal(await page.locator("#choose-0 [data-unfit]").count(), 0);
});

pageTest("the list stays as it is while the run plays", {}, async ({ page, open }) => {
  await open(RACE);
  await openList(page);
  await page.keyboard.type("swarm");
  await page.keyboard.press("ArrowDown");
  const before = await active(page);
  await page.evaluate(() => document.querySelector("[data-testid=play]").click());
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 20);
  assert.equal(await active(page), before);
  assert.equal(await page.locator(id("choose-0-search")).inputValue(), "swarm");
});

pageTest("a run says what its method is held to, what it keeps, and what to know on a plane", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.locator(id("run-0-about")).locator("summary").click();
  const about = page.locator("[data-panel=about]").first();
  await page.waitForFunction(() => document.querySelector("[data-panel=about] .held"));
  const held = about.locator(".held");
  assert.match(await held.innerText(), /Agrees with PyTorch 2\.\d+\.\d+ on \d+ paths over \d+ functions to \S+, and with optax/);
  assert.match(await about.innerText(), /A step asks for 1 gradient\. Keeps 4 numbers for 2 parameters, 2 for each\./);
  assert.equal(await page.locator(".card > .plane").first().isVisible(), false);
  await page.locator(id("run-0-optimizer")).selectOption("muon");
  await page.waitForFunction(() => /Muon is for matrices/.test(document.querySelector(".card > .plane").textContent));
  await page.locator(id("run-0-optimizer")).selectOption("newton");
  await page.locator(id("run-0-about")).locator("summary").click();
  await page.waitForFunction(() => /No reference implementation/.test(document.querySelector("[data-panel=about] .held")?.textContent));
});

pageTest("on a phone the list is touched, fits, and leaves the keyboard away", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.locator(id("choose-0")).tap();
  await page.waitForSelector("#choose-0:popover-open [role=option]");
  assert.equal(await focused(page), "choose-0-list", "not the search field");
  const box = await page.locator("#choose-0").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.y >= 0 && box.y + box.height <= 640, JSON.stringify(box));
  const wide = await page.locator("#choose-0").evaluate((e) => [...e.querySelectorAll("*")].some((c) => c.scrollWidth > c.clientWidth + 1 && c.clientWidth > 0));
  assert.equal(wide, false, "nothing is cut off to the right");
  for (const height of await page.locator("#choose-0 [role=option]").evaluateAll((all) => all.map((o) => o.offsetHeight))) assert.ok(height >= 44);
  await page.locator("#choose-0 [data-key=lion]").tap();
  await optimizerIs(page, "lion");
});

for (const theme of ["light", "dark"]) {
  pageTest(`the open list is accessible, ${theme}`, { theme }, async ({ page, open }) => {
    await open("#v=1&surface=peaks&run=muon&run=sgd:lr=0.0005&step=0");
    await openList(page);
    await assertAccessible(page);
    await page.keyboard.type("qqq");
    await assertAccessible(page, "#choose-0");
    await page.keyboard.press("Escape");
    await page.locator(id("run-0-about")).locator("summary").click();
    await page.waitForFunction(() => document.querySelector("[data-panel=about] .held"));
    await assertAccessible(page, ".card");
  });
}
