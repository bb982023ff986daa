// Passing on what is shown: the panel, links that are checked, links for classes, and parts of other pages.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&steps=200&run=adam:lr=0.05&run=sgd:lr=0.0005&step=10";
const SYSTEMS = ["HTML page", "mdBook", "MkDocs", "Sphinx with MyST", "Quarto", "Jupyter", "Docusaurus"];

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const text = (page, name) => page.locator(id(`share-${name}`)).inputValue();
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));

/** Opens the panel. */
async function openPanel(page) {
  await labReady(page);
  await page.locator(id("share")).click();
  await page.waitForSelector(id("share-link"));
}

/** Presses a button of the panel and gives what is on the clipboard then. */
async function copied(page, name) {
  await page.evaluate(() => navigator.clipboard.writeText("nothing"));
  await page.locator(id(`share-copy-${name}`)).click();
  // That something was copied may still be said of the press before.
  for (let n = 0; n < 200; n += 1) {
    const found = await clipboard(page);
    if (found !== "nothing") return found;
    await page.waitForTimeout(50);
  }
  throw new Error(`${name} was never copied`);
}

pageTest("the panel is opened, used and left by keyboard, and its link opens the same with a check", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.locator(id("share")).focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(id("share-link"));
  assert.match(await text(page, "link"), /#v=1&surface=rosenbrock&steps=200&.*&check=[0-9a-f]{8},[0-9a-f]{8}&step=10$/);
  const focused = () => page.evaluate(() => document.activeElement.dataset.testid);
  for (let i = 0; i < 12 && (await focused()) !== "share-copy-link"; i += 1) await page.keyboard.press("Tab");
  assert.equal(await focused(), "share-copy-link");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#share [role=status]").textContent === "Copied.");
  const link = await clipboard(page);
  assert.equal(link, await text(page, "link"));
  await page.locator(id("share-check")).uncheck();
  await page.locator(id("share-start")).check();
  assert.doesNotMatch(await text(page, "link"), /check=|step=10/);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("#share").matches(":popover-open"));
  assert.equal(await focused(), "share", "the focus is where it was");
  await page.goto("about:blank");
  await page.goto(link);
  await labReady(page);
  await page.waitForTimeout(600);
  assert.equal(await page.locator(".notices:visible").count(), 0, "the runs are what the link says");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.hash.includes("step=11"));
  assert.doesNotMatch(await hash(page), /check=/, "it is not kept");
});

pageTest("runs that are not what the link says are named in a notice", {}, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  const link = new URL(await text(page, "link")).hash;
  await open(link.replace(/,[0-9a-f]{8}&/, ",00000000&"));
  await labReady(page);
  await page.waitForSelector(".notices:visible");
  const said = await page.locator(".notices").innerText();
  assert.match(said, /An engine change altered run 2, Gradient descent/);
  assert.doesNotMatch(said, /run 1,|could not be used/);
  // A network's runs are compared when they have come to their end.
  await open("#v=1&network=4&data=circle(n=60)&steps=60&run=adam:lr=0.05,batch=16&check=00000000");
  await labReady(page);
  await page.waitForFunction(() => /altered run 1, Adam/.test(document.querySelector(".notices")?.textContent ?? ""));
});

pageTest("lines for each system are copied as they stand, and fit it", { timeout: 180_000 }, async ({ page, open, url }) => {
  await open(RACE);
  await openPanel(page);
  for (const as of ["frame", "element"]) {
    await page.locator(id("share-as")).selectOption(as);
    for (const system of SYSTEMS) {
      await page.locator(id("share-system")).selectOption(system);
      const lines = await copied(page, "lines");
      assert.equal(lines, await text(page, "lines"), system);
      // An element is a part of a page anyway, and the link in it leads to the whole page.
      assert.equal(/embed=1/.test(lines), as === "frame", system);
      assert.ok(lines.includes(url), system);
      assert.ok((await page.locator(id("share-sentence")).innerText()).length > 20, system);
      if (as === "element") assert.match(lines, /descent-lab\.js/, system);
    }
  }
  await page.locator(id("share-as")).selectOption("frame");
  await page.locator(id("share-system")).selectOption("HTML page");
  await page.locator(id("share-height")).fill("333");
  await page.locator(id("share-embed-controls")).selectOption("none");
  assert.match(await text(page, "lines"), /height="333"/);
  const lines = await text(page, "lines");
  const src = lines.match(/ src="([^"]*)"/)[1].replaceAll("&amp;", "&");
  assert.match(src, /embed=1&controls=none$/);
});

pageTest("a code for cameras is drawn, and a link that is too long says so", {}, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  await page.locator(`${id("share-qr")} > summary`).click();
  await page.waitForSelector(".code svg path");
  const [wide, squares] = await page.locator(".code svg").evaluate((svg) => [svg.viewBox.baseVal.width, svg.querySelector("path").getAttribute("d").split("M").length]);
  assert.ok((wide - 8 - 17) % 4 === 0 && squares > 300, `${wide}, ${squares}`);
  const long = Array.from({ length: 8 }, () => `run=adam:${Array.from({ length: 3 }, () => "lr=0.012345678901234").join(",")},beta1=0.912345678,beta2=0.99123456789,schedule=cosine(t_max=123)+100+linear(end=0.123456)+20+cosine(t_max=50)`);
  await open(`#v=1&${long.join("&")}&step=1`);
  await openPanel(page);
  await page.locator(`${id("share-qr")} > summary`).click();
  await page.waitForFunction(() => /characters/.test(document.querySelector(".code").textContent));
});

pageTest("a class link shows what is locked, and nothing gets around it", { timeout: 180_000 }, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  await page.locator(`${id("share-class")} > summary`).click();
  for (const lock of ["surface", "start", "optimizers", "shared"]) await page.locator(id(`share-lock-${lock}`)).check();
  await page.locator(id("share-hide-charts")).check();
  await page.locator(id("share-class-theme")).selectOption("projector");
  await page.locator(id("share-class-step")).fill("20");
  const link = await copied(page, "class-link");
  assert.match(link, /&step=20&theme=projector&hide=charts&lock=surface,start,optimizers,shared$/);
  assert.equal(await page.locator(id("share-class-open")).getAttribute("href"), link);
  await page.goto("about:blank");
  await page.goto(link);
  await labReady(page);
  await page.waitForSelector(id("locked"));
  assert.match(await page.locator(id("locked")).innerText(), /Locked by this link: surface, start, optimizers, steps, seed and noise/);
  assert.equal(await page.locator(".charts:visible").count(), 0);
  for (const name of ["surface", "add-run", "run-0-optimizer", "run-0-remove", "start-pin"]) {
    const control = page.locator(id(name));
    await page.waitForFunction((n) => document.querySelector(`[data-testid=${n}]`).disabled, name);
    assert.equal(await control.getAttribute("title"), "Locked by this link", name);
  }
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => !location.hash.includes("check="));
  const before = await hash(page);
  // Keys, a pointer where the pin is, controls that somebody has freed, undo.
  await page.keyboard.press("n");
  await page.waitForFunction(() => /locks/.test(document.querySelector(".toast").textContent));
  await page.keyboard.press("Control+z");
  await page.evaluate(() => {
    for (const name of ["add-run", "run-0-remove", "run-1-duplicate"]) {
      const button = document.querySelector(`[data-testid=${name}]`);
      button.disabled = false;
      button.click();
    }
    const menu = document.querySelector("[data-testid=run-0-optimizer]");
    menu.disabled = false;
    menu.value = "lion";
    menu.dispatchEvent(new Event("change"));
    document.querySelector("[data-testid=Network]").disabled = false;
    document.querySelector("[data-testid=Network]").click();
  });
  await page.waitForTimeout(500);
  assert.equal(await hash(page), before, "nothing has changed");
  assert.equal(await page.locator(id("run-0-optimizer")).inputValue(), "adam", "the menu has gone back");
  // What is free is free.
  await page.locator(id("run-0-lr-number")).fill("0.01");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("edit=1@20:lr=0.01"));
  await page.keyboard.press("Escape");
  await page.locator(id("undo")).click();
  await page.waitForFunction(() => !location.hash.includes("edit="));
});

pageTest("a locked view and locked parameters stay, by wheel, slider and field", {}, async ({ page, open }) => {
  await open(`${RACE}&lock=parameters,view`);
  await labReady(page);
  await page.waitForFunction(() => document.querySelector("[data-testid=run-0-lr]").disabled);
  const before = await hash(page);
  const box = await page.locator(id("stage")).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -300);
  await page.keyboard.press("+");
  await page.evaluate(() => {
    const slider = document.querySelector("[data-testid=run-0-lr]");
    slider.disabled = false;
    slider.value = "900";
    slider.dispatchEvent(new Event("input"));
    slider.dispatchEvent(new Event("change"));
  });
  await page.waitForTimeout(500);
  assert.equal(await hash(page), before);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.hash.includes("step=11"));
});

pageTest("a class link that is open is what the form shows, so that one thing can be changed", {}, async ({ page, open }) => {
  const class_link = `${RACE}&theme=projector&controls=full&hide=legend,charts&lock=surface,optimizers&ahead=0`;
  await open(class_link);
  await openPanel(page);
  assert.ok(await page.locator(id("share-class")).evaluate((form) => form.open), "the form is open");
  const ticked = () => page.locator("#share details input:checked").evaluateAll((all) => all.map((field) => field.dataset.testid.replace("share-", "")));
  assert.deepEqual(await ticked(), ["lock-surface", "lock-optimizers", "hide-legend", "hide-charts", "class-ahead"]);
  assert.equal(await page.locator(id("share-class-theme")).inputValue(), "projector");
  assert.equal(await page.locator(id("share-class-controls")).inputValue(), "full");
  await page.locator(id("share-check")).uncheck();
  assert.equal(new URL(await text(page, "class-link")).hash, class_link);
  await page.locator(id("share-lock-optimizers")).uncheck();
  assert.equal(new URL(await text(page, "class-link")).hash, class_link.replace(",optimizers", ""));
  // What was changed here stays when something else changes on the page.
  await page.locator("#share h2").click();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("[data-testid=share-class-link]").value.includes("step=11"));
  assert.deepEqual(await ticked(), ["lock-surface", "hide-legend", "hide-charts", "class-ahead"]);
  // Another class link is taken over.
  await page.evaluate((link) => { location.hash = link; }, `${RACE}&lock=shared&theme=dark`);
  await page.waitForFunction(() => document.querySelector("[data-testid=share-lock-shared]").checked);
  assert.deepEqual(await ticked(), ["lock-shared"]);
  assert.equal(await page.locator(id("share-class-theme")).inputValue(), "dark");
});

pageTest("the plain link passes on what an open class link locks and hides, and leaves out how it is embedded", {}, async ({ page, open }) => {
  await open(`${RACE}&hide=runs&lock=all,view&ahead=0&autoplay=0`);
  await openPanel(page);
  await page.locator(id("share-check")).uncheck();
  assert.equal(new URL(await text(page, "link")).hash, `${RACE}&hide=runs&lock=all,view&ahead=0`);
  // Also when the form says otherwise: it is about another link.
  await page.locator(id("share-lock-view")).uncheck();
  assert.match(await text(page, "link"), /&hide=runs&lock=all,view&ahead=0$/);
  assert.match(await text(page, "lines"), /hide=runs&amp;lock=all,view&amp;ahead=0/);
});

pageTest("the code for cameras is of the link in use, and says of which", {}, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  await page.locator(`${id("share-qr")} > summary`).click();
  await page.locator(".code svg").waitFor();
  assert.ok(await page.locator(id("share-qr")).evaluate((qr) => qr.getBoundingClientRect().bottom <= innerHeight), "it is in sight");
  const summary = () => page.locator(`${id("share-qr")} > summary`).innerText();
  const code = () => page.locator(".code").evaluate((place) => ({
    of: place.dataset.of,
    drawn: place.querySelector("path").getAttribute("d"),
    name: place.querySelector("svg").getAttribute("aria-label"),
  }));
  const plain = await code();
  assert.equal(plain.of, await text(page, "link"));
  assert.deepEqual([await summary(), plain.name], ["QR code of the link", "QR code of the link"]);
  await page.locator(`${id("share-class")} > summary`).click();
  await page.locator(id("share-lock-surface")).check();
  await page.waitForFunction(() => /lock=surface/.test(document.querySelector(".code").dataset.of));
  const locked = await code();
  assert.equal(locked.of, await text(page, "class-link"));
  assert.notEqual(locked.drawn, plain.drawn);
  assert.deepEqual([await summary(), locked.name], ["QR code of the class link", "QR code of the class link"]);
  await page.locator(`${id("share-class")} > summary`).click();
  await page.waitForFunction(() => !/lock=/.test(document.querySelector(".code").dataset.of));
  assert.deepEqual(await code(), plain);
});

pageTest("a class link opens as is chosen at the top, if the form says no step", {}, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  await page.locator(`${id("share-class")} > summary`).click();
  assert.match(await text(page, "class-link"), /&step=10$/);
  const hint = () => page.locator(id("share-class-step")).getAttribute("placeholder");
  assert.equal(await hint(), "10");
  await page.locator(id("share-start")).check();
  assert.doesNotMatch(await text(page, "class-link"), /step=/);
  assert.equal(await hint(), "start");
  await page.locator(id("share-class-step")).fill("20");
  assert.match(await text(page, "class-link"), /&step=20$/);
  await page.locator(id("share-class-step")).fill("");
  await page.locator(id("share-here")).check();
  assert.match(await text(page, "class-link"), /&step=10$/);
  await page.locator(id("share-class-ahead")).check();
  assert.match(await text(page, "class-link"), /&step=10&ahead=0$/);
  // One that opens paused with time locked stays so for ever.
  const warning = () => page.locator(id("share-class-note")).innerText();
  assert.equal(await warning(), "");
  await page.locator(id("share-lock-time")).check();
  assert.match(await warning(), /nobody can play it/);
  await page.locator(id("share-start")).check();
  assert.equal(await warning(), "");
});

pageTest("while it plays the texts stand still, and the step is that of the choice", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&steps=20000&run=adam:lr=0.001");
  await openPanel(page);
  await page.locator(`${id("share-class")} > summary`).click();
  const texts = () => Promise.all(["link", "lines", "class-link"].map((name) => text(page, name)));
  const cursor = () => page.locator(id("step")).innerText().then((words) => Number(/\d+/.exec(words)[0]));
  const step = async () => Number(/step=(\d+)/.exec(await text(page, "link"))[1]);
  const later = (n) => page.waitForFunction((n) => Number(/\d+/.exec(document.querySelector("[data-testid=step]").innerText)[0]) > n, n);
  // Where it plays, nobody means the step at which the panel happened to be opened.
  assert.ok(await page.locator(id("share-start")).isChecked());
  await page.locator(id("share-here")).check();
  const before = await texts();
  const first = await step();
  await page.locator(id("share-link")).selectText();
  await later(await cursor() + 20);
  assert.deepEqual(await texts(), before);
  assert.equal(await page.evaluate(() => { const field = document.activeElement; return field.selectionEnd - field.selectionStart; }), before[0].length, "it is still selected");
  assert.match(await page.locator(id("share-at")).innerText(), new RegExp(`at step ${first}, paused`));
  // From the start there is no step; chosen anew, it is that of now.
  await page.locator(id("share-start")).check();
  assert.doesNotMatch((await texts()).join(), /step=\d/);
  const from = await cursor();
  await page.locator(id("share-here")).check();
  const taken = await step();
  assert.ok(taken >= from && taken > first, `${taken}, ${from}`);
  await later(taken + 20);
  assert.equal(await step(), taken);
  // Paused, it follows.
  await page.locator("#share h2").click();
  await page.keyboard.press(" ");
  await page.waitForFunction(() => location.hash.includes("step="));
  assert.equal(await step(), await cursor());
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((n) => document.querySelector("[data-testid=share-link]").value.includes(`step=${n}`), (await cursor()));
});

pageTest("the height that is suggested is enough for the controls, and one that is typed stays", {}, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  const height = page.locator(id("share-height"));
  const few = Number(await height.inputValue());
  await page.locator(id("share-embed-controls")).selectOption("full");
  const all = Number(await height.inputValue());
  assert.match(await text(page, "lines"), new RegExp(`controls=full" .* height="${all}"`));
  await page.locator(id("share-embed-controls")).selectOption("none");
  assert.equal(Number(await height.inputValue()), few);
  await height.fill("555");
  await page.locator(id("share-embed-controls")).selectOption("full");
  assert.equal(await height.inputValue(), "555");
  const bottom = (selector) => page.locator(selector).first().evaluate((e) => e.getBoundingClientRect().bottom);
  // In a column of text the stage, time and the main settings of the open run are there before one scrolls.
  await page.setViewportSize({ width: 800, height: all });
  await open(`${RACE}&embed=1&controls=full`);
  await labReady(page);
  for (const selector of [id("stage"), ".transport", id("run-0-lr"), id("run-0-beta2")]) assert.ok((await bottom(selector)) <= all, selector);
  // In a wide one all of it is.
  await page.setViewportSize({ width: 1000, height: all });
  await page.waitForFunction((n) => document.documentElement.scrollHeight <= n, all);
  assert.ok((await bottom(".charts")) <= all);
  const [holds, shows] = await page.locator(".cards").evaluate((e) => [e.scrollHeight, e.clientHeight]);
  assert.ok(holds <= shows, `${holds} px of cards in ${shows}`);
  await page.setViewportSize({ width: 800, height: few });
  await open(`${RACE}&embed=1`);
  await labReady(page);
  assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) <= few);
});

for (const [opener, what] of [["share", "share"], ["take", "download"], ["help", "help"]]) {
  pageTest(`on a phone ${what} has a button that closes it and gives the focus back`, { viewport: PHONE, touch: true }, async ({ page, open }) => {
    await open(RACE);
    await labReady(page);
    await page.locator(id(opener)).tap();
    const close = page.locator(id(`${what}-close`));
    await close.waitFor();
    await page.locator(`#${opener}`).evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    const box = await close.boundingBox();
    assert.ok(box.width >= 43.5 && box.height >= 43.5, `${box.width} × ${box.height}`);
    const frame = await page.locator(`#${opener}`).boundingBox();
    assert.ok(box.y - frame.y < 12, "nothing is scrolled by above it");
    assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width && box.y >= 0 && box.y + box.height <= PHONE.height, "it is seen however far one has scrolled");
    assert.equal(await close.getAttribute("aria-label"), `Close ${what}`);
    await close.tap();
    await page.waitForFunction((name) => !document.querySelector(`#${name}`).matches(":popover-open"), opener);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), opener);
  });
}

pageTest("with ahead=0 nothing is drawn beyond the cursor, on the stage and in the chart", {}, async ({ page, open }) => {
  // How many points of a picture are painted: of the paths all, of the chart those right of the middle in a colour of their own.
  const painted = () => page.evaluate(() => {
    const count = (canvas, from) => {
      const { width, height } = canvas;
      const left = Math.round(from * width);
      const { data } = canvas.getContext("2d").getImageData(left, 0, width - left, height);
      let n = 0;
      for (let i = 0; i < data.length; i += 4) {
        const spread = Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]);
        if (data[i + 3] > 0 && spread > 60) n += 1;
      }
      return n;
    };
    return [count(document.querySelectorAll(".plot > canvas")[1], 0), count(document.querySelector(".chart canvas"), 0.5)];
  });
  await open(`${RACE}`);
  await labReady(page);
  await page.waitForTimeout(500);
  const [all, chart] = await painted();
  assert.ok(chart > 50, `${chart}`);
  await open(`${RACE}&ahead=0`);
  await labReady(page);
  await page.waitForTimeout(500);
  const [some, none] = await painted();
  assert.ok(some < all, `${some}, ${all}`);
  assert.equal(none, 0, "the right half of the chart is empty");
  await page.keyboard.press("End");
  await page.waitForFunction(() => location.hash.includes("step=200"));
  await page.waitForTimeout(300);
  const [more, whole] = await painted();
  assert.ok(more > some && Math.abs(whole - chart) < 0.1 * chart, `${more}, ${some}; ${whole}, ${chart}`);
  assert.match(await hash(page), /ahead=0/, "it is kept");
});

pageTest("with ahead=0 the layers and the cost of a network say nothing of what is still to come", {}, async ({ page, open }) => {
  const network = "#v=1&network=4&data=circle(n=60)&steps=60&run=adam:lr=0.05,batch=16&step=20";
  const layers = async (more) => {
    await open(`${network}&show=layers${more}`);
    await labReady(page);
    await page.waitForSelector(".layers .plot-area path");
    const clip = await page.locator(".layers .plot-area svg").first().evaluate((svg) => getComputedStyle(svg).clipPath);
    return { clip, names: await page.locator(".layers .plot-area .end:visible").count() };
  };
  const whole = await layers("");
  assert.equal(whole.clip, "none");
  assert.ok(whole.names > 0);
  assert.deepEqual(await layers("&ahead=0"), { clip: "inset(0px 66.67% 0px 0px)", names: 0 });
  // The loss is reached between the cursor and the end.
  const reached = async (more) => {
    await open(`${network}&show=cost(0.3)${more}`);
    await labReady(page);
    const cell = page.locator("[data-testid=cost-reached] tbody td").first();
    await cell.waitFor();
    await page.waitForFunction(() => !document.querySelector("[data-testid=run-0-status]").textContent.includes("Training"));
    return cell.textContent();
  };
  assert.match(await reached(""), /^3\d$/);
  assert.equal(await reached("&ahead=0"), "not yet");
});

pageTest("with ahead=0 curves of a matrix and paths of networks end at the cursor", {}, async ({ page, open }) => {
  const matrix = "#v=1&problem=matrix_lsq(k=3)&steps=100&run=muon:lr=0.02&run=sgd:lr=0.1&step=25";
  const seen = () => page.locator(".matrix .now").evaluateAll((all) => all.map((now) => getComputedStyle(now.parentElement.querySelector("svg")).clipPath));
  await open(matrix);
  await labReady(page);
  await page.waitForSelector(".matrix .now");
  assert.ok((await seen()).every((clip) => clip === "none"));
  assert.ok((await page.locator(".matrix .end:visible").count()) > 0);
  await open(`${matrix}&ahead=0`);
  await labReady(page);
  await page.waitForSelector(".matrix .now");
  const clips = await seen();
  assert.ok(clips.length > 1 && clips.every((clip) => clip.includes("75%")), clips.join());
  assert.equal(await page.locator(".matrix .end:visible").count(), 0, "names stand at the ends");
  // Of the landscape of a network only the path is painted in the run's colour.
  const landscape = "#v=1&network=4&data=circle(n=60)&steps=60&run=adam:lr=0.05,batch=16&show=landscape&step=20";
  const painted = () => page.evaluate(() => {
    const canvas = document.querySelectorAll("[data-testid=landscape-map] canvas")[1];
    if (!canvas) return 0;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((v, i) => i % 4 === 3 && v > 0).length;
  });
  const settled = async () => {
    let before = -1;
    for (let n = 0; n < 60; n += 1) {
      await page.waitForTimeout(500);
      const now = await painted();
      if (now > 0 && now === before) return now;
      before = now;
    }
    throw new Error("the landscape has not come");
  };
  await open(landscape);
  await labReady(page);
  const all = await settled();
  await open(`${landscape}&ahead=0`);
  await labReady(page);
  const some = await settled();
  assert.ok(some < all, `${some}, ${all}`);
});

for (const theme of ["light", "dark"]) {
  pageTest(`axe finds nothing in the panel and in a locked page, ${theme}`, { theme, reducedMotion: true }, async ({ page, open }) => {
    await open(`${RACE}&lock=all`);
    await openPanel(page);
    for (const name of ["share-qr", "share-class"]) await page.locator(`${id(name)} > summary`).click();
    await page.waitForSelector(".code svg path");
    await assertAccessible(page);
  });
}

pageTest("on a phone the panel fits", { viewport: PHONE, touch: true }, async ({ page, open }) => {
  await open(RACE);
  await openPanel(page);
  await page.locator(`${id("share-class")} > summary`).tap();
  const [wide, panel] = await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector("#share").scrollWidth]);
  assert.ok(wide <= 360 && panel <= 360, `${wide}, ${panel}`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("#share :is(button, select, summary, label, a)")]
      .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5)
      .map((e) => e.outerHTML.slice(0, 90)),
  );
  assert.deepEqual(small, [], "targets for fingers");
});

for (const [width, height, words] of [[280, 240, "embed=1"], [280, 500, "embed=1&controls=full"], [320, 200, "embed=1&controls=none"]]) {
  pageTest(`a part of another page fits into ${width} × ${height} with ${words}`, { viewport: { width, height } }, async ({ page, open }) => {
    await open(`${RACE}&${words}`);
    await labReady(page);
    await page.waitForSelector(id("full-version"));
    const [wide, high] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    assert.ok(wide <= width, `${wide} px wide`);
    if (!words.includes("full")) assert.ok(high <= height, `${high} px high`);
    const stage = await page.locator(id("stage")).boundingBox();
    assert.ok(stage.height >= 78, `a stage of ${stage.height} px`);
    assert.equal(await page.locator(".transport:visible").count(), words.includes("none") ? 0 : 1);
    assert.equal(await page.locator(".runs:visible").count(), words.includes("full") ? 1 : 0);
    const link = page.locator(id("full-version"));
    assert.deepEqual([await link.getAttribute("target"), await link.getAttribute("rel")], ["_blank", "noopener"]);
    assert.doesNotMatch(await link.getAttribute("href"), /embed|controls/);
    await assertAccessible(page);
  });
}

pageTest("a frame leaves the wheel to its page until it is pressed, and plays only while it is seen", {}, async ({ page, url }) => {
  // Another page of the same server: the policy of ours lets no frames in.
  const host = `${url}host.html`;
  await page.route(host, (route) => route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,">' }));
  await page.goto(host);
  const link = `${url}#v=1&surface=rosenbrock&steps=20000&run=adam:lr=0.001&embed=1&autoplay=visible`;
  await page.evaluate((src) => {
    document.body.textContent = "";
    document.body.style.height = "5000px";
    const frame = document.createElement("iframe");
    frame.style.cssText = "position:absolute;top:2000px;left:0;width:600px;height:400px";
    frame.src = src;
    document.body.append(frame);
  }, link);
  const handle = await page.waitForSelector("iframe");
  const frame = await handle.contentFrame();
  await frame.waitForSelector(id("step"));
  const step = async () => Number(/\d+/.exec(await frame.locator(id("step")).innerText())[0]);
  await page.waitForTimeout(800);
  assert.equal(await step(), 0, "off screen it waits");
  await page.evaluate(() => window.scrollTo(0, 1900));
  await frame.waitForFunction(() => Number(/\d+/.exec(document.querySelector("[data-testid=step]").innerText)[0]) > 5);
  const before = await frame.evaluate(() => location.hash);
  await page.mouse.move(300, 250);
  await page.mouse.wheel(0, 100);
  await page.waitForFunction(() => window.scrollY > 1950);
  assert.doesNotMatch(await frame.evaluate(() => location.hash), /view=/, before);
  await page.mouse.click(300, 180);
  await page.mouse.wheel(0, 100);
  await frame.waitForFunction(() => location.hash.includes("view="));
  const scrolled = await page.evaluate(() => window.scrollY);
  assert.ok(scrolled < 2050, "the page has stayed");
  await page.evaluate(() => window.scrollTo(0, 0));
  await frame.waitForFunction(() => location.hash.includes("step="));
  const rest = await step();
  await page.waitForTimeout(500);
  assert.equal(await step(), rest, "away it pauses");
  await page.evaluate(() => window.scrollTo(0, 1900));
  await frame.waitForFunction((n) => Number(/\d+/.exec(document.querySelector("[data-testid=step]").innerText)[0]) > n + 5, rest);
});

pageTest("the open run is in the link", {}, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  await page.keyboard.press("2");
  await page.waitForFunction(() => location.hash.includes("focus=2"));
  await page.reload();
  await labReady(page);
  assert.equal(await page.locator(id("run-1-head")).getAttribute("aria-expanded"), "true");
});

pageTest("without JavaScript there is a picture, and words for what one would see", {}, async ({ page, url }) => {
  const context = await page.context().browser().newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(url);
  const picture = plain.locator("img.poster");
  await picture.waitFor();
  assert.ok((await picture.evaluate((img) => img.naturalWidth)) === 480);
  assert.match(await plain.locator(".plot").innerText(), /You would see gradient descent, momentum and Adam/);
  await context.close();
});
