// Networks on the page: opened, trained in a worker or without one, played, changed, undone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { middleOf } from "./lib/gestures.mjs";
import { DESKTOP, PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const SMALL = "network=4&data=circle(n=100)&steps=200&run=adam:lr=0.02,batch=10&run=sgd:lr=0.1,batch=10";
/** More than any head start: TensorFlow Playground's deepest. */
const DEEP =
  "network=8-8-8-8-8-8(activation=tanh;features=x/y/x2/y2/xy/sinx/siny)&data=circle(n=500)&steps=4000&run=sgd:lr=0.03,batch=10";

const linkHas = (page, part) =>
  page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part, { timeout: 15_000 });
const step = async (page) => Number(await page.locator(`${id("step")} b`).innerText());
const past = (page, n) =>
  page.waitForFunction((n) => Number(document.querySelector("[data-testid=step] b").textContent) > n, n);
const loss = (page, run = 0) => page.locator(`${id(`run-${run}-loss`)} span:last-child`).innerText();
/** The page knows all of its runs. */
const settled = (page) => page.waitForFunction(() => !document.querySelector(".card .status.waiting:not([hidden])"));
const lossIs = (page, text) =>
  page.waitForFunction((text) => document.querySelector("[data-testid=run-0-loss] span:last-child").textContent === text, text);
const scores = (page, run = 0) => page.locator(`.card:nth-child(${run + 1}) .net-scores`);

/** The loaded program, for a function that runs in the page: the same address is the same module. */
const LAB = () => {
  const { name } = performance.getEntriesByType("resource").find((entry) => /\/lab\.js\?/.test(entry.name));
  return import(name);
};
const inLab = (page, name, ...args) =>
  page.evaluate(async ({ lab, name, args }) => (await eval(`(${lab})`)())[name](...args), {
    lab: LAB.toString(),
    name,
    args,
  });
/** The fingerprint of a run of a link, once it is trained. */
async function trained(page, link, run = 0) {
  for (let n = 0; n < 300; n += 1) {
    const known = await inLab(page, "trained", link, run);
    if (known) {
      // The page is told of the last rows a little later.
      await settled(page);
      return known;
    }
    await page.waitForTimeout(50);
  }
  throw new Error("it never ends");
}
const seek = async (page, to) => {
  await page.locator(id("timeline")).evaluate((range, to) => {
    range.value = to;
    range.dispatchEvent(new Event("input", { bubbles: true }));
    range.dispatchEvent(new Event("change", { bubbles: true }));
  }, to);
  await page.waitForFunction((to) => document.querySelector("[data-testid=step] b").textContent === String(to), to);
};
const shown = async (page, open, link) => {
  await open(`#v=1&${link}`);
  await labReady(page);
  await page.waitForSelector(`${id("network")} .net-view`, { state: "attached" });
};

pageTest("the page opens a network beside the surface, plays it, and goes back to what was shown on each side", {}, async ({ page, open }) => {
  await open("#v=1&surface=beale&run=adam:lr=0.05&step=10");
  await labReady(page);
  assert.equal(await page.locator(id("Surface")).getAttribute("aria-pressed"), "true");
  await page.locator(id("Network")).click();
  await page.waitForSelector(`${id("network")} .net-view`, { state: "attached" });
  await linkHas(page, "network=");
  assert.equal(await page.locator(id("Network")).getAttribute("aria-pressed"), "true");
  await past(page, 20);
  assert.equal(await page.locator(".card").count(), 3, "three runs race");
  assert.match(await scores(page).innerText(), /^test [\d.e−-]+ · right: \d+ % train, \d+ % test$/);
  assert.equal(await page.locator(id("surface")).isVisible(), false, "no surface to choose");
  await page.locator(id("run-2-remove")).click();
  await page.locator(id("Surface")).click();
  await linkHas(page, "surface=beale");
  await past(page, 10);
  assert.equal(await page.locator(".card").count(), 1);
  await page.locator(id("Network")).click();
  await linkHas(page, "network=");
  assert.equal(await page.locator(".card").count(), 2, "the network as it was left");
  await page.locator(id("undo")).click();
  await linkHas(page, "surface=beale");
  await page.locator(id("redo")).click();
  await linkHas(page, "network=");
});

pageTest("a worker trains what the page trains, bit for bit, also where runs are large, sampled and edited", {}, async ({ page, open }) => {
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await shown(page, open, `${DEEP}&step=0`);
  const links = [
    `v=1&${DEEP}`,
    "v=1&network=6-5(activation=relu/tanh;norm=batch)&data=spiral(n=300)&steps=1500&run=adam:lr=0.02,batch=16,dropout=0.2&edit=1@300:lr=0.005",
    "v=1&network=16-16&data=gauss(n=300;classes=3)&steps=1000&run=muon:lr=0.02,batch=32,federated=3/5/0.9/0.1",
  ];
  for (const link of links) assert.equal(await trained(page, link), await inLab(page, "trained_here", link, 0), link);
  assert.equal(workers.length, 1, "one worker for all");
  assert.match(workers[0], /\/some\/sub\/path\/worker\.js\?/);
});

pageTest("the page trains the bits that the command line trains", {}, async ({ page, open }) => {
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  const written = Object.fromEntries(read("golden/hashes.txt").trim().split("\n").map((line) => line.split(" ")));
  const links = [...read("common/golden.rs").matchAll(/^(training-\w+) (.*)$/gm)];
  await shown(page, open, `${SMALL}&step=0`);
  for (const [, name, link] of links) assert.equal(await inLab(page, "trained_here", link, 0), written[name], name);
  assert.ok(links.length >= 4);
});

for (const [how, sabotage, allow] of [
  ["is refused", (page) => page.addInitScript(() => (globalThis.Worker = class { constructor() { throw new DOMException("no", "SecurityError"); } })), []],
  ["cannot be loaded", (page) => page.route(/\/worker\.js/, (route) => route.abort()), [/worker\.js/]],
  ["never answers", (page) => page.route(/\/worker\.js/, (route) => route.fulfill({ contentType: "text/javascript", body: "" })), []],
]) {
  pageTest(`where a worker ${how} the page trains by itself, to the same bits`, { allow }, async ({ page, open }) => {
    await sabotage(page);
    await shown(page, open, `${DEEP}&step=0`);
    const link = `v=1&${DEEP}`;
    assert.equal(await trained(page, link), await inLab(page, "trained_here", link, 0));
    await page.locator(id("play")).click();
    await past(page, 50);
  });
}

pageTest("a policy that forbids workers stops no training", { allow: [/Content Security Policy|worker\.js/i] }, async ({ page, open }) => {
  await page.route(/\/path\/$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "worker-src 'none'" } });
  });
  await shown(page, open, `${DEEP}&step=0`);
  assert.match(await trained(page, `v=1&${DEEP}`), /^[0-9a-f]{16}$/);
});

pageTest("a slider moved while it plays keeps the past, bends the future, and is one undo", {}, async ({ page, open }) => {
  await shown(page, open, `${SMALL}&step=0`);
  await trained(page, `v=1&${SMALL}`);
  await seek(page, 30);
  const before = await loss(page);
  await seek(page, 200);
  const end = await loss(page);
  await seek(page, 60);
  await page.locator(id("play")).click();
  await past(page, 65);
  const slider = page.locator(id("run-0-lr")).first();
  const middle = await middleOf(slider);
  const { width } = await slider.boundingBox();
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  for (let n = 1; n <= 8; n += 1) await page.mouse.move(middle.x + 0.05 * n * width, middle.y);
  await page.mouse.up();
  await linkHas(page, "edit=1@");
  assert.equal(decodeURIComponent(await page.evaluate(() => location.hash)).match(/edit=1@/g).length, 1);
  await page.locator(id("play")).click();
  await settled(page);
  await seek(page, 30);
  await lossIs(page, before); // the past is as it was
  await seek(page, 200);
  await settled(page);
  assert.notEqual(await loss(page), end, "the end is not");
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => !location.hash.includes("edit="));
  await lossIs(page, end);
});

pageTest("scrubbing back shows exactly what was there, also while it trains in a worker", {}, async ({ page, open }) => {
  await shown(page, open, `${DEEP}&step=0`);
  await trained(page, `v=1&${DEEP}`);
  const seen = new Map();
  for (const to of [3999, 1234, 17, 2500]) {
    await seek(page, to);
    seen.set(to, [await loss(page), await scores(page).innerText()]);
  }
  for (const to of [17, 2500, 3999, 1234]) {
    await seek(page, to);
    const now = async () => [await loss(page), await scores(page).innerText()];
    for (let n = 0; n < 50 && String(await now()) !== String(seen.get(to)); n += 1) await page.waitForTimeout(100);
    assert.deepEqual(await now(), seen.get(to), `step ${to}`);
  }
});

pageTest("epochs are stepped by button and by shift with an arrow", {}, async ({ page, open }) => {
  await shown(page, open, `${SMALL}&step=0`);
  const epoch = page.locator(id("epoch"));
  assert.equal(await epoch.innerText(), "epoch 0");
  const training = 100 * 0.5;
  await page.locator(id("epoch-on")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=epoch]").textContent === "epoch 1");
  const each = await step(page);
  assert.ok(each >= training / 10, `${each} batches of 10 are an epoch`);
  await page.locator("body").press("Shift+ArrowRight");
  await page.waitForFunction((to) => document.querySelector("[data-testid=step] b").textContent === String(to), 2 * each);
  await page.locator("body").press("ArrowRight");
  await page.locator("body").press("Shift+ArrowLeft");
  await page.waitForFunction((to) => document.querySelector("[data-testid=step] b").textContent === String(to), 2 * each);
  await page.locator(id("epoch-back")).click();
  await page.waitForFunction((to) => document.querySelector("[data-testid=step] b").textContent === String(to), each);
});

pageTest("another network starts the runs over, says so, and gives way to the old one on undo", {}, async ({ page, open }) => {
  await shown(page, open, `${SMALL}&step=0`);
  await trained(page, `v=1&${SMALL}`);
  await seek(page, 150);
  const old = await loss(page);
  const change = (words) =>
    page.locator("[data-panel=network]").evaluate((panel, detail) => {
      panel.dispatchEvent(new CustomEvent("descent:set", { bubbles: true, detail }));
      panel.dispatchEvent(new CustomEvent("descent:set", { bubbles: true, detail: "end" }));
    }, `net ${words}`);
  await change("network=5-5&data=circle(n=100)");
  await linkHas(page, "network=5-5");
  await page.waitForFunction(() => document.querySelector("[data-testid=step] b").textContent === "0");
  assert.equal(await page.locator(".toast").innerText(), "New network: the runs start over. Undo brings the old one back.");
  await page.locator(id("undo")).click();
  await linkHas(page, "network=4&");
  await trained(page, `v=1&${SMALL}`);
  await seek(page, 150);
  assert.equal(await loss(page), old, "the old weights, the old path");
});

pageTest("a run that is added sees the batches of the others", {}, async ({ page, open }) => {
  await shown(page, open, `${SMALL}&step=0`);
  await page.locator(id("add-run")).click();
  await page.waitForFunction(() => decodeURIComponent(location.hash).match(/batch=10/g)?.length === 3);
});

pageTest("a network that diverges says which layer was first", {}, async ({ page, open }) => {
  await shown(page, open, "network=4-4(activation=relu;loss=squared)&data=plane(n=40)&steps=200&run=sgd:lr=50&step=200");
  assert.match(await page.locator(id("run-0-status")).innerText(), /^Diverged at step \d+: the \w+ left the finite numbers; first in .*layer.*\.$/);
});

pageTest("the link says all of it: it reads back as the same, also after a reload", {}, async ({ page, open }) => {
  await shown(page, open, `${SMALL}&step=0`);
  await trained(page, `v=1&${SMALL}`);
  await seek(page, 77);
  await linkHas(page, "step=77");
  const before = [await loss(page), await scores(page).innerText(), await page.evaluate(() => location.hash)];
  await page.reload();
  await labReady(page);
  await page.waitForFunction(() => document.querySelector(".net-scores")?.textContent.startsWith("test"));
  await settled(page);
  assert.deepEqual([await loss(page), await scores(page).innerText(), await page.evaluate(() => location.hash)], before);
});

pageTest("this step in numbers is that of the batch, and long vectors are summed up by layer", {}, async ({ page, open }) => {
  await shown(page, open, `${DEEP}&step=0`);
  await trained(page, `v=1&${DEEP}`);
  await page.locator(`${id("run-0-numbers")} summary`).click();
  await page.waitForSelector("[data-panel=state] tr[data-symbol=θ]");
  await seek(page, 3000);
  await page.waitForFunction(() => document.querySelector("[data-panel=rule] .from")?.textContent === "The step from 3000 to 3001");
  const parameters = await page.locator("[data-panel=state] tr[data-symbol=θ] .value").innerText();
  assert.match(parameters, /^\d+ numbers: length [\d.]+, −[\d.]+ to [\d.]+\nlayer 1: /);
  assert.match(parameters, /\noutput: /);
});

pageTest("the keyboard alone opens a network, plays it and steps it", {}, async ({ page, open }) => {
  await open("#v=1&run=adam:lr=0.05&step=10");
  await labReady(page);
  await page.locator(id("Network")).focus();
  await page.keyboard.press("Enter");
  await linkHas(page, "network=");
  await past(page, 5);
  await page.locator("body").evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Space");
  const at = await step(page);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((to) => document.querySelector("[data-testid=step] b").textContent === String(to), at + 1);
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.querySelector("[data-testid=step] b").textContent === "0");
});

for (const theme of ["light", "dark"]) {
  pageTest(`with a network the page is accessible, ${theme}`, { theme, viewport: DESKTOP }, async ({ page, open }) => {
    await shown(page, open, `${SMALL}&step=100`);
    await assertAccessible(page);
  });
}

pageTest("on a phone a finger opens and plays a network, and nothing is wider than the screen", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open("#v=1&run=adam:lr=0.05&step=10");
  await labReady(page);
  await page.locator(id("Network")).tap();
  await linkHas(page, "network=");
  await past(page, 5);
  await page.locator(id("play")).tap();
  await page.locator(id("epoch-on")).tap();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= PHONE.width, `${wide} px wide`);
  for (const name of ["Surface", "epoch-on", "epoch-back"]) {
    const box = await page.locator(id(name)).boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, `${name}: ${box.width}×${box.height}`);
  }
  await page.locator(id("Surface")).tap();
  await linkHas(page, "surface=");
});
