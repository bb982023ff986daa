//! Runs step by step, with the parts of a method's state by their symbols.

use super::run_text::run_spec;
use descent_lab::run::Runner;
use std::collections::BTreeMap;

/// A moment of a run.
pub struct Moment {
    pub x: Vec<f64>,
    pub gradient: Vec<f64>,
    state: BTreeMap<&'static str, Vec<f64>>,
}

impl Moment {
    /// The part with this symbol.
    pub fn get(&self, symbol: &str) -> &[f64] {
        self.state.get(symbol).unwrap_or_else(|| panic!("no {symbol} in {:?}", self.state.keys()))
    }

    /// The part with this symbol, where it is one number.
    pub fn number(&self, symbol: &str) -> f64 {
        let [value] = self.get(symbol) else { panic!("{symbol} is not one number") };
        *value
    }
}

/// The start and what each step left.
pub fn moments(on: &str, start: [f64; 2], steps: u32, run: &str, edits: &str) -> Vec<Moment> {
    let spec = run_spec(on, start, steps, run, edits).expect(run);
    let mut runner = Runner::new(&spec);
    (0..=steps)
        .map(|step| {
            if step > 0 {
                runner.advance();
            }
            let mut state = BTreeMap::new();
            runner.state(&mut |item| {
                state.insert(item.symbol, item.values.to_vec());
            });
            Moment { x: runner.x().to_vec(), gradient: runner.gradient().to_vec(), state }
        })
        .collect()
}

/// The largest difference of two lists of numbers.
pub fn far(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
