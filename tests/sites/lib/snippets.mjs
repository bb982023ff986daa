// The lines that docs/embedding.md tells its readers to paste.

import { readFileSync } from "node:fs";

const DOCS = new URL("../../../docs/embedding.md", import.meta.url);
/** What stands for the address of the page. */
export const HOST = "https://your.host/descent-lab/";

/** The first block of code below each heading, without its fence. */
export function snippets(text = readFileSync(DOCS, "utf8")) {
  const found = new Map();
  let heading, fence, lines;
  for (const line of text.split("\n")) {
    const mark = line.match(/^(`{3,})/)?.[1];
    if (fence) {
      if (line === fence) {
        if (!found.has(heading)) found.set(heading, lines.join("\n"));
        fence = undefined;
      } else lines.push(line);
    } else if (mark) {
      [fence, lines] = [mark, []];
    } else if (line.startsWith("#")) {
      heading = line.replace(/^#+ /, "");
    }
  }
  return found;
}

/** All examples in HTML. */
export function examples(text = readFileSync(DOCS, "utf8")) {
  return [...text.matchAll(/^```html\n(.*?)^```$/gms)].map(([, code]) => code);
}
