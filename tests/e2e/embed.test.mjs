// Parts of other pages in small frames: what readers of documentation meet first.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { readCanvas } from "./lib/canvas.mjs";
import { middleOf } from "./lib/gestures.mjs";
import { pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008&step=60&embed=1";
const HILLS = "#v=1&surface=himmelblau&start=-1,-2&run=adam:lr=0.1&run=sgd:lr=0.005&step=80&embed=1";
const MATRIX = "#v=1&problem=associative_memory&run=muon:lr=0.1&run=sgd:lr=0.05&steps=60&step=20&embed=1";
const NET = "#v=1&network=4-2&data=circle&steps=60&run=adam:lr=0.03,batch=10&run=sgd:lr=0.1&step=50&embed=1";
const SOLID = id("solid");
const ORANGE = [213, 94, 0];

/** Everything that is shown is drawn. */
async function settled(page, link) {
  await labReady(page);
  await page.waitForSelector(id("full-version"));
  if (link.includes("space=")) await page.waitForSelector(`${SOLID} canvas`);
  if (link.startsWith(MATRIX)) await page.waitForSelector(id("matrix-w"));
  if (link.startsWith(NET)) await page.waitForSelector("canvas.graph-net");
  await page.waitForTimeout(300);
}

/** What of the controls that are seen lies under something else, and what lies over it. */
const covered = (page) =>
  page.evaluate(() => {
    const clips = (e) => /auto|scroll|hidden|clip/.test(getComputedStyle(e).overflow);
    const found = [];
    for (const control of document.querySelectorAll("button, input, select, a, summary")) {
      const box = control.getBoundingClientRect();
      if (!control.checkVisibility({ visibilityProperty: true }) || box.width === 0 || control.closest("[popover], .top")) continue;
      // Near its corners: half a button is none.
      for (const [fx, fy] of [[0.5, 0.5], [0.15, 0.2], [0.85, 0.8]]) {
        const [x, y] = [box.left + fx * box.width, box.top + fy * box.height];
        let inside = x > 0 && y > 0 && x < innerWidth && y < innerHeight;
        for (let e = control.parentElement; e; e = e.parentElement) {
          const room = e.getBoundingClientRect();
          if (clips(e)) inside &&= x > room.left && x < room.right && y > room.top && y < room.bottom;
        }
        if (!inside) continue;
        const top = document.elementFromPoint(x, y);
        // The start stays where it is, and so do marks of edits.
        if (!control.contains(top) && !top.contains(control) && !top.closest(".pin")) {
          found.push(`${control.outerHTML.slice(0, 60)} under ${top.outerHTML.slice(0, 60)}`);
        }
      }
    }
    return found;
  });

const boxOf = (page, selector) => page.locator(selector).boundingBox();
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

for (const [width, height] of [[280, 220], [320, 240], [400, 300], [640, 400]]) {
  const links = { surface: RACE, solid: `${HILLS}&space=3d`, both: `${HILLS}&space=split`, matrix: MATRIX, network: NET };
  pageTest(`at ${width} × ${height} no control is covered, and what is locked is said`, { viewport: { width, height }, timeout: 180_000 }, async ({ page, open }) => {
    for (const [name, link] of Object.entries(links)) {
      await open(`${link}&lock=optimizers,parameters`);
      await settled(page, link);
      assert.deepEqual(await covered(page), [], name);
      const cut = await page.locator(".legend li").evaluateAll((all) =>
        all.map((li) => li.getBoundingClientRect().bottom - li.parentElement.getBoundingClientRect().bottom));
      assert.ok(cut.every((px) => px <= 0), `${name}: all runs are named`);
      const sign = page.getByRole("note", { name: "This link locks the optimizers and the parameters." });
      assert.equal(await sign.getAttribute("title"), "This link locks the optimizers and the parameters.");
      assert.equal((await sign.innerText()).replace(/\s+/g, " "), "Locked: optimizers, parameters");
      const box = await sign.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height, `${name}: ${JSON.stringify(box)}`);
      const words = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      assert.deepEqual(words, [width, height], `${name} fits`);
      const keys = await boxOf(page, ".keys");
      const stage = await boxOf(page, ".panes");
      assert.ok(!overlap(keys, stage), `${name}: the stage ends above the keys`);
    }
    await assertAccessible(page);
  });
}

pageTest("what is locked is said in few words where it is all, and not at all where it is nothing", { viewport: { width: 320, height: 240 } }, async ({ page, open }) => {
  await open(`${RACE}&lock=all,time`);
  await page.waitForSelector(id("locked"));
  assert.match(await page.locator(id("locked")).innerText(), /^Locked: all settings, time$/);
  assert.equal(
    await page.locator(id("locked")).getAttribute("aria-label"),
    "This link locks the surface, the start, the optimizers, the parameters, the steps, seed and noise, and time.",
  );
  await open(RACE);
  await settled(page, RACE);
  assert.equal(await page.locator(id("locked")).count(), 0);
});

pageTest("in a small frame the names of the runs stand above the stage", { viewport: { width: 280, height: 220 } }, async ({ page, open }) => {
  await open(RACE);
  await settled(page, RACE);
  const [legend, stage] = [await boxOf(page, ".legend"), await boxOf(page, id("stage"))];
  assert.ok(!overlap(legend, stage), JSON.stringify({ legend, stage }));
  assert.match(await page.locator(".legend").innerText(), /Adam/);
  assert.ok(stage.height > 80);
});

pageTest("eight names leave half of a small stage, and cover no control", { viewport: { width: 280, height: 220 } }, async ({ page, open }) => {
  const runs = "&run=sgd:lr=0.0008".repeat(6);
  await open(RACE + runs);
  await settled(page, RACE);
  assert.deepEqual(await covered(page), []);
  const [stage, keys] = [await boxOf(page, id("stage")), await boxOf(page, ".keys")];
  assert.ok(stage.height >= 48 && !overlap(stage, keys), JSON.stringify({ stage, keys }));
});

pageTest("a matrix in a part of another page says whose it is", { viewport: { width: 320, height: 240 } }, async ({ page, open }) => {
  await open(`${MATRIX}&focus=2`);
  await settled(page, MATRIX);
  assert.match(await page.locator(id("matrix-run")).innerText(), /^W of\s+\S\s+Gradient descent/);
  const [name, stage] = [await boxOf(page, id("matrix-run")), await boxOf(page, id("matrix"))];
  assert.ok(name.y > stage.y && name.y + name.height < stage.y + stage.height, "it is seen without scrolling");
  const w = await boxOf(page, id("matrix-w"));
  assert.ok(w.y + w.height < stage.y + stage.height, "and so is all of W");
});

pageTest("a locked camera does not turn while it is dragged, nor by keys, and leaves fingers to the page", {}, async ({ page, open }) => {
  const shot = () => page.locator(SOLID).screenshot();
  /** Whether it looks otherwise in the middle of a drag, and after keys. */
  const turns = async (more) => {
    await open(`${HILLS}&space=3d${more}`);
    await settled(page, `${HILLS}&space=3d`);
    const { x, y } = await middleOf(page.locator(SOLID));
    await page.mouse.move(x, y);
    const before = await shot();
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 20, { steps: 4 });
    await page.waitForTimeout(100);
    const during = !before.equals(await shot());
    await page.mouse.up();
    await page.keyboard.press("0");
    await page.locator(SOLID).focus();
    await page.waitForTimeout(500);
    const rested = await shot();
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(100);
    return [during, !rested.equals(await shot()), await page.locator(SOLID).evaluate((e) => getComputedStyle(e).touchAction)];
  };
  assert.deepEqual(await turns(""), [true, true, "none"]);
  // Locked time, too: what the picture does not take goes to the page, where arrow keys step.
  assert.deepEqual(await turns("&lock=view,time"), [false, false, "auto"]);
  assert.ok(await page.locator(id("space-height")).isDisabled());
});

pageTest("for a projector it is light whatever the system is, and thicker and larger in three dimensions and in networks", { theme: "dark" }, async ({ page, open }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const orange = async () => {
    const png = (await page.locator(SOLID).screenshot()).toString("base64");
    return page.evaluate(async ([text, [r, g, b]]) => {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const copy = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
      copy.drawImage(picture, 0, 0);
      const { data } = copy.getImageData(0, 0, picture.width, picture.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 40) count += 1;
      }
      return count;
    }, [png, ORANGE]);
  };
  const solid = async (theme) => {
    const bowl = "#v=1&surface=booth&run=sgd:lr=0.01&step=60&embed=1&space=3d";
    await open(`${bowl}&theme=${theme}`);
    await settled(page, bowl);
    return orange();
  };
  const usual = await solid("light");
  const large = await solid("projector");
  assert.equal(await ground(), "rgb(255, 255, 255)");
  assert.ok(large > 1.3 * usual, `${usual} pixels of a run, ${large} for a projector`);
  const net = async (theme) => {
    await open(`${NET}&theme=${theme}`);
    await settled(page, NET);
    await page.waitForTimeout(1000);
    const { data } = await readCanvas(page, "canvas.graph-net");
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 20) count += 1;
    const size = await page.locator(".graph-title").first().evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
    return [count, size];
  };
  const [lines, words] = await net("light");
  const [thick, large_words] = await net("projector");
  assert.ok(thick > 1.1 * lines, `${lines} pixels of the network, ${thick} for a projector`);
  assert.ok(large_words > words + 2, `${words} px, then ${large_words}`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".graph-title")).color), "rgb(0, 0, 0)");
});

pageTest("a frame with all controls reports the height that its content needs, whatever it has", { viewport: { width: 900, height: 900 } }, async ({ page, url }) => {
  await page.route(/host\.html/, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<link rel="icon" href="data:,"><script>window.heights = []; addEventListener("message", (ev) => ev.data.type === "resize" && heights.push(ev.data.height));</script>
        <iframe src="${url}${RACE.replaceAll("&", "&amp;")}&amp;controls=full&amp;lock=surface" width="400" height="300"></iframe>`,
    }),
  );
  await page.goto(`${url}host.html`);
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  await frame.waitForSelector(id("locked"));
  const steady = async () => {
    let last;
    for (let now = -1; now !== last; ) {
      last = now;
      await page.waitForTimeout(500);
      now = await page.evaluate(() => window.heights.at(-1));
    }
    return last;
  };
  const needed = await steady();
  assert.ok(needed > 600, `${needed} px`);
  await page.evaluate((h) => (document.querySelector("iframe").height = h), needed);
  assert.equal(await steady(), needed, "it asks for no more than it was given");
  const [content, last] = await frame.evaluate(() => [
    document.documentElement.scrollHeight,
    Math.max(...[...document.querySelectorAll(".lab *")].map((e) => e.getBoundingClientRect().bottom).filter((b) => b < 5000)),
  ]);
  assert.ok(content <= needed, `${content} px of content in ${needed}`);
  assert.ok(last <= needed && last > needed - 40, `the last of it ends at ${last}`);
  await page.evaluate((h) => (document.querySelector("iframe").height = h), needed + 400);
  assert.equal(await steady(), needed);
});
