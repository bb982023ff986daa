use super::super::lines::PIECE;
use super::*;
use crate::optim;
use crate::run::spec::Problem;
use crate::run::{RunSpec, Settings, trace};
use crate::scene::space::Height;
use crate::scene::{Field, LevelScale};
use crate::surface::{self, SurfaceObjective, View};

fn relief(key: &str, view: Option<View>) -> (SurfaceObjective, Relief) {
    let surface = SurfaceObjective::new(surface::find(key).expect("listed"));
    let mut field = Field::nodes(view.unwrap_or(surface.spec.view), 65, 65);
    field.compute(&surface);
    let levels = surface.spec.levels;
    let height = Height::of(LevelScale::of(&field, levels, None), levels);
    let relief = Relief::of(&field, &height);
    (surface, relief)
}

fn run(surface: &SurfaceObjective, lr: f64, steps: u32) -> Trace {
    trace(&RunSpec {
        problem: Problem::Surface(surface.clone()),
        start: surface.spec.start.to_vec(),
        steps,
        seed: 0,
        settings: Settings::new(optim::find("sgd").expect("listed")).with("lr", lr),
        edits: Vec::new(),
    })
}

#[test]
fn a_path_lies_on_the_surface_and_ends_where_the_run_stands() {
    let (surface, relief) = relief("rosenbrock", None);
    let trace = run(&surface, 0.001, 300);
    let path = SpacePath::of(&trace, &relief);
    assert!(path.lines.len() > 50);
    for piece in path.lines.pieces.chunks_exact(PIECE) {
        let [x, y, z] = [4, 5, 6].map(|i| f64::from(piece[i]));
        assert!((relief.at([x, y]).expect("on the base") - z).abs() < 1e-4);
    }
    for row in [0, 1, 7, 150, 300] {
        let (pieces, _) = path.upto(row);
        let at = relief.block.from_plot(trace.point2(row).expect("a row"));
        if let Some(last) = pieces.checked_sub(1) {
            let end = &path.lines.pieces[last * PIECE + 4..last * PIECE + 6];
            assert!((f64::from(end[0]) - at[0]).abs() < 2.0 * THIN, "{row}");
            assert!((f64::from(end[1]) - at[1]).abs() < 2.0 * THIN, "{row}");
        }
    }
    assert_eq!(path.upto(300), path.upto(9999));
    assert_eq!(path.upto(300), (path.lines.len(), path.marks.len()));
    assert!(!path.marks.is_empty());
}

#[test]
fn paths_end_at_the_edge_of_what_is_shown_and_stay_short_however_they_swing() {
    let view = View { x: (-1.0, 1.0), y: (-1.0, 1.0) };
    let (surface, relief) = relief("saddle", Some(view));
    // Far too large a step: it swings to and fro, ever further.
    let path = SpacePath::of(&run(&surface, 1.99, 1000), &relief);
    let [x, y] = relief.block.half;
    for piece in path.lines.pieces.chunks_exact(PIECE) {
        let at = [0, 1, 4, 5].map(|i| f64::from(piece[i]));
        assert!(at[0].abs() <= x + 1e-6 && at[1].abs() <= y + 1e-6, "{at:?}");
    }
    assert!(path.lines.len() < 8000, "{}", path.lines.len());
}

#[test]
fn over_a_hole_a_path_has_none() {
    let (surface, mut relief) = relief("sphere", None);
    let trace = run(&surface, 0.3, 50);
    let whole = SpacePath::of(&trace, &relief).lines.len();
    relief.dig(|x, y| x.abs() < 0.2 && y.abs() < 0.2);
    let path = SpacePath::of(&trace, &relief);
    assert!(path.lines.len() < whole);
    assert!(path.lines.pieces.iter().all(|v| v.is_finite()));
    assert_eq!(on_surface(&relief, [0.0, 0.0]), None);
}

#[test]
fn beyond_the_block_a_run_is_shown_at_its_edge() {
    let block = Block::over(View::square(2.0));
    assert_eq!(shown(&block, [1.0, 1.0]), Some(([0.5, 0.5], true)));
    assert_eq!(shown(&block, [40.0, 0.0]), Some(([1.0, 0.0], false)));
    assert_eq!(shown(&block, [f64::NAN, 0.0]), None);
}

#[test]
fn an_empty_trace_has_no_path() {
    let (_, relief) = relief("sphere", None);
    let path = SpacePath::of(&Trace::default(), &relief);
    assert_eq!(path.upto(5), (0, 0));
}
