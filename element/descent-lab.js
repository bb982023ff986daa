// The element <descent-lab>. What stands between at-signs is put in when the page is built (scripts/finish).
/*@program@*/

const base = new URL(".", import.meta.url).href;
const styles = "@styles@";

/** The first program, for all elements. */
let program;
function first() {
  program ??= wasm_bindgen({ module_or_path: base + "@wasm@" }).catch((error) => {
    // The next element may have better luck.
    program = undefined;
    throw error;
  });
  return program;
}

/** The second one, a moment later: at the next idle moment, or at once if an element cannot do without. */
let second;
let hurry;
function lab(urgent, build) {
  second ??= (async () => {
    await new Promise((go) => {
      hurry = go;
      (globalThis.requestIdleCallback ?? setTimeout)(go, { timeout: 1000 });
    });
    const found = await import(base + "lab.js?" + build);
    await found.default({ module_or_path: base + "lab_bg.wasm?" + build });
    if (found.build() !== build) throw new Error("lab.js is of another build");
    found.worker_at(worker(build));
    return found;
  })().catch((error) => {
    second = undefined;
    throw error;
  });
  if (urgent) hurry();
  return second;
}

/** Where networks are trained. A worker must come from the page's own site, so elsewhere it is a few words that load the rest. */
function worker(build) {
  if (new URL(base).origin === location.origin) return base + "worker.js?" + build;
  const [script, wasm] = ["lab.js?", "lab_bg.wasm?"].map((name) => JSON.stringify(base + name + build));
  const words = `import(${script}).then((lab) => lab.default({ module_or_path: ${wasm} })).catch((e) => setTimeout(() => { throw e; }));`;
  return URL.createObjectURL(new Blob([words], { type: "text/javascript" }));
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/** What attributes put into the link. */
const WORDS = ["theme", "autoplay", "controls", "hide", "lock", "ahead"];

/** Keys that are the host's whatever has the focus. */
const theirs = (ev) => ev.ctrlKey || ev.metaKey || ev.altKey || ev.key === "Tab" || ev.key === "Escape";

class DescentLab extends HTMLElement {
  static observedAttributes = ["link", "poster", "height", ...WORDS];

  /** The number of the page in the program; 0 while there is none. */
  #page = 0;
  #box;
  #poster;
  #slot;
  #own = new CSSStyleSheet();
  /** Sees when the element comes near. */
  #near;
  #loading = false;
  /** What is to be done once it is there. */
  #waiting = [];
  /** The attributes that have changed. */
  #changed = new Set();
  /** What was shown when it was taken out of the document. */
  #kept;
  #answer;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet, this.#own];
    this.#poster = document.createElement("img");
    this.#poster.alt = "";
    this.#poster.part = "poster";
    this.#poster.hidden = true;
    this.#slot = document.createElement("slot");
    root.append(this.#poster, this.#slot);
    // What is typed and chosen here is no business of the page around: arrow keys turn pages there.
    for (const name of ["keydown", "keyup", "keypress"]) {
      root.addEventListener(name, (ev) => {
        if (ev.defaultPrevented || !theirs(ev)) ev.stopPropagation();
      });
    }
    root.addEventListener("input", (ev) => ev.stopPropagation());
  }

  connectedCallback() {
    if (this.#page || this.#near) return;
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#load();
      },
      { rootMargin: "400px" },
    );
    this.#near.observe(this);
  }

  disconnectedCallback() {
    // One that is moved comes back at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  /** Moved as it is. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, _, value) {
    if (name === "poster") {
      this.#poster.hidden = !value;
      if (value) this.#poster.src = value;
    } else if (name === "height") {
      const height = /^\d+$/.test(value ?? "") ? `${value}px` : value;
      const fits = height && CSS.supports("height", height);
      this.#own.replaceSync(fits ? `:host{height:${height};min-height:0}` : "");
    } else {
      if (name === "link") this.#kept = undefined;
      if (this.#changed.size === 0) queueMicrotask(() => this.#follow());
      this.#changed.add(name);
    }
  }

  async #load() {
    this.#near?.disconnect();
    this.#near = undefined;
    if (this.#page || this.#loading) return;
    this.#loading = true;
    try {
      await first();
    } catch (error) {
      this.#loading = false;
      return this.#tell("error", { message: `Descent Lab could not be loaded: ${error?.message ?? error}` });
    }
    this.#loading = false;
    if (!this.isConnected || this.#page) return;
    this.#box = document.createElement("div");
    this.#box.className = "place";
    this.#box.addEventListener("descent:said", (ev) => this.#hear(ev.detail));
    // The second program has added its own to the page that was here before.
    this.shadowRoot.adoptedStyleSheets = [sheet, this.#own];
    this.shadowRoot.append(this.#box);
    this.#changed.clear();
    // What writes links in the page finds the address of the whole page here.
    this.#box.dataset.base = base;
    this.#page = wasm_bindgen.mount(this.#box, this.#words(this.#kept ?? this.getAttribute("link") ?? ""), {
      lab: (urgent, build) => {
        const loads = lab(urgent, build);
        loads.catch((error) => this.#tell("error", { message: `A part could not be loaded: ${error?.message ?? error}` }));
        return loads;
      },
      page: base,
    });
    this.#slot.hidden = true;
    this.#poster.hidden = true;
    for (const words of this.#waiting.splice(0)) this.#say(words);
    this.#tell("ready");
  }

  #leave() {
    this.#near?.disconnect();
    this.#near = undefined;
    if (!this.#page) return;
    try {
      const { step, link, playing } = this.#now();
      this.#kept = [...this.#bare(link), ...(playing ? [`step=${step}`] : [])].join("&");
    } catch {
      // The program has failed and does not answer.
      this.#kept = undefined;
    }
    try {
      wasm_bindgen.unmount(this.#page);
    } finally {
      this.#page = 0;
      this.#box.remove();
      this.#box = undefined;
      this.#slot.hidden = false;
      this.#poster.hidden = !this.hasAttribute("poster");
    }
  }

  /** A link as the element shows it: as a part of another page, with what the attributes say. */
  #words(link) {
    const own = ["embed=1"];
    for (const name of WORDS) {
      // An empty attribute says nothing, but that it is there: that is enough to play.
      const value = this.getAttribute(name) || (name === "autoplay" ? "1" : "");
      if (this.hasAttribute(name) && value) own.push(`${name}=${encodeURIComponent(value)}`);
    }
    return [...this.#bare(link), ...own].join("&");
  }

  /** A link without the words that are the element's own. */
  #bare(link) {
    const words = String(link).replace(/^[^#]*#/, "").split("&");
    return words.filter((word) => {
      const [key] = word.split("=");
      return word && key !== "embed" && !(WORDS.includes(key) && this.hasAttribute(key));
    });
  }

  /** Takes over the attributes that have changed. */
  #follow() {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    if (!this.#page || changed.size === 0) return;
    if (changed.has("link")) return this.#say("open " + this.#words(this.getAttribute("link") ?? ""));
    const now = this.#now();
    this.#say("open " + this.#words(now.link));
    this.#say("seek " + now.step);
    if (now.playing) this.#say("play");
  }

  #say(words) {
    // What the program opened last may be what was kept, or what an attribute has changed.
    if (words === "reset") words = "open " + this.#words(this.getAttribute("link") ?? "");
    this.#box.dispatchEvent(new CustomEvent("descent:do", { detail: words }));
  }

  #do(words) {
    if (this.#page) {
      // What attributes were given before comes first.
      this.#follow();
      return this.#say(words);
    }
    this.#waiting.push(words);
    if (this.isConnected) this.#load();
  }

  #hear(said) {
    const [word, more] = split(said);
    if (/^\d+$/.test(word)) this.#answer = { step: Number(word), link: more };
    else if (word === "change") this.#tell("change", { link: this.#bare(more).join("&") });
    else if (word === "finish") this.#tell("finish", { step: Number(more) });
    else if (word === "error") this.#tell("error", { message: more });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** What is shown now. */
  #now() {
    this.#answer = undefined;
    this.#say("now");
    const { step, link } = this.#answer;
    // Only where it rests a link says where.
    return { step, link, playing: !/(^|&)step=/.test(link) };
  }

  get link() {
    if (!this.#page) return this.#kept ?? this.#bare(this.getAttribute("link") ?? "").join("&");
    this.#follow();
    return this.#bare(this.#now().link).join("&");
  }
  set link(link) {
    this.setAttribute("link", link);
  }
  get currentStep() {
    return this.#page ? this.#now().step : 0;
  }
  get playing() {
    return this.#page > 0 && this.#now().playing;
  }

  getLink() {
    return this.link;
  }
  setLink(link) {
    this.link = link;
  }
  play() {
    this.#do("play");
  }
  pause() {
    this.#do("pause");
  }
  step(by = 1) {
    this.#do("step " + Math.trunc(Number(by) || 0));
  }
  seek(step) {
    this.#do("seek " + Math.max(0, Math.trunc(Number(step) || 0)));
  }
  reset() {
    this.#do("reset");
  }
}

function split(words) {
  const at = words.indexOf(" ");
  return at < 0 ? [words, ""] : [words.slice(0, at), words.slice(at + 1)];
}

for (const name of ["poster", "height", ...WORDS]) {
  Object.defineProperty(DescentLab.prototype, name, {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value === null || value === undefined || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? "1" : value);
    },
    configurable: true,
    enumerable: true,
  });
}

// Two copies of this file on a page are two builds; the first one stays.
if (!customElements.get("descent-lab")) customElements.define("descent-lab", DescentLab);

export { DescentLab };
