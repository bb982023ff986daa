#!/usr/bin/env node
// The built page as one file, with everything inside: node scripts/single.mjs [--dist FOLDER] [--out FILE]
// It asks for nothing, so it works from a stick, from a mail, and in a frame without an origin.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

/** What the file may do: run what stands in it, and nothing from anywhere else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'wasm-unsafe-eval' {scripts}",
  "style-src {styles}",
  "img-src data: blob:",
  "media-src blob:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Replaces what is there once, or says that the page is not as this script knows it. */
function once(text, pattern, replacement) {
  const found = text.match(new RegExp(pattern, `${pattern.flags}g`)) ?? [];
  if (found.length !== 1) throw new Error(`the page has ${pattern} ${found.length} times and not once`);
  return text.replace(pattern, typeof replacement === "function" ? replacement : () => replacement);
}

/** A module of wasm-bindgen as a function that returns what it exports. */
export function asFunction(module) {
  if (/^import\b/m.test(module)) throw new Error("lab.js imports something");
  const names = [];
  let body = module.replace(/^export ((?:async )?(?:function\*?|class) ([\w$]+))/gm, (_, start, name) => {
    names.push(name);
    return start;
  });
  body = once(body, /^export \{([^}]*)\};?/m, (_, list) => {
    for (const item of list.split(",")) {
      const [name, as = name] = item.trim().split(/\s+as\s+/);
      if (name) names.push(as === name ? name : `${as}: ${name}`);
    }
    return "";
  });
  // Only read where no program is given.
  body = body.replaceAll("import.meta.url", "location.href");
  if (/^export\b/m.test(body)) throw new Error("lab.js exports in a way that this does not know");
  return `function labProgram(Worker) {\n${body}\nreturn { ${names.join(", ")} };\n}`;
}

const packed = (id, content) =>
  `<script id=${id} type=application/gzip>${gzipSync(content, { level: 9 }).toString("base64")}</script>`;

function hashes(page, element) {
  const all = [...page.matchAll(element)].map(([, content]) => createHash("sha256").update(content).digest("base64"));
  return [...new Set(all)].map((hash) => `'sha256-${hash}'`).join(" ");
}

/** The page in a folder as the text of one file. */
export function single(dist) {
  const read = (path) => readFileSync(join(dist, path));
  const text = (path) => read(path).toString("utf8");
  let page = text("index.html");
  const [, app] = page.match(/src="?(?:\.\/)?(app-[0-9a-f]+)\.js/) ?? [];
  if (!app) throw new Error("the page names no script of its first program");
  const boot = readFileSync(new URL("single/boot.js", import.meta.url), "utf8");
  const script = [text(`${app}.js`), asFunction(text("lab.js")), boot].join("\n;\n");
  // Inside a script of a page, these would end it or begin a comment.
  if (/<\/script|<!--/i.test(script)) throw new Error("a script has </script or <!-- in it");
  const icon = `data:image/svg+xml;base64,${read("icon.svg").toString("base64")}`;

  page = once(page, /<link\b[^>]*rel="?manifest\b[^>]*>/, "");
  page = once(page, /<link\b[^>]*rel="?preload\b[^>]*>/, "");
  page = once(page, /(<link\b[^>]*href="?)icon\.svg/, (_, before) => before + icon);
  const poster = `data:image/webp;base64,${readFileSync(join(dist, "poster.webp")).toString("base64")}`;
  page = once(page, /(<img\b[^>]*src="?)poster\.webp/, (_, before) => before + poster);
  page = once(page, /<script\b[^>]*src="?[^>]*app-[^>]*><\/script>/, "");
  page = once(page, /<script type="?module"?>wasm_bindgen\([^<]*<\/script>/, "");
  const programs = packed("app-wasm", read(`${app}_bg.wasm`)) + packed("lab-wasm", read("lab_bg.wasm"));
  page = once(page, /<script>async function lab\(.*?<\/script>/s, `${programs}<script type=module>${script}</script>`);
  const policy = POLICY.replace("{scripts}", hashes(page, /<script type=module>(.*?)<\/script>/gs)).replace(
    "{styles}",
    hashes(page, /<style>(.*?)<\/style>/gs),
  );
  // The minifier writes attributes in an order of its own.
  page = once(page, /<meta\b[^>]*http-equiv="?Content-Security-Policy\b[^>]*>/i, () =>
    `<meta http-equiv=Content-Security-Policy content="${policy}">`,
  );
  const outside = page.replace(script, "").match(/<(?:script|link|img)\b[^>]*(?:src|href)=(?!"?data:)[^>]*>/);
  if (outside) throw new Error(`the page still asks for ${outside[0]}`);
  return page;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = fileURLToPath(new URL("../dist/", import.meta.url));
  const { values } = parseArgs({ options: { dist: { type: "string", default: dist }, out: { type: "string" } } });
  const out = values.out ?? join(dist, "descent-lab.html");
  try {
    const page = single(values.dist);
    writeFileSync(out, page);
    console.log(`${out}: ${Buffer.byteLength(page).toLocaleString("en")} bytes`);
  } catch (error) {
    console.error(`No single file: ${error.message}.`);
    process.exit(1);
  }
}
