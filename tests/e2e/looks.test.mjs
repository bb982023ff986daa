// How the stage looks, and what is drawn of the surface itself.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { difference, readCanvas } from "./lib/canvas.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const HIMMELBLAU = "#v=1&surface=himmelblau&run=sgd:lr=0.01&step=3";
const MAP = "[data-testid=stage] canvas:nth-of-type(1)";
const STUDY = "[data-testid=stage] canvas.study >> nth=1";
const REGION = "[data-testid=stage] canvas.study >> nth=0";
const OVER = "[data-testid=stage] canvas.over";
const PANEL = "[data-panel=overlays]";

const linkHas = (page, part) => page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part);
const linkLacks = (page, part) => page.waitForFunction((text) => !decodeURIComponent(location.hash).includes(text), part);

async function openMenu(page) {
  await labReady(page);
  await page.locator(`${id("overlays")} > summary`).click();
  await page.waitForSelector(`${PANEL} [value=critical]`);
}

/** How many pixels of a canvas are not empty. */
async function drawn(page, selector) {
  const { data } = await readCanvas(page, selector);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
  return count;
}

/** Waits until something is true of a canvas, or fails with what was last seen. */
async function until(look, is, what) {
  let seen;
  for (let tries = 0; tries < 60; tries += 1) {
    seen = await look();
    if (is(seen)) return seen;
    await new Promise((done) => setTimeout(done, 150));
  }
  return assert.fail(`${what}: ${seen}`);
}

/** Waits until a canvas shows the same twice. */
async function still(page, selector) {
  let last = await readCanvas(page, selector);
  for (let tries = 0; tries < 40; tries += 1) {
    await page.waitForTimeout(200);
    const now = await readCanvas(page, selector);
    if (Buffer.compare(Buffer.from(now.data), Buffer.from(last.data)) === 0) return now;
    last = now;
  }
  return last;
}

pageTest("colours, levels and values on contours are in the link, are undone, and come back with the link", {}, async ({ page, open }) => {
  await open(HIMMELBLAU);
  await openMenu(page);
  const plain = await still(page, MAP);
  await page.locator(`${PANEL} [data-look=map]`).selectOption("cividis");
  await linkHas(page, "map=cividis");
  const colours = await still(page, MAP);
  assert.ok(difference(plain, colours) > 0.3, "other colours");
  await page.locator(`${PANEL} [data-look=levels]`).selectOption("linear");
  await linkHas(page, "levels=linear");
  assert.ok(difference(colours, await still(page, MAP)) > 0.1, "other levels");
  await page.locator(`${PANEL} [data-look=labels]`).check();
  await linkHas(page, "labels=1");
  await until(() => drawn(page, STUDY), (n) => n > 300, "values");
  await page.locator(`${PANEL} [data-look=levels]`).selectOption("log");
  await linkLacks(page, "levels=");
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  for (const gone of ["labels=1", "levels=linear", "map=cividis"]) {
    await page.keyboard.press("Control+z");
    if (gone === "labels=1") {
      await linkHas(page, "levels=linear");
      await page.keyboard.press("Control+z");
    }
    await linkLacks(page, gone);
  }
  assert.ok(difference(plain, await still(page, MAP)) < 0.01, "as at first");
  await open(`${HIMMELBLAU}&map=cividis&labels=1`);
  await labReady(page);
  assert.ok(difference(colours, await still(page, MAP)) < 0.01, "from the link");
});

pageTest("critical points are listed with their kind, and a press brings one into the middle", {}, async ({ page, open }) => {
  await open(HIMMELBLAU);
  await openMenu(page);
  await page.locator(`${PANEL} [value=critical]`).check();
  await linkHas(page, "overlays=critical");
  const list = page.locator(id("critical"));
  await page.waitForFunction(() => /4 minima, 4 saddles, 1 maximum/.test(document.querySelector("[data-testid=critical]").textContent));
  assert.equal(await list.locator("button").count(), 9);
  assert.match(await list.locator("button").last().innerText(), /maximum at \(−0\.2708, −0\.923\), f 181\.6/);
  await until(() => drawn(page, STUDY), (n) => n > 500, "marks");
  await list.locator("button", { hasText: "(−2.805, 3.131)" }).click();
  await linkHas(page, "view=");
  await page.waitForFunction(() => !/4 minima/.test(document.querySelector("[data-testid=critical]").textContent));
  const focus = await page.evaluate(() => document.activeElement.textContent);
  assert.match(focus, /\(−2\.805, 3\.131\)/, "the row keeps the focus");
  await page.locator(`${PANEL} [value=critical]`).uncheck();
  await linkLacks(page, "critical");
  await page.waitForFunction(() => !document.querySelector("canvas.study"));
  assert.equal(await list.locator("button").count(), 0);
});

pageTest("where there are more critical points than rows, the list says how many", {}, async ({ page, open }) => {
  await open("#v=1&surface=rastrigin&run=adam&overlays=critical");
  await openMenu(page);
  const list = page.locator(id("critical"));
  await list.locator("li", { hasText: /^and \d+ more$/ }).waitFor();
  assert.equal(await list.locator("button").count(), 60);
  const [minima, saddles, maxima] = (await list.innerText()).match(/In view: (\d+) minima, (\d+) saddles, (\d+) maxima/).slice(1).map(Number);
  assert.equal(await list.locator("li").last().innerText(), `and ${minima + saddles + maxima - 60} more`);
});

pageTest("each choice of colours is undone by itself", {}, async ({ page, open }) => {
  await open(HIMMELBLAU);
  await openMenu(page);
  for (const map of ["cividis", "grey"]) {
    await page.locator(`${PANEL} [data-look=map]`).selectOption(map);
    await linkHas(page, `map=${map}`);
  }
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Control+z");
  await linkHas(page, "map=cividis");
  await page.keyboard.press("Control+z");
  await linkLacks(page, "map=");
});

pageTest("each overlay of the surface is drawn, and is gone when it is off", {}, async ({ page, open }) => {
  await open(HIMMELBLAU);
  await openMenu(page);
  for (const word of ["field", "descent", "zeros", "critical"]) {
    await page.locator(`${PANEL} [value=${word}]`).check();
    await linkHas(page, `overlays=${word}`);
    await until(() => drawn(page, STUDY), (n) => n > 500, word);
    await page.locator(`${PANEL} [value=${word}]`).uncheck();
    await page.waitForFunction(() => !document.querySelector("canvas.study"));
  }
  for (const word of ["model", "newton"]) {
    await page.locator(`${PANEL} [value=${word}]`).check();
    await until(() => drawn(page, OVER), (n) => n > 200, word);
    await page.locator(`${PANEL} [value=${word}]`).uncheck();
    await until(() => drawn(page, OVER), (n) => n === 0, `${word} off`);
  }
  assert.match(await page.locator(`${PANEL} label`, { hasText: "Newton step" }).getAttribute("data-help"), /overlay\/newton/);
});

pageTest("the region in which the rate is stable follows the learning rate", {}, async ({ page, open }) => {
  await open(`${HIMMELBLAU}&overlays=stable`);
  await labReady(page);
  const before = await until(() => drawn(page, REGION), (n) => n > 1000, "region");
  await page.locator(id("run-0-lr-number")).fill("0.03");
  await page.keyboard.press("Enter");
  await until(() => drawn(page, REGION), (n) => n > 100 && n < 0.8 * before, `smaller than ${before}`);
  await page.locator(id("run-0-lr-number")).fill("0.000001");
  await page.keyboard.press("Enter");
  await openMenu(page);
  await until(() => drawn(page, REGION), (n) => n > before, `larger than ${before}`);
});

pageTest("what only the surface decides is not drawn again while it plays, and follows the view", {}, async ({ page, open }) => {
  await open(`${HIMMELBLAU.replace("&step=3", "")}&overlays=field,zeros,critical`);
  await labReady(page);
  await until(() => drawn(page, STUDY), (n) => n > 500, "drawn");
  await still(page, STUDY);
  await page.evaluate(() => {
    const canvas = document.querySelectorAll("canvas.study")[1];
    window.cleared = 0;
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      if (this.canvas === canvas) window.cleared += 1;
      return clearRect.apply(this, box);
    };
  });
  await page.keyboard.press(" ");
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step]").textContent.match(/\d+/)[0]) > 20);
  assert.equal(await page.evaluate(() => window.cleared), 0, "not drawn again");
  await page.keyboard.press(" ");
  const box = await page.locator(id("stage")).boundingBox();
  await page.mouse.move(box.x + 200, box.y + 200);
  for (let i = 0; i < 5; i += 1) await page.mouse.wheel(0, -60);
  await page.waitForFunction(() => window.cleared > 0);
  await page.waitForFunction(() => !document.querySelector("canvas.study").style.transform);
});

pageTest("the readout has the condition number, under the pointer and at the run's point", {}, async ({ page, open }) => {
  await open(HIMMELBLAU);
  await labReady(page);
  const box = await page.locator(id("stage")).boundingBox();
  await page.mouse.move(box.x + 300, box.y + 250);
  await page.waitForFunction(() => /f .*∇f \(.*λ .*κ /.test(document.querySelector("[data-testid=readout]").textContent));
  await openMenu(page);
  const here = () => page.locator(id("here")).innerText();
  const before = await here();
  assert.match(before, /^\(.*\)\s+f .*∇f .*λ .*κ /);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((text) => document.querySelector("[data-testid=here]").textContent !== text, before);
});

pageTest("zooming draws a picture in every frame, and the fine one is soon there", {}, async ({ page, open }) => {
  await page.addInitScript(() => {
    const put = CanvasRenderingContext2D.prototype.putImageData;
    window.pictures = [];
    CanvasRenderingContext2D.prototype.putImageData = function (image, ...rest) {
      window.pictures.push([performance.now(), image.width]);
      return put.call(this, image, ...rest);
    };
  });
  await open("#v=1&surface=rastrigin&run=adam");
  await labReady(page);
  await still(page, MAP);
  const seen = await page.evaluate(async () => {
    const stage = document.querySelector("[data-testid=stage]");
    const box = stage.getBoundingClientRect();
    window.pictures.length = 0;
    let end = 0;
    for (let i = 0; i < 20; i += 1) {
      stage.dispatchEvent(
        new WheelEvent("wheel", { clientX: box.left + 200, clientY: box.top + 150, deltaY: -40, bubbles: true, cancelable: true }),
      );
      end = performance.now();
      await new Promise((done) => requestAnimationFrame(done));
    }
    const finest = () => Math.max(...window.pictures.map(([, width]) => width)) > 0.9 * box.width;
    for (let i = 0; i < 100 && !finest(); i += 1) await new Promise((done) => setTimeout(done, 100));
    return { pictures: window.pictures, end, width: box.width };
  });
  const coarse = Math.min(...seen.pictures.map(([, width]) => width));
  assert.ok(seen.pictures.filter(([, width]) => width === coarse).length >= 19, "one a frame");
  const widths = [...new Set(seen.pictures.map(([, width]) => width))];
  assert.ok(widths.some((w) => w > 0.9 * seen.width), `a value for each pixel in the end: ${widths}`);
  const fine = seen.pictures.find(([t, width]) => t > seen.end && width > coarse);
  // A hundred on a machine of its own; continuous integration has none.
  assert.ok(fine && fine[0] - seen.end < 1000, `${fine} after ${seen.end}`);
});

for (const theme of ["light", "dark"]) {
  pageTest(`axe finds nothing in the menu of views, ${theme}`, { theme, reducedMotion: true }, async ({ page, open }) => {
    await open(`${HIMMELBLAU}&overlays=critical,stable,model&labels=1`);
    await openMenu(page);
    await page.waitForSelector(`${id("critical")} button`);
    await assertAccessible(page);
  });
}

pageTest("on a phone a press reads, and the menu works by touch", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(HIMMELBLAU);
  await labReady(page);
  const box = await page.locator(id("stage")).boundingBox();
  await page.touchscreen.tap(box.x + 120, box.y + 120);
  await page.waitForFunction(() => /κ /.test(document.querySelector("[data-testid=readout]").textContent));
  await page.locator(`${id("overlays")} > summary`).tap();
  await page.locator(`${PANEL} label`, { hasText: "minima, saddles" }).tap();
  await linkHas(page, "overlays=critical");
  const button = page.locator(`${id("critical")} button`).first();
  await button.scrollIntoViewIfNeeded();
  assert.ok((await button.boundingBox()).height >= 44);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `the page is ${wide} px wide`);
});
