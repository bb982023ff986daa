// The second program: the page plays without it, uses it when it comes, and outlives it.

import assert from "node:assert/strict";
import { labReady } from "./lib/browser.mjs";
import { countPixels, readCanvas } from "./lib/canvas.mjs";
import { pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=momentum:lr=0.0005";
/** What the first load carries. */
const CORE = ["sgd", "momentum", "adam"];
const CORE_SURFACES = ["rosenbrock", "rosenbrock(a=0.5;b=7)"];

/** Holds the second program back; what is returned lets it come. */
async function holdBack(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\/lab_bg\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

const words = (page, name) => page.locator(id(name)).innerText();
const linkHas = (page, text) => page.waitForFunction((t) => location.hash.includes(t), text);
const step = async (page) => Number((await page.locator(id("step")).innerText()).match(/(\d+) \//)[1]);
const plays = (page) =>
  page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 10);

/** The loaded program, for a function that runs in the page: the same address is the same module. */
const LAB = () => {
  const { name } = performance.getEntriesByType("resource").find((entry) => /\/lab\.js\?/.test(entry.name));
  return import(name);
};

pageTest("the page plays before its second program is there, and goes on when it comes", {}, async ({ page, open }) => {
  const release = await holdBack(page);
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
    CORE_SURFACES.map(
      (surface) => `v=1&surface=${surface}&steps=300&run=${optimizer}:lr=0.001,warmup=20&edit=1@90:lr=0.003`,
    ),
  );
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

const DEEP = "#v=1&surface=peaks&run=cma_es&run=adamw:lr=0.02,sam=0.1&run=sgd:lr=0.001,schedule=one_cycle&edit=1@40:sigma=0.5";

pageTest("a link to what the first load does not know is shown when the second program comes", {}, async ({ page, open }) => {
  const release = await holdBack(page);
  await open(`${DEEP}&step=30`);
  for (const run of [0, 1, 2]) assert.equal(await words(page, `run-${run}-status`), "Loading…");
  assert.ok(await page.locator(id("notices")).isHidden());
  assert.ok(await page.locator(id("undo")).isDisabled());
  // A change meanwhile is written with the whole link.
  await page.locator(id("settings")).locator("> summary").click();
  await page.locator(id("shared-steps-number")).fill("300");
  await page.locator(id("shared-steps-number")).press("Enter");
  await linkHas(page, "steps=300");
  for (const part of DEEP.split("&").slice(1)) await linkHas(page, part);
  release();
  await labReady(page);
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-status]").textContent !== "Loading…");
  assert.equal(await page.locator(id("surface")).getAttribute("value"), "peaks");
  const chosen = (run) => page.locator(id(`run-${run}-optimizer`)).inputValue();
  assert.deepEqual(await Promise.all([0, 1, 2].map(chosen)), ["cma_es", "adamw", "sgd"]);
  for (const run of [0, 1, 2]) assert.match(await words(page, `run-${run}-loss`), /^loss -?\d/);
  assert.match(await words(page, "run-0-edits"), /@40 sigma=0.5/);
  assert.ok(await page.locator(id("notices")).isHidden());
  const map = await readCanvas(page, "[data-testid=stage] canvas:nth-of-type(1)");
  assert.ok(countPixels(map, [253, 231, 37], 60) > 300, "the map has viridis's yellow");
  // There is one thing to undo, and undoing it leads to the link as it was opened.
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => !location.hash.includes("steps="));
  assert.ok(await page.locator(id("undo")).isDisabled());
  assert.equal(await page.locator(id("surface")).getAttribute("value"), "peaks");
  const link = new URL(page.url()).hash;
  for (const part of ["surface=peaks", "run=cma_es", "run=adamw:lr=0.02,sam=0.1", "schedule=one_cycle", "edit=1@40:sigma=0.5"]) {
    assert.ok(link.includes(part), `${part} is in ${link}`);
  }
});

pageTest("what nobody knows is told of when everything is known, and not before", {}, async ({ page, open }) => {
  const release = await holdBack(page);
  await open("#v=1&surface=volcano&run=warp:lr=1&run=sgd:lr=0.0001,shake=2&step=3");
  assert.ok(await page.locator(id("notices")).isHidden());
  release();
  await labReady(page);
  await page.waitForFunction(() => !document.querySelector("[data-testid=notices]").hidden);
  const notices = await words(page, "notices");
  assert.match(notices, /surface\s+volcano is not one of sphere, ravine, booth/);
  assert.match(notices, /run\s+warp is not one of sgd, momentum, nesterov, qhm/);
  assert.match(notices, /run 2\s+sgd has no setting shake: .*state8/);
  assert.doesNotMatch(notices, /could not be loaded/);
  await page.waitForFunction(() => document.querySelectorAll(".card").length === 1);
  assert.match(await words(page, "run-0-loss"), /^loss -?\d/);
  assert.ok(await page.locator(id("undo")).isDisabled());
});

pageTest("a link put into the address bar meanwhile is waited for too", {}, async ({ page, open }) => {
  const release = await holdBack(page);
  await open(`${RACE}&step=3`);
  await page.evaluate((link) => (location.hash = link), DEEP);
  await page.waitForFunction(() => document.querySelector("[data-testid=run-2-status]")?.textContent === "Loading…");
  release();
  await labReady(page);
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-optimizer]").value === "cma_es");
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=surface]").value === "rosenbrock");
  await page.locator(id("redo")).click();
  await page.waitForFunction(() => document.querySelector("[data-testid=surface]").value === "peaks");
  assert.match(await words(page, "run-1-loss"), /^loss -?\d/);
});

pageTest(
  "where the second program cannot be loaded a link that needs it stays whole, and says so",
  { allow: [/lab\.js/] },
  async ({ page, open }) => {
    await page.route(/\/lab\.js/, (route) => route.abort());
    await open("#v=1&surface=rosenbrock&run=cma_es&run=adam:lr=0.05&run=sgd:lr=0.001,sam=0.1");
    await page.waitForFunction(() => !document.querySelector("[data-testid=notices]").hidden);
    const notices = await words(page, "notices");
    assert.match(notices, /run 1\s+cma_es needs the second part of the page, which could not be loaded/);
    assert.match(notices, /run 3\s+sam=0.1 needs the second part/);
    assert.match(await words(page, "run-0-status"), /could not be loaded/);
    await plays(page);
    assert.match(await words(page, "run-1-loss"), /^loss \d/);
    await page.locator(id("run-1-head")).click();
    await page.locator(id("run-1-lr-number")).fill("0.02");
    await page.locator(id("run-1-lr-number")).press("Enter");
    await linkHas(page, "lr=0.02");
    for (const part of ["run=cma_es", "sam=0.1"]) await linkHas(page, part);
    const options = page.locator(`${id("run-1-optimizer")} option`);
    assert.deepEqual(await options.evaluateAll((all) => all.map((o) => o.value)), CORE);
  },
);

pageTest("menus offer everything when the second program is there, in one order", {}, async ({ page, open }) => {
  const release = await holdBack(page);
  await open(`${RACE}&step=3`);
  const offered = (menu) => page.locator(`${id(menu)} option`).evaluateAll((all) => all.map((o) => o.value));
  await page.locator(id("surface")).click();
  // The event of its opening comes a moment later.
  await page.waitForFunction(() => document.querySelector("[data-panel=surfaces]").innerText === "Loading…");
  // Schedules are set in a panel of the second program.
  assert.deepEqual(await offered("run-0-schedule"), []);
  release();
  await labReady(page);
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=run-0-optimizer] option").length > 50);
  assert.deepEqual((await offered("run-0-optimizer")).slice(0, 8), ["sgd", "momentum", "nesterov", "qhm", "asgd", "adagrad", "rmsprop", "adadelta"]);
  assert.deepEqual((await offered("run-0-schedule")).slice(0, 3), ["constant", "linear", "step"]);
  await page.waitForSelector("[data-panel=surfaces] [data-key=peaks]");
  assert.match(await page.locator("[data-panel=surfaces] [aria-selected=true]").innerText(), /^Rosenbrock/);
  await page.keyboard.press("Escape");
  for (const [menu, value] of [["run-0-optimizer", "adam"], ["run-1-optimizer", "momentum"], ["run-0-schedule", "constant"]]) {
    assert.equal(await page.locator(id(menu)).inputValue(), value, `${menu} still shows its choice`);
  }
  await page.locator(id("run-0-modifiers")).locator("summary").click();
  const boxes = page.locator(`${id("run-0-modifiers")} input[type=checkbox][data-testid^=run-0-use-]`);
  // The panel is drawn when the event of its opening comes.
  await boxes.nth(1).waitFor();
  assert.equal((await boxes.evaluateAll((all) => all.map((b) => b.dataset.testid)))[1], "run-0-use-batch");
});
