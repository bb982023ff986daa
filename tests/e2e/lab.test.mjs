// The second program: the page plays without it, uses it when it comes, and outlives it.

import assert from "node:assert/strict";
import { labReady } from "./lib/browser.mjs";
import { countPixels, readCanvas } from "./lib/canvas.mjs";
import { pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=momentum:lr=0.0005";
/** What the first load carries. */
const CORE = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lion"];
const CORE_SURFACES = [
  ...["ravine", "styblinski_tang", "rosenbrock", "beale", "saddle", "bounded_saddle"],
  ...["monkey_saddle", "himmelblau", "two_wells", "peaks", "rastrigin", "ackley"],
];

const step = async (page) => Number((await page.locator(id("step")).innerText()).match(/(\d+) \//)[1]);
const plays = (page) =>
  page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 10);

/** The loaded program, for a function that runs in the page: the same address is the same module. */
const LAB = () => {
  const { name } = performance.getEntriesByType("resource").find((entry) => /\/lab\.js\?/.test(entry.name));
  return import(name);
};

pageTest("the page plays before its second program is there, and goes on when it comes", {}, async ({ page, open }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\/lab_bg\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await open(`${RACE}&run=sgd:lr=3`);
  await plays(page);
  assert.match(await page.locator(id("run-2-status")).innerText(), /^Diverged at step \d+: the \w+ left the finite numbers\.$/);
  await page.locator(id("run-0-about")).locator("summary").click();
  await page.waitForFunction(() => document.querySelector("[data-panel=about]").textContent === "Loading…");
  const before = await page.locator(id("run-0-loss")).innerText();
  assert.match(before, /^loss \d/);
  release();
  await labReady(page);
  await page.waitForFunction(() => document.querySelector("[data-testid=run-2-status]").textContent.includes("λmax"));
  assert.match(await page.locator(id("run-0-about")).innerText(), /Kingma, Ba \(2015\)/);
  const from = await step(page);
  await page.waitForFunction((n) => Number(document.querySelector("[data-testid=step] b").textContent) > n, from);
});

pageTest(
  "where the second program cannot be loaded the core works, and the rest says so",
  { allow: [/lab\.js/] },
  async ({ page, open }) => {
    await page.route(/\/lab\.js/, (route) => route.abort());
    await open(RACE);
    await plays(page);
    await page.locator(id("run-0-about")).locator("summary").click();
    await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("[data-panel=about]").textContent));
    await page.locator(id("run-0-lr-number")).fill("0.02");
    await page.locator(id("run-0-lr-number")).press("Enter");
    await page.waitForFunction(() => location.hash.includes("lr=0.02"));
    assert.equal(await page.locator("#panic").count(), 0);
  },
);

pageTest("a second program of another build is not used", { allow: [/lab\.js/] }, async ({ page, open }) => {
  await page.route(/\/lab\.js/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("export function build()", 'export function build() { return "other" }\nfunction build_()');
    await route.fulfill({ response, body });
  });
  await open(RACE);
  await page.locator(id("run-0-about")).locator("summary").click();
  await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("[data-panel=about]").textContent));
  await plays(page);
});

pageTest("a failure of the second program is told, and the page plays on", {}, async ({ page, open }) => {
  await page.route(/\/lab\.js/, async (route) => {
    const response = await route.fetch();
    const thrown = 'export function trace() { throw new Error("planted") }\nfunction trace_(';
    await route.fulfill({ response, body: (await response.text()).replace("export function trace(", thrown) });
  });
  await open(RACE);
  await labReady(page);
  await page.locator(id("run-0-lr-number")).fill("0.02");
  await page.locator(id("run-0-lr-number")).press("Enter");
  await page.waitForSelector("#panic");
  assert.match(await page.locator("#panic").innerText(), /A part of Descent Lab has stopped[^]*planted/);
  assert.match(await page.locator(id("run-0-loss")).innerText(), /^loss \d/);
  const from = await step(page);
  await page.waitForFunction((n) => Number(document.querySelector("[data-testid=step] b").textContent) > n, from);
});

pageTest("both programs compute the same bits, for every core optimizer and surface", {}, async ({ page, open }) => {
  await open(`${RACE}&step=0`);
  await labReady(page);
  const links = CORE.flatMap((optimizer) =>
    ["ravine(kappa=7)", "rastrigin", "peaks"].map(
      (surface) => `v=1&surface=${surface}&steps=300&seed=3&run=${optimizer}:lr=0.01,schedule=cosine,noise=0.3&edit=1@90:lr=0.03`,
    ),
  );
  links.push(...CORE_SURFACES.map((surface) => `v=1&surface=${surface}&steps=300&run=momentum:lr=0.002`));
  const differences = await page.evaluate(
    async ({ links, lab }) => {
      const { trace } = await eval(`(${lab})`)();
      // FNV-1a over the points and the losses, as Trace::fingerprint has it.
      const fingerprint = (packed) => {
        const [dim, rows] = packed;
        const bytes = new Uint8Array(packed.slice(5, 5 + rows * (dim + 1)).buffer);
        return bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n);
      };
      const nothing = fingerprint(new Float64Array([2, 0]));
      return links.filter((link) => {
        const here = BigInt.asUintN(64, wasm_bindgen.fingerprint(link));
        return here === nothing || here !== fingerprint(trace(link));
      });
    },
    { links, lab: LAB.toString() },
  );
  assert.deepEqual(differences, []);
});

pageTest("a tooltip comes with the second program, by pointer and by keyboard", {}, async ({ page, open }) => {
  await open(`${RACE}&step=0`);
  await labReady(page);
  const rate = page.locator(".param", { has: page.locator(id("run-0-lr")) });
  assert.equal(await rate.getAttribute("title"), null, "not before it is pointed at");
  await page.locator(id("run-0-lr")).hover();
  assert.match(await rate.getAttribute("title"), /The size of a step/);
  await page.locator(id("run-0-lr")).focus();
  assert.match(await page.locator(id("run-0-lr")).getAttribute("aria-description"), /The size of a step/);
  const menu = page.locator(id("run-0-optimizer"));
  await menu.hover();
  const adam = await menu.getAttribute("title");
  await menu.selectOption("lion");
  await page.mouse.move(0, 0);
  await menu.hover();
  assert.notEqual(await menu.getAttribute("title"), adam, "another optimizer, another tooltip");
});

pageTest("the rule of a run follows its optimizer, and the help is filled", {}, async ({ page, open }) => {
  await open(`${RACE}&step=0`);
  await page.locator(id("run-0-about")).locator("summary").click();
  await page.waitForFunction(() => document.querySelector("[data-panel=about]").textContent.includes("Kingma"));
  assert.match(await page.locator(`${id("run-0-about")} .rule`).innerText(), /m ← β₁ m/);
  await page.locator(id("run-0-optimizer")).selectOption("lion");
  await page.locator(id("run-0-about")).locator("summary").click();
  await page.waitForFunction(() => document.querySelector("[data-panel=about]").textContent.includes("Chen"));
  await page.locator(id("help")).click();
  await page.waitForFunction(() => document.querySelector("#help").textContent.includes("play or pause"));
});
pageTest("what the first load lacks is waited for, and shown when the second program comes", {}, async ({ page, open }) => {
  await open(RACE);
  const extra = (menu, core) =>
    page.locator(`${id(menu)} option`).evaluateAll((all, known) => all.map((o) => o.value).find((v) => !known.includes(v)), core);
  const optimizer = (await extra("run-0-optimizer", CORE)) ?? "adam";
  const surface = (await extra("surface", CORE_SURFACES)) ?? "peaks";
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\/lab_bg\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await open(`#v=1&surface=${surface}&run=${optimizer}&run=sgd:lr=0.0001&step=3`);
  const lacks = optimizer !== "adam" || surface !== "peaks";
  if (lacks) assert.equal(await page.locator(id("run-0-status")).innerText(), "Loading…");
  release();
  await labReady(page);
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-status]").textContent !== "Loading…");
  for (const run of [0, 1]) assert.match(await page.locator(id(`run-${run}-loss`)).innerText(), /^loss -?\d/);
  const map = await readCanvas(page, "[data-testid=stage] canvas:nth-of-type(1)");
  assert.ok(countPixels(map, [253, 231, 37], 60) > 300, "the map has viridis's yellow");
});
