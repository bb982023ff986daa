//! A frame of the picture.

use super::gpu::{Gpu, MARK, Numbers, Program};
use super::map::{Map, There};
use super::paths::Path;
use super::sheet::{CELL_PX, CELLS, Mark};
use crate::scene::space::block::FLOOR;
use crate::scene::space::{Point, Sight, axes};
use crate::scene::stage::contour_color;
use crate::scene::{Rgba, Theme, run_style};
use std::ops::Range;
use web_sys::{WebGl2RenderingContext as Gl, WebGlTexture};

/// What stands on the surface is moved this far towards the eye, so that no triangle covers it.
const LIFT: Lifts = Lifts { contour: 0.01, future: 0.016, path: 0.02, mark: 0.05 };
const WIDTH_PX: f64 = 3.0;
const HALO_PX: f64 = 1.0;
const FUTURE_PX: f64 = 1.5;
const FUTURE_ALPHA: u8 = 190;
/// Paths behind the surface, and what they cast on the floor.
const HIDDEN_ALPHA: u8 = 90;
const SHADOW_ALPHA: u8 = 130;
/// A position behind the surface.
const HIDDEN_OPACITY: f32 = 0.45;

struct Lifts {
    contour: f64,
    future: f64,
    path: f64,
    mark: f64,
}

/// What is to be drawn.
pub struct Frame<'a> {
    pub gpu: &'a Gpu,
    pub map: &'a Map,
    pub paths: &'a [Path],
    pub sheet: Option<&'a WebGlTexture>,
    pub sight: Sight,
    /// Device pixels of a CSS pixel, and of the picture.
    pub ratio: f64,
    pub size: [i32; 2],
    pub theme: Theme,
    /// How many times thicker than usual lines and marks are.
    pub thick: f64,
    pub step: usize,
    pub focus: usize,
    /// Whether what is still to come is drawn.
    pub ahead: bool,
    /// Where runs start.
    pub start: Option<Point>,
}

/// How lines are drawn.
#[derive(Clone, Copy)]
struct Look {
    width_px: f64,
    color: Rgba,
    lift: f64,
    dashes: &'static [f64],
    /// Flattened to this height.
    level: Option<f64>,
    /// Whether pieces end round. Those that light shines through would be seen twice where they meet.
    round: bool,
}

impl Look {
    const fn plain(color: Rgba, width_px: f64) -> Self {
        Self { width_px, color, lift: 0.0, dashes: &[], level: None, round: false }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "what a graphics processor computes with")]
const fn single(v: f64) -> f32 {
    v as f32
}

/// Premultiplied.
fn paint(Rgba([r, g, b, a]): Rgba) -> [f32; 4] {
    let a = f32::from(a) / 255.0;
    let channel = |c: u8| f32::from(c) / 255.0 * a;
    [channel(r), channel(g), channel(b), a]
}

impl Frame<'_> {
    /// Draws it.
    pub fn draw(&self) {
        let (gl, Some(there)) = (&self.gpu.gl, &self.map.there) else {
            return;
        };
        gl.viewport(0, 0, self.size[0], self.size[1]);
        let [r, g, b, _] = paint(self.theme.background());
        gl.clear_color(r, g, b, 1.0);
        gl.depth_mask(true);
        gl.clear(Gl::COLOR_BUFFER_BIT | Gl::DEPTH_BUFFER_BIT);
        self.begin(&self.gpu.line);
        gl.depth_mask(false);
        self.surroundings(there);
        self.surface(there);
        self.begin(&self.gpu.line);
        gl.depth_mask(false);
        self.contours(there);
        self.hidden();
        self.paths();
        self.marks();
    }

    /// Takes a program into use and tells it about the camera.
    fn begin(&self, program: &Program) {
        let gl = &self.gpu.gl;
        self.gpu.take(program);
        let matrix = self.sight.matrix().map(single);
        gl.uniform_matrix4fv_with_f32_array(program.place("matrix"), false, &matrix);
        let [x, y, z] = self.sight.eye.map(single);
        gl.uniform3f(program.place("eye"), x, y, z);
        let [width, height] = self.sight.size_px.map(|px| single(0.5 * px * self.ratio));
        gl.uniform2f(program.place("half_px"), width, height);
        gl.uniform1f(program.place("per_unit"), single(self.sight.px_per_unit() * self.ratio));
    }

    fn lines(&self, lines: &Numbers, range: Range<usize>, look: &Look) {
        let (gl, line) = (&self.gpu.gl, &self.gpu.line);
        let [r, g, b, a] = paint(look.color);
        gl.uniform4f(line.place("paint"), r, g, b, a);
        gl.uniform1f(line.place("radius_px"), single(0.5 * look.width_px * self.thick * self.ratio));
        gl.uniform1f(line.place("lift"), single(look.lift));
        gl.uniform1f(line.place("cap"), if look.round { 1.0 } else { 0.0 });
        gl.uniform1f(line.place("level"), look.level.map_or(-10.0, single));
        let mut dashes = [0.0; 6];
        for (to, from) in dashes.iter_mut().zip(look.dashes) {
            *to = single(from * self.ratio);
        }
        gl.uniform1f(line.place("period"), dashes.iter().sum());
        gl.uniform1fv_with_f32_array(line.place("dashes"), &dashes);
        self.gpu.draw_lines(lines, range);
    }

    /// The walls behind, the floor, and what lies on it.
    fn surroundings(&self, there: &There) {
        let grid = Look::plain(self.theme.grid(), 1.0);
        for (wall, lines) in there.walls.iter().enumerate() {
            if axes::is_behind(wall, self.sight.back) {
                self.lines(lines, 0..lines.count, &grid);
            }
        }
        self.lines(&there.floor, 0..there.floor.count, &grid);
        // Its edges come first.
        self.lines(&there.floor, 0..4, &Look::plain(self.theme.axis(), 1.0));
        for ([r, g, b], range) in &self.map.levels {
            let look = Look { level: Some(FLOOR), ..Look::plain(Rgba([*r, *g, *b, 255]), 1.25) };
            self.lines(&there.contours, range.clone(), &look);
        }
        for (run, path) in self.paths.iter().enumerate() {
            if let Some(lines) = &path.lines {
                let color = run_style(run).chart_color(self.theme).with_alpha(SHADOW_ALPHA);
                let look = Look { level: Some(FLOOR), ..Look::plain(color, FUTURE_PX) };
                self.lines(lines, 0..path.over.upto(self.step).0, &look);
            }
        }
    }

    fn surface(&self, there: &There) {
        let (gl, mesh) = (&self.gpu.gl, &self.gpu.mesh);
        gl.depth_mask(true);
        self.begin(mesh);
        let [x, y, z] = self.sight.light().map(single);
        gl.uniform3f(mesh.place("light"), x, y, z);
        gl.bind_texture(Gl::TEXTURE_2D, Some(&there.colors));
        self.gpu.draw_mesh(&there.vertices, &there.triangles);
    }

    fn contours(&self, there: &There) {
        let count = self.map.levels.len();
        for (level, (_, range)) in self.map.levels.iter().enumerate() {
            let look = Look { lift: LIFT.contour, ..Look::plain(contour_color(level, count), 1.0) };
            self.lines(&there.contours, range.clone(), &look);
        }
    }

    /// Paths behind the surface, faintly.
    fn hidden(&self) {
        self.gpu.gl.depth_func(Gl::GREATER);
        for (run, path) in self.paths.iter().enumerate() {
            if let Some(lines) = &path.lines {
                let color = run_style(run).color(self.theme).with_alpha(HIDDEN_ALPHA);
                let look = Look { lift: LIFT.path, ..Look::plain(color, 2.0) };
                self.lines(lines, 0..path.over.upto(self.step).0, &look);
            }
        }
        self.gpu.gl.depth_func(Gl::LEQUAL);
    }

    /// What is to come, thin and faint, and over it what has been, with a halo. The surface may hide them and they do not hide one
    /// another: by depth, a halo would cover the next pieces of its own line where that runs away from the eye.
    fn paths(&self) {
        let halo = Look { round: true, ..Look::plain(self.theme.halo(), WIDTH_PX + 2.0 * HALO_PX) };
        for past in [false, true] {
            for (run, path) in self.paths.iter().enumerate() {
                let Some(lines) = &path.lines else { continue };
                let (now, style) = (path.over.upto(self.step).0, run_style(run));
                let color = style.color(self.theme);
                if past {
                    self.lines(lines, 0..now, &Look { lift: LIFT.path, ..halo });
                    let plain = Look::plain(color, WIDTH_PX);
                    let look = Look { lift: LIFT.path, dashes: style.dash_px, round: true, ..plain };
                    self.lines(lines, 0..now, &look);
                } else if self.ahead {
                    let plain = Look::plain(color.with_alpha(FUTURE_ALPHA), FUTURE_PX);
                    self.lines(lines, now..lines.count, &Look { lift: LIFT.future, ..plain });
                }
            }
        }
    }

    fn marks(&self) {
        let (gl, mark) = (&self.gpu.gl, &self.gpu.mark);
        let Some(sheet) = self.sheet else {
            return;
        };
        self.begin(mark);
        gl.bind_texture(Gl::TEXTURE_2D, Some(sheet));
        gl.uniform1f(mark.place("lift"), single(LIFT.mark));
        gl.uniform1f(mark.place("size_px"), single((CELL_PX * self.thick.min(1.4) * self.ratio).round()));
        let [columns, rows] = CELLS.map(|n| f32::from(u8::try_from(n).unwrap_or(1)));
        gl.uniform2f(mark.place("sheet"), columns, rows);
        gl.depth_mask(false);
        for path in self.paths {
            if let Some(marks) = &path.marks {
                self.gpu.draw_marks(marks, path.over.upto(self.step).1);
            }
        }
        gl.disable(Gl::DEPTH_TEST);
        let marks = self.still().into_iter().chain(self.positions());
        let mut numbers = Vec::new();
        for (at, mark) in marks {
            let opacity = if self.map.relief.hides(at, self.sight.eye) { HIDDEN_OPACITY } else { 1.0 };
            mark.put(at, opacity, &mut numbers);
        }
        if let Some(marks) = self.gpu.numbers(&numbers, MARK) {
            self.gpu.draw_marks(&marks, marks.count);
            self.gpu.free(Some(marks));
        }
        gl.enable(Gl::DEPTH_TEST);
    }

    fn still(&self) -> Vec<(Point, Mark)> {
        let minima = self.map.minima.iter().map(|at| (*at, Mark::Minimum));
        minima.chain(self.start.map(|at| (at, Mark::Start))).collect()
    }

    /// The focused one over the others.
    fn positions(&self) -> Vec<(Point, Mark)> {
        let mut all: Vec<_> = self.paths.iter().enumerate().collect();
        all.sort_by_key(|(run, _)| *run == self.focus);
        all.into_iter()
            .filter_map(|(run, path)| path.position(run, self.step, run == self.focus, &self.map.relief))
            .collect()
    }
}
