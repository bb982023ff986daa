// Networks are trained here: the second program once more, without a page (src/lab/net/worker.rs). The address names the
// build, as in index.html.
"use strict";
import("./lab.js" + location.search)
  .then((program) => program.default({ module_or_path: "./lab_bg.wasm" + location.search }))
  .catch((error) => {
    // So that the page hears of it.
    setTimeout(() => {
      throw error;
    });
  });
