// Functions typed by the user: the field, its errors, its parameters, examples, links that are wrong; and views in numbers.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { labReady } from "./lib/browser.mjs";
import { PHONE, pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid="${name}"]`;
const FIELD = id("function");
const SAID = id("function-said");
const TYPED = "#v=1&surface=custom(b=2)&f=x^2+b*y^2&start=1,1&steps=60&run=sgd:lr=0.1&step=0";
const ROSENBROCK = "#v=1&surface=rosenbrock&run=adam:lr=0.05&step=0";

const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const linkHas = (page, words) =>
  page.waitForFunction((words) => decodeURIComponent(location.hash).includes(words), words);
const linkLacks = (page, words) =>
  page.waitForFunction((words) => !decodeURIComponent(location.hash).includes(words), words);
const lossIs = (page, text) =>
  page.waitForFunction((text) => document.querySelector("[data-testid=run-0-status], .loss")?.closest("section, body")?.textContent.includes(text), text);

/** Opens a link and waits for the field. */
async function openField(page, open, link = TYPED) {
  await open(link);
  await labReady(page);
  await page.waitForSelector(FIELD);
}

pageTest("what is typed is shown at once, written out, kept in the link, and undone in one go", {}, async ({ page, open }) => {
  await openField(page, open);
  assert.equal(await page.locator(FIELD).inputValue(), "x^2+b*y^2");
  await page.locator(FIELD).fill("");
  await page.keyboard.type("x^4 + a y^2");
  await linkHas(page, "surface=custom(a=1)&f=x^4+a*y^2");
  assert.equal(await page.locator(FIELD).inputValue(), "x^4 + a y^2", "as it was typed");
  assert.match(await page.locator(`${id("function-formula")} math`).textContent(), /x4\+a.?y2/);
  // Enter ends the session of typing; a later one is another.
  await page.keyboard.press("Enter");
  await page.keyboard.type(" + 3");
  await linkHas(page, "f=x^4+a*y^2+3");
  await page.locator(id("play")).focus();
  await page.keyboard.press("Control+z");
  await linkHas(page, "f=x^4+a*y^2&");
  assert.equal(await page.locator(FIELD).inputValue(), "x^4+a*y^2");
  await page.keyboard.press("Control+z");
  await linkHas(page, "surface=custom(b=2)&f=x^2+b*y^2");
  assert.equal(await page.locator(FIELD).inputValue(), "x^2+b*y^2");
});

pageTest("parameters are sliders under their own names, and keep their values while one types", {}, async ({ page, open }) => {
  await openField(page, open);
  const slider = page.locator(id("function-b"));
  assert.equal(await slider.getAttribute("aria-valuetext"), "2");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await linkHas(page, "custom(b=2.01)");
  const number = page.locator(id("function-b-number"));
  await number.fill("250");
  await number.press("Enter");
  await linkHas(page, "custom(b=250)");
  assert.ok(Number(await slider.inputValue()) < 1000, "the slider reaches further now");
  // The name goes and comes back with its value; another one is new.
  await page.locator(FIELD).fill("x^2 + c y^2");
  await linkHas(page, "custom(c=1)");
  await page.waitForSelector(id("function-c"));
  await page.locator(FIELD).fill("x^2 + c y^2 + b");
  await linkHas(page, "custom(c=1;b=250)");
});

pageTest("an error is marked at its place, said, and the last good function stays", {}, async ({ page, open }) => {
  await openField(page, open);
  await page.locator(FIELD).fill("x^2 + foo(y)");
  await page.waitForFunction((s) => document.querySelector(s).textContent.startsWith("Character 7"), SAID);
  assert.match(await page.locator(SAID).textContent(), /no function “foo”/);
  assert.equal(await page.locator(FIELD).getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator(FIELD).getAttribute("aria-describedby"), "function-said");
  // The mark stands under the letters it is about.
  const place = await page.evaluate(() => {
    const [mark, input] = [".marks-of-text mark", "#function-text"].map((s) => document.querySelector(s).getBoundingClientRect());
    return { from: (mark.left - input.left - 7) / (mark.width / 3), letters: document.querySelector(".marks-of-text mark").textContent };
  });
  assert.equal(place.letters, "foo");
  assert.ok(Math.abs(place.from - 6) < 0.15, JSON.stringify(place));
  assert.ok((await hash(page)).includes("f=x^2+b*y^2"), "the last good one");
  await page.waitForFunction(() => document.querySelector(".announced").textContent.includes("foo"));
  // The page's own keys are not pressed by typing.
  await page.locator(FIELD).fill("");
  await page.keyboard.type("n 1+ - 0 o?");
  assert.equal(await page.locator(id("run-1-optimizer")).count(), 0);
  assert.ok((await page.locator(id("play")).getAttribute("aria-label")).startsWith("Play"));
  // Enter goes to the place, Escape brings the last good text back.
  await page.locator(FIELD).fill("x^2 + foo(y)");
  await page.keyboard.press("Enter");
  const selected = () => page.evaluate(() => {
    const input = document.querySelector("#function-text");
    return input.value.slice(input.selectionStart, input.selectionEnd);
  });
  assert.equal(await selected(), "foo");
  await page.keyboard.press("End");
  await page.locator(id("function-find")).click();
  assert.equal(await selected(), "foo");
  await page.keyboard.press("Escape");
  await page.waitForFunction((f) => document.querySelector(f).getAttribute("aria-invalid") === "false", FIELD);
  assert.equal(await page.locator(SAID).textContent(), "");
  await assertAccessible(page);
});

pageTest("after Escape the field has the last good text in its own spelling, and follows undo and redo", {}, async ({ page, open }) => {
  await openField(page, open);
  await page.locator(FIELD).fill("x^2 + 3y^2");
  await page.locator(FIELD).fill("x^2 + 3y^2 +");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(FIELD).inputValue(), "x^2 + 3y^2");
  await linkHas(page, "f=x^2+3*y^2");
  await page.locator(id("play")).focus();
  const fieldIs = (text) => page.waitForFunction(([f, text]) => document.querySelector(f).value === text, [FIELD, text]);
  await page.keyboard.press("Control+z");
  await fieldIs("x^2+b*y^2");
  await page.keyboard.press("Control+y");
  await fieldIs("x^2+3*y^2");
});

pageTest("texts that are too long, too deep or markup get a message and change nothing", {}, async ({ page, open }) => {
  await openField(page, open);
  const said = async (text) => {
    await page.locator(FIELD).fill(text);
    return page.locator(SAID).textContent();
  };
  assert.match(await said("x+".repeat(5_000)), /^Character 1001: At most 1,000 characters/);
  assert.equal((await page.locator(FIELD).inputValue()).length, 10_000, "nothing is cut off");
  assert.match(await said(`${"(".repeat(200)}x${")".repeat(200)}`), /Nested too deeply: at most 64 levels/);
  assert.match(await said(`x${"^x".repeat(300)}`), /Nested too deeply/);
  assert.match(await said("a+b+c+d+g+h+k+l+m"), /At most 8 parameters; “m”/);
  assert.match(await said("<img src=x onerror=alert(1)>"), /^Character \d+: /);
  assert.match(await said("<b>x</b>"), /^Character 1: Expected a number, a name or “\(” at the beginning/);
  assert.equal(await page.locator("[data-panel=function] :is(img, .marks-of-text b)").count(), 0);
  assert.ok((await hash(page)).includes("f=x^2+b*y^2"));
});

pageTest("no text takes long", {}, async ({ page, open }) => {
  await openField(page, open, "#v=1&surface=custom&f=x&start=1,1&steps=500&run=adam&run=sgd&run=momentum&step=0");
  for (const text of [`x${"^x".repeat(60)}`, "sin(".repeat(60) + "x" + ")".repeat(60), Array.from({ length: 100 }, (_, n) => `(x+${n})^y`).join("+"), "1/(".repeat(60) + "x" + ")".repeat(60)]) {
    const took = await page.evaluate(async (text) => {
      const input = document.querySelector("#function-text");
      const begin = performance.now();
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
      return performance.now() - begin;
    }, text);
    assert.equal(await page.locator(FIELD).getAttribute("aria-invalid"), "false", await page.locator(SAID).textContent());
    assert.ok(took < 4_000, `${text.slice(0, 12)}… took ${took} ms`);
  }
});

pageTest("a link with a bad formula says so in the field and keeps its text until it is mended", {}, async ({ page, open }) => {
  const bad = "surface=custom(a=1.5)&f=a*x^2+y^2+)&steps=70";
  await openField(page, open, `#v=1&${bad}&run=sgd:lr=0.1&step=0`);
  assert.equal(await page.locator(FIELD).inputValue(), "a*x^2+y^2+)");
  assert.match(await page.locator(SAID).textContent(), /^Character 11: .*Until then x² \+ y² is shown\.$/);
  // Another setting leaves it in the link.
  await page.locator(id("run-0-lr-number")).fill("0.2");
  await page.locator(id("run-0-lr-number")).press("Enter");
  await linkHas(page, "run=sgd:lr=0.2");
  assert.ok((await hash(page)).includes(bad), await hash(page));
  // Escape does not drop it.
  await page.locator(FIELD).focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(FIELD).inputValue(), "a*x^2+y^2+)");
  await page.locator(FIELD).fill("a*x^2+y^2");
  await linkHas(page, "surface=custom(a=1.5)&f=a*x^2+y^2&");
  await page.waitForSelector(id("function-a"));
});

pageTest("a link that gives no values has sliders that act, and one with a bad formula is told of in a notice too", {}, async ({ page, open }) => {
  await openField(page, open, "#v=1&surface=custom&f=z = a x^2 + k y^2&run=sgd:lr=0.1&step=0");
  await page.locator(id("function-k-number")).fill("3");
  await page.locator(id("function-k-number")).press("Enter");
  await linkHas(page, "surface=custom(a=1;k=3)&f=a*x^2+k*y^2");
  assert.equal(await page.locator(id("function-k-number")).inputValue(), "3");
  await openField(page, open, "#v=1&surface=custom&f=x +&run=sgd:lr=0.1&step=0");
  await page.waitForFunction(() => document.querySelector(".notices")?.textContent.includes("character 4"));
});

pageTest("a link with more than eight parameters loses none of them", {}, async ({ page, open }) => {
  const bad = "surface=custom(a=1;b=2;c=3;d=4;g=5;h=6;k=7;l=8;m=9)&f=a+b+c+d+g+h+k+l+m*x^2";
  await openField(page, open, `#v=1&${bad}&run=sgd:lr=0.1&step=0`);
  assert.match(await page.locator(SAID).textContent(), /At most 8 parameters/);
  await page.keyboard.press("n");
  await linkHas(page, "run=sgd:lr=0.1&run=");
  assert.ok((await hash(page)).includes(bad), await hash(page));
  await page.locator(FIELD).fill("a + m*x^2 + y^2");
  await linkHas(page, "surface=custom(a=1;m=9)");
});

pageTest("one goes on typing from a surface of the menu, with its parameters, start and view", {}, async ({ page, open }) => {
  await open(ROSENBROCK);
  await labReady(page);
  await page.locator(id("type-own")).click();
  await page.waitForSelector(FIELD);
  assert.equal(await page.locator(FIELD).inputValue(), "(a - x)^2 + b(y - x^2)^2");
  assert.equal(await page.evaluate(() => document.activeElement.id), "function-text");
  await linkHas(page, "surface=custom(a=1;b=100)&f=(a-x)^2+b*(y-x^2)^2&start=-1.5,2");
  await linkHas(page, "view=-2,2,-1,3");
  await page.waitForSelector(id("function-b"));
  await page.locator(id("play")).focus();
  await page.keyboard.press("Control+z");
  await linkHas(page, "surface=rosenbrock");
  await page.waitForSelector(id("type-own"));
});

pageTest("examples bring their text, values, start and view, and can be undone", {}, async ({ page, open }) => {
  await openField(page, open);
  await page.locator(`${id("examples")} > summary`).click();
  const buttons = page.locator(`${id("examples")} button`);
  const count = await buttons.count();
  assert.ok(count >= 10 && count <= 12);
  await assertAccessible(page);
  await buttons.filter({ hasText: "Cliff" }).click();
  await linkHas(page, "surface=custom(c=0.8;h=2)&f=(x^2+y^2)/10+if(x>c,h,0)&start=2.2,1.8");
  await linkHas(page, "view=-3,3,-3,3");
  assert.equal(await page.locator(FIELD).inputValue(), "(x^2 + y^2)/10 + if(x > c, h, 0)");
  assert.equal(await page.evaluate(() => document.activeElement.id), "function-text");
  assert.equal(await page.locator(`${id("examples")}[open]`).count(), 0);
  await page.locator(`${id("function-help")} > summary`).click();
  assert.match(await page.locator(`${id("function-help")} .popover`).innerText(), /softplus\(u\)[^]*At most 1000 characters/);
  await assertAccessible(page);
  await page.keyboard.press("Control+z");
  await linkHas(page, "f=x^2+b*y^2");
});

pageTest("a side of the view that was wrong is taken when another puts it right", {}, async ({ page, open }) => {
  await open("#v=1&surface=himmelblau&run=adam:lr=0.1&step=0");
  await labReady(page);
  await page.locator(`${id("settings")} > summary`).click();
  const [left, right] = ["left", "right"].map((side) => page.locator(id(`view-${side}`)));
  await right.fill("-20");
  await right.press("Enter");
  await page.waitForFunction(() => document.querySelector("[data-testid=view-right]").getAttribute("aria-invalid") === "true");
  await left.fill("-30");
  await left.press("Enter");
  await linkHas(page, "view=-30,-20,");
  assert.equal(await right.getAttribute("aria-invalid"), "false");
});

pageTest("a view is set in numbers, and fitted to the paths and the minima", {}, async ({ page, open }) => {
  await open("#v=1&surface=himmelblau&start=-4,-1&steps=100&run=adam:lr=0.1&step=0");
  await labReady(page);
  await page.locator(`${id("settings")} > summary`).click();
  const left = page.locator(id("view-left"));
  await left.waitFor();
  await left.fill("-8");
  await left.press("Enter");
  await linkHas(page, "view=-8,");
  await left.fill("90");
  await left.press("Enter");
  await page.waitForFunction(() => /Expected less than/.test(document.querySelector("[data-panel=extent]").textContent));
  assert.equal(await left.getAttribute("aria-invalid"), "true");
  await left.press("Escape");
  assert.equal(await left.inputValue(), "-8");
  // Escape has closed the settings too.
  await page.locator(`${id("settings")} > summary`).click();
  await assertAccessible(page);
  await page.locator(id("view-fit")).click();
  await linkLacks(page, "view=-8,");
  const [x0, x1, y0, y1] = (await hash(page)).match(/view=([^&]*)/)[1].split(",").map(Number);
  // The start and the minimum that Adam comes to: (-3.78, -3.28).
  assert.ok(x0 < -4 && x1 > -3.7 && y0 < -3.3 && y1 > -1, `${x0} ${x1} ${y0} ${y1}`);
  assert.ok(x1 - x0 < 8 && y1 - y0 < 8, `${x0} ${x1} ${y0} ${y1}`);
  await page.locator(id("view-whole")).click();
  await linkLacks(page, "view=");
  // Each of these is undone.
  await page.locator(id("undo")).click();
  await linkHas(page, `view=${[x0, x1, y0, y1].join(",")}`);
  await page.locator(id("undo")).click();
  await linkHas(page, "view=-8,");
});

for (const theme of ["light", "dark"]) {
  pageTest(`on a phone the field has a row of its own, in the ${theme} theme`, { viewport: PHONE, touch: true, theme }, async ({ page, open }) => {
    await openField(page, open);
    const box = await page.locator(FIELD).boundingBox();
    assert.ok(box.width > 90 && box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
    assert.ok(box.height >= 44);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    // The stage, the transport and the first learning rate are on the first screen.
    for (const part of ["stage", "play", "run-0-lr"]) {
      const { y, height } = await page.locator(id(part)).boundingBox();
      assert.ok(y >= 0 && y + Math.min(height, 44) <= 640, `${part} at ${y}`);
    }
    await assertAccessible(page);
    const plot = await page.locator(id("stage")).boundingBox();
    await page.locator(FIELD).tap();
    await page.waitForSelector(id("function-b"));
    assert.deepEqual(await page.locator(id("stage")).boundingBox(), plot, "nothing moves");
    await page.locator(FIELD).fill("x^2 + ");
    await assertAccessible(page);
    await page.locator(FIELD).fill("x^2 + c y^4");
    await linkHas(page, "f=x^2+c*y^4");
    // The sliders lie below the stage, which is seen.
    const [stage, slider] = await Promise.all([id("stage"), id("function-c")].map((part) => page.locator(part).boundingBox()));
    assert.ok(slider.y >= stage.y + stage.height, `${slider.y}`);
    await page.locator(id("stage")).tap({ position: { x: 300, y: 150 } });
    await page.waitForFunction(() => !document.querySelector("[data-panel=function]").hasAttribute("data-open"));
  });
}
