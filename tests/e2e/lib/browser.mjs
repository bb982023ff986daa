// The system's Chromium, and the built page to show it.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));

/** The page sets this performance mark once it is drawn and answers to input. */
export const READY_MARK = "descent-lab-ready";

/** …and this one when its second program is there and everything that waited for it is drawn. */
export const LAB_MARK = "descent-lab-lab";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Chromium for the built page. */
export async function launch() {
  if (!existsSync(`${DIST}index.html`)) throw new Error("No built page in dist/. Build it first: ./dev build");
  return launchAlone();
}

/** Chromium, given a second chance where it does not start. */
export async function launchAlone() {
  const options = { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ARGS, timeout: 60_000 };
  try {
    return await chromium.launch(options);
  } catch {
    console.error("Chromium did not start: once more.");
    return chromium.launch(options);
  }
}

const marked = (page, mark) =>
  page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark, { timeout: 30_000 });

/** Resolves when the page has set its ready mark. */
export const ready = (page) => marked(page, READY_MARK);

/** Resolves when the second program is there. */
export const labReady = (page) => marked(page, LAB_MARK);
