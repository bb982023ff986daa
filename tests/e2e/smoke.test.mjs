// The page opens, wherever it is hosted, and is usable by everyone from the start.

import assert from "node:assert/strict";
import { assertAccessible } from "./lib/axe.mjs";
import { pageTest } from "./lib/harness.mjs";

pageTest("the page opens below any path, with its title and without an error", {}, async ({ page, open }) => {
  await open();
  assert.match(await page.title(), /Descent Lab/);
});

for (const theme of ["light", "dark"]) {
  pageTest(`axe finds nothing in the ${theme} theme`, { theme, reducedMotion: true }, async ({ page, open }) => {
    await open();
    await assertAccessible(page);
  });
}

pageTest("the stage of an embed names its runs", {}, async ({ page, open }) => {
  await open("#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008&embed=1");
  const names = await page.locator(".legend li").allTextContents();
  assert.deepEqual(names, ["Adam", "Gradient descent (SGD)"]);
});
