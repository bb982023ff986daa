//! The layers of the engine: which module may name which, and what may be named where at all.

mod common {
    pub mod source;
}

use common::source::{Source, sources};
use descent_lab::optim;
use std::path::Path;

/// The modules from the ground up. Each may name those in the rows above its own, and none beside it. One that does not
/// exist yet may stand here; one that exists must.
const LAYERS: &[&[&str]] = &[
    &["later", "math"],
    &["grammar", "param"],
    &["formula", "objective"],
    &["expr"],
    &["matrix", "optim", "schedule", "surface", "net"],
    &["network"],
    &["modifier"],
    &["catalogue"],
    &["run"],
    &["landscape", "look", "train"],
    &["session"],
    &["link"],
    &["export", "scene"],
    &["canvas"],
    &["lab", "web"],
    // Which binary may name which program of the page is told below.
    &["bin"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// Names, where they may stand (folders or files of `src`), and why nowhere else.
const NAMES: &[(&[&str], &[&str], &str)] = &[
    (
        &["web_sys", "js_sys", "wasm_bindgen"],
        &["canvas", "lab", "web", "bin/app.rs", "bin/lab.rs", "bin/worker.rs"],
        "only the page knows the browser",
    ),
    (&["leptos"], &["web", "bin/app.rs"], "only the first program of the page is built on it"),
    (&["descent_lab::web"], &["bin/app.rs", "bin/worker.rs"], "the command line and the lab know no page"),
    (&["descent_lab::lab"], &["bin/lab.rs"], "the page calls the lab through JavaScript"),
    (
        &["std::time", "Instant", "SystemTime"],
        &["web", "bin"],
        "the engine reads no clock: a run is a function of its settings",
    ),
    (&["println!", "eprintln!", "print!", "eprint!"], &["bin"], "what is said is returned, not printed"),
    (&["dbg!", "todo!"], &[], "left over from writing"),
    (&["plotters", "plotters_canvas"], &["scene", "lab"], "only the scene draws"),
    (&["serde", "serde_json"], &["export", "bin", "session", "link"], "the page does without"),
    (&["thread_local!", "static mut"], &["lab", "web"], "the engine has no state of its own"),
    (&["OnceLock", "OnceCell", "LazyLock", "Mutex"], &["later"], "no state but the set-once registries"),
    (
        &["HashMap", "HashSet", "RandomState", "getrandom", "thread_rng"],
        &["web", "bin"],
        "an order or a number by chance: runs are the same everywhere",
    ),
    (&["std::fs", "std::env", "std::process"], &["bin"], "the engine reads nothing but its settings"),
];

fn stands_in(path: &str, place: &str) -> bool {
    path == place || path == format!("{place}.rs") || path.starts_with(&format!("{place}/"))
}

/// What a source names that its layer may not, as `src/file:line: …`.
fn violations(source: &Source) -> Vec<String> {
    let path = &source.path;
    let mut found = Vec::new();
    let mut tell = |line: usize, what: String| found.push(format!("src/{path}:{line}: {what}"));
    let module = source.module();
    if module != "lib" {
        let Some(own) = layer(module) else {
            tell(1, format!("module {module} is in no layer of tests/layering.rs"));
            return found;
        };
        for (line, named) in source.modules_named() {
            if named != module && layer(&named).is_some_and(|other| other >= own) {
                tell(line, format!("{module} may not name {named}"));
            }
        }
    }
    for (names, places, why) in NAMES {
        if places.iter().any(|place| stands_in(path, place)) {
            continue;
        }
        for name in *names {
            for line in source.lines_with(name) {
                tell(line, format!("{name}: {why}"));
            }
        }
    }
    if module == "scene" {
        for (line, string) in &source.strings {
            if optim::find(string).is_some() {
                tell(*line, format!("\"{string}\": the scene draws any optimizer by its state"));
            }
        }
    }
    found
}

fn src() -> Vec<Source> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn no_module_names_what_lies_above_or_beside_it() {
    let sources = src();
    assert!(sources.len() > 40, "only {} files were found", sources.len());
    let found: Vec<_> = sources.iter().flat_map(violations).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_module_list_is_written_from_the_ground_up() {
    let sources = src();
    let lib = sources.iter().find(|s| s.path == "lib.rs").expect("lib.rs");
    let declared: Vec<_> =
        lib.lines.iter().filter_map(|l| l.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(declared.len() > 7, "{declared:?}");
    let layers: Vec<_> = declared.iter().map(|module| layer(module)).collect();
    assert!(layers.is_sorted(), "{declared:?} are not from the ground up");
}

#[test]
fn a_planted_violation_is_found_with_its_line() {
    for (path, text, want) in [
        (
            "optim/adam.rs",
            "//! A.\n\nuse crate::surface::find;\n",
            "src/optim/adam.rs:3: optim may not name surface",
        ),
        (
            "surface/a.rs",
            "use crate::{\n    math::{num, rng},\n    optim,\n};",
            "src/surface/a.rs:3: surface may not name optim",
        ),
        (
            "run/mod.rs",
            "fn f() { let a = crate::session::new(); }",
            "src/run/mod.rs:1: run may not name session",
        ),
        ("run/a.rs", "use super::super::link;", "src/run/a.rs:1: run may not name link"),
        ("schedule/mod.rs", "use super::modifier;", "src/schedule/mod.rs:1: schedule may not name modifier"),
        ("new/mod.rs", "", "src/new/mod.rs:1: module new is in no layer"),
        (
            "run/a.rs",
            "/* a\n */ use std::time::Duration;",
            "src/run/a.rs:2: std::time: the engine reads no clock",
        ),
        ("link/a.rs", "static A: OnceLock<u8> = OnceLock::new();", "src/link/a.rs:1: OnceLock: no state but"),
        ("run/a.rs", "let s = \"\n\"; dbg!(s);", "src/run/a.rs:2: dbg!: left over from writing"),
        ("session/a.rs", "use wasm_bindgen::JsCast;", "src/session/a.rs:1: wasm_bindgen: only the page"),
        ("lab/a.rs", "use leptos::prelude::window;", "src/lab/a.rs:1: leptos: only the first program"),
        ("web/a.rs", "crate::lab::trace(link);", "src/web/a.rs:1: web may not name lab"),
        ("math/a.rs", "let q = '\"'; println!(\"{q}\");", "src/math/a.rs:1: println!: what is said"),
        (
            "bin/descent-lab.rs",
            "descent_lab::web::start();",
            "src/bin/descent-lab.rs:1: descent_lab::web: the command line",
        ),
        (
            "scene/a.rs",
            "let r = r#\"a \"b\"\"#;\nif key == \"adam\" {}",
            "src/scene/a.rs:2: \"adam\": the scene draws",
        ),
    ] {
        let found = violations(&Source::new(path, text));
        assert_eq!(found.len(), 1, "{path}: {text}: {found:?}");
        assert!(found[0].starts_with(want), "{} is not {want}", found[0]);
    }
}

#[test]
fn comments_strings_tests_and_longer_names_are_no_violations() {
    for (path, text) in [
        ("optim/a.rs", "// use crate::surface::find;\n/// [`crate::run`]\nfn f<'a>(s: &'a str) {}"),
        ("optim/a.rs", "let s = \"crate::surface\"; let q = '\\''; let t = \"dbg!\";"),
        ("optim/a.rs", "use crate::objective::Oracle;\nuse super::common::lr;\nuse crate::optim::find;"),
        ("optim/a.rs", "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::surface;\n}\n"),
        ("run/a.rs", "let my_leptos = Instantly; eprintln2!(x); serde_like();"),
        ("surface/a.rs", "$crate::surface::Formula { value: super::super::math::num::sin }"),
        ("web/a.rs", "use leptos::prelude::*; use crate::scene; fn now() -> Instant {}"),
        ("bin/cli/mod.rs", "use crate::cli::run; eprintln!(\"no\");"),
        ("scene/a.rs", "label(\"learning rate\")"),
    ] {
        let found = violations(&Source::new(path, text));
        assert!(found.is_empty(), "{found:?}");
    }
}
