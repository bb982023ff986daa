//! What a link locks cannot be changed: by no command, by no undo, by nothing that is loaded. Everything else can.

use descent_lab::look;
use descent_lab::optim;
use descent_lab::run::{Item, Settings};
use descent_lab::session::{Command, Config, EditMode, LOCKS, Locks, RunConfig, Session};
use descent_lab::surface::{self, View};

fn locked(words: &str) -> Session {
    let mut session = Session::new(Config::welcome());
    session.locks = Locks::read(words).0;
    session
}

fn optimizer(key: &str) -> &'static optim::OptimizerSpec {
    optim::find(key).expect("an optimizer")
}

fn other() -> Box<Config> {
    let beale = surface::find("beale").expect("a surface");
    Box::new(Config { runs: vec![RunConfig::new(Settings::new(optimizer("adam")))], ..Config::new(beale) })
}

/// Commands with the word that locks each.
fn commands() -> Vec<(&'static str, Command)> {
    let beale = surface::find("beale").expect("a surface");
    let (turned, wrong) = descent_lab::link::transform("rotate=30");
    assert!(turned.is_some() && wrong.is_empty());
    vec![
        ("surface", Command::SetSurface(beale)),
        ("surface", Command::SetSurfaceParam(1, 7.0)),
        ("surface", Command::SetTransform(turned)),
        ("surface", Command::SetProblem(descent_lab::matrix::ALL.first().copied())),
        ("start", Command::SetStart([1.0, 1.5])),
        ("optimizers", Command::AddRun),
        ("optimizers", Command::RemoveRun(0)),
        ("optimizers", Command::DuplicateRun(1)),
        ("optimizers", Command::SetOptimizer(0, optimizer("lion"))),
        ("parameters", Command::Set(0, Item::Param(0, 0.3))),
        ("parameters", Command::Set(1, Item::Warmup(9))),
        ("parameters", Command::SetAll(Item::Warmup(9))),
        ("shared", Command::SetSteps(77)),
        ("shared", Command::SetSeed(3)),
        ("shared", Command::SetNoise(0.5)),
        ("shared", Command::SetNoiseOfRun(true)),
        ("view", Command::SetView(Some(View::square(1.0)))),
        ("view", Command::Frame(Some(View::square(1.0)))),
        ("view", Command::SetLook(look::find("map").expect("a word"), "grey".to_owned())),
        ("view", Command::SetOverlays(vec![look::Overlay::Step])),
        ("time", Command::Seek(40)),
        ("time", Command::StepBy(3)),
        ("time", Command::Play),
        ("time", Command::TogglePlay),
        ("time", Command::SetSpeed(5.0)),
    ]
}

/// All that can be seen of a session.
fn state(s: &Session) -> (Config, u32, bool, f64, usize) {
    (s.config().clone(), s.playback.step(), s.playback.playing, s.playback.speed(), s.focus)
}

#[test]
fn each_word_locks_its_commands_and_no_others() {
    for lock in LOCKS {
        for (word, command) in commands() {
            let mut session = locked(lock);
            let before = state(&session);
            let outcome = session.apply(command.clone());
            assert_eq!(outcome.refused, word == lock, "{lock}: {command:?}");
            assert_eq!(state(&session) == before, word == lock, "{lock}: {command:?}");
        }
    }
}

#[test]
fn all_locks_what_runs_depend_on_and_leaves_view_and_time() {
    for (word, command) in commands() {
        let mut session = locked("all");
        let refused = session.apply(command.clone()).refused;
        assert_eq!(refused, !matches!(word, "view" | "time"), "{command:?}");
    }
}

#[test]
fn an_edit_in_the_middle_is_locked_like_a_parameter() {
    let mut session = locked("parameters");
    let _ = session.apply(Command::Seek(100));
    for mode in [EditMode::FromHere, EditMode::FromStart] {
        let _ = session.apply(Command::SetEditMode(mode));
        assert!(session.apply(Command::Set(0, Item::Param(0, 0.3))).refused);
    }
    assert_eq!(*session.config(), Config::welcome());
}

#[test]
fn undo_and_redo_do_not_get_around_a_lock() {
    let mut session = Session::new(Config::welcome());
    let _ = session.apply(Command::SetSeed(3));
    let _ = session.apply(Command::Set(0, Item::Param(0, 0.3)));
    session.locks = Locks::read("parameters").0;
    assert!(session.apply(Command::Undo).refused);
    assert_eq!(session.config().runs[0].settings.params[0], 0.3);
    session.locks = Locks::default();
    let _ = session.apply(Command::Undo);
    session.locks = Locks::read("parameters").0;
    assert!(session.apply(Command::Redo).refused);
    assert!(!session.apply(Command::Undo).refused, "the seed is free");
    assert_eq!(session.config().seed, 0);
}

#[test]
fn nothing_is_loaded_over_a_lock_and_undo_does_not_go_to_before_the_link() {
    for lock in ["all", "surface", "start", "optimizers", "parameters", "shared"] {
        let mut session = Session::new(Config::welcome());
        let _ = session.apply(Command::Load(other()));
        session.locks = Locks::read(lock).0;
        let before = state(&session);
        assert!(session.apply(Command::Load(Box::new(Config::welcome()))).refused, "{lock}");
        assert!(session.apply(Command::Undo).refused, "{lock}");
        assert!(state(&session) == before, "{lock}");
    }
    let mut session = locked("view,time");
    assert!(!session.apply(Command::Load(other())).refused);
}

#[test]
fn what_is_left_free_can_be_changed_and_taken_back() {
    let mut session = locked("surface,start,optimizers,shared");
    assert!(!session.apply(Command::Set(0, Item::Param(0, 0.3))).refused);
    let _ = session.apply(Command::EndGesture);
    assert!(session.apply(Command::SetSeed(9)).refused);
    assert!(!session.apply(Command::Undo).refused);
    assert_eq!(*session.config(), Config::welcome());
}

#[test]
fn what_goes_with_another_thing_goes_with_it() {
    // A surface brings its start, an optimizer its parameters.
    let mut session = locked("start,parameters");
    assert!(!session.apply(Command::SetSurface(surface::find("beale").expect("a surface"))).refused);
    assert!(!session.apply(Command::SetOptimizer(0, optimizer("lion"))).refused);
    assert!(session.apply(Command::SetStart([0.0, 0.0])).refused);
}

#[test]
fn lists_of_locks_read_back_and_all_is_one_word() {
    for (text, written) in [
        ("time,surface", "surface,time"),
        ("shared,parameters,optimizers,start,surface", "all"),
        ("view,all", "all,view"),
        ("", ""),
    ] {
        let (locks, unknown) = Locks::read(text);
        assert!(unknown.is_empty());
        assert_eq!(locks.write(), written);
        assert_eq!(Locks::read(written).0, locks);
    }
    assert_eq!(Locks::read("colour,all,x").1, ["colour", "x"]);
}
