// Starts the single file, in place of the scripts of index.html: both programs are in the file, packed. In front of this stand
// the script of the first program, and `labProgram(Worker)`, which is lab.js as a function: it gives what that exports.

const bytes = (text) => Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** What stands packed in an element, as an answer that WebAssembly takes; nothing is asked for. */
function unpack(id) {
  const packed = new Blob([bytes(document.getElementById(id).textContent)]);
  const plain = packed.stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain, { headers: { "content-type": "application/wasm" } });
}

/** As in index.html. Networks are trained in a worker that is made of the same text, and given the compiled program. */
window.lab = async (urgent, build) => {
  if (!urgent) await new Promise((go) => (window.requestIdleCallback ?? setTimeout)(go, { timeout: 1000 }));
  const compiled = await WebAssembly.compileStreaming(unpack("lab-wasm"));
  const start = `addEventListener("message", ({ data }) => labProgram().default({ module_or_path: data })
    .catch((error) => setTimeout(() => { throw error; })), { once: true });`;
  const program = labProgram(function () {
    const worker = new Worker(URL.createObjectURL(new Blob([`${labProgram};${start}`], { type: "text/javascript" })));
    worker.postMessage(compiled);
    return worker;
  });
  await program.default({ module_or_path: compiled });
  if (program.build() !== build) throw new Error("the second program is of another build");
  return program;
};

wasm_bindgen({ module_or_path: unpack("app-wasm") });
