//! What is found and drawn of a surface in view; the pictures are written to the target folder to be looked at.

use descent_lab::expr::Expr;
use descent_lab::look::Overlay;
use descent_lab::math::num;
use descent_lab::scene::scale::CONTOURS;
use descent_lab::scene::study::{Study, StudyPen};
use descent_lab::scene::{
    Colormap, Contours, Field, LevelScale, MapKind, OverlayPen, SvgPainter, Theme, Viewport, run_style, stage,
};
use descent_lab::surface::study::Model;
use descent_lab::surface::{self, Custom, Levels, SurfaceObjective, View};
use std::fs;
use std::path::PathBuf;

const ALL: [Overlay; 5] =
    [Overlay::Stable, Overlay::Critical, Overlay::Field, Overlay::Descent, Overlay::Zeros];

fn surface(key: &str) -> SurfaceObjective {
    SurfaceObjective::new(surface::find(key).expect("a surface of this name"))
}

fn typed(text: &str) -> SurfaceObjective {
    SurfaceObjective::typed(Custom::new(Expr::parse(text).expect("a function")))
}

fn port(surface: &SurfaceObjective) -> Viewport {
    Viewport::fitted(surface.spec.view, 640.0, 480.0)
}

/// A study with these parts, all done.
fn study(surface: &SurfaceObjective, on: &[Overlay], labels: bool) -> Study {
    let mut study = Study::new(surface, port(surface), surface.spec.levels);
    study.want(on, labels);
    while study.waits() {
        study.advance(5000);
    }
    study
}

fn draw(study: &Study, theme: Theme) -> SvgPainter {
    let mut svg = SvgPainter::new(640.0, 480.0, "");
    let mut pen = StudyPen { painter: &mut svg, port: study.port(), theme };
    if let Some(curvature) = study.curvature.get() {
        pen.stable(curvature, 0.002);
    }
    pen.paint(study);
    svg
}

#[test]
fn studies_are_drawn_in_both_themes() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("study");
    fs::create_dir_all(&folder).expect("a folder to write to");
    for key in ["rosenbrock", "himmelblau", "rastrigin"] {
        let surface = surface(key);
        let port = port(&surface);
        for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            for (name, on, labels) in [
                ("labels", &[][..], true),
                ("field", &[Overlay::Field, Overlay::Critical], false),
                ("descent", &[Overlay::Descent, Overlay::Zeros], false),
                ("stable", &[Overlay::Stable], false),
            ] {
                let study = study(&surface, on, labels);
                let mut nodes = Field::spaced(&port, 2.5);
                nodes.compute(&surface);
                let scale =
                    LevelScale::of(&nodes, surface.spec.levels, surface.minima().first().map(|_| 0.0));
                let map =
                    Colormap::new(if theme == Theme::Dark { MapKind::Cividis } else { MapKind::Viridis });
                let mut pixels = vec![0; nodes.nx * nodes.ny * 4];
                nodes.paint_rgba(&scale, &map, theme.neutral(), 0..nodes.ny, &mut pixels);
                let mut svg = SvgPainter::new(640.0, 480.0, "");
                for (i, p) in pixels
                    .chunks(4)
                    .enumerate()
                    .filter(|(i, _)| (i % nodes.nx).is_multiple_of(4) && (i / nodes.nx).is_multiple_of(4))
                {
                    let color = descent_lab::scene::Rgba([p[0], p[1], p[2], 255]);
                    #[expect(clippy::cast_precision_loss, reason = "pixels")]
                    let (left, top) = ((i % nodes.nx) as f64 * 2.5, (i / nodes.nx) as f64 * 2.5);
                    svg.fill_rect(descent_lab::scene::Rect { left, top, width: 10.2, height: 10.2 }, color);
                }
                stage::contours(&mut svg, &Contours::of(&nodes, &scale.contour_levels(CONTOURS)), &port);
                let mut pen = StudyPen { painter: &mut svg, port: &port, theme };
                if let Some(curvature) = study.curvature.get() {
                    pen.stable(curvature, 0.01);
                }
                pen.paint(&study);
                let model = Model::of(&surface, surface.spec.start).expect("finite");
                let mut pen = OverlayPen {
                    painter: &mut svg,
                    port: &port,
                    style: run_style(0),
                    theme,
                    labels: Vec::new(),
                };
                pen.paint_model(&model, &[Overlay::Model, Overlay::Newton]);
                stage::axes(&mut svg, &port, theme);
                fs::write(folder.join(format!("{key}-{name}-{word}.svg")), svg.finish()).expect("written");
            }
        }
    }
}

#[test]
fn pieces_give_what_the_whole_gives_and_nothing_is_worked_out_that_is_off() {
    let surface = surface("himmelblau");
    let mut whole = Study::new(&surface, port(&surface), Levels::Log);
    whole.want(&ALL, true);
    while whole.waits() {
        whole.advance(usize::MAX);
    }
    let pieces = study(&surface, &ALL, true);
    assert_eq!(draw(&whole, Theme::Light).finish(), draw(&pieces, Theme::Light).finish());
    let mut none = Study::new(&surface, port(&surface), Levels::Log);
    none.want(&[], false);
    assert!(!none.waits() && !none.advance(1_000_000));
    let bare = SvgPainter::new(640.0, 480.0, "").finish();
    assert_eq!(draw(&none, Theme::Light).finish(), bare);
}

#[test]
fn after_a_move_the_old_picture_stays_until_the_new_one_is_done() {
    let surface = surface("rosenbrock");
    let mut study = study(&surface, &[Overlay::Critical, Overlay::Zeros], false);
    let moved = study.port().panned([40.0, 10.0]);
    study.look_at(&surface, moved, Levels::Log);
    assert!(study.waits() && study.zeros.get().is_some() && study.critical.get().is_some());
    while study.waits() {
        study.advance(1000);
    }
    assert_eq!(study.critical.get().expect("done").view(), moved.view);
    study.look_at(&typed("x^2+y^2"), moved, Levels::Log);
    assert!(study.zeros.get().is_none(), "another surface has nothing of the old one");
}

#[test]
fn arrows_point_exactly_downhill_and_steeper_ones_are_longer() {
    let surface = typed("x^2+3*y^2+x*y");
    let study = study(&surface, &[Overlay::Field], false);
    let arrows = &study.arrows.get().expect("done").arrows;
    assert!(arrows.len() > 100);
    for a in arrows {
        let g = surface.gradient_at(a.at[0], a.at[1]).d;
        assert_eq!(a.downhill, [-g[0], -g[1]]);
        assert!((0.0..=1.0).contains(&a.size));
    }
    let mut by_slope: Vec<_> = arrows.iter().map(|a| (num::norm(&a.downhill), a.size)).collect();
    by_slope.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(by_slope.is_sorted_by(|a, b| a.1 <= b.1));
}

#[test]
fn arrows_have_a_length_beside_a_slope_that_is_next_to_nothing() {
    let surface = typed("if(x < 0, 1e-310x, x)");
    let study = study(&surface, &[Overlay::Field], false);
    let arrows = &study.arrows.get().expect("done").arrows;
    assert!(arrows.len() > 100);
    assert!(arrows.iter().all(|a| (0.0..=1.0).contains(&a.size)));
}

#[test]
fn lines_of_descent_descend_and_keep_their_distance() {
    for key in ["rosenbrock", "himmelblau", "rastrigin", "peaks"] {
        let surface = surface(key);
        let study = study(&surface, &[Overlay::Descent], false);
        let lines = &study.streams.get().expect("done").lines;
        assert!(lines.len() > 10, "{key}: {}", lines.len());
        for line in lines {
            let values: Vec<f64> = line.iter().map(|p| surface.at(p[0], p[1])).collect();
            let risen = values.windows(2).filter(|w| w[1] > w[0] + 1e-9 * (1.0 + w[0].abs())).count();
            assert!(risen * 20 <= values.len(), "{key}: {risen} of {} pieces rise", values.len());
        }
    }
    // However rough a surface is, the work ends.
    let rough = study(&typed("sin(1000*x)*cos(900*y)"), &[Overlay::Descent], false);
    assert!(rough.streams.get().is_some());
}

#[test]
fn zero_sets_are_where_the_partial_derivatives_vanish() {
    let surface = typed("x^2*y-y+x");
    let study = study(&surface, &[Overlay::Zeros], false);
    let zeros = study.zeros.get().expect("done");
    for (k, contours) in zeros.lines.iter().enumerate() {
        let lines = contours.polylines(study.port(), 0..1);
        assert!(!lines.is_empty());
        for p in &lines.points {
            let [x, y] = study.port().plot_from_px(p.map(f64::from));
            let g = surface.gradient_at(x, y).d[k];
            assert!(g.abs() < 0.01, "∂{k} at ({x}, {y}) is {g}");
        }
    }
}

#[test]
fn the_stable_region_is_where_the_rate_times_the_largest_curvature_is_below_two() {
    // λmax = 6|x| for |x| > 1/3, so that with η = 0.1 it ends at x = 10/3 … in view at ±2.2 with η = 0.2.
    let surface = typed("abs(x)^3+0.5*y^2");
    let study = study(&surface, &[Overlay::Stable], false);
    let curvature = study.curvature.get().expect("done");
    let port = study.port();
    let pieces = curvature.stable_pieces(port, 0.2, [0.0, 200.0], [640.0, 200.0]);
    let [[a, b]] = pieces[..] else { panic!("{pieces:?}") };
    let edge = 2.0 / 0.2 / 6.0;
    for (px, x) in [(a, -edge), (b, edge)] {
        assert!((port.plot_from_px(px)[0] - x).abs() < 0.02, "{px:?}");
    }
    assert_eq!(curvature.share(1e-9), 1.0);
    assert_eq!(curvature.share(3.0), 0.0);
    let edges = curvature.edges(0.2);
    assert!(!edges.polylines(port, 1..2).is_empty());
    for lr in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(curvature.edges(lr).is_empty());
    }
}

#[test]
fn values_on_contours_are_true_upright_and_apart() {
    for key in ["rosenbrock", "himmelblau", "rastrigin", "six_hump_camel", "goldstein_price", "easom"] {
        let surface = surface(key);
        let study = study(&surface, &[], true);
        let labels = &study.labels.get().expect("done").labels;
        assert!(labels.len() >= 2, "{key}: {}", labels.len());
        for (i, label) in labels.iter().enumerate() {
            assert!(label.turn.abs() <= std::f64::consts::FRAC_PI_2 + 1e-9, "{key}: upside down");
            assert!(label.text.chars().count() <= 7, "{key}: {} is long", label.text);
            let value: f64 = label.text.replace('−', "-").parse().expect("a number");
            let f = surface.at(label.at[0], label.at[1]);
            let g = surface.gradient_at(label.at[0], label.at[1]).d;
            let per_px = study.port().plot_per_px()[0];
            let curved = {
                let h = surface.hessian_at(label.at[0], label.at[1]).h;
                h[0].abs().max(h[2].abs()) + h[1].abs()
            };
            let slack =
                1e-3 * value.abs() + per_px * (g[0].abs() + g[1].abs()) + 8.0 * per_px * per_px * curved;
            assert!((f - value).abs() <= slack, "{key}: {} stands where f is {f}", label.text);
            let [x, y] = study.port().px_from_plot(label.at);
            for other in &labels[..i] {
                let [a, b] = study.port().px_from_plot(other.at);
                assert!(num::norm(&[x - a, y - b]) > 20.0, "{key}: {} and {}", label.text, other.text);
            }
        }
    }
}

#[test]
fn levels_are_short_to_write_and_about_evenly_spaced_in_colour() {
    for key in ["rosenbrock", "himmelblau", "goldstein_price", "zakharov"] {
        let surface = surface(key);
        let mut field = Field::spaced(&port(&surface), 7.0);
        field.compute(&surface);
        let scale =
            LevelScale::of(&field, Levels::Log, surface.minima().first().map(|m| surface.at(m[0], m[1])));
        let levels = scale.contour_levels(CONTOURS);
        assert!((10..30).contains(&levels.len()), "{key}: {}", levels.len());
        assert!(levels.is_sorted_by(|a, b| a < b), "{key}: {levels:?}");
        for pair in levels.windows(2) {
            let gap = scale.t(pair[1]) - scale.t(pair[0]);
            assert!((0.02..0.1).contains(&gap), "{key}: {pair:?} are {gap} apart");
        }
    }
}

#[test]
fn what_is_nowhere_finite_has_no_picture_and_no_trouble() {
    let mut study =
        Study::new(&typed("0/0"), Viewport::fitted(View::square(1.0), 320.0, 200.0), Levels::Linear);
    study.want(&ALL, true);
    for _ in 0..10_000 {
        study.advance(5000);
    }
    assert!(!study.waits());
    let bare = SvgPainter::new(640.0, 480.0, "").finish();
    assert_eq!(draw(&study, Theme::Dark).finish(), bare);
}
