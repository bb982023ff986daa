//! What the page's first program is told of what only the second carries, and what it does with a link until then.

use descent_lab::catalogue::{Catalogue, write};
use descent_lab::later::{Entry, Registry};
use descent_lab::link::Link;
use descent_lab::param::ParamSpec;
use descent_lab::run::{Status, trace};
use descent_lab::session::{Command, Config, Session};
use descent_lab::{matrix, modifier, optim, schedule, surface};
use std::fmt::Debug;

/// Parameters without what is said about them.
fn silent(params: &[ParamSpec]) -> Vec<ParamSpec> {
    params.iter().map(|p| ParamSpec { help: "", ..*p }).collect()
}

fn assert_same<T: PartialEq + Debug, U>(all: &[U], told: &[T], sum: impl Fn(&U) -> T) {
    assert!(all.len() > 1);
    assert_eq!(all.iter().map(sum).collect::<Vec<_>>(), told);
}

#[test]
fn a_catalogue_tells_all_that_menus_sliders_and_links_need() {
    let told = Catalogue::read(write()).expect("a catalogue");
    let sum = |s: &optim::OptimizerSpec| (s.key, s.name, s.group, silent(s.params));
    assert_same(optim::ALL, &told.optimizers.iter().map(sum).collect::<Vec<_>>(), |s| sum(s));
    let sum = |s: &surface::SurfaceSpec| {
        let place = (s.view, s.start, s.levels, s.unbounded);
        (s.key, s.name, s.text, s.group, silent(s.params), place)
    };
    assert_same(surface::ALL, &told.surfaces.iter().map(sum).collect::<Vec<_>>(), |s| sum(s));
    let sum = |s: &matrix::MatrixSpec| (s.key, s.name, s.text, silent(s.params), s.region);
    assert_same(matrix::ALL, &told.problems.iter().map(sum).collect::<Vec<_>>(), |s| sum(s));
    let sum = |s: &schedule::ScheduleSpec| {
        let list = s.list.map(|l| (l.key, l.default, l.range, l.count, l.rising));
        (s.key, s.name, silent(s.params), list)
    };
    assert_same(schedule::ALL, &told.schedules.iter().map(sum).collect::<Vec<_>>(), |s| sum(s));
    let sum = |s: &modifier::ModifierSpec| (s.key, s.name, silent(s.params));
    assert_same(modifier::ALL, &told.modifiers.iter().map(sum).collect::<Vec<_>>(), |s| sum(s));
}

#[test]
fn what_is_no_whole_catalogue_is_not_one() {
    let whole = write();
    let letters = whole.chars().count();
    for end in [0, 1, 7, letters / 3, letters / 2, letters - 1] {
        let cut: String = whole.chars().take(end).collect();
        assert!(Catalogue::read(cut).is_none(), "the first {end} letters");
    }
    assert!(Catalogue::read(format!("7\n{whole}")).is_none());
}

#[derive(Debug, PartialEq)]
struct Word(&'static str, u8);

impl Entry for Word {
    fn key(&self) -> &'static str {
        self.0
    }
}

#[test]
fn a_registry_is_completed_once_in_order_and_keeps_what_the_program_carries() {
    static CARRIED: &[&Word] = &[&Word("b", 1), &Word("d", 1)];
    let registry = Registry::new(CARRIED);
    assert_eq!(registry.all(), CARRIED);
    assert!(registry.find("a").is_none());
    registry.complete(["a", "b", "c", "d"].map(|key| Word(key, 2)).into());
    assert_eq!(registry.all(), [&Word("a", 2), &Word("b", 1), &Word("c", 2), &Word("d", 1)]);
    registry.complete(vec![Word("e", 3)]);
    assert!(registry.find("e").is_none());
    assert_eq!(registry.find("c"), Some(&Word("c", 2)));
}

/// Names that nobody knows stand for those that are not known yet.
const UNKNOWN: [&str; 6] = [
    "v=1&surface=volcano(h=3;w=-0.5)&run=adam:lr=0.05",
    "v=1&surface=volcano&start=1,2&steps=80&run=warp:lr=0.1,schedule=cosine,start=0.5/1&run=sgd:lr=0.01",
    "v=1&problem=torus(k=3)&run=adam:lr=0.05",
    "v=1&surface=rosenbrock&run=adam:lr=0.05,shake=0.5/often&edit=1@20:shake=off&edit=1@30:shake=on",
    "v=1&surface=rosenbrock&run=sgd:lr=0.01,schedule=linear(end=0.5)+50+swing(a=2)+9+cosine&view=-2,2,-1,3",
    "v=1&surface=rosenbrock&run=sgd:lr=0.01&run=warp&edit=1@9:lr=0.1&edit=2@20:bend=0.3&edit=2@20:clip_norm=2",
];

#[test]
fn nothing_of_a_link_is_lost_while_its_names_are_not_known_yet() {
    for link in UNKNOWN {
        let (early, notices) = Link::read_early(link);
        assert_eq!(early.write(), link);
        assert!(!notices.is_empty() && notices.iter().all(|n| n.waits), "{link}: {notices:?}");
        assert!(notices.iter().all(|n| n.message.contains("could not be loaded")), "{notices:?}");
        // Read again it is what it would have been, with the same notices.
        assert_eq!(Link::read(&early.write()), Link::read(link));
        assert!(Link::read(link).1.iter().all(|n| !n.waits));
    }
}

#[test]
fn a_link_whose_names_are_known_is_read_early_as_ever() {
    for link in [
        "v=1&surface=peaks&run=cma_es:sigma=0.1&run=adamw",
        "run=adam:lr=nothing&surface=rosenbrock(b=wide)&x=1&edit=1@5:lr=lots&edit=3@1:lr=1",
        "problem=matrix_lsq(k=4)&run=muon&edit=1@9:momentum=0.5",
        "run=sgd:schedule=cosine(t_max=no)",
    ] {
        assert_eq!(Link::read_early(link), Link::read(link));
    }
}

#[test]
fn what_stands_in_for_the_unknown_waits_and_what_is_known_runs() {
    let (link, _) = Link::read_early("run=warp:a=1&run=sgd:lr=0.0001&run=adam:shake=1&surface=rosenbrock");
    let status = |i: usize| trace(&link.config.run_spec(i)).status;
    assert_eq!([0, 1, 2].map(status), [Status::Waiting, Status::Running, Status::Waiting]);
    for place in ["surface=volcano", "problem=torus"] {
        let (link, _) = Link::read_early(&format!("{place}&run=sgd"));
        assert_eq!(trace(&link.config.run_spec(0)).status, Status::Waiting, "{place}");
    }
}

#[test]
fn a_session_is_rewritten_in_place_with_all_that_can_be_undone_to() {
    let again =
        |config: &Config| Link::read(&Link { config: config.clone(), ..Link::default() }.write()).0.config;
    let mut session =
        Session::new(Link::read_early("surface=rosenbrock&run=sgd:lr=0.001&run=warp:a=1").0.config);
    let _ = session.apply(Command::SetSteps(40));
    let _ = session.apply(Command::Seek(7));
    assert_eq!(session.traces()[1].status, Status::Waiting);
    let outcome = session.rewrite(&again);
    assert!(outcome.traces);
    assert_eq!((session.config().runs.len(), session.traces().len()), (1, 1));
    assert_eq!((session.config().steps, session.playback.step()), (40, 7));
    assert_eq!(session.can_undo_redo(), (true, false));
    let _ = session.apply(Command::Undo);
    assert_eq!((session.config().runs.len(), session.config().steps), (1, 500));
    assert_eq!(session.can_undo_redo(), (false, true), "rewriting is no change of its own");
}
