#!/usr/bin/env node
// What the release page costs in Chromium: until it can be used, while it plays, and while something is dragged.
// Plain, and with the processor slowed down four times (for loading also the network of a phone).
//
// The main thread's milliseconds a frame come from Chromium's own trace, so that they tell more than a frame rate that
// stops at 60. Functions typed by the user are measured apart: the second program alone computes their pictures.
// `--json FILE` keeps the figures; `--only WORDS` measures only what has these words in its name ("loading",
// "network" and "typed" are three), for comparing two states of the page.

import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { DIST, READY_MARK, labReady, launch, ready } from "../tests/e2e/lib/browser.mjs";
import { middleOf } from "../tests/e2e/lib/gestures.mjs";
import { serveFolder } from "../tests/e2e/lib/server.mjs";
import { readTrace } from "./trace.mjs";

const START_PIN = "[data-testid=start-pin]";
const FIRST_SLIDER = "[data-testid=run-0-lr]";
const SOLID = "[data-testid=solid]";
const PLAY_BUTTON = "[data-testid=play]";

const EIGHT_RUNS =
  "#v=1&surface=rosenbrock&steps=1000" +
  "&run=adam:lr=0.05&run=momentum:lr=0.0005&run=sgd:lr=0.001&run=nesterov:lr=0.0005" +
  "&run=rmsprop:lr=0.01&run=adagrad:lr=0.3&run=adamw:lr=0.02&run=lion:lr=0.005";

// TensorFlow Playground's deepest network on its own data: 250 examples, batches of 10. It shows 17 epochs a second at 17 frames
// a second on the machine of the reference.
const DEEP_NETWORK =
  "#v=1&network=8-8-8-8-8-8(activation=tanh;features=x/y/x2/y2/xy/sinx/siny)&data=circle(n=500)&steps=20000&speed=100" +
  "&run=sgd:lr=0.03,batch=10";
const STEPS_AN_EPOCH = 25;
const NETWORK_WATCH_MS = 2500;

const VIEWPORT = { width: 1366, height: 768 };
const FRAME_BUDGET_MS = 16;
const SLOWDOWN = 4;
const PHONE_NETWORK = { offline: false, latency: 150, downloadThroughput: 1.64e6 / 8, uploadThroughput: 0.75e6 / 8 };
const LOADS = 5;
const WATCH_MS = 5000;
const SETTLE_MS = 1000;
const CLOCKS = { wall: "by the clock", thread: "of the thread (what it had of a processor)" };
const POINTER_INTERVAL_MS = 8; // a 125 Hz mouse

// --- figures ---------------------------------------------------------------------------------------------------------

/** The value below which a share of the numbers lies. */
function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ms = (number) => (Number.isFinite(number) ? number.toFixed(number < 100 ? 1 : 0) : "–");

function printTable(title, header, rows) {
  const table = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log(`\n${title}`);
  for (const row of table) {
    console.log(row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[0]))).join("  "));
  }
}

// --- loading ---------------------------------------------------------------------------------------------------------

async function newPage(browser, { throttled, phoneNetwork = false, reducedMotion = false }) {
  const context = await browser.newContext({
    serviceWorkers: "block",
    viewport: VIEWPORT,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  if (throttled) await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  if (phoneNetwork) {
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", PHONE_NETWORK);
  }
  return page;
}

/** One first visit: milliseconds from navigation. Blocked time is what long tasks take beyond 50 ms. */
async function loadOnce(browser, url, phone) {
  const page = await newPage(browser, { throttled: phone, phoneNetwork: phone });
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    const observer = new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries()));
    observer.observe({ type: "longtask", buffered: true });
  });
  await page.goto(url);
  await ready(page);
  await sleep(SETTLE_MS);
  const figures = await page.evaluate((mark) => {
    const blocked = globalThis.longTasks.map((task) => task.duration - 50);
    return {
      firstPaint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      interactive: performance.getEntriesByName(mark)[0].startTime,
      blocked: blocked.reduce((total, ms) => total + ms, 0),
      longestTask: Math.max(0, ...globalThis.longTasks.map((task) => task.duration)),
    };
  }, READY_MARK);
  await page.context().close();
  return figures;
}

async function measureLoading(browser, url) {
  const results = {};
  for (const phone of [false, true]) {
    const loads = [];
    for (let n = 0; n < LOADS; n += 1) loads.push(await loadOnce(browser, url, phone));
    const median = (key) => quantile(loads.map((load) => load[key]), 0.5);
    results[phone ? `phone (CPU ÷${SLOWDOWN}, 1.64 Mbit/s, 150 ms)` : "plain"] = {
      firstPaint: median("firstPaint"),
      interactive: median("interactive"),
      blocked: median("blocked"),
      longestTask: median("longestTask"),
    };
  }
  printTable(
    `Loading, ms, medians of ${LOADS}`,
    ["", "first paint", "interactive", "blocked", "longest task"],
    Object.entries(results).map(([name, r]) => [name, ms(r.firstPaint), ms(r.interactive), ms(r.blocked), ms(r.longestTask)]),
  );
  return results;
}

// --- frames ----------------------------------------------------------------------------------------------------------

/** Keeps an animation loop of its own, so that every frame is counted even where the page's loop rests. */
function watchFrames() {
  globalThis.frameTimes = [];
  const tick = (now) => {
    globalThis.frameTimes.push(now);
    globalThis.frameWatch = requestAnimationFrame(tick);
  };
  globalThis.frameWatch = requestAnimationFrame(tick);
}

function stopWatching() {
  cancelAnimationFrame(globalThis.frameWatch);
  return globalThis.frameTimes;
}

const spread = (numbers) => ({
  median: quantile(numbers, 0.5),
  most: quantile(numbers, 0.95),
  max: Math.max(...numbers),
  overBudget: numbers.filter((one) => one > FRAME_BUDGET_MS).length,
});

/** Frame figures over the time that `action` takes. */
async function watch(browser, page, action) {
  await page.evaluate(watchFrames);
  await sleep(100);
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await action();
  const raw = (await browser.stopTracing()).toString();
  const trace = readTrace(JSON.parse(raw));
  const times = await page.evaluate(stopWatching);
  const intervals = times.slice(1).map((time, n) => time - times[n]);
  const { work, parts, pointerMoves } = trace;
  return {
    frames: work.length,
    pointerMoves,
    fps: (1000 * intervals.length) / sum(intervals),
    wall: spread(work.map((frame) => frame.wall)),
    thread: spread(work.map((frame) => frame.thread)),
    intervalMax: Math.max(...intervals),
    partMeans: Object.fromEntries(Object.entries(parts).map(([part, total]) => [part, total / work.length])),
  };
}

/**
 * Moves a pressed mouse along `path(seconds)` for the time of a measurement, at the mouse's own pace: playwright's
 * `mouse.move` would wait for each frame and so spare the page every other one.
 */
async function dragAlong(page, from, path) {
  const session = await page.context().newCDPSession(page);
  const moves = [];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const begin = performance.now();
  for (let at = 0; at < WATCH_MS; at = performance.now() - begin) {
    const event = { type: "mouseMoved", button: "left", buttons: 1, ...path(at / 1000) };
    moves.push(session.send("Input.dispatchMouseEvent", event));
    await sleep(POINTER_INTERVAL_MS);
  }
  await Promise.all(moves);
  await page.mouse.up();
}

// Each looks first where things are, which is a script in the page, and gives back what is then measured.

async function dragPin(page) {
  const from = await middleOf(page.locator(START_PIN).first());
  return () => dragAlong(page, from, (secs) => ({ x: from.x + 60 * Math.sin(3 * secs), y: from.y + 40 * Math.sin(4.1 * secs) }));
}

async function dragSlider(page) {
  const slider = page.locator(FIRST_SLIDER).first();
  const middle = await middleOf(slider);
  const { width } = await slider.boundingBox();
  return () => dragAlong(page, middle, (secs) => ({ x: middle.x + 0.45 * width * Math.sin(2 * secs), y: middle.y }));
}

/** Turns the surface to and fro, at about the pace of a hand. */
async function orbit(page) {
  const from = await middleOf(page.locator(SOLID));
  return () => dragAlong(page, from, (secs) => ({ x: from.x + 150 * Math.sin(2 * secs), y: from.y + 60 * Math.sin(2.7 * secs) }));
}

const rest = async () => () => sleep(WATCH_MS);

/** Starts the page if it rests: the button then says "Play". */
async function play(page) {
  const button = page.locator(PLAY_BUTTON).first();
  if (/^play/i.test(await button.getAttribute("aria-label"))) await button.click();
}

// Dragging is measured at rest (reduced motion opens the page paused), so that nothing else is in the figures.
const SCENES = [
  { name: "playing", action: rest, playing: true },
  { name: "dragging the start pin", action: dragPin },
  { name: "dragging a slider", action: dragSlider },
  { name: "dragging a slider while playing", action: dragSlider, playing: true },
  { name: "space: turning it", action: orbit, look: "&space=3d" },
  { name: "space: playing", action: rest, playing: true, look: "&space=3d" },
  { name: "space: turning it while playing", action: orbit, playing: true, look: "&space=3d" },
  { name: "space: dragging a slider", action: dragSlider, look: "&space=3d" },
  { name: "space beside the plane: playing", action: rest, playing: true, look: "&space=split" },
];

async function measureFrames(browser, url) {
  const results = {};
  for (const throttled of [false, true]) {
    for (const { name, action, playing = false, look = "" } of SCENES) {
      const fullName = throttled ? `${name}, CPU ÷${SLOWDOWN}` : name;
      if (!fullName.includes(only)) continue;
      const page = await newPage(browser, { throttled, reducedMotion: !playing });
      await page.goto(url + EIGHT_RUNS + look);
      await ready(page);
      if (look) await labReady(page);
      if (playing) await play(page);
      else await sleep(SETTLE_MS);
      results[fullName] = await watch(browser, page, await action(page));
      await page.context().close();
    }
  }
  const named = Object.entries(results);
  if (named.length === 0) return results;
  printTable(
    `Frames: 8 runs × 1,000 steps at ${VIEWPORT.width}×${VIEWPORT.height}`,
    ["", "frames", "moves", "fps", "longest gap"],
    named.map(([name, r]) => [name, String(r.frames), String(r.pointerMoves), ms(r.fps), ms(r.intervalMax)]),
  );
  for (const [clock, title] of Object.entries(CLOCKS)) {
    printTable(
      `Main-thread ms a frame, ${title}`,
      ["", "median", "95 %", "max", `over ${FRAME_BUDGET_MS} ms`],
      named.map(([name, r]) => {
        const { median, most, max, overBudget } = r[clock];
        return [name, ms(median), ms(most), ms(max), String(overBudget)];
      }),
    );
  }
  const parts = Object.keys(named[0][1].partMeans);
  printTable(
    "Where the main thread's time goes, mean ms a frame",
    ["", ...parts],
    named.map(([name, r]) => [name, ...parts.map((part) => ms(r.partMeans[part]))]),
  );
  return results;
}

// --- networks ---------------------------------------------------------------------------------------------------------

const stepShown = (page) => page.locator("[data-testid=step] b").innerText().then(Number);

/** How many epochs a second go by on the screen, and what that costs the main thread. */
async function measureNetwork(browser, url) {
  const results = {};
  for (const throttled of [false, true]) {
    for (const training of [true, false]) {
      const page = await newPage(browser, { throttled });
      await page.goto(`${url}${DEEP_NETWORK}${training ? "" : "&step=0"}`);
      await labReady(page);
      // Either from the first moment on, while it is being trained, or when all of it is known.
      if (!training) {
        await page.waitForFunction(() => !document.querySelector("[data-testid=run-0-status]").textContent.includes("Training"));
        await play(page);
      }
      let epochsPerSecond;
      const figures = await watch(browser, page, async () => {
        const begin = { step: await stepShown(page), at: performance.now() };
        await sleep(NETWORK_WATCH_MS);
        const steps = (await stepShown(page)) - begin.step;
        epochsPerSecond = steps / STEPS_AN_EPOCH / ((performance.now() - begin.at) / 1000);
      });
      const name = `${training ? "while it trains" : "trained before"}${throttled ? `, CPU ÷${SLOWDOWN}` : ""}`;
      results[name] = { ...figures, epochsPerSecond };
      await page.context().close();
    }
  }
  printTable(
    "Network 7-8-8-8-8-8-8-1 tanh, 250 examples, batch 10, played at ×100",
    ["", "epochs a second", "fps", "main thread's ms a frame", "95 %", "of the thread", "95 %"],
    Object.entries(results).map(([name, r]) => {
      const clocks = [r.wall, r.thread].flatMap(({ median, most }) => [ms(median), ms(most)]);
      return [name, r.epochsPerSecond.toFixed(0), ms(r.fps), ...clocks];
    }),
  );
  return results;
}

// --- functions typed by the user --------------------------------------------------------------------------------------

const TYPED_LENGTH = 500;
const TYPED_SIDE = 256;
const TYPED_SAMPLES = 9;
const TYPED_AIM_MS = 100;

/** A term again and again, with another number each time, up to 500 characters. */
function filled(term) {
  let text = "";
  for (let n = 1; ; n += 1) {
    const next = `${term.replaceAll("#", n)}+`;
    if (text.length + next.length > TYPED_LENGTH) return `${text}1`;
    text += next;
  }
}

const TYPED = {
  polynomial: filled("#x^3y^2"),
  waves: filled("sin(#x)cos(#y)/#"),
  "waves in x y": filled("sin(#x y)/#"),
  bells: filled("a exp(-(x-#)^2-(y-#)^2)"),
  cases: filled("if(x<y/#,tanh(x-y),sqrt(x^2+y^2))"),
  "powers, the slowest": filled("(x+#)^y"),
  "nested powers": "x^".repeat(60) + "y",
};

/**
 * Milliseconds for the 256 × 256 values of a picture in the second program, with reading the text and handing them over:
 * what the thread had of a processor, and by the clock.
 */
async function measureTyped(browser, url) {
  const page = await browser.newPage();
  await page.route("**/empty", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>typed</title>" }));
  await page.goto(`${url}empty`);
  await page.evaluate(async () => {
    globalThis.program = await import("./lab.js");
    await globalThis.program.default({ module_or_path: "./lab_bg.wasm" });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const threadMs = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find((metric) => metric.name === "TaskDuration").value;
  };
  const results = {};
  for (const [name, text] of Object.entries(TYPED)) {
    const before = await threadMs();
    const times = await page.evaluate(
      ([link, side, samples]) => {
        const view = new Float64Array([-2, 2, -2, 2]);
        return Array.from({ length: samples }, () => {
          const begin = performance.now();
          globalThis.program.field(link, view, side, side, 0, side);
          return performance.now() - begin;
        });
      },
      [`v=1&surface=custom(a=1.5)&f=${encodeURIComponent(text)}`, TYPED_SIDE, TYPED_SAMPLES],
    );
    results[name] = { thread: ((await threadMs()) - before) / TYPED_SAMPLES, shortest: Math.min(...times), median: quantile(times, 0.5), max: Math.max(...times) };
  }
  await page.close();
  printTable(
    `Typed functions of ${TYPED_LENGTH} characters: ${TYPED_SIDE} × ${TYPED_SIDE} values, ms (the aim is ${TYPED_AIM_MS})`,
    ["", "thread, mean", "shortest", "median", "longest"],
    Object.entries(results).map(([name, r]) => [name, ms(r.thread), ms(r.shortest), ms(r.median), ms(r.max)]),
  );
  return results;
}

// --- the command -----------------------------------------------------------------------------------------------------

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const json = option("--json");
const only = option("--only") ?? "";
const browser = await launch();
const server = await serveFolder(DIST, { base: "/descent-lab/", gzip: true });
try {
  console.log(`Chromium ${browser.version()}, ${availableParallelism()} processors, ${new Date().toISOString().slice(0, 10)}`);
  if (loadavg()[0] > 1) console.log(`The machine is busy (load ${loadavg()[0].toFixed(1)}): expect worse figures than the page's own.`);
  const loading = "loading".includes(only) ? await measureLoading(browser, server.url) : undefined;
  const frames = await measureFrames(browser, server.url);
  const network = "network".includes(only) ? await measureNetwork(browser, server.url) : undefined;
  const typed = "typed".includes(only) ? await measureTyped(browser, server.url) : undefined;
  if (json) writeFileSync(json, `${JSON.stringify({ loading, frames, network, typed }, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
