// Problems whose parameters are a matrix: what stands on the stage in place of a map.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { countPixels, readCanvas } from "./lib/canvas.mjs";
import { DESKTOP, PHONE, pageTest } from "./lib/harness.mjs";
import { chooseSurface } from "./lib/surfaces.mjs";

const id = (name) => `[data-testid=${name}]`;
const RUNS = "run=muon:lr=0.05&run=adam:lr=0.03&run=sgd:lr=2";
const MEMORY = `#v=1&problem=associative_memory&steps=200&${RUNS}`;
const LEAST_SQUARES = `#v=1&problem=matrix_lsq&steps=200&run=adam:lr=0.02&run=sgd:lr=0.05`;

const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const label = (page, name) => page.locator(id(name)).getAttribute("aria-label");
/** The numbers after the colon of a label. */
const numbers = (text) => text.replaceAll("−", "-").split(": ")[1].split(", at")[0].split(/[,;] /).map(Number);
const drawn = async (page, open, link) => {
  await open(link);
  await labReady(page);
  await page.waitForSelector(id("matrix-w"));
};

pageTest("a matrix is chosen among the surfaces, stands on the stage, and gives way to a surface again", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&view=-1,1,-1,1&run=adam:lr=0.05&step=10");
  await labReady(page);
  await chooseSurface(page, "matrix_lsq");
  await page.waitForSelector(id("matrix-w"));
  await linkHas(page, "problem=matrix_lsq");
  assert.equal(await page.locator(".formula").innerText(), "½‖A W − B‖²");
  assert.equal(await page.locator(`${id("matrix-w")} rect`).count(), 16, "4 by 4");
  assert.match(await page.locator(`${id("matrix-w")} text`).first().textContent(), /^−?\d(\.\d\d)?$/);
  for (const gone of [id("start-pin"), ".zoom", ".plot > canvas"]) {
    assert.equal(await page.locator(gone).first().isVisible(), false, `${gone} is of the plane`);
  }
  assert.match(await page.locator(id("run-0-loss")).innerText(), /^loss \d/);
  const chart = await readCanvas(page, "[data-testid=chart] canvas");
  assert.ok(countPixels(chart, [213, 94, 0], 40) > 20, "the loss is charted");
  await page.locator(id("stage")).hover();
  await page.mouse.wheel(0, 200);
  await page.keyboard.press("+");
  await chooseSurface(page, "himmelblau");
  await linkHas(page, "surface=himmelblau");
  assert.doesNotMatch(await fragment(page), /view|problem/, "what was pressed meanwhile has moved nothing");
  for (const back of [id("start-pin"), ".zoom", ".plot > canvas"]) assert.ok(await page.locator(back).first().isVisible(), back);
  assert.equal(await page.locator(id("matrix")).isVisible(), false);
  const map = await readCanvas(page, "[data-testid=stage] canvas:nth-of-type(1)");
  assert.ok(countPixels(map, [68, 1, 84], 40) > 300, "the map is back");
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=surface]").value === "matrix_lsq");
});

pageTest("its parameters are sliders among the settings, and can be undone", {}, async ({ page, open }) => {
  await drawn(page, open, `${MEMORY}&step=20`);
  await page.locator(`${id("settings")} > summary`).click();
  assert.equal(await page.locator(id("shared-x-number")).count(), 0, "a matrix has a start of its own");
  for (const [name, key, value] of [["k", "k", "4"], ["a", "a", "1.5"], ["smoothing", "smoothing", "0.3"]]) {
    await page.locator(id(`problem-${name}-number`)).fill(value);
    await page.locator(id(`problem-${name}-number`)).press("Enter");
    await linkHas(page, `${key}=${value}`);
  }
  assert.equal(await page.locator(id("problem-a")).getAttribute("type"), "range");
  assert.equal(await page.locator(`${id("matrix-w")} rect`).count(), 16);
  await page.locator(id("problem-k-number")).fill("99");
  await page.locator(id("problem-k-number")).press("Enter");
  assert.match(await page.locator(".param:has([data-testid=problem-k]) .problem").innerText(), /8/);
  for (let n = 0; n < 3; n += 1) await page.locator(id("undo")).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=matrix-w] rect").length === 64);
});

pageTest("what is shown follows the cursor, and a press in the curves or a key moves it", {}, async ({ page, open }) => {
  await drawn(page, open, `${MEMORY}&step=0`);
  assert.match(await label(page, "matrix-w"), /^W of Run 1, Muon.* at step 0: 8 by 8, entries from 0 to 0$/);
  assert.deepEqual(new Set(numbers(await label(page, "matrix-singular"))), new Set([0]));
  await page.keyboard.press("Shift+ArrowRight");
  await page.waitForFunction(() => /at step 10: /.test(document.querySelector("[data-testid=matrix-w]").getAttribute("aria-label")));
  const values = numbers(await label(page, "matrix-singular"));
  assert.equal(values.length, 8);
  assert.ok(values.every((v, i) => v > 0 && (i === 0 || v <= values[i - 1])), "the largest first");
  const line = page.locator(`${id("matrix-singular")} .now`);
  assert.equal(await line.evaluate((line) => line.style.left), "5%");
  const area = await page.locator(`${id("matrix-singular")} .inner`).boundingBox();
  await page.mouse.click(area.x + 0.5 * area.width, area.y + 0.5 * area.height);
  await page.waitForFunction(() => Math.abs(Number(document.querySelector("[data-testid=step] b").textContent) - 100) <= 1);
  assert.match(await label(page, "matrix-items"), /^Loss of each item, the most frequent first: [\d.e, -]+, at step (99|100|101)$/);
  assert.equal(numbers(await label(page, "matrix-items")).length, 8);
  assert.match(await page.locator(`${id("matrix")} .pictures`).nth(2).getAttribute("aria-label"), /^Run 3, .* at step .*: loss .*; singular values of W from .*; losses of the items from/);
});

pageTest("the singular values are of W or of the step, which the link keeps: Muon's steps are even", {}, async ({ page, open }) => {
  await drawn(page, open, `${MEMORY}&step=5`);
  const spread = async () => {
    const all = numbers(await label(page, "matrix-singular"));
    return all[0] / all.at(-2); // the last is rounding: logits have no mean
  };
  await page.getByRole("button", { name: "of the step" }).focus();
  await page.keyboard.press("Enter");
  await linkHas(page, "singular=steps");
  await page.waitForFunction(() => /of the step/.test(document.querySelector("[data-testid=matrix-singular]").getAttribute("aria-label")));
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "of the step", "the focus stays");
  assert.equal(await page.getByRole("button", { name: "of the step" }).getAttribute("aria-pressed"), "true");
  const muon = await spread();
  await page.locator(id("matrix")).getByRole("button", { name: "Gradient descent" }).click();
  await page.waitForFunction(() => /Run 3/.test(document.querySelector("[data-testid=matrix-w]").getAttribute("aria-label")));
  assert.equal(await page.locator(id("run-2-head")).getAttribute("aria-expanded"), "true", "its card is open");
  const plain = await spread();
  assert.ok(muon < 2.5 && plain > 8, `${muon} of Muon, ${plain} of gradient descent`);
  await drawn(page, open, await fragment(page));
  assert.match(await label(page, "matrix-singular"), /of the step/);
  await page.getByRole("button", { name: "of W" }).click();
  await page.waitForFunction(() => !location.hash.includes("singular"));
});

pageTest("where the solution is known it stands beside W, in numbers that W reaches", {}, async ({ page, open }) => {
  await drawn(page, open, `${LEAST_SQUARES.replace("steps=200", "steps=2000")}&step=2000`);
  const maps = page.locator(`${id("matrix")} .maps .heat`);
  const [w, solution] = await maps.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  assert.match(solution, /^A solution, row by row: /);
  const [reached, wanted] = [w, solution].map(numbers);
  assert.equal(reached.length, 16);
  assert.ok(reached.every((v, i) => Math.abs(v - wanted[i]) < 1e-3), `${reached} is not ${wanted}`);
  await drawn(page, open, "#v=1&problem=associative_memory(smoothing=0)&run=muon&step=3");
  assert.equal(await page.locator(`${id("matrix")} .maps .heat`).count(), 1, "it lies at infinity");
});

pageTest("a run that diverges keeps its last finite matrix, and no run at all is a message", {}, async ({ page, open }) => {
  await drawn(page, open, "#v=1&problem=matrix_lsq&run=sgd:lr=5&run=adam&step=400");
  assert.match(await page.locator(id("run-0-status")).innerText(), /Diverged/);
  assert.match(await label(page, "matrix-w"), /at step \d+, row by row: -?\d/);
  await open("#v=1&problem=matrix_lsq&run=none");
  await labReady(page);
  await page.waitForFunction(() => /Add a run/.test(document.querySelector("[data-testid=matrix]").textContent));
});

for (const [viewport, theme] of [
  [DESKTOP, "light"],
  [{ width: 768, height: 1024 }, "dark"],
  [PHONE, "light"],
  [PHONE, "dark"],
]) {
  const size = `${viewport.width}×${viewport.height}, ${theme}`;
  pageTest(`matrices are accessible and fit at ${size}`, { viewport, theme, touch: viewport === PHONE }, async ({ page, open }) => {
    await drawn(page, open, `${MEMORY}&step=60`);
    await assertAccessible(page);
    const [inside, outside] = await page.locator(id("matrix")).evaluate((e) => [e.scrollWidth, e.clientWidth]);
    assert.ok(inside <= outside, "nothing is cut off at the side");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
}
