//! Pictures of the stage and of charts, drawn natively: they are written to the target folder to be looked at, and what
//! can be checked of them without eyes is checked here.

use descent_lab::run::inspect::{Inspection, inspect};
use descent_lab::run::{RunSpec, Settings, Status, Trace, spec::Problem, trace};
use descent_lab::scene::chart::{self, Units, chart_svg};
use descent_lab::scene::{
    ChartSeries, ChartSpec, Colormap, Contours, Field, LevelScale, MapKind, Overlay, OverlayPen, PathCursor,
    PathLook, Quantity, SvgPainter, Theme, Viewport, XAxis, YScale, path, run_style, stage,
};
use descent_lab::surface::{self, SurfaceObjective, View};
use descent_lab::{objective::Objective, optim};
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use std::fs;
use std::path::PathBuf;

const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

fn surface(key: &str) -> SurfaceObjective {
    SurfaceObjective::new(surface::find(key).expect("a surface of this name"))
}

fn run(surface: &SurfaceObjective, optimizer: &str, lr: f64, steps: u32) -> Trace {
    let optimizer = optim::find(optimizer).expect("an optimizer of this name");
    trace(&RunSpec {
        problem: Problem::Surface(surface.clone()),
        start: surface.spec.start.to_vec(),
        steps,
        seed: 1,
        settings: Settings::new(optimizer).with("lr", lr),
        edits: Vec::new(),
    })
}

fn write(name: &str, bytes: &[u8]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("scene");
    fs::create_dir_all(&folder).expect("a folder to write to");
    fs::write(folder.join(name), bytes).expect("a file to write");
}

/// The field's pixels as PPM beside an SVG that refers to them as PNG.
fn picture(name: &str, surface: &SurfaceObjective, runs: &[Trace], theme: Theme, at_step: usize) {
    let port = Viewport::fitted(surface.spec.view, 640.0, 480.0);
    let mut field = Field::cells(port.view, 640, 480);
    field.compute(surface);
    let scale = LevelScale::of(&field, surface.spec.levels, surface.known_minimum());
    let mut pixels = vec![0; 640 * 480 * 4];
    let map = Colormap::new(MapKind::Viridis);
    field.paint_rgba(&scale, &map, theme.neutral(), 0..480, &mut pixels);
    let mut ppm = b"P6 640 480 255\n".to_vec();
    ppm.extend(pixels.chunks(4).flat_map(|p| &p[..3]));
    write(&format!("{name}.ppm"), &ppm);

    let mut nodes = Field::nodes(port.view, 321, 241);
    nodes.compute(surface);
    let lines = Contours::of(&nodes, &scale.contour_levels(18));
    let mut svg = SvgPainter::new(640.0, 480.0, "");
    svg.title(surface.spec.name);
    svg.image(port.rect(), &format!("{name}.png"));
    stage::contours(&mut svg, &lines, &port);
    stage::axes(&mut svg, &port, theme);
    stage::minima(&mut svg, &surface.minima(), &port, theme);
    for (i, trace) in runs.iter().enumerate() {
        let look = PathLook { style: run_style(i), theme, quick: false, thick: 1.0 };
        path::paint_future(&mut svg, trace, &port, at_step, &look);
    }
    let mut ends = Vec::new();
    for (i, trace) in runs.iter().enumerate() {
        let look = PathLook { style: run_style(i), theme, quick: false, thick: 1.0 };
        let mut cursor = PathCursor::default();
        assert!(cursor.paint_to(&mut svg, trace, &port, at_step, &look));
        ends.push(cursor.last_in_sight_px());
    }
    stage::start_pin(&mut svg, surface.spec.start, &port, theme);
    for (i, trace) in runs.iter().enumerate() {
        if matches!(trace.status, Status::Diverged { .. })
            && let Some(at) = ends[i]
        {
            stage::diverged(&mut svg, at, &port, &run_style(i), theme);
        } else if let Some(point) = trace.point2(at_step) {
            stage::position(&mut svg, point, &port, &run_style(i), theme, i == 0);
        }
    }
    write(&format!("{name}.svg"), svg.finish().as_bytes());
}

#[test]
fn stages_are_drawn_in_both_themes() {
    let rosenbrock = surface("rosenbrock");
    let runs = [
        run(&rosenbrock, "adam", 0.05, 500),
        run(&rosenbrock, "momentum", 0.0005, 500),
        run(&rosenbrock, "sgd", 0.0015, 500),
    ];
    for (theme, word) in THEMES {
        picture(&format!("stage-{word}"), &rosenbrock, &runs, theme, 120);
    }
    for spec in surface::ALL {
        let surface = SurfaceObjective::new(spec);
        let runs: Vec<_> = ["adam", "momentum", "sgd", "rmsprop", "adagrad", "lion", "nesterov", "adamw"]
            .into_iter()
            .zip([0.1, 0.003, 0.01, 0.02, 0.3, 0.03, 0.002, 0.2])
            .map(|(optimizer, lr)| run(&surface, optimizer, lr, 200))
            .collect();
        picture(&format!("surface-{}", spec.key), &surface, &runs, Theme::Light, 400);
    }
}

fn chart_spec<'a>(series: &'a [ChartSeries<'a>], theme: Theme) -> ChartSpec<'a> {
    ChartSpec {
        quantity: Quantity::Loss,
        x_axis: XAxis::Steps,
        y_scale: YScale::Log,
        baseline: 0.0,
        series,
        fan: None,
        horizon: 500,
        until: None,
        theme,
    }
}

fn series(runs: &[Trace], quantity: Quantity) -> Vec<ChartSeries<'_>> {
    let styled = |(i, trace)| ChartSeries::of(trace, quantity, run_style(i));
    runs.iter().enumerate().map(styled).collect()
}

#[test]
fn charts_are_drawn_in_both_themes() {
    let rosenbrock = surface("rosenbrock");
    let himmelblau = surface("himmelblau");
    let rastrigin = surface("rastrigin");
    let sets = [
        (
            "rosenbrock",
            vec![
                run(&rosenbrock, "adam", 0.05, 500),
                run(&rosenbrock, "momentum", 0.0005, 500),
                run(&rosenbrock, "sgd", 0.0008, 500),
            ],
        ),
        (
            "diverged",
            vec![
                run(&rosenbrock, "adam", 0.05, 500),
                run(&rosenbrock, "sgd", 0.003, 500),
                run(&rosenbrock, "momentum", 0.002, 500),
            ],
        ),
        (
            "eight",
            ["adam", "momentum", "sgd", "rmsprop", "adagrad", "lion", "nesterov", "adamw"]
                .into_iter()
                .zip([0.1, 0.003, 0.01, 0.02, 0.3, 0.03, 0.002, 0.2])
                .map(|(optimizer, lr)| run(&himmelblau, optimizer, lr, 500))
                .collect(),
        ),
        ("noisy", vec![run(&rastrigin, "sgd", 0.2, 5000), run(&rastrigin, "lion", 0.2, 5000)]),
        ("none", Vec::new()),
    ];
    for (theme, word) in THEMES {
        for (name, runs) in &sets {
            let [loss, grad_norm, lr] =
                [Quantity::Loss, Quantity::GradNorm, Quantity::Lr].map(|q| series(runs, q));
            let mut spec = chart_spec(&loss, theme);
            if *name == "noisy" {
                spec.horizon = 5000;
            }
            write(&format!("chart-{name}-log-{word}.svg"), chart_svg(&spec, 420.0, 180.0).as_bytes());
            spec.y_scale = YScale::Linear;
            write(&format!("chart-{name}-linear-{word}.svg"), chart_svg(&spec, 420.0, 180.0).as_bytes());
            (spec.quantity, spec.series) = (Quantity::GradNorm, &grad_norm);
            spec.y_scale = YScale::Log;
            write(&format!("chart-{name}-grad-{word}.svg"), chart_svg(&spec, 420.0, 180.0).as_bytes());
            (spec.quantity, spec.series) = (Quantity::Lr, &lr);
            spec.x_axis = XAxis::Evaluations;
            write(&format!("chart-{name}-lr-{word}.svg"), chart_svg(&spec, 420.0, 180.0).as_bytes());
        }
    }
}

#[test]
fn losses_below_zero_are_told_apart_on_an_even_axis() {
    let saddle = surface("saddle");
    let runs = [run(&saddle, "sgd", 0.05, 100), run(&saddle, "adam", 0.05, 100)];
    let below = series(&runs, Quantity::Loss);
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (800, 400)).into_drawing_area();
    let mut spec = chart_spec(&below, Theme::Light);
    let frame = chart::draw(&area, &spec, Units::canvas(1.0)).expect("drawn");
    let [a, b] = [0, 1].map(|i| runs[i].loss[100]);
    assert!(a < 0.0 && b < 0.0);
    assert_eq!(frame.y_scale, YScale::Linear);
    assert_ne!(frame.px_from_value(a), frame.px_from_value(b));
    // What is left of subtracting a minimum is no loss below it.
    let rest =
        [Trace { dim: 2, x: vec![0.0; 6], loss: vec![-78.0, -78.3, -78.332_331_4], ..Trace::default() }];
    let rest = series(&rest, Quantity::Loss);
    (spec.series, spec.baseline) = (&rest, -78.332_331_4 + 1e-14);
    let frame = chart::draw(&area, &spec, Units::canvas(1.0)).expect("drawn");
    assert_eq!(frame.y_scale, YScale::Log);
}

#[test]
fn frames_of_charts_agree_with_what_plotters_drew() {
    let rosenbrock = surface("rosenbrock");
    let runs = [run(&rosenbrock, "adam", 0.05, 500)];
    let series = series(&runs, Quantity::Loss);
    let spec = chart_spec(&series, Theme::Light);
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (800, 400)).into_drawing_area();
    let frame = chart::draw(&area, &spec, Units::canvas(2.0)).expect("drawn");
    drop(area);
    assert_eq!((frame.x, frame.y_scale), ((0.0, 500.0), YScale::Log));
    // The last point of the curve, in device pixels.
    let curve = svg.lines().find(|l| l.contains("#D55E00") && l.contains("polyline")).expect("a curve");
    let last = curve.split('"').rfind(|part| part.contains(',')).and_then(|p| p.split_whitespace().last());
    let (x, y) = last.and_then(|p| p.split_once(',')).expect("a point");
    let (x, y): (f64, f64) = (x.parse().expect("a number"), y.parse().expect("a number"));
    assert!((frame.px_from_row(&series[0], 500) * 2.0 - x).abs() <= 1.0);
    assert!((frame.px_from_value(runs[0].loss[500]) * 2.0 - y).abs() <= 1.0);
}

#[test]
fn a_chart_that_ends_at_a_step_tells_nothing_of_what_follows_and_has_the_same_axes() {
    let values: Vec<f64> = (0..100_u32).map(|i| 50.0 / f64::from(i + 1)).collect();
    // The same values after the step in another order: the ends of the axes stay.
    let mut other = values.clone();
    other[50..].reverse();
    let evaluations: Vec<u32> = (0..100).map(|i| 3 * i).collect();
    let drawn = |values: &[f64], x_axis: XAxis, quantity: Quantity, until: Option<u32>| {
        let series = [ChartSeries {
            values,
            other: values,
            steps: &[],
            evaluations: &evaluations,
            hessians: &[],
            diverged: true,
            style: run_style(0),
        }];
        let spec = ChartSpec { quantity, x_axis, horizon: 99, until, ..chart_spec(&series, Theme::Light) };
        chart_svg(&spec, 400.0, 300.0)
    };
    for quantity in [Quantity::Loss, Quantity::Batch] {
        for axis in [XAxis::Steps, XAxis::Evaluations] {
            let all = [&values, &other].map(|v| drawn(v, axis, quantity, None));
            let some = [&values, &other].map(|v| drawn(v, axis, quantity, Some(40)));
            assert_ne!(all[0], all[1]);
            assert_eq!(some[0], some[1]);
            assert_eq!(drawn(&values, axis, quantity, Some(99)), all[0]);
            let labels = |svg: &str| svg.lines().filter(|l| l.contains("<text")).count();
            assert_eq!(labels(&some[0]), labels(&all[0]));
        }
    }
}

#[test]
fn charts_of_any_size_and_any_runs_are_drawn() {
    let odd = |loss: Vec<f64>| Trace {
        dim: 2,
        x: vec![0.0; 2 * loss.len()],
        grad_norm: vec![0.0; loss.len()],
        lr: vec![0.1; loss.len()],
        evaluations: vec![1; loss.len()],
        loss,
        ..Trace::default()
    };
    let runs = [
        odd(vec![]),
        odd(vec![0.0]),
        odd(vec![-1.0, -2.0]),
        odd(vec![1e300, 1e-300, 1e308]),
        odd(vec![5.0; 3]),
    ];
    for i in 0..runs.len() {
        for (width_px, height_px) in [(0.0, 0.0), (1.0, 1.0), (30.0, 500.0), (500.0, 30.0), (300.0, 150.0)] {
            for y_scale in [YScale::Log, YScale::Linear] {
                for quantity in [Quantity::Loss, Quantity::GradNorm, Quantity::Lr] {
                    let series = series(&runs[i..], quantity);
                    for x_axis in [XAxis::Steps, XAxis::Evaluations] {
                        let spec = ChartSpec {
                            quantity,
                            x_axis,
                            y_scale,
                            fan: None,
                            horizon: 0,
                            ..chart_spec(&series, Theme::Light)
                        };
                        let svg = chart_svg(&spec, width_px, height_px);
                        assert!(svg.ends_with("</svg>\n") && !svg.contains("NaN"));
                    }
                }
            }
        }
    }
}

/// A method a few steps into a run, and the view of its surface.
fn inspected(optimizer: &str) -> (View, Inspection) {
    let surface = surface("rosenbrock");
    let spec = RunSpec {
        problem: Problem::Surface(surface.clone()),
        start: surface.spec.start.to_vec(),
        steps: 100,
        seed: 1,
        settings: Settings::new(optim::find(optimizer).expect("registered")).with("lr", 0.1),
        edits: Vec::new(),
    };
    (surface.spec.view, inspect(&spec, 12).expect("a start"))
}

/// The overlays of a method there.
fn overlays(optimizer: &str, on: &[Overlay], lit: Option<&str>) -> String {
    let (view, seen) = inspected(optimizer);
    let port = Viewport::fitted(view, 640.0, 480.0);
    let mut svg = SvgPainter::new(640.0, 480.0, "");
    let mut pen = OverlayPen {
        painter: &mut svg,
        port: &port,
        style: run_style(0),
        theme: Theme::Light,
        labels: Vec::new(),
    };
    pen.paint(&seen, on, lit);
    svg.finish()
}

#[test]
fn an_overlay_is_drawn_where_it_is_on_and_where_its_symbol_is_lit() {
    let nothing = overlays("adam", &[], None);
    for overlay in [Overlay::Gradient, Overlay::Step, Overlay::Momentum, Overlay::Spread] {
        let shown = overlays("adam", &[overlay], None);
        assert!(shown.len() > nothing.len() + 100, "{overlay:?} draws nothing");
        assert!(!shown.contains("NaN") && !shown.contains("inf"), "{overlay:?}");
    }
    for symbol in ["m", "v", "g", "θ"] {
        assert!(overlays("adam", &[], Some(symbol)).len() > nothing.len() + 100, "{symbol} draws nothing");
    }
    // Gradient descent keeps nothing that could be drawn.
    assert_eq!(overlays("sgd", &[Overlay::Momentum, Overlay::Spread], None), nothing);
    let keys: Vec<_> = Overlay::ALL.iter().map(|o| o.key()).collect();
    assert!(keys.iter().all(|k| Overlay::find(k).is_some_and(|o| o.key() == *k)));
}

#[test]
fn an_overlay_is_drawn_only_for_what_a_method_has() {
    for optimizer in optim::ALL {
        if optimizer.needs != optim::Needs::Nothing {
            continue;
        }
        let (_, seen) = inspected(optimizer.key);
        let has = OverlayPen::has(&seen);
        let nothing = overlays(optimizer.key, &[], None);
        for overlay in Overlay::ALL {
            let draws = overlays(optimizer.key, &[overlay], None) != nothing;
            // A step may lead nowhere, and a figure may still be a point.
            assert!(has.contains(&overlay) || !draws, "{}: {overlay:?}", optimizer.key);
        }
    }
    assert_eq!(OverlayPen::has(&inspected("sgd").1), [Overlay::Gradient, Overlay::Step]);
    assert_eq!(OverlayPen::has(&inspected("nelder_mead").1)[0], Overlay::Step, "it asks for no gradient");
}

#[test]
fn a_corrected_average_is_drawn_only_where_it_is_lit() {
    let arrows = |lit| overlays("adam", &[Overlay::Momentum], lit);
    assert!(arrows(None).contains(">−m<") && !arrows(None).contains(">−m̂<"));
    assert!(arrows(Some("m̂")).contains(">−m̂<"));
}
