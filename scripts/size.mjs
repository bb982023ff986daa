#!/usr/bin/env node
// What a first visit downloads: the page and everything it names, gzip -9, against the budget.
// Files that the page does not name (a worker, a lesson's picture) come later and are not counted.

import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 150_000;
const COUNTED = [".html", ".css", ".js", ".wasm"];

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

/** The page and the files it names, directly or through one another, as paths inside dist. */
function firstLoad() {
  const files = readdirSync(dist, { recursive: true }).filter((path) => COUNTED.includes(extname(path)));
  const found = new Set(["index.html"]);
  for (const path of found) {
    if (extname(path) === ".wasm") continue;
    const text = readFileSync(join(dist, path), "utf8");
    for (const other of files) if (text.includes(basename(other))) found.add(other);
  }
  return [...found];
}

function row(name, plainBytes, gzipBytes) {
  const bytes = (n) => n.toLocaleString("en").padStart(10);
  console.log(`${bytes(plainBytes)}${bytes(gzipBytes)}  ${name}`);
}

let paths;
try {
  paths = firstLoad();
} catch (error) {
  console.error(`No built page: ${error.message}\nBuild it first: ./dev build`);
  process.exit(1);
}
for (const needed of [".js", ".wasm"]) {
  if (!paths.some((path) => extname(path) === needed)) {
    console.error(`dist/index.html names no ${needed} file: is the build whole?`);
    process.exit(1);
  }
}

const sizes = paths.map((path) => {
  const content = readFileSync(join(dist, path));
  return { path, plain: content.length, gzip: gzipSync(content, { level: 9 }).length };
});
sizes.sort((a, b) => b.gzip - a.gzip);

console.log("     bytes   gzip -9");
for (const { path, plain, gzip } of sizes) row(path, plain, gzip);
const total = (key) => sizes.reduce((sum, size) => sum + size[key], 0);
row("total", total("plain"), total("gzip"));

const left = BUDGET_BYTES - total("gzip");
if (left < 0) {
  console.error(`Over the budget of ${BUDGET_BYTES.toLocaleString("en")} bytes by ${(-left).toLocaleString("en")}.`);
  process.exit(1);
}
console.log(`${left.toLocaleString("en")} bytes below the budget of ${BUDGET_BYTES.toLocaleString("en")}.`);
