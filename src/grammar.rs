//! The small grammar of links: percent-encoding, and lists that know about parentheses.

/// Undoes percent-encoding; what is not valid stays as it is.
#[must_use]
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                i += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-encodes all but letters, digits and the signs that stand in links unharmed.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~*/+(),".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |d: u8| char::from(b"0123456789ABCDEF"[usize::from(d)]);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

/// Splits at a separator, but not inside parentheses.
#[must_use]
pub fn split(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth <= 0 && separators.contains(&c) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.retain(|p| !p.trim().is_empty());
    parts
}

/// `name(inside)` as its two parts; without parentheses the inside is empty.
#[must_use]
pub fn call(text: &str) -> (&str, &str) {
    match text.split_once('(') {
        Some((name, rest)) => (name.trim(), rest.strip_suffix(')').unwrap_or(rest)),
        None => (text.trim(), ""),
    }
}

/// `key=value` as its two parts; without `=` the value is empty.
#[must_use]
pub fn pair(text: &str) -> (&str, &str) {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    (key.trim(), value.trim())
}

/// A short text of harmless characters.
#[must_use]
pub fn plain(value: &str) -> Option<String> {
    let harmless = |b: u8| b.is_ascii_alphanumeric() || b"/.,-_();=".contains(&b);
    (value.len() <= 80 && value.bytes().all(harmless)).then(|| value.to_owned())
}

/// A list of words as a set, a bit for each of those that are known, and the words that are none of them.
#[must_use]
pub fn set<'a>(text: &'a str, known: &[&str]) -> (u16, Vec<&'a str>) {
    let (mut set, mut unknown) = (0, Vec::new());
    for word in text.split(',').map(str::trim).filter(|w| !w.is_empty()) {
        match known.iter().position(|k| *k == word) {
            Some(bit) => set |= 1 << bit,
            None => unknown.push(word),
        }
    }
    (set, unknown)
}

/// The words of a set, with this between them.
#[must_use]
pub fn members(set: u16, known: &[&str], between: &str) -> String {
    let mut text = String::new();
    for (bit, word) in known.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1) {
        if set & ((1 << bit) - 1) != 0 {
            text.push_str(between);
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_undone_and_nonsense_kept() {
        for (text, want) in [("a%20b", "a b"), ("%C3%A9", "é"), ("50%", "50%"), ("%zz%4", "%zz%4")] {
            assert_eq!(decode(text), want);
        }
    }

    #[test]
    fn what_is_encoded_is_read_back() {
        for text in ["sin(x)^2 + 50% & é=\"#\"", "", "%41"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(encode("x^2 - y"), "x%5E2%20-%20y");
    }

    #[test]
    fn sets_are_read_in_any_order_and_written_in_one() {
        let known = ["a", "b", "c"];
        assert_eq!(set("c, a,,x,c", &known), (0b101, vec!["x"]));
        assert_eq!(members(0b101, &known, ","), "a,c");
        assert_eq!(members(0b110, &known, " "), "b c");
        assert_eq!((set("", &known).0, members(0, &known, ",")), (0, String::new()));
    }

    #[test]
    fn lists_respect_parentheses() {
        assert_eq!(split("a=1,s=f(x=1,y=2),b", &[',']), ["a=1", "s=f(x=1,y=2)", "b"]);
        assert_eq!(split("a),b", &[',']), ["a)", "b"]);
        assert!(split("", &[',']).is_empty());
        assert_eq!(call("f(x=1;y=2)"), ("f", "x=1;y=2"));
        assert_eq!(call("f(x"), ("f", "x"));
        assert_eq!(pair("a = 1"), ("a", "1"));
    }
}
