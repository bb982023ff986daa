#!/usr/bin/env node
// Draws assets/icon.svg as the pictures that installed pages have, with Chromium. What it writes is kept with the sources: run it
// again after changing the icon.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchAlone } from "../tests/e2e/lib/browser.mjs";

const assets = fileURLToPath(new URL("../assets/", import.meta.url));
const svg = readFileSync(`${assets}icon.svg`, "utf8");
/** Systems cut a maskable one to a shape of theirs: its ground fills the square, and what matters is in the middle. */
const GROUND = "#31688e";
const ICONS = [
  { name: "icon-192.png", size: 192, share: 1 },
  { name: "icon-512.png", size: 512, share: 1 },
  { name: "icon-maskable.png", size: 512, share: 0.72, ground: GROUND },
];

const browser = await launchAlone();
for (const { name, size, share, ground = "transparent" } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = `${Math.round(size * share)}px`;
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${ground}">
      <div style="width:${side};height:${side}">${svg}</div>`,
  );
  writeFileSync(`${assets}${name}`, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
