//! Every surface: exact derivatives, the same value however it is asked for, and minima that are minima.

mod common {
    pub mod cases;
    pub mod minima;
    pub mod surface_text;
}

use common::cases::cases;
use common::minima::{MINIMA, Minimum};
use common::surface_text::{self, Unread};
use descent_lab::math::num;
use descent_lab::objective::Objective;
use descent_lab::surface::{self, SurfaceObjective, SurfaceSpec};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// A place where a formula has no derivatives: for these surfaces, so near to what.
struct Kink {
    surface: &'static str,
    why: &'static str,
    /// How far away the kink is.
    distance: fn(&[f64], f64, f64) -> f64,
}

/// Points nearer than a tenth of a unit are left out of the comparison with differences.
const KINKS: &[Kink] = &[
    Kink { surface: "ackley", why: "a cone at the origin", distance: |_, x, y| num::norm(&[x, y]) },
    Kink { surface: "drop_wave", why: "a root at the origin", distance: |_, x, y| num::norm(&[x, y]) },
    Kink { surface: "l1", why: "a fold along each axis", distance: |_, x, y| x.abs().min(y.abs()) },
    Kink {
        surface: "huber",
        why: "the curvature ends at ±δ",
        distance: |p, x, y| (x.abs() - p[0]).abs().min((y.abs() - p[0]).abs()),
    },
    Kink {
        surface: "bukin6",
        why: "a fold along a parabola and one across it",
        distance: |_, x, y| (y - 0.01 * x * x).abs().min((x + 10.0).abs()),
    },
    Kink {
        surface: "cross_in_tray",
        why: "folds where a sine changes its sign, and a root at the origin",
        distance: |_, x, y| num::sin(x).abs().min(num::sin(y).abs()),
    },
    Kink {
        surface: "holder_table",
        why: "folds where a sine or cosine changes its sign, and on a circle",
        distance: |_, x, y| {
            let r = num::norm(&[x, y]);
            num::sin(x).abs().min(num::cos(y).abs()).min((r - std::f64::consts::PI).abs()).min(r)
        },
    },
    // These are hundreds wide.
    Kink {
        surface: "schwefel",
        why: "roots of |x| and |y|",
        distance: |_, x, y| 0.01 * x.abs().min(y.abs()),
    },
    Kink {
        surface: "eggholder",
        why: "roots along two lines",
        distance: |_, x, y| 0.01 * (x - y - 47.0).abs().min((y + 0.5 * x + 47.0).abs()),
    },
];

/// The surface with parameters at these places of their sliders (0 to 1), and the point at these places of its view.
fn placed(spec: &'static SurfaceSpec, sliders: &[f64], at: [f64; 2]) -> (SurfaceObjective, f64, f64) {
    let mut surface = SurfaceObjective::new(spec);
    for ((value, p), place) in surface.params.iter_mut().zip(spec.params).zip(sliders) {
        *value = p.at(*place);
    }
    let within = |(lo, hi): (f64, f64), share: f64| lo + (hi - lo) * share;
    (surface, within(spec.view.x, at[0]), within(spec.view.y, at[1]))
}

/// The derivative at 0 by differences of fourth order, with two steps, and how far the two are apart.
fn difference(f: impl Fn(f64) -> f64, step: f64) -> (f64, f64) {
    let with = |h: f64| (8.0 * (f(h) - f(-h)) - (f(2.0 * h) - f(-2.0 * h))) / (12.0 * h);
    (with(step), (with(step) - with(2.0 * step)).abs())
}

/// Two numbers of about the given size that ought to be one.
fn close(exact: f64, approximate: (f64, f64), size: f64) -> bool {
    let (value, doubt) = approximate;
    doubt < 1e-4 * size && (exact - value).abs() <= 2e-9 * size + doubt
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn derivatives_agree_with_differences(
        sliders in prop::array::uniform4(0.0..=1.0_f64),
        at in prop::array::uniform2(0.0..=1.0_f64),
    ) {
        for spec in surface::ALL {
            let (surface, x, y) = placed(spec, &sliders, at);
            let near = |k: &&Kink| k.surface == spec.key && (k.distance)(&surface.params, x, y) < 0.1;
            if let Some(kink) = KINKS.iter().find(near) {
                println!("left out: {} at {x}, {y}: {}", spec.key, kink.why);
                continue;
            }
            let (gradient, hessian) = (surface.gradient_at(x, y).d, surface.hessian_at(x, y));
            let span = (spec.view.x.1 - spec.view.x.0).min(spec.view.y.1 - spec.view.y.0);
            let step = 1e-4 * span;
            let size = 1.0 + hessian.v.abs() / span + num::norm(&hessian.d);
            let along = [
                difference(|t| surface.at(x + t, y), step),
                difference(|t| surface.at(x, y + t), step),
            ];
            let bend = |i: usize, dx: f64, dy: f64| {
                difference(|t| surface.gradient_at(x + t * dx, y + t * dy).d[i], step)
            };
            let name = format!("{} {:?} at {x}, {y}", spec.key, surface.params);
            for i in 0..2 {
                prop_assert!(close(gradient[i], along[i], size), "{name}: ∂{i} {} {:?}", gradient[i], along[i]);
                prop_assert_eq!(gradient[i].to_bits(), hessian.d[i].to_bits(), "{}: ∂{} of dual and hyper-dual", name, i);
            }
            let size = size / step * 1e-3 + num::norm(&hessian.h);
            let bends = [bend(0, 1.0, 0.0), bend(0, 0.0, 1.0), bend(1, 0.0, 1.0), bend(1, 1.0, 0.0)];
            for (k, bend) in [0, 1, 2, 1].into_iter().zip(bends) {
                prop_assert!(close(hessian.h[k], bend, size), "{name}: h{k} {} {bend:?}", hessian.h[k]);
            }
        }
    }

    #[test]
    fn a_value_has_the_same_bits_however_it_is_asked_for(
        sliders in prop::array::uniform4(0.0..=1.0_f64),
        at in prop::array::uniform2(-1.0..=2.0_f64),
    ) {
        for spec in surface::ALL {
            let (surface, x, y) = placed(spec, &sliders, at);
            let value = surface.at(x, y);
            prop_assert!(value.is_finite(), "{} at {x}, {y}: {value}", spec.key);
            prop_assert_eq!(value.to_bits(), surface.gradient_at(x, y).v.to_bits(), "{}: dual", spec.key);
            prop_assert_eq!(value.to_bits(), surface.hessian_at(x, y).v.to_bits(), "{}: hyper-dual", spec.key);
        }
    }
}

/// The row for a surface.
fn row(spec: &SurfaceSpec) -> &'static Minimum {
    let row = MINIMA.iter().find(|m| m.surface == spec.key);
    row.unwrap_or_else(|| panic!("{}: its minimum is missing in tests/common/minima.rs", spec.key))
}

#[test]
fn the_lowest_value_is_the_published_one() {
    for spec in surface::ALL {
        let surface = SurfaceObjective::new(spec);
        let (minima, known) = (surface.minima(), row(spec));
        assert_eq!(minima.len(), known.count, "{}", spec.key);
        for [x, y] in minima {
            let f = surface.at(x, y);
            let error = (f - known.value).abs();
            assert!(error <= known.digits, "{} at {x}, {y}: {f} is not {}", spec.key, known.value);
        }
    }
}

#[test]
fn at_a_minimum_the_gradient_vanishes_and_the_surface_bends_up() {
    for (spec, sliders) in placements() {
        let (surface, ..) = placed(spec, &sliders, [0.5, 0.5]);
        for [x, y] in surface.minima() {
            let at = surface.hessian_at(x, y);
            let [xx, xy, yy] = at.h;
            let ([steep, flat], _) = num::eigen2(xx, xy, yy);
            let name = format!("{} {:?} at {x}, {y}", spec.key, surface.params);
            // On the border of the domain the surface may fall outwards; at a kink the subgradient is taken as 0.
            if row(spec).on_border {
                continue;
            }
            assert!(num::norm(&at.d) <= 1e-12 * (1.0 + steep), "{name}: ∇f = {:?}", at.d);
            assert!(flat >= -1e-9 * steep.abs(), "{name}: curvatures {steep}, {flat}");
        }
    }
}

#[test]
fn no_neighbour_of_a_minimum_and_nothing_in_view_lies_lower() {
    for (spec, sliders) in placements() {
        let (surface, ..) = placed(spec, &sliders, [0.5, 0.5]);
        let minima = surface.minima();
        let Some(lowest) = minima.iter().map(|m| surface.at(m[0], m[1])).reduce(f64::min) else {
            continue;
        };
        let least = lowest - 1e-9 * (1.0 + lowest.abs());
        let span = spec.view.x.1 - spec.view.x.0;
        for m in &minima {
            for (radius, turn) in [1e-6, 1e-4, 1e-2, 0.05].iter().flat_map(|r| (0..64).map(move |t| (r, t))) {
                let angle = f64::from(turn) * std::f64::consts::TAU / 64.0;
                let (x, y) = (m[0] + radius * span * num::cos(angle), m[1] + radius * span * num::sin(angle));
                let inside = !row(spec).on_border || spec.view.contains([x, y]);
                assert!(!inside || surface.at(x, y) >= least, "{}: {x}, {y} lies lower", spec.key);
            }
        }
        for (i, j) in (0..=120).flat_map(|i| (0..=120).map(move |j| (i, j))) {
            let (_, x, y) = placed(spec, &sliders, [f64::from(i) / 120.0, f64::from(j) / 120.0]);
            assert!(surface.at(x, y) >= least, "{}: {x}, {y} lies lower", spec.key);
        }
    }
}

/// Every surface with its sliders as they stand at first, and at some other places.
fn placements() -> impl Iterator<Item = (&'static SurfaceSpec, Vec<f64>)> {
    surface::ALL.iter().flat_map(|spec| {
        let first = spec.params.iter().map(|p| p.position(p.default)).collect();
        let mut rows = vec![(*spec, first)];
        if !spec.params.is_empty() {
            rows.extend([0.1, 0.4, 0.9].map(|place| (*spec, vec![place; spec.params.len()])));
        }
        rows
    })
}

#[test]
fn values_and_derivatives_agree_with_fifty_digits() {
    let file: Value = serde_json::from_str(include_str!("fixtures/surfaces.json")).expect("valid JSON");
    let (mut points, mut compared, mut missing) = (0, BTreeSet::new(), BTreeSet::new());
    for entry in file["surfaces"].as_array().expect("a list") {
        let text = entry["surface"].as_str().expect("a text");
        let surface = match surface_text::surface(text) {
            Ok(surface) => surface,
            Err(Unread::Missing(what)) => {
                missing.insert(what);
                continue;
            }
            Err(Unread::Bad(what)) => panic!("{text}: {what}"),
        };
        compared.insert(surface.spec.key);
        for point in entry["points"].as_array().expect("a list") {
            let list = |key: &str| -> Vec<f64> {
                let values = point[key].as_array().expect("a list");
                values.iter().map(|v| v.as_f64().expect("a number")).collect()
            };
            let p = list("p");
            let ours = surface.hessian_at(p[0], p[1]);
            let f = point["f"].as_f64().expect("a number");
            for (ours, theirs) in
                [(vec![ours.v], vec![f]), (ours.d.to_vec(), list("g")), (ours.h.to_vec(), list("h"))]
            {
                let size = 1.0 + num::norm(&theirs);
                for (a, b) in ours.iter().zip(&theirs) {
                    assert!((a - b).abs() <= 1e-12 * size, "{text} at {p:?}: {ours:?} is not {theirs:?}");
                }
            }
            points += 1;
        }
    }
    println!("{points} points of {} surfaces; not here yet: {missing:?}", compared.len());
    let ours: BTreeSet<_> = surface::ALL.iter().map(|s| s.key).collect();
    let without: Vec<_> = ours.difference(&compared).collect();
    assert!(without.is_empty(), "no reference values for {without:?}");
}

#[test]
fn a_sum_of_squares_is_the_sum_of_the_squares_of_its_residuals() {
    let mut found = 0;
    for spec in surface::ALL {
        let surface = SurfaceObjective::new(spec);
        for at in [[0.2, 0.7], [0.9, 0.1], [0.45, 0.5]] {
            let (surface_here, x, y) = placed(spec, &[0.3, 0.8, 0.5, 0.6], at);
            for surface in [&surface, &surface_here] {
                let (mut r, mut jacobian) = (Vec::new(), Vec::new());
                if !surface.residuals(&[x, y], &mut r, &mut jacobian) {
                    continue;
                }
                found += 1;
                let exact = surface.gradient_at(x, y);
                let sum: f64 = r.iter().map(|r| r * r).sum();
                assert!(
                    (sum - exact.v).abs() <= 1e-12 * exact.v.abs(),
                    "{}: {sum} is not {}",
                    spec.key,
                    exact.v
                );
                for i in 0..2 {
                    let slope: f64 = r.iter().zip(jacobian.chunks(2)).map(|(r, row)| 2.0 * r * row[i]).sum();
                    assert!((slope - exact.d[i]).abs() <= 1e-9 * (1.0 + exact.d[i].abs()), "{}", spec.key);
                }
            }
        }
    }
    assert!(found >= 6 * 6, "only {found} places were compared");
}
