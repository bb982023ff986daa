// After one visit the page works without network, and a new build takes its place without a page losing anything.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST, labReady, ready } from "./lib/browser.mjs";
import { pageTest } from "./lib/harness.mjs";
import { serveFolder } from "./lib/server.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008";
/** Both are problems that these tests make: the server is not the harness's own, and goes away. */
const allow = [/request to another host: http:..127/, /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to load resource/];
const OPTIONS = { offline: true, allow, timeout: 120_000 };

/** A copy of the built page on a server of its own, which counts what it is asked for. */
async function withHost(body) {
  const folder = mkdtempSync(join(tmpdir(), "descent-lab-offline-"));
  cpSync(DIST, folder, { recursive: true });
  const asked = [];
  const server = await serveFolder(folder, {
    base: "/lab/",
    headers: (path) => {
      asked.push(path);
      return {};
    },
  });
  try {
    await body({ folder, url: server.url, asked });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

const buildOf = (folder) => readFileSync(join(folder, "sw.js"), "utf8").match(/lab\.js\?([0-9a-f]{16})/)[1];

/** Puts another build in its place: the same programs under another name, as if their sources had changed. */
function deploy(folder) {
  const [old, next] = [buildOf(folder), "feedfacecafebeef"];
  let worker = readFileSync(join(folder, "sw.js"), "utf8").replaceAll(old, next);
  const named = readdirSync(folder).find((name) => /^app-[0-9a-f]+\.js$/.test(name)).match(/app-([0-9a-f]+)/)[1];
  for (const name of readdirSync(folder)) {
    if (name === "sw.js" || !/\.(js|wasm|html)$/.test(name)) continue;
    // One character is one byte here, so lengths inside the programs stay true.
    const text = readFileSync(join(folder, name), "latin1").replaceAll(old, next).replaceAll(named, "0123456789abcdef");
    const to = name.replace(named, "0123456789abcdef");
    renameSync(join(folder, name), join(folder, to));
    const page = name === "index.html" ? withPolicy(text) : text;
    writeFileSync(join(folder, to), page, "latin1");
    const address = { "index.html": "./", "lab.js": `lab.js?${next}`, "lab_bg.wasm": `lab_bg.wasm?${next}`, "worker.js": `worker.js?${next}` };
    worker = worker.replaceAll(named, "0123456789abcdef");
    const line = new RegExp(`(\\["${(address[name] ?? to).replaceAll(/[.?]/g, "\\$&")}", )"[^"]*"`);
    assert.match(worker, line);
    worker = worker.replace(line, `$1"sha256-${createHash("sha256").update(page, "latin1").digest("base64")}"`);
  }
  writeFileSync(join(folder, "sw.js"), worker);
  return next;
}

/** The page with the hashes of what now stands in it. */
function withPolicy(page) {
  const module = page.match(/<script type="?module"?>(.*?)<\/script>/s)[1];
  const other = page.match(/<script>(async function lab.*?)<\/script>/s)[1];
  const hash = (text) => `'sha256-${createHash("sha256").update(text, "latin1").digest("base64")}'`;
  return page.replace(/('wasm-unsafe-eval') [^;]*;/, `$1 ${hash(module)} ${hash(other)};`);
}

/** Waits until everything is kept. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
const cachesOf = (page) => page.evaluate(() => caches.keys());
const build = (page) =>
  page.evaluate(async () => {
    const { name } = performance.getEntriesByType("resource").find((entry) => /\/lab\.js\?/.test(entry.name));
    return (await import(name)).build();
  });

/** Waits until something that answers later is true; `waitForFunction` takes any promise for that. */
async function until(page, holds, argument) {
  for (let n = 0; n < 200; n += 1) {
    if (await page.evaluate(holds, argument)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never: ${holds}`);
}
const waits = () => navigator.serviceWorker.getRegistration().then((all) => all.waiting !== null);

/** Loads the page anew and waits for all of it. */
async function reload(page) {
  await page.reload();
  await ready(page);
  await labReady(page);
}

/** The second program answers: a panel of its own is drawn, and a network is trained. */
async function works(page) {
  await page.locator(id("surface")).click();
  await page.waitForSelector("#surfaces:popover-open [role=option]");
  await page.keyboard.press("Escape");
  await page.locator(id("play")).click();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 5);
}

pageTest("after one visit the page works without network, with its second program and its worker", OPTIONS, ({ page }) =>
  withHost(async ({ url }) => {
    await page.goto(url + RACE);
    await kept(page);
    await page.context().setOffline(true);
    await reload(page);
    await works(page);
    assert.match(page.url(), /rosenbrock/, "the settings stay");
    const workers = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    const deep = "#v=1&network=8-8-8-8-8-8(activation=tanh)&data=circle(n=500)&steps=4000&run=sgd:lr=0.03,batch=10&step=0";
    await page.goto("about:blank");
    await page.goto(url + deep);
    await labReady(page);
    await page.waitForFunction(() => !document.querySelector(".card .status.waiting:not([hidden])"));
    assert.deepEqual(workers.map((worker) => worker.split("?")[0]), [`${url}worker.js`]);
    await page.goto("about:blank");
    await page.goto(`${url}index.html`);
    await ready(page);
  }),
);

pageTest("a new build is there at the next reload, what the old one kept goes, and it works without network", OPTIONS, ({ page }) =>
  withHost(async ({ folder, url }) => {
    await page.goto(url + RACE);
    await labReady(page);
    await kept(page);
    const old = await build(page);
    const [before] = await cachesOf(page);
    const next = deploy(folder);
    await reload(page);
    assert.equal(await build(page), next, "the newest build, at once");
    assert.notEqual(old, next);
    // The new worker has fetched everything and waits; the next reload lets it in.
    await until(page, waits);
    await reload(page);
    await until(page, (before) => caches.keys().then((all) => all.length === 1 && all[0] !== before), before);
    await page.context().setOffline(true);
    await reload(page);
    assert.equal(await build(page), next);
    await works(page);
    assert.match(page.url(), /rosenbrock/);
  }),
);

pageTest("without network the kept page is shown whole while a new build waits, which is let in when there is one", OPTIONS, ({ page }) =>
  withHost(async ({ folder, url }) => {
    await page.goto(url + RACE);
    await labReady(page);
    await kept(page);
    const old = await build(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const next = deploy(folder);
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((all) => all.update()).then(() => true));
    await until(page, waits);
    await page.context().setOffline(true);
    await reload(page);
    assert.equal(await build(page), old, "the page that belongs to what is kept");
    await works(page);
    assert.ok(await page.evaluate(waits), "the new one waits on");
    await page.context().setOffline(false);
    await reload(page);
    assert.equal(await build(page), next);
  }),
);

pageTest("an open page of the old build goes on with its old files while another one has the new", OPTIONS, ({ page }) =>
  withHost(async ({ folder, url }) => {
    await page.goto(url + RACE);
    await labReady(page);
    await kept(page);
    const old = await build(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    deploy(folder);
    const other = await page.context().newPage();
    await other.goto(url + RACE);
    await labReady(other);
    assert.notEqual(await build(other), old);
    await until(other, waits);
    // Its worker is asked for only now.
    const workers = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    await page.evaluate(() => (location.hash = "#v=1&network=8-8-8-8-8-8(activation=tanh)&data=circle(n=500)&steps=4000&run=sgd:lr=0.03,batch=10"));
    await page.waitForFunction(() => document.querySelector(".card .status.waiting:not([hidden])"));
    await page.waitForFunction(() => !document.querySelector(".card .status.waiting:not([hidden])"));
    assert.deepEqual(workers, [`${url}worker.js?${old}`]);
    const answer = await page.evaluate(async (old) => (await import(`./lab.js?${old}`)).build(), old);
    assert.equal(answer, old, "the worker's program is of the page's build");
  }),
);

pageTest("the network is asked for the page, and for nothing that is kept", OPTIONS, ({ page }) =>
  withHost(async ({ url, asked }) => {
    await page.goto(url);
    await kept(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    asked.length = 0;
    await reload(page);
    const files = asked.filter((path) => path !== "sw.js");
    assert.deepEqual(files, ["index.html"]);
  }),
);

pageTest("a host that is broken for a while does no harm", OPTIONS, ({ page }) =>
  withHost(async ({ folder, url }) => {
    await page.goto(url);
    await kept(page);
    // A file that does not belong to the list: nothing of that build is kept.
    deploy(folder);
    writeFileSync(join(folder, "lab.js"), "garbage");
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      const worker = registration.installing;
      if (worker) await new Promise((done) => worker.addEventListener("statechange", done));
    }).catch(() => {});
    assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((all) => all.waiting)), null);
    await page.context().setOffline(true);
    await reload(page);
    await works(page);
  }),
);

pageTest("nothing is kept in a frame, by an embed, or beside the page's own folder", OPTIONS, ({ page }) =>
  withHost(async ({ folder, url }) => {
    writeFileSync(join(folder, "host.html"), `<!doctype html><title>A host</title><iframe src="./" width="800" height="600"></iframe>`);
    const registrations = () => page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length));
    await page.goto(`${url}host.html`);
    await labReady(page.frames()[1]);
    await page.waitForTimeout(300);
    assert.equal(await registrations(), 0);
    await page.goto(`${url}${RACE}&embed=1`);
    await labReady(page);
    await page.waitForTimeout(300);
    assert.equal(await registrations(), 0);
    await page.goto("about:blank");
    await page.goto(url);
    await kept(page);
    assert.equal(await registrations(), 1, "and otherwise it is");
    // Other pages of the folder stay what they are.
    await page.goto(`${url}host.html`);
    assert.equal(await page.title(), "A host");
  }),
);

pageTest("the page can be installed: its manifest and pictures are there", OPTIONS, ({ page, open, url }) =>
  (async () => {
    await open();
    const address = await page.locator("link[rel=manifest]").evaluate((link) => link.href);
    const manifest = await (await page.request.get(address)).json();
    assert.equal(manifest.display, "standalone");
    assert.equal(new URL(manifest.start_url, address).href, url);
    assert.ok(manifest.icons.some((icon) => icon.purpose === "maskable"));
    for (const icon of manifest.icons) {
      const size = await page.evaluate(async (src) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, icon.src);
      if (icon.sizes !== "any") assert.equal(size, icon.sizes, icon.src);
    }
  })(),
);
