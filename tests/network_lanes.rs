//! The fast kernel has the bits of the plain one.

mod common {
    pub mod nets;
}

use common::nets::{Case, case, every_kind, tasks};
use descent_lab::math::rng;
use descent_lab::net::{Activation, Feature, Init, Layer, Loss, NetSpec, Norm, Work, reference};
use descent_lab::objective::Sample;

/// Asserts the same bits of value and gradient, whatever the scratch has held before.
fn check(case: &Case, ask: &Sample<'_>, work: &mut Work) {
    let (mut fast, mut plain) = (vec![f64::NAN; case.w.len()], vec![f64::NAN; case.w.len()]);
    let value = case.model.value_grad(&case.w, &case.data, ask, &mut fast, work);
    let want = reference::value_grad(&case.model, &case.w, &case.data, ask, &mut plain);
    let told = format!("{}, {:?} rows, dropout {}", case.name, ask.rows.map(<[u32]>::len), ask.dropout);
    assert_eq!(value.to_bits(), want.to_bits(), "{told}: {value} is not {want}");
    for (i, (a, b)) in fast.iter().zip(&plain).enumerate() {
        assert_eq!(a.to_bits(), b.to_bits(), "{told}: {}: {a} is not {b}", case.model.shape.name(i));
    }
    let alone = case.model.value(&case.w, &case.data, ask, work);
    assert_eq!(alone.to_bits(), want.to_bits(), "{told}: the value alone");
}

/// One of these, by chance.
fn any<T: Copy>(of: &[T], seed: u64, stream: u64) -> T {
    of[usize::try_from(rng::bits(seed, stream, 0) % of.len() as u64).expect("small")]
}

/// A network that nobody would think of.
fn random(seed: u64) -> Case {
    let counts: Vec<usize> = (0..=16).collect();
    let layer = |k: u64| Layer {
        units: any(&counts[1..], seed, 10 + k),
        activation: any(Activation::ALL, seed, 30 + k),
        norm: any(Norm::ALL, seed, 50 + k),
    };
    let loss = any(Loss::ALL, seed, 1);
    let spec = NetSpec {
        features: Feature::ALL[..any(&counts[1..8], seed, 2)].to_vec(),
        hidden: (0..any(&counts[..8], seed, 3) as u64).map(layer).collect(),
        loss,
        delta: any(&[0.1, 1.0, 5.0], seed, 4),
        init: any(Init::ALL, seed, 5),
        scale: any(&[0.3, 1.0, 2.0], seed, 6),
        seed,
    };
    let count = any(&[1, 2, 3, 5, 8, 10, 13, 63, 64, 65, 100, 150], seed, 7);
    case(spec, any(tasks(loss), seed, 8), count, seed)
}

#[test]
fn random_networks_have_the_same_bits_both_ways() {
    let mut work = Work::new();
    let mut finite = 0;
    for seed in 0..300 {
        let case = random(seed);
        check(&case, &Sample::default(), &mut work);
        let rows: Vec<u32> = (0..any(&[1_u64, 2, 4, 7, 10, 16, 31, 70], seed, 9))
            .map(|i| u32::try_from(rng::bits(seed, 60, i) % case.data.len() as u64).expect("small"))
            .collect();
        let ask = Sample {
            rows: Some(&rows),
            dropout: 0.4,
            draw: seed,
            seed: 3,
            loss_scale: 8.0,
            ..Sample::default()
        };
        check(&case, &ask, &mut work);
        finite += u32::from(case.model.value(&case.w, &case.data, &ask, &mut work).is_finite());
    }
    assert!(finite > 290, "only {finite} tell anything");
}

#[test]
fn every_kind_of_network_has_the_same_bits_both_ways() {
    let mut work = Work::new();
    for case in every_kind() {
        check(&case, &Sample::default(), &mut work);
    }
}
