// The page as one file: from a disk, from nowhere, and in a frame that may do nothing but run scripts.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { asFunction } from "../../scripts/single.mjs";
import { labReady, ready } from "./lib/browser.mjs";
import { pageTest } from "./lib/harness.mjs";
import { serveFolder } from "./lib/server.mjs";

const id = (name) => `[data-testid=${name}]`;
/** More than any head start, so that it is trained in a worker where there is one. */
const DEEP =
  "#v=1&network=8-8-8-8-8-8(activation=tanh)&data=circle(n=500)&steps=4000&run=sgd:lr=0.03,batch=10&step=0";
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008&steps=120&step=0";

const folder = mkdtempSync(join(tmpdir(), "descent-lab-single-"));
after(() => rmSync(folder, { recursive: true }));

let made;
/** The path of the file, made once, as `./dev build --single` makes it. */
function file() {
  made ??= (() => {
    const path = join(folder, "descent-lab.html");
    execFileSync(process.execPath, [fileURLToPath(new URL("../../scripts/single.mjs", import.meta.url)), "--out", path]);
    return path;
  })();
  return made;
}

/** What is asked for, apart from the pages themselves and what they make of their own. */
function requests(page, pages) {
  const found = [];
  page.on("request", (request) => {
    const [url] = request.url().split("#");
    if (!/^(blob|data):/.test(url) && !pages.includes(url)) found.push(url);
  });
  return found;
}

/** Waits until the run is trained, and plays it. */
async function trains(frame) {
  await frame.waitForFunction(() => !document.querySelector(".card .status.waiting:not([hidden])"));
  await frame.locator(id("play")).click();
  await frame.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 20);
}

pageTest("the single file works from a disk, asks for nothing, and trains in a worker of its own", {}, async ({ page }) => {
  const url = pathToFileURL(file()).href;
  const asked = requests(page, [url]);
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.goto(url + DEEP);
  await ready(page);
  await labReady(page);
  await trains(page);
  assert.deepEqual(workers.map((worker) => worker.slice(0, 5)), ["blob:"]);
  assert.deepEqual(asked, []);
  assert.match(page.url(), /batch=10/, "settings are in the address");
});

pageTest("the single file computes the bits of the page", {}, async ({ page, open }) => {
  const last = async () => {
    await labReady(page);
    await page.locator(id("timeline")).press("End");
    await page.waitForFunction(() => document.querySelector("[data-testid=step] b").textContent === "120");
    return page.locator(`${id("run-0-loss")}, ${id("run-1-loss")}`).allInnerTexts();
  };
  await open(RACE);
  const ofThePage = await last();
  await page.goto(pathToFileURL(file()).href + RACE);
  await ready(page);
  assert.deepEqual(await last(), ofThePage);
  assert.equal(ofThePage.length, 2);
});

for (const [how, sandbox, headers] of [
  ["a frame that may only run scripts", "allow-scripts", {}],
  [
    "such a frame of a site that forbids workers and requests",
    "allow-scripts",
    { "content-security-policy": "default-src 'none'; frame-src 'self'; img-src data:" },
  ],
]) {
  pageTest(`the single file works in ${how}`, { allow: [/another host: http:..127/] }, async ({ page }) => {
    file();
    const source = `descent-lab.html${DEEP}`.replaceAll("&", "&amp;");
    writeFileSync(
      join(folder, "index.html"),
      `<!doctype html><title>A host</title><link rel="icon" href="data:,">
       <iframe src="${source}" sandbox="${sandbox}" width="900" height="700" title="An embed"></iframe>`,
    );
    const server = await serveFolder(folder, { headers: (path) => (path === "index.html" ? headers : {}) });
    try {
      const asked = requests(page, [server.url, `${server.url}descent-lab.html`]);
      await page.goto(server.url);
      const frame = page.frames()[1];
      assert.equal(await frame.evaluate(() => origin), "null");
      await labReady(frame);
      await trains(frame);
      assert.deepEqual(asked, []);
    } finally {
      await server.close();
    }
  });
}

pageTest("the single file works as the text of a frame", {}, async ({ page }) => {
  await page.goto("about:blank");
  await page.evaluate((text) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { srcdoc: text, sandbox: "allow-scripts", width: 900, height: 700 });
    document.body.append(frame);
  }, readFileSync(file(), "utf8"));
  await page.waitForFunction(() => frames.length === 1);
  const frame = page.frames()[1];
  await labReady(frame);
  await frame.locator(id("play")).click();
  await frame.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 5);
});

pageTest("modules of another shape than wasm-bindgen's are refused", {}, async () => {
  const module = "export function a() {}\nlet b = () => new Worker(import.meta.url);\nexport { b as default, a2 };\nlet a2;";
  const made = asFunction(module);
  assert.match(made, /return \{ a, default: b, a2 \}/);
  assert.doesNotMatch(made, /export|import/);
  assert.throws(() => asFunction("import { a } from './a.js';\nexport { a };"), /imports/);
  assert.throws(() => asFunction("export const a = 1;\nexport { b };"), /does not know/);
});
