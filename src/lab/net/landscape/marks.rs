//! What stands on the map: paths, the runs' places, the origin, what is read; and the two profiles below it.

use super::super::super::html::set_text;
use super::state::State;
use super::tracks::Track;
use crate::canvas::Layer;
use crate::landscape::Plane;
use crate::math::num;
use crate::param::readable;
use crate::scene::painter::{Align, PointPx};
use crate::scene::{
    Field, LevelScale, Painter, Polylines, Rgba, RunStyle, Stroke, TextStyle, Viewport, run_style, stage,
};

/// Nearer points of a path are not drawn, in pixels.
const THIN_PX: f32 = 1.0;
/// What is further away than this cannot be told on a canvas, in pixels.
const FAR_PX: f64 = 20_000.0;
/// How a path looks whose points have at most this share of their way beyond the plane: opacity and width.
const BANDS: [(f64, u8, f64); 4] = [(0.1, 255, 3.0), (0.4, 205, 2.4), (0.8, 150, 1.8), (1.0, 105, 1.3)];
/// What is still to come is this thin.
pub const FUTURE_PX: f64 = 1.0;

#[expect(clippy::cast_possible_truncation, reason = "pixels")]
fn px(port: &Viewport, at: [f64; 2]) -> PointPx {
    port.px_from_plot(at).map(|v| num::clamp(v, -FAR_PX, FAR_PX) as f32)
}

fn band(share: f64) -> usize {
    BANDS.iter().position(|(most, ..)| share <= *most).unwrap_or(BANDS.len() - 1)
}

/// Draws all of it anew.
pub fn paint(state: &mut State) {
    let layer = &state.layers[1];
    layer.clear();
    let (Some(port), Some((plane, _))) = (state.port(), state.found()) else {
        return;
    };
    let mut painter = layer.painter();
    // The open run's last, so that it lies above the others.
    let others = (0..state.tracks.len()).filter(|i| *i != state.focus);
    for i in others.chain([state.focus]) {
        let Some(tracks) = state.tracks.get(i) else { continue };
        let style = run_style(i);
        for worker in &tracks.workers {
            paint_worker(&mut painter, worker, state, &port, &style);
        }
        paint_path(&mut painter, &tracks.own, state, &port, &style);
    }
    if let Some(start) = state.tracks.get(state.focus).and_then(|t| t.own.points.first()) {
        stage::start_pin(&mut painter, start.at, &port, state.theme);
    }
    // Where the path ends.
    if state.future_px > 0.0 {
        let origin = px(&port, [0.0, 0.0]);
        stage::cross(&mut painter, origin, 5.5, state.theme.text(), 2.0, state.theme);
    }
    for i in (0..state.tracks.len()).filter(|i| *i != state.focus) {
        if let Some(at) = state.tracks[i].at(state.step) {
            stage::position(&mut painter, at.at, &port, &run_style(i), state.theme, false);
        }
    }
    paint_open(&mut painter, state, plane, &port);
    if let Some(reading) = state.reading {
        paint_reading(&mut painter, state, px(&port, reading.at));
    }
    paint_profiles(state);
}

/// The open run's place, with a ring as large as its distance from the plane.
fn paint_open(painter: &mut dyn Painter, state: &State, plane: &Plane, port: &Viewport) {
    let near = state.tracks.get(state.focus).and_then(|t| t.at(state.step));
    let exact = state.here.as_ref().filter(|h| h.step == state.step).map(|h| &h.at);
    let Some(at) = exact.or(near) else { return };
    let style = run_style(state.focus);
    let [u, _] = plane.lengths();
    let radius_px = at.off / u / port.plot_per_px()[0];
    if radius_px > 1.0 && radius_px < FAR_PX {
        let centre = px(port, at.at);
        painter.ring(centre, radius_px, state.theme.halo(), 3.5);
        painter.ring(centre, radius_px, style.color(state.theme), 1.5);
    }
    stage::position(painter, at.at, port, &style, state.theme, true);
}

fn paint_reading(painter: &mut dyn Painter, state: &State, [x, y]: PointPx) {
    let lines = Polylines {
        points: vec![
            [x - 12.0, y],
            [x - 4.0, y],
            [x + 4.0, y],
            [x + 12.0, y],
            [x, y - 12.0],
            [x, y - 4.0],
            [x, y + 4.0],
            [x, y + 12.0],
        ],
        starts: vec![0, 2, 4, 6],
    };
    painter.stroke(&lines, &Stroke::solid(state.theme.halo(), 4.0));
    painter.stroke(&lines, &Stroke::solid(state.theme.text(), 2.0));
}

/// A path, thinner where more of it is beyond the plane, and thinnest where it is still to come.
fn paint_path(painter: &mut dyn Painter, track: &Track, state: &State, port: &Viewport, style: &RunStyle) {
    let past = track.until(state.step);
    let color = style.color(state.theme);
    let mut length_px = 0.0;
    let mut line: Vec<PointPx> = Vec::new();
    let mut look = (0, true);
    let seen = if state.future_px > 0.0 { track.points.len() } else { past };
    for (i, point) in track.points[..seen].iter().enumerate() {
        let at = px(port, point.at);
        let next = (band(point.share_off()), i < past);
        if let Some(last) = line.last()
            && (at[0] - last[0]).abs() < THIN_PX
            && (at[1] - last[1]).abs() < THIN_PX
            && next == look
            && i + 1 < seen
        {
            continue;
        }
        line.push(at);
        if next != look || i + 1 == seen {
            if line.len() > 1 {
                length_px =
                    stroke(painter, &line, look, (color, state.theme.halo()), (style.dash_px, length_px));
            }
            line = vec![at];
            look = next;
        }
    }
}

/// Draws a piece of a path; tells how long the path is until its end.
fn stroke(
    painter: &mut dyn Painter,
    line: &[PointPx],
    (band, past): (usize, bool),
    (color, halo): (Rgba, Rgba),
    (dash_px, offset_px): (&[f64], f64),
) -> f64 {
    let (_, alpha, width_px) = BANDS[band];
    let lines = Polylines::line(line);
    let width_px = if past { width_px } else { FUTURE_PX };
    if past {
        let halo = Stroke { round: true, ..Stroke::solid(halo.with_alpha(alpha / 2), width_px + 2.0) };
        painter.stroke(&lines, &halo);
    }
    let color = color.with_alpha(alpha);
    painter.stroke(&lines, &Stroke { color, width_px, dash_px, dash_offset_px: offset_px, round: true });
    let pieces =
        line.windows(2).map(|w| num::norm(&[f64::from(w[1][0] - w[0][0]), f64::from(w[1][1] - w[0][1])]));
    offset_px + pieces.sum::<f64>()
}

/// The path of a worker or client until the cursor: a thin line, and a dot where it stands.
fn paint_worker(painter: &mut dyn Painter, track: &Track, state: &State, port: &Viewport, style: &RunStyle) {
    let past = &track.points[..track.until(state.step)];
    let line: Vec<PointPx> = past.iter().map(|p| px(port, p.at)).collect();
    let color = style.color(state.theme);
    if line.len() > 1 {
        painter.stroke(&Polylines::line(&line), &Stroke::solid(color.with_alpha(130), 1.0));
    }
    if let Some(at) = line.last() {
        painter.disc(*at, 4.0, state.theme.halo());
        painter.disc(*at, 2.5, color);
    }
}

/// The values of a field along a line through a point, from the edge of the field to the opposite one.
fn profile(field: &Field, through: [f64; 2], axis: usize) -> Option<Vec<f64>> {
    let spans = [field.view.x, field.view.y];
    let counts = [field.nx, field.ny];
    let (low, high) = spans[1 - axis];
    let across = counts[1 - axis];
    let share = (through[1 - axis] - low) / (high - low);
    if !(0.0..=1.0).contains(&share) {
        return None;
    }
    // Rows run from the top.
    let share = if axis == 0 { 1.0 - share } else { share };
    let place = share * f64::from(u32::try_from(across - 1).ok()?);
    let before =
        (0..across - 1).rev().find(|i| f64::from(u32::try_from(*i).unwrap_or(0)) <= place).unwrap_or(0);
    let part = place - f64::from(u32::try_from(before).ok()?);
    let value = |i: usize, j: usize| {
        let (column, row) = if axis == 0 { (i, j) } else { (j, field.ny - 1 - i) };
        field.values()[row * field.nx + column]
    };
    Some((0..counts[axis]).map(|i| (1.0 - part) * value(i, before) + part * value(i, before + 1)).collect())
}

fn paint_profiles(state: &State) {
    let run = state.here.as_ref().map(|h| (h.at.at, h.losses));
    let through = state.reading.map(|r| r.at).or(run.map(|r| r.0));
    for axis in 0..2 {
        let layer = &state.profiles[axis];
        layer.clear();
        let name = ["→", "↑"][axis];
        let whose = if state.reading.is_some() { "the point that is read" } else { "the open run’s point" };
        let drawn = through.zip(state.field.as_ref()).and_then(|(through, (field, scale))| {
            let values = profile(field, through, axis)?;
            paint_profile(layer, state, (&values, field, scale), (axis, through));
            Some(())
        });
        let text = match drawn {
            Some(()) => format!("Along {name} through {whose}"),
            None => format!("Along {name} through {whose}: beyond the map"),
        };
        set_text(&state.parts.captions[axis], &text);
    }
}

fn paint_profile(
    layer: &Layer,
    state: &State,
    (values, field, scale): (&[f64], &Field, &LevelScale),
    (axis, through): (usize, [f64; 2]),
) {
    let (width, height) = (f64::from(layer.canvas.client_width()), f64::from(layer.canvas.client_height()));
    let run = state.here.as_ref().filter(|_| state.reading.is_none());
    let seen = values.iter().copied().chain(run.map(|h| h.losses[0])).filter(|v| v.is_finite());
    let (low, high) = seen.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    if low > high {
        return;
    }
    let (bottom, top) = (scale.t(low), scale.t(high));
    let span = if top > bottom { top - bottom } else { 1.0 };
    let (inset, room) = (9.0, height - 18.0);
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let place = |share: f64, value: f64| {
        [(width * share) as f32, (inset + room * (1.0 - (scale.t(value) - bottom) / span)) as f32]
    };
    let last = f64::from(u32::try_from(values.len() - 1).unwrap_or(1)).max(1.0);
    let mut lines = Polylines::default();
    let mut down = false;
    for (i, value) in values.iter().enumerate() {
        let at = place(f64::from(u32::try_from(i).unwrap_or(0)) / last, *value);
        match (value.is_finite(), down) {
            (false, _) => down = false,
            (true, false) => {
                lines.begin(at);
                down = true;
            }
            (true, true) => lines.push(at),
        }
    }
    let mut painter = layer.painter();
    painter.stroke(&lines, &Stroke { round: true, ..Stroke::solid(state.theme.text(), 1.5) });
    let (from, to) = [field.view.x, field.view.y][axis];
    let share = (through[axis] - from) / (to - from);
    let x = place(share, low)[0];
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let upright = Polylines::line(&[[x, 0.0], [x, height as f32]]);
    painter.stroke(&upright, &Stroke { dash_px: &[2.0, 3.0], ..Stroke::solid(state.theme.axis(), 1.0) });
    if let Some(here) = run {
        let style = run_style(state.focus);
        let color = style.chart_color(state.theme);
        style.marker.paint(
            &mut painter,
            place(share, here.losses[0]),
            5.0,
            color,
            (state.theme.background(), 1.5),
        );
    }
    let mut style = TextStyle {
        color: state.theme.muted(),
        size_px: 11.0,
        across: Align::Start,
        down: Align::Start,
        halo: Some(state.theme.background()),
    };
    painter.text([2.0, 2.0], &readable(num::round_significant(high, 3)), &style);
    style.down = Align::End;
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    painter.text([2.0, height as f32 - 2.0], &readable(num::round_significant(low, 3)), &style);
}
