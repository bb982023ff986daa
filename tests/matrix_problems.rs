//! Problems whose parameters are a matrix: their derivatives, their minima, and how runs on them come out.

mod common {
    pub mod cases;
    pub mod run_text;
    pub mod surface_text;
}

use common::cases::cases;
use common::run_text::matrix_run;
use common::surface_text::matrix;
use descent_lab::export::{csv, csv_header};
use descent_lab::math::{jacobi, linear, num, rng};
use descent_lab::matrix::{self, MatrixObjective, view};
use descent_lab::objective::Objective;
use descent_lab::optim;
use descent_lab::param::ParamSpec;
use descent_lab::run::spec::Problem;
use descent_lab::run::status::explain;
use descent_lab::run::{RunSpec, Settings, Status, trace};
use proptest::prelude::*;

fn read(text: &str) -> MatrixObjective {
    matrix(text).expect(text)
}

/// Problems with several values of their parameters.
fn problems() -> Vec<MatrixObjective> {
    let all = [
        "matrix_lsq",
        "matrix_lsq(k=2)",
        "matrix_lsq(k=8)",
        "associative_memory",
        "associative_memory(k=3;a=1;smoothing=0)",
        "associative_memory(k=5;a=3.5;smoothing=0.9)",
    ];
    assert!(matrix::ALL.iter().all(|s| all.iter().any(|t| t.starts_with(s.key))));
    all.map(read).into()
}

fn somewhere(problem: &MatrixObjective) -> Vec<f64> {
    (0..problem.dim() as u64).map(|i| rng::normal(3, 0, i)).collect()
}

#[test]
fn gradients_and_hessians_agree_with_differences() {
    let step = 1e-5;
    for problem in problems() {
        let (n, x) = (problem.dim(), somewhere(&problem));
        let (mut g, mut h) = (vec![0.0; n], vec![0.0; n * n]);
        let f = problem.value_grad(&x, &mut g);
        assert!((f - problem.value(&x)).abs() < 1e-14 * (1.0 + f.abs()), "{:?}", problem.spec);
        assert!(problem.hessian(&x, &mut h));
        for i in 0..n {
            let at = |by: f64| {
                let mut x = x.clone();
                x[i] += by;
                let mut g = vec![0.0; n];
                (problem.value_grad(&x, &mut g), g)
            };
            let (up, down) = (at(step), at(-step));
            let slope = (up.0 - down.0) / (2.0 * step);
            assert!(
                (slope - g[i]).abs() < 1e-7 * (1.0 + f.abs()),
                "{:?} {i}: {slope}, {}",
                problem.spec,
                g[i]
            );
            for j in 0..n {
                let second = (up.1[j] - down.1[j]) / (2.0 * step);
                let ours = h[i * n + j];
                assert!((second - ours).abs() < 1e-7 * (1.0 + ours.abs()), "{:?} {i} {j}", problem.spec);
                assert_eq!(ours.to_bits(), h[j * n + i].to_bits(), "{:?}: symmetric", problem.spec);
            }
        }
    }
}

#[test]
fn a_sum_of_squares_is_one() {
    for problem in problems() {
        let (n, x) = (problem.dim(), somewhere(&problem));
        let (mut r, mut jacobian, mut g) = (vec![9.0], vec![9.0], vec![0.0; n]);
        if !problem.residuals(&x, &mut r, &mut jacobian) {
            continue;
        }
        let f = problem.value_grad(&x, &mut g);
        assert!((num::dot(&r, &r) - f).abs() < 1e-13 * f);
        assert_eq!(jacobian.len(), r.len() * n);
        let half = linear::product(&linear::transpose(&jacobian, (r.len(), n)), &r, (n, r.len()), 1);
        for (a, b) in half.iter().zip(&g) {
            assert!((2.0 * a - b).abs() < 1e-12 * (1.0 + b.abs()));
        }
    }
}

#[test]
fn least_squares_has_its_minimum_0_for_every_side() {
    for k in 2..=8 {
        let problem = read(&format!("matrix_lsq(k={k})"));
        // From anywhere Newton's step leads to the minimum of a quadratic.
        let (n, mut x) = (problem.dim(), problem.start());
        let (mut g, mut h) = (vec![0.0; n], vec![0.0; n * n]);
        problem.value_grad(&x, &mut g);
        problem.hessian(&x, &mut h);
        let least = jacobi::symmetric_eigen(&h, n).values[n - 1];
        assert!(least > 1e-4, "k = {k}: {least}");
        let step = linear::product(&jacobi::inverse_power(&h, n, -1.0, 0.0), &g, (n, n), 1);
        for (x, s) in x.iter_mut().zip(&step) {
            *x -= s;
        }
        assert!(problem.value(&x) < 1e-20, "k = {k}: {}", problem.value(&x));
        assert_eq!(problem.known_minimum(), Some(0.0));
    }
}

#[test]
fn an_associative_memory_starts_even_and_can_be_filled_exactly() {
    let problem = read("associative_memory(k=6;a=1;smoothing=0.3)");
    let start = problem.start();
    // All answers alike: ln 6 less the entropy of (0.75, 0.05 five times).
    let entropy = -(0.75 * num::ln(0.75) + 0.25 * num::ln(0.05));
    let losses = problem.item_losses(&start).expect("items");
    for loss in &losses {
        assert!((loss - (num::ln(6.0) - entropy)).abs() < 1e-14);
    }
    // 1/i over the sum 2.45
    let weighted: f64 = (1..7).zip(&losses).map(|(i, l)| l / f64::from(i) / 2.45).sum();
    assert!((problem.value(&start) - weighted).abs() < 1e-14);
    let spec = matrix_run("associative_memory(k=6;a=1;smoothing=0.3)", 4000, "sgd:lr=10", "").expect("read");
    let ended = trace(&spec);
    assert!(ended.loss[ended.last()] < 1e-12 && ended.loss[ended.last()] > -1e-14);
    let Status::Converged { step } = ended.status else { panic!("{:?}", ended.status) };
    let sentence = format!("Converged at step {step} to a minimum: the gradient stays below 10⁻⁶.");
    assert_eq!(explain(&spec, &ended), sentence);
    // With certain answers there is no minimum to reach.
    assert_eq!(read("associative_memory(smoothing=0)").known_minimum(), None);
}

#[test]
fn gradient_of_a_memory_has_singular_values_in_proportion_to_the_frequencies() {
    let problem = read("associative_memory(k=8;a=2)");
    let mut g = vec![0.0; 64];
    problem.value_grad(&problem.start(), &mut g);
    let values = jacobi::singular_values(&g, (8, 8));
    // The mean of the answers carries no gradient, so seven of eight, interlaced with the pᵢ.
    assert!(values[7] < 1e-15, "{values:?}");
    let (first, last) = (values[0] / values[6], 49.0);
    assert!(first > 0.5 * last && first < 1.5 * last, "{values:?}");
}

#[test]
fn a_run_on_a_matrix_has_no_point_in_the_plane() {
    let spec = matrix_run("matrix_lsq", 5, "muon", "").expect("readable");
    let trace = trace(&spec);
    assert_eq!((trace.dim, trace.len()), (16, 6));
    assert_eq!((trace.point2(0), trace.point(0)), (None, Some(&spec.start[..])));
    // A square of two has four numbers, not two.
    let small = self::trace(&matrix_run("matrix_lsq(k=2)", 1, "sgd", "").expect("readable"));
    assert_eq!(small.point2(1), None);
}

#[test]
fn a_run_that_diverges_on_a_matrix_is_said_so_without_a_pin_or_a_plane() {
    let spec = matrix_run("matrix_lsq", 2000, "sgd:lr=1", "").expect("readable");
    let ended = trace(&spec);
    let Status::Diverged { step, .. } = ended.status else { panic!("{:?}", ended.status) };
    let sentence = explain(&spec, &ended);
    let advice = "the loss left the finite numbers; a smaller learning rate or clipping may hold it.";
    assert_eq!(sentence, format!("Diverged at step {step}: {advice}"));
    let lost = RunSpec { start: vec![f64::NAN; 16], ..spec };
    assert_eq!(explain(&lost, &trace(&lost)), "The position is not finite at the start.");
}

#[test]
fn a_file_names_every_entry_of_the_matrix() {
    assert_eq!(csv_header(4), "run,step,x0,x1,x2,x3,loss,grad_norm,lr,evaluations");
    assert_eq!(csv_header(2), "run,step,x,y,loss,grad_norm,lr,evaluations");
    let path = trace(&matrix_run("matrix_lsq(k=2)", 3, "sgd:lr=0.01", "").expect("readable"));
    let mut text = String::new();
    csv(2, &path, &mut text);
    assert_eq!(text.lines().count(), 4);
    let numbers: Vec<&str> = text.lines().nth(3).expect("a row").split(',').collect();
    assert_eq!((numbers.len(), numbers[0], numbers[1]), (10, "2", "3"));
    for (text, v) in numbers[2..6].iter().zip(path.point(3).expect("a point")) {
        assert_eq!(text.parse::<f64>().expect("a number").to_bits(), v.to_bits());
    }
}

#[test]
fn what_is_shown_of_a_path_is_what_is_on_it() {
    let spec = matrix_run("associative_memory(k=3)", 12, "adam:lr=0.3", "").expect("readable");
    let (path, problem) = (trace(&spec), read("associative_memory(k=3)"));
    let all: Vec<usize> = (0..13).collect();
    let w = view::weights(&path.x, 3, 7).expect("a row");
    assert_eq!(Some(w), path.point(7));
    assert_eq!(view::weights(&path.x, 3, 13), None);
    let values = view::singular_values(&path.x, 3, &all);
    assert_eq!(values.len(), 13 * 3);
    // ‖W‖² is the sum of their squares.
    let of_row = &values[21..24];
    assert!((num::dot(of_row, of_row) - num::dot(w, w)).abs() < 1e-13);
    let steps = view::step_singular_values(&path.x, 3, &all);
    // No step leaves the last row.
    assert_eq!(steps.len(), 12 * 3);
    let step: Vec<f64> = path.x[9..18].iter().zip(&path.x[..9]).map(|(b, a)| b - a).collect();
    assert_eq!(steps[..3], jacobi::singular_values(&step, (3, 3))[..]);
    assert_eq!(view::step_singular_values(&path.x, 3, &[5]), steps[15..18]);
    let losses = view::item_losses(&problem, &path.x, &all).expect("items");
    assert_eq!(losses.len(), 13 * 3);
    // p ∝ 1, 1/4, 1/9
    let p = [36.0 / 49.0, 9.0 / 49.0, 4.0 / 49.0];
    for (row, losses) in losses.chunks_exact(3).enumerate() {
        assert!((num::dot(&p, losses) - path.loss[row]).abs() < 1e-14, "row {row}");
    }
    assert_eq!(view::item_losses(&read("matrix_lsq"), &[0.0; 16], &[0]), None);
}

#[test]
fn solutions_have_the_smallest_value_and_no_gradient() {
    for problem in
        ["matrix_lsq", "matrix_lsq(k=8)", "associative_memory(k=2)", "associative_memory(a=3;smoothing=0.4)"]
    {
        let problem = read(problem);
        let w = problem.solution().expect("known");
        let mut g = vec![0.0; w.len()];
        let value = problem.value_grad(&w, &mut g);
        assert!(value.abs() < 1e-14, "{problem:?}: {value}");
        assert!(num::norm(&g) < 1e-14, "{problem:?}: {g:?}");
    }
    assert_eq!(read("associative_memory(smoothing=0)").solution(), None, "it lies at infinity");
}

#[test]
fn small_plain_steps_on_the_memory_end_at_its_solution() {
    // Of all solutions the one that shows next to W is that which W goes to.
    let problem = read("associative_memory(k=3;a=0;smoothing=0.5)");
    let path = trace(
        &matrix_run("associative_memory(k=3;a=0;smoothing=0.5)", 3000, "sgd:lr=1", "").expect("readable"),
    );
    let (end, solution) = (path.point(path.last()).expect("a row"), problem.solution().expect("known"));
    for (a, b) in end.iter().zip(&solution) {
        assert!((a - b).abs() < 1e-6, "{end:?} is not {solution:?}");
    }
}

/// An end of the range or of the slider, the default, or a place on the slider.
fn value(p: &ParamSpec, (which, place): (usize, f64)) -> f64 {
    [p.min, p.max, p.slider.0, p.slider.1]
        .get(which)
        .copied()
        .unwrap_or_else(|| if which < 7 { p.default } else { p.at(place) })
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn any_settings_on_a_matrix_give_a_finite_trace_or_a_status(
        on in 0..1000_usize,
        by in 0..1000_usize,
        draws in prop::collection::vec((0..10_usize, 0.0..=1.0_f64), 12),
        large in 1.0..1e6_f64,
        seed: u64,
    ) {
        let spec = matrix::ALL[on % matrix::ALL.len()];
        let params = spec.params.iter().zip(&draws).map(|(p, d)| value(p, *d)).collect();
        let problem = MatrixObjective::with(spec, params);
        let optimizer = optim::ALL[by % optim::ALL.len()];
        let mut settings = Settings::new(optimizer);
        settings.params = optimizer.params.iter().zip(draws.iter().rev()).map(|(p, d)| value(p, *d)).collect();
        let start = problem.start().iter().map(|v| v * large).collect();
        let run = RunSpec { problem: Problem::Matrix(problem), start, steps: 25, seed, settings, edits: Vec::new() };
        let trace = trace(&run);
        prop_assert!(trace.x.iter().chain(&trace.loss).all(|v| v.is_finite()), "{run:?}");
        let whole = match trace.status {
            Status::Diverged { step, .. } => step as usize == trace.len(),
            Status::Unfit { .. } => trace.len() == 1,
            _ => trace.len() == 26,
        };
        prop_assert!(whole, "{:?}: {run:?}", trace.status);
    }
}
