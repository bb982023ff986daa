//! Training: worked out in any pieces it is the same run, and every step of it can be come back to.

use descent_lab::link::Link;
use descent_lab::objective::Objective;
use descent_lab::run::{RunSpec, Runner, Status, trace};
use descent_lab::train::{Record, Training, explain, pack_news, take_news, train};

fn spec(link: &str) -> RunSpec {
    let (link, notices) = Link::read(link);
    assert!(notices.is_empty(), "{notices:?}");
    link.config.run_spec(0)
}

const RUNS: &[&str] = &[
    "network=4-3&data=spiral(n=60)&steps=60&run=adam:lr=0.05,batch=8",
    "network=4-3&data=circle(n=60)&steps=50&run=momentum:lr=0.05,batch=7,dropout=0.3",
    "network=5(norm=batch)&data=moons(n=60)&steps=40&run=sgd:lr=0.1,batch=10,accumulate=2",
    "network=4&data=gauss(n=60)&steps=40&run=sgd:lr=0.1,batch=4,federated=3/5/0.9/0.1",
    "network=4(activation=relu)&data=xor(n=60)&steps=40&run=adam:lr=0.05,batch=8,workers=2/3",
    "network=3&data=plane(n=60)&steps=40&run=sgd:lr=0.001,batch=8,delay=2",
    "network=3&data=circle(n=60)&steps=40&run=sgd:lr=0.05,precision=f16/1024",
    "network=3&data=circle(n=60)&steps=12&run=lbfgs",
];

#[test]
fn in_pieces_or_as_a_whole_it_is_the_same_run_as_step_by_step() {
    for run in RUNS {
        let spec = spec(run);
        let whole = train(&spec).expect("a network");
        let mut pieces = Training::new(&spec).expect("a network");
        while pieces.advance(1) {}
        assert_eq!(whole, *pieces.record(), "{run}");
        let mut runner = Runner::new(&spec);
        for step in 0..=spec.steps {
            assert_eq!(pieces.weights(step), runner.x(), "{run}, step {step}");
            runner.advance();
        }
        assert_eq!(whole.len(), spec.steps as usize + 1, "{run}");
        assert_eq!(whole.status, Status::Running, "{run}");
    }
}

#[test]
fn any_step_can_be_looked_at_in_any_order() {
    let spec = spec("network=16-16-16&data=spiral(n=60)&steps=3000&run=adam:lr=0.01,batch=8");
    let mut training = Training::new(&spec).expect("a network");
    while training.advance(1_000_000) {}
    assert!(training.record().stride > 1, "there is something to replay");
    let mut forward = Vec::new();
    for step in [5, 1999, 2000, 2001, 2999] {
        forward.push(training.weights(step));
    }
    for (step, want) in [2999, 2001, 2000, 1999, 5].into_iter().zip(forward.iter().rev()) {
        assert_eq!(training.weights(step), *want, "{step}");
    }
    let mut runner = Runner::new(&spec);
    (0..1999).for_each(|_| runner.advance());
    assert_eq!(runner.x(), forward[1]);
}

#[test]
fn without_samples_training_is_the_plain_trace() {
    let spec = spec("network=3-2&data=circle(n=40)&steps=30&run=adam:lr=0.05");
    let (record, plain) = (train(&spec).expect("a network"), trace(&spec));
    assert_eq!(record.batch_loss, plain.loss);
    for (a, b) in record.grad_norm.iter().zip(&plain.grad_norm) {
        assert!((a - b).abs() <= 1e-12 * b, "{a} is not {b}");
    }
    let kept: Vec<_> = record.weights.clone();
    assert_eq!(kept, plain.x);
}

#[test]
fn the_news_of_a_run_put_together_are_the_run() {
    for run in RUNS {
        let mut training = Training::new(&spec(run)).expect("a network");
        let mut told = Record::default();
        let mut more = true;
        while more {
            more = training.advance(20_000);
            let news = pack_news(training.record(), told.len(), told.scores.len(), told.weights.len());
            assert!(take_news(&mut told, &news), "{run}");
            assert!(!take_news(&mut told.clone(), &news[..news.len() - 1]), "{run}");
        }
        assert_eq!(told, *training.record(), "{run}");
    }
}

#[test]
fn what_diverges_says_where_and_keeps_what_was_finite() {
    let spec = spec("network=4-4(activation=relu;loss=squared)&data=plane(n=40)&steps=200&run=sgd:lr=50");
    let record = train(&spec).expect("a network");
    let Status::Diverged { step, .. } = record.status else {
        panic!("{:?}", record.status);
    };
    assert!(record.blame.contains("layer"), "{}", record.blame);
    assert_eq!(record.len(), step as usize);
    assert!(record.last() > 0);
    assert!(record.batch_loss.iter().chain(&record.grad_norm).all(|v| v.is_finite()));
    assert!(record.scores.iter().all(|s| s.train_loss.is_finite()));
}

#[test]
fn runs_with_the_same_seed_start_at_the_same_weights_and_see_the_same_batches() {
    let link = "network=4&data=circle(n=60)&steps=1&run=sgd:lr=0.1,batch=8&run=sgd:lr=0.2,batch=8";
    let config = Link::read(link).0.config;
    let [a, b] = [0, 1].map(|i| train(&config.run_spec(i)).expect("a network"));
    let dim = a.dim;
    assert_eq!(a.weights[..dim], b.weights[..dim]);
    for i in 0..dim {
        let (one, two) = (a.weights[dim + i] - a.weights[i], b.weights[dim + i] - b.weights[i]);
        assert!((2.0 * one - two).abs() < 1e-15, "{one} {two}");
    }
}

#[test]
fn an_edit_of_a_weight_moves_that_weight_at_its_step() {
    let plain = spec("network=3&data=circle(n=40)&steps=10&run=sgd:lr=0.1");
    let edited =
        spec("network=3&data=circle(n=40)&steps=10&run=sgd:lr=0.1&edit=1@0:w2=0.25&edit=1@4:w5=-1.5");
    let (plain, edited) = (train(&plain).expect("a network"), train(&edited).expect("a network"));
    let dim = plain.dim;
    assert_eq!(edited.weights[2], 0.25);
    assert_eq!(edited.weights[4 * dim + 5], -1.5);
    assert_eq!(plain.weights[3..dim], edited.weights[3..dim]);
}

#[test]
fn the_layout_covers_every_parameter_once() {
    let spec = spec("network=4-3(norm=layer)&data=gauss(n=40;classes=3)&steps=10&run=adam");
    let objective: &dyn Objective = spec.problem.objective();
    let mut next = 0;
    for block in objective.layout() {
        assert_eq!(block.offset, next);
        next += block.len();
    }
    assert_eq!(next, objective.dim());
}

#[test]
fn a_step_is_looked_into_without_going_through_all_examples() {
    let spec = spec("network=4-3&data=spiral(n=60)&steps=60&run=sgd:lr=0.05,batch=8");
    let mut training = Training::new(&spec).expect("a network");
    while training.advance(u64::MAX) {}
    for step in [40, 7, 59] {
        while !training.reach(step, 1) {}
        let seen = training.inspect().expect("a step");
        assert_eq!((seen.step, seen.cost.gradients), (step, 1));
        assert_eq!(seen.x, training.weights(step));
        assert_eq!(seen.next, training.weights(step + 1));
        for ((x, next), g) in seen.x.iter().zip(&seen.next).zip(&seen.gradient) {
            assert!((x - 0.05 * g - next).abs() < 1e-12, "the gradient is that of the step");
        }
    }
}

#[test]
fn the_sentence_of_a_divergence_names_the_layer() {
    let spec = spec("network=4-4(activation=relu;loss=squared)&data=plane(n=40)&steps=200&run=sgd:lr=50");
    let record = train(&spec).expect("a network");
    let sentence = explain(&spec, &record);
    assert!(sentence.starts_with("Diverged at step "), "{sentence}");
    assert!(sentence.contains("; first in ") && sentence.contains("layer"), "{sentence}");
}

#[test]
fn a_loss_scale_changes_neither_noise_nor_the_proximal_term() {
    let path = |precision: &str| {
        let run = format!("sgd:lr=0.1,batch=8,noise=0.3,federated=2/5/0.5/1,precision={precision}");
        train(&spec(&format!("network=3&data=circle(n=40)&steps=20&run={run}"))).expect("a network")
    };
    let (plain, scaled) = (path("f32/1/on"), path("f32/1024/on"));
    for (a, b) in plain.weights.iter().zip(&scaled.weights) {
        assert!((a - b).abs() < 1e-4 * (1.0 + a.abs()), "{a} is not {b}");
    }
}

#[test]
fn a_method_that_needs_all_second_derivatives_says_so_where_there_are_none() {
    let small = train(&spec("network=3&data=circle(n=40)&steps=2&run=damped_newton")).expect("a network");
    assert_eq!(small.status, Status::Running);
    let large = train(&spec("network=16-16&data=circle(n=40)&steps=5&run=newton")).expect("a network");
    assert!(matches!(large.status, Status::Unfit { .. }), "{:?}", large.status);
    // Those that can do with differences of gradients do, and are not charged for what they did not get.
    let other =
        train(&spec("network=16-16&data=circle(n=40)&steps=5&run=adahessian:lr=0.01")).expect("a network");
    assert_eq!((other.status, other.hessians.last()), (Status::Running, Some(&0)));
}

#[test]
fn a_last_step_that_leads_nowhere_is_a_divergence() {
    let link = "network=0(loss=squared)&data=plane(n=40)&steps=1&run=sgd:lr=1&edit=1@0:w0=1e150";
    let run = spec(&link.replace("1e150", "1e9"));
    let mut run = run;
    run.start.fill(1e160);
    let record = train(&run).expect("a network");
    assert!(matches!(record.status, Status::Diverged { .. }), "{:?}", record.status);
    assert!(record.batch_loss.iter().all(|v| v.is_finite()));
}

#[test]
fn seeds_beyond_four_thousand_million_are_seeds_of_their_own() {
    let start = |seed: u64| {
        let run = spec(&format!("network=3(seed={seed})&data=circle(n=40;seed={seed})&steps=1&run=sgd"));
        (run.start.clone(), train(&run).expect("a network").batch_loss)
    };
    let (a, b) = (start(4_294_967_297), start(4_294_967_295));
    assert!(a.0 != b.0 && a.1 != b.1);
    assert_ne!(start(9_007_199_254_740_991), b);
}

#[test]
fn clients_are_shown_where_they_were_before_they_met() {
    let run = spec("network=3&data=circle(n=80)&steps=20&run=sgd:lr=0.3,batch=4,federated=2/5/1");
    let record = train(&run).expect("a network");
    let apart = |w: &[f64]| w[..record.dim] != w[record.dim..];
    let after_start: Vec<_> = record.scores.iter().filter(|s| s.step > 0 && !s.workers.is_empty()).collect();
    assert!(!after_start.is_empty());
    assert!(after_start.iter().all(|s| apart(&s.workers)));
}
