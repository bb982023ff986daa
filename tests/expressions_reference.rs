//! Typed functions against `SymPy` and mpmath: values, gradients and Hessians of thousands of random ones
//! (`tests/fixtures/expressions.py`).

use descent_lab::expr::Expr;
use descent_lab::math::{Dual, HyperDual};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    functions: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    f: String,
    params: BTreeMap<String, f64>,
    p: [f64; 2],
    /// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy.
    v: [f64; 6],
}

/// The largest relative error.
const TOLERANCE: f64 = 1e-9;

fn relative(have: f64, want: f64) -> f64 {
    // A derivative that is 0 may be computed as what rounding leaves of larger ones.
    let size = if want == 0.0 { 1.0 } else { want.abs() };
    if have == want { 0.0 } else { (have - want).abs() / size }
}

fn cases() -> Vec<Case> {
    let file: File = serde_json::from_str(include_str!("fixtures/expressions.json")).expect("valid JSON");
    file.functions
}

fn params(case: &Case, expr: &Expr) -> Vec<f64> {
    expr.params().iter().map(|name| case.params[name]).collect()
}

#[test]
fn values_and_derivatives_are_those_of_another_evaluator() {
    let cases = cases();
    assert!(cases.len() >= 2_000, "only {} functions", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let expr = Expr::parse(&case.f).unwrap_or_else(|e| panic!("{}: {e} (at {})", case.f, e.at));
        let params = params(case, &expr);
        let [x, y] = case.p;
        let at = expr.eval(HyperDual::variable(x, 0), HyperDual::variable(y, 1), &params, &mut Vec::new());
        let dual = expr.eval(Dual::variable(x, 0), Dual::variable(y, 1), &params, &mut Vec::new());
        let value: f64 = expr.eval(x, y, &params, &mut Vec::new());
        let have = [at.v, at.d[0], at.d[1], at.h[0], at.h[1], at.h[2]];
        assert_eq!(value.to_bits(), at.v.to_bits(), "{}", case.f);
        assert_eq!(dual.v.to_bits(), at.v.to_bits(), "{}", case.f);
        let pairs = have.iter().zip(&case.v).chain(dual.d.iter().zip(&case.v[1..]));
        let worst = pairs.map(|(have, want)| relative(*have, *want)).fold(0.0, f64::max);
        if worst.is_nan() || worst > TOLERANCE {
            wrong.push(format!(
                "{} {:?} {:?}: {have:?} is not {:?} ({worst:e})",
                case.f, params, case.p, case.v
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_function_and_operator_is_among_them() {
    let texts: Vec<_> = cases().into_iter().map(|case| case.f).collect();
    let signs = ["+", "-", "*", "/", "^", "²", "<", "<=", ">", ">=", "==", "!=", " x", ")(", "pi", "e"];
    let names = descent_lab::expr::FUNCTIONS.iter().map(|f| f.name);
    for word in names.chain(signs) {
        let count = texts.iter().filter(|text| text.contains(word)).count();
        assert!(count >= 10, "{word} is in {count} functions only");
    }
}

#[test]
fn each_reads_back_from_its_own_text() {
    for case in cases() {
        let expr = Expr::parse(&case.f).expect("read before");
        let again = Expr::parse(&expr.text()).unwrap_or_else(|e| panic!("{}: {e}", expr.text()));
        assert_eq!(again, expr, "{}", case.f);
    }
}
