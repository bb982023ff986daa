//! What is special about each of the adaptive methods, and where one becomes another.

mod common {
    pub mod run_text;
    pub mod state;
    pub mod surface_text;
}

use common::run_text::run_spec;
use common::state::{far, moments};
use descent_lab::run::{Trace, trace};

const START: [f64; 2] = [-1.5, 2.0];

fn path(run: &str) -> Trace {
    trace(&run_spec("rosenbrock", START, 200, run, "").expect(run))
}

#[test]
fn at_the_end_of_a_parameter_one_method_is_another() {
    for (one, other) in [
        ("qhm:lr=0.0005,nu=0", "sgd:lr=0.0005"),
        ("qhm:lr=0.0005,beta=0,nu=1", "sgd:lr=0.0005"),
        ("asgd:lr=0.0005,lambd=0", "sgd:lr=0.0005"),
        ("ademamix:lr=0.05,alpha=0", "adam:lr=0.05"),
        ("nadam:lr=0.05,beta1=0", "adam:lr=0.05,beta1=0"),
        ("nadam:lr=0.05,beta1=0,convention=optax", "adam:lr=0.05,beta1=0"),
        ("adan:lr=0.05,beta1=0.9,beta2=1,beta3=0.999", "adam:lr=0.05"),
        ("lion:lr=0.01,beta1=0.9,beta2=0.9", "signum:lr=0.01"),
    ] {
        let away = far(&path(one).x, &path(other).x);
        assert!(away < 1e-9, "{one} is {away:e} away from {other}");
    }
}

#[test]
fn with_the_share_of_its_memory_quasi_hyperbolic_momentum_is_nesterovs() {
    // Nesterov's with an average for a buffer: rates times 1 − β. From rest both buffers begin with (1 − β)g.
    let ours = path("qhm:lr=0.0005,beta=0.9,nu=0.9");
    let theirs = path("nesterov:lr=0.00005,momentum=0.9");
    assert!(far(&ours.x, &theirs.x) < 1e-9);
}

#[test]
fn the_rates_of_amsgrad_never_rise_where_those_of_adam_do() {
    let rises = |run: &str| {
        let moments = moments("rosenbrock", START, 200, run, "");
        let rates =
            moments[1..].windows(2).flat_map(|w| [0, 1].map(|i| (w[0].get("ηᵢ")[i], w[1].get("ηᵢ")[i])));
        rates.filter(|(before, after)| *after > before * (1.0 + 1e-12)).count()
    };
    assert_eq!(rises("amsgrad:lr=0.05,beta2=0.9,convention=optax"), 0);
    assert!(rises("yogi:lr=0.05,beta2=0.9") > 50);
}

#[test]
fn the_denominator_of_yogi_moves_by_the_new_square_at_most() {
    let moments = moments("rosenbrock", START, 200, "yogi:lr=0.05,beta2=0.9", "");
    let mut falls = 0;
    for w in moments.windows(2) {
        for i in 0..2 {
            let (before, after) = (w[0].get("v")[i], w[1].get("v")[i]);
            let square = w[1].gradient[i] * w[1].gradient[i];
            assert!((after - before).abs() <= 0.1 * square * (1.0 + 1e-12) + 1e-12 * before);
            falls += u32::from(after < before);
        }
    }
    assert!(falls > 50, "{falls}");
}

#[test]
fn radam_is_momentum_until_its_average_is_long_enough() {
    for (beta2, first) in [(0.5, None), (0.84, Some(6)), (0.99, Some(6)), (0.999, Some(6))] {
        let run = format!("radam:lr=0.0001,beta2={beta2}");
        let moments = moments("rosenbrock", START, 200, &run, "");
        let divided = moments.iter().position(|m| m.number("r") > 0.0);
        assert_eq!(divided, first, "{run}");
        let r: Vec<f64> = moments[divided.unwrap_or(200)..].iter().map(|m| m.number("r")).collect();
        assert!(r.is_sorted() && r.iter().all(|r| *r <= 1.0), "{run}: {r:?}");
    }
}

#[test]
fn adopt_looks_once_before_it_moves_and_then_no_farther_than_its_clip() {
    let moments = moments("rosenbrock", START, 50, "adopt:lr=0.1,beta1=0", "");
    assert_eq!(moments[1].x, START);
    assert_eq!(moments[1].get("v"), moments[1].gradient.iter().map(|g| g * g).collect::<Vec<_>>());
    for (step, w) in (1..).zip(moments.windows(2)) {
        let longest = 0.1 * f64::from(step - 1).sqrt().sqrt();
        assert!(far(&w[1].x, &w[0].x) <= longest + 1e-15, "step {step}");
    }
}

#[test]
fn a_step_of_rprop_lies_between_its_limits_and_stays_where_the_gradient_turned() {
    let run = "rprop:lr=0.05,step_min=0.002,step_max=0.1";
    let moments = moments("rosenbrock", START, 300, run, "");
    let (mut turned, mut largest, mut smallest) = (0, 0, 0);
    for w in moments.windows(2) {
        for i in 0..2 {
            let (g, last, size) = (w[1].gradient[i], w[0].get("g′")[i], w[1].get("s")[i]);
            let moved = (w[1].x[i] - w[0].x[i]).abs();
            assert!((0.002..=0.1).contains(&size), "{size}");
            assert!((moved - if g * last < 0.0 { 0.0 } else { size }).abs() < 1e-15, "{moved} and {size}");
            turned += u32::from(g * last < 0.0);
            largest += u32::from(size == 0.1);
            smallest += u32::from(size == 0.002);
        }
    }
    assert!(turned > 20 && largest + smallest > 5, "{turned}, {largest}, {smallest}");
}

#[test]
fn a_smaller_rate_makes_every_step_size_of_rprop_smaller() {
    let with = |edits| moments("rosenbrock", START, 40, "rprop:lr=0.05,step_min=0", edits);
    let (plain, slower) = (with(""), with("30:lr=0.005"));
    for i in 0..2 {
        let ratio = plain[31].get("s")[i] / slower[31].get("s")[i];
        assert!((ratio - 10.0).abs() < 1e-12, "{ratio}");
    }
}

#[test]
fn adabelief_strides_where_gradients_are_as_expected() {
    // On a plane slope g is constant: what surprises is only what the average still lacks.
    let step = |run: &str| {
        let moments = moments("logistic", [-40.0, -40.0], 60, run, "");
        far(&moments[60].x, &moments[59].x)
    };
    let (belief, adam) = (step("adabelief:lr=0.001,beta2=0.9"), step("adam:lr=0.001,beta2=0.9,eps=1e-16"));
    assert!(belief > 3.0 * adam, "{belief} and {adam}");
}
