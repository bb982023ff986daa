// Keeps the page for when there is no network. Made with each build (scripts/finish).
//
// The page itself comes from the network where there is one, so a reload is the newest build; all else is asked for by
// names that change with the build, and comes from what is kept. A new build is fetched by a new worker, which waits until
// no page of the old one is open: that goes on with its old files.
"use strict";

/** Path and hash of every file. */
const FILES = [/* files */];
const SCOPE = registration.scope;
/** What this worker and those of other builds keep begins with this, and nothing of other pages of the host does. */
const PREFIX = `descent-lab ${SCOPE} `;
/** How long the network may take before the kept page is shown, in milliseconds. */
const PATIENCE_MS = 3000;

const address = (path) => new URL(path, SCOPE).href;
const KEPT = new Set(FILES.map(([path]) => address(path)));

/** Named by the hashes of all files. */
const cache = crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(FILES))).then((digest) => {
  const name = [...new Uint8Array(digest, 0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return caches.open(PREFIX + name).then((open) => Object.assign(open, { ofName: PREFIX + name }));
});

addEventListener("install", (event) => event.waitUntil(Promise.all(FILES.map(keep))));

async function keep([path, integrity]) {
  // A name that changes with the build is what it was; others may be older in the browser's own cache.
  const lasting = /[?]|-[0-9a-f]{16}/.test(path);
  const response = await fetch(address(path), { integrity, cache: lasting ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  await (await cache).put(address(path), response);
}

addEventListener("activate", (event) => event.waitUntil(Promise.all([clients.claim(), tidy()])));

/** Drops what other builds have kept. */
async function tidy() {
  const { ofName } = await cache;
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== ofName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const [url] = request.url.split("#");
  if (request.mode === "navigate") {
    if ([SCOPE, address("index.html")].includes(url.split("?")[0])) event.respondWith(page(request));
  } else if (KEPT.has(url)) {
    event.respondWith(kept(url).then((response) => response ?? fetch(request)));
  }
});

const kept = async (url) => (await cache).match(url);

async function page(request) {
  try {
    const late = new Promise((go) => setTimeout(go, PATIENCE_MS));
    const response = await Promise.race([fetch(request), late]);
    if (response?.ok) {
      // Not before: the kept page needs the files that are kept with it.
      await makeWay();
      return response;
    }
  } catch {
    // There is no network.
  }
  return (await kept(SCOPE)) ?? fetch(request);
}

/** Where the page that is being loaded anew is the only one, no page needs the old files any more. */
async function makeWay() {
  const pages = await clients.matchAll({ type: "window" });
  if (pages.length < 2) registration.waiting?.postMessage("go");
}

addEventListener("message", (event) => {
  if (event.data === "go") skipWaiting();
});
