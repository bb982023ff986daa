//! The weights that training starts from.

use super::shape::{LayerShape, Shape};
use super::spec::{Init, NetSpec};
use crate::math::{num, rng};

/// Keeps these draws apart from others of the same seed.
const STREAM: u64 = 0x0069_6e69_7400_0000;

/// The parameters at the start: weights as [`NetSpec::init`] says times [`NetSpec::scale`], biases and β 0, γ 1.
#[must_use]
pub fn start(spec: &NetSpec, shape: &Shape) -> Vec<f64> {
    let mut w = vec![0.0; shape.dim()];
    for (k, layer) in shape.layers().iter().enumerate() {
        let stream = STREAM + k as u64;
        for (weight, drawn) in w[layer.weights.range()].iter_mut().zip(drawn(spec, layer, stream)) {
            *weight = spec.scale * drawn;
        }
        if let Some(gamma) = layer.gamma {
            w[gamma.range()].fill(1.0);
        }
    }
    w
}

#[expect(clippy::cast_precision_loss, reason = "layers are small")]
fn drawn(spec: &NetSpec, layer: &LayerShape, stream: u64) -> Vec<f64> {
    let (fan_in, fan_out) = (layer.inputs as f64, layer.outputs as f64);
    let count = layer.weights.len() as u64;
    let uniform = |end: f64| -> Vec<f64> {
        (0..count).map(|i| end * (2.0 * rng::uniform(spec.seed, stream, i) - 1.0)).collect()
    };
    let normal = |variance: f64| -> Vec<f64> {
        let deviation = variance.sqrt();
        (0..count).map(|i| deviation * rng::normal(spec.seed, stream, i)).collect()
    };
    match spec.init {
        Init::GlorotUniform => uniform((6.0 / (fan_in + fan_out)).sqrt()),
        Init::GlorotNormal => normal(2.0 / (fan_in + fan_out)),
        Init::HeUniform => uniform((6.0 / fan_in).sqrt()),
        Init::HeNormal => normal(2.0 / fan_in),
        Init::Lecun => normal(1.0 / fan_in),
        Init::Orthogonal => orthogonal(&normal(1.0), layer.weights.shape()),
        Init::Uniform => uniform(0.5),
        Init::Zeros => vec![0.0; layer.weights.len()],
    }
}

/// The rows of a matrix, or its columns where these are fewer, made orthonormal one after the other.
fn orthogonal(drawn: &[f64], (rows, cols): (usize, usize)) -> Vec<f64> {
    let by_rows = rows <= cols;
    let (count, length) = if by_rows { (rows, cols) } else { (cols, rows) };
    let place = |vector: usize, i: usize| if by_rows { vector * cols + i } else { i * cols + vector };
    let mut done: Vec<Vec<f64>> = Vec::with_capacity(count);
    for vector in 0..count {
        let mut v: Vec<f64> = (0..length).map(|i| drawn[place(vector, i)]).collect();
        // Twice: what rounding left of the others is taken away as well.
        for other in done.iter().chain(&done) {
            let along = num::dot(&v, other);
            for (v, o) in v.iter_mut().zip(other) {
                *v -= along * o;
            }
        }
        let length = num::norm(&v);
        for v in &mut v {
            *v /= length;
        }
        done.push(v);
    }
    let mut out = vec![0.0; rows * cols];
    for (vector, v) in done.iter().enumerate() {
        for (i, v) in v.iter().enumerate() {
            out[place(vector, i)] = *v;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::spec::{Layer, Task};
    use super::*;
    use crate::math::linear;

    fn drawn_with(init: Init, hidden: usize, seed: u64) -> (Shape, Vec<f64>) {
        let plain = NetSpec::default();
        let hidden = vec![Layer { units: hidden, ..plain.hidden[0] }; 10];
        let spec = NetSpec { init, seed, scale: 2.0, hidden, ..plain };
        let shape = Shape::new(&spec, Task::Classes(2)).expect("possible");
        let w = start(&spec, &shape);
        (shape, w)
    }

    #[test]
    fn weights_have_the_variance_of_their_rule_and_biases_are_zero() {
        for (init, variance) in [
            (Init::GlorotUniform, 1.0 / 16.0),
            (Init::GlorotNormal, 1.0 / 16.0),
            (Init::HeUniform, 2.0 / 16.0),
            (Init::HeNormal, 2.0 / 16.0),
            (Init::Lecun, 1.0 / 16.0),
            (Init::Orthogonal, 1.0 / 16.0),
            (Init::Uniform, 1.0 / 12.0),
            (Init::Zeros, 0.0),
        ] {
            let (mut squares, mut count) = (0.0, 0.0);
            for seed in 0..20 {
                let (shape, w) = drawn_with(init, 16, seed);
                for layer in &shape.layers()[1..10] {
                    assert!(w[layer.bias.range()].iter().all(|b| *b == 0.0));
                    for v in &w[layer.weights.range()] {
                        squares += v * v / 4.0;
                        count += 1.0;
                    }
                }
            }
            let found = squares / count;
            assert!((found - variance).abs() <= 0.03 * variance, "{init:?}: {found} is not {variance}");
        }
    }

    #[test]
    fn orthogonal_layers_keep_lengths() {
        for units in [1, 5, 16] {
            let (shape, w) = drawn_with(Init::Orthogonal, units, 3);
            for layer in shape.layers() {
                let (rows, cols) = layer.weights.shape();
                let m = &w[layer.weights.range()];
                let n = rows.min(cols);
                let gram = if rows <= cols {
                    linear::gram_of_rows(m, (rows, cols))
                } else {
                    linear::gram_of_columns(m, (rows, cols))
                };
                for (g, one) in gram.iter().zip(linear::identity(n)) {
                    assert!((g / 4.0 - one).abs() < 1e-14, "{g}");
                }
            }
        }
    }

    #[test]
    fn another_seed_draws_others_and_the_same_seed_the_same() {
        let (_, a) = drawn_with(Init::HeNormal, 8, 1);
        let (_, b) = drawn_with(Init::HeNormal, 8, 2);
        assert_eq!(a, drawn_with(Init::HeNormal, 8, 1).1);
        assert_ne!(a, b);
        assert_ne!(a[..16], a[16..32], "layers draw apart");
    }
}
