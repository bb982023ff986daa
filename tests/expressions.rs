//! Functions typed by the user: how they are read, what they are worth, and what is said of those that are none.

mod common {
    pub mod mathml;
}

use common::mathml::{line, well_formed};
use descent_lab::expr::{DEEPEST, Expr, LONGEST};
use descent_lab::math::{Dual, HyperDual};

fn read(text: &str) -> Expr {
    Expr::parse(text).unwrap_or_else(|e| panic!("{text}: {e} (at {})", e.at))
}

/// The value at (x, y) = (1.5, −0.7), with parameters 2, 3, 5, 7.
fn value(text: &str) -> f64 {
    read(text).eval(1.5, -0.7, &[2.0, 3.0, 5.0, 7.0], &mut Vec::new())
}

/// Texts and the same in full.
const SAME: &[(&str, &str)] = &[
    ("-x^2", "-(x^2)"),
    ("2^-x", "2^(-x)"),
    ("2^-x^2", "2^(-(x^2))"),
    ("x^2^3", "x^(2^3)"),
    ("x**2", "x^2"),
    ("x²y³", "(x^2)*(y^3)"),
    ("x⁻²", "x^(-2)"),
    ("2x", "2*x"),
    ("1/2x", "(1/2)*x"),
    ("x/y/2", "(x/y)/2"),
    ("x - y - 1", "(x - y) - 1"),
    ("x − −y", "x+y"),
    ("2·x×y", "2*x*y"),
    ("3sin(x)", "3*sin(x)"),
    ("(x+1)(y-2)", "(x+1)*(y-2)"),
    ("x y", "x*y"),
    ("xy", "x*y"),
    ("x(y+1)", "x*(y+1)"),
    ("a(x+1)", "a*(x+1)"),
    ("axy", "a*x*y"),
    ("ab", "a*b"),
    ("ax^2 + bxy + cy^2", "a*(x^2) + b*x*y + c*(y^2)"),
    ("2pix", "2*pi*x"),
    ("πx", "pi*x"),
    ("2e3x", "2000*x"),
    ("2e^x", "2*(e^x)"),
    ("2ex", "2*e*x"),
    ("xsin(y)", "x*sin(y)"),
    ("xyexp(y)", "x*y*exp(y)"),
    ("-x*-y", "x*y"),
    ("2^3x", "(2^3)*x"),
    ("log(x)", "ln(x)"),
    ("log10(100)", "2"),
    ("gauss(x)", "exp(-(x^2))"),
    ("relu(y) + relu(x)", "x"),
    ("sigmoid(x)", "1/(1+exp(-x))"),
    ("sign(y)", "-1"),
    ("floor(y)", "-1"),
    ("min(x, y) + max(x, y)", "y + x"),
    ("if(x < y, 1, 2)", "2"),
    ("if(x ≥ y, x, y)", "x"),
    ("(x > 0)*(y > 0)", "0"),
    ("x - 1 > y", "1"),
    ("x != y", "1"),
    ("f(x, y) = x", "x"),
    ("f(x,y)=x", "x"),
    ("z = x", "x"),
    ("f = x", "x"),
    (".5x", "0.5*x"),
    ("5.", "5"),
    ("amp*x", "2*x"),
    ("a1 + b_2", "2 + 3"),
    ("λx", "2*x"),
    ("cbrt(-8)", "-2"),
    ("atan2(0, -1)", "pi"),
    ("abs(y)", "-y"),
    ("+x", "x"),
];

#[test]
fn a_text_means_what_it_means_in_full() {
    for (text, full) in SAME {
        let (a, b) = (value(text), value(full));
        assert!((a - b).abs() <= 1e-15 * b.abs(), "{text}: {a} is not {full}: {b}");
    }
}

#[test]
fn parameters_stand_in_order_of_appearance() {
    assert_eq!(read("b x^2 + a y + b amp").params(), ["b", "a", "amp"]);
    assert_eq!(read("axy").params(), ["a"]);
    assert!(read("e + pi + x + y").params().is_empty());
}

#[test]
fn gradient_and_hessian_are_exact() {
    let expr = read("x^3 y + a sin(y)");
    let (x, y): (f64, f64) = (1.5, -0.5);
    let at = expr.eval(HyperDual::variable(x, 0), HyperDual::variable(y, 1), &[2.0], &mut Vec::new());
    let dual = expr.eval(Dual::variable(x, 0), Dual::variable(y, 1), &[2.0], &mut Vec::new());
    let (sin, cos) = (-0.479_425_538_604_203, 0.877_582_561_890_372_8);
    for (have, want) in [
        (at.v, x * x * x * y + 2.0 * sin),
        (at.d[0], 3.0 * x * x * y),
        (at.d[1], x * x * x + 2.0 * cos),
        (at.h[0], 6.0 * x * y),
        (at.h[1], 3.0 * x * x),
        (at.h[2], -2.0 * sin),
    ] {
        assert!((have - want).abs() < 1e-14, "{have} is not {want}");
    }
    assert_eq!(dual.d, at.d);
}

#[test]
fn a_row_and_a_field_have_the_bits_of_single_points() {
    let xs: Vec<f64> = (0..150).map(|i| f64::from(i) / 20.0 - 3.0).collect();
    let ys = [-1.5, 0.0, 0.3, 2.0];
    for text in [
        "x^2 + a y^3",
        "y",
        "x",
        "3",
        "sin(x)cos(y) + x^y",
        "if(x < y, log(x), x^4 y^5 / x^-1)",
        "x^7 + min(x, y)",
        "a",
        "sqrt(y) + abs(x)",
        "sin(y) + 2",
        "softplus(x y) - gauss(x - y) + x^2.5",
    ] {
        let expr = read(text);
        let mut field = vec![0.0; xs.len() * ys.len()];
        expr.eval_field(&xs, &ys, &[1.5], &mut field);
        let mut stack = Vec::new();
        for (y, line) in ys.iter().zip(field.chunks(xs.len())) {
            let mut row = vec![0.0; xs.len()];
            expr.eval_row(&xs, *y, &[1.5], &mut row);
            for ((x, in_field), in_row) in xs.iter().zip(line).zip(&row) {
                let want = expr.eval(*x, *y, &[1.5], &mut stack);
                assert_eq!(in_field.to_bits(), want.to_bits(), "{text} at ({x}, {y}): {in_field}, {want}");
                assert_eq!(in_row.to_bits(), want.to_bits(), "{text} at ({x}, {y}), row");
            }
        }
    }
}

#[test]
fn what_is_undefined_is_no_number_and_no_panic() {
    assert!(value("log(y)").is_nan() && value("sqrt(y)").is_nan() && value("y^0.5").is_nan());
    assert!(value("asin(2)").is_nan() && value("0/0").is_nan());
    assert_eq!(value("1/0"), f64::INFINITY);
    let expr = read("q x");
    assert!(expr.eval(1.0, 1.0, &[], &mut Vec::new()).is_nan());
    expr.eval_row(&[1.0, 2.0], 0.0, &[], &mut []);
}

/// Texts, the place of the error, its length, and what is said.
const ERRORS: &[(&str, usize, usize, &str)] = &[
    ("", 0, 0, "Expected a function of x and y, such as x^2 + y^2."),
    ("f(x, y) = ", 10, 0, "Expected a function of x and y, such as x^2 + y^2."),
    ("x *", 3, 0, "Expected a number, a name or “(” after “*”."),
    ("x * / y", 4, 1, "Expected a number, a name or “(” after “*”."),
    ("*x", 0, 1, "Expected a number, a name or “(” at the beginning."),
    ("x^", 2, 0, "Expected a number, a name or “(” after “^”."),
    ("(x + 1", 6, 0, "Expected an operator or “)” for the “(” at character 1 at the end."),
    ("x + 1)", 5, 1, "There is no “(” for this “)”."),
    ("sin(x", 5, 0, "Expected an operator or “)” for the “(” at character 4 at the end."),
    ("sin x", 4, 1, "Expected “(” after “sin”, as in sin(x)."),
    ("sinx", 0, 4, "Expected parentheses: sin(x)."),
    ("2 + sine(x)", 4, 4, "There is no function “sine”; did you mean “sin”?"),
    ("sqr(x)", 0, 3, "There is no function “sqr”; did you mean “sqrt”?"),
    ("arctan(x)", 0, 6, "There is no function “arctan”; did you mean “atan”?"),
    ("Sin(x)", 0, 3, "There is no function “Sin”; did you mean “sin”?"),
    ("amp(x)", 0, 3, "There is no function “amp”. For a product write “amp*(”."),
    ("min(x)", 5, 1, "Expected “,”: “min” has 2 arguments, as in min(x, y)."),
    ("sin(x, y)", 5, 1, "Expected “)”: “sin” has 1 argument, as in sin(x)."),
    ("if(x < 0, 1)", 11, 1, "Expected “,”: “if” has 3 arguments, as in if(x < 0, a, b)."),
    ("x2", 0, 2, "Expected “x^2” or “x*2”."),
    ("x 2", 2, 1, "Expected an operator before “2”, such as “*” or “^”."),
    ("0 < x < 1", 6, 1, "Expected one comparison. For two at once write (0 < x)*(x < 1)."),
    ("x = y", 2, 1, "Expected “==” to compare, or “f(x, y) =” at the beginning."),
    ("x $ y", 2, 1, "“$” means nothing here."),
    ("|x|", 0, 1, "Write abs(…) instead of “|”."),
    ("X + 1", 0, 1, "Expected a small “x”."),
    ("aX", 0, 2, "Expected a small “x”."),
    ("1.2.3", 0, 4, "Expected a number with one decimal point."),
    ("1e999", 0, 5, "This number is too large."),
    ("1,5 x", 1, 1, "Expected an operator or the end; numbers have a decimal point."),
    ("x²^y", 2, 1, "Expected parentheses that tell which power comes first."),
    ("a+b+c+d+f+g+h+k+m", 16, 1, "At most 8 parameters; “m” would be one more."),
    ("()", 1, 1, "Expected a number, a name or “(” after “(”."),
];

#[test]
fn an_error_points_at_its_place_and_says_what_was_expected() {
    for (text, at, len, message) in ERRORS {
        let error = Expr::parse(text).expect_err(text);
        assert_eq!((error.at, error.len, error.message.as_str()), (*at, *len, *message), "{text}");
    }
}

#[test]
fn what_is_too_much_is_an_error() {
    let nested = |n: usize| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert!(Expr::parse(&nested(DEEPEST)).is_ok());
    assert_eq!(Expr::parse(&nested(DEEPEST + 1)).expect_err("too deep").at, DEEPEST);
    for deep in ["-", "x^", "sin(", "2^-", "(-"] {
        let error = Expr::parse(&deep.repeat(200)).expect_err("too deep");
        assert!(error.message.starts_with("Nested too deeply"), "{deep}: {error}");
    }
    let error = Expr::parse(&"x".repeat(LONGEST + 5)).expect_err("too long");
    assert_eq!((error.at, error.len), (LONGEST, 5));
    assert!(Expr::parse(&"n".repeat(30)).is_err());
    assert!(Expr::parse(&"x²".repeat(500)).is_err());
    assert!(Expr::parse(&format!("{}x", "+".repeat(999))).is_ok());
}

#[test]
fn the_text_for_links_reads_back_as_the_same_function() {
    for (text, want) in [
        ("f(x, y) = (1 − x)² + b (y − x²)²", "(1-x)^2+b*(y-x^2)^2"),
        ("((x))", "x"),
        ("x - (y - 1)", "x-(y-1)"),
        ("x/(y*2)", "x/(y*2)"),
        ("(-x)^2 - -y", "(-x)^2--y"),
        ("-(x*y) + (-x)y", "-(x*y)+-x*y"),
        ("(x^y)^2^x", "(x^y)^2^x"),
        ("2^-x x", "2^-x*x"),
        ("log(x) + 1e-9 + 123456789012345678", "ln(x)+1e-9+1.2345678901234568e17"),
        ("if(x<1, (y<2), pi e)", "if(x<1,y<2,pi*e)"),
        ("(x<1)+1", "(x<1)+1"),
        ("a1 max(w_max, y)", "a1*max(w_max,y)"),
    ] {
        let expr = read(text);
        assert_eq!(expr.text(), want, "{text}");
        assert_eq!(read(want), expr, "{text}");
    }
}

/// Texts, and their formulas as `line` says them.
const FORMULAS: &[(&str, &str)] = &[
    ("(1 − x)² + b(y − x²)²", "sup{{( {1 − x})}2}+ b *sup{{( {y − sup{x 2}})}2}"),
    ("-x^2/2 - (-y)", "− frac{sup{x 2}2}− {( {− y})}"),
    ("x + -y*2", "x + {( {− y · 2})}"),
    ("2x/3", "frac{{2 * x}3}"),
    ("x/2*y/3", "frac{x 2}*frac{y 3}"),
    ("1/2/3/4/5/6/x", "frac{frac{frac{frac{1 2}3}4}5}/ 6 / x"),
    ("(x/y)^2", "sup{{( frac{x y})}2}"),
    ("(x^2)^y * 3^x", "sup{{( sup{x 2})}y}· sup{3 x}"),
    ("1e-7 x + 1e-7^2", "10⁻⁷ * x + sup{{( 10⁻⁷ )}2}"),
    ("amp x y + a1 w_max λ", "amp · x * y + sub{a 1}*sub{w max}* λ"),
    ("sqrt(x + 1) cbrt(y) abs(x - 1) floor(y)", "sqrt{{x + 1}}*root{y 3}*{| {x − 1}|}*{⌊ y ⌋}"),
    ("exp(-x^2)^2", "sup{{( sup{e {− sup{x 2}}})}2}"),
    (
        "sin(x)^2 + asin(x) log10(y) log(pi) e",
        "sup{{sin @{( x )}}2}+ {arcsin @{( x )}}*{sub{log 10}@{( y )}}*{ln @{( π )}}* e",
    ),
    ("min(x, atan2(y, 2 x))", "{min @{( {x , {atan2 @{( {y , 2 * x})}}})}}"),
    (
        "if(x < 0, -x, if(y, 1, x/y))",
        "{{ table{{− x}{\"if_\" x < 0}1 {\"if_\" y ≠ 0}frac{x y}\"otherwise\"}}",
    ),
    ("2 if(x <= y, 1, 2)", "2 *{( {{ table{1 {\"if_\" x ≤ y}2 \"otherwise\"}})}"),
    ("(x != 1) y", "{( {x ≠ 1})}* y"),
    ("x - (y - 1)(y + 1) - (x - 2)", "x − {( {y − 1})}*{( {y + 1})}− {( {x − 2})}"),
];

#[test]
fn the_formula_is_set_as_people_write_it() {
    for (text, want) in FORMULAS {
        assert_eq!(line(&read(text).formula()), *want, "{text}");
    }
}

#[test]
fn mathml_holds_only_what_is_known() {
    let xml = read("x < a1 - 1e-9").mathml();
    well_formed(&xml).expect("well-formed");
    assert_eq!(
        xml,
        "<math display=\"block\"><mi data-symbol=\"x\">x</mi><mo>&lt;</mo><msub data-symbol=\"a1\"><mi>a</mi>\
         <mn>1</mn></msub><mo>−</mo><mn>10⁻⁹</mn></math>"
    );
    for text in ["<b>x</b>", "x\"", "x&amp;y", "'x'", "x<script>1</script>"] {
        assert!(Expr::parse(text).is_err(), "{text}");
    }
}
