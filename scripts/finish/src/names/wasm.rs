//! The names in a wasm module: those of its imports and its exports.

use super::Names;

/// The module with short names, and which names became which.
#[derive(Debug)]
pub struct Short {
    pub program: Vec<u8>,
    pub imports: Names,
    pub exports: Names,
}

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
/// The kinds of what is imported and exported.
const FUNCTION: u8 = 0;

/// Gives short names to everything that wasm-bindgen imports and exports; what people named keeps its name.
pub fn shorten(program: &[u8]) -> Result<Short, String> {
    let Some(rest) = program.strip_prefix(HEADER) else {
        return Err("this is no wasm module".to_owned());
    };
    let mut short = Short { program: HEADER.to_vec(), imports: Names::new(), exports: Names::new() };
    let mut from = Reader(rest);
    while !from.0.is_empty() {
        let kind = from.byte()?;
        let content = from.sized()?;
        let content = match kind {
            IMPORTS => imports(content, &mut short.imports)?,
            EXPORTS => exports(content, &mut short.exports)?,
            // What the tools have noted down for each other.
            CUSTOM => continue,
            _ => content.to_vec(),
        };
        short.program.push(kind);
        write_sized(&mut short.program, &content);
    }
    Ok(short)
}

fn imports(content: &[u8], names: &mut Names) -> Result<Vec<u8>, String> {
    let mut from = Reader(content);
    let count = from.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        write_sized(&mut out, from.sized()?);
        let name = from.name()?;
        write_sized(&mut out, short_for(name, names).as_bytes());
        if from.byte()? != FUNCTION {
            return Err(format!("the import {name} is no function"));
        }
        out.push(FUNCTION);
        write_number(&mut out, from.number()?);
    }
    Ok(out)
}

fn exports(content: &[u8], names: &mut Names) -> Result<Vec<u8>, String> {
    let mut from = Reader(content);
    let count = from.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        let name = from.name()?;
        let of_bindgen = name.starts_with("__") || name.starts_with("wasm_bindgen__");
        let new = if of_bindgen { short_for(name, names) } else { name.to_owned() };
        write_sized(&mut out, new.as_bytes());
        out.push(from.byte()?);
        write_number(&mut out, from.number()?);
    }
    Ok(out)
}

/// The short form of a name, a new one if it has none: a, b, … Z, ba, bb, …
fn short_for(name: &str, names: &mut Names) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if let Some(short) = names.get(name) {
        return short.clone();
    }
    let mut left = names.len();
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(LETTERS[left % LETTERS.len()]));
        left /= LETTERS.len();
        if left == 0 {
            break;
        }
    }
    let short: String = letters.into_iter().rev().collect();
    names.insert(name.to_owned(), short.clone());
    short
}

/// Reads the encodings that modules are made of.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, String> {
        let (first, rest) = self.0.split_first().ok_or("the module ends too early")?;
        self.0 = rest;
        Ok(*first)
    }

    /// An unsigned LEB128.
    fn number(&mut self) -> Result<u32, String> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err("a number in the module is too long".to_owned())
    }

    /// Bytes after their count.
    fn sized(&mut self) -> Result<&'a [u8], String> {
        let count = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(count).ok_or("the module ends too early")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn name(&mut self) -> Result<&'a str, String> {
        str::from_utf8(self.sized()?).map_err(|e| e.to_string())
    }
}

fn write_number(out: &mut Vec<u8>, mut value: u32) {
    loop {
        let low = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn write_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    write_number(out, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: u8, entries: &[(&[&str], [u8; 2])]) -> Vec<u8> {
        let mut content = vec![u8::try_from(entries.len()).expect("a few")];
        for (names, tail) in entries {
            for name in *names {
                write_sized(&mut content, name.as_bytes());
            }
            content.extend_from_slice(tail);
        }
        let mut out = vec![kind];
        write_sized(&mut out, &content);
        out
    }

    fn module(sections: &[Vec<u8>]) -> Vec<u8> {
        [HEADER.to_vec(), sections.concat()].concat()
    }

    #[test]
    fn imports_and_the_exports_of_wasm_bindgen_become_short_and_the_rest_stays() {
        let other = vec![10, 3, 1, 2, 3];
        let long = module(&[
            section(
                IMPORTS,
                &[(&["./app_bg.js", "__wbg_fill_1"], [0, 4]), (&["./app_bg.js", "__wbg_arc_2"], [0, 5])],
            ),
            section(EXPORTS, &[(&["memory"], [2, 0]), (&["__wbindgen_free"], [0, 9])]),
            other.clone(),
            vec![CUSTOM, 2, 1, b'n'],
        ]);
        let short = shorten(&long).expect("a module");
        let want = module(&[
            section(IMPORTS, &[(&["./app_bg.js", "a"], [0, 4]), (&["./app_bg.js", "b"], [0, 5])]),
            section(EXPORTS, &[(&["memory"], [2, 0]), (&["a"], [0, 9])]),
            other,
        ]);
        assert_eq!(short.program, want);
        assert_eq!(short.imports["__wbg_arc_2"], "b");
        assert_eq!(short.exports.len(), 1);
    }

    #[test]
    fn what_is_cut_short_or_no_module_is_refused() {
        let whole = module(&[section(EXPORTS, &[(&["memory"], [2, 0])])]);
        assert!(shorten(&whole).is_ok());
        for end in HEADER.len() + 1..whole.len() {
            assert!(shorten(&whole[..end]).is_err(), "{end}");
        }
        assert!(shorten(b"<!doctype html>").is_err());
    }

    #[test]
    fn no_two_names_become_the_same() {
        let mut names = Names::new();
        let short: std::collections::BTreeSet<_> =
            (0..3000).map(|i| short_for(&format!("n{i}"), &mut names)).collect();
        assert_eq!(short.len(), 3000);
        assert_eq!(short_for("n7", &mut names), "h");
    }
}
