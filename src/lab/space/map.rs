//! The surface, its level lines and its axes, here and on the graphics processor.

use super::gpu::{Gpu, Numbers};
use crate::link::Link;
use crate::scene::space::lines::{self, PIECE};
use crate::scene::space::path::on_surface;
use crate::scene::space::relief::VERTEX;
use crate::scene::space::{Height, Point, Relief, Ticks, axes};
use crate::scene::{Colormap, Contours, Field, LevelScale, MapKind, Viewport};
use crate::surface::{Levels, SurfaceObjective, View};
use std::ops::Range;
use web_sys::WebGlTexture;

/// Vertices of the longer side of what is not drawn.
const FEW_VERTICES: f64 = 33.0;
/// About how many level lines there are, as on the plane.
const CONTOURS: usize = 18;
/// CSS pixels between the values that the colours of the plane are chosen by.
const COARSE_PX: f64 = 7.0;

/// What it depends on.
#[derive(Clone, PartialEq)]
pub struct Key {
    surface: SurfaceObjective,
    view: View,
    /// The words for colours, their levels and heights.
    words: [String; 3],
    /// The size of the plane beside it, whose colours it has.
    plane_px: Option<(f64, f64)>,
}

impl Key {
    /// Of a link, beside a plane of this size or alone.
    pub fn of(link: &Link, plane_px: Option<(f64, f64)>) -> Self {
        let config = &link.config;
        let words = ["map", "levels", "height"].map(|word| config.look.get(word).to_owned());
        Self { surface: config.surface.clone(), view: config.visible(), words, plane_px }
    }

    fn levels(&self) -> Levels {
        levels(&self.words[1], self.surface.spec.levels)
    }

    /// How heights are spaced: as said, or as the colours.
    pub fn heights(&self) -> Levels {
        levels(&self.words[2], self.levels())
    }

    /// How they are if nothing is said.
    pub fn usual_heights(&self) -> Levels {
        self.levels()
    }
}

/// The levels of a word; where it says nothing, these.
fn levels(word: &str, usual: Levels) -> Levels {
    match word {
        "linear" => Levels::Linear,
        "log" => Levels::Log,
        _ => usual,
    }
}

/// The surface and what stands still around it.
pub struct Map {
    /// What it depends on.
    pub key: Key,
    /// Its heights.
    pub relief: Relief,
    /// The ticks along its axes.
    pub ticks: Ticks,
    /// Where its minima are.
    pub minima: Vec<Point>,
    /// Of each level its colour and its pieces among the level lines.
    pub levels: Vec<([u8; 3], Range<usize>)>,
    /// On the graphics processor.
    pub there: Option<There>,
}

/// What of it is on the graphics processor.
pub struct There {
    /// The mesh.
    pub vertices: Numbers,
    /// Its triangles.
    pub triangles: Numbers,
    /// The level lines.
    pub contours: Numbers,
    /// The lines on the floor.
    pub floor: Numbers,
    /// And on the walls.
    pub walls: Vec<Numbers>,
    /// The colours.
    pub colors: WebGlTexture,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
fn count(n: f64) -> usize {
    n.max(2.0) as usize
}

impl Map {
    /// Works it out, and puts it on the graphics processor.
    pub fn new(key: Key, gpu: Option<&Gpu>) -> Self {
        let (surface, view) = (&key.surface, key.view);
        let (width, depth) = (view.x.1 - view.x.0, view.y.1 - view.y.0);
        let longer = width.max(depth);
        let most = gpu.map_or(FEW_VERTICES, |gpu| gpu.vertices);
        let side = |span: f64| count((most * span / longer).max(0.3 * most));
        let mut field = Field::nodes(view, side(width), side(depth));
        field.compute(surface);
        let known = surface.minima().first().map(|[x, y]| surface.at(*x, *y));
        let colors = match key.plane_px {
            Some(size) => LevelScale::of(&coarse(surface, view, size), key.levels(), known),
            None => LevelScale::of(&field, key.levels(), known),
        };
        let height = Height::of(LevelScale::of(&field, key.heights(), known), key.heights());
        let relief = Relief::of(&field, &height);
        let ticks = Ticks::of(&relief.block, &height);
        let contours = Contours::of(&field, &colors.contour_levels(CONTOURS));
        let (lines, ranges) = lines::contours(&contours, &relief.block, |value| height.at(value));
        let palette = Colormap::new(MapKind::find(&key.words[0]).unwrap_or_default());
        let color = |level: &f64| palette.rgb(colors.t(*level));
        let levels = contours.levels.iter().map(color).zip(ranges).collect();
        let minima = surface
            .minima()
            .into_iter()
            .filter(|m| view.contains(*m))
            .filter_map(|m| on_surface(&relief, relief.block.from_plot(m)))
            .collect();
        let mut map = Self { key, relief, ticks, minima, levels, there: None };
        map.there = gpu.and_then(|gpu| map.put(gpu, &field, &colors, &palette, &lines));
        map
    }

    fn put(
        &self,
        gpu: &Gpu,
        field: &Field,
        colors: &LevelScale,
        palette: &Colormap,
        contours: &lines::Lines,
    ) -> Option<There> {
        let table: Vec<u8> = (0..=255_u8)
            .flat_map(|i| {
                let [r, g, b] = palette.rgb(f64::from(i) / 255.0);
                [r, g, b, 255]
            })
            .collect();
        let block = &self.relief.block;
        let walls = (0..axes::WALLS).map(|wall| axes::wall(block, &self.ticks, wall));
        Some(There {
            vertices: gpu.numbers(&self.relief.vertices(field, colors), VERTEX)?,
            triangles: gpu.indices(&self.relief.triangles())?,
            contours: gpu.numbers(&contours.pieces, PIECE)?,
            floor: gpu.numbers(&axes::floor(block, &self.ticks).pieces, PIECE)?,
            walls: walls.map(|wall| gpu.numbers(&wall.pieces, PIECE)).collect::<Option<_>>()?,
            colors: gpu.colors(&table)?,
        })
    }

    /// Gives back what it has on the graphics processor.
    pub fn free(self, gpu: Option<&Gpu>) {
        if let (Some(gpu), Some(there)) = (gpu, self.there) {
            let There { vertices, triangles, contours, floor, walls, colors } = there;
            for numbers in [vertices, triangles, contours, floor].into_iter().chain(walls) {
                gpu.free(Some(numbers));
            }
            gpu.gl.delete_texture(Some(&colors));
        }
    }
}

/// The values by which a plane of this size chooses its colours.
fn coarse(surface: &SurfaceObjective, view: View, (width_px, height_px): (f64, f64)) -> Field {
    let port = Viewport::fitted(view, width_px, height_px);
    let side = |px: f64| count(px / COARSE_PX) + 1;
    let mut field = Field::nodes(port.view, side(width_px), side(height_px));
    field.compute(surface);
    field
}
