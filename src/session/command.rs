//! Everything that can be done, in one list.

use super::config::Config;
use crate::look::Overlay;
use crate::matrix::MatrixSpec;
use crate::network::NetProblem;
use crate::optim::OptimizerSpec;
use crate::run::{Item, ModifierChoice};
use crate::surface::{SurfaceObjective, SurfaceSpec, Transform, View};

/// What a changed setting of a run acts on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditMode {
    /// The steps from the cursor on: the past stays, the change is recorded with its step.
    #[default]
    FromHere,
    /// The whole run.
    FromStart,
}

/// Something to do.
#[derive(Clone, Debug)]
pub enum Command {
    /// Another surface, with its defaults, view and start.
    SetSurface(&'static SurfaceSpec),
    /// A function typed by the user in place of the surface, with the values of its parameters. Those that the one before
    /// has keep theirs.
    SetFunction(Box<SurfaceObjective>),
    /// The surface's parameter with this index.
    SetSurfaceParam(usize, f64),
    /// How the surface is scaled, turned, moved and tilted.
    SetTransform(Option<Transform>),
    /// A matrix problem in place of the surface, with its defaults; none goes back to the surface.
    SetProblem(Option<&'static MatrixSpec>),
    /// The matrix problem's parameter with this index.
    SetProblemParam(usize, f64),
    /// Another network in place of what is minimised.
    SetNetwork(NetProblem),
    /// Where runs start; a matrix problem has its own start.
    SetStart([f64; 2]),
    /// How many steps runs take.
    SetSteps(u32),
    /// The seed of all randomness.
    SetSeed(u64),
    /// Gradient noise for every run that has none of its own.
    SetNoise(f64),
    /// Whether each run meets noise of its own.
    SetNoiseOfRun(bool),
    /// One more run.
    AddRun,
    /// A copy of a run, beside it.
    DuplicateRun(usize),
    /// One run less.
    RemoveRun(usize),
    /// Another optimizer; parameters that both have keep their values.
    SetOptimizer(usize, &'static OptimizerSpec),
    /// One setting of a run, from the cursor on or from the start.
    Set(usize, Item),
    /// The same setting of every run, from the cursor on or from the start.
    SetAll(Item),
    /// Takes back the edit with this index.
    DeleteEdit(usize, usize),
    /// Takes back all edits of a run.
    DeleteEdits(usize),
    /// Shows something else altogether.
    Load(Box<Config>),
    /// Moves the cursor.
    Seek(u32),
    /// Moves the cursor by so many steps, and pauses.
    StepBy(i32),
    /// Lets the cursor move; from the start if it stands at the end.
    Play,
    /// Stops the cursor.
    Pause,
    /// Plays or pauses.
    TogglePlay,
    /// How fast the cursor moves.
    SetSpeed(f64),
    /// Holds the cursor while something is being dragged, until the gesture ends.
    Hold,
    /// What changed settings act on.
    SetEditMode(EditMode),
    /// Which run keys and panels refer to.
    Focus(usize),
    /// The visible rectangle; none is the surface's own.
    SetView(Option<View>),
    /// The same in numbers, or fitted: a setting like others, which is undone.
    Frame(Option<View>),
    /// The value of a word about how the surface is looked at, by its place in [`crate::look::WORDS`]; empty is the default.
    SetLook(usize, String),
    /// What is drawn over the paths.
    SetOverlays(Vec<Overlay>),
    /// Takes back the last change.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// What was dragged is let go: the next change is one of its own.
    EndGesture,
}

impl Command {
    /// A name for what is being dragged: changes with the same name in a row are undone together. 0 stands alone.
    #[must_use]
    pub fn gesture(&self) -> u32 {
        let slot = |kind: usize, run: usize, index: usize| {
            // A network has thousands of weights, and a race eight runs.
            u32::try_from((kind << 20) | (run << 16) | index).unwrap_or(0)
        };
        let rank = |m: &ModifierChoice| crate::modifier::all().iter().position(|s| *s == m.spec).unwrap_or(0);
        match self {
            Self::SetStart(_) => slot(1, 0, 0),
            Self::SetSurfaceParam(i, _) => slot(2, 0, *i),
            Self::SetProblemParam(i, _) => slot(9, 0, *i),
            Self::SetNetwork(_) => slot(10, 0, 0),
            Self::SetFunction(_) => slot(13, 0, 0),
            Self::SetTransform(_) => slot(15, 0, 0),
            Self::SetLook(i, _) => slot(14, 0, *i),
            Self::Frame(_) => slot(16, 0, 0),
            Self::SetSteps(_) => slot(3, 0, 0),
            Self::SetNoise(_) => slot(4, 0, 0),
            Self::SetAll(Item::Modifier(m)) => slot(12, 0, rank(m)),
            Self::Set(run, Item::Param(i, _)) => slot(5, *run, *i),
            Self::Set(run, Item::Weight(i, _)) => slot(11, *run, *i),
            Self::Set(run, Item::Schedule(_)) => slot(6, *run, 0),
            Self::Set(run, Item::Warmup(_)) => slot(7, *run, 0),
            Self::Set(run, Item::Modifier(m)) => slot(8, *run, rank(m)),
            _ => 0,
        }
    }
}

/// What a command has made old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
#[expect(clippy::struct_excessive_bools, reason = "a set of flags")]
pub struct Outcome {
    /// Paths and charts.
    pub traces: bool,
    /// The surface or the visible rectangle.
    pub view: bool,
    /// How it is looked at.
    pub look: bool,
    /// The cursor.
    pub cursor: bool,
    /// The link.
    pub link: bool,
    /// Nothing: it is locked. Controls that have moved all the same go back.
    pub refused: bool,
}

impl Outcome {
    /// What comes of a command that is not obeyed.
    pub const REFUSED: Self =
        Self { traces: false, view: false, look: true, cursor: true, link: false, refused: true };
}
