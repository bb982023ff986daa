//! Writes the module of the element `<descent-lab>`: its own source (element/descent-lab.js), with the first program's script, the
//! name of that program and the page's style sheets put in. It stands beside the page and finds the rest there.

use std::fs;
use std::path::Path;

/// The style sheets, in order: the element's own, then the page's.
const STYLES: [&str; 4] =
    ["element/descent-lab.css", "style/tokens.css", "style/page.css", "style/controls.css"];

/// Writes it into the folder of the built page.
pub fn write(folder: &Path, script: &Path, program: &Path) -> Result<(), String> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()));
    let mut styles = String::new();
    for (i, path) in STYLES.into_iter().enumerate() {
        let text = read(Path::new(path))?;
        styles += &short(&if i == 0 { text } else { for_shadow(&text) });
    }
    let name = program.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let module = read(Path::new("element/descent-lab.js"))?
        .replace("@styles@", &styles.replace('\\', "\\\\").replace('"', "\\\""))
        .replace("@wasm@", &name)
        .replace("/*@program@*/", &read(script)?);
    fs::write(folder.join("descent-lab.js"), module).map_err(|e| e.to_string())
}

/// A page fills the window and asks how wide that is; an element fills its place and asks how wide that is (src/lab/place.rs
/// does the same with the second program's style sheets).
fn for_shadow(text: &str) -> String {
    let mut text = text.to_owned();
    for (page, element) in [
        (":root", ".place"),
        ("\nhtml {", "\n.place {"),
        ("@media (max-width", "@container (max-width"),
        ("@media (min-width", "@container (min-width"),
        ("100dvh", "100%"),
    ] {
        text = text.replace(page, element);
    }
    ('0'..='9').fold(text, |text, digit| text.replace(&format!("{digit}vw"), &format!("{digit}cqw")))
}

/// Without comments, and with the spaces that are needed.
fn short(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        kept += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept += rest;
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{for_shadow, short};

    #[test]
    fn an_element_asks_how_wide_it_is_itself() {
        let page = ":root { --a: 1 }\n@media (max-width: 9px) { .x { width: 5vw; height: 100dvh } }";
        let element = ".place { --a: 1 }\n@container (max-width: 9px) { .x { width: 5cqw; height: 100% } }";
        assert_eq!(for_shadow(page), element);
        assert_eq!(for_shadow("@media (pointer: coarse) {}"), "@media (pointer: coarse) {}");
    }

    #[test]
    fn comments_are_left_out() {
        assert_eq!(short("/* a */ b {\n  c: d; /* e */\n}"), "b { c: d; }");
    }
}
