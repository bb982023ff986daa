// Fills dist/ of this package from the built page: node element/fill.mjs, after ./dev build.

import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const built = fileURLToPath(new URL("../dist/", import.meta.url));
if (!existsSync(`${built}descent-lab.js`)) {
  console.error("No built page in dist/. Build it first: ./dev build");
  process.exit(1);
}

/** All that the element asks for. */
const wanted = /^(descent-lab\.js|app-[0-9a-f]+_bg\.wasm|lab\.js|lab_bg\.wasm|worker\.js)$/;
rmSync(`${here}dist`, { recursive: true, force: true });
mkdirSync(`${here}dist`);
const names = readdirSync(built).filter((name) => wanted.test(name));
for (const name of names) copyFileSync(built + name, `${here}dist/${name}`);
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(`${here}../${name}`, here + name);
console.log(`element/dist: ${names.sort().join(", ")}`);
