//! What comes from outside stays text: no source of the page takes text for markup or for a script, keeps anything about the
//! visitor, or speaks to another host.

use std::fs;
use std::path::{Path, PathBuf};

/// What would take a text for markup or a script, in Rust and in JavaScript.
const MARKUP: &[&str] = &[
    "innerhtml",
    "inner_html",
    "outerhtml",
    "outer_html",
    "insertadjacenthtml",
    "insert_adjacent_html",
    "document.write",
    "createcontextualfragment",
    "create_contextual_fragment",
    "domparser",
    "dom_parser",
    "srcdoc",
    "js_sys::eval",
    "new function(",
    "function::new_with_args",
    "function::new_no_args",
    "javascript:",
    "settimeout(\"",
    "settimeout('",
];
/// The same in JavaScript, where a name of ours is no method of Rust.
const SCRIPT: &[&str] = &["eval("];
/// What would keep or pass on something about the visitor.
const PRYING: &[&str] = &[
    "localstorage",
    "local_storage",
    "sessionstorage",
    "session_storage",
    "indexeddb",
    "document.cookie",
    "set_cookie",
    "sendbeacon",
    "send_beacon",
    "xmlhttprequest",
    "websocket",
    "eventsource",
];
/// Files that may have one of these words, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Everything that the page is made of: what runs in it, and what its build puts into it.
const FOLDERS: &[&str] =
    &["src", "assets", "scripts/single", "scripts/finish/src/offline.js", "element", "index.html"];

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder of ours").flatten() {
            collect(&entry.path(), found);
        }
    } else if path
        .extension()
        .is_some_and(|e| ["rs", "js", "mjs", "ts", "html"].iter().any(|known| e == *known))
    {
        found.push(path.to_owned());
    }
}

fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in FOLDERS {
        collect(&root.join(folder), &mut found);
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a text");
        let path = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
        (path, text)
    };
    found.into_iter().map(read).collect()
}

/// Every use of one of these words, as file, line and word; in comments too, where they are easily done without.
fn uses<'a>(text: &str, words: &[&'a str]) -> Vec<(usize, &'a str)> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| {
            let line = line.to_lowercase();
            words.iter().filter(move |word| line.contains(**word)).map(move |word| (at + 1, *word))
        })
        .collect()
}

fn forbidden(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (line, word) in uses(text, words) {
            if !EXCEPTIONS.iter().any(|(file, known, _)| file == path && *known == word) {
                found.push(format!("{path}:{line}: {word}"));
            }
        }
    }
    found
}

#[test]
fn no_source_of_the_page_takes_text_for_markup_or_a_script() {
    let (rust, other): (Vec<_>, Vec<_>) =
        files().into_iter().partition(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "rs"));
    assert_eq!(forbidden(&rust, MARKUP), Vec::<String>::new());
    assert_eq!(forbidden(&other, &[MARKUP, SCRIPT].concat()), Vec::<String>::new());
}

#[test]
fn no_source_of_the_page_keeps_or_passes_on_anything_about_the_visitor() {
    assert_eq!(forbidden(&files(), PRYING), Vec::<String>::new());
}

#[test]
fn exceptions_are_needed() {
    for (path, word, why) in EXCEPTIONS {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default();
        assert!(!uses(&text, &[*word]).is_empty(), "{path} has no {word} any more ({why})");
    }
}

#[test]
fn the_test_looks_at_the_page() {
    let files = files();
    for path in
        ["src/web/app.rs", "src/lab/html.rs", "index.html", "assets/worker.js", "scripts/single/boot.js"]
    {
        assert!(files.iter().any(|(known, _)| known == path), "{path}");
    }
    assert_eq!(uses("a\nb.innerHTML = x; js_sys::eval(y)", MARKUP), [(2, "innerhtml"), (2, "js_sys::eval")]);
}

#[test]
fn styles_are_set_directly_and_not_as_attributes() {
    // The policy of the page (index.html) refuses the attribute; `lab::html` and `web::ui` know how.
    let found: Vec<String> = files()
        .iter()
        .flat_map(|(path, text)| {
            let direct =
                uses(text, &["set_attribute(\"style\"", "create_element(\"style\"", "html(\"style\")"]);
            // Where the browser knows no style sheets but elements.
            let direct = direct
                .into_iter()
                .filter(move |(_, word)| path != "src/lab/place.rs" || *word != "html(\"style\")");
            direct.map(move |(line, word)| format!("{path}:{line}: {word}"))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
    let page: Vec<_> = files().into_iter().filter(|(path, _)| path.starts_with("src/web/")).collect();
    let attributes: Vec<_> =
        page.iter().filter(|(_, text)| text.contains(".attr(\"style\"")).map(|f| &f.0).collect();
    assert_eq!(attributes, Vec::<&String>::new(), "`style` of web::ui sets it");
}
