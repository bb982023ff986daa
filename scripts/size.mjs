#!/usr/bin/env node
// What a first visit downloads: the page and everything it names, gzip -9, against the budget.
// The second program comes when the page already plays: it is shown and not counted, like all that the page does not name.

import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 150_000;
const COUNTED = [".html", ".css", ".js", ".wasm"];
const SECOND_PROGRAM = ["lab.js", "lab_bg.wasm"];
/** Asked for when the second program is there. */
const OFFLINE = ["sw.js"];

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

/** The page and the files it names, directly or through one another, as paths inside dist. */
function firstLoad() {
  const counted = (path) => COUNTED.includes(extname(path)) && ![...SECOND_PROGRAM, ...OFFLINE].includes(path);
  const files = readdirSync(dist, { recursive: true }).filter(counted);
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

/** The sizes of these files, the largest first. */
function sizesOf(paths) {
  const sizes = paths.map((path) => {
    const content = readFileSync(join(dist, path));
    return { path, plain: content.length, gzip: gzipSync(content, { level: 9 }).length };
  });
  return sizes.sort((a, b) => b.gzip - a.gzip);
}

let paths, later;
try {
  paths = firstLoad();
  later = sizesOf([...SECOND_PROGRAM, ...OFFLINE]);
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

const total = (sizes, key) => sizes.reduce((sum, size) => sum + size[key], 0);

function table(sizes, title) {
  for (const { path, plain, gzip } of sizes) row(path, plain, gzip);
  row(title, total(sizes, "plain"), total(sizes, "gzip"));
}

const sizes = sizesOf(paths);
console.log("     bytes   gzip -9");
table(sizes, "first load");
console.log("");
table(later, "loaded later");

const left = BUDGET_BYTES - total(sizes, "gzip");
if (left < 0) {
  console.error(`Over the budget of ${BUDGET_BYTES.toLocaleString("en")} bytes by ${(-left).toLocaleString("en")}.`);
  process.exit(1);
}
console.log(`${left.toLocaleString("en")} bytes below the budget of ${BUDGET_BYTES.toLocaleString("en")}.`);
