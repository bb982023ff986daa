//! Formulas: how they are read, set as MathML and filled with numbers.

mod common {
    pub mod entries;
    pub mod mathml;
}

use common::entries::entries;
use common::mathml::{line, well_formed};
use descent_lab::formula::{Node, Value, mathml, numbers, parse, symbols, worked};
use descent_lab::{modifier, optim, schedule, surface};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// A text and what `line` says of it.
const READ: &[(&str, &str)] = &[
    ("m ← β₁ m + (1 − β₁) g", "m ← sub{β 1}* m + {( {1 − sub{β 1}})}* g"),
    ("v ← β₂ v + (1 − β₂) g²", "v ← sub{β 2}* v + {( {1 − sub{β 2}})}*sup{g 2}"),
    ("θ ← θ − η m̂/(√v̂ + ε)", "θ ← θ − η *frac{over{m ^}{sqrt{over{v ^}}+ ε}}"),
    ("θ ← θ − η/(1 + (t − 1)κ) · g/(√s + ε)", "θ ← θ − frac{η {1 + {( {t − 1})}* κ}}· frac{g {sqrt{s}+ ε}}"),
    ("g ← g · min(1, c/(‖g‖ + 10⁻⁶))", "g ← g · {min @{( {1 , frac{c {{‖ g ‖}+ sup{10 {− 6}}}}})}}"),
    ("m + (1 − m) · ½(1 + cos(π k/T))", "m + {( {1 − m})}· frac{1 2}*{( {1 + {cos @{( {π *frac{k T}})}}})}"),
    ("γ^⌊k/s⌋", "sup{γ {⌊ frac{k s}⌋}}"),
    ("γᵏ", "sup{γ k}"),
    (
        "½(u² + κ v²), (u, v) = (x, y) turned by θ",
        "frac{1 2}*{( {sup{u 2}+ κ *sup{v 2}})}, {( {u , v})}= {( {x , y})}\"_turned by_\" θ",
    ),
    ("θ ← θ − η sign(β₁ m + (1 − β₁) g)", "θ ← θ − η *{sign @{( {sub{β 1}* m + {( {1 − sub{β 1}})}* g})}}"),
    ("H⁻¹ g", "sup{H {− 1}}* g"),
    ("B ← B + y yᵀ/(yᵀ s) − …", "B ← B + y *frac{sup{y T}{sup{y T}* s}}− …"),
    ("ρ_t = ρ∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)", "sub{ρ t}= sub{ρ ∞}− 2 * t *frac{subsup{β 2 t}{1 − subsup{β 2 t}}}"),
    ("Δ ← √(u + ε)/√(v + ε) · g", "Δ ← frac{sqrt{{u + ε}}sqrt{{v + ε}}}· g"),
    ("m̂ = m/(1 − Π β₁)", "over{m ^}= frac{m {1 − ∏ sub{β 1}}}"),
    ("Σ⁻¹ x", "sup{Σ {− 1}}* x"),
    ("Σ_(i) x_i²", "under{∑ i}subsup{x i 2}"),
    ("x_(k+1)", "sub{x {k + 1}}"),
    ("η_max (1−x)", "sub{η max}*{( {1 − x})}"),
    ("‖θ‖/‖u‖", "frac{{‖ θ ‖}{‖ u ‖}}"),
    ("||g||₂² + |x||y|", "sup{sub{{‖ g ‖}2}2}+ {| x |}*{| y |}"),
    ("∇²f(x) Δθ", "{{sup{∇ 2}f}@{( x )}}*{Δ θ}"),
    ("f(θ*) k′", "{f @{( sup{θ *})}}*sup{k ′}"),
    ("e^−x² e^(−x/2)", "sup{e {− sup{x 2}}}*sup{e {− frac{x 2}}}"),
    // A letter may have its mark built in.
    ("ẑ ← ḡ + ẑ", "over{z ^}← over{g ¯}+ over{z ^}"),
    ("cos 2πx + sin² x", "{cos @{2 * π * x}}+ {sup{sin 2}@ x}"),
    ("max_i |u_i|", "{sub{max i}@{| sub{u i}|}}"),
    ("3xy² + 1.5 xy", "3 * x *sup{y 2}+ 1.5 * x * y"),
    ("1e-6 <= a/b/c", "10⁻⁶ ≤ frac{frac{a b}c}"),
    ("-x/2y", "− frac{x 2}* y"),
    // The parentheses of a pair are no grouping.
    ("(a, b)/2", "frac{{( {a , b})}2}"),
    ("x ∈ [0, 1), t ≥ 3", "x ∈ {[ {0 , 1})}, t ≥ 3"),
    ("the mean of g into a cycle", "\"the mean of_\" g \"_into a cycle\""),
    // Brackets without a partner are signs.
    ("((a", "( {( a}"),
    ("a)b", "a ) b"),
    ("(|x)", "{( {| x})}"),
    ("a @ /b", "a \"_@_\" / b"),
    ("", ""),
];

#[test]
fn texts_become_the_formulas_they_mean() {
    for (text, want) in READ {
        assert_eq!(line(&parse(text)), *want, "{text}");
    }
}

#[test]
fn mathml_is_escaped_and_names_its_symbols() {
    assert_eq!(
        mathml(&parse("θ ← −β₁ <& m̂ \"")),
        "<math display=\"block\"><mi data-symbol=\"θ\">θ</mi><mo>←</mo><mo form=\"prefix\">−</mo>\
         <msub data-symbol=\"β₁\"><mi>β</mi><mn>1</mn></msub><mo>&lt;</mo><mtext>&amp;\u{a0}</mtext>\
         <mover data-symbol=\"m̂\" accent=\"true\"><mi>m</mi><mo stretchy=\"false\">^</mo></mover>\
         <mtext>\u{a0}&quot;</mtext></math>"
    );
    assert_eq!(
        mathml(&parse("λ_(\"<)")),
        "<math display=\"block\"><msub data-symbol=\"λ_(&quot;&lt;)\"><mi>λ</mi><mrow><mtext>&quot;</mtext>\
         <mo>&lt;</mo></mrow></msub></math>"
    );
}

/// The texts of a formula that are not words.
fn unread(node: &Node) -> Vec<String> {
    let mathml = mathml(node);
    let texts = mathml.split("<mtext>").skip(1).filter_map(|t| t.split("</mtext>").next());
    let strange = |t: &&str| !t.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '\u{a0}');
    texts.filter(strange).map(str::to_owned).collect()
}

fn rules() -> Vec<&'static str> {
    let mut all: Vec<_> =
        optim::ALL.iter().flat_map(|s| s.about.expect(s.key).rule.iter().copied()).collect();
    all.extend(modifier::ALL.iter().map(|s| s.rule));
    all.extend(schedule::ALL.iter().map(|s| s.rule));
    all
}

#[test]
fn every_registered_formula_can_be_read() {
    for text in rules().into_iter().chain(surface::ALL.iter().map(|s| s.text)) {
        assert_eq!(unread(&parse(text)), [""; 0], "{text}");
    }
    for text in rules() {
        let prose = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1).count();
        let words = mathml(&parse(text)).matches("<mtext>").count();
        assert!(words <= prose, "{text}: part of it became text");
    }
}

#[test]
fn every_symbol_is_listed_once_in_order_and_read_again_by_its_name() {
    let names = |text: &str| symbols(&parse(text)).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names("m ← β₁ m + (1 − β₁) g²"), ["m", "β₁", "g"]);
    assert_eq!(names("θ ← θ − η m̂/(√v̂ + ε)"), ["θ", "η", "m̂", "v̂", "ε"]);
    assert_eq!(names("x_(k + 1) = x* − ρ∞ β₂ᵗ k′ sign(∇f)"), ["x_(k+1)", "x*", "ρ∞", "β₂", "t", "k′", "∇f"]);
    for e in entries() {
        let texts =
            e.formula.iter().filter(|t| rules().contains(t) || e.kind == "surface" && e.formula[0] == **t);
        for text in texts {
            let tree = parse(text);
            for name in symbols(&tree) {
                let again = parse(name);
                assert!(matches!(&again, Node::Symbol(s) if s.name == name), "{text}: {name} is {again:?}");
                let label = format!("data-symbol=\"{name}\"");
                assert!(mathml(&tree).contains(&label), "{text}: {name} has no element");
            }
        }
    }
}

fn number(v: f64) -> Value {
    Value::Number(v)
}

fn vector(v: &[f64]) -> Value {
    Value::Vector(v.to_vec())
}

#[test]
fn a_step_of_adam_is_worked_out_with_its_numbers() {
    let before = |name: &str| {
        Some(match name {
            "β₁" => number(0.9),
            "β₂" => number(0.999),
            "η" => number(1e-3),
            "ε" => number(1e-8),
            "m" => vector(&[1.0, -2.0]),
            "v" => vector(&[0.0, 1.0]),
            "g" => vector(&[0.5, 0.25]),
            "θ" => vector(&[3.0, 1.0]),
            // What they were a step ago must not be shown.
            "m̂" | "v̂" => number(777.0),
            _ => return None,
        })
    };
    let after = |name: &str| {
        Some(match name {
            "m" => vector(&[0.95, -1.775]),
            "v" => vector(&[0.00025, 0.999_062_5]),
            "m̂" => vector(&[9.5, -17.75]),
            "v̂" => vector(&[0.25, 999.0625]),
            "θ" => vector(&[2.981, 1.000_561_6]),
            _ => return None,
        })
    };
    let adam = optim::find("adam").and_then(|s| s.about).expect("registered");
    let lines = worked(adam.rule, &before, &after);
    let shown: Vec<_> = lines.iter().map(|(_, numbers)| line(numbers)).collect();
    assert_eq!(
        shown,
        [
            "{[ table{0.95 −1.775}]}← 0.9 · {[ table{1 −2}]}+ {( {1 − 0.9})}· {[ table{0.5 0.25}]}",
            "{[ table{2.5·10⁻⁴ 0.9991}]}← 0.999 · {[ table{0 1}]}+ {( {1 − 0.999})}· sup{{[ table{0.5 0.25}]}2}",
            "{[ table{2.981 1.001}]}← {[ table{3 1}]}− 0.001 · \
             frac{{[ table{9.5 −17.75}]}{sqrt{{[ table{0.25 999.1}]}}+ 10⁻⁸}}",
        ]
    );
    for ((symbolic, _), text) in lines.iter().zip(adam.rule) {
        assert_eq!(*symbolic, parse(text));
    }
}

#[test]
fn a_value_between_two_assignments_stays_a_symbol() {
    let adamw = optim::find("adamw").and_then(|s| s.about).expect("registered");
    let before = |name: &str| (name == "θ").then(|| number(3.0));
    let after = |name: &str| (name == "θ").then(|| number(2.0));
    let lines: Vec<_> = worked(adamw.rule, &before, &after).iter().map(|(_, n)| line(n)).collect();
    assert_eq!(lines[0], "θ ← 3 *{( {1 − η * λ})}");
    assert!(lines[3].starts_with("2 ← θ − η"), "{}", lines[3]);
}

#[test]
fn numbers_have_the_signs_a_reader_needs() {
    let values = |name: &str| {
        Some(match name {
            "a" => number(-0.5),
            "b" => number(1.2),
            "c" => number(3.2e-5),
            "n" => number(f64::NAN),
            "i" => number(f64::NEG_INFINITY),
            "w" => vector(&[1.0, f64::INFINITY, 3.0]),
            "o" => vector(&[]),
            _ => return None,
        })
    };
    for (text, want) in [
        ("b b + 2 b x", "1.2 · 1.2 + 2 · 1.2 * x"),
        ("a b − a", "−0.5 · 1.2 − {( −0.5 )}"),
        ("x ← b a", "x ← 1.2 · {( −0.5 )}"),
        ("−a, a", "− {( −0.5 )}, −0.5"),
        ("a² b² c²", "sup{{( −0.5 )}2}· sup{1.2 2}· sup{{( 3.2·10⁻⁵ )}2}"),
        ("√a + a/b + (a)", "sqrt{−0.5}+ frac{−0.5 1.2}+ {( −0.5 )}"),
        ("cos a + sign(a)", "{cos @{( −0.5 )}}+ {sign @{( −0.5 )}}"),
        ("b (1 − b)", "1.2 *{( {1 − 1.2})}"),
        ("x b/2", "x · frac{1.2 2}"),
        ("n < i", "– < −∞"),
        ("w o", "{[ table{1 ∞ ⋮}]}* o"),
        ("x_(b) f(b)", "sub{x b}*{f @{( 1.2 )}}"),
    ] {
        assert_eq!(line(&numbers(&parse(text), &values, &values)), want, "{text}");
    }
    let one = |name: &str| (name == "β₁").then(|| number(0.9));
    let shown = mathml(&numbers(&parse("β₁"), &one, &one));
    assert_eq!(shown, "<math display=\"block\"><mn data-symbol=\"β₁\">0.9</mn></math>");
    let column = mathml(&numbers(&parse("w"), &values, &values));
    assert!(column.contains("<mrow class=\"column\" data-symbol=\"w\"><mo>[</mo><mtable>"), "{column}");
}

#[test]
fn left_of_the_arrow_stands_what_becomes_and_right_what_was() {
    let (before, after) = (|_: &str| Some(number(1.0)), |_: &str| Some(number(2.0)));
    for (text, want) in [
        ("s ← s + x", "2 ← 1 + 1"),
        ("s = s + x, x", "2 = 1 + 1 , 1"),
        ("(u, v) = (x, u)", "{( {2 , 2})}= {( {1 , 1})}"),
        // Without one symbol on its left, = says nothing about what changes.
        ("2 s = x", "2 · 1 = 1"),
        ("s ← x; x ← s", "2 ← 1 ; 2 ← 2"),
        ("s + x", "1 + 1"),
    ] {
        assert_eq!(line(&numbers(&parse(text), &before, &after)), want, "{text}");
    }
}

#[test]
fn the_check_for_well_formed_text_finds_what_is_not() {
    for bad in ["<a>", "<a></b>", "a & b", "a > b", "<a b=\"></a>", "</a>", "\u{0}"] {
        assert!(well_formed(bad).is_err(), "{bad}");
    }
    assert_eq!(well_formed("<a b=\"c\">d &lt; e</a>"), Ok(()));
}

fn check(text: &str) {
    let tree = parse(text);
    assert_eq!(well_formed(&mathml(&tree)), Ok(()), "{text:?}");
    let values = |name: &str| {
        Some(match name.len() % 3 {
            0 => number(-1.5e-9),
            1 => vector(&[-1.0, f64::NAN, 2.0]),
            _ => return None,
        })
    };
    let filled = mathml(&numbers(&tree, &values, &values));
    assert_eq!(well_formed(&filled), Ok(()), "{text:?}");
    assert!(!filled.contains("<mn>NaN"), "{text:?}");
    for (symbolic, numbers) in worked(&[text, text], &values, &values) {
        assert_eq!(symbolic, tree);
        assert_eq!(well_formed(&mathml(&numbers)), Ok(()), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_becomes_well_formed_mathml(text in "\\PC{0,60}|(?s:.{0,40})") {
        check(&text);
    }

    #[test]
    fn any_row_of_signs_becomes_well_formed_mathml(
        text in "([mgxθβ₁₂²⁻ᵀᵗ ()\\[\\]|‖⌊⌋√/^_·+−←=,;½∑Σ∇∂Δ∞′*.0-9\u{302}]|sin|of|the|max|<|&|\"){0,60}"
    ) {
        check(&text);
    }
}

#[test]
fn long_and_deep_texts_take_a_short_time() {
    let begin = Instant::now();
    let pieces = [
        "(",
        "[(",
        ")",
        "√",
        "x^",
        "a/",
        "_(",
        "x_(",
        "x_",
        "sin ",
        "|",
        "|(",
        "‖(",
        "x₁",
        "x¹",
        "Σ ",
        "½",
        "the ",
        "a",
        "- ",
        "x′",
        "m\u{302}",
        "\u{302}",
        "^(",
        "1.",
        "1e",
        "⌊|",
        "sin^",
        "∇²",
        "(x)/(",
        "a ← b, ",
    ];
    for piece in pieces {
        check(&piece.repeat(20_000 / piece.len()));
    }
    let taken = begin.elapsed();
    assert!(taken < Duration::from_secs(10), "{taken:?} for {} texts of 20 kB", pieces.len());
}
