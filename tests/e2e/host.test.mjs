// The page inside other pages: the element <descent-lab>, and messages to a frame.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { DIST } from "./lib/browser.mjs";
import { pageTest } from "./lib/harness.mjs";

const LINK = "v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0005";
const OTHER = "v=1&surface=beale&run=momentum:lr=0.01";

/** Opens a page of somebody else's, with this in its body. */
async function openHost(page, url, body, head = "") {
  await page.route(/\/host\.html/, (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en"><title>Host</title>${head}<body>${body}` }),
  );
  await page.goto(`${url}host.html`);
}

const script = (url) => `<script type="module" src="${url}descent-lab.js"></script>`;
const element = (id, more = "", link = LINK) => `<descent-lab id="${id}" link="${link.replaceAll("&", "&amp;")}" ${more}>Words</descent-lab>`;
/** All elements with these ids are there. */
const there = (page, ...ids) =>
  page.waitForFunction((all) => all.every((id) => document.getElementById(id).shadowRoot?.querySelector(".page")), ids);
/** …and the second program too. */
const whole = (page, id) =>
  page.waitForFunction((name) => document.getElementById(name).shadowRoot.querySelector("[data-panel=rule], canvas.over") &&
    performance.getEntriesByName("descent-lab-lab").length > 0, id);
const stepOf = (page, id) => page.evaluate((name) => document.getElementById(name).currentStep, id);
const call = (page, id, method, ...args) =>
  page.evaluate(([name, what, more]) => document.getElementById(name)[what](...more), [id, method, args]);

pageTest("three elements play independently, in one instance of each program", {}, async ({ page, url }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").pop()));
  await page.addInitScript(() => {
    window.instances = 0;
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const usual = WebAssembly[name];
      WebAssembly[name] = (...args) => {
        window.instances += 1;
        return usual.apply(WebAssembly, args);
      };
    }
  });
  const three = ["a", "b", "c"].map((id, i) => element(id, 'autoplay="0" height="220"', i === 1 ? OTHER : LINK)).join("");
  await openHost(page, url, three, script(url));
  await there(page, "a", "b", "c");
  await whole(page, "a");
  assert.equal(asked.filter((name) => /^app.*\.wasm$/.test(name)).length, 1);
  assert.equal(asked.filter((name) => name === "lab_bg.wasm").length, 1);
  assert.equal(asked.filter((name) => name === "descent-lab.js").length, 1);
  assert.equal(await page.evaluate(() => window.instances), 2);
  await call(page, "a", "play");
  await page.waitForFunction(() => document.getElementById("a").currentStep > 20);
  assert.deepEqual([await stepOf(page, "b"), await stepOf(page, "c")], [0, 0]);
  await call(page, "a", "pause");
  const rests = await stepOf(page, "a");
  await call(page, "b", "step", 3);
  await call(page, "c", "seek", 77);
  assert.deepEqual([await stepOf(page, "a"), await stepOf(page, "b"), await stepOf(page, "c")], [rests, 3, 77]);
  assert.match(await page.evaluate(() => document.getElementById("b").link), /^v=1&surface=beale&run=momentum:lr=0\.01&step=3/);
  assert.equal(await page.evaluate(() => location.hash), "", "the address is the host's");
});

pageTest("keys act in the element that has the focus, and stay there", {}, async ({ page, url }) => {
  await openHost(page, url, `<button id="own">Host</button>${element("a", 'autoplay="0" height="220"')}${element("b", 'autoplay="0" height="220"')}`, script(url));
  await there(page, "a", "b");
  await page.evaluate(() => {
    window.heard = [];
    document.addEventListener("keydown", (ev) => window.heard.push(ev.key));
  });
  await page.locator("#own").focus();
  await page.keyboard.press("ArrowRight");
  assert.deepEqual([await stepOf(page, "a"), await stepOf(page, "b")], [0, 0]);
  await page.locator("#b [data-testid=play]").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual([await stepOf(page, "a"), await stepOf(page, "b")], [0, 2]);
  await page.keyboard.press("Tab");
  assert.deepEqual(await page.evaluate(() => window.heard), ["ArrowRight", "Tab"]);
});

pageTest("an element is loaded when it comes near, and draws nothing out of sight", {}, async ({ page, url }) => {
  await page.addInitScript(() => {
    window.frames_ = 0;
    const usual = window.requestAnimationFrame;
    window.requestAnimationFrame = (act) => {
      window.frames_ += 1;
      return usual.call(window, act);
    };
  });
  await openHost(page, url, `<p>Top</p><div style="height:4000px"></div>${element("far", 'autoplay="1"')}`, script(url));
  await page.waitForFunction(() => document.getElementById("far").shadowRoot);
  await page.waitForTimeout(400);
  assert.equal(await page.evaluate(() => Boolean(document.getElementById("far").shadowRoot.querySelector(".page"))), false);
  await page.evaluate(() => document.getElementById("far").scrollIntoView());
  await there(page, "far");
  await page.waitForFunction(() => document.getElementById("far").currentStep > 5);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(400);
  const before = await page.evaluate(() => [window.frames_, document.getElementById("far").currentStep]);
  await page.waitForTimeout(500);
  assert.deepEqual(await page.evaluate(() => [window.frames_, document.getElementById("far").currentStep]), before);
});

pageTest("an element that is taken away leaves nothing behind", {}, async ({ page, url }) => {
  await page.addInitScript(() => {
    window.frames_ = 0;
    const usual = window.requestAnimationFrame;
    window.requestAnimationFrame = (act) => {
      window.frames_ += 1;
      return usual.call(window, act);
    };
  });
  const cdp = await page.context().newCDPSession(page);
  const listeners = async () => {
    const expression = "['window', 'document', 'document.body'].map((t) => Object.values(getEventListeners(eval(t))).flat().length).join()";
    const { result } = await cdp.send("Runtime.evaluate", { expression, includeCommandLineAPI: true });
    return result.value;
  };
  await openHost(page, url, `${element("a", 'autoplay="0"')}<div id="place"></div>`, script(url));
  await there(page, "a");
  await whole(page, "a");
  const before = await listeners();
  await page.evaluate((link) => {
    const made = document.createElement("descent-lab");
    Object.assign(made, { id: "b", link, autoplay: "1" });
    document.getElementById("place").append(made);
    window.kept = made;
  }, LINK);
  await page.evaluate(() => document.getElementById("b").scrollIntoView());
  await there(page, "b");
  await page.waitForFunction(() => document.getElementById("b").currentStep > 10);
  assert.notEqual(await listeners(), before, "while it is there it listens to the window");
  await page.evaluate(() => window.kept.shadowRoot.querySelector("#share").showPopover());
  await page.waitForFunction(() => window.kept.shadowRoot.querySelector("[data-testid=share-link]"));
  const [link, step] = await page.evaluate(() => {
    const was = [window.kept.link, window.kept.currentStep];
    window.kept.remove();
    return was;
  });
  await page.waitForFunction(() => !window.kept.shadowRoot.querySelector(".page"));
  await page.waitForTimeout(300);
  assert.equal(await listeners(), before);
  // The other one may still be at its fine picture.
  const frames = () => page.evaluate(() => window.frames_);
  let [seen, last] = [await frames(), -1];
  for (let n = 0; n < 10 && seen !== last; n += 1) {
    await page.waitForTimeout(500);
    [seen, last] = [await frames(), seen];
  }
  assert.equal(seen, last, "nothing asks for frames any more");
  // The other one is as it was, and the one that went shows what it showed when it comes back.
  await call(page, "a", "step");
  assert.equal(await stepOf(page, "a"), 1);
  await page.evaluate(() => {
    window.kept.autoplay = "0";
    document.getElementById("place").append(window.kept);
  });
  await there(page, "b");
  await page.waitForFunction((n) => window.kept.currentStep === n, step);
  const words = await page.evaluate(() => window.kept.link.split("&"));
  assert.deepEqual(words.sort(), [...link.split("&"), `step=${step}`].sort(), "it played, so its link did not say where");
  await call(page, "b", "reset");
  await page.waitForFunction(() => window.kept.currentStep === 0);
});

pageTest("pages that come and go do not fill the memory", { timeout: 180_000 }, async ({ page, url }) => {
  await openHost(page, url, `${element("a", 'autoplay="0" height="240"')}<div id="place"></div>`, script(url));
  await there(page, "a");
  await whole(page, "a");
  const rounds = (n) =>
    page.evaluate(async ([link, count]) => {
      for (let i = 0; i < count; i += 1) {
        const made = document.createElement("descent-lab");
        Object.assign(made, { link, autoplay: "0", height: "200" });
        const ready = new Promise((go) => made.addEventListener("ready", go));
        document.getElementById("place").append(made);
        await ready;
        await new Promise((go) => setTimeout(go, 60));
        if (i % 4 === 0) {
          made.shadowRoot.querySelector("#share").showPopover();
          while (!made.shadowRoot.querySelector("[data-testid=share-link]")) await new Promise((go) => setTimeout(go, 20));
        }
        made.remove();
        await new Promise((go) => setTimeout(go, 20));
      }
    }, [LINK, n]);
  const cdp = await page.context().newCDPSession(page);
  const nodes = async () => {
    // What the programs let go of is collected a turn later, and what that held another one.
    for (let i = 0; i < 5; i += 1) {
      await cdp.send("HeapProfiler.collectGarbage");
      await page.waitForTimeout(50);
    }
    return (await cdp.send("Memory.getDOMCounters"));
  };
  await rounds(5);
  const before = await nodes();
  await rounds(12);
  const after = await nodes();
  assert.ok(after.nodes - before.nodes < 200, `${before.nodes} nodes, then ${after.nodes}`);
  assert.ok(after.jsEventListeners - before.jsEventListeners < 50, `${before.jsEventListeners} listeners, then ${after.jsEventListeners}`);
});

pageTest("an element that is moved goes on", {}, async ({ page, url }) => {
  await openHost(page, url, `<div id="one">${element("a", 'autoplay="0" height="240"')}</div><div id="two"></div>`, script(url));
  await there(page, "a");
  await page.evaluate(() => {
    window.readies = 0;
    document.getElementById("a").addEventListener("ready", () => (window.readies += 1));
  });
  await call(page, "a", "seek", 42);
  await page.evaluate(() => document.getElementById("two").append(document.getElementById("a")));
  await page.waitForTimeout(300);
  assert.equal(await stepOf(page, "a"), 42);
  assert.equal(await page.evaluate(() => window.readies), 0);
  await page.locator("#a [data-testid=forward]").click();
  assert.equal(await stepOf(page, "a"), 43);
});

pageTest("attributes act at once: the link, the theme, the height", {}, async ({ page, url }) => {
  await openHost(page, url, element("a", 'autoplay="0" theme="dark"'), script(url));
  await there(page, "a");
  await whole(page, "a");
  const ground = () => page.evaluate(() => {
    const place = document.getElementById("a").shadowRoot.querySelector(".place");
    return [getComputedStyle(place).backgroundColor, place.dataset.theme, document.documentElement.dataset.theme ?? "none"];
  });
  assert.deepEqual(await ground(), ["rgb(17, 21, 26)", "dark", "none"]);
  await call(page, "a", "seek", 30);
  await page.evaluate(() => (document.getElementById("a").theme = "light"));
  await page.waitForFunction(() => document.getElementById("a").shadowRoot.querySelector(".place").dataset.theme === "light");
  assert.deepEqual(await ground(), ["rgb(255, 255, 255)", "light", "none"]);
  assert.equal(await stepOf(page, "a"), 30, "it stands where it stood");
  await page.evaluate((link) => document.getElementById("a").setAttribute("link", `https://example.org/#${link}`), OTHER);
  await page.waitForFunction(() => document.getElementById("a").link.includes("surface=beale"));
  assert.equal(await page.evaluate(() => document.getElementById("a").shadowRoot.querySelector(".place").dataset.theme), "light");
  const sizes = () => page.evaluate(() => [document.getElementById("a").offsetWidth, document.getElementById("a").offsetHeight]);
  await page.evaluate(() => (document.body.style = "display:grid;grid-template-columns:300px;margin:0"));
  assert.deepEqual(await sizes(), [300, 280]);
  await page.evaluate(() => (document.body.style.gridTemplateColumns = "600px"));
  assert.deepEqual(await sizes(), [600, 450]);
  await page.evaluate(() => (document.getElementById("a").height = "333"));
  assert.equal(await page.evaluate(() => document.getElementById("a").offsetHeight), 333);
  await page.evaluate(() => (document.getElementById("a").height = "}:host{all:unset"));
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("a")).display), "block");
  // Nothing of the element's styles is in the page around, and nothing of that in the element.
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length + document.querySelectorAll("head style").length), 0);
});

pageTest("an element tells when it is ready, changes, has finished, and what is wrong", {}, async ({ page, url }) => {
  await page.addInitScript(() => {
    window.heard = [];
    document.addEventListener("DOMContentLoaded", () => {
      const a = document.getElementById("a");
      for (const name of ["ready", "change", "finish", "error"]) {
        a.addEventListener(name, (ev) => window.heard.push([name, ev.detail]));
      }
      window.addEventListener("change", () => window.heard.push(["bubbled"]));
    });
  });
  await openHost(page, url, element("a", 'autoplay="0"', `${LINK}&steps=40&surprise=1`), script(url));
  await page.waitForFunction(() => window.heard.some(([name]) => name === "ready"));
  await page.waitForFunction(() => window.heard.some(([name]) => name === "error"));
  const error = await page.evaluate(() => window.heard.find(([name]) => name === "error")[1].message);
  assert.match(error, /surprise/);
  await call(page, "a", "play");
  await page.waitForFunction(() => window.heard.some(([name]) => name === "finish"));
  assert.deepEqual(await page.evaluate(() => window.heard.find(([name]) => name === "finish")[1]), { step: 40 });
  await call(page, "a", "seek", 12);
  await page.waitForFunction(() => window.heard.some(([name, detail]) => name === "change" && /step=12/.test(detail.link)));
  const links = await page.evaluate(() => window.heard.filter(([name]) => name === "change").map(([, detail]) => detail.link));
  assert.ok(links.every((link) => !/embed|autoplay/.test(link)), links.join("\n"));
  assert.equal(await page.evaluate(() => window.heard.some(([name]) => name === "bubbled")), false);
  await call(page, "a", "reset");
  await page.waitForFunction(() => document.getElementById("a").currentStep === 0);
});

pageTest("what cannot be loaded is told, and the words stay", { allow: [/_bg\.wasm|WebAssembly|wasm/] }, async ({ page, url }) => {
  await page.route(/app.*\.wasm/, (route) => route.abort());
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      document.getElementById("a").addEventListener("error", (ev) => (window.told = ev.detail.message));
    });
  });
  await openHost(page, url, element("a"), script(url));
  await page.waitForFunction(() => window.told);
  assert.match(await page.evaluate(() => window.told), /^Descent Lab could not be loaded/);
  assert.equal(await page.locator("#a").evaluate((a) => a.shadowRoot.querySelector("slot").hidden), false);
});

pageTest("without JavaScript the words between the tags are seen", {}, async ({ page, url }) => {
  const context = await page.context().browser().newContext({ javaScriptEnabled: false });
  const bare = await context.newPage();
  await openHost(bare, url, element("a").replace("Words", "<img alt='' src='icon.svg' width='40'>Adam is faster."), script(url));
  assert.equal(await bare.locator("#a").innerText(), "Adam is faster.");
  assert.ok(await bare.locator("#a img").isVisible());
  await context.close();
});

pageTest("panels, menus and a training network work in elements", { timeout: 150_000 }, async ({ page, url }) => {
  const net = "v=1&network=4&data=circle(n=60)&steps=60&run=sgd:lr=0.3";
  const full = "v=1&surface=rosenbrock&run=adam:lr=0.05&space=split&step=30&overlays=gradient,critical";
  await openHost(page, url, `${element("n", 'autoplay="0" height="500"', net)}${element("s", 'height="420"', full)}`, script(url));
  await there(page, "n", "s");
  await page.waitForFunction(() => document.getElementById("n").shadowRoot.querySelector(".net-view canvas"));
  await page.waitForFunction(() => document.getElementById("s").shadowRoot.querySelector(".space canvas"));
  await page.waitForFunction(() => document.getElementById("s").shadowRoot.querySelector("canvas.over")?.width > 100);
  assert.equal(await page.evaluate(() => document.querySelectorAll("body > :not(descent-lab):not(script)").length), 0, "nothing is put into the page around");
  await call(page, "n", "play");
  await page.waitForFunction(() => document.getElementById("n").currentStep > 20);
  assert.equal(await stepOf(page, "s"), 30);
});

/** The first example in a file of the documentation, for this site. */
async function example(name, url) {
  const text = await readFile(new URL(`../../docs/${name}`, import.meta.url), "utf8");
  return text.match(/```html\n([^]*?)```/)[1].replaceAll("https://example.org/descent-lab/", url);
}

pageTest("the element's documentation shows what works", {}, async ({ page, url }) => {
  await openHost(page, url, await example("embedding-element.md", url));
  await there(page, "race");
  assert.equal(await stepOf(page, "race"), 0);
  await page.locator("#go").click();
  await page.waitForFunction(() => document.getElementById("race").playing);
  await call(page, "race", "seek", 495);
  await page.locator("#go").click();
  await page.waitForFunction(() => /^finished at step \d+$/.test(document.getElementById("where").textContent));
});

pageTest("the messages' documentation shows what works", {}, async ({ page, url }) => {
  await openHost(page, url, await example("embedding-messages.md", url));
  await page.waitForFunction(() => /surface=rosenbrock/.test(document.getElementById("said").textContent));
  await page.waitForFunction(() => document.getElementById("lab").height !== "420");
  await page.locator("#on").click();
  await page.waitForFunction(() => /step=10/.test(document.getElementById("said").textContent));
});

/** A page with a frame that keeps all that it hears of it. */
async function openFrame(page, url, link = `${LINK}&embed=1&autoplay=0&steps=40`) {
  const listens = `<script>
    window.heard = [];
    addEventListener("message", (ev) => {
      if (ev.source === document.querySelector("iframe")?.contentWindow) window.heard.push(ev.data);
    });
    const send = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");
    const say = (type, more) => send({ "descent-lab": 1, type, ...more });
  </script>`;
  await openHost(page, url, `${listens}<iframe src="${url}#${link}" width="600" height="400"></iframe>`);
  await page.waitForFunction(() => window.heard.some((m) => m.type === "ready"));
}

const heard = (page, type) => page.evaluate((t) => window.heard.filter((m) => m.type === t), type);
const ask = async (page) => {
  const id = Math.random();
  await page.evaluate((n) => say("getLink", { id: n }), id);
  const answer = await page.waitForFunction((n) => window.heard.find((m) => m.type === "link" && m.id === n), id);
  return answer.jsonValue();
};

pageTest("a page drives a frame with messages, and hears of it", {}, async ({ page, url }) => {
  await openFrame(page, url);
  assert.deepEqual(Object.keys((await ask(page))).sort(), ["descent-lab", "id", "link", "playing", "step", "type"]);
  await page.evaluate(() => say("step", { by: 3 }));
  assert.equal((await ask(page)).step, 3);
  await page.evaluate(() => say("step"));
  assert.equal((await ask(page)).step, 4);
  await page.evaluate(() => say("seek", { step: 20 }));
  assert.equal((await ask(page)).step, 20);
  await page.evaluate(() => say("play"));
  await page.waitForFunction(() => window.heard.some((m) => m.type === "finish"));
  assert.deepEqual(await heard(page, "finish"), [{ "descent-lab": 1, type: "finish", step: 40 }]);
  await page.evaluate(() => say("seek", { step: 0 }));
  await page.evaluate(() => say("play"));
  await page.evaluate(() => say("pause"));
  assert.equal((await ask(page)).playing, false);
  await page.evaluate((link) => say("setLink", { link }), OTHER);
  const now = await ask(page);
  assert.match(now.link, /surface=beale/);
  assert.match(now.link, /embed=1/, "the frame stays a frame");
  await page.evaluate(() => say("seek", { step: 5 }));
  await page.evaluate(() => say("reset"));
  assert.equal((await ask(page)).step, 0);
  await page.waitForFunction(() => window.heard.some((m) => m.type === "change" && /beale/.test(m.link)));
  const sizes = await heard(page, "resize");
  assert.ok(sizes.length > 0 && sizes.every((m) => m.height > 250 && m.height < 700), JSON.stringify(sizes));
  const canvas = await page.evaluate(() => window.heard.find((m) => m.subject === "lti.frameResize"));
  assert.deepEqual(canvas, { subject: "lti.frameResize", height: sizes[0].height });
  // The height goes with the width, and not with the height that the frame has.
  await page.evaluate(() => (document.querySelector("iframe").height = 900));
  await page.waitForTimeout(300);
  assert.equal((await heard(page, "resize")).length, sizes.length);
  await page.evaluate(() => (document.querySelector("iframe").width = 320));
  await page.waitForFunction((n) => window.heard.filter((m) => m.type === "resize").length > n, sizes.length);
  const narrow = (await heard(page, "resize")).at(-1).height;
  assert.ok(narrow < sizes[0].height, `${narrow} after ${sizes[0].height}`);
});

pageTest("who hears that playing has come to its end may play on, go elsewhere and show another link", {}, async ({ page, url }) => {
  await openHost(page, url, element("a", 'autoplay="0" height="240"', `${LINK}&steps=30`), script(url));
  await there(page, "a");
  await page.evaluate((other) => {
    const a = document.getElementById("a");
    window.ends = [];
    a.addEventListener("finish", (ev) => {
      window.ends.push(ev.detail.step);
      if (window.ends.length === 1) {
        a.seek(10);
        a.play();
      } else if (window.ends.length === 2) {
        a.setLink(other);
        a.play();
      } else {
        a.seek(3);
      }
    });
    a.play();
  }, `${OTHER}&steps=20`);
  await page.waitForFunction(() => window.ends.length === 3 && document.getElementById("a").currentStep === 3);
  assert.deepEqual(await page.evaluate(() => window.ends), [30, 30, 20]);
  assert.match(await page.evaluate(() => document.getElementById("a").link), /surface=beale/);
  assert.equal(await page.evaluate(() => document.getElementById("a").playing), false);

  await openFrame(page, url);
  await page.evaluate((link) => {
    window.ends = [];
    addEventListener("message", (ev) => {
      if (ev.data.type !== "finish") return;
      window.ends.push(ev.data.step);
      if (window.ends.length > 2) return;
      if (window.ends.length === 1) say("seek", { step: 10 });
      else say("setLink", { link });
      say("play");
    });
    say("play");
  }, `${OTHER}&steps=20`);
  await page.waitForFunction(() => window.ends.length === 3);
  assert.deepEqual(await page.evaluate(() => window.ends), [40, 40, 20]);
  assert.match((await ask(page)).link, /surface=beale/);
});

pageTest("a film that is being recorded stops with its element, and is not saved", {}, async ({ page, url }) => {
  await page.addInitScript(() => {
    window.recorders = [];
    const usual = MediaRecorder.prototype.start;
    MediaRecorder.prototype.start = function start(...args) {
      window.recorders.push(this);
      return usual.apply(this, args);
    };
  });
  let saved = 0;
  page.on("download", () => (saved += 1));
  await openHost(page, url, element("a", 'autoplay="0" height="600" controls="full"'), script(url));
  await there(page, "a");
  await whole(page, "a");
  await page.evaluate(() => document.getElementById("a").shadowRoot.querySelector("#take").showPopover());
  await page.locator("#a [data-testid=take-seconds]").fill("5");
  await page.locator("#a [data-testid=take-video]").click();
  await page.waitForFunction(() => window.recorders[0]?.state === "recording");
  await page.evaluate(() => document.getElementById("a").remove());
  await page.waitForFunction(() => window.recorders[0].state === "inactive");
  await page.waitForTimeout(500);
  assert.equal(saved, 0);
});

pageTest("messages that make no sense are answered, those of others are not, and none does harm", {}, async ({ page, url }) => {
  await openFrame(page, url);
  const before = await ask(page);
  const bad = [
    {},
    { type: 7 },
    { type: "setLink" },
    { type: "setLink", link: { toString: "x" } },
    { type: "setLink", link: "x".repeat(1_000_001) },
    { type: "seek" },
    { type: "seek", step: -1 },
    { type: "seek", step: "NaN" },
    { type: "step", by: 1.5 },
  ];
  for (const [i, message] of bad.entries()) {
    await page.evaluate(([m, id]) => send({ "descent-lab": 1, id, ...m }), [message, i]);
    await page.waitForFunction((id) => window.heard.some((m) => m.type === "error" && m.id === id), i);
  }
  await page.evaluate(() => send({ "descent-lab": 2, type: "play", id: "two" }));
  await page.waitForFunction(() => window.heard.some((m) => m.type === "error" && m.id === "two"));
  const count = await page.evaluate(() => window.heard.length);
  const ignored = [null, 1, "descent-lab", "{\"descent-lab\":1,\"type\":\"play\"}", [], { type: "play" }, { "descent-lab": 1, type: "explode" }, { "descent-lab": 1, type: "constructor" }, { "descent-lab": 1, type: "__proto__" }];
  for (const message of ignored) await page.evaluate((m) => send(m), message);
  assert.deepEqual(await ask(page), { ...before, id: (await heard(page, "link")).at(-1).id });
  assert.equal(await page.evaluate(() => window.heard.length), count + 1);
  // Links from outside are text, whatever is in them.
  const hostile = ["<img src=x onerror=parent.harm=1>", "javascript:parent.harm=1", "v=1&surface=custom&f=<script>parent.harm=1</script>", "v=1&run=" + "sgd,".repeat(5000), "%%%&&&==;;((("];
  for (const link of hostile) await page.evaluate((l) => say("setLink", { link: l }), link);
  await ask(page);
  assert.equal(await page.evaluate(() => window.harm), undefined);
  assert.equal(await page.frameLocator("iframe").locator("img, main script").count(), 0);
  // A frame beside it is not heard.
  await page.evaluate(() => {
    const other = document.createElement("iframe");
    other.srcdoc = `<script>parent.frames[0].postMessage({ "descent-lab": 1, type: "seek", step: 33 }, "*"); parent.sent = true</script>`;
    document.body.append(other);
  });
  await page.waitForFunction(() => window.sent);
  assert.notEqual((await ask(page)).step, 33);
});

/** A server of its own origin that answers what this function gives for a name: a type and a body. */
async function serve(answer) {
  const server = createServer(async (request, response) => {
    const found = await answer(new URL(request.url, "http://x").pathname.slice(1)).catch(() => undefined);
    const cors = { "access-control-allow-origin": "*" };
    if (found) response.writeHead(200, { ...cors, "content-type": found[0] }).end(found[1]);
    else response.writeHead(404, cors).end();
  });
  await new Promise((go) => server.listen(0, "127.0.0.1", go));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

pageTest("a module from another site works, with its worker", { allow: [/request to another host|favicon/, /404/] }, async ({ page }) => {
  const lab = await serve(async (name) => [name.endsWith(".wasm") ? "application/wasm" : "text/javascript", await readFile(DIST + name)]);
  const net = "v=1&network=8-8&data=circle&steps=400&run=adam:lr=0.01";
  const host = await serve(async () => ["text/html", `<!doctype html>${script(lab.url)}${element("a", 'autoplay="0"', net)}`]);
  try {
    const worker = page.waitForEvent("worker");
    await page.goto(host.url);
    await there(page, "a");
    assert.match((await worker).url(), /^blob:/);
    await call(page, "a", "seek", 400);
    await page.waitForFunction(() => document.getElementById("a").currentStep === 400);
    await page.waitForFunction(() => document.getElementById("a").shadowRoot.querySelector(".net-view canvas"));
  } finally {
    lab.close();
    host.close();
  }
});
