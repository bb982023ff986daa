// Taking away what is shown: pictures, films and numbers as files, and the page on paper.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid="${name}"]`;
const take = (name) => id(`take-${name}`);
const RACE = "#v=1&surface=himmelblau&steps=60&run=adam:lr=0.1&run=sgd:lr=0.01&step=25";
const COMMAND = fileURLToPath(new URL("../../target/debug/descent-lab", import.meta.url));

const says = (page, place, words) =>
  page.waitForFunction(
    ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    [take(`said-${place}`), words.source],
  );

/** What is wrong stands right below the field or the buttons it is of, in the colour of what is wrong, and is read out. */
async function wrong(page, place, words, below) {
  await page.waitForFunction(
    ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    [take(`wrong-${place}`), words.source],
  );
  const seen = await page.evaluate(
    ([line, part]) => {
      const [said, above] = [line, part].map((selector) => document.querySelector(selector));
      const probe = said.parentElement.appendChild(document.createElement("span"));
      probe.style.color = "var(--bad)";
      const bad = getComputedStyle(probe).color;
      probe.remove();
      return {
        role: said.getAttribute("role"),
        isBad: getComputedStyle(said).color === bad,
        gap: said.getBoundingClientRect().top - above.getBoundingClientRect().bottom,
      };
    },
    [take(`wrong-${place}`), take(below)],
  );
  assert.deepEqual([seen.role, seen.isBad], ["alert", true], place);
  assert.ok(seen.gap >= 0 && seen.gap < 20, `${place}: ${seen.gap} pixels below ${below}`);
}

async function opened(page, open, link) {
  await open(link);
  await labReady(page);
  await page.locator(id("take")).click();
  await page.locator(take("svg")).waitFor();
}

/** Sets a field as a reader does. */
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) await page.locator(take(name)).fill(String(value));
}

/** The file that comes of a press: its name and its bytes. */
async function saved(page, name, timeout = 30_000) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout }), page.locator(take(name)).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The chunks of a PNG: their kinds and data. */
function chunks(png) {
  assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
  const found = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    found.push({ kind: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
  }
  return found;
}

/** The frames of a GIF: how long each stands, in hundredths of a second. */
function gifFrames(gif) {
  assert.equal(gif.toString("latin1", 0, 6), "GIF89a");
  const delays = [];
  const colours = (flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const skip = (at) => {
    while (gif[at] !== 0) at += gif[at] + 1;
    return at + 1;
  };
  let at = 13 + colours(gif[10]);
  let delay = 0;
  while (gif[at] !== 0x3b) {
    assert.ok(at < gif.length, "it has an end");
    if (gif[at] === 0x21) {
      if (gif[at + 1] === 0xf9) delay = gif.readUInt16LE(at + 4);
      at = skip(at + 2);
    } else {
      assert.equal(gif[at], 0x2c);
      delays.push(delay);
      at = skip(at + 10 + colours(gif[at + 9]) + 1);
    }
  }
  return delays;
}

pageTest("a picture of the step is saved as SVG and PNG, with the link in it", {}, async ({ page, open }) => {
  await opened(page, open, RACE);
  const svg = await saved(page, "svg");
  assert.equal(svg.name, "himmelblau-adam-sgd-step25.svg");
  const seen = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "image/svg+xml");
    const of = (tag) => document.querySelector(tag)?.textContent ?? "";
    return {
      root: document.documentElement.localName,
      error: of("parsererror"),
      width: document.documentElement.getAttribute("width"),
      words: of("desc"),
      source: of("source"),
      paths: document.querySelectorAll("path").length,
      maps: document.querySelectorAll("image").length,
    };
  }, svg.bytes.toString());
  assert.deepEqual([seen.root, seen.error, seen.width, seen.maps], ["svg", "", "960", 2]);
  assert.match(seen.words, /at step 25 of 60/);
  assert.match(seen.source, /^http.*#v=1&surface=himmelblau.*step=25/);
  assert.ok(seen.paths > 20, `${seen.paths} paths`);
  await says(page, "picture", /Saved as himmelblau-adam-sgd-step25.svg/);

  await fill(page, { width: 640, height: 400 });
  await page.locator(take("what")).selectOption("stage");
  await page.locator(take("colours")).selectOption("print");
  const png = await saved(page, "png");
  assert.equal(png.name, "himmelblau-adam-sgd-step25.png");
  const [head, ...rest] = chunks(png.bytes);
  assert.deepEqual([head.kind, head.data.readUInt32BE(0), head.data.readUInt32BE(4)], ["IHDR", 1280, 800]);
  const said = rest.filter((chunk) => chunk.kind === "iTXt").map((chunk) => chunk.data.toString());
  assert.ok(said.some((text) => text.startsWith("Link\0") && text.includes("surface=himmelblau")));
  const decoded = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, png.bytes.toString("base64"));
  assert.deepEqual(decoded, [1280, 800]);
});

pageTest("the page's SVG is the command line's", {}, async ({ page, open }) => {
  if (!existsSync(COMMAND)) return;
  await opened(page, open, RACE);
  const { bytes } = await saved(page, "svg");
  const out = fileURLToPath(new URL("../../target/tmp/take-e2e.svg", import.meta.url));
  const link = /<source[^>]*>([^<]*)/.exec(bytes.toString())[1].replaceAll("&amp;", "&");
  const args = ["render", "--link", link, "--exact", "--theme", "light", "--size", "960x600", "--out", out];
  execFileSync(COMMAND, args, { stdio: "ignore" });
  const without = (text) => text.replace(/<source[^]*?<\/source>/, "");
  assert.equal(without(bytes.toString()), without(readFileSync(out, "utf8")));
});

for (const [name, viewport] of [["a wide stage", { width: 1500, height: 700 }], ["a high stage", PHONE]]) {
  pageTest(`a figure shows the part of the plane that is on the stage: ${name}`, { viewport }, async ({ page, open }) => {
    await opened(page, open, RACE);
    const { width, height } = await page.locator(id("stage")).boundingBox();
    for (const what of ["both", "stage"]) {
      await page.locator(take("what")).selectOption(what);
      const svg = (await saved(page, "svg")).bytes.toString();
      const rects = [...svg.matchAll(/<clipPath[^>]*><rect ([^>]*)>/g)].map(([, attributes]) => {
        const of = (side) => Number(new RegExp(`${side}="([^"]*)"`).exec(attributes)[1]);
        return of("width") / of("height");
      });
      const shape = width / height;
      assert.ok(rects.some((rect) => Math.abs(rect / shape - 1) < 0.01), `${what}: ${rects} and not ${shape}`);
      // The surface has x and y from -6 to 6: the longer side of the stage shows more.
      const [left, right, bottom, top] = /view=([-0-9.,e]*)/.exec(svg)[1].split(",").map(Number);
      const [across, up] = [6 * Math.max(1, shape), 6 * Math.max(1, 1 / shape)];
      for (const [is, want] of [[left, -across], [right, across], [bottom, -up], [top, up]]) {
        assert.ok(Math.abs(is - want) < 0.05, `${left},${right},${bottom},${top}: ${is} and not ${want}`);
      }
    }
  });
}

pageTest("CSV and JSON are the command line's, to the letter", {}, async ({ page, open }) => {
  await opened(page, open, RACE);
  const files = { csv: await saved(page, "csv"), json: await saved(page, "json") };
  assert.equal(files.csv.name, "himmelblau-adam-sgd.csv");
  assert.equal(files.csv.bytes.toString().trim().split("\n").length, 1 + 2 * 61);
  assert.equal(JSON.parse(files.json.bytes.toString()).runs.length, 2);
  if (!existsSync(COMMAND)) return;
  for (const [format, file] of Object.entries(files)) {
    const want = execFileSync(COMMAND, ["trace", "--link", RACE, "--format", format], { maxBuffer: 1e8 });
    assert.equal(file.bytes.toString(), want.toString(), format);
  }
});

pageTest("the open run is saved as a script for each library, as the command line writes it", {}, async ({ page, open }) => {
  await opened(page, open, RACE);
  for (const [flavour, imported] of [["pytorch", "torch"], ["optax", "optax"], ["numpy", "numpy"]]) {
    const script = await saved(page, `${flavour}.py`);
    assert.equal(script.name, `himmelblau-adam-${flavour}.py`);
    assert.match(script.bytes.toString(), new RegExp(`^import ${imported}`, "m"));
    if (!existsSync(COMMAND)) continue;
    const want = execFileSync(COMMAND, ["export", "--link", RACE, "--run", "1", "--to", flavour]);
    // The link at its head says more of what is seen than of what is run.
    const body = (text) => text.toString().replace(/^# +#.*$/m, "");
    assert.equal(body(script.bytes), body(want), flavour);
  }
  await page.goto("about:blank");
  await opened(page, open, `${RACE}&focus=2`);
  assert.equal((await saved(page, "numpy.py")).name, "himmelblau-sgd-numpy.py");
});

pageTest("a GIF has its frames and times, and the page can be used meanwhile", {}, async ({ page, open }) => {
  await opened(page, open, RACE);
  await fill(page, { width: 320, height: 240, from: 5, to: 45, seconds: 2, rate: 10 });
  await page.locator(take("what")).selectOption("stage");
  const gif = await saved(page, "gif");
  assert.equal(gif.name, "himmelblau-adam-sgd-step5-to-45.gif");
  assert.deepEqual([gif.bytes.readUInt16LE(6), gif.bytes.readUInt16LE(8)], [320, 240]);
  const delays = gifFrames(gif.bytes);
  assert.deepEqual(delays, [...Array(20).fill(10), 100]);
  await says(page, "film", /Saved as .*gif/);
  assert.ok(await page.locator(take("cancel")).isHidden());

  // A long one: between its frames the page answers.
  await fill(page, { width: 960, height: 600, seconds: 20, rate: 20 });
  await page.locator(take("gif")).click();
  await page.locator(take("cancel")).waitFor();
  const longest = await page.evaluate(async () => {
    let [longest, before] = [0, performance.now()];
    for (let i = 0; i < 12; i += 1) {
      await new Promise((done) => setTimeout(done, 0));
      const now = performance.now();
      [longest, before] = [Math.max(longest, now - before), now];
    }
    return longest;
  });
  assert.ok(longest < 1000, `a frame holds the page for ${longest} ms`);
  await page.keyboard.press("Enter");
  await says(page, "film", /given up/);
  assert.ok(await page.locator(take("progress")).isHidden());
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
  assert.equal(focused, "take-gif", "the focus goes back to where it was");
});

pageTest("a film is recorded, and what was given up is not saved", {}, async ({ page, open }) => {
  await opened(page, open, RACE);
  await fill(page, { width: 320, height: 240, to: 30, seconds: 1, rate: 10 });
  await page.locator(take("what")).selectOption("stage");
  const film = await saved(page, "video");
  if (film.name.endsWith("webm")) {
    assert.equal(film.bytes.subarray(0, 4).toString("hex"), "1a45dfa3", "an EBML header");
    assert.ok(film.bytes.includes("webm"));
    // Eleven frames in a second, and a second for the last.
    const seen = await page.evaluate(async (base64) => {
      const video = document.createElement("video");
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
      await new Promise((done, failed) => Object.assign(video, { onloadedmetadata: done, onerror: failed }));
      const length = video.duration;
      video.currentTime = 0.5;
      await new Promise((done) => (video.onseeked = done));
      return [length, video.currentTime, video.videoWidth];
    }, film.bytes.toString("base64"));
    assert.ok(seen[0] > 1.8 && seen[0] < 4, `${seen[0]} seconds`);
    assert.deepEqual(seen.slice(1), [0.5, 320]);
  } else {
    assert.equal(film.bytes.toString("latin1", 4, 8), "ftyp");
  }
  assert.ok(film.bytes.length > 2000, `${film.bytes.length} bytes`);
  let others = 0;
  page.on("download", () => (others += 1));
  await fill(page, { seconds: 5 });
  await page.locator(take("video")).click();
  await page.locator(take("cancel")).click();
  await says(page, "film", /given up/);
  await page.waitForTimeout(1500);
  assert.equal(others, 0);
});

pageTest("what cannot be made is said at its place", {}, async ({ page, open }) => {
  await page.addInitScript("delete globalThis.MediaRecorder");
  await opened(page, open, RACE);
  assert.equal(await page.locator(take("video")).count(), 0);
  assert.match(await page.locator("#take").innerText(), /records no films/);
  await fill(page, { width: 9 });
  await page.locator(take("svg")).click();
  await wrong(page, "width", /^Width is a whole number from 160 to 4096/, "width");
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
  assert.equal(focused, "take-width", "what is to be changed has the focus");
  assert.equal(await page.locator(take("width")).getAttribute("aria-invalid"), "true");
  await assertAccessible(page, "#take");
  assert.equal(await page.locator(take("wrong-picture")).textContent(), "", "it is said once");
  await fill(page, { width: 4000, height: 3000 });
  assert.equal(await page.locator(take("wrong-width")).textContent(), "", "it is being changed");
  await page.locator(take("gif")).click();
  await wrong(page, "film", /too large for a film/, "gif");
  await page.locator(take("scale")).selectOption("4");
  await page.locator(take("png")).click();
  await wrong(page, "picture", /too large for the browser/, "png");
  await page.locator(take("scale")).selectOption("1");
  await fill(page, { width: 400, height: 300, from: 30, to: 30 });
  await saved(page, "png");
  await says(page, "picture", /Saved as/);
  assert.equal(await page.locator(take("wrong-picture")).textContent(), "", "it is well now");
  await page.locator(take("gif")).click();
  await wrong(page, "to", /ends before it begins/, "to");
  await fill(page, { from: 0, to: 60, seconds: 60, rate: 50 });
  await page.locator(take("gif")).click();
  await wrong(page, "film", /frames are too many/, "gif");
});

pageTest("matrices and networks can be taken away", {}, async ({ page, open }) => {
  await opened(page, open, "#v=1&problem=matrix_lsq(k=3)&steps=20&run=muon&step=10");
  const matrix = await saved(page, "svg");
  assert.match(matrix.bytes.toString(), /singular values of W/);
  await page.goto("about:blank");
  await opened(page, open, "#v=1&network=4&data=xor&steps=30&run=adam:lr=0.01,batch=16&step=30");
  await page.waitForTimeout(500);
  const network = await saved(page, "svg");
  assert.match(network.bytes.toString(), /training/);
  const table = await saved(page, "csv");
  assert.match(table.bytes.toString(), /^run,step,loss,test_loss/);
  const code = await page.evaluate(
    ([no, buttons, csv]) => {
      const [said, scripts, numbers] = [no, buttons, csv].map((selector) => document.querySelector(selector));
      return {
        words: said.checkVisibility() && said.textContent,
        heading: said.closest("fieldset").querySelector("legend").textContent,
        buttons: scripts.checkVisibility(),
        isBelow: numbers.getBoundingClientRect().bottom < said.getBoundingClientRect().top,
      };
    },
    [take("no-code"), take("code"), take("csv")],
  );
  assert.match(code.words, /networks are not written as Python scripts yet/);
  assert.match(code.heading, /Python/);
  assert.deepEqual([code.buttons, code.isBelow], [false, true], "no buttons that cannot do what they say");
  await page.locator(take("what")).selectOption("stage");
  const stage = await saved(page, "svg");
  assert.equal(stage.bytes.toString().match(/<image/g).length, 1, "what the run makes of the plane");
});

for (const [name, options] of [
  ["wide", {}],
  ["phone", { viewport: PHONE, touch: true }],
]) {
  pageTest(`the panel can be read and used by keyboard: ${name}`, options, async ({ page, open }) => {
    await open(RACE);
    await labReady(page);
    await page.locator(id("take")).focus();
    await page.keyboard.press("Enter");
    await page.locator(take("svg")).waitFor();
    await assertAccessible(page, "#take");
    const wide = await page.locator("#take").evaluate((panel) => panel.scrollWidth - panel.clientWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
    await page.locator(take("svg")).focus();
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.match(download.suggestedFilename(), /svg$/);
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#take").isHidden());
  });
}

pageTest("on paper are the figure, its settings in words and the link, and no controls", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.waitForTimeout(500);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const shows = (element) => element.checkVisibility();
    return {
      words: document.querySelector(".paper").innerText,
      canvas: document.querySelector(".paper canvas").width,
      controls: [...document.querySelectorAll("button, input, select")].filter(shows).length,
    };
  });
  assert.match(seen.words, /Himmelblau/);
  assert.match(seen.words, /at step 25 of 60/);
  assert.match(seen.words, /http.*#v=1&surface=himmelblau/);
  assert.deepEqual([seen.canvas > 1000, seen.controls], [true, 0]);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".paper").count(), 0);
});
