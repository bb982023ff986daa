//! Networks whose every bit is written down in `tests/golden/networks.txt`, for the native test and the one in the browser.

#![allow(dead_code, reason = "not every test reads every part")]

use descent_lab::math::precision::{BF16, F16, F32};
use descent_lab::math::rng;
use descent_lab::net::{
    Activation, Examples, Feature, Init, Layer, Loss, Model, NetSpec, Norm, Task, Work, start,
};
use descent_lab::objective::Sample;

/// The written fingerprints: name and fingerprint, a line each.
pub const HASHES: &str = include_str!("../golden/networks.txt");

/// Fowler, Noll and Vo's hash over the bytes of some numbers.
fn add(hash: &mut u64, numbers: impl IntoIterator<Item = f64>) {
    for byte in numbers.into_iter().flat_map(|v| v.to_bits().to_le_bytes()) {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

fn points(seed: u64) -> Vec<[f64; 3]> {
    let point = |i| {
        let [x, y] = [0, 1].map(|k| 6.0 * (2.0 * rng::uniform(seed, k, i) - 1.0));
        [x, y, if x * y > 0.0 { 1.0 } else { 0.0 }]
    };
    (0..75).map(point).collect()
}

/// Everything that comes of a network: some steps of training in batches with dropout, then losses, outputs, pictures, statistics and
/// curvature.
fn fingerprint(model: &Model, seed: u64) -> u64 {
    let (data, mut work) = (Examples::new(&model.spec, &model.shape, &points(seed)), Work::new());
    let mut w = start(&model.spec, &model.shape);
    let mut grad = vec![0.0; w.len()];
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for (draw, batch) in [3, 8, 14, 75, 1, 30].into_iter().cycle().take(30).enumerate() {
        let format = [None, None, None, Some(F32), Some(BF16), Some(F16)][draw % 6];
        let draw = draw as u64;
        let rows: Vec<u32> =
            (0..batch).map(|i| u32::try_from(rng::bits(seed, draw, i) % 75).expect("small")).collect();
        let ask = Sample { rows: Some(&rows), dropout: 0.1, draw, seed, format, loss_scale: 4.0 };
        add(&mut hash, [model.value_grad(&w, &data, &ask, &mut grad, &mut work)]);
        for (w, g) in w.iter_mut().zip(&grad) {
            *w -= 0.01 * g;
        }
        add(&mut hash, w.iter().copied());
    }
    add(&mut hash, [model.evaluate(&w, &data, &data, &mut work).loss]);
    add(&mut hash, model.outputs(&w, &data, &[[1.0, -2.0], [0.5, 6.0]], &mut work));
    add(&mut hash, model.units_on_grid(&w, &data, 6.0, 9, &mut work).into_iter().flatten().map(f64::from));
    add(&mut hash, model.layer_stats(&w, &data, &mut work).iter().flat_map(|s| [s.mean, s.deviation]));
    model.hessian_vector(&w, &data, &grad.clone(), &mut grad, &mut work);
    add(&mut hash, grad);
    hash
}

/// Every activation and normalisation, and every loss.
fn models() -> Vec<(String, Model)> {
    let made = |hidden: Vec<Layer>, loss: Loss, init: Init| {
        let names: Vec<_> =
            hidden.iter().map(|l| format!("{}-{}-{}", l.units, l.activation.key(), l.norm.key())).collect();
        let name = format!("{}:{}:{}", names.join("/"), loss.key(), init.key());
        let spec =
            NetSpec { features: Feature::ALL.to_vec(), hidden, loss, init, seed: 5, ..NetSpec::default() };
        (name, Model::new(spec, Task::Classes(2)).expect("possible"))
    };
    let mut models = Vec::new();
    for activation in Activation::ALL {
        for norm in Norm::ALL {
            let layer = |units| Layer { units, activation: *activation, norm: *norm };
            let loss = Loss::ALL[models.len() % 4];
            let init = Init::ALL[models.len() % 7];
            models.push(made(vec![layer(8), layer(5), layer(3)], loss, init));
        }
    }
    for loss in Loss::ALL {
        models.push(made(Vec::new(), *loss, Init::Uniform));
    }
    models
}

/// The names and fingerprints as they come out here, in the form of the file.
pub fn computed() -> String {
    let line = |(name, model): &(String, Model)| format!("{name} {:016x}\n", fingerprint(model, 9));
    models().iter().map(line).collect()
}

/// The lines that differ from the file.
pub fn differences() -> Vec<String> {
    let computed = computed();
    assert_eq!(computed.lines().count(), HASHES.lines().count(), "as many networks as lines");
    let pairs = computed.lines().zip(HASHES.lines());
    pairs.filter(|(ours, written)| ours != written).map(|(a, b)| format!("written: {b}; here: {a}")).collect()
}
