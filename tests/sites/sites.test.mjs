// Real sites with what docs/embedding.md tells to paste into them, opened and used. They are on another host than the page, as
// they would be. What the systems ask for elsewhere is not ours and is not let out.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DIST, labReady, launch, ready } from "../e2e/lib/browser.mjs";
import { serveFolder } from "../e2e/lib/server.mjs";
import { SYSTEMS } from "./lib/build.mjs";
import { HOST, examples, snippets } from "./lib/snippets.mjs";

const id = (name) => `[data-testid=${name}]`;
const folder = mkdtempSync(join(tmpdir(), "descent-lab-sites-"));
let shared;

/** The browser, and the page on a host of its own with the headers that docs/embedding.md asks for. */
function start() {
  shared ??= Promise.all([
    launch(),
    serveFolder(DIST, { base: "/descent-lab/", headers: () => ({ "access-control-allow-origin": "*" }) }),
  ]).then(([browser, lab]) => ({ browser, lab }));
  return shared;
}

after(async () => {
  const started = await shared?.catch(() => undefined);
  await started?.browser.close();
  await started?.lab.close();
  rmSync(folder, { recursive: true });
});

/**
 * Opens a site and hands over its page. It fails on what our frames report, whatever else the site may say.
 *
 * @param {string} name a sentence
 * @param {{ site: (lab: string) => string, headers?: (lab: string) => Record<string, string>, dark?: boolean, allow?: RegExp }} options
 *   `site` makes the folder of the site, given the address of the page
 */
function siteTest(name, { site, headers, dark = false, allow }, body) {
  test(name, { timeout: 180_000 }, async () => {
    const { browser, lab } = await start();
    const made = site(lab.url);
    const more = headers?.(new URL(lab.url).origin) ?? {};
    const host = await serveFolder(made, { headers: (path) => (path.endsWith(".html") ? more : {}) });
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, colorScheme: dark ? "dark" : "light" });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const problems = [];
    const ours = (url) => url?.startsWith(lab.url);
    page.on("console", (message) => {
      if (message.type() === "error" && ours(message.location().url)) problems.push(message.text());
    });
    page.on("pageerror", (error) => ours(error.stack?.match(/https?:\S+/)?.[0]) && problems.push(error.stack));
    page.on("requestfailed", (request) => ours(request.url()) && problems.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.route((url) => url.protocol.startsWith("http") && url.hostname !== "127.0.0.1", (route) => route.abort());
    try {
      await page.goto(host.url);
      await body(page, lab.url);
      assert.deepEqual(problems.filter((problem) => !allow?.test(problem)), []);
    } finally {
      await context.close();
      await host.close();
    }
  });
}

let sites = 0;
const fresh = () => {
  const path = join(folder, `site-${(sites += 1)}`);
  mkdirSync(path);
  return path;
};

/** A page of HTML around these lines. */
const plain = (lines, head = "") => {
  const path = fresh();
  writeFileSync(join(path, "index.html"), `<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,">${head}<h1>A page</h1>\n${lines}`);
  return path;
};

/** Our frames, each scrolled to, for they load when they come near. */
async function embeds(page, lab) {
  const count = await page.locator(`iframe[src^="${lab}"]`).count();
  const found = [];
  for (let i = 0; i < count; i += 1) {
    const element = page.locator(`iframe[src^="${lab}"]`).nth(i);
    await element.scrollIntoViewIfNeeded();
    const frame = await (await element.elementHandle()).contentFrame();
    await frame.waitForURL((url) => url.href.startsWith(lab), { waitUntil: "commit" });
    await ready(frame);
    await labReady(frame);
    found.push(frame);
  }
  return found;
}

const step = async (frame) => Number((await frame.locator(`${id("step")} b`).first().textContent()) || 0);
/** Sets the cursor with the timeline's keys, and lets it rest there: the frame takes input. */
async function seek(frame, key) {
  const pause = frame.locator(`${id("play")}[aria-label^=Pause]`);
  if (await pause.count()) await pause.click();
  await frame.locator(id("timeline")).press(key);
}

/** The elements, each scrolled to and there. */
async function elementsOf(page, count) {
  const all = page.locator("descent-lab");
  assert.equal(await all.count(), count);
  const found = [];
  for (let i = 0; i < count; i += 1) {
    await all.nth(i).scrollIntoViewIfNeeded();
    await all.nth(i).locator(id("stage")).waitFor();
    found.push(all.nth(i));
  }
  await labReady(page);
  return found;
}

async function rest(element) {
  await element.evaluate((element) => element.pause());
  await seek(element, "Home");
}

const NET = "v=1&amp;network=8-8-8-8-8-8(activation=tanh)&amp;data=circle(n=500)&amp;steps=3000&amp;run=sgd:lr=0.03,batch=10&amp;step=0";
const ELEMENT = (lab, link = "v=1&amp;surface=rosenbrock&amp;run=adam:lr=0.05") =>
  `<script type="module" src="${lab}descent-lab.js"></script><descent-lab link="${link}" height="480"></descent-lab>`;
/** The policy that docs/embedding.md names for the element, on a site that allows nothing else. */
function elementPolicy(origin) {
  const line = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8").match(/^script-src .*$/m)[0];
  return `default-src 'none'; img-src data:; ${line.replaceAll("https://your.host", origin)}`;
}

const SURFACES = ["rosenbrock", "beale", "himmelblau"];

for (const [system, build] of Object.entries(SYSTEMS)) {
  siteTest(
    `${system}: three embeds on a page, each plays for itself`,
    {
      site: (lab) => {
        const snippet = snippets().get(system);
        assert.ok(snippet?.includes(HOST), `docs/embedding.md has lines for ${system}`);
        return build(fresh(), SURFACES.map((surface) => snippet.replaceAll(HOST, lab).replace("rosenbrock", surface)));
      },
    },
    async (page, lab) => {
      const frames = await embeds(page, lab);
      assert.equal(frames.length, 3);
      for (const [i, frame] of frames.entries()) assert.match(frame.url(), new RegExp(SURFACES[i]));
      for (const frame of frames) await seek(frame, "Home");
      await seek(frames[1], "End");
      await frames[1].waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 100);
      assert.deepEqual([await step(frames[0]), await step(frames[2])], [0, 0], "the others stay");
      await frames[0].locator(id("play")).click();
      await frames[0].waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 3);
      // Nothing of them has become part of the page around.
      assert.equal(await page.locator(".stage, .page.embed").count(), 0);
    },
  );
}

/** The lines of the element, as each system takes them. */
const wrapped = {
  mdBook: (lines) => `<div>\n${lines}\n</div>`,
  MkDocs: (lines) => `<div>\n${lines}\n</div>`,
  "Sphinx with MyST": (lines) => `\`\`\`{raw} html\n${lines}\n\`\`\``,
  Jupyter: (lines) => `from IPython.display import HTML\n\nHTML("""${lines}""")`,
};

for (const [system, build] of Object.entries(SYSTEMS)) {
  siteTest(
    `${system}: three elements on a page share one program and play for themselves`,
    {
      site: (lab) => {
        const snippet = snippets().get("The element instead");
        assert.ok(snippet?.includes("<descent-lab"), "docs/embedding.md has the lines of the element");
        return build(fresh(), SURFACES.map((surface) => wrapped[system](snippet.replaceAll(HOST, lab).replaceAll("rosenbrock", surface))));
      },
    },
    async (page) => {
      const elements = await elementsOf(page, 3);
      for (const element of elements) await rest(element);
      await seek(elements[1], "End");
      await page.waitForFunction(() => document.querySelectorAll("descent-lab")[1].currentStep > 100);
      const steps = await page.locator("descent-lab").evaluateAll((all) => all.map((element) => element.currentStep));
      assert.deepEqual([steps[0], steps[2]], [0, 0], "the others stay");
      // One that is not seen rests.
      await elements[0].scrollIntoViewIfNeeded();
      await elements[0].evaluate((element) => element.play());
      await page.waitForFunction(() => document.querySelector("descent-lab").currentStep > 3);
      const asked = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
      assert.equal(asked.filter((name) => /app-[0-9a-f]+_bg\.wasm/.test(name)).length, 1);
    },
  );
}

siteTest("elements under a strict policy need what docs/embedding.md says, and train in a worker", {
  site: (lab) => plain(ELEMENT(lab) + ELEMENT(lab, NET)),
  headers: (origin) => ({ "content-security-policy": elementPolicy(origin) }),
  // What was under way when it was loaded anew, to be watched from its start.
  allow: /ERR_ABORTED/,
}, async (page, lab) => {
  const workers = [];
  const said = [];
  page.on("worker", (worker) => workers.push(worker.url().slice(0, 5)));
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && said.push(message.text()));
  await page.reload();
  const [, network] = await elementsOf(page, 2);
  await network.locator(id("play")).click();
  await page.waitForFunction(() => document.querySelectorAll("descent-lab")[1].currentStep > 50);
  assert.deepEqual(workers, ["blob:"]);
  assert.deepEqual(said, [], "nothing else was needed");
  assert.ok(lab);
});

siteTest("elements train without a worker where a site forbids them", {
  site: (lab) => plain(ELEMENT(lab, NET)),
  headers: () => ({ "content-security-policy": "worker-src 'none'" }),
  allow: /worker/i,
}, async (page) => {
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  const [network] = await elementsOf(page, 1);
  await network.locator(id("play")).click();
  await page.waitForFunction(() => document.querySelector("descent-lab").currentStep > 50);
  assert.deepEqual(workers, []);
});

siteTest("every example of docs/embedding.md lives in the book of the docs", {
  site: (lab) => {
    const out = fresh();
    execFileSync(process.execPath, [fileURLToPath(new URL("../../scripts/docs.mjs", import.meta.url)), "--host", lab, "--out", out]);
    return out;
  },
  // The first page of the book has an embed too, and is left at once.
  allow: /ERR_ABORTED/,
}, async (page, lab) => {
  await page.goto(new URL("embedding.html", page.url()).href);
  const frames = await embeds(page, lab);
  assert.equal(frames.length, examples().filter((code) => code.includes("<iframe")).length);
  assert.ok(frames.length > 5);
  for (const frame of frames) {
    const area = await frame.locator(id("stage")).boundingBox();
    assert.ok(area.width > 200 && area.height > 100, frame.url());
  }
  await elementsOf(page, examples().filter((code) => code.includes("<descent-lab")).length);
  await page.goto(new URL("embedding-element.html", page.url()).href);
  await elementsOf(page, 1);
  await page.locator("#go").click();
  await page.waitForFunction(() => document.querySelector("descent-lab").currentStep > 3);
});

const LINE = (lab, more = "", attributes = "") =>
  `<iframe src="${lab}#v=1&amp;surface=rosenbrock&amp;run=adam:lr=0.05&amp;embed=1${more}" width="640" height="480" title="An embed" ${attributes}></iframe>`;
const NETWORK = (lab, attributes = "") =>
  `<iframe src="${lab}#v=1&amp;network=8-8-8-8-8-8(activation=tanh)&amp;data=circle(n=500)&amp;steps=3000&amp;run=sgd:lr=0.03,batch=10&amp;embed=1&amp;step=0" width="800" height="600" title="A network" ${attributes}></iframe>`;

const ground = (frame) => frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const DARK = "rgb(17, 21, 26)";

for (const [how, dark, head, more, want] of [
  ["a dark host's reader has a dark embed", true, `<style>:root { color-scheme: light dark }</style>`, "", DARK],
  ["an embed can be dark on its own", false, "", "&amp;theme=dark", DARK],
  ["and light in a dark host", true, `<style>:root { color-scheme: dark; background: #000 }</style>`, "&amp;theme=light", "rgb(255, 255, 255)"],
]) {
  siteTest(`themes: ${how}`, { site: (lab) => plain(LINE(lab, more), head), dark }, async (page, lab) => {
    const [frame] = await embeds(page, lab);
    assert.equal(await ground(frame), want);
  });
}

/** Waits until a network is trained, and plays it. */
async function trains(frame) {
  await frame.waitForFunction(() => document.querySelector(".stage, [data-testid=stage]"));
  await frame.locator(id("play")).click();
  await frame.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 50);
}

siteTest("a frame that may only run scripts works, and trains without a worker", {
  site: (lab) => plain(LINE(lab, "", 'sandbox="allow-scripts"') + NETWORK(lab, 'sandbox="allow-scripts"')),
  // The browser says that it refuses the worker.
  allow: /worker/i,
}, async (page, lab) => {
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  const [race, network] = await embeds(page, lab);
  assert.equal(await race.evaluate(() => origin), "null");
  await race.locator(id("play")).click();
  await race.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 3);
  await trains(network);
  assert.deepEqual(workers, []);
});

siteTest("a strict policy needs to allow the frame and nothing else", {
  site: (lab) => plain(LINE(lab) + NETWORK(lab)),
  headers: (origin) => ({ "content-security-policy": `default-src 'none'; img-src data:; frame-src ${origin}` }),
}, async (page, lab) => {
  const [race, network] = await embeds(page, lab);
  await race.locator(id("play")).click();
  await race.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 3);
  await trains(network);
});

siteTest("without that line the policy stops it, so the line is needed", {
  site: (lab) => plain(LINE(lab)),
  headers: () => ({ "content-security-policy": "default-src 'none'; img-src data:" }),
}, async (page) => {
  await page.waitForTimeout(500);
  assert.equal(page.frames().filter((frame) => frame.url().includes("descent-lab")).length, 0);
});

siteTest("a host that forbids workers does not reach into the frame", {
  site: (lab) => plain(NETWORK(lab)),
  headers: () => ({ "content-security-policy": "worker-src 'none'" }),
}, async (page, lab) => {
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  const [network] = await embeds(page, lab);
  await trains(network);
  assert.equal(workers.length, 1);
});

test("the single file works in a frame of a page from a disk", { timeout: 120_000 }, async () => {
  const { browser } = await start();
  const path = fresh();
  execFileSync(process.execPath, [fileURLToPath(new URL("../../scripts/single.mjs", import.meta.url)), "--out", join(path, "descent-lab.html")]);
  writeFileSync(join(path, "index.html"), `<!doctype html><title>A page</title>${LINE("descent-lab.html")}${LINE("descent-lab.html", "", 'sandbox="allow-scripts"')}`);
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (request) => /^https?:/.test(request.url()) && asked.push(request.url()));
  try {
    await page.goto(pathToFileURL(join(path, "index.html")).href);
    for (const frame of page.frames().slice(1)) {
      await labReady(frame);
      await frame.locator(id("play")).click();
      await frame.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 3);
    }
    assert.equal(page.frames().length, 3);
    assert.deepEqual(asked, []);
  } finally {
    await page.close();
  }
});
