// Builds small real sites around a piece of text, each by its own system. `./dev test --full` installs those.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const venv = process.env.DESCENT_SITES_VENV;

function run(program, args, cwd) {
  try {
    execFileSync(program, args, { cwd, stdio: "pipe", env: { ...process.env, PYTHONWARNINGS: "ignore" } });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout ?? ""}\n${error.stderr ?? error.message}`);
  }
}

function python(program) {
  if (!venv) throw new Error("DESCENT_SITES_VENV is not set; ./dev test --full sets it");
  return join(venv, "bin", program);
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const chapter = (blocks) => ["# A page", "Before.", ...blocks, "After.", ""].join("\n\n");

/** Each makes a site in a folder from blocks of text, and gives the folder that is to be served. */
export const SYSTEMS = {
  mdBook(folder, blocks) {
    write(folder, {
      "book.toml": '[book]\ntitle = "A book"\n',
      "src/SUMMARY.md": "# Summary\n\n- [A page](index.md)\n",
      "src/index.md": chapter(blocks),
    });
    run("mdbook", ["build", folder]);
    return join(folder, "book");
  },
  MkDocs(folder, blocks) {
    write(folder, {
      // Without fonts and highlighting, which it would fetch from elsewhere.
      "mkdocs.yml": "site_name: A site\ntheme:\n  name: mkdocs\n  highlightjs: false\n",
      "docs/index.md": chapter(blocks),
    });
    run(python("mkdocs"), ["build", "--quiet"], folder);
    return join(folder, "site");
  },
  "Sphinx with MyST"(folder, blocks) {
    write(folder, {
      "conf.py": 'project = "A project"\nextensions = ["myst_parser"]\n',
      "index.md": chapter(blocks),
    });
    run(python("sphinx-build"), ["-q", "-W", "-b", "html", folder, join(folder, "out")]);
    return join(folder, "out");
  },
  Jupyter(folder, blocks) {
    const cell = (type, source) => ({
      cell_type: type,
      id: `c${(cell.count = (cell.count ?? 0) + 1)}`,
      metadata: {},
      source,
      ...(type === "code" ? { execution_count: null, outputs: [] } : {}),
    });
    const cells = [cell("markdown", "# A page"), ...blocks.map((block) => cell("code", block))];
    const kernelspec = { name: "python3", display_name: "Python 3", language: "python" };
    write(folder, { "page.ipynb": JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }) });
    run(python("jupyter-nbconvert"), ["--to", "html", "--execute", "--output-dir", "out", "--output", "index.html", "page.ipynb"], folder);
    return join(folder, "out");
  },
};
