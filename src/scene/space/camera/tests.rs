use super::*;
use crate::surface::View;

const SIZES: [[f64; 2]; 3] = [[930.0, 575.0], [340.0, 200.0], [400.0, 800.0]];

fn block() -> Block {
    Block::over(View::square(2.0))
}

fn corners(block: &Block) -> Vec<Point> {
    let tops = block.floor().map(|[x, y, _]| [x, y, TOP]);
    block.floor().into_iter().chain(tops).collect()
}

fn clipped(sight: &Sight, p: Point) -> [f64; 4] {
    let m = sight.matrix();
    [0, 1, 2, 3].map(|row| m[row] * p[0] + m[4 + row] * p[1] + m[8 + row] * p[2] + m[12 + row])
}

#[test]
fn the_whole_block_is_seen_from_everywhere() {
    for [width, height] in SIZES {
        for azimuth in [-180.0, -60.0, 0.0, 45.0, 100.0] {
            for elevation in [3.0, 34.0, 60.0, 90.0] {
                let camera = Camera { azimuth, elevation, ..Camera::default() };
                let sight = camera.sight(&block(), width, height);
                for p in corners(&block()) {
                    let ([x, y], away) = sight.project(p);
                    assert!(away > 0.0);
                    assert!((0.0..width).contains(&x) && (0.0..height).contains(&y), "{camera:?} {x} {y}");
                }
            }
        }
    }
}

#[test]
fn the_matrix_and_the_projection_agree_and_depth_stays_in_bounds() {
    let camera = Camera { azimuth: 17.0, elevation: 50.0, zoom: 3.0, target: [0.4, -0.9] };
    let sight = camera.sight(&block(), 930.0, 575.0);
    for p in corners(&block()) {
        let [x, y, z, w] = clipped(&sight, p);
        let ([px, py], away) = sight.project(p);
        assert!((px - (0.5 + 0.5 * x / w) * 930.0).abs() < 1e-6, "{px}");
        assert!((py - (0.5 - 0.5 * y / w) * 575.0).abs() < 1e-6, "{py}");
        assert!((w - away).abs() < 1e-9 && (z / w).abs() < 1.0, "{}", z / w);
    }
}

#[test]
fn at_first_x_goes_right_y_goes_away_and_f_goes_up() {
    let sight = Camera::default().sight(&block(), 930.0, 575.0);
    let at = |p| sight.project(p);
    let ([x, y], away) = at([0.0; 3]);
    assert!(at([0.5, 0.0, 0.0]).0[0] > x);
    assert!(at([0.0, 0.5, 0.0]).1 > away && at([0.0, 0.5, 0.0]).0[1] < y);
    assert!(at([0.0, 0.0, 0.5]).0[1] < y && (at([0.0, 0.0, 0.5]).0[0] - x).abs() < 1e-9);
}

#[test]
fn a_drag_turns_the_block_with_the_pointer() {
    let camera = Camera::default();
    let front = [0.5, -0.8, 0.0];
    let at = |camera: Camera| camera.sight(&block(), 930.0, 575.0).project(front).0;
    assert!(at(camera.dragged([20.0, 0.0]))[0] > at(camera)[0]);
    assert!(at(camera.dragged([0.0, 20.0]))[1] > at(camera)[1]);
    let over = camera.turned(0.0, 500.0);
    assert_eq!(over.elevation, 90.0);
    assert_eq!(camera.turned(f64::NAN, 0.0), camera);
    assert!((camera.turned(725.0, 0.0).azimuth - -55.0).abs() < 1e-9);
}

#[test]
fn panning_follows_the_pointer_and_zooming_keeps_what_is_under_it() {
    let camera = Camera { elevation: 50.0, ..Camera::default() };
    let sight = camera.sight(&block(), 930.0, 575.0);
    let middle = [0.0, 0.0, Block::middle()];
    let moved = camera.panned([40.0, -25.0], &sight);
    let [x, y] = moved.sight(&block(), 930.0, 575.0).project(middle).0;
    let [x0, y0] = sight.project(middle).0;
    assert!((x - x0 - 40.0).abs() < 2.0 && (y - y0 + 25.0).abs() < 3.0, "{x} {y}");
    let point = [0.3, 0.2, Block::middle()];
    let at = sight.project(point).0;
    let zoomed = camera.zoomed(2.0, at, &sight);
    let [x, y] = zoomed.sight(&block(), 930.0, 575.0).project(point).0;
    assert!((x - at[0]).abs() < 12.0 && (y - at[1]).abs() < 12.0, "{at:?} {x} {y}");
    assert_eq!(zoomed.zoom, 2.0);
    assert_eq!(camera.zoomed(f64::NAN, at, &sight), camera);
}

#[test]
fn a_camera_is_written_short_and_read_again() {
    assert_eq!(Camera::default().write(), "");
    let camera = Camera { azimuth: 12.345, elevation: 20.0, zoom: 1.5, target: [0.0; 2] };
    assert_eq!(camera.write(), "12.3,20,1.5");
    let camera = Camera { azimuth: 12.5, elevation: 20.0, zoom: 2.25, target: [0.25, -0.5] };
    assert_eq!(camera.write(), "12.5,20,2.25,0.25,-0.5");
    assert_eq!(Camera::read(&[12.5, 20.0, 2.25, 0.25, -0.5]), camera);
    let far = Camera::read(&[400.0, -50.0, 1e9, 7.0, f64::NAN]);
    assert_eq!((far.azimuth, far.elevation, far.zoom, far.target), (40.0, 3.0, 20.0, [1.5, 0.0]));
    assert_eq!(Camera::read(&[]), Camera::default());
}
