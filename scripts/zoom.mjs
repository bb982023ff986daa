#!/usr/bin/env node
// How long frames take while the wheel turns and while the stage is dragged, and how long it takes from the last event until
// the fine picture is there. Needs a built page in dist/.  node scripts/zoom.mjs [link …]

import { launch, labReady, ready, DIST } from "../tests/e2e/lib/browser.mjs";
import { serveFolder } from "../tests/e2e/lib/server.mjs";

const LINKS = {
  Rosenbrock: "#v=1&surface=rosenbrock&run=adam:lr=0.05",
  Rastrigin: "#v=1&surface=rastrigin&run=adam:lr=0.05",
  "typed function": "#v=1&surface=custom&f=sin(3*x)*cos(2*y)%2B0.1*(x^2%2By^2)%2Bexp(-x^2)&run=adam:lr=0.05",
  "all overlays": "#v=1&surface=rastrigin&run=adam:lr=0.05&labels=1&overlays=model,newton,stable,critical,field,descent,zeros",
};
const chosen = process.argv.slice(2);
const links = chosen.length > 0 ? chosen.map((link) => [link, link]) : Object.entries(LINKS);

/** Notes every picture of the surface, by its width in values, and every frame. */
function listen() {
  const put = CanvasRenderingContext2D.prototype.putImageData;
  window.pictures = [];
  CanvasRenderingContext2D.prototype.putImageData = function (image, ...rest) {
    window.pictures.push([performance.now(), image.width]);
    return put.call(this, image, ...rest);
  };
  window.frames = [];
  const tick = () => {
    window.frames.push(performance.now());
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

const server = await serveFolder(DIST, { base: "/" });
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
for (const [name, link] of links) {
  const page = await context.newPage();
  await page.addInitScript(listen);
  await page.goto(server.url + link);
  await ready(page);
  await labReady(page);
  await page.waitForTimeout(1000);
  for (const way of ["wheel", "drag"]) {
    const seen = await page.evaluate(gesture, way);
    const frames = seen.frames.slice(1).map((t, i) => t - seen.frames[i]).sort((a, b) => a - b);
    const at = (part) => frames[Math.min(frames.length - 1, Math.floor(part * frames.length))].toFixed(1);
    const widest = Math.max(...seen.pictures.map(([, width]) => width));
    const after = seen.pictures.filter(([t]) => t > seen.end);
    const fine = [...new Set(after.map(([, width]) => width))].map((width) => {
      const [t] = after.find(([, w]) => w === width);
      return `${width} values wide after ${(t - seen.end).toFixed(0)} ms`;
    });
    console.log(
      `${name}, ${way}: frames of ${at(0.5)} ms, 95 % below ${at(0.95)}, longest ${at(1)}; ${seen.pictures.filter(([t]) => t <= seen.end).length} pictures in ${frames.length} frames; ${fine.join(", ")} (${widest})`,
    );
  }
  await page.close();
}
await browser.close();
await server.close();

/** Turns the wheel or drags for a second, an event a frame, and waits for the last picture. */
async function gesture(way) {
  const stage = document.querySelector("[data-testid=stage]");
  const box = stage.getBoundingClientRect();
  const [x, y] = [box.left + 0.4 * box.width, box.top + 0.4 * box.height];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const pointer = (type, dx) =>
    stage.dispatchEvent(
      new PointerEvent(type, { pointerId: 7, clientX: x + dx, clientY: y + 0.5 * dx, button: 0, bubbles: true, isPrimary: true }),
    );
  window.pictures.length = 0;
  window.frames.length = 0;
  let end = 0;
  if (way === "drag") pointer("pointerdown", 0);
  for (let i = 0; i < 60; i += 1) {
    if (way === "wheel") {
      const deltaY = i < 30 ? -40 : 40;
      stage.dispatchEvent(new WheelEvent("wheel", { clientX: x, clientY: y, deltaY, bubbles: true, cancelable: true }));
    } else pointer("pointermove", 2 * i);
    end = performance.now();
    await frame();
  }
  if (way === "drag") pointer("pointerup", 120);
  const frames = window.frames.slice();
  await new Promise((done) => setTimeout(done, 1500));
  return { frames, pictures: window.pictures, end };
}
