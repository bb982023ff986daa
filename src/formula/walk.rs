//! The tree as MathML elements, for a string or for a document.

use super::{Node, Symbol};

/// What is built from a formula: elements inside one another.
pub trait Build {
    /// An element begins.
    fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]);
    /// The text of the element.
    fn text(&mut self, text: &str);
    /// The element begun last ends.
    fn close(&mut self, tag: &'static str);
}

/// The formula as a text of MathML. Every symbol, and every number in a symbol's place, has the name of the symbol in
/// `data-symbol`.
#[must_use]
pub fn mathml(node: &Node) -> String {
    let mut writer = Writer(String::new());
    walk(node, &mut writer);
    writer.0
}

/// The elements of the formula, from `<math>` on.
pub fn walk(node: &Node, out: &mut dyn Build) {
    out.open("math", &[("display", "block")]);
    elements(node.items(), out);
    out.close("math");
}

const INVISIBLE_TIMES: &str = "\u{2062}";
const APPLICATION: &str = "\u{2061}";

fn leaf(tag: &'static str, attributes: &[(&'static str, &str)], text: &str, out: &mut dyn Build) {
    out.open(tag, attributes);
    out.text(text);
    out.close(tag);
}

/// An element around others.
fn around(tag: &'static str, parts: &[&Node], out: &mut dyn Build) {
    out.open(tag, &[]);
    for part in parts {
        element(part, out);
    }
    out.close(tag);
}

fn sign(sign: char, out: &mut dyn Build) {
    leaf("mo", &[], sign.encode_utf8(&mut [0; 4]), out);
}

fn elements(nodes: &[Node], out: &mut dyn Build) {
    for node in nodes {
        element(node, out);
    }
}

/// Exactly one element for any part.
fn element(node: &Node, out: &mut dyn Build) {
    match node {
        Node::Row(items) => {
            out.open("mrow", &[]);
            elements(items, out);
            out.close("mrow");
        }
        Node::Symbol(one) => symbol(one, None, out),
        Node::Number(text) => leaf("mn", &[], &typeset(text), out),
        Node::Value { symbol, cells, more } => value(symbol, cells, *more, out),
        // A single letter would be slanted.
        Node::Name(text) if text.chars().count() == 1 => leaf("mi", &[("mathvariant", "normal")], text, out),
        Node::Name(text) => leaf("mi", &[], text, out),
        Node::Text(text) => leaf("mtext", &[], text, out),
        Node::Op { sign: c, prefix: true } => {
            leaf("mo", &[("form", "prefix")], c.encode_utf8(&mut [0; 4]), out);
        }
        Node::Op { sign: c, .. } | Node::Big(c) => sign(*c, out),
        Node::Times => leaf("mo", &[], INVISIBLE_TIMES, out),
        Node::Fence { open, body, close } => {
            out.open("mrow", &[]);
            sign(*open, out);
            element(body, out);
            sign(*close, out);
            out.close("mrow");
        }
        Node::Frac(above, below) => around("mfrac", &[above, below], out),
        Node::Sqrt(body) => around("msqrt", &[body], out),
        Node::Root(body, index) => around("mroot", &[body, index], out),
        Node::Cases(lines) => cases(lines, out),
        Node::Sup(base, power) => match &**base {
            // The power stands above the subscript, not after it.
            Node::Symbol(one) if one.sub.is_some() && one.primes.is_empty() => symbol(one, Some(power), out),
            _ => around("msup", &[base, power], out),
        },
        Node::Sub(base, sub) => {
            let below = matches!(**base, Node::Big(_));
            around(if below { "munder" } else { "msub" }, &[base, sub], out);
        }
        Node::Apply(name, argument) => {
            out.open("mrow", &[]);
            element(name, out);
            leaf("mo", &[], APPLICATION, out);
            if !matches!(**argument, Node::Fence { .. }) {
                out.open("mspace", &[("width", "0.17em")]);
                out.close("mspace");
            }
            element(argument, out);
            out.close("mrow");
        }
    }
}

fn cases(lines: &[[Node; 2]], out: &mut dyn Build) {
    out.open("mrow", &[]);
    sign('{', out);
    out.open("mtable", &[("columnalign", "left")]);
    for line in lines {
        out.open("mtr", &[]);
        for cell in line {
            around("mtd", &[cell], out);
        }
        out.close("mtr");
    }
    out.close("mtable");
    out.close("mrow");
}

/// A symbol: its outermost element carries its name.
fn symbol(one: &Symbol, power: Option<&Node>, out: &mut dyn Build) {
    let name = [("data-symbol", one.name.as_str())];
    let scripts = match (&one.sub, power.is_some() || !one.primes.is_empty()) {
        (Some(_), true) => "msubsup",
        (Some(_), false) => "msub",
        (None, true) => "msup",
        (None, false) => return base(one, &name, out),
    };
    out.open(scripts, &name);
    base(one, &[], out);
    if let Some(sub) = &one.sub {
        element(sub, out);
    }
    if !one.primes.is_empty() {
        leaf("mo", &[], &one.primes, out);
    }
    if let Some(power) = power {
        element(power, out);
    }
    out.close(scripts);
}

/// The letter with what stands before and above it.
fn base(one: &Symbol, name: &[(&'static str, &str)], out: &mut dyn Build) {
    let mut prefix = one.prefix.chars();
    let Some(operator) = prefix.next() else { return letter(one, name, out) };
    let operator = Node::Name(operator.to_string());
    out.open("mrow", name);
    match prefix.next() {
        Some(_) => around("msup", &[&operator, &Node::Number("2".to_owned())], out),
        None => element(&operator, out),
    }
    letter(one, &[], out);
    out.close("mrow");
}

fn letter(one: &Symbol, name: &[(&'static str, &str)], out: &mut dyn Build) {
    let Some(accent) = one.accent else { return leaf("mi", name, &one.letter, out) };
    out.open("mover", &[name, &[("accent", "true")]].concat());
    leaf("mi", &[], &one.letter, out);
    leaf("mo", &[("stretchy", "false")], accent.encode_utf8(&mut [0; 4]), out);
    out.close("mover");
}

fn value(name: &str, cells: &[String], more: bool, out: &mut dyn Build) {
    let name = ("data-symbol", name);
    if let ([one], false) = (cells, more) {
        leaf("mn", &[name], one, out);
        return;
    }
    // Where no font has tall brackets, a style sheet can draw them.
    out.open("mrow", &[("class", "column"), name]);
    sign('[', out);
    out.open("mtable", &[]);
    for cell in cells.iter().map(String::as_str).chain(more.then_some("⋮")) {
        out.open("mtr", &[]);
        out.open("mtd", &[]);
        leaf(if cell == "⋮" { "mo" } else { "mn" }, &[], cell, out);
        out.close("mtd");
        out.close("mtr");
    }
    out.close("mtable");
    sign(']', out);
    out.close("mrow");
}

/// A plain number as it is printed: "-1.5e-8" is −1.5·10⁻⁸.
pub fn typeset(number: &str) -> String {
    let number = number.replace('-', "−");
    let Some((digits, exponent)) = number.split_once('e') else { return number };
    let power: String = exponent.chars().map(super::glyphs::raised).collect();
    match digits {
        "1" => format!("10{power}"),
        "−1" => format!("−10{power}"),
        _ => format!("{digits}·10{power}"),
    }
}

struct Writer(String);

impl Writer {
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // What XML cannot hold.
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
    }
}

impl Build for Writer {
    fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.escaped(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    fn text(&mut self, text: &str) {
        self.escaped(text);
    }

    fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }
}
