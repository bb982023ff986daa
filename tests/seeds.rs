//! Luck: quantiles, fans of seeds, noise of a run's own, noise as it is seen.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::link::Link;
use descent_lab::math::num;
use descent_lab::math::quantile::{quantile, sort};
use descent_lab::run::fan::{Cloud, Fan, Fans};
use descent_lab::run::inspect::inspect;
use descent_lab::run::{RunSpec, Status, Trace, trace};
use descent_lab::session::{Command, Session};

fn spec(run: &str, steps: u32) -> RunSpec {
    run_spec("rosenbrock", [-1.5, 2.0], steps, run, "").expect("readable")
}

fn whole(spec: &RunSpec, count: u32) -> Fan {
    let mut fan = Fan::new(spec, count).expect("a run that is here");
    while fan.advance(37) {}
    fan
}

#[test]
fn quantiles_are_those_of_the_definition() {
    // numpy.quantile([1, 2, 4, 8], p) with its default method.
    let values = [1.0, 2.0, 4.0, 8.0];
    for (p, want) in [(0.0, 1.0), (0.1, 1.3), (0.25, 1.75), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
        let got = quantile(&values, p).expect("values");
        assert!((got - want).abs() < 1e-12, "{p}: {got}");
    }
    assert_eq!(quantile(&[5.0], 0.9), Some(5.0));
    assert_eq!(quantile(&[], 0.5), None);
    assert_eq!(quantile(&[-f64::MAX, f64::MAX], 0.5), Some(0.0), "no overflow on the way");
    let mut mixed = vec![3.0, f64::NAN, -1.0, f64::INFINITY, 2.0];
    sort(&mut mixed);
    assert_eq!(mixed, [-1.0, 2.0, 3.0]);
}

#[test]
fn a_fan_is_the_run_with_one_seed_after_the_other() {
    for run in ["sgd:lr=0.0005,noise=5", "spsa", "cma_es", "simulated_annealing"] {
        let spec = spec(run, 80);
        let fan = whole(&spec, 6);
        assert_eq!(fan.traces().len(), 6);
        for (i, traced) in (0..).zip(fan.traces()) {
            let want = trace(&RunSpec { seed: spec.seed + i, ..spec.clone() });
            assert_eq!(*traced, want, "{run}, seed {i}");
        }
        assert!(!fan.is_one(), "{run}");
    }
}

#[test]
fn where_the_seed_makes_no_difference_the_fan_says_so() {
    assert!(whole(&spec("adam:lr=0.05", 50), 5).is_one());
    let mut fan = Fan::new(&spec("adam:lr=0.05", 50), 5).expect("here");
    fan.advance(10);
    assert!(!fan.is_one() && fan.traces().is_empty(), "nothing is known yet");
}

/// Works until all is known; how often something new was shown.
fn finish(fans: &mut Fans) -> u32 {
    let mut news = 0;
    while !fans.is_done() {
        news += u32::from(fans.work(|| false));
    }
    news
}

#[test]
fn a_fan_stays_until_the_next_one_has_its_first_runs() {
    let (old, new) = (spec("sgd:lr=0.0005,noise=5", 80), spec("sgd:lr=0.0004,noise=5", 80));
    let mut fans = Fans::default();
    assert!(!fans.want(Some((&old, 16)), 0) && fans.seen().is_none());
    let news = finish(&mut fans);
    assert!((2..=3).contains(&news), "shown first with eight runs, then with sixteen: {news}");
    let version = fans.version();
    assert!(!fans.want(Some((&new, 16)), 0), "the old one stays");
    assert!(!fans.work(|| false) && fans.seen().is_some_and(|fan| fan.is_of(&old, 16)));
    finish(&mut fans);
    assert!(fans.seen().is_some_and(|fan| fan.is_of(&new, 16)) && fans.version() != version);
    // Back to one that was whole there is nothing to work out.
    assert!(fans.want(Some((&old, 16)), 0) && fans.is_done());
    assert!(fans.want(None, 0) && fans.seen().is_none() && fans.is_done());
}

#[test]
fn the_fan_of_another_run_with_the_same_settings_is_drawn_as_its_own() {
    let spec = spec("sgd:lr=0.0005,noise=5", 40);
    let mut fans = Fans::default();
    fans.want(Some((&spec, 8)), 0);
    finish(&mut fans);
    let version = fans.version();
    assert!(!fans.want(Some((&spec, 8)), 0), "nothing is new");
    assert!(fans.want(Some((&spec, 8)), 2), "another colour is");
    assert!(fans.run() == 2 && fans.version() != version && fans.is_done());
}

#[test]
fn fans_that_are_kept_do_not_fill_the_memory() {
    let mut fans = Fans::default();
    for (seed, steps) in (0..8).zip([4000, 20, 4000, 4000, 20, 4000, 20, 20]) {
        let spec = RunSpec { seed, ..spec("sgd:lr=0.0005,noise=1", steps) };
        fans.want(Some((&spec, 64)), 0);
        finish(&mut fans);
        assert!(fans.seen().is_some_and(|fan| fan.rows() == 64 * (steps as usize + 1)));
        assert!(fans.kept_rows() <= 500_000, "{}", fans.kept_rows());
    }
    assert!(fans.kept_rows() > 0);
}

#[test]
fn bands_hold_the_middle_of_the_runs_that_are_finite() {
    let spec = spec("sgd:lr=0.0005,noise=20", 100);
    let fan = whole(&spec, 21);
    let bands = fan.bands(|t| &t.loss, 1000);
    assert_eq!(bands.steps, (0..=100).collect::<Vec<_>>());
    for (step, [low, middle, high]) in bands.steps.iter().zip(&bands.values) {
        let mut values: Vec<f64> = fan.traces().iter().map(|t| t.loss[*step as usize]).collect();
        values.sort_by(f64::total_cmp);
        // Of 21 values those of 10, 50 and 90 % are the third, the eleventh and the nineteenth.
        assert_eq!([*low, *middle, *high], [values[2], values[10], values[18]], "step {step}");
    }
    assert_eq!(bands.values[0], [fan.traces()[0].loss[0]; 3], "all start at one place");
    let few = fan.bands(|t| &t.loss, 11);
    assert_eq!((few.steps.len(), few.steps.first(), few.steps.last()), (11, Some(&0), Some(&100)));
    assert_eq!(few.values[5], bands.values[50]);
}

#[test]
fn runs_that_diverge_are_counted_and_leave_the_bands() {
    let spec = spec("sgd:lr=0.0021,noise=60", 60);
    let fan = whole(&spec, 24);
    let diverged = |t: &&Trace| matches!(t.status, Status::Diverged { .. });
    let lost = fan.traces().iter().filter(diverged).count();
    assert!(lost > 0 && lost < 24, "{lost} of 24: choose another rate");
    assert_eq!(fan.ended_before(60), lost);
    let bands = fan.bands(|t| &t.loss, 1000);
    assert_eq!(bands.alive.last(), Some(&(24 - u32::try_from(lost).expect("few"))));
    assert!(bands.values.iter().flatten().all(|v| v.is_finite()));
    let cloud = fan.cloud(60).expect("some are left");
    assert_eq!(cloud.points.len(), 24 - lost);
}

#[test]
fn the_ellipse_holds_four_fifths_of_the_points() {
    let fan = whole(&spec("sgd:lr=0.0005,noise=20", 100), 64);
    let cloud = fan.cloud(100).expect("points");
    let [a, b] = cloud.axes;
    let inside = |p: &&[f64; 2]| {
        let d = [p[0] - cloud.median[0], p[1] - cloud.median[1]];
        let part = |axis: [f64; 2]| num::dot(&d, &axis) / num::dot(&axis, &axis);
        num::norm(&[part(a), part(b)]) <= 1.0 + 1e-12
    };
    let share = cloud.points.iter().filter(inside).count();
    assert!((50..=52).contains(&share), "{share} of 64");
    // All at one place, or in a line.
    let start = fan.cloud(0).expect("points");
    assert_eq!((start.median, start.axes), ([-1.5, 2.0], [[0.0; 2]; 2]));
    let line = Cloud::of((0..=10).map(|i| [f64::from(i), 2.0 * f64::from(i)]).collect()).expect("points");
    assert_eq!(line.median, [5.0, 10.0]);
    assert!((num::norm(&line.axes[0]) - 4.0 * 5.0_f64.sqrt()).abs() < 1e-9 && line.axes[1] == [0.0; 2]);
    assert_eq!(Cloud::of(Vec::new()), None);
}

#[test]
fn runs_share_their_noise_or_have_their_own() {
    let link = |more: &str| {
        let text =
            format!("seed=3&noise=2{more}&run=sgd:lr=0.0005&run=sgd:lr=0.0005&run=sgd:lr=0.0005,noise=2");
        let (link, notices) = Link::read(&text);
        assert!(notices.is_empty(), "{notices:?}");
        link
    };
    let prints = |more: &str| {
        let config = link(more).config;
        [0, 1, 2].map(|i| trace(&config.run_spec(i)).fingerprint())
    };
    let shared = prints("");
    assert_eq!(shared, [shared[0]; 3]);
    assert_eq!(prints("&noise_of=all"), shared);
    let own = prints("&noise_of=run");
    assert!(own[0] != own[1] && own[1] != own[2] && own[0] != own[2] && !own.contains(&shared[0]));
    // It is in the link, and in the link of a run alone.
    let link = link("&noise_of=run");
    assert!(link.write().contains("&noise_of=run&"), "{}", link.write());
    assert_eq!(Link::read(&link.write()).0, link);
    for (i, own) in own.into_iter().enumerate() {
        let spec = link.config.run_spec(i);
        let alone = Link::read(&Link::of_run(&spec).write()).0.config.run_spec(0);
        assert_eq!(trace(&alone).fingerprint(), own, "run {i}");
    }
    let (_, notices) = Link::read("noise_of=me");
    assert_eq!(notices.len(), 1);
}

#[test]
fn noise_that_is_switched_on_later_is_of_the_run_too_and_all_can_be_undone() {
    let text = "run=sgd:lr=0.0005&run=sgd:lr=0.0005&edit=1@10:noise=3&edit=2@10:noise=3";
    let mut session = Session::new(Link::read(text).0.config);
    let prints = |s: &Session| [0, 1].map(|i| s.traces()[i].fingerprint());
    let before = prints(&session);
    assert_eq!(before[0], before[1]);
    assert!(session.apply(Command::SetNoiseOfRun(true)).traces);
    let own = prints(&session);
    assert!(own[0] != own[1] && own[0] != before[0]);
    assert_eq!(session.traces()[0].x[..22], session.traces()[1].x[..22], "the same up to the edit");
    let _ = session.apply(Command::Undo);
    assert_eq!(prints(&session), before);
}

#[test]
fn the_noise_that_is_seen_is_the_noise_that_acts() {
    for (noise, relative) in
        [("noise=0.5", false), ("noise=0.5/relative", true), ("noise=0.5/absolute/4", false)]
    {
        let spec = spec(&format!("sgd:lr=0.0005,{noise}"), 20);
        for step in [0, 9] {
            let seen = inspect(&spec, step).expect("a start");
            let noise = seen.noise.as_ref().expect("noise");
            for ((g, n), sum) in noise.gradient.iter().zip(&noise.drawn).zip(&seen.gradient) {
                assert_eq!((g + n).to_bits(), sum.to_bits());
            }
            let want = if relative { 0.5 * num::norm(&noise.gradient) / 2.0_f64.sqrt() } else { 0.5 };
            assert!((noise.sigma - want).abs() < 1e-12 * want);
        }
    }
    assert_eq!(inspect(&spec("sgd:lr=0.0005", 20), 3).expect("a start").noise, None);
}
