// The network as a graph: what it shows, what it reads out, and how weights are edited.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { difference, readCanvas } from "./lib/canvas.mjs";
import { pageTest, PHONE } from "./lib/harness.mjs";

const SPIRAL = "#v=1&network=4-3&data=spiral&run=adam:lr=0.03,batch=16&steps=200&play=0";
const LINE = "#v=1&network=0&data=gauss&run=sgd:lr=0.05,batch=16&steps=60&step=40";
const RACE = `${SPIRAL}&run=sgd:lr=0.3,batch=16`;

const graph = (page) => page.getByTestId("net-graph");
const unit = (page, column, row) => page.getByTestId(`net-unit-${column}-${row}`);
const value = async (page) => Number(await page.getByTestId("net-readout").getAttribute("data-value"));

/** What the output looks like, in few pixels: how many it has itself depends on how fast the machine is. */
const output = (page) =>
  page.getByTestId("net-field").evaluate((canvas) => {
    const copy = new OffscreenCanvas(24, 24).getContext("2d", { willReadFrequently: true });
    copy.imageSmoothingQuality = "high";
    copy.drawImage(canvas, 0, 0, 24, 24);
    return { width: 24, height: 24, data: Array.from(copy.getImageData(0, 0, 24, 24).data) };
  });

/** The mean difference of a channel. */
const apart = (a, b) => a.data.reduce((sum, v, i) => sum + Math.abs(v - b.data[i]), 0) / a.data.length;

/** Opens a link, and waits until training has come to the end and pictures are at rest. */
async function openAtRest(page, open, link) {
  await open(link);
  await labReady(page);
  await graph(page).waitFor();
  await page.waitForTimeout(1200);
}

pageTest("the fields of units and the output follow the step", {}, async ({ page, open }) => {
  const pictures = async () => {
    await page.waitForTimeout(900);
    return [await readCanvas(page, ".graph-net"), await output(page)];
  };
  await openAtRest(page, open, `${SPIRAL}&step=0`);
  const before = await pictures();
  await page.locator("body").press("End");
  const after = await pictures();
  assert.ok(difference(before[0], after[0]) > 0.02, "the graph is the same");
  assert.ok(apart(before[1], after[1]) > 8, "the output is the same");
  await page.locator("body").press("Home");
  const again = await pictures();
  assert.ok(apart(before[1], again[1]) < 2, "back at the start it looks otherwise");
});

pageTest("the output that is read at a place is that of the weights that are read", {}, async ({ page, open }) => {
  await openAtRest(page, open, LINE);
  await unit(page, 1, 0).click();
  const read = async (index) => {
    await page.getByTestId(`net-w${index}`).focus();
    return value(page);
  };
  const [w1, w2, bias] = [await read(0), await read(1), await read(2)];
  assert.ok([w1, w2, bias].every((w) => Number.isFinite(w) && w !== 0));
  const picture = page.getByTestId("net-picture");
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  const [px, py] = [Math.round(box.x + 0.7 * box.width), Math.round(box.y + 0.2 * box.height)];
  await page.mouse.move(px, py);
  const x = 6 * ((2 * (px - box.x)) / box.width - 1);
  const y = 6 * (1 - (2 * (py - box.y)) / box.height);
  const expected = w1 * x + w2 * y + bias;
  assert.ok(Math.abs((await value(page)) - expected) < 1e-9 * Math.max(1, Math.abs(expected)));
  const words = await page.getByTestId("net-readout").textContent();
  assert.match(words, new RegExp(`class ${expected > 0 ? 1 : 0}`));
});

pageTest("an edited weight is in the link, shows at once, and can be undone", {}, async ({ page, open }) => {
  await openAtRest(page, open, `${SPIRAL}&step=50`);
  const before = await output(page);
  await unit(page, 2, 1).click();
  const field = page.getByTestId("net-w17-number");
  const old = await field.inputValue();
  await field.fill("not a number");
  await field.press("Tab");
  assert.match(await page.locator(".graph-edit .problem:not([hidden])").textContent(), /not a number/);
  await field.fill("2.5");
  await field.press("Enter");
  await page.waitForFunction(() => location.hash.includes("edit=1@50:w17=2.5"));
  await page.waitForTimeout(900);
  const edited = await output(page);
  assert.ok(apart(before, edited) > 3, "the picture is the same");
  await page.getByTestId("net-w17").focus();
  assert.equal(await value(page), 2.5);
  await page.getByTestId("net-edit-close").click();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !location.hash.includes("w17"));
  await page.waitForTimeout(900);
  assert.ok(apart(before, await output(page)) < 0.5 * apart(before, edited), "the picture is not what it was");
  await unit(page, 2, 1).click();
  assert.equal(await field.inputValue(), old);
});

pageTest("keys reach every unit and its numbers", {}, async ({ page, open }) => {
  await openAtRest(page, open, `${SPIRAL}&step=50`);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("data-testid"));
  await unit(page, 0, 0).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const at = await focused();
  assert.match(at, /^net-unit-1-[1-3]$/);
  assert.match(await page.getByTestId("net-readout").textContent(), /layer 1, unit \d: from .* to .*; bias/);
  assert.match(await page.getByTestId("net-title").textContent(), /layer 1, unit/);
  await page.keyboard.press("Enter");
  assert.match(await focused(), /^net-w\d+$/);
  const hash = await page.evaluate(() => location.hash);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((old) => location.hash !== old && location.hash.includes("@50:w"), hash);
  await page.keyboard.press("Escape");
  assert.equal(await focused(), at);
  assert.ok(await page.getByTestId("net-edit").isHidden());
  await page.getByTestId("net-picture").focus();
  const middle = await page.getByTestId("net-readout").textContent();
  await page.keyboard.press("ArrowUp");
  assert.match(middle, /^x 0, y 0/);
  assert.match(await page.getByTestId("net-readout").textContent(), /^x 0, y 0.25/);
});

pageTest("a line reads its weight and opens its editor", {}, async ({ page, open }) => {
  await openAtRest(page, open, LINE);
  const [from, to] = [await unit(page, 0, 0).boundingBox(), await unit(page, 1, 0).boundingBox()];
  await page.mouse.move(from.x + from.width + 6, from.y + from.height / 2);
  assert.match(await page.getByTestId("net-readout").textContent(), /output.* ← x: /);
  await page.mouse.click(from.x + from.width + 6, from.y + from.height / 2);
  assert.equal(await page.locator(".graph-param[data-on=true]").count(), 1);
  assert.ok(to.x > from.x);
});

// Opening another page stops what the first one was still loading.
pageTest("pressing a run among the others opens it; what is ticked is in the link", { allow: [/icon\.svg/] }, async ({ page, open }) => {
  await openAtRest(page, open, `${RACE}&step=100`);
  const card = (i) => page.locator(`.graph-card[data-run="${i}"]`);
  assert.equal(await card(0).getAttribute("aria-pressed"), "true");
  assert.match(await card(1).textContent(), /train [\d.]+\s*test [\d.]+/);
  const before = await output(page);
  await card(1).click();
  await page.waitForFunction(() => document.querySelector('.graph-card[data-run="1"]').ariaPressed === "true");
  await page.waitForTimeout(900);
  assert.ok(apart(before, await output(page)) > 3);
  await page.getByTestId("net-discrete").check();
  await page.waitForFunction(() => location.hash.includes("show=network(discrete)"));
  await page.getByTestId("net-notest").uncheck();
  await page.waitForFunction(() => location.hash.includes("show=network(notest,discrete)"));
  const link = await page.evaluate(() => location.hash);
  await openAtRest(page, open, link);
  assert.ok(await page.getByTestId("net-discrete").isChecked());
  assert.ok(!(await page.getByTestId("net-notest").isChecked()));
});

pageTest("ten layers of sixteen units fit, and scroll inside where they do not", {}, async ({ page, open }) => {
  const deep = Array(10).fill(16).join("-");
  await openAtRest(page, open, `#v=1&network=${deep}(activation=relu)&data=xor&run=adam:lr=0.003,batch=16&steps=20&step=5`);
  const box = await unit(page, 5, 7).boundingBox();
  assert.ok(box.width >= 18 && box.height >= 18);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px too wide`);
});

pageTest("on a phone nothing overflows and units can be pressed", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await openAtRest(page, open, `${RACE}&step=50`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px too wide`);
  const box = await unit(page, 1, 1).boundingBox();
  assert.ok(box.width >= 44 && box.height >= 44);
  await unit(page, 1, 1).tap();
  assert.ok(await page.getByTestId("net-edit").isVisible());
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
});

for (const theme of ["light", "dark"]) {
  pageTest(`the ${theme} network can be used by everyone`, { theme }, async ({ page, open }) => {
    await openAtRest(page, open, `${RACE}&step=50`);
    await unit(page, 1, 1).click();
    await assertAccessible(page, "[data-testid=net-graph]");
  });
}
