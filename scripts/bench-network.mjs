#!/usr/bin/env node
// Microseconds to train on one example: our kernel in Chromium, and a network of objects in JavaScript beside it, turn by turn
// in the same page, and of each the shortest of many samples: what it takes when nothing else runs. Both must come to the same
// weights first. Then the time for every unit on a grid. `--json FILE` keeps the figures.

import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { launchAlone } from "../tests/e2e/lib/browser.mjs";
import { serveFolder } from "../tests/e2e/lib/server.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = `${ROOT}target/bench-network`;
const TARGET = "wasm32-unknown-unknown";
const AIM = 12;
const CASES = [
  { name: "7-8-8-8-8-8-8-1 tanh, batch 10", features: 7, hidden: [8, 8, 8, 8, 8, 8], batch: 10, aim: true },
  { name: "2-4-2-1 tanh, batch 10", features: 2, hidden: [4, 2], batch: 10, aim: true },
  { name: "7-8-8-8-8-8-8-1 tanh, batch 500", features: 7, hidden: [8, 8, 8, 8, 8, 8], batch: 500 },
  { name: "2-8-8-1 tanh, batch 32", features: 2, hidden: [8, 8], batch: 32 },
];
const GRIDS = [
  { name: "7-8-8-8-8-8-8-1 tanh", features: 7, hidden: [8, 8, 8, 8, 8, 8] },
  { name: "2-4-2-1 tanh", features: 2, hidden: [4, 2] },
];
const SIDE = 100;

/** Builds the kernel as the page's second program is built. */
function build() {
  const run = (program, ...words) => execFileSync(program, words, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  run("cargo", "build", "--quiet", "--example", "network", "--target", TARGET, "--profile", "lab", "--no-default-features", "--features", "lab");
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--out-dir", OUT, `target/${TARGET}/lab/examples/network.wasm`);
  const features = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue", "simd"];
  run("wasm-opt", "-O3", ...features.map((f) => `--enable-${f}`), "-o", `${OUT}/network_bg.wasm`, `${OUT}/network_bg.wasm`);
  copyFileSync(`${ROOT}scripts/per-node-network.js`, `${OUT}/per-node-network.js`);
}

/** In the page: both networks on the same data, and how long each takes. */
async function compare({ features, hidden, batch }) {
  const { Network } = await import("./network.js");
  const { PerNodeNetwork } = await import("./per-node-network.js");
  const SAMPLES = 300;
  const SAMPLE_MS = 2;
  const RATE = 0.01;
  const points = Array.from({ length: 500 }, (_, i) => [3 * Math.sin(i * 0.7), 3 * Math.cos(i * 1.3), i % 2]);
  const all = ([x, y]) => [x, y, x * x, y * y, x * y, Math.sin(x), Math.sin(y)].slice(0, features);
  const inputs = points.map(all);
  const targets = points.map(([, , label]) => (label > 0 ? 1 : -1));
  const ours = new Network(features, Uint32Array.from(hidden), "tanh", Float64Array.from(points.flat()));
  const theirs = new PerNodeNetwork(features, hidden, ours.weights());
  ours.train(3, batch, RATE);
  theirs.train(inputs, targets, 3, batch, RATE);
  const weights = theirs.weights();
  const apart = Math.max(...ours.weights().map((w, i) => Math.abs(w - weights[i])));
  if (!(apart < 1e-9)) throw new Error(`The two networks do not compute the same: they are ${apart} apart.`);
  const timers = {
    ours: (epochs) => ours.train(epochs, batch, RATE),
    theirs: (epochs) => theirs.train(inputs, targets, epochs, batch, RATE),
  };
  const time = (key, epochs) => {
    const begin = performance.now();
    timers[key](epochs);
    return performance.now() - begin;
  };
  const epochs = { ours: 1, theirs: 1 };
  const taken = { ours: [], theirs: [] };
  const shortest = (key) => Math.min(...Array.from({ length: 8 }, () => time(key, epochs[key])));
  for (const key of Object.keys(epochs)) while (shortest(key) < SAMPLE_MS) epochs[key] *= 2;
  for (let n = 0; n < SAMPLES; n += 1) {
    for (const key of Object.keys(epochs)) taken[key].push((1e3 * time(key, epochs[key])) / (epochs[key] * points.length));
  }
  return { ours: Math.min(...taken.ours), theirs: Math.min(...taken.theirs) };
}

/** In the page: milliseconds for all units on a grid. */
async function grids({ features, hidden, side }) {
  const { Network } = await import("./network.js");
  const network = new Network(features, Uint32Array.from(hidden), "tanh", Float64Array.from([1, 2, 0, 2, 1, 1]));
  network.grids(5, side);
  const taken = [];
  for (let n = 0; n < 100; n += 1) {
    const begin = performance.now();
    network.grids(1, side);
    taken.push(performance.now() - begin);
  }
  return Math.min(...taken);
}

if (!process.argv.includes("--built")) build();
const browser = await launchAlone();
const server = await serveFolder(OUT, { base: "/" });
const rows = [];
try {
  const page = await browser.newPage();
  // Alone in its process, a page has a clock of 5 µs instead of 100.
  const headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  const empty = { contentType: "text/html", headers, body: "<!doctype html><title>network</title>" };
  await page.route("**/empty", (route) => route.fulfill(empty));
  await page.goto(`${server.url}empty`);
  await page.evaluate(async () => (await import("./network.js")).default({ module_or_path: "./network_bg.wasm" }));
  console.log(`Training on one example, µs, the shortest of 300 samples; Chromium ${browser.version()}`);
  if (loadavg()[0] > 1) console.log(`The machine is busy (load ${loadavg()[0].toFixed(1)}): ratios tell more than times.`);
  console.log(`${"".padEnd(36)}${["wasm", "JavaScript", "ratio"].map((word) => word.padStart(12)).join("")}`);
  for (const one of CASES) {
    const { ours, theirs } = await page.evaluate(compare, one);
    rows.push({ ...one, ours_us: ours, javascript_us: theirs, ratio: theirs / ours });
    const cells = [ours.toFixed(3), theirs.toFixed(3), (theirs / ours).toFixed(1)];
    const aim = one.aim ? `   (aim ${AIM})` : "";
    console.log(`${one.name.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join("")}${aim}`);
  }
  for (const one of GRIDS) {
    const ms = await page.evaluate(grids, { ...one, side: SIDE });
    rows.push({ ...one, grid_ms: ms });
    console.log(`${`${one.name}, every unit on ${SIDE}²`.padEnd(36)}${ms.toFixed(2).padStart(12)} ms`);
  }
} finally {
  await browser.close();
  await server.close();
}
const at = process.argv.indexOf("--json");
if (at > 0) writeFileSync(process.argv[at + 1], `${JSON.stringify(rows, null, 2)}\n`);
