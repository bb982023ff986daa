// The loss landscape of a network: a plane through its weights, and how far from it the runs are.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { countPixels, difference, readCanvas } from "./lib/canvas.mjs";
import { drag, middleOf } from "./lib/gestures.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=landscape-${name}]`;
const LINK = "#v=1&network=4-3&data=spiral(n=60)&steps=200&run=adam:lr=0.03,batch=16&run=sgd:lr=0.1,batch=16";
const MAP = `${id("map")} canvas.map`;
const PATHS = `${id("map")} canvas.paths`;

const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
/** The link's word for how networks are looked at is this, and no more. */
const linkShows = (page, words) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).split("&").includes(`show=${text}`), words, { timeout: 15_000 });
const says = (page, name, pattern) =>
  page.waitForFunction(
    ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    [id(name), pattern.source],
    { timeout: 20_000 },
  );
/** Every value is there. */
const finished = (page) => says(page, "progress", /^\d+ × \d+ values/);
const shown = async (page, open, link) => {
  await open(link);
  await labReady(page);
  await page.waitForSelector(id("map"));
  await finished(page);
};

pageTest("the loss on a plane is drawn with the paths, and the distance from the plane is told", {}, async ({ page, open }) => {
  await shown(page, open, `${LINK}&step=120&show=landscape`);
  const map = await readCanvas(page, MAP);
  assert.ok(countPixels(map, [68, 1, 84], 40) > 200, "dark where the loss is small");
  assert.ok(countPixels(map, [253, 231, 37], 60) > 200, "light where it is large");
  const paths = await readCanvas(page, PATHS);
  assert.ok(countPixels(paths, [213, 94, 0], 30) > 100, "the first run's path");
  assert.ok(countPixels(paths, [86, 180, 233], 30) > 20, "the second's");
  await says(page, "distance", /^At step 120 the run is [\d.]+ away from this plane, .* is not its loss\. Its loss is [\d.]+; the plane’s below it is [\d.]+\.$/);
  await says(page, "across", /^→ principal direction 1 \([\d.]+ % of the variance\)\. Both axes have the same scale/);
  await says(page, "about", /hold [\d.]+ % of the variance of 201 points/);
});

pageTest("at the origin the run is on the plane, and while the cursor moves the map stays", {}, async ({ page, open }) => {
  await shown(page, open, `${LINK}&step=200&show=landscape`);
  await says(page, "distance", /^At step 200 the run lies in this plane: what the map shows below it is its loss/);
  const words = await page.locator(id("distance")).innerText();
  const [, actual, below] = words.match(/Its loss is ([\d.]+); the plane’s below it is ([\d.]+)\.$/);
  assert.equal(actual, below);
  const [map, paths] = [await readCanvas(page, MAP), await readCanvas(page, PATHS)];
  await page.locator(id("map")).blur();
  await page.keyboard.press("Shift+ArrowLeft");
  await says(page, "distance", /^At step 19\d the run is /);
  assert.equal(difference(map, await readCanvas(page, MAP)), 0);
  assert.ok(difference(paths, await readCanvas(page, PATHS)) > 0);
});

pageTest("directions, origin and loss are chosen, and the link keeps them", {}, async ({ page, open }) => {
  await shown(page, open, `${LINK}&step=120&show=landscape`);
  assert.equal(await page.locator(id("seed")).isVisible(), false, "principal directions have no seed");
  await page.locator(id("directions")).selectOption("random");
  await linkHas(page, "show=landscape(random)");
  await says(page, "across", /^→ random direction 1/);
  await says(page, "about", /scaled to the length they have at the origin/);
  await finished(page);
  const first = await readCanvas(page, MAP);
  await page.locator(id("new")).click();
  await linkHas(page, "show=landscape(random;seed-2)");
  await finished(page);
  assert.ok(difference(first, await readCanvas(page, MAP)) > 0.2, "other directions, another map");
  await page.locator(id("seed")).fill("1");
  await page.locator(id("seed")).press("Enter");
  await linkShows(page, "landscape(random)");
  await finished(page);
  await page.waitForFunction(() => !/products/.test(document.querySelector("[data-testid=landscape-progress]").textContent));
  assert.equal(difference(first, await readCanvas(page, MAP)), 0, "the same seed, the same map");
  await page.locator(id("directions")).selectOption("curvature");
  await page.locator(id("origin")).selectOption("start");
  await page.locator(id("loss")).selectOption("test");
  await linkHas(page, "show=landscape(curvature;start;test)");
  await says(page, "across", /^→ eigenvector 1 \(λ = -?[\d.e]+\)/);
  await says(page, "about", /Hessian–vector products; residuals .* [\d.]+e-\d+/);
  await finished(page);
  const words = await page.locator(id("about")).innerText();
  await shown(page, open, await page.evaluate(() => location.hash));
  assert.equal(await page.locator(id("loss")).inputValue(), "test");
  assert.equal(await page.locator(id("about")).innerText(), words, "opened again it is the same plane");
});

pageTest("where all weights are 0 it is said that directions have no length", {}, async ({ page, open }) => {
  await open("#v=1&network=4(init=zeros)&data=spiral(n=60)&steps=50&run=sgd:lr=0,batch=16&show=landscape(random)");
  await labReady(page);
  await says(page, "message", /All weights are 0 at this origin/);
  await page.locator(id("directions")).selectOption("pca");
  await says(page, "message", /have not moved/);
});

pageTest("the map is read, moved and zoomed with keys, mouse and wheel", {}, async ({ page, open }) => {
  await shown(page, open, `${LINK}&step=120&show=landscape`);
  await page.locator(id("map")).focus();
  await page.keyboard.press("ArrowRight");
  await says(page, "readout", /^\(-?[\d.e-]+, -?[\d.e-]+\): loss [\d.]+$/);
  const before = await page.locator(id("readout")).innerText();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(([s, b]) => document.querySelector(s).textContent !== b, [id("readout"), before]);
  await says(page, "distance", /^At step 120 /);
  await page.keyboard.press("+");
  await linkHas(page, "show=landscape(at_");
  await finished(page);
  const near = await readCanvas(page, MAP);
  await page.keyboard.press("Shift+ArrowRight");
  await finished(page);
  await page.waitForTimeout(400);
  assert.ok(difference(near, await readCanvas(page, MAP)) > 0.1, "the map has moved");
  await page.keyboard.press("0");
  await linkShows(page, "landscape");
  await page.keyboard.press("Escape");
  await page.waitForFunction((s) => document.querySelector(s).textContent === "", id("readout"));
  const middle = await middleOf(page.locator(id("map")));
  await page.mouse.move(middle.x, middle.y);
  await says(page, "readout", /loss/);
  await page.mouse.wheel(0, -240);
  await linkHas(page, "show=landscape(at_");
  const zoomed = await page.evaluate(() => location.hash);
  await drag(page, middle, { x: middle.x + 60, y: middle.y + 10 });
  await page.waitForFunction((hash) => location.hash !== hash, zoomed);
  await page.locator(id("fit")).click();
  await linkShows(page, "landscape");
});

pageTest("another network is another landscape, and clients have paths of their own", {}, async ({ page, open }) => {
  await shown(page, open, `${LINK}&step=120&show=landscape`);
  const before = await readCanvas(page, MAP);
  await page.evaluate(() => {
    const words = "net network=3-3&data=circle(n=60)";
    const panel = document.querySelector("[data-panel=network]");
    panel.dispatchEvent(new CustomEvent("descent:set", { bubbles: true, detail: words }));
    panel.dispatchEvent(new CustomEvent("descent:set", { bubbles: true, detail: "end" }));
  });
  await linkHas(page, "network=3-3");
  await page.waitForTimeout(300);
  await finished(page);
  assert.ok(difference(before, await readCanvas(page, MAP)) > 0.2);
  const clients = "#v=1&network=4&data=spiral(n=60)&steps=100&run=sgd:lr=0.3,batch=8,federated=3/7/0.9/0.1&step=97&show=landscape";
  await shown(page, open, clients);
  await says(page, "clients", /^Thin lines with a dot: its 3 workers or clients\. At step 9\d they are between [\d.]+ and [\d.]+ away/);
  await shown(page, open, clients.replace(",federated=3/7/0.9/0.1", ""));
  assert.equal(await page.locator(id("clients")).textContent(), "");
});

for (const theme of ["light", "dark"]) {
  pageTest(`on a phone it fits, and axe finds nothing (${theme})`, { viewport: PHONE, touch: true, theme }, async ({ page, open }) => {
    await shown(page, open, `${LINK}&step=120&show=landscape(random)`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    for (const control of ["new", "in", "out", "fit", "directions"]) {
      const box = await page.locator(id(control)).boundingBox();
      assert.ok(box.height >= 44, `${control} is ${box.height} px high`);
    }
    const middle = await middleOf(page.locator(id("map")));
    await page.touchscreen.tap(middle.x, middle.y);
    await says(page, "readout", /loss/);
    await assertAccessible(page, "#net-view");
  });
}
