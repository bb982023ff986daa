//! The rule of a method with the numbers of a step.

mod common {
    pub mod family;
    pub mod mathml;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::tried;
use common::mathml::line;
use common::run_text::run_spec;
use descent_lab::formula::symbols;
use descent_lab::modifier;
use descent_lab::optim::{self, OptimizerSpec, StateKind};
use descent_lab::param::defaults;
use descent_lab::run::inspect::{Inspection, inspect};
use descent_lab::run::symbols::with_params;

const STEP: u32 = 7;

fn seen(optimizer: &OptimizerSpec) -> Inspection {
    let run = format!("{}:{}", optimizer.key, tried(optimizer));
    let spec = run_spec("rosenbrock", [-1.5, 2.0], 60, &run, "").expect("readable");
    inspect(&spec, STEP).expect("a start")
}

/// Symbols that stay symbols in the line with numbers, where, and why.
const WITHOUT: &[(&str, &[&str], &str)] = &[
    ("f", &["*"], "the function itself"),
    ("I", &["*"], "the identity"),
    ("H", &["*"], "a matrix, or a Hessian that is only multiplied with"),
    ("k", &["gd_line_search", "damped_newton"], "counts the tries of a search; α is what comes of it"),
    ("θ", &["adamw", "radam"], "between two assignments it is not known"),
    ("s", &["rprop"], "between two assignments it is not known"),
    ("y", &["conjugate_gradient"], "only a name for a difference that stands beside it"),
    ("γ", &["lbfgs"], "only a name for a quotient of what is remembered"),
    ("B", &["lbfgs"], "is never made"),
    ("J", &["levenberg_marquardt"], "the Jacobian of the function"),
    ("r", &["levenberg_marquardt"], "the residuals of the function"),
    ("n", &["nelder_mead"], "the number of parameters"),
    ("e", &["nelder_mead"], "one of the points tried, of which a step takes few"),
    ("c", &["nelder_mead"], "one of the points tried, of which a step takes few"),
    ("d", &["nelder_mead"], "one of the points tried, of which a step takes few"),
    ("yᵢ", &["cma_es"], "one for each point"),
    ("wᵢ", &["cma_es"], "one for each point"),
    ("C", &["cma_es"], "a matrix, shown as σ²C"),
    ("Δ", &["spsa"], "random signs, shown as cΔ"),
    ("w", &["simulated_annealing", "quantum_annealing"], "the width of the region"),
    ("ξ", &["simulated_annealing", "quantum_annealing"], "a random draw"),
    ("y", &["quantum_annealing"], "one for each replica"),
    ("p", &["quantum_annealing"], "one for each replica"),
    ("r₁", &["particle_swarm"], "a random draw"),
    ("r₂", &["particle_swarm"], "a random draw"),
    ("a", &["quantum_particle_swarm", "differential_evolution"], "one for each point"),
    ("φ", &["quantum_particle_swarm"], "a random draw"),
    ("u", &["quantum_particle_swarm", "differential_evolution"], "one for each point"),
    ("b", &["differential_evolution"], "one for each point"),
    ("c", &["differential_evolution"], "one for each point"),
    ("a", &["random_search"], "a word"),
];

/// Constants of CMA-ES that follow from the dimension and the size of the population.
const CONSTANTS: [&str; 7] = ["c_σ", "c_c", "c₁", "c_μ", "μ", "d", "χ"];

/// Whether the method shows it as more than a column: a population, a matrix.
fn is_many(seen: &Inspection, symbol: &str) -> bool {
    let letter = symbol.trim_end_matches(|c: char| "₀₁ᵢₙₚ₊₋_PW".contains(c));
    let item = seen.after.iter().find(|i| i.symbol == symbol || i.symbol == letter);
    item.is_some_and(|i| i.values.len() > seen.x.len() && i.kind != StateKind::Number)
}

#[test]
fn every_symbol_of_a_rule_has_a_value_or_a_reason() {
    let mut used = vec![false; WITHOUT.len()];
    for optimizer in optim::ALL {
        let seen = seen(optimizer);
        for (_, numbers) in seen.worked(optimizer) {
            for symbol in symbols(&numbers) {
                let reason = WITHOUT.iter().position(|(name, keys, _)| {
                    *name == symbol && (keys == &["*"] || keys.contains(&optimizer.key))
                });
                let known =
                    is_many(&seen, symbol) || optimizer.key == "cma_es" && CONSTANTS.contains(&symbol);
                assert!(known || reason.is_some(), "{}: {symbol} has no value", optimizer.key);
                if let Some(i) = reason {
                    used[i] = true;
                }
            }
        }
    }
    let idle: Vec<_> = WITHOUT.iter().zip(used).filter(|(_, used)| !used).map(|(w, _)| (w.0, w.1)).collect();
    assert!(idle.is_empty(), "reasons for nothing: {idle:?}");
}

#[test]
fn adam_is_worked_out_with_its_corrected_averages() {
    // f = ½(x² + 4y²) from (2, 1): g = (2, 4), so m̂ = g and v̂ = g² after one step.
    let adam = optim::find("adam").expect("registered");
    let spec = run_spec("ravine(kappa=4)", [2.0, 1.0], 5, "adam:lr=0.1", "").expect("readable");
    let lines: Vec<_> =
        inspect(&spec, 0).expect("a start").worked(adam).iter().map(|(_, n)| line(n)).collect();
    assert_eq!(
        lines,
        [
            "{[ table{0.2 0.4}]}← 0.9 · {[ table{0 0}]}+ {( {1 − 0.9})}· {[ table{2 4}]}",
            "{[ table{0.004 0.016}]}← 0.999 · {[ table{0 0}]}+ {( {1 − 0.999})}· sup{{[ table{2 4}]}2}",
            "{[ table{1.9 0.9}]}← {[ table{2 1}]}− 0.1 · \
             frac{{[ table{2 4}]}{sqrt{{[ table{4 16}]}}+ 10⁻⁸}}",
        ]
    );
}

#[test]
fn the_rate_is_the_one_of_the_step_and_the_gradient_at_a_point_is_one_value() {
    let run = "schedule_free_sgd:lr=0.1,warmup=4";
    let spec = run_spec("ravine(kappa=4)", [2.0, 1.0], 8, run, "").expect("readable");
    let lines =
        inspect(&spec, 1).expect("a start").worked(optim::find("schedule_free_sgd").expect("registered"));
    // A warm-up of four steps, of which this is the second; z has not moved in the first.
    let first = line(&lines[0].1);
    assert_eq!(first, "{[ table{1.95 0.9}]}← {[ table{2 1}]}− 0.025 · {[ table{2 4}]}");
}

/// The cosine of the angle between two ways.
fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn what_a_rule_adds_points_along_the_step_and_what_it_takes_away_against_it() {
    let mut checked = 0;
    for optimizer in optim::ALL {
        let seen = seen(optimizer);
        let step: Vec<f64> = seen.next.iter().zip(&seen.x).map(|(a, b)| a - b).collect();
        for line in optimizer.about.expect("here").rule {
            let Some((added, symbol)) = line.strip_prefix("θ ← θ ").and_then(|rest| {
                Some((rest.starts_with('+'), rest.split(' ').nth(2).or(rest.split(' ').nth(1))?))
            }) else {
                continue;
            };
            let Some(item) = seen.after.iter().find(|i| i.symbol == symbol) else {
                continue;
            };
            let kind = match item.kind {
                StateKind::Direction => -1.0,
                StateKind::Displacement => 1.0,
                _ => continue,
            };
            if step == [0.0, 0.0] {
                continue;
            }
            assert_eq!(kind > 0.0, added, "{}: {symbol}", optimizer.key);
            let along = kind * cosine(&item.values, &step);
            assert!(along > 0.999, "{}: {symbol} is {along} along the step", optimizer.key);
            checked += 1;
        }
    }
    assert!(checked > 12, "only {checked} were found");
}

#[test]
fn the_gradient_that_is_shown_is_the_one_at_the_point() {
    for optimizer in optim::ALL {
        let run = format!("{}:{}", optimizer.key, if optimizer.has_lr() { "lr=1e-4" } else { "" });
        let spec = run_spec("rosenbrock", [-1.5, 2.0], 60, &run, "").expect("readable");
        let seen = inspect(&spec, STEP).expect("a start");
        if seen.gradient == [0.0, 0.0] {
            continue;
        }
        let mut there = [0.0; 2];
        spec.problem.objective().value_grad(&seen.x, &mut there);
        assert_eq!(seen.gradient, there, "{}", optimizer.key);
    }
}

#[test]
fn the_rule_of_a_modifier_is_filled_with_its_settings() {
    let l2 = modifier::find("l2").expect("registered");
    let (rule, filled) = with_params(l2.rule, l2.params, &[0.5]);
    assert_eq!((line(&rule), line(&filled)), ("g ← g + λ * θ".to_owned(), "g ← g + 0.5 * θ".to_owned()));
    for spec in modifier::ALL {
        let (rule, filled) = with_params(spec.rule, spec.params, &defaults(spec.params));
        assert!(symbols(&filled).all(|s| symbols(&rule).any(|r| r == s)), "{}", spec.key);
    }
}
