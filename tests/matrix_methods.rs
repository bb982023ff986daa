//! What sets the matrix methods apart: the directions of the axes, the place of the origin, the layers, the rare items.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::{matrix_run, run_spec};
use common::surface_text::matrix;
use descent_lab::math::{jacobi, num};
use descent_lab::matrix::view;
use descent_lab::objective::{Block, Oracle};
use descent_lab::optim::{self, Group, Init, StepCtx};
use descent_lab::param;
use descent_lab::run::{Runner, trace};

/// The largest distance between the path on the ravine turned by θ and the turned path on the ravine that is not.
fn turned_apart(run: &str, theta: f64) -> f64 {
    let angle = theta * std::f64::consts::PI / 180.0;
    let (c, s) = (num::cos(angle), num::sin(angle));
    let turn = |[x, y]: [f64; 2]| [c * x - s * y, s * x + c * y];
    let start = [-3.2, 2.4];
    let plain = trace(&run_spec("ravine", start, 60, run, "").expect(run));
    let turned = trace(&run_spec(&format!("ravine(theta={theta})"), turn(start), 60, run, "").expect(run));
    assert_eq!((plain.len(), turned.len()), (61, 61), "{run}");
    (0..=60).fold(0.0, |largest: f64, row| {
        let (a, b) = (turn(plain.point2(row).expect("a point")), turned.point2(row).expect("a point"));
        largest.max(num::norm(&[a[0] - b[0], a[1] - b[1]]))
    })
}

#[test]
fn shampoo_and_soap_do_not_know_where_the_axes_point() {
    // ε keeps rounding across the first gradient, where there is nothing else to divide by, from being blown up.
    for theta in [17.0, 30.0, -73.0, 160.0] {
        for run in [
            "shampoo:lr=1",
            "shampoo:lr=0.5,eps=0.1",
            "soap:lr=0.1,eps=1e-6",
            "soap:lr=0.05,beta1=0.8,eps=1e-6",
            "muon:lr=0.05",
        ] {
            let apart = turned_apart(run, theta);
            assert!(apart < 1e-9, "{run}, {theta}°: {apart:e}");
        }
        for run in ["adam:lr=0.1", "soap:lr=0.1,precondition_1d=off", "sophia:lr=0.1", "adafactor:lr=0.1"] {
            let apart = turned_apart(run, theta);
            assert!(apart > 1e-3, "{run}, {theta}°: {apart:e}");
        }
    }
}

/// ½ Σ cᵢ(xᵢ − oᵢ)² with c = 1, 2, 3 …
struct Bowl {
    origin: Vec<f64>,
}

#[expect(clippy::cast_precision_loss, reason = "a few")]
fn curvature(i: usize) -> f64 {
    (i + 1) as f64
}

impl Oracle for Bowl {
    fn value(&mut self, x: &[f64]) -> f64 {
        x.iter().zip(&self.origin).enumerate().map(|(i, (x, o))| 0.5 * curvature(i) * (x - o) * (x - o)).sum()
    }
    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        for (i, (g, (x, o))) in grad.iter_mut().zip(x.iter().zip(&self.origin)).enumerate() {
            *g = curvature(i) * (x - o);
        }
        self.value(x)
    }
    fn hessian(&mut self, _: &[f64], _: &mut [f64]) -> bool {
        false
    }
    fn known_minimum(&self) -> Option<f64> {
        Some(0.0)
    }
    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        false
    }
}

/// Where some steps of a method lead in the bowl, layer by layer as in `layout`.
fn end(key: &str, lr: f64, layout: &[Block], start: &[f64], oracle: &mut dyn Oracle) -> Vec<f64> {
    let spec = optim::find(key).expect("registered");
    let mut params = param::defaults(spec.params);
    params[0] = lr;
    let region = vec![(-1.0, 1.0); start.len()];
    let mut method = spec.fresh(&Init { x: start, layout, params: &params, region: &region, seed: 7 });
    let (mut x, mut grad) = (start.to_vec(), vec![0.0; start.len()]);
    for t in 1..=25 {
        let mut ctx = StepCtx {
            t,
            step: t,
            worker: 0,
            horizon: 25,
            seed: 7,
            lr,
            warmup: 0,
            params: &params,
            oracle,
            grad: &mut grad,
        };
        method.step(&mut x, &mut ctx);
    }
    x
}

#[test]
fn lamb_lars_and_adafactor_know_where_the_origin_is_and_others_do_not() {
    let (start, layout) = ([3.0, -2.0], [Block::vector(2)]);
    for (key, knows) in [
        ("lamb", true),
        ("lars", true),
        ("adafactor", true),
        ("sgd", false),
        ("adam", false),
        ("muon", false),
        ("shampoo", false),
        ("soap", false),
        ("sophia", false),
        ("adahessian", false),
    ] {
        let here = end(key, 0.05, &layout, &start, &mut Bowl { origin: vec![0.0; 2] });
        // The same bowl and start, moved by (10, 20) together.
        let there = end(key, 0.05, &layout, &[13.0, 18.0], &mut Bowl { origin: vec![10.0, 20.0] });
        let apart = num::norm(&[there[0] - 10.0 - here[0], there[1] - 20.0 - here[1]]);
        // AdaHessian takes differences of gradients here, whose rounding grows with the numbers.
        assert_eq!(apart > 1e-4, knows, "{key}: {apart:e}");
        assert!(num::norm(&[here[0] - 3.0, here[1] + 2.0]) > 1e-4, "{key} did not move");
    }
}

/// One layer of the bowl.
struct Slice<'a> {
    at: std::ops::Range<usize>,
    whole: &'a mut Bowl,
}

impl Oracle for Slice<'_> {
    fn value(&mut self, _: &[f64]) -> f64 {
        0.0
    }
    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let (mut all, mut slope) = (self.whole.origin.clone(), vec![0.0; self.whole.origin.len()]);
        all[self.at.clone()].copy_from_slice(x);
        self.whole.gradient(&all, &mut slope);
        grad.copy_from_slice(&slope[self.at.clone()]);
        0.0
    }
    fn hessian(&mut self, _: &[f64], _: &mut [f64]) -> bool {
        false
    }
    fn known_minimum(&self) -> Option<f64> {
        None
    }
    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        false
    }
}

#[test]
fn every_layer_goes_its_own_way() {
    let layout = [
        Block { offset: 0, rows: 3, cols: 2 },
        Block::vector(3),
        Block { offset: 9, rows: 2, cols: 4 },
        Block::vector(1),
    ];
    let layout = [layout[0], Block { offset: 6, ..layout[1] }, layout[2], Block { offset: 17, ..layout[3] }];
    let start: Vec<f64> = (0..18).map(|i| num::sin(f64::from(i) + 1.0)).collect();
    let origin: Vec<f64> = (0..18).map(|i| num::cos(f64::from(i))).collect();
    for spec in optim::ALL.iter().filter(|s| s.group == Group::Matrix) {
        let together = end(spec.key, 0.05, &layout, &start, &mut Bowl { origin: origin.clone() });
        for block in layout {
            let at = block.range();
            let mut bowl = Bowl { origin: origin.clone() };
            let mut oracle = Slice { at: at.clone(), whole: &mut bowl };
            let alone = end(spec.key, 0.05, &[Block { offset: 0, ..block }], &start[at.clone()], &mut oracle);
            assert_ne!(alone, start[at.clone()], "{} {block:?} did not move", spec.key);
            assert_eq!(alone, together[at], "{} {block:?}", spec.key);
        }
    }
}

#[test]
fn muon_moves_every_direction_of_a_matrix_equally_far() {
    // Five steps of Newton and Schulz lift what is above 0.01 of the norm into the band and leave nothing above it.
    let (mut inside, mut all) = (0, 0);
    for on in ["matrix_lsq", "matrix_lsq(k=8)", "associative_memory(k=6;a=1)"] {
        let (lr, spec) = (0.02, matrix_run(on, 60, "muon:lr=0.02", "").expect("readable"));
        let (path, side) = (trace(&spec), matrix(on).expect(on).side());
        let steps = view::step_singular_values(&path.x, side, &(0..60).collect::<Vec<_>>());
        let mut runner = Runner::new(&spec);
        for step in steps.chunks_exact(side) {
            runner.advance();
            let mut u = Vec::new();
            runner.state(&mut |item| {
                if item.symbol == "u" {
                    u = item.values.to_vec();
                }
            });
            let size = num::norm(&u);
            let before = jacobi::singular_values(&u, (side, side));
            assert!(step[0] / lr < 1.25, "{on}: {step:?}");
            let large = before.iter().filter(|v| **v > 0.01 * size).count();
            assert!(step[large - 1] / lr > 0.65, "{on}: {step:?} from {before:?}");
            inside += large;
            all += side;
        }
    }
    assert!(inside * 2 > all, "{inside} of {all} were large enough to tell");
}

#[test]
fn gradient_descent_learns_the_frequent_first_and_muon_all_at_nearly_the_same_rate() {
    // The step at which each item's loss is half of what it was; a = 1, so item i is i times as rare as item 1.
    let halved = |run: &str| -> Vec<f64> {
        let spec = matrix_run("associative_memory(a=1)", 3000, run, "").expect(run);
        let problem = matrix("associative_memory(a=1)").expect("readable");
        let losses =
            view::item_losses(&problem, &trace(&spec).x, &(0..3001).collect::<Vec<_>>()).expect("items");
        let step = |i: usize| losses.chunks_exact(8).position(|l| l[i] < 0.5 * losses[i]).expect(run);
        (0..8).map(|i| f64::from(u32::try_from(step(i)).expect("a few"))).collect()
    };
    for run in ["sgd:lr=0.1", "sgd:lr=0.5"] {
        let steps = halved(run);
        for (i, step) in (1..).zip(&steps) {
            let ratio = step / steps[0] / f64::from(i);
            assert!((ratio - 1.0).abs() < 0.05, "{run}: {steps:?}");
        }
    }
    for run in ["muon:lr=0.02", "muon:lr=0.1,momentum=0.8"] {
        let steps = halved(run);
        let (first, last) =
            (steps.iter().copied().fold(f64::MAX, f64::min), steps.iter().copied().fold(0.0, f64::max));
        assert!(last < 2.0 * first, "{run}: {steps:?}");
    }
}

/// The losses of the items after some steps at the constant rate, and of the other settings, that make `measure` smallest.
/// Rates are three a decade from 0.002 to 1000.
fn tuned(
    on: &str,
    steps: u32,
    settings: &[&str],
    measure: fn(f64, &[f64]) -> f64,
) -> (f64, Vec<f64>, String) {
    let problem = matrix(on).expect(on);
    let mut best = (f64::INFINITY, Vec::new(), String::new());
    for setting in settings {
        for third in -8..=9 {
            let run =
                format!("{setting}lr={}", num::round_significant(num::pow(10.0, f64::from(third) / 3.0), 3));
            let path = trace(&matrix_run(on, steps, &run, "").expect("readable"));
            if path.len() != steps as usize + 1 {
                continue;
            }
            let items = problem.item_losses(&path.x[steps as usize * 64..]).expect("items");
            let measured = measure(path.loss[steps as usize], &items);
            if measured < best.0 {
                best = (measured, items, run);
            }
        }
    }
    best
}

const SGD: &[&str] = &["sgd:", "momentum:momentum=0.5,", "momentum:momentum=0.8,", "momentum:momentum=0.9,"];
const ADAM: &[&str] =
    &["adam:", "adam:beta1=0.5,", "adam:beta1=0.95,beta2=0.95,", "adam:beta1=0.5,beta2=0.9,"];
const MUON: &[&str] = &["muon:momentum=0,", "muon:momentum=0.5,", "muon:momentum=0.8,", "muon:"];

fn worst(_: f64, items: &[f64]) -> f64 {
    items.iter().copied().fold(0.0, f64::max)
}

/// Twenty steps, the first item 512 times as frequent as the last. Whether each method is tuned for the loss as a whole, or for
/// that of the item it does worst on, Muon knows the rare items by then and the others do not.
#[test]
fn with_a_long_tail_muon_learns_the_rare_items_soonest() {
    let on = "associative_memory(k=8;a=3)";
    for (name, measure) in [("loss", (|f, _| f) as fn(f64, &[f64]) -> f64), ("worst item", worst)] {
        let [sgd, adam, muon] = [SGD, ADAM, MUON].map(|settings| tuned(on, 20, settings, measure));
        println!("tuned for {name}: {sgd:?}\n{adam:?}\n{muon:?}");
        for other in [&sgd, &adam] {
            // The rarest two.
            for i in [6, 7] {
                assert!(muon.1[i] < 0.1 * other.1[i], "item {i}, tuned for {name}: {muon:?}, {other:?}");
            }
            assert!(muon.0 < other.0, "{name}: {muon:?}, {other:?}");
        }
    }
}

/// The other side: with a short tail, all data at every step and time enough, gradient descent at the edge of stability has
/// learned everything, and Muon, whose step does not shrink with the gradient, circles at a distance.
#[test]
fn with_a_short_tail_gradient_descent_ends_nearer() {
    let [sgd, muon] = [SGD, MUON].map(|settings| tuned("associative_memory(k=8;a=1)", 60, settings, worst));
    assert!(sgd.0 < 0.01 * muon.0, "{sgd:?}, {muon:?}");
}

#[test]
fn random_signs_find_the_diagonal_of_the_hessian_on_average() {
    // Curvatures 1 and 20, turned by 30°: the diagonal is (5.75, 15.25), off it −8.2272….
    let spec = run_spec("ravine(theta=30)", [1.0, 1.0], 4000, "adahessian:lr=0", "").expect("readable");
    let mut runner = Runner::new(&spec);
    let (mut sum, mut values) = ([0.0; 2], std::collections::BTreeSet::new());
    for _ in 0..4000 {
        runner.advance();
        runner.state(&mut |item| {
            if item.symbol == "D" {
                sum = [sum[0] + item.values[0], sum[1] + item.values[1]];
                values.insert(format!("{:.3}", item.values[0]));
            }
        });
    }
    let mean = sum.map(|s| s / 4000.0);
    // Four standard errors: 8.23/√4000.
    assert!((mean[0] - 5.75).abs() < 0.52 && (mean[1] - 15.25).abs() < 0.52, "{mean:?}");
    assert_eq!(values.into_iter().collect::<Vec<_>>(), ["-2.477", "13.977"]);
}

#[test]
fn sophia_looks_at_the_hessian_only_every_so_many_steps() {
    for (run, at) in [
        ("sophia:lr=0.01", [0, 1, 1, 1, 2, 3]),
        ("sophia:lr=0.01,interval=1", [0, 1, 2, 10, 11, 25]),
        ("sophia:lr=0.01,interval=1000,convention=optax", [0, 1, 1, 1, 1, 1]),
    ] {
        let trace = trace(&run_spec("rosenbrock", [-1.5, 2.0], 25, run, "").expect(run));
        assert_eq!([0, 1, 2, 10, 11, 25].map(|row: usize| trace.hessians[row]), at, "{run}");
        assert_eq!(trace.evaluations[25], 25, "{run}");
    }
}

#[test]
fn without_a_hessian_the_diagonal_comes_from_gradients() {
    // The bowl gives none; its diagonal is (1, 2) and nothing beside it, so one pair of signs is exact.
    let layout = [Block::vector(2)];
    let start = [3.0, -2.0];
    for key in ["sophia", "adahessian"] {
        let x = end(key, 0.1, &layout, &start, &mut Bowl { origin: vec![0.0; 2] });
        let spec = run_spec("ravine(kappa=2)", start, 25, &format!("{key}:lr=0.1"), "").expect("readable");
        let point = trace(&spec).point2(25).expect("a point");
        for (a, b) in x.iter().zip(point) {
            assert!((a - b).abs() < 1e-7, "{key}: {x:?} is not {point:?}");
        }
    }
}
