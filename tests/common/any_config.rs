//! Any settings of the page, for what must hold for all of them.

use descent_lab::matrix::{self, MatrixObjective};
use descent_lab::modifier;
use descent_lab::optim;
use descent_lab::param::ParamSpec;
use descent_lab::run::{Edit, Item, ModifierChoice, ScheduleChoice, Settings};
use descent_lab::schedule::{self, MAX_PARTS};
use descent_lab::session::{Config, MAX_RUNS, RunConfig};
use descent_lab::surface::transform::{PARAMS, Transform};
use descent_lab::surface::{self, View};
use proptest::prelude::*;

/// A value anywhere in the range, ends included.
fn value(spec: &ParamSpec, at: f64) -> f64 {
    let v = spec.min + at * (spec.max - spec.min);
    if spec.check(v).is_ok() { v } else { v.floor().max(spec.min) }
}

fn values(specs: &'static [ParamSpec]) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(prop_oneof![Just(None), (0.0..=1.0).prop_map(Some)], specs.len()).prop_map(
        |picks| specs.iter().zip(picks).map(|(p, pick)| pick.map_or(p.default, |at| value(p, at))).collect(),
    )
}

fn modifier_choice() -> impl Strategy<Value = ModifierChoice> {
    (0..modifier::ALL.len()).prop_flat_map(|m| {
        let spec = modifier::ALL[m];
        values(spec.params).prop_map(move |values| ModifierChoice { spec, values })
    })
}

fn schedule_choice() -> impl Strategy<Value = ScheduleChoice> {
    (0..schedule::ALL.len()).prop_flat_map(|s| {
        let spec = schedule::ALL[s];
        (values(spec.params), list(spec)).prop_map(move |(params, list)| {
            let choice = ScheduleChoice::new(spec);
            ScheduleChoice { params, list: list.unwrap_or_else(|| choice.list.clone()), ..choice }
        })
    })
}

/// A list that the schedule takes, or none for the default.
fn list(spec: &'static schedule::ScheduleSpec) -> impl Strategy<Value = Option<Vec<f64>>> {
    let (count, range) = spec.list.map_or(((0, 0), (0.0, 1.0)), |l| (l.count, l.range));
    let numbers = proptest::collection::vec(range.0..=range.1, count.0..=count.1);
    proptest::option::of(numbers).prop_map(move |numbers| {
        let rules = spec.list?;
        let mut numbers = numbers?;
        if rules.rising {
            numbers.sort_by(f64::total_cmp);
        }
        Some(numbers)
    })
}

/// One schedule, or several that follow each other.
fn schedules() -> impl Strategy<Value = ScheduleChoice> {
    let before = proptest::collection::vec((schedule_choice(), 1_u32..20_000), 0..MAX_PARTS);
    (schedule_choice(), prop_oneof![Just(Vec::new()), before]).prop_map(|(last, before)| {
        let join = |then, (choice, steps)| ScheduleChoice { then: Some(Box::new((steps, then))), ..choice };
        before.into_iter().fold(last, join)
    })
}

fn edit(optimizer: &'static optim::OptimizerSpec) -> impl Strategy<Value = Edit> {
    let item = prop_oneof![
        (0..optimizer.params.len(), 0.0..=1.0_f64)
            .prop_map(|(i, at)| Item::Param(i, value(&optimizer.params[i], at))),
        schedules().prop_map(Item::Schedule),
        (0_u32..300).prop_map(Item::Warmup),
        modifier_choice().prop_map(Item::Modifier),
        (0..modifier::ALL.len()).prop_map(|m| Item::ModifierOff(modifier::ALL[m])),
    ];
    (1_u32..400, item).prop_map(|(step, item)| Edit { step, item })
}

fn run() -> impl Strategy<Value = RunConfig> {
    (0..optim::ALL.len()).prop_flat_map(|o| {
        let spec = optim::ALL[o];
        let edits = proptest::collection::vec(edit(spec), 0..4);
        let start = proptest::option::of(proptest::array::uniform2(-9.0..9.0));
        let modifiers = proptest::collection::vec(modifier_choice(), 0..3);
        (values(spec.params), schedules(), 0_u32..100, modifiers, edits, start).prop_map(
            move |(params, schedule, warmup, modifiers, edits, start)| {
                let mut settings = Settings { params, schedule, warmup, ..Settings::new(spec) };
                for m in modifiers {
                    settings.apply(&Item::Modifier(m));
                }
                let mut run = RunConfig::new(settings);
                run.start = start;
                for e in edits {
                    // Of two that set the same at the same step a link keeps the later one.
                    run.edits.retain(|o| o.step != e.step || !o.item.same_target(&e.item));
                    run.edits.push(e);
                }
                run.edits.sort_by_key(|e| e.step);
                run
            },
        )
    })
}

/// A race with its surface or its matrix, runs and edits.
pub fn config() -> impl Strategy<Value = Config> {
    let plane = (proptest::array::uniform2(-1e6..1e6), 1_u32..20_000, 0..(1_u64 << 53), 0.0..10.0);
    let view = proptest::option::of((-50.0..0.0, 0.1..50.0, -50.0..0.0, 0.1..50.0));
    let on_surface = ((0..surface::ALL.len()), plane, view, proptest::collection::vec(run(), 0..=MAX_RUNS));
    let configs = on_surface.prop_flat_map(|(s, (start, steps, seed, noise), view, runs)| {
        let spec = surface::ALL[s];
        let transform = proptest::option::weighted(0.3, values(&PARAMS));
        (values(spec.params), transform).prop_map(move |(params, transform)| {
            let mut config = Config::new(spec);
            config.surface.params = params;
            config.surface.transform = transform.as_deref().and_then(Transform::new);
            config.view = view.map(|(l, r, b, t)| View { x: (l, r), y: (b, t) });
            Config { start, steps, seed, noise, runs: runs.clone(), ..config }
        })
    });
    (configs, proptest::option::weighted(0.2, problem())).prop_map(|(config, problem)| match problem {
        None => config,
        Some(problem) => on_problem(config, problem),
    })
}

fn problem() -> impl Strategy<Value = MatrixObjective> {
    (0..matrix::ALL.len()).prop_flat_map(|m| {
        let spec = matrix::ALL[m];
        values(spec.params).prop_map(move |params| MatrixObjective::with(spec, params))
    })
}

/// The same runs on a matrix, without what belongs to the plane.
fn on_problem(config: Config, problem: MatrixObjective) -> Config {
    let plain = Config::new(Config::default_surface());
    let runs = config.runs.into_iter().map(|run| RunConfig { start: None, ..run }).collect();
    let (surface, start, view) = (plain.surface, plain.start, None);
    Config { surface, start, view, runs, problem: Some(problem), ..config }
}
