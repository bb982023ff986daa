// Serves a folder under a path of its own, as a static host would: relative addresses or nothing.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
};

/**
 * @param {string} root the folder
 * @param {{ base?: string, gzip?: boolean, headers?: (path: string) => Record<string, string> }} options `base` begins and ends with
 *   a slash; anything outside it is not found. `headers` gives more headers for a file
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with the base
 */
export async function serveFolder(root, { base = "/", gzip = false, headers: more = () => ({}) } = {}) {
  const compressed = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(base) ? normalize(path.slice(base.length) || "index.html") : "..";
    const type = TYPES[extname(inside)] ?? "application/octet-stream";
    try {
      if (inside.startsWith("..")) throw new Error("outside the folder");
      let body = await readFile(join(root, inside));
      const headers = { "content-type": type, "cache-control": "no-store", ...more(inside) };
      if (gzip) {
        if (!compressed.has(inside)) compressed.set(inside, gzipSync(body, { level: 9 }));
        body = compressed.get(inside);
        headers["content-encoding"] = "gzip";
      }
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
