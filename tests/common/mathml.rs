//! MathML as tests look at it.

#![allow(dead_code, reason = "not every test reads every part")]

use descent_lab::formula::{Build, Node, walk};

/// The elements of a formula in letters that can be read: `sub{β 1}` is an element around two others, a row is only
/// braces, leaves are their text, words have quotes, * is a product without a sign, @ the application of a function, _ a space that stays.
pub fn line(node: &Node) -> String {
    let mut line = Line { text: String::new(), words: false, before_leaf: false, before_any: false };
    walk(node, &mut line);
    let inner = line.text.strip_prefix("ath{").and_then(|t| t.strip_suffix('}'));
    inner.expect("the outer element").to_owned()
}

struct Line {
    text: String,
    /// Whether the leaf is of words.
    words: bool,
    /// Whether a space keeps apart what was and a leaf or anything that follows.
    before_leaf: bool,
    before_any: bool,
}

const LEAVES: [&str; 4] = ["mi", "mn", "mo", "mtext"];
const SILENT: [&str; 3] = ["mspace", "mtr", "mtd"];

impl Build for Line {
    fn open(&mut self, tag: &'static str, _attributes: &[(&'static str, &str)]) {
        self.words = tag == "mtext";
        if SILENT.contains(&tag) || LEAVES.contains(&tag) {
            return;
        }
        if self.before_any {
            self.text.push(' ');
        }
        self.text.push_str(if tag == "mrow" { "" } else { &tag[1..] });
        self.text.push('{');
        (self.before_leaf, self.before_any) = (false, false);
    }

    fn text(&mut self, text: &str) {
        let sign = match text {
            "\u{2062}" => "*",
            "\u{2061}" => "@",
            _ => text,
        };
        if self.before_any || self.before_leaf && sign == text {
            self.text.push(' ');
        }
        let quote = if self.words { "\"" } else { "" };
        self.text.push_str(&[quote, &sign.replace('\u{a0}', "_"), quote].concat());
        (self.before_leaf, self.before_any) = (true, sign == text);
    }

    fn close(&mut self, tag: &'static str) {
        if SILENT.contains(&tag) || LEAVES.contains(&tag) {
            return;
        }
        self.text.push('}');
        (self.before_leaf, self.before_any) = (false, false);
    }
}

/// Whether tags are balanced and nothing is left unescaped.
pub fn well_formed(xml: &str) -> Result<(), String> {
    let mut stack = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find(['<', '&', '>', '\u{0}', '\u{1b}']) {
        if let Some(entity) = rest[at..].strip_prefix('&') {
            let known = ["amp;", "lt;", "gt;", "quot;"].iter().any(|e| entity.starts_with(e));
            if !known {
                return Err(format!("a bare &: {entity}"));
            }
            rest = entity;
            continue;
        }
        let tag = rest[at..].strip_prefix('<').ok_or("a bare > or a control character")?;
        let (tag, after) = tag.split_once('>').ok_or("an open tag")?;
        if let Some(name) = tag.strip_prefix('/') {
            if stack.pop() != Some(name) {
                return Err(format!("</{name}> closes another"));
            }
        } else {
            if tag.contains('<') || tag.matches('"').count() % 2 == 1 {
                return Err(format!("<{tag}>"));
            }
            stack.push(tag.split(' ').next().unwrap_or(""));
        }
        rest = after;
    }
    if stack.is_empty() { Ok(()) } else { Err(format!("{stack:?} stay open")) }
}
