//! The methods that ask for values alone: counts, what is not finite, invariances, and what holds of most seeds. CMA-ES has
//! a file of its own.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::objective::{Block, Oracle};
use descent_lab::optim::{self, Group, Init, Optimizer, StateKind, StepCtx};
use descent_lab::param;
use descent_lab::run::{RunSpec, Runner, Trace, trace};

/// A function given as it is, which counts what is asked.
struct Plain<F> {
    f: F,
    asked: u32,
}

impl<F: Fn(&[f64]) -> f64> Oracle for Plain<F> {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.asked += 1;
        (self.f)(x)
    }
    fn gradient(&mut self, _: &[f64], _: &mut [f64]) -> f64 {
        panic!("a gradient was asked for")
    }
    fn hessian(&mut self, _: &[f64], _: &mut [f64]) -> bool {
        panic!("a Hessian was asked for")
    }
    fn known_minimum(&self) -> Option<f64> {
        panic!("the minimum was asked for")
    }
    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        panic!("residuals were asked for")
    }
}

/// Runs a method with its defaults in the region (−4, 4)ⁿ; the points after each step, the number of questions, the method.
fn path(
    key: &str,
    start: &[f64],
    steps: u32,
    f: impl Fn(&[f64]) -> f64,
) -> (Vec<Vec<f64>>, Vec<u32>, Box<dyn Optimizer>) {
    let spec = optim::find(key).expect("registered");
    let params = param::defaults(spec.params);
    let (layout, region) = ([Block::vector(start.len())], vec![(-4.0, 4.0); start.len()]);
    let init = Init { x: start, layout: &layout, params: &params, region: &region, seed: 7 };
    let mut method = spec.fresh(&init);
    let (mut x, mut grad) = (start.to_vec(), start.to_vec());
    let mut oracle = Plain { f, asked: 0 };
    let (mut points, mut asked) = (Vec::new(), Vec::new());
    for t in 1..=steps {
        let lr = if spec.has_lr() { params[0] } else { 1.0 };
        let (params, oracle) = (&params, &mut oracle);
        let mut ctx = StepCtx {
            t,
            step: t,
            worker: 0,
            horizon: steps,
            seed: 7,
            lr,
            warmup: 0,
            params,
            oracle,
            grad: &mut grad,
        };
        method.step(&mut x, &mut ctx);
        points.push(x.clone());
        asked.push(oracle.asked);
    }
    (points, asked, method)
}

fn methods() -> impl Iterator<Item = &'static str> {
    optim::ALL.iter().filter(|o| o.group == Group::GradientFree).map(|o| o.key)
}

fn bowl(x: &[f64]) -> f64 {
    x.iter().zip(1..).map(|(x, k)| f64::from(k) * x * x).sum()
}

#[test]
fn they_ask_for_values_and_for_as_many_as_they_say() {
    for key in methods() {
        let (_, asked, _) = path(key, &[2.0, 1.0], 30, bowl);
        let each: Vec<u32> = asked.windows(2).map(|w| w[1] - w[0]).collect();
        let (first, rest) = match key {
            // Three corners and two trials, for the first move expands.
            "nelder_mead" => (5, None),
            "cma_es" => (6, Some(6)),
            "spsa" => (2, Some(2)),
            "simulated_annealing" => (2, Some(1)),
            "quantum_annealing" => (17, Some(16)),
            "particle_swarm" | "quantum_particle_swarm" => (20, Some(20)),
            "differential_evolution" => (15, Some(15)),
            "random_search" => (11, Some(10)),
            _ => panic!("{key} has no row here"),
        };
        assert_eq!(asked[0], first, "{key}");
        match rest {
            Some(count) => assert!(each.iter().all(|e| *e == count), "{key}: {each:?}"),
            None => assert!(each.iter().all(|e| (1..=4).contains(e)), "{key}: {each:?}"),
        }
    }
}

/// Those whose point is the best of all that were asked for.
const BEST_SO_FAR: &[&str] =
    &["nelder_mead", "particle_swarm", "quantum_particle_swarm", "differential_evolution", "random_search"];

#[test]
fn those_that_show_the_best_so_far_never_rise_and_miss_nothing_that_they_asked_for() {
    for key in BEST_SO_FAR {
        let least = std::cell::Cell::new(f64::INFINITY);
        let f = |x: &[f64]| {
            let f = bowl(x) + 3.0 * (x[0] * 9.0).abs().fract();
            least.set(least.get().min(f));
            f
        };
        let (points, ..) = path(key, &[2.0, 1.0, -1.5], 60, f);
        let values: Vec<f64> = points.iter().map(|x| bowl(x) + 3.0 * (x[0] * 9.0).abs().fract()).collect();
        assert!(values.is_sorted_by(|a, b| a >= b), "{key}: {values:?}");
        assert_eq!(values.last(), Some(&least.get()), "{key}");
    }
}

#[test]
fn what_is_not_finite_counts_as_worst() {
    // A half plane without values beside the minimum, in all three ways that a value can be none.
    for none in [f64::INFINITY, f64::NAN, f64::NEG_INFINITY] {
        let f = |x: &[f64]| if x[0] < 0.0 { none } else { bowl(x) };
        for key in methods() {
            let (points, _, method) = path(key, &[2.0, 1.0], 80, f);
            // The mean of CMA-ES is not asked for: it may stand beyond the border, within the cloud.
            let border = if key == "cma_es" { -1e-3 } else { 0.0 };
            let last = points.last().expect("steps");
            assert!(last[0] >= border && last.iter().all(|x| x.is_finite()), "{key}, {none}: {last:?}");
            method.state(&mut |item| {
                assert!(item.values.iter().all(|v| v.is_finite()), "{key}, {none}: {}", item.symbol);
            });
        }
    }
}

#[test]
fn only_the_order_of_the_values_matters_to_those_that_compare() {
    let compares =
        ["nelder_mead", "cma_es", "particle_swarm", "quantum_particle_swarm", "differential_evolution"];
    for key in compares.into_iter().chain(["random_search"]) {
        let (plain, ..) = path(key, &[2.0, 1.0], 25, bowl);
        // An increasing function of f: the last bits differ, and decide nothing here.
        let (other, ..) = path(key, &[2.0, 1.0], 25, |x| bowl(x).sqrt() * 8.0 - 20.0);
        assert_eq!(plain, other, "{key}");
    }
    let (plain, ..) = path("simulated_annealing", &[2.0, 1.0], 25, bowl);
    let (other, ..) = path("simulated_annealing", &[2.0, 1.0], 25, |x| 8.0 * bowl(x));
    assert_ne!(plain, other, "to annealing heights matter");
}

#[test]
fn a_point_moved_from_outside_is_where_they_go_on_from() {
    // Annealed from far away, every method is then put near the minimum, which it must not leave for its own best.
    for key in BEST_SO_FAR.iter().chain(&["simulated_annealing", "quantum_annealing"]) {
        let spec = optim::find(key).expect("registered");
        let params = param::defaults(spec.params);
        let init = Init {
            x: &[3.0, 2.0],
            layout: &[Block::vector(2)],
            params: &params,
            region: &[(-4.0, 4.0); 2],
            seed: 7,
        };
        let mut method = spec.fresh(&init);
        let (mut x, mut grad) = ([3.0, 2.0], [0.0; 2]);
        let mut oracle = Plain { f: bowl, asked: 0 };
        for t in 1..=5 {
            if t == 5 {
                x = [1e-9, -1e-9];
            }
            let (params, oracle) = (&params, &mut oracle);
            let ctx = &mut StepCtx {
                t,
                step: t,
                worker: 0,
                horizon: 5,
                seed: 7,
                lr: 1.0,
                warmup: 0,
                params,
                oracle,
                grad: &mut grad,
            };
            method.step(&mut x, ctx);
        }
        assert!(bowl(&x) < 0.1, "{key}: {x:?}");
    }
}

/// The runs of many seeds.
fn seeds(count: u64, surface: &str, start: [f64; 2], steps: u32, run: &str) -> Vec<Trace> {
    let base = run_spec(surface, start, steps, run, "").expect(run);
    (1..=count).map(|seed| trace(&RunSpec { seed, ..base.clone() })).collect()
}

#[test]
fn a_ring_gets_through_a_barrier_that_heat_alone_climbs_less_often() {
    // From the bottom of the shallow well; the barrier is 1 high, and 1600 values in all.
    let left = |run: &str, steps| {
        let runs = seeds(100, "two_wells", [0.9, 0.0], steps, run);
        assert!(runs.iter().all(|t| t.evaluations[t.last()] <= 1601));
        runs.iter().filter(|t| t.point2(t.last()).is_some_and(|p| p[0] < -0.5)).count()
    };
    let ring = left("quantum_annealing", 100);
    let as_cold = left("simulated_annealing:temperature=0.1", 1600);
    let hot = left("simulated_annealing", 1600);
    // Without fluctuations to speak of, the ring is a cold walk and stays.
    let classical = left("quantum_annealing:field=1e-4", 100);
    // What gets through are long links: steps as long as those get there too, by leaping and not by climbing.
    let leaping = left("simulated_annealing:temperature=0.1,scale=0.3", 1600);
    println!("ring {ring}, as cold {as_cold}, hot {hot}, ring without field {classical}, leaping {leaping}");
    assert!(ring >= 97 && classical == 0, "{ring} and {classical} of 100");
    assert!(as_cold <= 15, "{as_cold} of 100");
    assert!(hot < ring && hot > as_cold, "{hot} of 100");
    assert!(leaping >= 97, "{leaping} of 100");
}

#[test]
fn annealing_visits_a_bowl_as_boltzmann_says() {
    // At a constant T = 1 on ½(x² + y²), the mean of f is T, one half for each coordinate.
    let spec = "simulated_annealing:temperature=1,cooling=1,scale=0.2";
    let runs = seeds(20, "ravine(kappa=1)", [0.0, 0.0], 2000, spec);
    let all: Vec<f64> = runs.iter().flat_map(|t| t.loss[100..].to_vec()).collect();
    let mean = all.iter().sum::<f64>() / f64::from(u32::try_from(all.len()).expect("few"));
    assert!((mean - 1.0).abs() < 0.05, "{mean}");
}

#[test]
fn a_ring_of_replicas_spreads_as_its_springs_say() {
    // Eight replicas on ½(x² + y²) at τ = 1 with springs J/w² = (1/0.05)/64 = 0.3125: the modes of the ring have variances
    // 1/(1 + 0.3125(2 − 2 cos(πk/4))), k = 0 … 7, whose mean is ⅔. So f is ⅔ on average, and not 1.
    let spec = optim::find("quantum_annealing").expect("registered");
    let (params, start) = ([8.0, 1.0, 0.05], [0.0, 0.0]);
    let layout = [Block::vector(2)];
    let init = Init { x: &start, layout: &layout, params: &params, region: &[(-4.0, 4.0); 2], seed: 3 };
    let mut method = spec.fresh(&init);
    let (mut x, mut grad) = (start, start);
    let f = |x: &[f64]| 0.5 * (x[0] * x[0] + x[1] * x[1]);
    let mut oracle = Plain { f, asked: 0 };
    let (mut sum, steps) = (0.0, 12_000);
    for t in 1..=steps {
        let (params, oracle) = (&params, &mut oracle);
        // So long a run that the field does not fall.
        let ctx = &mut StepCtx {
            t,
            step: t,
            worker: 0,
            horizon: u32::MAX,
            seed: 3,
            lr: 1.0,
            warmup: 0,
            params,
            oracle,
            grad: &mut grad,
        };
        method.step(&mut x, ctx);
        method.state(&mut |item| {
            if item.kind == StateKind::Ring {
                sum += item.values.chunks_exact(2).map(f).sum::<f64>() / 8.0;
            }
        });
    }
    let mean = sum / f64::from(steps);
    assert!((mean - 2.0 / 3.0).abs() < 0.02, "{mean}");
}

#[test]
fn the_slope_of_spsa_is_the_gradient_on_average() {
    // On a quadratic, ĝ = (g·Δ)Δ exactly: its mean is g, and its second component deviates by |g₁|.
    let base = run_spec("ravine(kappa=4)", [2.0, 1.0], 1, "spsa:lr=1,c=0.3", "").expect("readable");
    let mut sum = [0.0; 2];
    for seed in 0..4000 {
        let spec = RunSpec { seed, ..base.clone() };
        let mut runner = Runner::new(&spec);
        runner.advance();
        runner.state(&mut |item| {
            if item.symbol == "ĝ" {
                assert_eq!(item.kind, StateKind::Direction);
                sum = [sum[0] + item.values[0], sum[1] + item.values[1]];
            }
        });
    }
    let mean = sum.map(|s| s / 4000.0);
    assert!((mean[0] - 2.0).abs() < 0.25 && (mean[1] - 4.0).abs() < 0.13, "{mean:?}");
}

#[test]
fn populations_find_the_lowest_of_many_minima_and_a_simplex_the_next() {
    let found = |run: &str| {
        let runs = seeds(60, "rastrigin", [-2.6, 3.4], 150, run);
        runs.iter().filter(|t| t.loss[t.last()] < 0.1).count()
    };
    for (run, least) in
        [("particle_swarm", 45), ("quantum_particle_swarm", 45), ("differential_evolution", 54)]
    {
        assert!(found(run) >= least, "{run}: {} of 60", found(run));
    }
    // The baseline comes close by chance now and then.
    assert!(found("random_search") <= 20, "{} of 60", found("random_search"));
    let simplex = trace(&run_spec("rastrigin", [-2.6, 3.4], 150, "nelder_mead", "").expect("readable"));
    assert!(simplex.loss[simplex.last()] > 5.0);
}

#[test]
fn the_figures_that_a_person_sees_are_there() {
    for (key, symbol, kind, count) in [
        ("nelder_mead", "v", StateKind::Polygon, 6),
        ("cma_es", "σ²C", StateKind::Ellipse, 4),
        ("cma_es", "x", StateKind::Samples, 12),
        ("quantum_annealing", "x", StateKind::Ring, 32),
        ("particle_swarm", "x", StateKind::Points, 40),
        ("differential_evolution", "y", StateKind::Samples, 30),
    ] {
        let (.., method) = path(key, &[2.0, 1.0], 3, bowl);
        let mut seen = false;
        method.state(&mut |item| {
            if item.symbol == symbol {
                assert_eq!((item.kind, item.values.len()), (kind, count), "{key} {symbol}");
                seen = true;
            }
        });
        assert!(seen, "{key} shows no {symbol}");
    }
}
