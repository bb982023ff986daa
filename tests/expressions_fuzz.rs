//! Typed functions under random texts: always an answer, in a short time, and an error only ever at a place of the text.

mod common {
    pub mod cases;
    pub mod mathml;
}

use common::cases::cases;
use common::mathml::well_formed;
use descent_lab::expr::{Expr, LONGEST, MOST_PARAMS};
use descent_lab::math::{Dual, HyperDual};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::time::{Duration, Instant};

/// The longest time for one text and all that is done with it, in a program that is not optimised.
const PATIENCE: Duration = Duration::from_millis(500);

const WORDS: &[&str] = &[
    "x",
    "y",
    "xy",
    "e",
    "pi",
    "a",
    "b",
    "amp",
    "w_1",
    "λ",
    "2",
    "3",
    "0.5",
    "1e3",
    "1e-9",
    ".",
    "(",
    ")",
    "(",
    ")",
    ",",
    "+",
    "-",
    "−",
    "*",
    "·",
    "/",
    "^",
    "**",
    "²",
    "⁻¹",
    "<",
    ">=",
    "==",
    "!=",
    "=",
    " ",
    "sin(",
    "cos(",
    "log10(",
    "sqrt(",
    "cbrt(",
    "atan2(",
    "min(",
    "max(",
    "floor(",
    "if(",
    "gauss(",
    "softplus(",
    "sign",
    "f(x, y) =",
    "z =",
    "|",
    "&",
    "é",
    "😀",
    "<b>",
    "\"",
    "\u{0}",
];

const VALID: &[&str] = &[
    "f(x, y) = (a - x)^2 + b(y - x²)²",
    "-x^2/2 + 2^-y sin(3x) cos(πy)",
    "if(x^2 + y^2 <= 1, sqrt(1 - x^2 - y^2), gauss(x - y))",
    "amp exp(-(x^2 + y^2)/(2 w_1^2)) + 1e-3 x y",
    "z = min(abs(x), max(y, relu(x + y))) - floor(x) sign(y)",
    "log(1 + (x - 3)^2)(y^4 - 16y^2 + 5y)/2",
    "atan2(y, x)^3 cbrt(x) tanh(a x + b) softplus(c y)",
    "20 + x² + y² - 10(cos(2pix) + cos(2piy))",
];

/// All that is done with a text; whether it was a function.
fn check(text: &str) -> Result<bool, TestCaseError> {
    let begin = Instant::now();
    let length = text.chars().count();
    let expr = match Expr::parse(text) {
        Ok(expr) => expr,
        Err(error) => {
            prop_assert!(error.at + error.len <= length, "{text:?}: {error:?}");
            prop_assert!(error.message.ends_with(['.', '?']), "{text:?}: {error}");
            prop_assert!(error.message.chars().count() < 160, "{text:?}: {error}");
            prop_assert!(begin.elapsed() < PATIENCE, "{text:?}");
            return Ok(false);
        }
    };
    prop_assert!(expr.params().len() <= MOST_PARAMS);
    let again = expr.text();
    let reread = Expr::parse(&again);
    prop_assert_eq!(reread.as_ref(), Ok(&expr), "{:?} became {:?}", text, again);
    if let Err(message) = well_formed(&expr.mathml()) {
        return Err(TestCaseError::fail(format!("{text:?}: {message}")));
    }
    let params = [0.5; MOST_PARAMS];
    for (x, y) in [(0.0, 0.0), (-1.5, 2.0), (1e200, -1e-200), (f64::NAN, f64::INFINITY)] {
        let value: f64 = expr.eval(x, y, &params, &mut Vec::new());
        let dual = expr.eval(Dual::variable(x, 0), Dual::variable(y, 1), &params, &mut Vec::new());
        let hyper = expr.eval(HyperDual::variable(x, 0), HyperDual::variable(y, 1), &params, &mut Vec::new());
        let mut row = [0.0];
        expr.eval_row(&[x], y, &params, &mut row);
        for other in [dual.v, hyper.v, row[0]] {
            let same = other == value || other.is_nan() && value.is_nan();
            prop_assert!(same, "{:?} at ({}, {}): {} and {}", text, x, y, value, other);
        }
    }
    prop_assert!(begin.elapsed() < PATIENCE, "{text:?} took {:?}", begin.elapsed());
    Ok(true)
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn any_text_is_a_function_or_has_an_error_at_a_place_of_it(text in "\\PC{0,40}") {
        check(&text)?;
    }

    #[test]
    fn any_row_of_words_is_a_function_or_has_an_error_at_a_place_of_it(
        words in prop::collection::vec(select(WORDS), 0..60),
    ) {
        check(&words.concat())?;
    }

    #[test]
    fn a_function_with_a_slip_is_another_or_has_an_error_at_a_place_of_it(
        text in select(VALID),
        slips in prop::collection::vec((any::<Index>(), any::<Index>(), 0..4), 1..5),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, word, kind) in slips {
            let at = at.index(chars.len() + 1);
            match kind {
                0 if at < chars.len() => {
                    chars.remove(at);
                }
                1 if at + 1 < chars.len() => chars.swap(at, at + 1),
                2 => {
                    chars.truncate(at.max(1));
                }
                _ => {
                    chars.splice(at..at, word.get(WORDS).chars());
                }
            }
        }
        check(&chars.into_iter().collect::<String>())?;
    }

    #[test]
    fn a_long_row_of_few_words_takes_a_short_time(
        words in prop::collection::vec(select(WORDS), 1..4),
        length in 1..1_200_usize,
    ) {
        let text: String = words.concat().chars().cycle().take(length.max(1)).collect();
        check(&text)?;
    }
}

#[test]
fn the_longest_and_deepest_functions_take_a_short_time() {
    let fill = |word: &str, end: &str| {
        let times = (LONGEST - end.chars().count()) / word.chars().count();
        format!("{}{end}", word.repeat(times))
    };
    for (text, valid) in [
        (fill("x+", "y"), true),
        (fill("x/", "y"), true),
        (fill("x ", "y"), true),
        (fill("x^y+", "y"), true),
        (fill("1+", "y"), true),
        (fill("x<y,", "y"), false),
        (fill("x^", "y"), false),
        (fill("if(x,y,", "y"), false),
        ("x".repeat(1_000_000), false),
        (format!("{}x{}", "(((".repeat(21), ")))".repeat(21)), true),
        (format!("{}x{}", "if(x<y,1/".repeat(20), ",y^-2)".repeat(20)), true),
        (format!("{}x{}", "exp(-".repeat(32), ")".repeat(32)), true),
    ] {
        let was = check(&text).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(was, valid, "{text}");
    }
}

#[test]
fn the_functions_that_get_slips_are_functions() {
    for text in VALID {
        assert!(check(text).unwrap_or_else(|e| panic!("{e}")), "{text}");
    }
}
