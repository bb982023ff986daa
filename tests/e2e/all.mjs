// Every *.test.mjs in this folder, in one process so that they share one browser.
// One file alone: node --test tests/e2e/smoke.test.mjs

import { readdirSync } from "node:fs";

const files = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".test.mjs"));
for (const file of files.sort()) await import(`./${file}`);
