//! Every preset shows what it says.

use descent_lab::link::Link;
use descent_lab::net::presets::{self, PRESETS, Preset};
use descent_lab::run::Status;
use descent_lab::run::spec::Problem;
use descent_lab::train::{Record, Scores, Training};
use std::collections::BTreeSet;

/// A run of a preset at its end.
struct Run {
    record: Record,
    weights: Vec<f64>,
}

impl Run {
    fn at(&self, step: u32) -> &Scores {
        self.record.scores_at(step).expect("scores")
    }

    fn end(&self) -> &Scores {
        self.record.scores.last().expect("scores")
    }

    /// The largest rise of the training loss from one score to the next, in the second half.
    fn largest_rise(&self) -> f64 {
        let losses: Vec<f64> = self.record.scores.iter().map(|s| s.train_loss).collect();
        losses[losses.len() / 2..].windows(2).map(|w| w[1] - w[0]).fold(0.0, f64::max)
    }
}

fn accuracy(scores: &Scores) -> f64 {
    scores.test_accuracy.expect("classes")
}

/// The runs of a preset, trained to the end.
fn runs(key: &str) -> Vec<Run> {
    let preset = presets::find(key).unwrap_or_else(|| panic!("no preset {key}"));
    let (link, notices) = Link::read(preset.link);
    assert!(notices.is_empty(), "{key}: {notices:?}");
    let all = 0..link.config.runs.len();
    all.map(|i| {
        let mut training = Training::new(&link.config.run_spec(i)).expect("a network");
        while training.advance(u64::MAX) {}
        let weights = training.weights(training.record().last());
        Run { record: training.into_record(), weights }
    })
    .collect()
}

#[test]
fn every_preset_is_a_link_as_it_is_written_and_has_a_test() {
    let source = include_str!("net_presets.rs");
    let mut keys = BTreeSet::new();
    for Preset { key, title, look, link } in PRESETS {
        assert!(keys.insert(key), "{key} stands there twice");
        assert!(title.len() < 40 && look.ends_with('.') && look.len() < 200, "{key}");
        let (read, notices) = Link::read(link);
        assert!(notices.is_empty(), "{key}: {notices:?}");
        assert_eq!(read.write(), *link, "{key}");
        assert!(!read.config.runs.is_empty(), "{key}");
        assert!(source.contains(&format!("runs(\"{key}\")")), "{key} is held to nothing");
    }
}

#[test]
fn ten_sigmoid_layers_shrink_the_gradient() {
    let [sgd, adam] = &runs("vanishing")[..] else { panic!() };
    let layers = &sgd.at(0).layers;
    assert_eq!(layers.len(), 11);
    assert!(layers[0].grad_norm < 1e-5 * layers[10].grad_norm, "{layers:?}");
    assert!(sgd.end().train_loss > 0.69, "{}", sgd.end().train_loss);
    assert!(adam.end().train_loss < 0.5, "{}", adam.end().train_loss);
}

#[test]
fn clipping_cures_an_explosion() {
    let [plain, clipped] = &runs("exploding")[..] else { panic!() };
    let Status::Diverged { step, .. } = plain.record.status else { panic!("{:?}", plain.record.status) };
    assert!(step <= 5, "{step}");
    assert_eq!(clipped.record.status, Status::Running);
    let (before, after) = (clipped.at(0).train_loss, clipped.end().train_loss);
    assert!(before > 40.0 && after < 0.02, "{before} to {after}");
}

#[test]
fn long_steps_kill_relus_for_good() {
    let [good, dead] = &runs("dead_relu")[..] else { panic!() };
    for step in [100, 300, 500] {
        let layers = &dead.at(step).layers;
        assert_eq!(layers[1].dead, 1.0, "step {step}");
        assert_eq!(layers[1].grad_norm, 0.0);
    }
    assert!((dead.end().train_loss - std::f64::consts::LN_2).abs() < 1e-6);
    assert_eq!(accuracy(good.end()), 1.0);
}

#[test]
fn zeros_keep_all_units_of_a_layer_alike() {
    let run = &runs("zeros")[0];
    let (link, _) = Link::read(presets::find("zeros").expect("it").link);
    let Problem::Network(problem) = link.config.run_spec(0).problem else { panic!() };
    let layers = problem.network().model.shape.layers();
    assert_eq!(layers.len(), 3);
    for layer in &layers[..2] {
        let rows: Vec<_> = run.weights[layer.weights.range()].chunks(layer.inputs).collect();
        assert!(rows.windows(2).all(|w| w[0] == w[1]), "{rows:?}");
        assert!(rows[0].iter().any(|w| w.abs() > 0.1), "they move: {rows:?}");
        let bias = &run.weights[layer.bias.range()];
        assert!(bias.windows(2).all(|w| w[0] == w[1]), "{bias:?}");
    }
    assert!(accuracy(run.end()) < 0.75, "one unit a layer does not solve it");
}

#[test]
fn the_start_decides_when_learning_begins() {
    let (he, glorot, tiny) = (&runs("start_he")[0], &runs("start_glorot")[0], &runs("start_tiny")[0]);
    let first = |run: &Run| run.at(0).layers[0].grad_norm;
    assert!(first(he) > 10.0 * first(glorot) && first(glorot) > 100.0 * first(tiny));
    assert!(he.at(30).train_loss < 0.56, "{}", he.at(30).train_loss);
    assert!(glorot.at(100).train_loss > 0.66, "{}", glorot.at(100).train_loss);
    assert!(he.end().train_loss < 0.05 && glorot.end().train_loss > 0.2);
    assert!(tiny.end().train_loss > 0.693, "{}", tiny.end().train_loss);
    // The same start with batch norm.
    let normed = &runs("batch_norm")[0];
    assert!(first(normed) > 1e5 * first(tiny));
    assert!(normed.at(20).train_loss < 0.55 && normed.end().train_loss < 0.05);
}

#[test]
fn dropout_halves_the_test_loss_on_noisy_points() {
    let [plain, dropped] = &runs("dropout")[..] else { panic!() };
    let (plain, dropped) = (plain.end(), dropped.end());
    assert!(dropped.test_loss < 0.6 * plain.test_loss, "{} {}", dropped.test_loss, plain.test_loss);
    assert!(plain.train_accuracy > Some(0.98) && dropped.train_accuracy > Some(0.95));
    assert!(plain.train_loss < dropped.train_loss);
}

#[test]
fn small_batches_go_as_far_for_less_and_single_examples_are_ragged() {
    let [one, some, all] = &runs("batch_size")[..] else { panic!() };
    assert!(some.end().train_loss < 1.2 * all.end().train_loss);
    let seen = |run: &Run| *run.record.examples.last().expect("a row");
    assert!(seen(all) > 12.0 * seen(some) && seen(some) > 15.0 * seen(one));
    assert!(one.largest_rise() > 10.0 * all.largest_rise());
}

#[test]
fn accumulation_and_workers_make_a_larger_batch() {
    let [large, accumulated, workers, small] = &runs("same_batch")[..] else { panic!() };
    let off = |run: &Run| {
        let each = run.weights.iter().zip(&large.weights).map(|(a, b)| (a - b).abs());
        each.fold(0.0, f64::max)
    };
    assert!(off(accumulated) < 1e-9 && off(workers) < 1e-9, "{} {}", off(accumulated), off(workers));
    assert!(off(small) > 1e-3, "{}", off(small));
}

#[test]
fn muon_and_soap_win_the_race_on_the_spiral() {
    let all = runs("race");
    let [sgd, momentum, rmsprop, adam, muon, soap] = &all[..] else { panic!() };
    for slow in [sgd, momentum, rmsprop] {
        assert!(accuracy(slow.end()) < 0.7, "{}", accuracy(slow.end()));
    }
    assert!(adam.end().train_loss < sgd.end().train_loss - 0.1);
    for fast in [muon, soap] {
        assert!(fast.end().train_accuracy > Some(0.95) && accuracy(fast.end()) > 0.8);
        assert!(fast.end().train_loss < 0.3 * adam.end().train_loss);
    }
}

#[test]
fn muon_needs_half_of_the_steps_of_adam() {
    let [adam, muon] = &runs("muon")[..] else { panic!() };
    assert!(muon.at(150).train_loss < adam.end().train_loss);
    assert!(muon.end().train_loss < 0.5 * adam.end().train_loss);
}

#[test]
fn features_replace_hidden_layers() {
    let run = &runs("features")[0];
    assert_eq!((accuracy(run.end()), run.record.dim), (1.0, 5));
}

#[test]
fn lbfgs_goes_on_in_regression() {
    let [adam, momentum, lbfgs] = &runs("regression")[..] else { panic!() };
    assert!(lbfgs.end().train_loss < 0.8 * adam.end().train_loss, "{}", adam.end().train_loss);
    assert!(lbfgs.end().train_loss < 0.5 * momentum.end().train_loss, "{}", momentum.end().train_loss);
    assert!(lbfgs.end().test_loss < 0.01, "{}", lbfgs.end().test_loss);
}

#[test]
fn a_formula_is_learnt() {
    let all = runs("formula");
    for run in &all {
        // The mean of half of the square is 0.33 where 0 is predicted.
        assert!(run.end().test_loss < 0.04, "{}", run.end().test_loss);
    }
}

#[test]
fn newtons_method_stays_at_a_saddle() {
    let [newton, region, adam] = &runs("saddle")[..] else { panic!() };
    let layers = &newton.end().layers;
    assert!(layers.iter().all(|l| l.grad_norm < 1e-9), "{layers:?}");
    assert!(newton.end().train_loss > 0.69 && accuracy(newton.end()) == 0.5);
    assert!(region.end().train_loss < 0.05 && adam.end().train_loss < 0.15);
}

#[test]
fn clients_with_classes_of_their_own_pull_apart() {
    let [same, own] = &runs("federated")[..] else { panic!() };
    let apart = |run: &Run| {
        let scores = run.at(40);
        let clients: Vec<_> = scores.workers.chunks(run.record.dim).collect();
        assert_eq!(clients.len(), 4);
        let distance =
            |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
        clients[1..].iter().map(|c| distance(c, clients[0])).fold(0.0, f64::max)
    };
    assert!(apart(own) > 3.0 * apart(same), "{} {}", apart(own), apart(same));
    assert!(own.at(200).train_loss > 4.0 * same.at(200).train_loss);
}

#[test]
fn late_gradients_circle_and_then_throw_it_out() {
    let [fresh, late, later] = &runs("delay")[..] else { panic!() };
    assert!(fresh.end().train_loss < 0.02);
    assert!(late.end().train_loss > 0.2, "{}", late.end().train_loss);
    assert!(later.end().train_loss > 1.0 && later.at(150).train_loss > 2.0, "{}", later.end().train_loss);
}

#[test]
fn half_precision_needs_a_loss_scale_and_not_too_large_a_one() {
    let [full, half, scaled, over] = &runs("loss_scale")[..] else { panic!() };
    assert!(full.end().train_loss < 0.01 && scaled.end().train_loss < 0.01);
    assert!(half.end().train_loss > 0.69, "{}", half.end().train_loss);
    assert_eq!(over.end().train_loss, over.at(0).train_loss);
}

#[test]
fn bf16_loses_small_steps_without_a_master_copy() {
    let [full, rounded, master] = &runs("master_copy")[..] else { panic!() };
    let (full, rounded, master) = (full.end(), rounded.end(), master.end());
    assert!((master.train_loss - full.train_loss).abs() < 0.01);
    assert!(rounded.train_loss > full.train_loss + 0.1, "{} {}", rounded.train_loss, full.train_loss);
}
