//! The loss landscape: planes, directions, eigenvectors and grids are what they say they are.

use descent_lab::landscape::{
    Cloud, Directions, Found, Grid, Krylov, LossOf, Origin, Plane, Search, Settings, about, directions,
    distance, extent, filters, loss,
};
use descent_lab::link::Link;
use descent_lab::math::jacobi::symmetric_eigen;
use descent_lab::math::{num, rng};
use descent_lab::net::{Network, Work};
use descent_lab::objective::Objective;
use descent_lab::surface::View;
use descent_lab::train::{Record, train};
use std::rc::Rc;

const NET: &str = "network=4-3&data=spiral(n=60)&steps=60&run=adam:lr=0.05,batch=8";

fn setup(link: &str) -> (Rc<Network>, Record) {
    let (link, notices) = Link::read(link);
    assert!(notices.is_empty(), "{notices:?}");
    let network = Rc::clone(link.config.network.as_ref().expect("a network").network());
    (network, train(&link.config.run_spec(0)).expect("trained"))
}

fn end(record: &Record) -> Vec<f64> {
    record.weights[record.weights.len() - record.dim..].to_vec()
}

fn found(settings: Settings, link: &str) -> (Rc<Network>, Plane, Found) {
    let (network, record) = setup(link);
    let mut search = Search::new(Rc::clone(&network), &settings, end(&record), &[&record.weights]);
    while search.advance(1) {}
    let (plane, found) = search.outcome().expect("over").clone().expect("found");
    (network, plane, found)
}

fn of(directions: Directions) -> Settings {
    Settings { directions, ..Settings::default() }
}

fn draws(n: usize, stream: u64) -> Vec<f64> {
    (0..n as u64).map(|i| rng::normal(3, stream, i)).collect()
}

#[test]
fn random_directions_are_as_long_as_each_units_weights_and_leave_biases() {
    let (network, record) =
        setup("network=4-3(norm=batch)&data=spiral(n=60)&steps=20&run=adam:lr=0.05,batch=8");
    let (origin, shape) = (end(&record), &network.model.shape);
    let made = directions(shape, &origin, 7);
    assert_eq!(filters(shape).count(), 4 + 3 + 1);
    for direction in &made {
        for filter in filters(shape) {
            let (got, want) = (num::norm(&direction[filter.clone()]), num::norm(&origin[filter]));
            assert!((got - want).abs() <= 1e-14 * want, "{got} {want}");
        }
        let in_filters: usize = filters(shape).map(|f| f.len()).sum();
        assert_eq!(direction.iter().filter(|d| **d != 0.0).count(), in_filters, "biases, γ and β stay");
    }
    assert_ne!(made[0], made[1]);
    assert_eq!(made, directions(shape, &origin, 7));
    assert_ne!(made, directions(shape, &origin, 8));
}

#[test]
fn principal_directions_are_those_of_the_covariance_matrix() {
    let (dim, rows) = (6, 40);
    let points: Vec<f64> = (0..rows)
        .flat_map(|r| {
            let draws = draws(dim, r);
            draws.into_iter().enumerate().map(move |(i, d)| d * [3.0, 0.5, 2.0, 0.1, 0.7, 0.0][i] + 5.0)
        })
        .collect();
    let count = 40.0;
    let mean: Vec<f64> = (0..dim).map(|i| points.iter().skip(i).step_by(dim).sum::<f64>() / count).collect();
    let mut covariance = vec![0.0; dim * dim];
    for point in points.chunks_exact(dim) {
        for i in 0..dim {
            for j in 0..dim {
                covariance[i * dim + j] += (point[i] - mean[i]) * (point[j] - mean[j]) / count;
            }
        }
    }
    let want = symmetric_eigen(&covariance, dim);
    let cloud = Cloud::new(dim, &[&points]);
    let mut search = Krylov::new(dim, 1e-10, 100);
    while !search.is_done() {
        search.take(cloud.times(search.next()));
    }
    let trace: f64 = want.values.iter().sum();
    assert!((cloud.variance() - trace).abs() < 1e-12 * trace);
    for (k, pair) in search.found().iter().enumerate() {
        assert!((pair.value - want.values[k]).abs() < 1e-10 * want.values[0]);
        for i in 0..dim {
            assert!((pair.vector[i] - want.vectors[i * dim + k]).abs() < 1e-8, "{k} {i}");
        }
    }
}

#[test]
fn the_largest_eigenvalues_are_found_in_large_matrices_and_small_ones() {
    for (dim, values) in [(200, [5.0, -4.9]), (200, [-7.0, 1.001]), (2, [1.0, 0.5]), (1, [3.0, 0.0])] {
        // Householder's reflection of a diagonal matrix with the rest between −1 and 1.
        let h = draws(dim, 9);
        let square = num::dot(&h, &h);
        let reflect = |v: &[f64]| -> Vec<f64> {
            let along = 2.0 * num::dot(v, &h) / square;
            v.iter().zip(&h).map(|(v, h)| v - along * h).collect()
        };
        let diagonal =
            |i: usize| values.get(i).copied().unwrap_or_else(|| rng::uniform(5, 1, i as u64) * 2.0 - 1.0);
        let times = |v: &[f64]| {
            let scaled: Vec<f64> = reflect(v).iter().enumerate().map(|(i, v)| v * diagonal(i)).collect();
            reflect(&scaled)
        };
        let mut search = Krylov::new(dim, 1e-8, 600);
        while !search.is_done() {
            let product = times(search.next());
            search.take(product);
        }
        assert!(search.is_accurate(), "{dim} {values:?} after {}", search.asked());
        assert_eq!(search.found().len(), dim.min(2));
        for (pair, want) in search.found().iter().zip(values) {
            assert!((pair.value - want).abs() < 1e-9, "{} {want}", pair.value);
            assert!((num::norm(&pair.vector) - 1.0).abs() < 1e-12);
            let product = times(&pair.vector);
            let rest: Vec<f64> = product.iter().zip(&pair.vector).map(|(p, v)| p - pair.value * v).collect();
            assert!((num::norm(&rest) - pair.residual).abs() < 1e-10, "the residual is the true one");
        }
    }
}

#[test]
fn a_matrix_of_zeros_and_one_with_infinities_end_the_search() {
    let mut search = Krylov::new(5, 1e-8, 50);
    while !search.is_done() {
        search.take(vec![0.0; 5]);
    }
    assert_eq!(search.found().len(), 2);
    assert!(search.found().iter().all(|p| p.value == 0.0));
    let apart = num::dot(&search.found()[0].vector, &search.found()[1].vector);
    assert!(apart.abs() < 1e-12);
    let mut search = Krylov::new(5, 1e-8, 50);
    search.take(vec![f64::INFINITY; 5]);
    assert!(search.is_done() && search.found().is_empty());
}

#[test]
fn curvature_directions_are_eigenvectors_of_the_full_hessian() {
    for link in [
        NET,
        "network=3(activation=relu;norm=layer)&data=moons(n=60)&steps=40&run=adam:lr=0.05,batch=8",
        // More examples than are gone through at once.
        "network=3&data=moons(n=800)&steps=10&run=adam:lr=0.05",
        "network=3(norm=batch)&data=moons(n=800)&steps=10&run=adam:lr=0.05",
    ] {
        let (network, plane, found) = found(of(Directions::Curvature), link);
        let dim = network.dim();
        let mut hessian = vec![0.0; dim * dim];
        assert!(network.hessian(&plane.origin, &mut hessian));
        let eigen = symmetric_eigen(&hessian, dim);
        let mut order: Vec<usize> = (0..dim).collect();
        order.sort_by(|a, b| eigen.values[*b].abs().total_cmp(&eigen.values[*a].abs()));
        let Found::Curvature { values, residuals, accurate, products } = found else { panic!("curvature") };
        assert!(accurate && products <= 300);
        for k in 0..2 {
            let want = eigen.values[order[k]];
            assert!((values[k] - want).abs() <= 1e-6 * want.abs(), "{} {want}", values[k]);
            assert!(residuals[k] <= 1e-7 * values[0].abs());
            for i in 0..dim {
                let want = eigen.vectors[i * dim + order[k]];
                assert!((plane.axes[k][i] - want).abs() < 1e-6, "{link}: {k} {i}");
            }
        }
    }
}

#[test]
fn a_point_of_the_plane_is_projected_on_itself_and_errors_are_at_right_angles() {
    let (network, plane, _) = found(of(Directions::Random), NET);
    assert!(plane.cosine().abs() > 1e-3, "the directions are not at right angles");
    let [u, v] = plane.lengths();
    assert!((u - v).abs() <= 1e-12 * u, "both are as long as the weights, so one scale holds for both axes");
    for at in [[0.0, 0.0], [0.7, -0.3], [-2.0, 5.0]] {
        let p = plane.project(&plane.point(at));
        assert!((p.at[0] - at[0]).abs() < 1e-12 && (p.at[1] - at[1]).abs() < 1e-12, "{p:?}");
        assert!(p.off <= 1e-13 * (1.0 + p.away), "{p:?}");
    }
    let w: Vec<f64> = plane.origin.iter().zip(draws(network.dim(), 4)).map(|(o, d)| o + d).collect();
    let p = plane.project(&w);
    let nearest = plane.point(p.at);
    let rest: Vec<f64> = w.iter().zip(&nearest).map(|(w, n)| w - n).collect();
    for (axis, length) in plane.axes.iter().zip(plane.lengths()) {
        assert!(num::dot(&rest, axis).abs() < 1e-12 * length * p.off);
    }
    assert!((num::norm(&rest) - p.off).abs() < 1e-12);
    assert!((num::norm(&[p.off, p.along]) - p.away).abs() < 1e-12, "Pythagoras: {p:?}");
    assert!(p.share_off() > 0.5, "a random step of many dimensions hardly lies in a plane");
}

#[test]
fn along_two_directions_that_are_one_the_nearest_point_is_still_found() {
    let plane = Plane::new(vec![1.0, 0.0, 0.0], [vec![1.0, 0.0, 0.0], vec![2.0, 0.0, 0.0]]);
    let p = plane.project(&[4.0, 2.0, 0.0]);
    assert!((p.off - 2.0).abs() < 1e-12 && (p.along - 3.0).abs() < 1e-12, "{p:?}");
}

#[test]
fn at_the_origin_the_grid_has_the_loss_and_every_value_is_computed_once() {
    let (network, plane, _) = found(of(Directions::Random), NET);
    let view = View { x: (-1.0, 1.0), y: (-0.5, 0.5) };
    let mut work = Work::new();
    for of in LossOf::ALL {
        let mut grid = Grid::new(&network, view, of, (400.0, 200.0));
        assert_eq!((grid.columns, grid.rows), (9, 5));
        let mut calls = 0;
        let mut seen = 0;
        while grid.advance(&network, &plane, 1) {
            calls += 1;
            let (done, all) = grid.progress();
            assert!(done >= seen && done <= all, "{done} of {all}");
            seen = done;
        }
        let (columns, rows, values) = grid.complete().expect("complete");
        assert_eq!((columns, rows), (129, 65));
        assert_eq!(calls + 1, columns * rows, "each value once");
        assert!(values.iter().all(|v| v.is_finite()));
        let middle = values[32 * columns + 64];
        assert_eq!(middle, loss(&network, &plane.origin, of, &mut work));
        let evaluated = network.model.evaluate(&plane.origin, &network.train, &network.test, &mut work).loss;
        assert_eq!(middle == evaluated, of == LossOf::Test, "training and test loss differ");
        let at = |column: usize, row: usize| {
            let x = f64::from(u32::try_from(column).unwrap()) / 64.0 - 1.0;
            let y = 0.5 - f64::from(u32::try_from(row).unwrap()) / 64.0;
            plane.point([x, y])
        };
        for (column, row) in [(0, 0), (17, 3), (128, 64), (90, 41)] {
            assert_eq!(values[row * columns + column], loss(&network, &at(column, row), of, &mut work));
        }
    }
}

#[test]
fn pieces_of_any_size_give_the_same_bits() {
    let settings = of(Directions::Principal);
    let (network, record) = setup(NET);
    let view = View { x: (-2.0, 3.0), y: (-1.0, 1.5) };
    let run = |work: u64| {
        let mut search = Search::new(Rc::clone(&network), &settings, end(&record), &[&record.weights]);
        while search.advance(work) {}
        let (plane, _) = search.outcome().expect("over").clone().expect("found");
        let mut grid = Grid::new(&network, view, LossOf::Train, (300.0, 300.0));
        while grid.advance(&network, &plane, work) {}
        let bits: Vec<u64> = grid.complete().expect("complete").2.iter().map(|v| v.to_bits()).collect();
        (plane, bits)
    };
    assert_eq!(run(1), run(u64::MAX));
}

#[test]
fn the_principal_plane_holds_what_it_says_of_the_path() {
    let (network, record) = setup(NET);
    let (_, plane, found) = found(of(Directions::Principal), NET);
    let Found::Principal { shares, points } = found else { panic!("principal") };
    assert_eq!(points, 61);
    assert!(shares[0] > shares[1] && shares[0] + shares[1] <= 1.0 && shares[0] > 0.5, "{shares:?}");
    assert!((num::norm(&plane.axes[0]) - 1.0).abs() < 1e-12 && plane.cosine().abs() < 1e-9);
    let paths: Vec<_> = record.weights.chunks_exact(record.dim).map(|w| plane.project(w)).collect();
    assert_eq!(paths[60].away, 0.0, "the origin is the end");
    assert!(paths[0].at[0] < 0.0, "the path goes forward along the first direction");
    assert!(about(&Found::Principal { shares, points }).contains("61 points"));
    let view = extent(std::slice::from_ref(&paths), 1e-9);
    assert!(paths.iter().all(|p| view.contains(p.at)));
    assert_eq!(network.dim(), plane.origin.len());
}

#[test]
fn where_there_is_no_plane_it_is_said() {
    let zeros = "network=4(init=zeros)&data=spiral(n=60)&steps=1&run=sgd:lr=0";
    for (directions, word) in
        [(Directions::Random, "All weights are 0"), (Directions::Principal, "not moved")]
    {
        let (network, record) = setup(zeros);
        let mut search = Search::new(network, &of(directions), end(&record), &[&record.weights]);
        while search.advance(u64::MAX) {}
        let message = search.outcome().expect("over").clone().expect_err("no plane");
        assert!(message.contains(word), "{message}");
    }
    let (network, record) = setup(NET);
    let mut origin = end(&record);
    origin[3] = f64::NAN;
    let search = Search::new(network, &of(Directions::Curvature), origin, &[]);
    assert!(search.outcome().expect("over").is_err());
}

#[test]
fn values_that_are_not_finite_stay_gaps() {
    let (network, plane, _) = found(of(Directions::Random), NET);
    let view = View { x: (-1e308, 1e308), y: (-1.0, 1.0) };
    let mut grid = Grid::new(&network, view, LossOf::Train, (300.0, 300.0));
    while grid.advance(&network, &plane, u64::MAX) {}
    let values = grid.complete().expect("complete").2;
    assert!(values.iter().any(|v| v.is_nan()) && values.iter().all(|v| !v.is_infinite()));
}

#[test]
fn the_sentence_says_how_far_the_run_is() {
    let plane = Plane::new(vec![0.0; 3], [vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0]]);
    for (w, want) in [
        (
            [0.7, 0.0, 2.1],
            "At step 300 the run is 2.1 away from this plane, 3 times as far as it is along it: what the map shows below it is not its loss.",
        ),
        (
            [0.0, 0.0, 2.0],
            "At step 300 the run is 2 away from this plane, and has not moved along it: what the map shows below it is not its loss.",
        ),
        (
            [2.0, 0.0, 0.1],
            "At step 300 the run is 0.1 away from this plane, 5 % of how far it is along it: what the map shows below it is near its loss, but is not it.",
        ),
        ([2.0, 1.0, 0.0], "At step 300 the run lies in this plane: what the map shows below it is its loss."),
        (
            [f64::INFINITY, 1.0, 0.0],
            "At step 300 the run’s weights are too large to tell how far it is from this plane.",
        ),
    ] {
        assert_eq!(distance(300, &plane.project(&w)), want);
    }
}

#[test]
fn settings_are_read_as_they_are_written() {
    let all = Settings {
        directions: Directions::Random,
        origin: Origin::Start,
        seed: 12,
        loss: LossOf::Test,
        square: Some(([0.25, -3.0], 1.5)),
    };
    assert_eq!(all.write(), "landscape(random;start;seed-12;test;at_0.25_-3_1.5)");
    for settings in
        [all, Settings::default(), of(Directions::PrincipalAll), Settings { origin: Origin::Cursor, ..all }]
    {
        assert_eq!(Settings::read(&settings.write()), settings);
        let (link, notices) = Link::read(&format!("{NET}&show={}", settings.write()));
        assert!(notices.is_empty() && link.show == settings.write(), "links keep them: {notices:?}");
    }
    for nonsense in
        ["landscape", "landscape(", "landscape(x;seed-x;at_1_2;at_1_2_-3;at_1_2_3_4)", "layers(random)"]
    {
        assert_eq!(Settings::read(nonsense), Settings::default(), "{nonsense}");
    }
}
