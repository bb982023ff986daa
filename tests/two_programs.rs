//! What passes between the two programs of the page, and what the first does without.

mod common {
    pub mod entries;
    pub mod golden;
    pub mod run_text;
    pub mod surface_text;
}

use common::entries::entries;
use common::golden::{named_spec, rows};
use descent_lab::export::words;
use descent_lab::link::{Link, SHARED_PARAMS};
use descent_lab::run::packed::{Column, pack, pack_columns, unpack, unpack_columns};
use descent_lab::run::sequence::LENGTH;
use descent_lab::run::{RunSpec, Status, Trace, trace};
use descent_lab::schedule::WARMUP;
use descent_lab::session::{Command, Config, Session};
use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// All numbers of a trace, as bits.
fn bits(trace: &Trace) -> Vec<u64> {
    let columns = [&trace.x, &trace.loss, &trace.grad_norm, &trace.lr];
    let counts = trace.evaluations.iter().chain(&trace.hessians).map(|n| u64::from(*n));
    columns.into_iter().flatten().map(|v| v.to_bits()).chain(counts).collect()
}

fn assert_survives_packing(name: &str, before: &Trace) {
    let after = unpack(&pack(before)).expect(name);
    assert_eq!((after.dim, after.status), (before.dim, before.status), "{name}");
    assert_eq!(bits(&after), bits(before), "{name}");
}

#[test]
fn a_packed_trace_unpacks_to_the_same_bits() {
    let mut statuses = Vec::new();
    for row in rows() {
        let (name, spec) = named_spec(row);
        let trace = trace(&spec);
        statuses.push(trace.status.word());
        assert_survives_packing(name, &trace);
    }
    for status in ["running", "converged", "diverged"] {
        assert!(statuses.contains(&status), "no run of the table is {status}");
    }
    assert_survives_packing("waiting", &Trace { status: Status::Waiting, ..Trace::default() });
    let odd = Trace {
        dim: 1,
        x: vec![-0.0],
        loss: vec![f64::from_bits(1)],
        grad_norm: vec![f64::MAX],
        lr: vec![f64::INFINITY],
        evaluations: vec![u32::MAX],
        hessians: vec![7],
        status: Status::Running,
    };
    assert_survives_packing("odd numbers", &odd);
}

#[test]
fn what_is_no_packed_trace_is_refused() {
    let (_, spec) = named_spec(rows().next().expect("a row"));
    let packed = pack(&trace(&spec));
    assert!(unpack(&packed).is_some());
    assert_eq!(unpack(&packed[..packed.len() - 1]), None, "cut short");
    assert_eq!(unpack(&[&packed[..], &[0.0]].concat()), None, "too long");
    assert_eq!(unpack(&[]), None);
    for place in 0..5 {
        for wrong in [f64::NAN, -1.0, 0.5, 4e9, 1e300] {
            let mut other = packed.clone();
            other[place] = wrong;
            let harmless = place > 2 && unpack(&other).is_some_and(|t| t.status == Status::Running);
            assert!(harmless || unpack(&other).is_none(), "{wrong} at {place}");
        }
    }
}

#[test]
fn packed_columns_unpack_to_the_same_bits_and_nothing_else_does() {
    let traces: Vec<Trace> = rows().take(8).map(|row| trace(&named_spec(row).1)).collect();
    assert!(traces.iter().any(|t| !t.is_empty()));
    for counts in [false, true] {
        let packed = pack_columns(&traces, |t| &t.grad_norm, counts);
        let columns = unpack_columns(&packed).expect("columns");
        assert_eq!(columns.len(), traces.len());
        for (column, trace) in columns.iter().zip(&traces) {
            let want = Column {
                values: trace.grad_norm.clone(),
                evaluations: if counts { trace.evaluations.clone() } else { Vec::new() },
                hessians: if counts { trace.hessians.clone() } else { Vec::new() },
                diverged: matches!(trace.status, Status::Diverged { .. }),
                ..Column::default()
            };
            assert_eq!(column, &want);
        }
        assert_eq!(unpack_columns(&packed[..packed.len() - 1]), None, "cut short");
        assert_eq!(unpack_columns(&[&packed[..], &[0.0]].concat()), None, "too long");
        for wrong in [f64::NAN, -1.0, 0.5, 4e9, 1e300] {
            assert_eq!(
                unpack_columns(&[&packed[..1], &[wrong], &packed[2..]].concat()),
                None,
                "{wrong} rows"
            );
        }
    }
    assert_eq!(unpack_columns(&[]), None);
    assert_eq!(unpack_columns(&[0.0]), Some(Vec::new()), "no runs");
}

#[test]
fn the_link_of_a_run_is_read_as_the_same_run() {
    for row in rows() {
        let (name, spec) = named_spec(row);
        let (link, notices) = Link::read(&Link::of_run(&spec).write());
        assert!(notices.is_empty(), "{name}: {notices:?}");
        let read = link.config.run_spec(0);
        assert_eq!(read, RunSpec { edits: read.edits.clone(), ..spec.clone() }, "{name}");
        assert_eq!(trace(&read).fingerprint(), trace(&spec).fingerprint(), "{name}");
    }
}

#[test]
fn there_are_words_for_everything_by_its_key() {
    for entry in entries() {
        let kind = match entry.kind {
            "optim" => "optimizer",
            "matrix" => "problem",
            kind => kind,
        };
        let key = format!("{kind}/{}", entry.key);
        assert_eq!(words(&key), Some(entry.sentences[0]), "{key}");
        for p in entry.params {
            assert_eq!(words(&format!("{key}/{}", p.key)), Some(p.help), "{key}/{}", p.key);
        }
        if matches!(kind, "modifier" | "schedule") {
            assert_eq!(words(&format!("rule/{key}")), Some(entry.formula[0]), "{key}");
        }
    }
    assert_eq!(words("run/warmup"), Some(WARMUP.help));
    assert_eq!(words("run/then"), Some(LENGTH.help));
    for p in SHARED_PARAMS {
        assert_eq!(words(&format!("all/{}", p.key)), Some(p.help));
        assert!(!p.help.is_empty(), "{}", p.key);
    }
    for nothing in
        ["", "adam", "optimizer/", "optimizer/adam/", "optimizer/adam/lr/x", "rule/optimizer/adam", "all/lr"]
    {
        assert_eq!(words(nothing), None, "{nothing}");
    }
}

#[test]
fn what_could_not_be_traced_is_traced_when_the_tracer_can() {
    let able = Rc::new(Cell::new(false));
    let can = able.clone();
    let tracer = move |spec: &RunSpec| {
        let lacks = spec.settings.optimizer.key == "momentum" && !can.get();
        if lacks { Trace { status: Status::Waiting, ..Trace::default() } } else { trace(spec) }
    };
    let mut session = Session::with_tracer(Config::welcome(), Box::new(tracer));
    let waiting = |s: &Session| s.traces().iter().map(|t| t.status == Status::Waiting).collect::<Vec<_>>();
    assert_eq!(waiting(&session), [false, true, false]);
    assert!(session.apply(Command::SetSteps(40)).traces);
    assert_eq!(waiting(&session), [false, true, false], "what waits goes on waiting");
    able.set(true);
    assert!(session.retrace_waiting().traces);
    assert_eq!(session.traces(), Session::with_tracer(session.config().clone(), Box::new(trace)).traces());
    assert!(!session.retrace_waiting().traces, "nothing waits any more");
}

/// What is said in a description, and what keeps each out of the first load.
const KEPT_OUT: [(&str, &[&str]); 6] = [
    ("about", &["here("]),
    ("sentence", &["words("]),
    ("rule", &["words("]),
    ("reference", &["here(", "None"]),
    ("residuals", &["here(", "None"]),
    ("feedback", &["here(", "None"]),
];

/// The entries of a registry that the first load carries.
fn core(registry: &str) -> Vec<&str> {
    let lists = registry.split("core:").skip(1).filter_map(|rest| rest.split(';').next());
    lists.flat_map(|list| list.split(',')).map(str::trim).filter(|key| !key.is_empty()).collect()
}

#[test]
fn what_is_said_of_the_core_is_kept_out_of_the_first_load() {
    let mut seen = Vec::new();
    for kind in ["optim", "modifier", "schedule", "surface", "matrix"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(kind);
        let registry = fs::read_to_string(folder.join("mod.rs")).expect("the registry");
        for key in core(&registry) {
            let text = fs::read_to_string(folder.join(key).with_extension("rs")).expect(key);
            let (_, spec) = text.split_once("pub static SPEC:").expect(key);
            for (field, by) in KEPT_OUT {
                let Some((_, value)) = spec.split_once(&format!("\n    {field}: ")) else {
                    continue;
                };
                assert!(
                    by.iter().any(|by| value.starts_with(by)),
                    "{kind}/{key}: {field} stands in no {by:?}"
                );
                seen.push(field);
            }
        }
    }
    assert!(KEPT_OUT.iter().all(|(field, _)| seen.contains(field)), "{seen:?}");
}
