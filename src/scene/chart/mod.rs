//! Charts of what several runs did over their steps, drawn through plotters.
//!
//! [`draw`] is generic over the backend in this one place; the page instantiates it once. It returns the [`ChartFrame`]
//! that maps steps and values to pixels, so that a cursor can move over the chart without its being drawn again.

mod axis;
mod curve;
mod draw;
mod frame;

#[cfg(not(target_arch = "wasm32"))]
pub use draw::chart_svg;
pub use draw::{Units, draw};
pub use frame::ChartFrame;

use super::style::{RunStyle, Theme};
use crate::run::Trace;

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
}

impl Quantity {
    /// The heading of the chart.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::GradNorm => "gradient norm",
            Self::Lr => "learning rate",
        }
    }

    /// Its column of a trace.
    #[must_use]
    pub fn column(self, trace: &Trace) -> &[f64] {
        match self {
            Self::Loss => &trace.loss,
            Self::GradNorm => &trace.grad_norm,
            Self::Lr => &trace.lr,
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

    /// Where a row of a trace stands.
    #[must_use]
    pub fn of_row(self, trace: &Trace, row: usize) -> f64 {
        match self {
            Self::Steps => super::cast::float(row),
            Self::Evaluations => trace.evaluations.get(row).copied().map_or(0.0, f64::from),
        }
    }
}

/// How values run along the vertical axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YScale {
    /// By decades; values that are not positive stand on the lower edge.
    #[default]
    Log,
    /// Evenly.
    Linear,
}

/// A run on a chart.
#[derive(Clone, Copy, Debug)]
pub struct ChartSeries<'a> {
    /// What it did.
    pub trace: &'a Trace,
    /// How it looks.
    pub style: RunStyle,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug)]
pub struct ChartSpec<'a> {
    /// Of what.
    pub quantity: Quantity,
    /// Over what.
    pub x_axis: XAxis,
    /// How values are spread. A logarithmic axis without any positive value becomes linear.
    pub y_scale: YScale,
    /// Subtracted from the values: the known minimum, for a loss that falls to something else than 0. Else 0.
    pub baseline: f64,
    /// The runs; later ones are drawn over earlier ones.
    pub series: &'a [ChartSeries<'a>],
    /// The last step of the runs, also where some ended before.
    pub horizon: u32,
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
        title
    }
}
