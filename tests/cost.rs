//! What runs cost, against counts by hand; and what is said and counted of layers.

use descent_lab::link::Link;
use descent_lab::net::{Layer, Norm, Shape, Task};
use descent_lab::run::RunSpec;
use descent_lab::train::cost::{ARITHMETIC, Cost, amount, passes, reaches};
use descent_lab::train::layers::{BINS, Bins, gradients, units};
use descent_lab::train::{LayerScores, Record, Scores, train};

fn run(link: &str) -> (RunSpec, Cost, Record) {
    let (link, notices) = Link::read(link);
    assert!(notices.is_empty(), "{notices:?}");
    let spec = link.config.run_spec(0);
    let cost = Cost::of(&spec).expect("a network");
    let record = train(&spec).expect("a network");
    (spec, cost, record)
}

#[test]
fn a_network_of_2_4_2_1_costs_what_is_counted_by_hand() {
    let (_, cost, record) =
        run("network=4-2&data=circle(n=100)&steps=30&run=adam:lr=0.02,batch=16,precision=f32");
    assert_eq!(cost.parameters, (2 * 4 + 4) + (4 * 2 + 2) + (2 + 1));
    assert_eq!(cost.forward, 8 + 8 + 2);
    assert_eq!(cost.backward, (8 + 8 + 2) + (8 + 2), "weights, and what is passed on to the layer before");
    assert_eq!(cost.state, 2 * 25, "Adam's two averages");
    assert_eq!(cost.own, 25 + 2 * 50);
    // Two features, sums and activations of six units, one sum.
    assert_eq!(cost.activations, 16 * (2 + 12 + 1));
    assert_eq!(cost.bytes, [25 * 4, 50 * 8, 240 * 4]);
    // 50 examples in batches of 16: three full ones and one of 2.
    let spent = cost.until(&record, 4);
    assert_eq!((spent.examples, spent.evaluations), (50.0, 4));
    assert_eq!(spent.multiply_adds, 50.0 * 46.0 + 4.0 * 125.0);
    assert!((spent.joules / (2800.0 * 4.6e-12) - 1.0).abs() < 1e-12);
    assert_eq!(cost.until(&record, 99), cost.until(&record, 30), "nothing is spent after the end");
    assert_eq!(cost.until(&record, 0).multiply_adds, 0.0);
}

#[test]
fn clients_keep_parameters_and_state_each_of_their_own() {
    let of =
        |more: &str| run(&format!("network=4&data=circle(n=40)&steps=3&run=adam:lr=0.01,batch=4{more}")).1;
    let (alone, three) = (of(""), of(",federated=3/5"));
    assert_eq!(three.state, 3 * alone.state);
    assert_eq!(three.own, 3 * alone.own);
    assert_eq!(three.bytes[0], 3 * alone.bytes[0]);
}

#[test]
fn normalised_units_cost_four_operations_more_and_back_twice_that() {
    let mut spec = descent_lab::net::NetSpec::default();
    let cost = |norm, spec: &mut descent_lab::net::NetSpec| {
        spec.hidden = vec![Layer { units: 3, norm, ..spec.hidden[0] }];
        passes(Shape::new(spec, Task::Classes(2)).expect("possible").layers())
    };
    let (plain, normed) = (cost(Norm::None, &mut spec), cost(Norm::Batch, &mut spec));
    assert_eq!(plain, (6 + 3, 9 + 3));
    assert_eq!(normed, (plain.0 + 12, plain.1 + 24));
}

#[test]
fn methods_cost_what_they_keep_ask_and_multiply() {
    let of = |run_words: &str| run(&format!("network=4&data=circle(n=40)&steps=3&run={run_words}"));
    let plain = 4 * 3 + 5;
    let (_, sgd, record) = of("sgd:lr=0.1");
    assert_eq!((sgd.state, sgd.own), (0, plain));
    let passes = sgd.forward + sgd.backward;
    #[expect(clippy::cast_precision_loss, reason = "few")]
    let want = (20 * passes + plain) as f64;
    assert_eq!(sgd.until(&record, 1).multiply_adds, want, "a step with all 20 training examples");
    let (_, muon, _) = of("muon:lr=0.02");
    // Of 4 × 2: five times 2·(4·2·2) + 2³; of 1 × 4: five times 2·4 + 1.
    assert_eq!(muon.own, plain + 2 * muon.state + 5 * (32 + 8) + 5 * (8 + 1));
    let (_, shampoo, _) = of("shampoo:lr=0.1");
    assert!(shampoo.state >= 16 + 4 && shampoo.state < plain * plain, "{}: on real shapes", shampoo.state);
    let (_, lbfgs, _) = of("lbfgs");
    assert!(lbfgs.state >= 2 * 5 * plain, "{}", lbfgs.state);
    let (_, newton, record) = of("damped_newton");
    assert!(newton.until(&record, 1).multiply_adds > 17.0 * want, "a Hessian is many gradients");
    let (_, search, record) = of("random_search");
    assert!(search.is_without_gradients);
    let spent = search.until(&record, 3);
    #[expect(clippy::cast_precision_loss, reason = "few")]
    let forward = spent.examples * search.forward as f64 + 3.0 * search.own as f64;
    assert_eq!(spent.multiply_adds, forward, "values alone");
}

#[test]
fn energy_of_an_operation_is_horowitz_and_scaled_by_the_significand() {
    let [f64s, f32s, bf16, f16] = ARITHMETIC.map(|a| a.picojoules);
    assert!((f32s - 4.6).abs() < 1e-12 && (f16 - 1.5).abs() < 1e-12);
    assert!((f64s - 20.03).abs() < 0.01 && (bf16 - 0.873).abs() < 0.001, "{f64s} {bf16}");
}

#[test]
fn the_step_that_reaches_a_loss_is_the_first() {
    let (_, _, record) = run("network=4&data=circle(n=100)&steps=300&run=adam:lr=0.05,batch=10");
    let step = reaches(&record, |s| s.train_loss, 0.3).expect("it learns");
    assert!(step > 0 && step.is_multiple_of(record.every));
    for s in &record.scores {
        assert!(s.step >= step || s.train_loss > 0.3);
    }
    assert_eq!(reaches(&record, |s| s.train_loss, -1.0), None);
    assert_eq!(reaches(&record, |s| s.test_loss, f64::MAX), Some(0));
}

#[test]
fn amounts_have_three_digits_and_a_prefix() {
    let words = [0.0, 17.0, 999.7, 1234.0, 12_345_678.0, 4.2e9].map(|v| amount(v, ""));
    assert_eq!(words, ["0", "17", "1 k", "1.23 k", "12.3 M", "4.2 G"]);
    assert_eq!([2.0e-9, 3.456e-5, 0.5].map(|v| amount(v, "J")), ["2 nJ", "34.6 µJ", "500 mJ"]);
    assert_eq!(amount(1500.0, "B"), "1.5 kB");
}

fn scores(norms: &[f64]) -> Scores {
    let layers = norms.iter().map(|n| LayerScores { grad_norm: *n, ..LayerScores::default() });
    Scores { layers: layers.collect(), ..Scores::default() }
}

#[test]
fn a_sentence_tells_where_gradients_vanish_or_grow() {
    let told = |norms: &[f64]| gradients(&scores(norms));
    assert_eq!(
        told(&[4e-7, 1e-3, 0.09]).as_deref(),
        Some("The first layer's gradient is 4·10⁻⁷, the last one's 0.09: 200,000 times smaller.")
    );
    let ends = |norms: &[f64]| {
        let told = told(norms).expect("more than one layer");
        told.rsplit_once(": ").map_or(told.clone(), |(_, end)| end.to_owned())
    };
    assert_eq!(ends(&[0.26, 0.01]), "26 times larger.");
    assert_eq!(ends(&[1e-12, 1.0]), "10¹² times smaller.");
    assert_eq!(ends(&[0.02, 0.1]), "5 times smaller.");
    assert_eq!(ends(&[0.05, 0.1]), "about as large.");
    assert_eq!(ends(&[3e-7, 1e-6, 7e-8]), "hardly anything moves.");
    assert_eq!(ends(&[0.0, 0.1]), "nothing comes through.");
    assert_eq!(ends(&[0.0, 0.0]), "nothing moves.");
    assert!(told(&[0.3, 0.0]).expect("two").ends_with("the last one's 0."));
    assert_eq!(told(&[0.3]), None);
}

#[test]
fn dead_and_saturated_units_are_told_with_the_worst_layer() {
    let mut all = scores(&[1.0, 1.0, 1.0]);
    assert_eq!(units(&all), "");
    (all.layers[0].dead, all.layers[1].dead, all.layers[2].dead) = (0.25, 0.5, 1.0);
    all.layers[0].saturated = 0.123;
    assert_eq!(
        units(&all),
        "50 % of the units give the same for every example in layer 2. 12 % of what units give is at a flat end in layer 1."
    );
}

#[test]
fn bins_hold_a_run_and_do_not_follow_the_cursor() {
    // Two parameters of a layer among three, over three steps.
    let path = [0.0, -1.0, 9.0, 0.5, 1.0, 9.0, 3.0, f64::NAN, 9.0];
    let bins = Bins::of(&path, 3, &(0..2));
    assert_eq!(bins, Bins { low: -1.0, high: 3.0 });
    let counts = bins.count(&[-1.0, 3.0, 1.0, f64::NAN, 1e9]);
    assert_eq!((counts[0], counts[BINS - 1], counts[BINS / 2]), (1, 2, 1));
    assert_eq!(counts.iter().sum::<u32>(), 4);
    let same = Bins::of(&[2.0; 6], 3, &(0..2));
    assert!(same.low < 2.0 && 2.0 < same.high);
    assert_eq!(same.count(&[2.0])[BINS / 2], 1);
    assert_eq!(Bins::of(&[], 3, &(0..2)), Bins { low: -1.0, high: 1.0 });
}
