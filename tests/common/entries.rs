//! Everything that is registered, whatever its kind.

#![allow(dead_code, reason = "not every test reads every part")]

use descent_lab::param::ParamSpec;
use descent_lab::{matrix, modifier, optim, schedule, surface};

/// What all descriptions have in common.
pub struct Entry {
    /// The folder.
    pub kind: &'static str,
    /// The word in links.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// What is said in sentences.
    pub sentences: Vec<&'static str>,
    /// What is said otherwise.
    pub formula: Vec<&'static str>,
    /// Its parameters.
    pub params: &'static [ParamSpec],
}

/// Everything that is registered.
pub fn entries() -> Vec<Entry> {
    let mut all = Vec::new();
    for s in surface::ALL {
        all.push(Entry {
            kind: "surface",
            key: s.key,
            name: s.name,
            sentences: vec![s.sentence],
            formula: vec![s.text, s.group.title()],
            params: s.params,
        });
    }
    for s in matrix::ALL {
        all.push(Entry {
            kind: "matrix",
            key: s.key,
            name: s.name,
            sentences: vec![s.sentence],
            formula: vec![s.text],
            params: s.params,
        });
    }
    for s in optim::ALL {
        let about = s.about.expect(s.key);
        let reference = about.reference;
        let formula = [&[about.cost, s.group.title(), reference.authors][..], &[reference.title], about.rule];
        all.push(Entry {
            kind: "optim",
            key: s.key,
            name: s.name,
            sentences: vec![about.sentence, about.conventions],
            formula: formula.concat(),
            params: s.params,
        });
    }
    for s in modifier::ALL {
        all.push(Entry {
            kind: "modifier",
            key: s.key,
            name: s.name,
            sentences: vec![s.sentence],
            formula: vec![s.rule],
            params: s.params,
        });
    }
    for s in schedule::ALL {
        all.push(Entry {
            kind: "schedule",
            key: s.key,
            name: s.name,
            sentences: [s.sentence].into_iter().chain(s.list.map(|l| l.help)).collect(),
            formula: vec![s.rule],
            params: s.params,
        });
    }
    all
}
