// One test is one fresh browser context on the release page. It fails on any console error, uncaught exception, failed
// request, or request to another host, whatever else it looked at.

import { mkdir } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { DIST, launch, ready } from "./browser.mjs";
import { serveFolder } from "./server.mjs";

/** Somewhere below the root, so that an absolute address anywhere in the page is caught. */
const BASE = "/some/sub/path/";
const TEST_TIMEOUT_MS = 90_000;
/**
 * On machines of unknown load a test that fails is tried once more, and says so; one that fails twice has failed. What the page itself
 * reports (an error, a panic, a lost request) is never tried again.
 */
const SECOND_TRIES = process.env.DESCENT_SECOND_TRIES === "1";
const SHOTS = fileURLToPath(new URL("../shots/", import.meta.url));

export const DESKTOP = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 640 };

let shared;

/** The browser and the server, started by the first test that needs them. */
function start() {
  shared ??= launch().then(async (browser) => ({ browser, server: await serveFolder(DIST, { base: BASE }) }));
  return shared;
}

after(async () => {
  const started = await shared?.catch(() => undefined);
  await started?.browser.close();
  await started?.server.close();
});

/**
 * A test of the page.
 *
 * @param {string} name a sentence about behaviour
 * @param {object} options
 * @param {object} [options.viewport] defaults to DESKTOP
 * @param {"light" | "dark"} [options.theme] the system's preference, not the page's own switch
 * @param {boolean} [options.reducedMotion]
 * @param {boolean} [options.touch] a phone: touch events and a mobile viewport
 * @param {boolean} [options.offline] the page may keep itself for when there is no network; otherwise every test would fetch all of it
 * @param {boolean} [options.withoutPolicy] as if the page had no content security policy, so that nothing hides behind it
 * @param {RegExp[]} [options.allow] problems that this test provokes on purpose
 * @param {number} [options.timeout] milliseconds
 * @param {(lab: { page: import("playwright-core").Page, open: (link?: string) => Promise<void>, url: string }) => Promise<void>} body
 *   `open("#v=1&…")` loads the page and waits until it is ready; `open()` loads it without a link
 */
export function pageTest(name, options, body) {
  const limit = options.timeout ?? TEST_TIMEOUT_MS;
  test(name, { timeout: SECOND_TRIES ? 2 * limit : limit }, async () => {
    const { browser, server } = await start();
    try {
      await tryOnce(browser, server, name, options, body);
    } catch (error) {
      if (!SECOND_TRIES || error.ofThePage) throw error;
      console.error(`SECOND TRY of "${name}", after: ${error.message}`);
      await tryOnce(browser, server, name, options, body);
    }
  });
}

/** Runs the body in a fresh context. An error that the page itself reported says so: `ofThePage`. */
async function tryOnce(browser, server, name, options, body) {
  const context = await browser.newContext({
    viewport: options.viewport ?? DESKTOP,
    colorScheme: options.theme ?? "light",
    reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
    hasTouch: options.touch ?? false,
    isMobile: options.touch ?? false,
    locale: "en-GB",
    bypassCSP: options.withoutPolicy ?? false,
    serviceWorkers: options.offline ? "allow" : "block",
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = watchForProblems(page, server.url);
  const open = async (link = "") => {
    await page.goto("about:blank"); // a change of the fragment alone would not load anything
    await page.goto(server.url + link);
    await ready(page);
  };
  const unexpected = () => problems.filter((problem) => !options.allow?.some((allowed) => allowed.test(problem)));
  try {
    await body({ page, open, url: server.url });
  } catch (error) {
    await screenshot(page, name);
    if (problems.length > 0) console.error(report(problems));
    throw Object.assign(error, { ofThePage: unexpected().length > 0 });
  } finally {
    await context.close();
  }
  if (unexpected().length > 0) throw Object.assign(new Error(report(unexpected())), { ofThePage: true });
}

const report = (problems) => `The page reported:\n  ${problems.join("\n  ")}`;

/** A list that fills with whatever goes wrong in the page. */
function watchForProblems(page, ownUrl) {
  const problems = [];
  const own = new URL(ownUrl).host;
  page.on("console", (message) => {
    if (["error", "assert"].includes(message.type())) problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("crash", () => problems.push("the page crashed"));
  page.on("requestfailed", (request) => {
    // The browser gives up the icon when the next page is asked for.
    if (request.url().endsWith("/icon.svg") && request.failure()?.errorText === "net::ERR_ABORTED") return;
    problems.push(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== own) problems.push(`request to another host: ${request.url()}`);
  });
  return problems;
}

async function screenshot(page, name) {
  try {
    await mkdir(SHOTS, { recursive: true });
    await page.screenshot({ path: `${SHOTS}${name.replaceAll(/\W+/g, "-")}.png` });
  } catch {
    // a closed or crashed page has no picture, and the test's own error says more
  }
}
