#!/usr/bin/env node
// docs/ as a book in which the examples live: node scripts/docs.mjs [--host ADDRESS] [--out FOLDER]
// The book stands in a folder beside the page, so the page is at ../ unless said otherwise.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../", import.meta.url));
/** What stands for the address of the page in the docs. */
const HOSTS = /https:\/\/(?:your\.host|example\.org)\/descent-lab\//g;
/** What readers look for first; the rest follows by name. */
const FIRST = ["embedding.md", "embedding-element.md", "embedding-messages.md", "teaching.md", "functions.md", "networks.md", "overlays.md"];

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "../" },
    out: { type: "string", default: join(root, "dist/docs") },
  },
});

/** Every example in HTML, alive below its lines. */
export function alive(text, host) {
  return text.replace(/^```html\n(.*?)^```$/gms, (block, code) => {
    // An empty line would end the block that Markdown leaves alone.
    return `${block}\n\n<div class="live">\n${code.replaceAll(HOSTS, host).replaceAll(/\n\s*\n/g, "\n")}</div>`;
  });
}

function titleOf(text, name) {
  return text.match(/^# (.*)$/m)?.[1] ?? name;
}

const book = join(root, "target/docs");
const src = join(book, "src");
rmSync(book, { recursive: true, force: true });
mkdirSync(src, { recursive: true });
const docs = join(root, "docs");
const pages = readdirSync(docs).filter((name) => name.endsWith(".md"));
for (const name of readdirSync(docs)) if (!name.endsWith(".md")) cpSync(join(docs, name), join(src, name), { recursive: true });

const order = [...FIRST.filter((name) => pages.includes(name)), ...pages.filter((name) => !FIRST.includes(name)).sort()];
const summary = ["# Summary", "", "[Descent Lab](index.md)", ""];
for (const name of order) {
  const text = readFileSync(join(docs, name), "utf8").replaceAll("](../README.md", "](index.md");
  summary.push(`- [${titleOf(text, name)}](${name})`);
  writeFileSync(join(src, name), alive(text, values.host));
}
writeFileSync(join(src, "SUMMARY.md"), summary.join("\n"));
const readme = readFileSync(join(root, "README.md"), "utf8").replaceAll("](docs/", "](");
writeFileSync(join(src, "index.md"), alive(readme, values.host));
writeFileSync(
  join(book, "book.toml"),
  `[book]\ntitle = "Descent Lab"\nlanguage = "en"\n\n[output.html]\nno-section-label = true\n\n[output.html.print]\nenable = false\n`,
);
execFileSync("mdbook", ["build", book, "--dest-dir", values.out], { stdio: ["ignore", "ignore", "pipe"] });
console.log(`${join(values.out, "index.html")}`);
