// Choosing what is minimised, as a hand does it.

const id = (name) => `[data-testid="${name}"]`;

/** Opens the list of surfaces and waits until it is drawn. */
export async function openSurfaces(page) {
  await page.locator(id("surface")).click();
  await page.waitForSelector("#surfaces:popover-open [role=option]");
}

/** Picks one by its key. */
export async function chooseSurface(page, key) {
  await openSurfaces(page);
  await page.locator(`#surfaces [data-key="${key}"]`).click();
  await page.waitForFunction((key) => document.querySelector("[data-testid=surface]").value === key, key);
}
