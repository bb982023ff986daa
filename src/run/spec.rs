//! Everything that determines a run.

use super::settings::{Item, Settings};
use crate::matrix::MatrixObjective;
use crate::network::NetProblem;
use crate::objective::Objective;
use crate::surface::SurfaceObjective;

/// A change made during a run: from this step on.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// It acts on the update that leaves this step, so 0 is the start.
    pub step: u32,
    /// What it sets.
    pub item: Item,
}

/// The edits in the order in which they act: by step, and as listed within a step. Put in one by one, for they are few and
/// a sort would be a larger download.
pub(super) fn in_order<'a>(edits: impl Iterator<Item = &'a Edit>) -> Vec<&'a Edit> {
    let mut ordered: Vec<&Edit> = Vec::new();
    for edit in edits {
        ordered.insert(ordered.partition_point(|e| e.step <= edit.step), edit);
    }
    ordered
}

/// What is minimised.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// A function of the plane.
    Surface(SurfaceObjective),
    /// A function of a square matrix.
    Matrix(MatrixObjective),
    /// The loss of a network on its data.
    Network(NetProblem),
}

impl Problem {
    /// The problem as something to minimise.
    #[must_use]
    pub fn objective(&self) -> &dyn Objective {
        match self {
            Self::Surface(surface) => surface,
            Self::Matrix(matrix) => matrix,
            Self::Network(network) => network,
        }
    }

    /// Whether this program carries it (see [`crate::later`]).
    #[must_use]
    pub fn is_here(&self) -> bool {
        match self {
            Self::Surface(surface) => surface.is_here(),
            Self::Matrix(matrix) => matrix.is_here(),
            Self::Network(network) => network.is_here(),
        }
    }
}

/// Everything that determines a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSpec {
    /// What is minimised.
    pub problem: Problem,
    /// Where it starts.
    pub start: Vec<f64>,
    /// How many steps it takes.
    pub steps: u32,
    /// The seed of all its randomness.
    pub seed: u64,
    /// The settings at the start.
    pub settings: Settings,
    /// Changes during the run, in any order; of two that set the same at the same step the later one counts.
    pub edits: Vec<Edit>,
}

impl RunSpec {
    /// Whether this program carries all that the run needs (see [`crate::later`]).
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.problem.is_here() && self.settings.is_here() && self.edits.iter().all(|e| e.item.is_here())
    }

    /// The settings in force for the update that leaves this step.
    #[must_use]
    pub fn settings_at(&self, step: u32) -> Settings {
        settings_at(&self.settings, &self.edits, step)
    }
}

/// What settings have become at this step.
#[must_use]
pub fn settings_at(settings: &Settings, edits: &[Edit], step: u32) -> Settings {
    let mut live = settings.clone();
    for edit in in_order(edits.iter().filter(|e| e.step <= step)) {
        live.apply(&edit.item);
    }
    live
}
