//! Whole figures to take away: the stage and the chart of a link with axes, legend and scale, on anything that can be drawn on.
//!
//! What does not move with the cursor is worked out once ([`Figure::new`]) and drawn apart ([`Figure::paint_ground`]), so that a
//! film draws only what moves ([`Figure::paint_cursor`]).

mod area;
mod axes;
mod chart;
pub mod film;
mod layout;
pub mod legend;
mod material;
mod matrix;
mod network;
mod plane;
pub mod png;
pub mod webm;
mod words;

pub use material::{Material, Weights, training};
pub use words::{name, name_of_run, title, words};

use super::painter::{PointPx, Rect};
use super::style::Theme;
use super::{Sheet, SvgPainter, cast};
use crate::link;
use crate::surface::View;
use chart::ChartArt;
use layout::{MARGIN_PX, boxes, shape};
use matrix::MatrixArt;
use network::NetArt;
use plane::PlaneArt;

/// What a figure shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// The stage alone.
    Stage,
    /// The chart alone.
    Charts,
    /// Both.
    #[default]
    Both,
}

/// The colours of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near-black.
    Dark,
    /// Black on white with a grey map, for paper.
    Print,
    /// As light, and all of it larger, to be read from the last row.
    Projector,
}

impl What {
    /// All, with their words.
    pub const ALL: [(&'static str, Self); 3] =
        [("stage", Self::Stage), ("charts", Self::Charts), ("both", Self::Both)];
}

impl Colours {
    /// All, with their words.
    pub const ALL: [(&'static str, Self); 4] = [
        ("light", Self::Light),
        ("dark", Self::Dark),
        ("print", Self::Print),
        ("projector", Self::Projector),
    ];

    /// The colours of what stands on the ground.
    #[must_use]
    pub const fn theme(self) -> Theme {
        match self {
            Self::Light | Self::Projector => Theme::Light,
            Self::Dark => Theme::Dark,
            Self::Print => Theme::Print,
        }
    }

    /// How much larger everything is.
    const fn zoom(self) -> f64 {
        if matches!(self, Self::Projector) { 1.5 } else { 1.0 }
    }
}

/// How a figure is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// With the axes, the scale and the legend beside the stage.
    #[default]
    Paper,
    /// The stage from edge to edge with everything on it, as the page has it: for films and posters.
    Page,
}

/// What is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Of what.
    pub what: What,
    /// How large.
    pub size_px: (f64, f64),
    /// In which colours.
    pub colours: Colours,
    /// How it is laid out.
    pub frame: Frame,
    /// Pixels of the map in one of the figure, along each side.
    pub detail: f64,
    /// The part of the plane that is shown, with nothing around it; without one, what fills the figure and holds the link's
    /// view. From edge to edge it is filled in any case.
    pub part: Option<View>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            what: What::default(),
            size_px: (800.0, 600.0),
            colours: Colours::default(),
            frame: Frame::default(),
            detail: 1.0,
            part: None,
        }
    }
}

/// The smallest and the largest side of a figure, in pixels.
pub const SIDES_PX: (f64, f64) = (160.0, 8000.0);

/// A figure, all of it that does not move with the cursor.
pub struct Figure {
    material: Material,
    plan: Plan,
    size_px: (f64, f64),
    legend: legend::Legend,
    stage: Option<(Rect, Stage)>,
    chart: Option<(Rect, ChartArt)>,
}

/// What stands for the stage.
enum Stage {
    Plane(Box<PlaneArt>),
    Matrix(Box<MatrixArt>),
    Network(Box<NetArt>),
}

impl Figure {
    /// Works out what is to be drawn.
    ///
    /// # Errors
    /// Why there is no such figure, in words.
    pub fn new(material: Material, plan: Plan) -> Result<Self, String> {
        let (width, height) = plan.size_px;
        let fits = |side: f64| (SIDES_PX.0..=SIDES_PX.1).contains(&side);
        if !(fits(width) && fits(height)) {
            return Err(format!("A figure is from {} to {} pixels wide and high.", SIDES_PX.0, SIDES_PX.1));
        }
        let zoom = plan.colours.zoom();
        let size_px = (width / zoom, height / zoom);
        let room = if plan.frame == Frame::Paper { size_px.0 - 2.0 * MARGIN_PX } else { size_px.0 - 24.0 };
        let legend = legend::Legend::of(&material.link.config, room);
        let is_plane = material.link.config.is_plane();
        let shape = shape(&plan).filter(|_| is_plane);
        let (stage, chart) = boxes(&plan, size_px, legend.height_px(), shape);
        let theme = plan.colours.theme();
        let stage = stage.map(|rect| {
            let config = &material.link.config;
            let stage = match (&config.network, &config.problem) {
                (Some(problem), _) => Stage::Network(Box::new(NetArt::new(problem.network(), theme))),
                (None, Some(_)) => Stage::Matrix(Box::new(MatrixArt::new(&material, theme))),
                (None, None) => Stage::Plane(Box::new(PlaneArt::new(&material, &plan, rect))),
            };
            (rect, stage)
        });
        let chart = chart.map(|rect| (rect, ChartArt::new(&material, theme)));
        Ok(Self { material, plan, size_px, legend, stage, chart })
    }

    /// What it is drawn from.
    #[must_use]
    pub fn material(&self) -> &Material {
        &self.material
    }

    /// The size that it is drawn in, and how many times larger it is to be shown.
    #[must_use]
    pub fn size_px(&self) -> ((f64, f64), f64) {
        (self.size_px, self.plan.colours.zoom())
    }

    /// Draws what does not move with the cursor.
    pub fn paint_ground(&self, sheet: &mut dyn Sheet) {
        let theme = self.plan.colours.theme();
        let (width, height) = self.size_px;
        let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
        sheet.fill(&corners.map(|p: [f64; 2]| -> PointPx { p.map(cast::px) }), theme.background());
        match &self.stage {
            Some((rect, Stage::Plane(plane))) => plane.paint_ground(sheet, *rect),
            Some((rect, Stage::Matrix(matrix))) => matrix.paint_ground(sheet, *rect, &self.material),
            Some((_, Stage::Network(_))) | None => {}
        }
        if let Some((rect, chart)) = &self.chart {
            sheet.begin(*rect);
            chart.paint_ground(sheet, *rect, &self.material);
            sheet.end();
        }
        if self.plan.frame == Frame::Paper {
            self.legend.paint(sheet, [MARGIN_PX, MARGIN_PX], theme, None);
        }
    }

    /// Draws what moves with the cursor, over the ground.
    pub fn paint_cursor(&self, sheet: &mut dyn Sheet, step: u32) {
        let theme = self.plan.colours.theme();
        match &self.stage {
            Some((rect, Stage::Plane(plane))) => plane.paint_cursor(sheet, *rect, &self.material, step),
            Some((rect, Stage::Matrix(matrix))) => matrix.paint_cursor(sheet, *rect, &self.material, step),
            Some((rect, Stage::Network(network))) => network.paint(sheet, *rect, &self.material, step),
            None => {}
        }
        if let Some((rect, chart)) = &self.chart {
            sheet.begin(*rect);
            chart.paint_cursor(sheet, *rect, &self.material, step);
            sheet.end();
        }
        if self.plan.frame == Frame::Page {
            self.legend.paint(sheet, [12.0, 12.0], theme, Some(theme.halo()));
        }
    }

    /// All of it at a step.
    pub fn paint(&self, sheet: &mut dyn Sheet, step: u32) {
        self.paint_ground(sheet);
        self.paint_cursor(sheet, step);
    }

    /// All of it at a step as an SVG file that says where it comes from.
    #[must_use]
    pub fn svg(&self, step: u32, address: &str) -> String {
        let ((width, height), zoom) = self.size_px();
        let mut svg = SvgPainter::zoomed(width, height, zoom, "figure-");
        svg.title(&title(&self.material.link));
        svg.describe(&words(&self.material, step));
        svg.source(address);
        self.paint(&mut svg, step);
        svg.finish()
    }
}

impl From<link::Theme> for Colours {
    fn from(theme: link::Theme) -> Self {
        match theme {
            link::Theme::Dark => Self::Dark,
            link::Theme::Projector => Self::Projector,
            _ => Self::Light,
        }
    }
}
