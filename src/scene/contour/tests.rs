use super::*;
use crate::scene::scale::LevelScale;
use crate::surface::{self, SurfaceObjective};

const SQUARE: View = View::square(1.0);

fn surface(key: &str) -> SurfaceObjective {
    SurfaceObjective::new(surface::find(key).expect("listed"))
}

fn port() -> Viewport {
    Viewport::stretched(SQUARE, 400.0, 400.0)
}

fn total_px(contours: &Contours, port: &Viewport) -> f64 {
    let step = |w: &[[f32; 2]]| {
        crate::math::num::norm(&[f64::from(w[1][0] - w[0][0]), f64::from(w[1][1] - w[0][1])])
    };
    let lines = contours.polylines(port, 0..99);
    lines.lines().flat_map(|l| l.windows(2)).map(step).sum()
}

#[test]
fn contours_of_a_round_bowl_are_closed_circles_on_their_levels() {
    let mut bowl = surface("ravine");
    bowl.params[0] = 1.0;
    let mut field = Field::nodes(SQUARE, 65, 65);
    field.compute(&bowl);
    let levels = [0.02, 0.08, 0.18, 0.32];
    let contours = Contours::of(&field, &levels);
    assert_eq!(contours.lines.len(), levels.len());
    for (line, found) in contours.lines.iter().enumerate() {
        assert!(found.closed);
        let lines = contours.polylines(&port(), found.level..found.level + 1);
        assert_eq!(lines.starts, [0], "line {line}");
        assert_eq!(lines.points.first(), lines.points.last());
        for p in &lines.points {
            let [x, y] = port().plot_from_px(p.map(f64::from));
            assert!((0.5 * (x * x + y * y) - levels[found.level]).abs() < 2e-3);
        }
    }
}

#[test]
fn contours_end_on_the_edge_and_around_holes_and_nowhere_else() {
    for key in ["saddle", "rastrigin", "peaks", "himmelblau"] {
        let surface = surface(key);
        let mut field = Field::nodes(surface.spec.view, 80, 60);
        field.compute(&surface);
        let scale = LevelScale::of(&field, surface.spec.levels, None);
        let levels = scale.contour_levels(20);
        assert!((8..=30).contains(&levels.len()), "{key}: {}", levels.len());
        let port = Viewport::stretched(surface.spec.view, 79.0, 59.0);
        let contours = Contours::of(&field, &levels);
        for (line, points) in contours.lines.iter().zip(contours.polylines(&port, 0..99).lines()) {
            let on_edge = |p: &[f32; 2]| p[0] < 1e-4 || p[1] < 1e-4 || p[0] > 78.999 || p[1] > 58.999;
            let ends = [points[0], points[points.len() - 1]];
            assert!(line.closed || ends.iter().all(on_edge), "{key}: {ends:?}");
        }
        field.values_mut()[80 * 30 + 40] = f64::NAN;
        let with_hole = Contours::of(&field, &levels);
        let missing = total_px(&contours, &port) - total_px(&with_hole, &port);
        assert!((0.0..80.0).contains(&missing), "{key}: {missing}");
    }
}
