//! What the session does where a network is trained: it waits for what is not known yet, and another network starts over.

use descent_lab::link::Link;
use descent_lab::network::NetProblem;
use descent_lab::run::{RunSpec, Status, Trace};
use descent_lab::session::{Command, Session};
use std::cell::Cell;
use std::rc::Rc;

const RACE: &str =
    "network=4&data=circle(n=60)&steps=100&run=adam:lr=0.02,batch=8,dropout=0.1&run=sgd:lr=0.1,batch=16";

/// A session whose traces are known up to a row that can be moved.
fn session() -> (Session, Rc<Cell<usize>>) {
    let known = Rc::new(Cell::new(0));
    let rows = Rc::clone(&known);
    let tracer = move |spec: &RunSpec| {
        let all = spec.steps as usize + 1;
        let rows = rows.get().min(all);
        let status = if rows < all { Status::Waiting } else { Status::Running };
        Trace { loss: vec![1.0; rows], status, ..Trace::default() }
    };
    let (link, notices) = Link::read(RACE);
    assert!(notices.is_empty(), "{notices:?}");
    (Session::with_tracer(link.config, Box::new(tracer)), known)
}

#[test]
fn playing_waits_where_training_has_come_to_and_goes_on_with_it() {
    let (mut session, known) = session();
    let _ = session.apply(Command::Play);
    session.advance(0.1);
    assert_eq!(session.playback.step(), 0, "nothing is known");
    known.set(4);
    let _ = session.retrace_waiting();
    for _ in 0..20 {
        let _ = session.advance(0.1);
    }
    assert_eq!(session.playback.step(), 3);
    assert!(session.playback.playing, "it waits and does not stop");
    known.set(1000);
    let _ = session.retrace_waiting();
    for _ in 0..20 {
        let _ = session.advance(0.1);
    }
    assert_eq!(session.playback.step(), 100);
    assert!(!session.playback.playing);
}

#[test]
fn a_cursor_beyond_what_is_known_stays_where_it_is() {
    let (mut session, known) = session();
    known.set(10);
    let _ = session.retrace_waiting();
    let _ = session.apply(Command::Seek(50));
    let _ = session.apply(Command::Play);
    session.advance(0.1);
    assert_eq!(session.playback.step(), 50);
}

#[test]
fn another_network_starts_over_and_undo_brings_the_old_one_back() {
    let (mut session, _) = session();
    let before = session.config().clone();
    let _ = session.apply(Command::Seek(40));
    let _ = session.apply(Command::Play);
    let other = NetProblem::read("network=5-5&data=circle(n=60)").0;
    let _ = session.apply(Command::SetNetwork(other));
    assert_eq!(session.playback.step(), 0);
    assert!(session.playback.playing, "what played goes on playing");
    assert_ne!(session.config().run_spec(0).start.len(), before.run_spec(0).start.len());
    let _ = session.apply(Command::Undo);
    assert_eq!(*session.config(), before);
    assert_eq!(session.config().run_spec(0), before.run_spec(0), "the same weights as before");
}

#[test]
fn a_run_that_is_added_is_shown_what_the_open_one_is_shown() {
    let (mut session, _) = session();
    let _ = session.apply(Command::Focus(1));
    let _ = session.apply(Command::AddRun);
    let settings = &session.config().runs[2].settings;
    assert_eq!(settings.modifiers, session.config().runs[1].settings.modifiers);
    let _ = session.apply(Command::Focus(0));
    let _ = session.apply(Command::AddRun);
    let settings = &session.config().runs[3].settings;
    let words: Vec<&str> = settings.modifiers.iter().map(|m| m.spec.key).collect();
    assert_eq!(words, ["batch", "dropout"]);
}
