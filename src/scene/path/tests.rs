use super::*;
use crate::math::num;
use crate::scene::painter::TextStyle;
use crate::scene::style::{Rgba, run_style};
use crate::surface::View;

/// Remembers what is stroked.
#[derive(Default)]
struct Recorder {
    strokes: Vec<(Polylines, f64, f64)>,
    polygons: usize,
}

impl Painter for Recorder {
    fn stroke(&mut self, lines: &Polylines, stroke: &Stroke<'_>) {
        let offset_px = stroke.dash_offset_px;
        self.strokes.push((lines.clone(), stroke.width_px, offset_px));
    }
    fn fill(&mut self, _: &[[f32; 2]], _: Rgba) {
        self.polygons += 1;
    }
    fn disc(&mut self, _: [f32; 2], _: f64, _: Rgba) {}
    fn ring(&mut self, _: [f32; 2], _: f64, _: Rgba, _: f64) {}
    fn text(&mut self, _: [f32; 2], _: &str, _: &TextStyle) {}
}

fn length_px(points: &[[f32; 2]]) -> f64 {
    let step = |w: &[[f32; 2]]| num::norm(&[f64::from(w[1][0] - w[0][0]), f64::from(w[1][1] - w[0][1])]);
    points.windows(2).map(step).sum()
}

fn total_px(lines: &Polylines) -> f64 {
    lines.lines().map(length_px).sum()
}

fn path_of(points: &[[f64; 2]]) -> Trace {
    Trace { dim: 2, x: points.concat(), loss: vec![0.0; points.len()], ..Trace::default() }
}

fn port() -> Viewport {
    Viewport::stretched(View::square(1.0), 400.0, 400.0)
}

fn look(run: usize) -> PathLook {
    PathLook { style: run_style(run), theme: Theme::Light, quick: false, thick: 1.0 }
}

#[test]
fn a_path_drawn_in_pieces_is_the_path_drawn_at_once() {
    let points: Vec<[f64; 2]> = (0..400)
        .map(|i| f64::from(i) * 0.05)
        .map(|t| [1.2 * num::cos(t * 0.7), 0.9 * num::sin(t * 1.1)])
        .collect();
    let trace = path_of(&points);
    let (port, look) = (port(), look(1));
    let draw = |steps: &[usize]| {
        let (mut recorder, mut cursor) = (Recorder::default(), PathCursor::default());
        for step in steps {
            assert!(cursor.paint_to(&mut recorder, &trace, &port, *step, &look));
        }
        (recorder, cursor)
    };
    let (whole, _) = draw(&[399]);
    let (pieces, mut cursor) = draw(&(0..400).step_by(3).collect::<Vec<_>>());
    assert_eq!(cursor.row(), Some(399));
    let halo_px = |r: &Recorder| {
        let halos = r.strokes.iter().filter(|s| s.1 == WIDTH_PX + 2.0 * HALO_PX);
        halos.map(|s| total_px(&s.0)).sum::<f64>()
    };
    assert!((halo_px(&whole) / halo_px(&pieces) - 1.0).abs() < 0.01);
    assert!(whole.polygons > 10 && whole.polygons.abs_diff(pieces.polygons) <= 2);
    // What is coloured next begins a little before the end of the last piece, and as far into the dashes.
    let coloured: Vec<_> = pieces.strokes.iter().filter(|s| s.1 == WIDTH_PX).collect();
    let period_px: f64 = look.style.dash_px.iter().sum();
    let mut continued = 0;
    for pair in coloured.windows(2) {
        let ((before, _, begun_px), (after, _, goes_on_px)) = (pair[0], pair[1]);
        let line = before.lines().last().expect("a line");
        let gap_px = length_px(&[line[line.len() - 1], after.points[0]]);
        if (1.0..=TAIL_PX + 0.01).contains(&gap_px) && length_px(line) > TAIL_PX {
            let phase_px = (begun_px + length_px(line) - TAIL_PX) % period_px;
            let off_px = (phase_px - goes_on_px).abs();
            assert!(off_px.min(period_px - off_px) < 0.1);
            continued += 1;
        }
    }
    assert!(continued > 30, "{continued}");
    // Going back is not appending.
    assert!(!cursor.paint_to(&mut Recorder::default(), &trace, &port, 10, &look));
    cursor.reset();
    assert_eq!(cursor.row(), None);
}

#[test]
fn paths_far_off_the_stage_come_back() {
    let far = [1e3, 1e12, 1e100, 1e300];
    for far in far {
        let trace = path_of(&[[0.0, 0.0], [far, 0.0], [far, far], [0.0, far], [0.0, 0.5], [0.1, 0.5]]);
        let lines = project(&trace, &port(), 0..trace.len());
        assert_eq!(lines.starts.len(), 2, "{far}");
        assert!(lines.points.iter().flatten().all(|v| (-20.0..=420.0).contains(v)));
        let mut cursor = PathCursor::default();
        cursor.paint_to(&mut Recorder::default(), &trace, &port(), 2, &look(0));
        let at = cursor.last_in_sight_px().expect("it began in sight");
        assert!(at[0] > 399.0 && (at[1] - 200.0).abs() < 0.01);
    }
}

#[test]
fn thousands_of_rows_are_thinned_to_the_pixel_and_the_last_one_is_kept() {
    let at = |i: u32| f64::from(i) * 6e-4;
    let points: Vec<[f64; 2]> = (0..5000).map(|i| [0.5 * num::cos(at(i)), 0.5 * num::sin(at(i))]).collect();
    let lines = project(&path_of(&points), &port(), 0..5000);
    assert!((20..80).contains(&lines.points.len()), "{}", lines.points.len());
    // The corners are on the circle, and so nearly are the middles between them.
    let off_px = |[x, y]: [f64; 2]| (num::norm(&[x - 200.0, y - 200.0]) - 100.0).abs();
    for pair in lines.points.windows(2) {
        let [a, b] = [pair[0].map(f64::from), pair[1].map(f64::from)];
        assert!(off_px(b) < 1e-3 && off_px([0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])]) < 0.3);
    }
    let end = port().px_from_plot(points[4999]);
    assert!((f64::from(lines.points[lines.points.len() - 1][0]) - end[0]).abs() < 1e-3);
    assert!(project(&Trace::default(), &port(), 0..5).is_empty());
}
