// The layers of a network over the steps, its classes, the numbers of networks on the chart, and what runs cost.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { DESKTOP, PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const VANISHING =
  "network=6-6-6-6-6-6-6-6-6-6(activation=sigmoid)&data=circle(n=200)&steps=200&run=sgd:lr=0.5&run=adam:lr=0.01";
const THREE = "network=6-5&data=gauss(n=120;classes=3)&steps=200&run=muon:lr=0.02,batch=16&run=adam:lr=0.02,batch=16";

const text = (page, name) => page.locator(id(name)).innerText();
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const shown = async (page, open, link) => {
  await open(`#v=1&${link}`);
  await labReady(page);
  await page.waitForSelector(`${id("network")} .net-view`);
};
/** Waits until an element says something like this. */
const says = async (page, name, pattern) => {
  await page.waitForFunction(
    ([name, source]) => new RegExp(source).test(document.querySelector(`[data-testid=${name}]`)?.textContent ?? ""),
    [name, pattern.source],
    { timeout: 20_000 },
  );
  return page.locator(id(name)).textContent();
};
const seek = (page, to) =>
  page.locator(id("timeline")).evaluate((range, to) => {
    range.value = to;
    range.dispatchEvent(new Event("input", { bubbles: true }));
    range.dispatchEvent(new Event("change", { bubbles: true }));
  }, to);
/** Waits until all runs are trained. */
const trained = (page) =>
  page.waitForFunction(() => ![...document.querySelectorAll(".status:not([hidden])")].some((p) => p.textContent.startsWith("Training")), null, { timeout: 60_000 });
/** 4·10⁻⁷ as a number. */
const number = (words) => {
  const raised = { "⁻": "-", "⁰": 0, "¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9 };
  return Number(words.replace(/^10/, "1·10").replace(/·10([⁻⁰¹²³⁴-⁹]+)$/, (_, power) => `e${[...power].map((c) => raised[c]).join("")}`));
};
/** The numbers of a table's row. */
const row = (page, table, n) => page.locator(`${id(table)} tbody tr:nth-child(${n}) td`).allInnerTexts();

pageTest("where gradients vanish a sentence says by how much, with the numbers of the table", {}, async ({ page, open }) => {
  await shown(page, open, `${VANISHING}&show=layers&step=0`);
  const words = await says(page, "layers-sentence", /^The first layer's gradient is .*: [\d,]+ times smaller\.$/);
  const [, first, last, times] = words.match(/is (\S+), the last one's (\S+): ([\d,]+) times/);
  const factor = number(last) / number(first);
  assert.ok(factor > 10_000, words);
  assert.ok(Math.abs(Number(times.replaceAll(",", "")) / factor - 1) < 0.5, words);
  assert.ok(Math.abs(number(first) / number((await row(page, "layers-table", 1))[1]) - 1) < 0.05);
  assert.ok(Math.abs(number(last) / number((await row(page, "layers-table", 11))[1]) - 1) < 0.05);
  assert.equal(await page.locator(`${id("layers-curves")} path`).count(), 11);
  assert.equal(await page.locator(id("layers-histogram")).count(), 11);
  const label = await page.locator(id("layers-curves")).getAttribute("aria-label");
  assert.match(label, /^Length of the gradient .*, at step 0: layer 1 [\d.e−-]+, .*output [\d.e−-]+$/);
});

pageTest("every example is in the confusion tables once, and they follow the cursor", {}, async ({ page, open }) => {
  await shown(page, open, `${THREE}&show=layers&step=0`);
  const counts = async (name) => {
    const cells = await page.locator(`${id(name)} td b`).allInnerTexts();
    return cells.map(Number);
  };
  await says(page, "confusion-train", /at step 0: \d+ of 60 right/);
  const before = await counts("confusion-train");
  assert.equal(before.length, 9);
  await seek(page, 200);
  const caption = await says(page, "confusion-train", /at step 200: \d+ of 60 right/);
  for (const name of ["confusion-train", "confusion-test"]) {
    const cells = await counts(name);
    assert.equal(cells.reduce((a, b) => a + b), 60, name);
    if (name.endsWith("train")) assert.equal(cells[0] + cells[4] + cells[8], Number(caption.match(/(\d+) of 60/)[1]));
  }
  assert.notDeepEqual(await counts("confusion-train"), before);
});

pageTest("what is shown of the layers is in the link, and a press on a curve moves the cursor", {}, async ({ page, open }) => {
  await shown(page, open, `${THREE}&show=layers&step=0`);
  await says(page, "layers-values", /^Of W of layer 1: [\d.]+ to [\d.]+\.$/);
  await page.locator(id("layers-spread")).click();
  await linkHas(page, "show=layers(spread)");
  assert.equal(await page.locator(id("layers-spread")).getAttribute("aria-pressed"), "true");
  await page.locator(id("layers-layer")).selectOption({ label: "layer 2" });
  await linkHas(page, "show=layers(spread;layer-2)");
  await page.locator(id("layers-steps")).click();
  await linkHas(page, "show=layers(spread;layer-2;steps)");
  await says(page, "layers-values", /^Of the step of layer 2: \S+ to \S+\.$/);
  // Muon makes all that comes through nearly alike; the last direction the first batch leaves as good as empty.
  const words = await page.locator(id("layers-singular")).getAttribute("aria-label");
  const [first, , , fourth] = words.match(/: (.*)$/)[1].split(", ").map(Number);
  assert.ok(first / fourth < 2, words);
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=layers-singular] path").length === 5);
  await page.reload();
  await labReady(page);
  await says(page, "layers-values", /^Of the step of layer 2/);
  const inner = page.locator(`${id("layers-curves")} .inner`);
  const { x, y, width, height } = await inner.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await linkHas(page, "step=100");
});

pageTest("histograms keep their bins along the run", {}, async ({ page, open }) => {
  await shown(page, open, `${THREE}&show=layers&step=0`);
  await says(page, "layers-bins", /^At step 0;/);
  const ends = () => page.locator(".histograms .ends").allInnerTexts();
  await trained(page);
  await says(page, "layers-bins", /^At step 0;/);
  const before = await ends();
  await seek(page, 150);
  await says(page, "layers-bins", /^At step 150;/);
  assert.deepEqual(await ends(), before);
});

pageTest("regression has losses in place of classes", {}, async ({ page, open }) => {
  await shown(page, open, "network=4&data=sine(n=80)&steps=100&run=adam:lr=0.02&show=layers&step=100");
  await says(page, "layers-losses", /^Numbers have no classes to mistake\. Mean loss at step \d+: [\d.e-]+ on training examples, [\d.e-]+ on test/);
  assert.equal(await page.locator(id("confusion-train")).count(), 0);
});

pageTest("the chart has training and test loss, accuracy and mini-batches of networks, and nothing of them on surfaces", {}, async ({ page, open }) => {
  await shown(page, open, `${THREE}&step=200`);
  const at = async (share) => {
    const { x, y, width, height } = await page.locator(id("chart")).boundingBox();
    await page.mouse.move(x + share * width, y + height / 2);
    return page.locator(id("chart-readout")).textContent();
  };
  assert.match(await at(0.5), /^step \d+ {2}. [\d.e-]+ \/ [\d.e-]+ {2}. [\d.e-]+ \/ [\d.e-]+$/);
  await page.locator(id("chart-accuracy")).click();
  await linkHas(page, "chart=accuracy");
  await page.waitForTimeout(200);
  const right = (await at(0.9)).match(/ ([\d.]+) \/ ([\d.]+)/).slice(1).map(Number);
  assert.ok(right.every((share) => share > 0.5 && share <= 1), String(right));
  await page.locator(id("chart-batch")).click();
  await linkHas(page, "chart=batch");
  await page.waitForTimeout(200);
  assert.match(await at(0.5), /^step \d+ {2}. [\d.e-]+ {2}. [\d.e-]+$/);
  await page.locator(id("Surface")).click();
  await linkHas(page, "surface=");
  assert.equal(await page.locator(id("chart-accuracy")).isVisible(), false);
});

pageTest("eight runs of 5,000 mini-batches are drawn in the time of a frame", {}, async ({ page, open }) => {
  const runs = "&run=sgd:lr=0.05,batch=4".repeat(8);
  await shown(page, open, `network=2&data=circle(n=20)&steps=5000${runs}&chart=batch&step=0`);
  await trained(page);
  const times = await page.evaluate(async () => {
    const { name } = performance.getEntriesByType("resource").find((entry) => /\/lab\.js\?/.test(entry.name));
    const lab = await import(name);
    const area = document.querySelector("[data-testid=chart]");
    const link = location.hash;
    const times = [];
    for (let n = 0; n < 30; n += 1) {
      const begin = performance.now();
      lab.chart(area, link, new Float64Array([0]), false, false);
      times.push(performance.now() - begin);
      await new Promise(requestAnimationFrame);
    }
    return times.sort((a, b) => a - b);
  });
  console.log(`      8 × 5,000 mini-batches: median ${times[15].toFixed(1)} ms`);
  assert.ok(times[15] < 16, `${times[15]} ms`);
});

pageTest("costs stand on cards and beside each other, and a loss to be reached can be set", {}, async ({ page, open }) => {
  await shown(page, open, `${THREE}&step=200`);
  await trained(page);
  const line = await says(page, "run-0-cost", /^[\d.]+ [kM] multiply-adds · [\d.]+ [nµ]J · state [\d.]+ k?B$/);
  await page.locator(id("run-0-cost")).click();
  await linkHas(page, "show=cost");
  const spent = await row(page, "cost-spent", 1);
  assert.ok(line.startsWith(`${spent[4]} multiply-adds · ${spent[5]}`), `${line} | ${spent}`);
  // Of 2-6-5-3: forward 12 + 30 + 15, backward that and 30 + 15.
  assert.deepEqual((await row(page, "cost-each", 2)).slice(0, 2), ["57", "102"]);
  await page.locator(id("cost-loss")).fill("0.5");
  await page.locator(id("cost-loss")).press("Enter");
  await linkHas(page, "show=cost(0.5)");
  const reached = await row(page, "cost-reached", 2);
  assert.match(reached[0], /^\d+$/);
  await page.locator(id("cost-which")).selectOption("test");
  await linkHas(page, "show=cost(test;0.5)");
  await page.locator(id("cost-loss")).fill("1e-11");
  await page.locator(id("cost-loss")).press("Enter");
  await page.waitForFunction(() => document.querySelector("[data-testid=cost-reached] td").textContent === "never");
  await page.locator(id("cost-loss")).fill("little");
  await page.locator(id("cost-loss")).press("Enter");
  assert.equal(await page.locator("#cost-wrong").innerText(), "A positive number is needed, as 0.1.");
  assert.equal(await page.locator(id("cost-loss")).inputValue(), "little");
});

pageTest("the keyboard alone chooses what is shown of the layers", {}, async ({ page, open }) => {
  await shown(page, open, `${THREE}&step=50`);
  await page.locator(id("net-layers")).focus();
  await page.keyboard.press("Enter");
  await linkHas(page, "show=layers");
  await page.locator(id("layers-gradient")).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await linkHas(page, "show=layers(weights)");
});

for (const theme of ["light", "dark"]) {
  for (const view of ["layers", "cost"]) {
    pageTest(`the view ${view} is accessible, ${theme}`, { theme, viewport: DESKTOP }, async ({ page, open }) => {
      await shown(page, open, `${THREE}&show=${view}&step=100`);
      await page.waitForTimeout(500);
      await assertAccessible(page);
    });
  }
}

pageTest("on a phone layers and costs stand below each other and nothing is wider than the screen", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  for (const view of ["layers", "cost"]) {
    await shown(page, open, `${VANISHING}&show=${view}&step=100`);
    await page.waitForTimeout(400);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `${view}: ${wide} px wide`);
    const small = await page.locator(`.${view === "cost" ? "costs" : "layers"} :is(button, select, input)`).evaluateAll((all) =>
      all.map((e) => [e.dataset.testid, e.getBoundingClientRect()]).filter(([, r]) => r.height > 0 && r.height < 44).map(([name]) => name),
    );
    assert.deepEqual(small, []);
  }
});
