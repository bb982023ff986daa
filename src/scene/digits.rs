//! Numbers and text as SVG has them.

use super::cast;

/// ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: f64) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    number(out, value);
    out.push('"');
}

/// A length to a tenth of a pixel, without the machinery of float formatting.
pub fn number(out: &mut String, value: f64) {
    decimal(out, cast::whole((value * 10.0).round()), 1);
}

/// A whole number of tenths or hundredths, in its shortest form.
pub fn decimal(out: &mut String, units: i64, mut decimals: u32) {
    let mut digits = units.unsigned_abs();
    while decimals > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        decimals -= 1;
    }
    if units < 0 {
        out.push('-');
    }
    let scale = 10_u64.pow(decimals);
    out.push_str(&(digits / scale).to_string());
    if decimals > 0 {
        out.push('.');
        let rest = (digits % scale).to_string();
        for _ in rest.len()..decimals as usize {
            out.push('0');
        }
        out.push_str(&rest);
    }
}

/// Text that stands for itself between tags and between quotes.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // XML has no other control characters than these.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64) -> String {
        let mut out = String::new();
        number(&mut out, value);
        out
    }

    #[test]
    fn numbers_are_short() {
        for (value, want) in
            [(0.0, "0"), (-0.04, "0"), (12.34, "12.3"), (-7.0, "-7"), (0.96, "1"), (f64::NAN, "0")]
        {
            assert_eq!(written(value), want);
        }
        let mut out = String::new();
        decimal(&mut out, 5, 2);
        assert_eq!(out, "0.05");
    }
}
