// Publishing keeps what was published: versions in their folders, the newest at the top (scripts/publish.sh).

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../scripts/publish.sh", import.meta.url));

test("a tag's build stays in its folder, and the newest takes the place of the last one", () => {
  const folder = mkdtempSync(join(tmpdir(), "descent-lab-publish-"));
  const work = join(folder, "work");
  const dist = join(work, "dist");
  // Without the settings of whoever runs this.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) delete env[name];
  const run = (program, ...args) => execFileSync(program, args, { cwd: work, stdio: "pipe", env }).toString();
  const published = (path) => readFileSync(join(work, "site", path), "utf8");
  const build = (files) => {
    rmSync(dist, { recursive: true, force: true });
    mkdirSync(dist);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
  };
  try {
    mkdirSync(work);
    run("git", "init", "--quiet", "--bare", "--initial-branch=main", join(folder, "origin.git"));
    run("git", "init", "--quiet", "--initial-branch=main");
    writeFileSync(join(work, "source"), "a source");
    run("git", "add", "source");
    run("git", "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--message=a");
    run("git", "remote", "add", "origin", join(folder, "origin.git"));

    build({ "index.html": "one", "gone.js": "" });
    run(SCRIPT, "dist", "site", "branch", "main");
    assert.equal(published("index.html"), "one");
    assert.ok(!existsSync(join(work, "site/source")), "only what was built");

    run(SCRIPT, "dist", "site", "tag", "v0.1.0");
    build({ "index.html": "two" });
    run(SCRIPT, "dist", "site", "branch", "main");
    run(SCRIPT, "dist", "site", "tag", "v0.1.0");
    assert.equal(published("index.html"), "two");
    assert.ok(!existsSync(join(work, "site/gone.js")));
    assert.equal(published("v0.1.0/index.html"), "one", "a version never changes");
    assert.ok(existsSync(join(work, "site/v0.1.0/gone.js")));
    // Another machine, which knows only what was pushed, has the same.
    rmSync(join(work, ".git/refs/heads/gh-pages"), { force: true });
    run(SCRIPT, "dist", "site", "tag", "v0.2.0");
    assert.deepEqual([published("v0.1.0/index.html"), published("v0.2.0/index.html")], ["one", "two"]);
    assert.throws(() => run(SCRIPT, "dist", "site", "tag", "../outside"), /A tag is to look like/);
    // Somebody else publishes between the fetch and the push: both are there.
    const other = join(folder, "other");
    run("git", "clone", "--quiet", join(folder, "origin.git"), other);
    mkdirSync(join(other, "dist"));
    writeFileSync(join(other, "dist/index.html"), "theirs");
    const hook = `#!/bin/sh\nunset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX\nmkdir "${folder}/once" 2>/dev/null || exit 0\ncd "${other}" && "${SCRIPT}" dist site tag v0.3.0\n`;
    mkdirSync(join(work, ".git/hooks"), { recursive: true });
    writeFileSync(join(work, ".git/hooks/pre-push"), hook, { mode: 0o755 });
    build({ "index.html": "three" });
    run(SCRIPT, "dist", "site", "branch", "main");
    assert.ok(existsSync(join(folder, "once")));
    assert.deepEqual([published("index.html"), published("v0.3.0/index.html")], ["three", "theirs"]);
    // A host that takes nothing is not asked for ever.
    writeFileSync(join(work, ".git/hooks/pre-push"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    assert.throws(() => run(SCRIPT, "dist", "site", "tag", "v0.4.0"), /could not be pushed/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
