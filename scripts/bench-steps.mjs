#!/usr/bin/env node
// Nanoseconds for a step of every optimizer: native, in the page's second program in Chromium, and the ratio. Both trace the
// same links turn by turn, so that what else the machine does falls on both. `--json FILE` keeps the figures; `--only WORDS`
// takes only optimizers with these words in their keys.

import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DIST, launch } from "../tests/e2e/lib/browser.mjs";
import { serveFolder } from "../tests/e2e/lib/server.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** A sample takes at least this long: the browser's clock has steps of a tenth of a millisecond. */
const SAMPLE_MS = 30;
const SAMPLES = 9;
const WARM_UP = 2;
/** The group of methods for which there is an aim, and the aim. */
const AIM = { group: "Adaptive", ratio: 1.5 };

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The native program, built as `cargo bench` builds it. */
function nativeProgram() {
  const cargo = ["bench", "--bench", "steps", "--no-run", "--message-format=json"];
  const lines = execFileSync("cargo", cargo, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 });
  const built = lines.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return built.find((one) => one.executable && one.target.name === "steps").executable;
}

/** Asks the native program for nanoseconds, a line at a time. */
function nativeTimer(program) {
  const child = spawn(program, ["--serve"], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async time(runs, seed, link) {
      child.stdin.write(`${runs} ${seed} ${link}\n`);
      return Number((await answers.next()).value);
    },
    end: () => child.stdin.end(),
  };
}

/** The second program alone on an empty page. */
async function wasmTimer(browser, url) {
  const page = await browser.newPage();
  await page.route("**/empty", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>steps</title>" }));
  await page.goto(`${url}empty`);
  await page.evaluate(async () => {
    globalThis.program = await import("./lab.js");
    await globalThis.program.default({ module_or_path: "./lab_bg.wasm" });
  });
  const time = (runs, seed, link) =>
    page.evaluate(
      ([runs, seed, link]) => {
        const begin = performance.now();
        for (let n = 0; n < runs; n += 1) globalThis.program.trace(`${link}&seed=${seed + n}`);
        return 1e6 * (performance.now() - begin);
      },
      [runs, seed, link],
    );
  return { time };
}

/** Medians of both, in nanoseconds for a step. */
async function compare(native, wasm, link, steps) {
  let runs = 1;
  let seed = 0;
  const sample = async (timer) => (await timer.time(runs, (seed += runs), link)) / (runs * steps);
  while ((await native.time(runs, (seed += runs), link)) < SAMPLE_MS * 1e6) runs *= 2;
  const taken = { native: [], wasm: [] };
  for (let n = 0; n < WARM_UP + SAMPLES; n += 1) {
    taken.native.push(await sample(native));
    taken.wasm.push(await sample(wasm));
  }
  const [nativeNs, wasmNs] = [taken.native, taken.wasm].map((all) => median(all.slice(WARM_UP)));
  return { nativeNs, wasmNs, ratio: wasmNs / nativeNs };
}

const program = nativeProgram();
const only = option("--only") ?? "";
const listed = execFileSync(program, ["--list"], { encoding: "utf8" }).trim().split("\n").map((line) => line.split("\t"));
const native = nativeTimer(program);
const browser = await launch();
const server = await serveFolder(DIST, { base: "/descent-lab/" });
const rows = [];
try {
  const wasm = await wasmTimer(browser, server.url);
  console.log(`A step on Rosenbrock, ns, medians of ${SAMPLES}; Chromium ${browser.version()}, ${availableParallelism()} processors`);
  if (loadavg()[0] > 1) console.log(`The machine is busy (load ${loadavg()[0].toFixed(1)}): ratios tell more than times.`);
  console.log(`${"".padEnd(24)}${["native", "wasm", "ratio"].map((word) => word.padStart(10)).join("")}`);
  for (const [optimizer, group, steps, link] of listed.filter(([key]) => key.includes(only))) {
    const row = { optimizer, group, ...(await compare(native, wasm, link, Number(steps))) };
    rows.push(row);
    const cells = [row.nativeNs.toFixed(1), row.wasmNs.toFixed(1), row.ratio.toFixed(2)];
    console.log(`${optimizer.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join("")}`);
  }
} finally {
  native.end();
  await browser.close();
  await server.close();
}
const aimed = rows.filter((row) => row.group === AIM.group).sort((a, b) => b.ratio - a.ratio);
if (aimed.length > 0) {
  const [worst] = aimed;
  console.log(`Largest ratio of ${aimed.length} adaptive methods: ${worst.ratio.toFixed(2)} (${worst.optimizer}); the aim is ${AIM.ratio}.`);
}
const json = option("--json");
if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
