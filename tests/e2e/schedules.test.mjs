// Schedules and modifiers in a run's card: drawn by hand, one after another, as lists; by pointer, finger and keyboard.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { drag, middleOf, touchDrag } from "./lib/gestures.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const linkLacks = (page, part) =>
  page.waitForFunction((text) => !decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const loss = (page) => page.locator(id("run-0-loss")).innerText();
const rate = (page) => page.locator(id("run-0-rate")).innerText();

const DRAWN = "#v=1&surface=rosenbrock&run=adam:lr=0.05,schedule=drawn(factors=0.2/1/0.5)&step=500";

pageTest("a point of a drawn schedule is dragged: the path bends, the link holds it, undo takes it back", {}, async ({ page, open }) => {
  await open(DRAWN.replace("step=500", "step=0"));
  await page.locator(id("run-0-schedule-point-1")).waitFor();
  const curve = () => page.locator(".rates .rate").getAttribute("points");
  const before = await curve();
  await page.keyboard.press("End");
  await linkHas(page, "step=500");
  const lossBefore = await loss(page);
  const from = await middleOf(page.locator(id("run-0-schedule-point-1")));
  await drag(page, from, { x: from.x, y: from.y + 40 });
  const value = Number(await page.locator(id("run-0-schedule-point-1")).getAttribute("aria-valuenow"));
  assert.ok(value > 0.4 && value < 0.8, `${value}`);
  await linkHas(page, `drawn(factors=0.2/${value}/0.5)`);
  assert.doesNotMatch(await fragment(page), /edit=/, "after the last step a change means the whole run");
  assert.match(await page.locator(id("run-0-schedule-readout")).innerText(), new RegExp(`point 2 of 3: × ${value} at its step 250`));
  assert.notEqual(await curve(), before);
  const lossAfter = await loss(page);
  assert.notEqual(lossAfter, lossBefore, "another rate is another run");
  await page.reload();
  await page.locator(id("run-0-schedule-point-1")).waitFor();
  assert.equal(await page.locator(id("run-0-schedule-point-1")).getAttribute("aria-valuenow"), String(value));
  assert.equal(await loss(page), lossAfter);
  const again = await middleOf(page.locator(id("run-0-schedule-point-0")));
  await drag(page, again, { x: again.x, y: again.y - 30 });
  await linkLacks(page, "factors=0.2/");
  await page.locator(id("undo")).click();
  await linkHas(page, `factors=0.2/${value}/0.5`);
  assert.ok(await page.locator(id("undo")).isDisabled(), "one gesture is one step back");
});

pageTest("a stroke over a drawn schedule takes all points that it passes", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05,schedule=drawn(factors=1/1/1/1/1/1/1)&step=0");
  const first = await middleOf(page.locator(id("run-0-schedule-point-0")));
  const last = await middleOf(page.locator(id("run-0-schedule-point-6")));
  const y = first.y + 50;
  await drag(page, { x: first.x + 2, y }, { x: last.x - 2, y });
  await page.waitForFunction(() => /factors=(0\.\d+)\/\1\/\1\/\1\/\1\/\1\/\1\)/.test(decodeURIComponent(location.hash)));
});

pageTest("the points of a drawn schedule are moved, added and removed by keyboard", {}, async ({ page, open }) => {
  await open(DRAWN.replace("step=500", "step=0"));
  await page.locator(id("run-0-schedule-point-0")).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowDown");
  await linkHas(page, "factors=0.2/0.89/0.5");
  assert.equal(await page.locator(id("step")).innerText(), "step 0 / 500", "the keys are the point's");
  await page.keyboard.press("Delete");
  await linkHas(page, "factors=0.2/0.5");
  assert.equal(await page.locator(".point").count(), 2);
  assert.ok(await page.locator(id("run-0-schedule-fewer")).isDisabled(), "two points make a line");
  await page.locator(id("run-0-schedule-more")).click();
  await linkHas(page, "factors=0.2/0.35/0.5");
  await page.locator(id("run-0-schedule-point-1")).focus();
  await page.keyboard.press("ArrowUp");
  await linkHas(page, "factors=0.2/0.36/0.5");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "run-0-schedule-point-1", "the focus stays");
  await page.keyboard.press("Control+z");
  await linkHas(page, "factors=0.2/0.35/0.5");
});

pageTest("a finger drags a point, and nothing scrolls or is too small", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(DRAWN.replace("step=500", "step=0"));
  const from = await middleOf(page.locator(id("run-0-schedule-point-1")));
  const scrolled = await page.evaluate(() => scrollY);
  await touchDrag(page, { x: from.x + 6, y: from.y + 4 }, { x: from.x + 8, y: from.y + 44 });
  await page.waitForFunction(() => /factors=0\.2\/0\.\d+\/0\.5/.test(decodeURIComponent(location.hash)));
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
  for (const name of ["run-0-schedule", "run-0-schedule-more", "run-0-schedule-add"]) {
    const box = await page.locator(id(name)).boundingBox();
    assert.ok(box.height >= 43.5, `${name} is large enough for a finger`);
  }
});

pageTest("schedules follow one another, each with its own settings", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05,schedule=linear(end=0.5)&step=0");
  await page.locator(id("run-0-schedule-add")).click();
  await linkHas(page, "schedule=linear(end=0.5)+250+cosine");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "run-0-schedule-add", "the focus stays");
  await page.locator(id("run-0-schedule2-after-number")).fill("50");
  await page.locator(id("run-0-schedule2-after-number")).press("Enter");
  await page.locator(id("run-0-schedule2-t_max-number")).fill("100");
  await page.locator(id("run-0-schedule2-t_max-number")).press("Enter");
  await linkHas(page, "schedule=linear(end=0.5)+50+cosine(t_max=100)");
  await page.locator(id("run-0-schedule2-min-number")).fill("0.1");
  await page.locator(id("run-0-schedule2-min-number")).press("Enter");
  await linkHas(page, "+50+cosine(t_max=100;min=0.1)");
  await page.locator(id("end")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-rate]").textContent.startsWith("× 0.1 "));
  await page.reload();
  await page.locator(id("run-0-schedule2-t_max-number")).waitFor();
  assert.equal(await page.locator(id("run-0-schedule2-t_max-number")).inputValue(), "100");
  assert.equal(await page.locator(id("run-0-schedule2-after-number")).inputValue(), "50");
  await page.locator(id("run-0-schedule-remove")).click();
  await linkHas(page, "schedule=cosine(t_max=100;min=0.1)&");
  await page.locator(id("undo")).click();
  await linkHas(page, "linear(end=0.5)+50+cosine(t_max=100;min=0.1)");
});

pageTest("eight schedules are the most", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:schedule=constant+9+constant+9+constant+9+constant+9+constant+9+constant+9+step&step=0");
  await page.locator(id("run-0-schedule-add")).click();
  await page.locator(id("run-0-schedule8")).waitFor();
  assert.ok(await page.locator(id("run-0-schedule-add")).isDisabled());
});

pageTest("milestones that are nonsense keep the last good ones and say what is wrong", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05,schedule=multi_step(milestones=10/30)&step=0");
  const field = page.locator(id("run-0-schedule-milestones"));
  assert.equal(await field.inputValue(), "10, 30");
  for (const wrong of ["30, 10", "x", "", "-1", "1e9", "1 2 3 4 5 6 7 8 9 ".repeat(5)]) {
    await field.fill(wrong);
    await field.press("Enter");
    assert.match(await page.locator(".param .problem:visible").innerText(), /milestones: .+ is not 1 to 32 numbers from 0 to 20000/, wrong);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await field.inputValue(), wrong, "what was typed stays to be mended");
  }
  await page.locator(id("forward")).click();
  await linkHas(page, "step=1");
  assert.match(await fragment(page), /milestones=10\/30/);
  await field.fill("20 40; 60");
  await field.press("Enter");
  assert.equal(await page.locator(".param .problem:visible").count(), 0);
  await page.locator(id("back")).click();
  await linkHas(page, "edit=1@1:schedule=multi_step(milestones=20/40/60)");
  await page.locator(id("forward")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-schedule-milestones]").value === "20, 40, 60");
  await field.fill("zz");
  await field.press("Enter");
  await field.press("Escape");
  assert.equal(await field.inputValue(), "20, 40, 60");
});

pageTest("a schedule changed while it plays is an edit with its step, and the picture shows both", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05&step=100");
  await page.locator(id("run-0-schedule")).selectOption("linear");
  await linkHas(page, "edit=1@100:schedule=linear");
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-rate]").textContent.startsWith("× 0.8 "));
  assert.match(await rate(page), /lr 0\.04$/);
  const heights = (await page.locator(".rates .rate").getAttribute("points")).trim().split(" ").map((p) => Number(p.split(",")[1]));
  assert.ok(heights[20] === 0 && heights.at(-1) > 95, "the full rate before, and down to nothing after");
});

pageTest("what a schedule does to the momentum, and what a plateau made of the rate, can be seen", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=momentum:lr=0.001,schedule=one_cycle&run=sgd:lr=0.001&step=0");
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-rate]")?.textContent.includes("μ 0.95"));
  assert.ok((await page.locator(".rates .momentum").getAttribute("points")).length > 100);
  await open("#v=1&surface=ravine&run=sgd:lr=0.1,schedule=reduce_on_plateau(factor=0.5;patience=3)&start=0,0.5&step=500");
  await page.waitForFunction(() => /^× [\d.e-]+ /.test(document.querySelector("[data-testid=run-0-rate]")?.textContent ?? ""));
  const factor = Number((await rate(page)).match(/^× ([\d.e-]+)/)[1]);
  assert.ok(factor > 0 && factor <= 0.5, `× ${factor}`);
});

pageTest("modifiers stand in the order in which they act, and show what they are made of", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05,workers=4/10,precision=f16/1024&step=0");
  const section = page.locator(id("run-0-modifiers"));
  await page.locator(id("run-0-use-centralise")).waitFor();
  assert.match(await section.locator("summary").innerText(), /Modifiers: Parallel workers, Low precision/);
  assert.deepEqual(await section.locator("legend").allInnerTexts(), ["In place of the plain gradient", "On the gradient, before the rule", "After the rule"]);
  assert.equal(await section.locator("[type=checkbox][data-testid^=run-0-use-]").count(), 20);
  assert.match(await section.innerText(), /mean\(g\) in every row\s+Does nothing here: it is for matrices/);
  assert.equal(await page.locator(id("run-0-precision")).inputValue(), "f16");
  assert.equal(await page.locator(id("run-0-local_steps-number")).inputValue(), "10");
  await page.locator(id("run-0-use-lookahead")).check();
  await linkHas(page, "lookahead=");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "run-0-use-lookahead", "the focus stays");
  await page.locator(id("run-0-precision")).selectOption("bf16");
  await linkHas(page, "precision=bf16/1024");
  await page.locator(id("run-0-use-workers")).uncheck();
  await linkLacks(page, "workers=");
});

for (const theme of ["light", "dark"]) {
  for (const viewport of [{ width: 1366, height: 768 }, PHONE]) {
    pageTest(`axe finds nothing in schedules and modifiers, ${theme}, ${viewport.width} wide`, { theme, viewport }, async ({ page, open }) => {
      const many = Array.from({ length: 12 }, (_, i) => i / 12).join("/");
      await open(`#v=1&surface=ravine&run=adam:lr=0.05,schedule=drawn(factors=${many};total=60)+60+multi_step+90+one_cycle,clip_norm=1,precision=bf16&step=20&theme=${theme}`);
      await labReady(page);
      await page.locator(id("run-0-use-centralise")).waitFor();
      await page.locator(id("run-0-schedule2-milestones")).fill("no");
      await page.locator(id("run-0-schedule2-milestones")).press("Enter");
      await assertAccessible(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
    });
  }
}
