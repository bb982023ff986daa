//! A function that the user types.

use super::draw::{anywhere, noise};
use super::{Generator, Makes, real};
use crate::expr::Expr;
use crate::net::{DataSpec, PLANE};
use crate::param::shorten;

pub static SPEC: Generator = Generator {
    key: "formula",
    name: "Formula",
    sentence: "Any f(x, y) that you type, as numbers to be met.",
    makes: Makes::Numbers,
    make,
};

/// Numbers beyond this are no targets that training could reach.
const LARGEST: f64 = 1e6;
/// So many draws for each point wanted: points where there is no number are left out, and others drawn.
const TRIES: usize = 50;

fn make(spec: &DataSpec) -> Result<Vec<[f64; 3]>, String> {
    if spec.formula.trim().is_empty() {
        return Err("there is no formula yet: write one in x and y, such as sin(x)*y/3".to_owned());
    }
    let f = Expr::parse(&spec.formula)
        .map_err(|e| format!("the formula is not understood at character {}: {}", e.at + 1, e.message))?;
    if !f.params().is_empty() {
        return Err(format!(
            "the formula may name x and y, and numbers in place of {}",
            shorten(&f.params().join(", "))
        ));
    }
    let mut stack = Vec::new();
    sample(spec, |x, y| f.eval(x, y, &[], &mut stack))
}

/// Points where `f` is a finite number of ordinary size.
fn sample(spec: &DataSpec, mut f: impl FnMut(f64, f64) -> f64) -> Result<Vec<[f64; 3]>, String> {
    let usable = |v: f64| v.abs() <= LARGEST;
    let mut points = Vec::with_capacity(spec.count);
    if let Some(spread) = spread(&mut f, usable) {
        for i in 0..spec.count * TRIES {
            let [x, y] = anywhere(spec.seed, i);
            let v = f(x, y);
            if usable(v) {
                points.push([x, y, v + noise(spec, i, spread)]);
            }
            if points.len() == spec.count {
                return Ok(points);
            }
        }
    }
    Err(format!(
        "the formula is a finite number, at most {LARGEST} in size, almost nowhere in the square from −{PLANE} to {PLANE}"
    ))
}

/// The standard deviation of the function over a grid, where it can be used: what noise is measured by. None where that is
/// almost nowhere.
fn spread(mut f: impl FnMut(f64, f64) -> f64, usable: impl Fn(f64) -> bool) -> Option<f64> {
    const SIDE: usize = 25;
    let at = |k: usize| PLANE * (2.0 * real(k) / real(SIDE - 1) - 1.0);
    let all = (0..SIDE * SIDE).map(|k| f(at(k % SIDE), at(k / SIDE)));
    let values: Vec<f64> = all.filter(|v| usable(*v)).collect();
    if values.len() < SIDE {
        return None;
    }
    let many = real(values.len());
    let mean = values.iter().sum::<f64>() / many;
    let mut squares = 0.0;
    for v in &values {
        squares += (v - mean) * (v - mean);
    }
    Some((squares / many).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_without_a_number_are_left_out_and_others_drawn() {
        let spec = DataSpec { noise: 0.0, count: 200, ..DataSpec::default() };
        let points = sample(&spec, |x, y| x.sqrt() + y).expect("half of the square");
        assert_eq!(points.len(), 200);
        assert!(points.iter().all(|[x, y, v]| *x >= 0.0 && *v == x.sqrt() + y));
    }

    #[test]
    fn a_function_without_numbers_is_refused() {
        let spec = DataSpec::default();
        for f in [|_, _| f64::NAN, |x: f64, _| x / 0.0, |_, _| 1e9] {
            let message = sample(&spec, f).expect_err("nothing to learn");
            assert!(message.contains("almost nowhere"), "{message}");
        }
    }

    #[test]
    fn noise_is_in_proportion_to_the_function() {
        let off = |factor: f64| {
            let spec = DataSpec { noise: 0.5, ..DataSpec::default() };
            let points = sample(&spec, |x, _| factor * x).expect("numbers");
            points.iter().map(|[x, _, v]| (v - factor * x).abs()).sum::<f64>() / 400.0
        };
        assert!((off(100.0) / off(1.0) - 100.0).abs() < 1e-6);
        // A quarter of the deviation of x, which is 3.6 on the grid; the mean size of a normal number is 0.8.
        assert!((off(1.0) - 0.25 * 3.6 * 0.8).abs() < 0.1, "{}", off(1.0));
    }
}
