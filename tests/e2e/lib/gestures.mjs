// Dragging as a hand does it: with the mouse, or with a finger.

/** The middle of an element, in page pixels. */
export async function middleOf(locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function between(from, to, share) {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Presses the mouse at `from`, moves in a straight line, releases at `to`. */
export async function drag(page, from, to, steps = 12) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step += 1) {
    const { x, y } = between(from, to, step / steps);
    await page.mouse.move(x, y);
  }
  await page.mouse.up();
}

/** The same with a finger; the test needs `touch: true`. */
export async function touchDrag(page, from, to, steps = 12) {
  // The compositor decides where a finger scrolls and where it drags, and learns of a change with the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const session = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", [from]);
  for (let step = 1; step <= steps; step += 1) await send("touchMove", [between(from, to, step / steps)]);
  await send("touchEnd", []);
  await session.detach();
}
