//! The largest stable learning rate: where it is on a quadratic, and how a diverged run is explained by it.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::optim;
use descent_lab::run::status::explain;
use descent_lab::run::{RunSpec, Status, Trace, trace};

fn run(surface: &str, start: [f64; 2], steps: u32, text: &str, edits: &str) -> (RunSpec, Trace) {
    let spec = run_spec(surface, start, steps, text, edits).expect(text);
    let trace = trace(&spec);
    (spec, trace)
}

#[test]
fn the_reason_names_the_rate_and_the_limit_that_it_exceeds() {
    for (surface, text, edits, want) in [
        // λmax = κ = 20
        ("ravine", "sgd:lr=0.2", "", "lr 0.2 exceeds 2/λmax = 0.1 at the start."),
        ("ravine", "sgd:lr=0.02", "50:lr=0.25", "lr 0.25 exceeds 2/λmax = 0.1 at step 50."),
        ("ravine(kappa=100;theta=30)", "sgd:lr=0.5", "", "lr 0.5 exceeds 2/λmax = 0.02 at the start."),
        // the third of five steps of warm-up passes 0.1
        ("ravine", "sgd:lr=0.2,warmup=5", "", "lr 0.12 exceeds 2/λmax = 0.1 at step 2."),
        // 2(1 + μ)
        ("ravine", "momentum:lr=0.3", "", "lr 0.3 exceeds 3.8/λmax = 0.19 at the start."),
        (
            "ravine",
            "momentum:lr=0.15,momentum=0.9",
            "40:momentum=0",
            "lr 0.15 exceeds 2/λmax = 0.1 at step 40.",
        ),
        // 2(1 + μ)/(1 − d), and without d in Keras's convention
        ("ravine", "momentum:lr=0.5,dampening=0.5", "", "lr 0.5 exceeds 7.6/λmax = 0.38 at the start."),
        (
            "ravine",
            "momentum:lr=0.5,dampening=0.5,convention=keras",
            "",
            "lr 0.5 exceeds 3.8/λmax = 0.19 at the start.",
        ),
        // the schedule's μ and not the one that is set: 2(1 + 0.5)/20, passed by 0.3·(1 − 0.48(1 + cos(π k/1499)))
        (
            "ravine",
            "momentum:lr=0.3,momentum=0.9,schedule=one_cycle(m_lo=0.5;m_hi=0.5)",
            "",
            "lr 0.1501 exceeds 3/λmax = 0.15 at step 730.",
        ),
        // (2 + 2μ)/(1 + 2μ) for μ = 0.5
        ("ravine", "nesterov:lr=0.1,momentum=0.5", "", "lr 0.1 exceeds 1.5/λmax = 0.075 at the start."),
    ] {
        let (spec, trace) = run(surface, [-3.2, 2.4], 5000, text, edits);
        let sentence = explain(&spec, &trace);
        let Status::Diverged { step, .. } = trace.status else {
            panic!("{text}: {:?}", trace.status);
        };
        assert_eq!(
            sentence,
            format!("Diverged at step {step}: the loss left the finite numbers; {want}"),
            "{text}"
        );
    }
}

#[test]
fn the_limit_is_where_runs_on_a_quadratic_turn() {
    for text in [
        "sgd:lr=",
        "momentum:momentum=0,lr=",
        "momentum:momentum=0.5,lr=",
        "momentum:momentum=0.9,lr=",
        "momentum:momentum=0.9,dampening=0.5,lr=",
        "momentum:momentum=0.5,dampening=0.5,convention=keras,lr=",
        "qhm:beta=0.9,nu=0,lr=",
        "qhm:beta=0.9,nu=0.7,lr=",
        "qhm:beta=0.5,nu=1,lr=",
        "nesterov:momentum=0,lr=",
        "nesterov:momentum=0.5,lr=",
        "nesterov:momentum=0.9,lr=",
        "nesterov:momentum=0.9,convention=keras,lr=",
        "nesterov:momentum=0.9,convention=paper,lr=",
    ] {
        let settings = run("ravine", [1.0, 1.0], 0, &format!("{text}1"), "").0.settings;
        let limit =
            settings.optimizer.about.and_then(|a| a.stability).expect("has a limit")(&settings.params) / 20.0;
        let far = |share: f64| {
            let (_, trace) = run("ravine", [-3.2, 2.4], 4000, &format!("{text}{}", limit * share), "");
            trace.loss.last().copied().unwrap_or(f64::NAN)
        };
        assert!(far(0.99) < 1e-3, "{text} below {limit}: {}", far(0.99));
        assert!(far(1.01) > 1e3, "{text} above {limit}: {}", far(1.01));
    }
    let without: Vec<_> =
        optim::ALL.iter().filter(|s| s.about.is_none_or(|a| a.stability.is_none())).map(|s| s.key).collect();
    assert!(without.iter().all(|key| !["sgd", "momentum", "nesterov"].contains(key)));
}
