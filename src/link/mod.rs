//! Links: everything that is seen, as a readable fragment, and back.
//!
//! ```text
//! #v=1&surface=rosenbrock(b=50)&start=-1.5,2&steps=500&seed=7&noise=0.1
//!  &run=adam:lr=0.05,beta2=0.97,schedule=cosine(t_max=500),warmup=20,clip_norm=1
//!  &edit=1@120:lr=0.01&step=200&view=-2,2,-1,3
//! ```
//!
//! `problem=matrix_lsq(k=4)` stands in place of `surface` for problems whose parameters are a matrix. They have a start of their
//! own, and nothing on the plane.
//!
//! `surface=custom(a=1;b=100)&f=(a-x)^2+b*(y-x^2)^2` is a function typed by the user ([`crate::surface::custom`]) with the values
//! of its parameters.
//!
//! `transform=rotate=30,scale_x=2` scales, turns, moves and tilts the surface ([`crate::surface::Transform`]).
//!
//! Reading never fails: what is unknown or out of range is left out and reported, and everything else is kept. Defaults
//! are not written, except the learning rate, which people look for. The command line takes the same words.

mod embed;
pub mod item;
mod read;
pub mod schedule;
mod stand_in;
mod write;

pub use crate::look::Overlay;
pub use embed::{Autoplay, Controls, Hidden, PARTS};
pub use read::{
    NOISE_PARAM, Notice, Reader, SEED_PARAM, SHARED_PARAMS, START_PARAMS, STEPS_PARAM, transform,
};
pub use write::write_transform;

use crate::grammar as text;
use crate::run::RunSpec;
use crate::run::spec::Problem;
use crate::session::{Config, Locks, RunConfig};

/// Which quantity the chart shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chart {
    /// The loss, on a logarithmic axis.
    #[default]
    Loss,
    /// The norm of the gradient, on a logarithmic axis.
    Gradient,
    /// The learning rate after the schedule.
    Lr,
    /// The share of examples that are classified right. Of networks only.
    Accuracy,
    /// The loss of each mini-batch. Of networks only.
    Batch,
    /// The loss along a line through the point of the open run. Of surfaces only.
    Slice,
}

impl Chart {
    /// All, in the order of the tabs.
    pub const ALL: [Self; 6] =
        [Self::Loss, Self::Gradient, Self::Lr, Self::Accuracy, Self::Batch, Self::Slice];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Gradient => "gradient",
            Self::Lr => "lr",
            Self::Accuracy => "accuracy",
            Self::Batch => "batch",
            Self::Slice => "slice",
        }
    }

    /// Whether only networks have it.
    #[must_use]
    pub const fn is_of_networks(self) -> bool {
        matches!(self, Self::Accuracy | Self::Batch)
    }
}

/// What runs along the chart's horizontal axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axis {
    /// Steps.
    #[default]
    Steps,
    /// Values and gradients asked for.
    Evaluations,
}

impl Axis {
    /// All, in the order of the menu.
    pub const ALL: [Self; 2] = [Self::Steps, Self::Evaluations];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Evaluations => "evaluations",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Dark on white with larger text and thicker lines, to be read from the last row.
    Projector,
}

impl Theme {
    /// All, in the order of the button.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::Projector];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Projector => "projector",
        }
    }
}

/// Everything a link holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The settings.
    pub config: Config,
    /// What came of the runs when the link was made, in short ([`crate::export::check`]); empty where it does not say.
    pub check: String,
    /// The run that is open, of which overlays and the slice are.
    pub focus: usize,
    /// Where the cursor stands, paused there; none plays from the start.
    pub step: Option<u32>,
    /// How fast the cursor moves.
    pub speed: f64,
    /// Which quantity the chart shows.
    pub chart: Chart,
    /// What it shows it over.
    pub axis: Axis,
    /// Whether the singular values are those of the steps; otherwise those of W. Where the runs are on a matrix.
    pub singular_of_steps: bool,
    /// How networks are looked at, in words of the second program's own; empty is its first view.
    pub show: String,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the page is part of another one: the stage and the controls below it, if nothing else is said.
    pub embed: bool,
    /// How many controls are shown.
    pub controls: Controls,
    /// What is not shown: parts of the page, and perhaps what is still to come.
    pub hide: Hidden,
    /// What cannot be changed.
    pub lock: Locks,
    /// Whether it begins to play by itself.
    pub autoplay: Autoplay,
    /// Whether motion is kept down, whatever the reader's system says.
    pub reduced_motion: Option<bool>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            config: Config::welcome(),
            check: String::new(),
            focus: 0,
            step: None,
            speed: 1.0,
            chart: Chart::default(),
            axis: Axis::default(),
            singular_of_steps: false,
            show: String::new(),
            theme: Theme::default(),
            embed: false,
            controls: Controls::default(),
            hide: Hidden::default(),
            lock: Locks::default(),
            autoplay: Autoplay::default(),
            reduced_motion: None,
        }
    }
}

impl Link {
    /// A link that shows one run and nothing else. Read again it gives the same specification, to the bit.
    #[must_use]
    pub fn of_run(spec: &RunSpec) -> Self {
        let mut config = match &spec.problem {
            Problem::Surface(surface) => Config { surface: surface.clone(), ..Config::new(surface.spec) },
            Problem::Matrix(matrix) => {
                Config { problem: Some(matrix.clone()), ..Config::new(Config::default_surface()) }
            }
            Problem::Network(network) => {
                Config { network: Some(network.clone()), ..Config::new(Config::default_surface()) }
            }
        };
        if let (Problem::Surface(_), Some(start)) = (&spec.problem, spec.start.first_chunk()) {
            config.start = *start;
        }
        let run = RunConfig { settings: spec.settings.clone(), edits: spec.edits.clone(), start: None };
        let config = Config { steps: spec.steps, seed: spec.seed, noise: 0.0, runs: vec![run], ..config };
        Self { config, ..Self::default() }
    }

    /// Reads a fragment, with or without its `#`.
    #[must_use]
    pub fn read(fragment: &str) -> (Self, Vec<Notice>) {
        Reader::default().read(fragment)
    }

    /// The same before all names are known ([`crate::catalogue`]). What is not known yet is kept as it is written, so that
    /// [`Self::write`] says it again, and a notice that [waits](Notice::waits) says what it is for the case that it remains
    /// unknown.
    #[must_use]
    pub fn read_early(fragment: &str) -> (Self, Vec<Notice>) {
        Reader::early().read(fragment)
    }
}
