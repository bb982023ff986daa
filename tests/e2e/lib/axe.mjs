// Accessibility rules, run in the page.

import assert from "node:assert/strict";
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Fails with every broken rule and the elements that break it.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} [selector] the part to look at; the whole page by default
 */
export async function assertAccessible(page, selector = "html") {
  await page.evaluate(axe.source); // not a <script>, so a content security policy does not matter
  const { violations } = await page.evaluate(
    ([root, values]) => globalThis.axe.run(root, { runOnly: { type: "tag", values } }),
    [selector, RULES],
  );
  const lines = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} (${rule.help}): ${node.target.join(" ")}\n    ${node.failureSummary}`),
  );
  assert.equal(lines.length, 0, `axe found:\n  ${lines.join("\n  ")}`);
}
