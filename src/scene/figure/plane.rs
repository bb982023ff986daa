//! The stage of runs on a surface.

use super::{Frame, Material, Plan, axes, layout};
use crate::link::Chart;
use crate::look::Overlay;
use crate::math::num;
use crate::run::inspect::{Inspection, inspect};
use crate::run::slice::{Along, Slice};
use crate::run::{Status, Trace};
use crate::scene::field::COARSE_PX;
use crate::scene::painter::Rect;
use crate::scene::scale::CONTOURS;
use crate::scene::study::{Study, StudyPen};
use crate::scene::{
    Colormap, Contours, Field, LevelScale, MapKind, OverlayPen, PathCursor, PathLook, Pixels, Sheet, Theme,
    Viewport, cast, fan, path, run_style, slice, stage,
};
use crate::surface::SurfaceObjective;
use crate::surface::study::Model;

/// Values of the map at the most: larger figures have a coarser one, drawn smoothly.
const MOST_VALUES: f64 = 4e6;
/// A study ends after so many pieces of this much work, however much is left.
const PIECES: u32 = 4000;
const WORK: usize = 20_000;

/// What does not move.
pub struct PlaneArt {
    plot: Rect,
    port: Viewport,
    theme: Theme,
    frame: Frame,
    map: Pixels,
    colors: Colormap,
    scale: LevelScale,
    levels: Vec<f64>,
    contours: Contours,
    minima: Vec<[f64; 2]>,
    study: Option<Study>,
}

/// The surface in pixels, a value for each.
fn map(
    surface: &SurfaceObjective,
    port: &Viewport,
    (scale, colors): (&LevelScale, &Colormap),
    theme: Theme,
    detail: f64,
) -> (Pixels, Field) {
    let spacing = (port.width_px * port.height_px / MOST_VALUES).sqrt().max(1.0 / detail);
    let mut field = Field::spaced(port, spacing);
    field.compute(surface);
    let mut bytes = vec![0; 4 * field.nx * field.ny];
    field.paint_rgba(scale, colors, theme.neutral(), 0..field.ny, &mut bytes);
    (Pixels { width: cast::id(field.nx), height: cast::id(field.ny), bytes }, field)
}

/// What is found out about the surface, all of it.
fn study(material: &Material, port: Viewport) -> Option<Study> {
    let config = &material.link.config;
    let of_study = |o: &Overlay| o.is_of_surface() && !matches!(o, Overlay::Model | Overlay::Newton);
    let on: Vec<Overlay> = config.overlays.iter().copied().filter(of_study).collect();
    let labels = config.look.is("labels", "1");
    if on.is_empty() && !labels {
        return None;
    }
    let mut study = Study::new(&config.surface, port, config.levels());
    study.want(&on, labels);
    for _ in 0..PIECES {
        if !study.waits() {
            break;
        }
        study.advance(WORK);
    }
    Some(study)
}

impl PlaneArt {
    /// Works out what is to be drawn within a rectangle.
    pub fn new(material: &Material, plan: &Plan, rect: Rect) -> Self {
        let config = &material.link.config;
        let theme = plan.colours.theme();
        let plot = layout::plot(rect, plan.frame, layout::shape(plan));
        let port = Viewport::fitted(plan.part.unwrap_or_else(|| config.visible()), plot.width, plot.height);
        let kind = match (theme, MapKind::find(config.look.get("map"))) {
            (Theme::Print, None) => MapKind::Grey,
            (_, kind) => kind.unwrap_or_default(),
        };
        let colors = Colormap::new(kind);
        let mut coarse = Field::spaced(&port, COARSE_PX);
        coarse.compute(&config.surface);
        let minima = config.surface.minima();
        let known = minima.first().map(|[x, y]| config.surface.at(*x, *y));
        let scale = LevelScale::of(&coarse, config.levels(), known);
        let zoom = plan.size_px.0 / plan.colours.zoom().max(1.0) / plan.size_px.0;
        let (map, field) = map(&config.surface, &port, (&scale, &colors), theme, plan.detail / zoom);
        let levels = scale.contour_levels(CONTOURS);
        let contours = Contours::of(&field, &levels);
        let study = study(material, port);
        Self { plot, port, theme, frame: plan.frame, map, colors, scale, levels, contours, minima, study }
    }

    /// Draws the map and what stands around it.
    pub fn paint_ground(&self, sheet: &mut dyn Sheet, _rect: Rect) {
        let Self { plot, port, theme, .. } = self;
        sheet.begin(*plot);
        // The outer values stand on the edges.
        let gap = |length: f64, n: u32| length / f64::from(n.max(2) - 1);
        let (dx, dy) = (gap(port.width_px, self.map.width), gap(port.height_px, self.map.height));
        let over =
            Rect { left: -0.5 * dx, top: -0.5 * dy, width: port.width_px + dx, height: port.height_px + dy };
        sheet.image(over, &self.map);
        stage::contours(sheet, &self.contours, port);
        stage::minima(sheet, &self.minima, port, *theme);
        if self.frame == Frame::Page {
            stage::axes(sheet, port, *theme);
        }
        sheet.end();
        if self.frame == Frame::Paper {
            axes::around(sheet, *plot, port, *theme);
            axes::scale(sheet, *plot, &self.colors, &self.scale, &self.levels, *theme);
        }
    }

    /// Draws the runs at a step, and what depends on them.
    pub fn paint_cursor(&self, sheet: &mut dyn Sheet, _rect: Rect, material: &Material, step: u32) {
        let seen = seen(material, step);
        sheet.begin(self.plot);
        self.paint_study(sheet, seen.as_ref());
        let traces = &material.traces;
        let ahead = material.link.hide.shows_ahead();
        self.paint_paths(sheet, traces, step as usize, ahead);
        if let Some(all) = material.fan.as_ref().filter(|_| ahead) {
            let style = run_style(material.open);
            fan::paths(sheet, all.traces(), &self.port, &style, self.theme);
        }
        stage::start_pin(sheet, material.link.config.start, &self.port, self.theme);
        self.paint_positions(sheet, material, step as usize);
        if let Some(cloud) = material.fan.as_ref().and_then(|all| all.cloud(step)) {
            fan::cloud(sheet, &cloud, &self.port, &run_style(material.open), self.theme);
        }
        if let Some(seen) = &seen {
            self.paint_overlays(sheet, material, seen);
        }
        sheet.end();
    }

    fn paint_study(&self, sheet: &mut dyn Sheet, seen: Option<&Inspection>) {
        let Some(study) = &self.study else { return };
        if let (Some(curvature), Some(seen)) = (study.curvature.get(), seen) {
            StudyPen { painter: sheet, port: &self.port, theme: self.theme }.stable(curvature, seen.lr);
        }
        StudyPen { painter: sheet, port: &self.port, theme: self.theme }.paint(study);
    }

    fn paint_paths(&self, sheet: &mut dyn Sheet, traces: &[Trace], step: usize, ahead: bool) {
        let look = |i| PathLook { style: run_style(i), theme: self.theme, quick: false, thick: 1.0 };
        for (i, trace) in traces.iter().enumerate().filter(|_| ahead) {
            path::paint_future(sheet, trace, &self.port, step.min(trace.last()), &look(i));
        }
        for (i, trace) in traces.iter().enumerate() {
            let mut cursor = PathCursor::default();
            cursor.paint_to(sheet, trace, &self.port, step, &look(i));
            let ended = matches!(trace.status, Status::Diverged { .. }) && step >= trace.last();
            if let Some(at) = cursor.last_in_sight_px().filter(|_| ended) {
                stage::diverged(sheet, at, &self.port, &run_style(i), self.theme);
            }
        }
    }

    /// The open run over the others; it is ringed where there are others.
    fn paint_positions(&self, sheet: &mut dyn Sheet, material: &Material, step: usize) {
        let several = material.traces.len() > 1;
        for focused in [false, true] {
            for (i, trace) in material.traces.iter().enumerate() {
                if let Some(point) = trace.point2(step).filter(|_| (i == material.open) == focused) {
                    let style = run_style(i);
                    stage::position(sheet, point, &self.port, &style, self.theme, focused && several);
                }
            }
        }
    }

    fn paint_overlays(&self, sheet: &mut dyn Sheet, material: &Material, seen: &Inspection) {
        let config = &material.link.config;
        let style = run_style(material.open);
        if let Some(line) = line(material, seen) {
            slice::paint_line(sheet, &line, &self.port, &style, self.theme);
        }
        let mut pen =
            OverlayPen { painter: sheet, port: &self.port, style, theme: self.theme, labels: Vec::new() };
        if let &[x, y] = &seen.x[..]
            && [Overlay::Model, Overlay::Newton].iter().any(|o| config.overlays.contains(o))
            && let Some(model) = Model::of(&config.surface, [x, y])
        {
            pen.paint_model(&model, &config.overlays);
        }
        pen.paint(seen, &config.overlays, None);
    }
}

/// The open run looked into at a step, where something of that is shown.
pub fn seen(material: &Material, step: u32) -> Option<Inspection> {
    let config = &material.link.config;
    let wanted = !config.overlays.is_empty() || material.link.chart == Chart::Slice;
    let there = wanted && config.is_plane() && material.open < config.runs.len();
    there.then(|| inspect(&config.run_spec(material.open), step)).flatten()
}

/// The line that the link's slice runs along.
pub fn line(material: &Material, seen: &Inspection) -> Option<Slice> {
    let config = &material.link.config;
    if material.link.chart != Chart::Slice || !config.is_plane() {
        return None;
    }
    Slice::of(&config.surface, seen, Along::read(config.look.get("slice")))
}

/// The part of that line that is shown, and how many times closer that is than what fits.
pub fn range(material: &Material, line: &Slice) -> ((f64, f64), f64) {
    let config = &material.link.config;
    let zoom = config.look.numbers("slice_zoom").first().copied().unwrap_or(1.0);
    let view = config.visible();
    let (low, high) = line.range(num::norm(&[view.x.1 - view.x.0, view.y.1 - view.y.0]));
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low) / zoom);
    ((middle - half, middle + half), zoom)
}
