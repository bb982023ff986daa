// The settings of data and network, beside the views of a network.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { countPixels, readCanvas } from "./lib/canvas.mjs";
import { drag, middleOf, touchDrag } from "./lib/gestures.mjs";
import { DESKTOP, PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const SPIRAL = "#v=1&network=8-8&data=spiral&run=adam:lr=0.03,batch=16&step=0";

const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const linkLacks = (page, part) =>
  page.waitForFunction((text) => !decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const textIs = (page, name, pattern) =>
  page.waitForFunction(
    ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    [id(name), pattern.source],
    { timeout: 15_000 },
  );
const drawn = async (page, open, link) => {
  await open(link);
  await labReady(page);
  await page.waitForSelector(id("net-sources"), { state: "attached" });
};
const undo = (page) => page.locator(id("undo")).click();
const pressed = (page, name) => page.locator(id(name)).getAttribute("aria-pressed");

pageTest("data are chosen by their pictures, with a pointer or arrow keys, and can be undone", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  assert.equal(await page.locator(id("net-data-spiral")).getAttribute("aria-checked"), "true");
  const picture = await readCanvas(page, `${id("net-data-spiral")} canvas`);
  assert.ok(countPixels(picture, [11, 92, 173], 10) > 50 && countPixels(picture, [199, 97, 8], 10) > 50, "both classes");
  await page.locator(id("net-data-moons")).click();
  await linkHas(page, "data=moons");
  assert.match(await page.locator(id("net-data-sentence")).innerText(), /\w+/);
  await page.locator(id("net-data-moons")).focus();
  await page.keyboard.press("ArrowRight");
  await linkHas(page, "data=checkerboard");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.source), "checkerboard", "the focus goes along");
  await page.keyboard.press("ArrowRight");
  await linkHas(page, "data=plane");
  assert.match(await page.locator(id("net-loss")).inputValue(), /^squared$/, "numbers need another loss");
  await textIs(page, "net-loss-note", /targets are numbers/);
  assert.equal(await page.locator(id("net-classes")).isVisible(), false, "a plane has no classes");
  const logistic = page.locator(`${id("net-loss")} option[value=logistic]`);
  assert.equal(await logistic.isDisabled(), true);
  assert.match(await logistic.textContent(), /two classes only/);
  for (const back of ["checkerboard", "moons", "spiral"]) {
    await undo(page);
    await linkHas(page, `data=${back}`);
  }
  assert.equal(await page.locator(id("net-loss")).inputValue(), "logistic");
});

pageTest("a drag of the noise is one step to undo, and the pictures follow it", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  const before = await readCanvas(page, `${id("net-data-circle")} canvas`);
  const middle = await middleOf(page.locator(id("net-noise")));
  await drag(page, { x: middle.x - 60, y: middle.y }, { x: middle.x + 60, y: middle.y });
  await linkHas(page, "noise=0.");
  const after = await readCanvas(page, `${id("net-data-circle")} canvas`);
  assert.notDeepEqual(after.data, before.data);
  await undo(page);
  await linkLacks(page, "noise");
  assert.equal(await page.locator(id("undo")).isDisabled(), true, "one step");
  await page.locator(id("net-noise-number")).fill("7");
  await page.locator(id("net-noise-number")).press("Enter");
  assert.match(await page.locator(`.param:has(${id("net-noise")}) .problem`).innerText(), /from 0 to 1/);
  await page.locator(id("net-noise-number")).press("Escape");
  await page.locator(id("net-data-seed-next")).click();
  await linkHas(page, "seed=1");
  await page.locator(id("net-points-number")).fill("100");
  await page.locator(id("net-points-number")).press("Enter");
  await linkHas(page, "n=100");
});

pageTest("more classes take another loss along, and say so", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(id("net-classes-number")).fill("4");
  await page.locator(id("net-classes-number")).press("Enter");
  await linkHas(page, "classes=4");
  assert.equal(await page.locator(id("net-loss")).inputValue(), "cross_entropy");
  await textIs(page, "net-loss-note", /4 classes/);
  await page.locator(id("net-loss")).selectOption("huber");
  await linkHas(page, "loss=huber");
  await page.locator(id("net-delta-number")).fill("0.5");
  await page.locator(id("net-delta-number")).press("Enter");
  await linkHas(page, "delta=0.5");
});

pageTest("layers are added, changed and removed; inputs switched; the size is told", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await textIs(page, "net-size", /^105 parameters; 88 multiply-adds an example, 248 /);
  await page.locator(id("net-add-layer")).click();
  await linkHas(page, "network=8-8-8");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "net-add-layer", "the focus stays");
  await page.locator(id("net-layer-2-activation")).selectOption("relu");
  await linkHas(page, "activation=tanh/relu/tanh");
  await page.locator(id("net-layer-3-norm")).selectOption("batch");
  await linkHas(page, "norm=none/none/batch");
  await page.locator(id("net-layer-1-more")).click();
  await linkHas(page, "network=9-8-8");
  await page.locator(id("net-layer-1-units")).fill("99");
  await page.locator(id("net-layer-1-units")).press("Enter");
  assert.match(await page.locator(`.net-layer:has(${id("net-layer-1-units")}) .problem`).innerText(), /1 to 16/);
  assert.match(await fragment(page), /network=9-8-8/, "the last good one stays");
  await page.locator(id("net-layer-1-units")).fill("16");
  await page.locator(id("net-layer-1-units")).press("Enter");
  await linkHas(page, "network=16-8-8");
  assert.equal(await page.locator(id("net-layer-1-more")).getAttribute("aria-disabled"), "true");
  await page.locator(id("net-all-activation")).selectOption("elu");
  await linkHas(page, "activation=elu;");
  await page.locator(id("net-layer-1-remove")).click();
  await linkHas(page, "network=8-8(");
  await page.locator(id("net-input-x2")).click();
  await linkHas(page, "features=x/y/x2");
  for (const off of ["x", "y"]) await page.locator(id(`net-input-${off}`)).click();
  await linkHas(page, "features=x2");
  await page.locator(id("net-input-x2")).click();
  assert.match(await page.locator(".net-inputs .problem").innerText(), /has to stay/);
  assert.equal(await pressed(page, "net-input-x2"), "true");
  for (const away of ["2", "1"]) await page.locator(id(`net-layer-${away}-remove`)).click();
  await linkHas(page, "network=0");
  await textIs(page, "net-size", /^2 parameters/);
  await undo(page);
  await linkHas(page, "network=8(");
});

pageTest("the start of the weights is set, and drawn anew", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(id("net-init")).selectOption("he_normal");
  await linkHas(page, "init=he_normal");
  await page.locator(id("net-seed-next")).click();
  await linkHas(page, "seed=1");
  await page.locator(id("net-scale")).focus();
  await page.keyboard.press("ArrowLeft");
  await linkHas(page, "scale=");
});

pageTest("a formula is taken while it is typed; a bad one says where, and the last data stay", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(id("net-data-formula")).click();
  await linkHas(page, "formula=sin(x)*y/3");
  const field = page.locator(id("net-formula"));
  await field.fill("x*y)");
  assert.match(await page.locator(".net-formula .problem").innerText(), /^Character 4: /);
  assert.equal(await page.locator(".net-formula mark").innerText(), ")");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.match(await fragment(page), /formula=sin\(x\)\*y\/3/, "the last good one stays");
  await field.press("Enter");
  assert.deepEqual(await field.evaluate((f) => [f.selectionStart, f.selectionEnd]), [3, 4], "Enter goes to the place");
  await field.fill("x*y/4");
  await linkHas(page, "formula=x*y/4");
  assert.equal(await page.locator(".net-formula .problem").isVisible(), false);
  await field.fill("a*x");
  assert.match(await page.locator(".net-formula .problem").innerText(), /\ba\b/, "a is no number");
  await field.press("Escape");
  assert.equal(await field.inputValue(), "x*y/4");
});

pageTest("points that are brushed land in the link and survive a reload", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(id("net-data-own")).click();
  assert.match(await page.locator(id("net-own-problem")).innerText(), /no points yet.*stay as they were/s);
  assert.match(await fragment(page), /data=spiral/, "too few points change nothing");
  const pad = page.locator(id("net-pad"));
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  const at = (x, y) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  await drag(page, at(0.2, 0.3), at(0.4, 0.3));
  await linkHas(page, "data=own");
  await page.keyboard.press("3");
  assert.equal(await pressed(page, "net-class-3"), "true", "keys choose the class");
  await drag(page, at(0.6, 0.7), at(0.8, 0.7));
  await textIs(page, "net-pad-said", /points: ● \d+, ■ \d+/);
  await page.waitForTimeout(400);
  const link = await fragment(page);
  const said = await page.locator(id("net-pad-said")).innerText();
  assert.match(link, /points=c[\w-]{20,}/);
  await drawn(page, open, link);
  assert.equal(await page.locator(id("net-pad-said")).innerText(), said);
  const picture = await readCanvas(page, id("net-pad"));
  assert.ok(countPixels(picture, [11, 92, 173], 10) > 20 && countPixels(picture, [0, 125, 88], 10) > 20);
  await page.locator(id("net-pad-erase")).click();
  await pad.scrollIntoViewIfNeeded();
  const there = await pad.boundingBox();
  const on = (x, y) => ({ x: there.x + x * there.width, y: there.y + y * there.height });
  await drag(page, on(0.55, 0.7), on(0.85, 0.7));
  await textIs(page, "net-pad-said", /^\d+ points: ● \d+$/);
  await undo(page);
  await textIs(page, "net-pad-said", new RegExp(said.replace("●", ".").replace("■", ".")));
});

pageTest("all of the pad can be done by keyboard", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(id("net-data-own")).focus();
  await page.keyboard.press("Enter");
  await page.locator(id("net-pad")).focus();
  for (const key of ["-", "-", "-", "Space", "ArrowRight", "2", "Space", "Shift+ArrowUp", "5", "Space"]) await page.keyboard.press(key);
  await textIs(page, "net-pad-said", /^3 points: ● 1, ▲ 1, ✚ 1$/);
  await linkHas(page, "data=own");
  assert.match(await page.locator(id("step")).innerText(), /\b0\b/, "neither space nor arrows went to the page");
  await page.keyboard.press("Delete");
  await textIs(page, "net-pad-said", /^2 points: ● 1, ▲ 1$/);
  await page.locator(id("net-pad-undo")).focus();
  await page.keyboard.press("Enter");
  await textIs(page, "net-pad-said", /^3 points/);
  await page.locator(id("net-pad-clear")).focus();
  await page.keyboard.press("Enter");
  await textIs(page, "net-own-problem", /no points yet/);
  await page.locator(id("net-data-circle")).click();
  await linkHas(page, "data=circle");
  assert.equal(await page.locator(id("net-pad")).isVisible(), false);
});

pageTest("a list names the lines that are wrong and loses nothing; a right one says how it was scaled", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(`${id("net-csv-part")} > summary`).click();
  const list = "x,y,label\n0,0,0\n1,two,1\n2,2\n";
  await page.locator(id("net-csv")).fill(list);
  await page.locator(id("net-csv-use")).click();
  const said = await page.locator(id("net-csv-said")).innerText();
  assert.match(said, /Line 3: “two” is no number/);
  assert.match(said, /Line 4: /);
  assert.equal(await page.locator(id("net-csv")).inputValue(), list);
  assert.match(await fragment(page), /data=spiral/);
  await page.locator(id("net-csv")).fill("0,0,0\n100,50,1\n40,20,1\n10,30,0");
  await page.locator(id("net-csv-use")).click();
  await linkHas(page, "data=own");
  assert.match(await page.locator(id("net-csv-said")).innerText(), /4 points.*range of x from 0 to 100/s);
  await textIs(page, "net-pad-said", /^4 points: ● 2, ▲ 2$/);
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(id("net-csv-save")).click()]);
  assert.equal(file.suggestedFilename(), "points.csv");
  const saved = await readFile(await file.path(), "utf8");
  assert.match(saved, /^x,y,class\n/);
  assert.equal(saved.trim().split("\n").length, 5);
  await undo(page);
  await linkHas(page, "data=spiral");
  await page.locator(id("net-csv-open")).setInputFiles({ name: "p.csv", mimeType: "text/csv", buffer: Buffer.from(saved) });
  await linkHas(page, "data=own");
  await textIs(page, "net-pad-said", /^4 points: ● 2, ▲ 2$/);
});

pageTest("points that are too many for a link are left out of it, and the page says so", {}, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(`${id("net-csv-part")} > summary`).click();
  const rows = Array.from({ length: 2000 }, (_, i) => `${(i % 50) / 10},${Math.floor(i / 50) / 10},${i % 2}`);
  const file = { name: "many.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) };
  await page.locator(id("net-csv-open")).setInputFiles(file);
  await textIs(page, "net-too-many", /2000 points are more than the 1199 .* leaves them out/);
  await linkHas(page, "data=own");
  assert.ok(!(await fragment(page)).includes("points="));
  await drawn(page, open, await fragment(page));
  assert.match(await page.locator(".notices").innerText(), /no points yet/);
});

pageTest("a scene loads its network, data and runs, says what to look for, and can be undone", {}, async ({ page, open }) => {
  await drawn(page, open, `${SPIRAL}&theme=dark`);
  await page.locator(id("net-scene")).selectOption("dead_relu");
  await linkHas(page, "activation=relu");
  assert.match(await fragment(page), /run=sgd:lr=5.*theme=dark/, "the colours are the reader's");
  await textIs(page, "net-scene-look", /no gradient ever brings them back/);
  assert.equal(await page.locator(id("net-scene")).inputValue(), "dead_relu");
  await page.locator(id("net-scene")).focus();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.querySelector("[data-testid=net-scene]").value === "zeros");
  await undo(page);
  await undo(page);
  await linkHas(page, "data=spiral");
  await textIs(page, "net-scene-look", /A scene sets everything/);
});

pageTest("batch size and dropout of all runs are set at once", {}, async ({ page, open }) => {
  await drawn(page, open, "#v=1&network=8-8&data=spiral&run=adam:lr=0.03,batch=16&run=sgd&step=0");
  assert.ok(await page.getByText("The runs differ").isVisible());
  await page.locator(id("net-batch-number")).fill("20");
  await page.locator(id("net-batch-number")).press("Enter");
  await linkHas(page, "run=adam:lr=0.03,batch=20&run=sgd:lr=0.001,batch=20");
  assert.equal(await page.getByText("The runs differ").isVisible(), false);
  await page.locator(id("net-use-dropout")).check();
  await page.waitForFunction(() => decodeURIComponent(location.hash).split("dropout=").length === 3);
  await undo(page);
  await linkLacks(page, "dropout");
  await undo(page);
  await linkHas(page, "run=adam:lr=0.03,batch=16&run=sgd:lr=0.001&");
});

pageTest("a finger draws on the pad and does not scroll the page", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await drawn(page, open, SPIRAL);
  await page.locator(`${id("net-section-data")} > summary`).tap();
  await page.locator(id("net-data-own")).tap();
  const pad = page.locator(id("net-pad"));
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  const top = await page.evaluate(() => scrollY);
  await touchDrag(page, { x: box.x + 60, y: box.y + 40 }, { x: box.x + 60, y: box.y + 160 });
  await linkHas(page, "data=own");
  assert.equal(await page.evaluate(() => scrollY), top);
});

for (const [viewport, theme] of [
  [DESKTOP, "light"],
  [DESKTOP, "dark"],
  [{ width: 768, height: 1024 }, "dark"],
  [PHONE, "light"],
  [PHONE, "dark"],
]) {
  const size = `${viewport.width}×${viewport.height}, ${theme}`;
  pageTest(`the settings of networks are accessible and fit at ${size}`, { viewport, theme, touch: viewport === PHONE }, async ({ page, open }) => {
    await drawn(page, open, `${SPIRAL}`);
    const parts = page.locator(".net-settings details:not([open]) > summary");
    while ((await parts.count()) > 0 && (await parts.first().isVisible())) await parts.first().click();
    await page.locator(id("net-data-own")).click();
    await page.locator(id("net-csv-use")).click();
    await assertAccessible(page);
    const [inside, outside] = await page.locator(".net-settings").evaluate((e) => [e.scrollWidth, e.clientWidth]);
    assert.ok(inside <= outside, "nothing is cut off at the side");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    if (viewport !== PHONE) return;
    const small = await page.locator(".net-settings :is(button, select, summary, input:not([type=checkbox]))").evaluateAll((all) =>
      all.filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map((e) => e.dataset.testid ?? e.textContent));
    assert.deepEqual(small, [], "large enough for a finger");
  });
}
