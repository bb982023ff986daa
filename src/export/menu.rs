//! What there is to minimise on the stage, as the menu lists it: surfaces, matrices, a function of one's own.

use crate::surface::{self, Group, custom};
use crate::{matrix, surface::SurfaceSpec};

/// The heading of problems whose parameters are a matrix.
const MATRICES: &str = "Matrices";
/// The heading of typed functions.
const OWN: &str = "Your own function";

/// An entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The word in links.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// What it teaches.
    pub group: &'static str,
    /// One sentence.
    pub sentence: &'static str,
    /// The function as people write it.
    pub text: &'static str,
}

/// All of them, in the order of the menu.
#[must_use]
pub fn places() -> Vec<Place> {
    let place = |s: &SurfaceSpec, group: &'static str| Place {
        key: s.key,
        name: s.name,
        group,
        sentence: s.sentence,
        text: s.text,
    };
    let members = |group: Group| {
        surface::ALL.iter().filter(move |s| s.group == group).map(move |s| place(s, group.title()))
    };
    let mut all: Vec<Place> = Group::ALL.into_iter().flat_map(members).collect();
    all.extend(matrix::ALL.iter().map(|m| Place {
        key: m.key,
        name: m.name,
        group: MATRICES,
        sentence: m.sentence,
        text: m.text,
    }));
    all.push(place(&custom::SPEC, OWN));
    all
}
