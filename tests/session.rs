//! The session: commands, edits from here and from the start, undo, and the cursor.

use descent_lab::look::{self, Overlay};
use descent_lab::matrix;
use descent_lab::modifier;
use descent_lab::optim;
use descent_lab::run::{Item, ModifierChoice, Trace};
use descent_lab::session::{Command, Config, EditMode, MAX_RUNS, Outcome, Session};
use descent_lab::surface::{self, View};

const LR: usize = 0;

fn session() -> Session {
    Session::new(Config::welcome())
}

fn lr(session: &Session, run: usize, step: u32) -> f64 {
    session.config().runs[run].settings_at(step).params[LR]
}

fn set_lr(session: &mut Session, run: usize, value: f64) {
    let _ = session.apply(Command::Set(run, Item::Param(LR, value)));
}

fn at(session: &mut Session, step: u32) {
    let _ = session.apply(Command::Seek(step));
}

fn rows(trace: &Trace, rows: std::ops::Range<usize>) -> Vec<u64> {
    trace.x[rows.start * 2..rows.end * 2].iter().map(|v| v.to_bits()).collect()
}

#[test]
fn a_setting_of_all_runs_is_one_change_that_can_be_undone() {
    let mut s = session();
    let batch = |s: &Session| -> Vec<Option<f64>> {
        let runs = s.config().runs.iter();
        runs.map(|run| run.settings_at(0).modifier("batch").map(|m| m.values[0])).collect()
    };
    let spec = modifier::find("batch").expect("a modifier");
    for size in [8.0, 32.0] {
        let mut choice = ModifierChoice::new(spec);
        choice.values[0] = size;
        let _ = s.apply(Command::SetAll(Item::Modifier(choice)));
    }
    assert_eq!(batch(&s), [Some(32.0); 3]);
    let _ = s.apply(Command::EndGesture);
    let _ = s.apply(Command::SetAll(Item::ModifierOff(spec)));
    assert_eq!(batch(&s), [None; 3]);
    let _ = s.apply(Command::Undo);
    assert_eq!(batch(&s), [Some(32.0); 3]);
    let _ = s.apply(Command::Undo);
    assert_eq!(batch(&s), [None; 3], "both sizes were of one drag");
}

#[test]
fn a_change_from_here_keeps_the_past_and_bends_the_future() {
    let mut s = session();
    let before = s.traces()[0].clone();
    at(&mut s, 120);
    set_lr(&mut s, 0, 0.01);
    let after = &s.traces()[0];
    assert_eq!(rows(&before, 0..121), rows(after, 0..121));
    assert_ne!(rows(&before, 121..122), rows(after, 121..122));
    assert_eq!((lr(&s, 0, 119), lr(&s, 0, 120)), (0.05, 0.01));
    assert_eq!(s.config().runs[0].edits.len(), 1);
}

#[test]
fn a_change_from_the_start_bends_the_whole_path_and_lifts_what_hides_it() {
    let mut s = session();
    at(&mut s, 120);
    set_lr(&mut s, 0, 0.01);
    at(&mut s, 300);
    set_lr(&mut s, 0, 0.02);
    at(&mut s, 200);
    let _ = s.apply(Command::SetEditMode(EditMode::FromStart));
    set_lr(&mut s, 0, 0.03);
    assert_eq!([0, 120, 200, 299, 300].map(|k| lr(&s, 0, k)), [0.03, 0.03, 0.03, 0.03, 0.02]);
}

#[test]
fn a_change_at_the_end_acts_on_the_whole_run() {
    let mut s = session();
    at(&mut s, 500);
    set_lr(&mut s, 0, 0.01);
    assert_eq!(lr(&s, 0, 0), 0.01);
    assert!(s.config().runs[0].edits.is_empty());
}

#[test]
fn a_drag_that_ends_where_it_began_leaves_nothing_to_undo() {
    let mut s = session();
    let begun = s.config().start;
    let _ = s.apply(Command::Hold);
    for start in [[0.5, 0.5], [1.0, 0.5], begun] {
        let _ = s.apply(Command::SetStart(start));
    }
    let _ = s.apply(Command::EndGesture);
    assert_eq!(s.can_undo_redo(), (false, false));
    let _ = s.apply(Command::SetStart([0.5, 0.5]));
    let _ = s.apply(Command::EndGesture);
    assert_eq!(s.can_undo_redo(), (true, false));
}

#[test]
fn removing_a_run_leaves_the_open_one_open() {
    let mut s = session();
    let _ = s.apply(Command::Focus(2));
    let _ = s.apply(Command::RemoveRun(0));
    assert_eq!(s.focus, 1);
}

#[test]
fn dragging_makes_one_edit_and_one_undo() {
    let mut s = session();
    at(&mut s, 50);
    let _ = s.apply(Command::Hold);
    for value in [0.04, 0.03, 0.02] {
        set_lr(&mut s, 0, value);
    }
    let _ = s.apply(Command::EndGesture);
    assert_eq!(s.config().runs[0].edits.len(), 1);
    let _ = s.apply(Command::Undo);
    assert_eq!(lr(&s, 0, 500), 0.05);
    assert!(!s.can_undo_redo().0);
    let _ = s.apply(Command::Redo);
    assert_eq!(lr(&s, 0, 500), 0.02);
}

#[test]
fn only_another_surface_or_view_makes_the_map_old() {
    let mut s = session();
    assert!(!s.apply(Command::SetStart([0.1, 0.2])).view);
    assert!(!s.apply(Command::SetNoise(0.1)).view);
    assert!(!s.apply(Command::AddRun).view);
    assert!(s.apply(Command::SetSurfaceParam(1, 50.0)).view);
    assert!(s.apply(Command::SetSurface(surface::find("beale").unwrap())).view);
    assert!(s.apply(Command::Undo).view);
}

#[test]
fn two_drags_are_two_undos() {
    let mut s = session();
    set_lr(&mut s, 0, 0.04);
    let _ = s.apply(Command::EndGesture);
    set_lr(&mut s, 0, 0.03);
    let _ = s.apply(Command::Undo);
    assert_eq!(lr(&s, 0, 0), 0.04);
}

#[test]
fn a_change_back_to_what_was_in_force_leaves_no_mark() {
    let mut s = session();
    at(&mut s, 50);
    set_lr(&mut s, 0, 0.04);
    set_lr(&mut s, 0, 0.05);
    assert!(s.config().runs[0].edits.is_empty());
}

#[test]
fn holding_stops_the_cursor_and_letting_go_frees_it() {
    let mut s = session();
    let _ = s.apply(Command::Play);
    assert!(s.advance(0.1));
    let _ = s.apply(Command::Hold);
    assert!(!s.advance(0.1));
    let _ = s.apply(Command::EndGesture);
    assert!(s.advance(0.1));
}

#[test]
fn playing_ends_at_the_horizon_and_starts_over_from_there() {
    let mut s = session();
    let _ = s.apply(Command::SetSpeed(100.0));
    let _ = s.apply(Command::Play);
    for _ in 0..20 {
        s.advance(0.1);
    }
    assert_eq!((s.playback.step(), s.playback.playing), (500, false));
    let _ = s.apply(Command::TogglePlay);
    assert_eq!((s.playback.step(), s.playback.playing), (0, true));
}

#[test]
fn every_change_can_be_undone_and_redone_exactly() {
    let commands = |s: &Session| {
        vec![
            Command::SetSurfaceParam(1, 50.0),
            Command::SetStart([0.5, 0.5]),
            Command::SetSteps(50),
            Command::SetSeed(9),
            Command::SetNoise(0.1),
            Command::AddRun,
            Command::DuplicateRun(1),
            Command::RemoveRun(0),
            Command::SetOptimizer(0, optim::find("lion").unwrap()),
            Command::Set(1, Item::Warmup(20)),
            Command::SetSurface(surface::find("himmelblau").unwrap()),
            Command::Load(Box::new(Config { steps: 7, ..s.config().clone() })),
        ]
    };
    let mut s = session();
    let mut states = vec![s.config().clone()];
    for command in commands(&s) {
        let outcome = s.apply(command.clone());
        assert!(outcome.traces && outcome.link, "{command:?}");
        states.push(s.config().clone());
        assert_eq!(s.traces().len(), s.config().runs.len());
    }
    for state in states.iter().rev().skip(1) {
        let _ = s.apply(Command::Undo);
        assert_eq!(s.config(), state);
    }
    for state in &states[1..] {
        let _ = s.apply(Command::Redo);
        assert_eq!(s.config(), state);
    }
}

#[test]
fn another_optimizer_keeps_the_values_that_both_have() {
    let mut s = session();
    at(&mut s, 100);
    let _ = s.apply(Command::Set(1, Item::Param(1, 0.8)));
    at(&mut s, 0);
    let _ = s.apply(Command::Set(1, Item::Param(1, 0.95)));
    let _ = s.apply(Command::SetOptimizer(1, optim::find("rmsprop").unwrap()));
    let run = &s.config().runs[1];
    assert_eq!((run.settings.params[0], run.settings.params[3]), (0.0005, 0.95));
    assert_eq!(run.edits[0].item, Item::Param(3, 0.8));
}

#[test]
fn zooming_is_not_undone_with_the_settings() {
    let mut s = session();
    set_lr(&mut s, 0, 0.01);
    let view = Some(View::square(0.5));
    let _ = s.apply(Command::SetView(view));
    let _ = s.apply(Command::Undo);
    assert_eq!(s.config().view, view);
    assert_eq!(lr(&s, 0, 0), 0.05);
}

#[test]
fn a_view_in_numbers_or_fitted_is_undone_and_tells_that_the_map_is_old() {
    let mut s = session();
    let zoomed = Some(View::square(0.5));
    let _ = s.apply(Command::SetView(zoomed));
    let outcome = s.apply(Command::Frame(Some(View::square(3.0))));
    assert!(outcome.view && !outcome.traces);
    let _ = s.apply(Command::SetView(Some(View::square(2.0))));
    assert!(s.apply(Command::Undo).view);
    assert_eq!(s.config().view, zoomed);
    let _ = s.apply(Command::Redo);
    assert_eq!(s.config().view, Some(View::square(2.0)));
}

#[test]
fn a_view_that_links_cannot_hold_is_not_shown() {
    let mut s = session();
    for half in [1e-10, f64::NAN, 1e10] {
        let _ = s.apply(Command::SetView(Some(View::square(half))));
        let _ = s.apply(Command::Frame(Some(View::square(half))));
        assert_eq!(s.config().view, None, "{half}");
    }
}

#[test]
fn a_link_that_was_loaded_is_undone_with_its_view() {
    let mut s = session();
    let before = Some(View::square(0.5));
    let _ = s.apply(Command::SetView(before));
    let loaded = Config { view: Some(View::square(3.0)), start: [1.0, 1.0], ..s.config().clone() };
    let _ = s.apply(Command::Load(Box::new(loaded)));
    let zoomed = Some(View::square(2.0));
    let _ = s.apply(Command::SetView(zoomed));
    let _ = s.apply(Command::Undo);
    assert_eq!(s.config().view, before);
    let _ = s.apply(Command::Redo);
    assert_eq!(s.config().view, zoomed);
}

#[test]
fn looks_and_overlays_are_undone_like_settings_and_trace_nothing_again() {
    let mut session = session();
    let set = |session: &mut Session, key: &str, value: &str| {
        session.apply(Command::SetLook(look::find(key).unwrap(), value.to_owned()))
    };
    let outcome = set(&mut session, "map", "grey");
    assert!(outcome.look && outcome.link && !outcome.traces && !outcome.view);
    let _ = set(&mut session, "camera", "30,20,1");
    let _ = session.apply(Command::SetOverlays(vec![Overlay::Step]));
    assert_eq!(set(&mut session, "map", "jet"), Outcome::default(), "no such colours, no change");
    let _ = session.apply(Command::Undo);
    assert!(session.config().overlays.is_empty());
    while session.can_undo_redo().0 {
        let _ = session.apply(Command::Undo);
    }
    assert!(session.config().look.is("map", ""));
    assert!(session.config().look.is("camera", "30,20,1"), "where one stands is not undone");
}

#[test]
fn there_are_never_more_than_eight_runs_nor_fewer_than_none() {
    let mut s = session();
    for _ in 0..12 {
        let _ = s.apply(Command::AddRun);
        let _ = s.apply(Command::DuplicateRun(0));
    }
    assert_eq!(s.traces().len(), MAX_RUNS);
    for _ in 0..12 {
        let _ = s.apply(Command::RemoveRun(0));
    }
    assert!(s.traces().is_empty());
    let _ = s.apply(Command::Set(3, Item::Param(0, 1.0)));
    let _ = s.apply(Command::Focus(7));
    assert_eq!(s.focus, 0);
}

#[test]
fn time_that_is_nonsense_does_not_move_the_cursor_to_nowhere() {
    let mut s = session();
    let _ = s.apply(Command::Play);
    for dt in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        s.advance(dt);
    }
    assert!(s.playback.step() <= 20);
    let _ = s.apply(Command::SetSpeed(f64::NAN));
    assert_eq!(s.playback.speed(), 1.0);
}

#[test]
fn noise_for_all_reaches_every_run_that_has_none_of_its_own() {
    let mut s = session();
    let _ = s.apply(Command::SetNoise(0.5));
    let spec = s.config().run_spec(0);
    assert_eq!(spec.settings.modifiers[0].values[0], 0.5);
    let own = descent_lab::link::Link::read("noise=0.5&run=sgd:noise=0.1").0.config;
    assert_eq!(own.run_spec(0).settings.modifiers[0].values[0], 0.1);
}

#[test]
fn a_matrix_problem_takes_the_place_of_the_surface_and_gives_it_back() {
    let mut s = session();
    let surface = surface::find("beale").expect("registered");
    let _ = s.apply(Command::SetSurface(surface));
    let before = s.config().clone();
    let spec = matrix::find("matrix_lsq").expect("registered");
    let outcome = s.apply(Command::SetProblem(Some(spec)));
    assert!(outcome.traces && outcome.view && outcome.link);
    assert_eq!((s.traces()[0].dim, s.config().surface.spec), (16, Config::default_surface()));
    assert_eq!(s.config().known_minimum(), Some(0.0));
    // It has a start of its own.
    let runs = s.traces().to_vec();
    let _ = s.apply(Command::SetStart([1.0, 1.0]));
    assert_eq!((s.traces(), s.config().start), (&runs[..], Config::default_surface().start));
    let _ = s.apply(Command::SetProblemParam(0, 2.0));
    assert_eq!(s.traces()[0].dim, 4);
    let _ = s.apply(Command::SetProblemParam(7, 2.0));
    let _ = s.apply(Command::Undo);
    assert_eq!(s.traces()[0].dim, 16);
    let _ = s.apply(Command::Undo);
    assert_eq!(s.config(), &before);
    // Any surface, the one that waits as well, brings the plane back.
    for surface in ["rosenbrock", "beale"] {
        let _ = s.apply(Command::SetProblem(Some(spec)));
        let _ = s.apply(Command::SetSurface(surface::find(surface).expect("registered")));
        assert_eq!((s.config().problem.is_none(), s.config().surface.spec.key), (true, surface));
        assert_eq!(s.traces()[0].dim, 2);
    }
    let _ = s.apply(Command::SetProblem(Some(spec)));
    let _ = s.apply(Command::SetProblem(None));
    assert_eq!(s.traces()[0].dim, 2);
}
