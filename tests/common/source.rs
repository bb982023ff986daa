//! Rust sources as the layering test reads them: without comments and unit tests, strings set apart, and the paths
//! that lead out of a module.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file, read for its names.
pub struct Source {
    /// Its path from `src/`, with `/` between folders.
    pub path: String,
    /// Its lines without comments, unit tests and the insides of strings.
    pub lines: Vec<String>,
    /// Strings, each with its line from 1.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    /// Reads a text that stands in the file with this path.
    pub fn new(path: &str, text: &str) -> Self {
        let (code, strings) = strip(text);
        let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
        let lines: Vec<_> = code.lines().map(str::to_owned).collect();
        let strings = strings.into_iter().filter(|s| s.0 <= lines.len()).collect();
        Self { path: path.to_owned(), lines, strings }
    }

    /// The module at the top to which it belongs: the first folder, or the name of the file.
    pub fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or("");
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The modules at the top that it names through `crate::`, `descent_lab::` or `super::`, each with its line from 1.
    pub fn modules_named(&self) -> Vec<(usize, String)> {
        let code = self.lines.join("\n");
        let mut found = Vec::new();
        for root in ["crate::", "descent_lab::"] {
            for at in starts_of_word(&code, root) {
                found.extend(heads(&code, at + root.len()));
            }
        }
        for at in starts_of_word(&code, "super::") {
            if code[..at].ends_with("::") {
                continue;
            }
            let climbs = code[at..].split("::").take_while(|w| *w == "super").count();
            if climbs == self.depth() {
                found.extend(heads(&code, at + climbs * "super::".len()));
            }
        }
        let line = |at: usize| code[..at].matches('\n').count() + 1;
        found.into_iter().map(|(at, w)| (line(at), w)).collect()
    }

    /// How many `super` lead from this file to the top.
    fn depth(&self) -> usize {
        let folders = self.path.matches('/').count();
        folders + usize::from(!self.path.ends_with("mod.rs") && self.path != "lib.rs")
    }

    /// The lines on which a pattern stands as a whole word, from 1.
    pub fn lines_with(&self, pattern: &str) -> Vec<usize> {
        let has = |line: &String| starts_of_word(line, pattern).next().is_some();
        (1..).zip(&self.lines).filter(|(_, l)| has(l)).map(|(n, _)| n).collect()
    }
}

/// Every source below a folder, by path; without files of unit tests.
pub fn sources(folder: &Path) -> Vec<Source> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let relative = |file: &PathBuf| {
        let path = file.strip_prefix(folder).expect("found below it");
        path.to_string_lossy().replace('\\', "/")
    };
    files
        .iter()
        .map(|f| Source::new(&relative(f), &fs::read_to_string(f).expect("a readable file")))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where a pattern stands as a whole word: what is no part of a longer name on a side where it begins or ends with one.
fn starts_of_word<'a>(text: &'a str, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(pattern).map(|m| m.0).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + pattern.len()..].chars().next();
        let ends_open = pattern.ends_with(is_word) && after.is_some_and(is_word);
        !before.is_some_and(is_word) && !ends_open
    })
}

/// The first words of what follows `crate::`: one, or those of a group in braces.
fn heads(code: &str, at: usize) -> Vec<(usize, String)> {
    let word = |at: usize| -> String { code[at..].chars().take_while(|c| is_word(*c)).collect() };
    if !code[at..].starts_with('{') {
        return vec![(at, word(at))];
    }
    let (mut depth, mut expect, mut found) = (0, false, Vec::new());
    for (i, c) in code[at..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (c == '{' || c == ',') {
            expect = true;
        } else if expect && is_word(c) {
            found.push((at + i, word(at + i)));
            expect = false;
        }
    }
    found
}

/// The text without comments and insides of strings, and those strings with their lines. Line breaks stay.
fn strip(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut strings) = (String::new(), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(c) = rest.chars().next() {
        let after_word = code.ends_with(is_word);
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |i| i + 2)
        } else if let Some((open, close)) = raw_string(rest).filter(|_| !after_word) {
            let end = rest[open..].find(&close).map_or(rest.len(), |i| open + i);
            strings.push((line, rest[open..end].to_owned()));
            (end + close.len()).min(rest.len())
        } else if c == '"' {
            let end = end_of_string(rest);
            strings.push((line, rest[1..end].to_owned()));
            (end + 1).min(rest.len())
        } else if c == '\'' && character(rest).is_some() {
            character(rest).unwrap_or(1)
        } else {
            code.push(c);
            line += usize::from(c == '\n');
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let breaks = rest[..taken].matches('\n').count();
        code.push_str(&"\n".repeat(breaks));
        line += breaks;
        rest = &rest[taken..];
    }
    (code, strings)
}

/// For `r#"…"#`: where the inside begins, and what closes it.
fn raw_string(text: &str) -> Option<(usize, String)> {
    let hashes = text.strip_prefix('r')?;
    let count = hashes.chars().take_while(|c| *c == '#').count();
    let quote = hashes[count..].starts_with('"');
    quote.then(|| (count + 2, format!("\"{}", "#".repeat(count))))
}

/// Where the quote that closes the string at the start of the text stands.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return i,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The length of the character literal at the start of the text; none for a lifetime.
fn character(text: &str) -> Option<usize> {
    let inside = &text[1..];
    if let Some(escape) = inside.strip_prefix('\\') {
        let skip = escape.chars().next()?.len_utf8();
        return Some(2 + skip + escape[skip..].find('\'')? + 1);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then(|| 2 + c.len_utf8())
}
