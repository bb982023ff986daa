//! Charts of what several runs did over their steps, drawn through plotters.
//!
//! [`draw`] is generic over the backend in this one place; the page instantiates it once. It returns the [`ChartFrame`]
//! that maps steps and values to pixels, so that a cursor can move over the chart without its being drawn again.

mod axis;
mod curve;
mod draw;
mod frame;
mod readout;
mod strokes;

#[cfg(not(target_arch = "wasm32"))]
pub use draw::chart_svg;
pub use draw::{Units, draw};
pub use frame::ChartFrame;
pub use readout::readout;

use super::style::{RunStyle, Theme};
use crate::link;
use crate::run::fan::Bands;
use crate::run::{Status, Trace};
use std::fmt::Write;

/// What is charted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantity {
    /// f.
    #[default]
    Loss,
    /// ‖∇f‖.
    GradNorm,
    /// The learning rate after its schedule.
    Lr,
    /// The share of examples that are right.
    Accuracy,
    /// The loss of each mini-batch.
    Batch,
}

impl Quantity {
    /// The heading of the chart.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::GradNorm => "gradient norm",
            Self::Lr => "learning rate",
            Self::Accuracy => "accuracy",
            Self::Batch => "batch loss",
        }
    }

    /// Its column of a trace, which knows no examples: the loss stands for all that is measured on them.
    #[must_use]
    pub fn column(self, trace: &Trace) -> &[f64] {
        match self {
            Self::GradNorm => &trace.grad_norm,
            Self::Lr => &trace.lr,
            Self::Loss | Self::Accuracy | Self::Batch => &trace.loss,
        }
    }
}

impl From<link::Chart> for Quantity {
    fn from(chart: link::Chart) -> Self {
        match chart {
            // Where there is no line to cut along, the loss is shown.
            link::Chart::Loss | link::Chart::Slice => Self::Loss,
            link::Chart::Gradient => Self::GradNorm,
            link::Chart::Lr => Self::Lr,
            link::Chart::Accuracy => Self::Accuracy,
            link::Chart::Batch => Self::Batch,
        }
    }
}

/// What runs along the horizontal axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum XAxis {
    /// Steps.
    #[default]
    Steps,
    /// Values and gradients asked for: fair between methods that ask more than once a step.
    Evaluations,
}

impl XAxis {
    /// The heading of the axis.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Steps => "over steps",
            Self::Evaluations => "over evaluations",
        }
    }

    /// Where a row of a run stands.
    #[must_use]
    pub fn of_row(self, series: &ChartSeries<'_>, row: usize) -> f64 {
        match self {
            Self::Steps => series.steps.get(row).map_or_else(|| super::cast::float(row), |s| f64::from(*s)),
            Self::Evaluations => series.evaluations.get(row).copied().map_or(0.0, f64::from),
        }
    }
}

impl From<link::Axis> for XAxis {
    fn from(axis: link::Axis) -> Self {
        match axis {
            link::Axis::Steps => Self::Steps,
            link::Axis::Evaluations => Self::Evaluations,
        }
    }
}

/// How values run along the vertical axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YScale {
    /// By decades; a value of 0 stands on the lower edge.
    #[default]
    Log,
    /// Evenly.
    Linear,
}

/// A run on a chart: columns of its trace.
#[derive(Clone, Copy, Debug)]
pub struct ChartSeries<'a> {
    /// The charted quantity in each row.
    pub values: &'a [f64],
    /// The same of what is only looked at, as the test examples: drawn dashed. Empty where there is none.
    pub other: &'a [f64],
    /// The step of each row; empty where row n is step n.
    pub steps: &'a [u32],
    /// Values and gradients asked for up to each row; may be empty for a chart over steps.
    pub evaluations: &'a [u32],
    /// Hessians likewise.
    pub hessians: &'a [u32],
    /// Whether it ended because its numbers left the finite range.
    pub diverged: bool,
    /// How it looks.
    pub style: RunStyle,
}

impl<'a> ChartSeries<'a> {
    /// What a run did.
    #[must_use]
    pub fn of(trace: &'a Trace, quantity: Quantity, style: RunStyle) -> Self {
        Self {
            values: quantity.column(trace),
            other: &[],
            steps: &[],
            evaluations: &trace.evaluations,
            hessians: &trace.hessians,
            diverged: matches!(trace.status, Status::Diverged { .. }),
            style,
        }
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> usize {
        self.values.len().saturating_sub(1)
    }

    /// The step of a row.
    #[must_use]
    pub fn step_of(&self, row: usize) -> usize {
        self.steps.get(row).map_or(row, |s| *s as usize)
    }

    /// The last row that is not after a step.
    #[must_use]
    pub fn row_at(&self, step: u32) -> usize {
        let row = if self.steps.is_empty() {
            step as usize
        } else {
            self.steps.partition_point(|s| *s <= step).saturating_sub(1)
        };
        row.min(self.last())
    }

    /// Its rows that are not after a step.
    #[must_use]
    pub fn until(self, step: u32) -> Self {
        let rows = self.row_at(step) + 1;
        let upto = |column: &'a [f64]| column.get(..rows).unwrap_or(column);
        let diverged = self.diverged && rows >= self.values.len();
        Self { values: upto(self.values), other: upto(self.other), diverged, ..self }
    }

    /// Hessians asked for up to a row, or to the end where the row is beyond.
    #[must_use]
    pub fn hessians_at(&self, row: usize) -> u32 {
        self.hessians.get(row).or(self.hessians.last()).copied().unwrap_or(0)
    }
}

/// What a run does with many seeds.
#[derive(Clone, Copy, Debug)]
pub struct ChartFan<'a> {
    /// The median and the band around it.
    pub bands: &'a Bands,
    /// Of how many runs.
    pub count: usize,
    /// How the run looks.
    pub style: RunStyle,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug)]
pub struct ChartSpec<'a> {
    /// Of what.
    pub quantity: Quantity,
    /// Over what.
    pub x_axis: XAxis,
    /// How values are spread. A logarithmic axis becomes linear where a value is negative or none is positive.
    pub y_scale: YScale,
    /// Subtracted from the values: the known minimum, for a loss that falls to something else than 0. Else 0.
    pub baseline: f64,
    /// The runs; later ones are drawn over earlier ones.
    pub series: &'a [ChartSeries<'a>],
    /// The spread of one of them over seeds, drawn below them; over steps only.
    pub fan: Option<ChartFan<'a>>,
    /// The last step of the runs, also where some ended before.
    pub horizon: u32,
    /// The step after which nothing is drawn; the axes are those of all of it.
    pub until: Option<u32>,
    /// The colours.
    pub theme: Theme,
}

impl ChartSpec<'_> {
    /// The heading: the quantity, and what was subtracted from it.
    #[must_use]
    pub fn title(&self) -> String {
        let mut title = self.quantity.title().to_owned();
        if self.baseline != 0.0 {
            title.push_str(" − minimum");
        }
        if self.series.iter().any(|s| !s.other.is_empty()) {
            title.push_str(": —— training, - - test");
        }
        if let Some(fan) = self.fan_over_steps() {
            let _ = write!(title, "; - - median, 10 to 90 % of {} seeds", fan.count);
        }
        title
    }

    /// The fan, where there is a place for it.
    fn fan_over_steps(&self) -> Option<&ChartFan<'_>> {
        self.fan.as_ref().filter(|_| self.x_axis == XAxis::Steps && self.until.is_none())
    }

    /// The heading of the horizontal axis. Hessians cost more than a gradient and are no part of the evaluations.
    #[must_use]
    pub fn along(&self) -> String {
        let mut along = self.x_axis.title().to_owned();
        let some = self.series.iter().any(|s| s.hessians_at(s.last()) > 0);
        if some && self.x_axis == XAxis::Evaluations {
            along.push_str(", Hessians not counted");
        }
        along
    }
}
