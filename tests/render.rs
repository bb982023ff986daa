//! Figures as files: `descent-lab render` as a program.

use descent_lab::link::Link;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_descent-lab")).args(args).output().expect("the program starts")
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("render");
    std::fs::create_dir_all(&folder).expect("a folder to write to");
    folder
}

/// What `render` writes for these arguments into a file of this name.
fn rendered(name: &str, args: &[&str]) -> Vec<u8> {
    let path = folder().join(name);
    let out = path.to_str().expect("plain letters");
    let done = run(&[&["render", "--out", out], args].concat());
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(path).expect("a file")
}

fn svg(name: &str, args: &[&str]) -> String {
    String::from_utf8(rendered(name, args)).expect("UTF-8")
}

const RACE: [&str; 10] = [
    "--surface",
    "himmelblau",
    "--run",
    "adam:lr=0.1",
    "--run",
    "sgd:lr=0.01",
    "--steps",
    "60",
    "--step",
    "25",
];

fn text<'a>(document: &'a roxmltree::Document<'_>, tag: &str) -> &'a str {
    let node = document.descendants().find(|node| node.tag_name().name() == tag);
    node.and_then(|node| node.text()).unwrap_or_default()
}

/// Width, height, the texts beside the picture, and its pixels.
type Picture = (u32, u32, Vec<(String, String)>, Vec<u8>);

fn png(file: &[u8]) -> Picture {
    let decoder = png::Decoder::new(std::io::Cursor::new(file));
    let mut reader = decoder.read_info().expect("a header");
    let mut bytes = vec![0; reader.output_buffer_size().expect("not too large")];
    reader.next_frame(&mut bytes).expect("a picture");
    let info = reader.info();
    let said = info.utf8_text.iter().map(|t| (t.keyword.clone(), t.get_text().expect("text"))).collect();
    (info.width, info.height, said, bytes)
}

#[test]
fn an_svg_is_well_formed_and_says_what_it_shows_and_where_it_comes_from() {
    for what in ["stage", "charts", "both"] {
        for theme in ["light", "dark", "print", "projector"] {
            let args = [&RACE[..], &["--what", what, "--theme", theme, "--size", "700x500"]].concat();
            let file = svg(&format!("race-{what}-{theme}.svg"), &args);
            let document = roxmltree::Document::parse(&file).expect("well-formed XML");
            let root = document.root_element();
            assert_eq!((root.attribute("width"), root.attribute("height")), (Some("700"), Some("500")));
            assert_eq!(root.attribute("role"), Some("img"));
            assert!(text(&document, "title").contains("Himmelblau"), "{}", text(&document, "title"));
            let words = text(&document, "desc");
            assert!(words.contains("step 25 of 60") && words.contains("Run 2:"), "{words}");
            let source = text(&document, "source");
            let (link, notices) = Link::read(source);
            assert!(notices.is_empty(), "{notices:?}");
            assert_eq!((link.step, link.config.steps, link.config.runs.len()), (Some(25), 60, 2));
            let has_map = document.descendants().any(|n| n.tag_name().name() == "image");
            assert_eq!(has_map, what != "charts");
        }
    }
}

#[test]
fn the_map_inside_is_a_picture_of_its_own() {
    let file = svg("map.svg", &[&RACE[..], &["--what", "stage"]].concat());
    let document = roxmltree::Document::parse(&file).expect("well-formed XML");
    let maps: Vec<&str> = document
        .descendants()
        .filter(|n| n.tag_name().name() == "image")
        .filter_map(|n| n.attribute("href"))
        .collect();
    // The surface and the scale of its colours.
    assert_eq!(maps.len(), 2);
    assert!(maps.iter().all(|href| href.starts_with("data:image/png;base64,iVBORw0KGgo")));
}

/// A figure without its words: what is drawn in it.
fn drawn(name: &str, link: &str, what: &str) -> String {
    let file = svg(name, &["--link", link, "--what", what]);
    let (_, picture) = file.split_once("</metadata>").expect("words before the picture");
    picture.to_owned()
}

#[test]
fn a_figure_shows_what_is_still_to_come_unless_its_link_says_no() {
    // They part after the step that is drawn.
    let surfaces = ["surface=himmelblau&run=momentum:lr=0.01", "surface=himmelblau&run=adam:lr=0.1"];
    for (n, link) in surfaces.into_iter().enumerate() {
        let one = format!("#v=1&{link}&steps=60&step=25");
        let other = format!("#v=1&{link}&edit=1@30:lr=0.001&steps=60&step=25");
        let of =
            |link: &str, ahead: &str| drawn(&format!("ahead-{n}.svg"), &format!("{link}{ahead}"), "stage");
        assert_ne!(of(&one, ""), of(&other, ""), "{link}");
        assert_eq!(of(&one, "&ahead=0"), of(&other, "&ahead=0"), "{link}");
    }
    let fan = "#v=1&surface=himmelblau&noise=1&run=sgd:lr=0.01&fan=8&steps=60&step=25";
    let other = fan.replace("&steps", "&edit=1@30:lr=0.001&steps");
    let of = |link: &str, ahead: &str| drawn("ahead-fan.svg", &format!("{link}{ahead}"), "stage");
    assert_ne!(of(fan, ""), of(&other, ""));
    assert_eq!(of(fan, "&ahead=0"), of(&other, "&ahead=0"));
}

#[test]
fn the_words_of_a_network_are_about_the_step_that_is_drawn() {
    let words = |step: &str| {
        let link = format!("#v=1&network=4&data=circle(n=60)&steps=60&run=adam:lr=0.05,batch=16&step={step}");
        let file = svg("net-words.svg", &["--link", &link]);
        text(&roxmltree::Document::parse(&file).expect("well-formed XML"), "desc").to_owned()
    };
    // As `descent-lab trace` has them.
    for (step, loss) in [("20", "0.4365"), ("60", "0.1481")] {
        assert!(words(step).contains(&format!("oss {loss}")), "{}", words(step));
    }
}

#[test]
fn curves_of_a_matrix_end_at_the_cursor_where_nothing_after_it_is_to_be_seen() {
    let link = "#v=1&problem=matrix_lsq(k=3)&run=muon:lr=0.02&steps=60&step=15";
    let widths = |link: &str| -> Vec<f64> {
        let file = svg("ahead-matrix.svg", &["--link", link, "--what", "stage"]);
        let document = roxmltree::Document::parse(&file).expect("well-formed XML");
        let clips = document.descendants().filter(|n| n.tag_name().name() == "clipPath");
        clips.filter_map(|clip| clip.first_element_child()?.attribute("width")?.parse().ok()).collect()
    };
    let [all, some] = [widths(link), widths(&format!("{link}&ahead=0"))];
    assert!(!all.is_empty() && all.len() == some.len());
    let is_cut = all.iter().zip(&some).any(|(all, some)| (0.25 * all - some).abs() < 0.1);
    assert!(is_cut, "{all:?} {some:?}");
}

#[test]
fn nothing_that_was_typed_becomes_markup() {
    let hostile = "<script>alert(1)</script>";
    let link = format!(
        "#v=1&surface=custom&f={}&run=sgd:lr=0.1&steps=9&show=%3Cscript%3E&theme=%22%3E%3Cscript%3E",
        hostile.replace('<', "%3C").replace('>', "%3E").replace('/', "%2F")
    );
    let file = svg("hostile.svg", &["--link", &link]);
    let document = roxmltree::Document::parse(&file).expect("well-formed XML");
    let known = [
        "svg", "title", "desc", "metadata", "source", "clipPath", "rect", "g", "path", "circle", "text",
        "image",
    ];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "{}", node.tag_name().name());
        assert!(node.attributes().all(|a| !a.name().starts_with("on")));
    }
    assert!(text(&document, "title").contains(hostile), "{}", text(&document, "title"));
    assert!(!file.contains("<script"));
}

#[test]
fn a_png_has_the_asked_size_and_carries_the_link() {
    let args = [&RACE[..], &["--size", "640x400"]].concat();
    let (width, height, said, bytes) = png(&rendered("race.png", &args));
    assert_eq!((width, height), (640, 400));
    let of = |key: &str| said.iter().find(|(k, _)| k == key).map_or("", |(_, text)| text.as_str());
    let (link, notices) = Link::read(of("Link"));
    assert!(notices.is_empty() && link.step == Some(25), "{notices:?}");
    assert!(of("Title").contains("Adam") && of("Description").contains("step 25 of 60"));
    let white = bytes.chunks_exact(3).filter(|p| p.iter().all(|c| *c == 255)).count();
    let all = bytes.len() / 3;
    assert!((all / 10..all / 10 * 7).contains(&white), "ground and map are both there: {white} of {all}");
    let double = [&args[..], &["--scale", "2"]].concat();
    let (width, height, ..) = png(&rendered("race-2.png", &double));
    assert_eq!((width, height), (1280, 800));
}

#[test]
fn the_same_figure_has_the_same_bits() {
    let args = [&RACE[..], &["--overlays", "gradient,step,critical", "--labels", "1"]].concat();
    for ending in ["svg", "png"] {
        let [a, b] = ["first", "second"].map(|n| rendered(&format!("same-{n}.{ending}"), &args));
        assert!(a == b, "{ending}");
    }
}

#[test]
fn a_picture_is_of_the_step_that_is_asked_for() {
    let at = |step: &str| rendered(&format!("step-{step}.png"), &[&RACE[..8], &["--step", step]].concat());
    assert!(at("3") != at("40"));
    // Without one, of the link's step, or of the end.
    let end = rendered("step-none.png", &RACE[..8]);
    assert!(end == at("60"));
}

#[test]
fn everything_that_a_link_shows_is_drawn() {
    let without = svg("plain.svg", &RACE);
    for more in [
        &["--overlays", "gradient,step"][..],
        &["--overlays", "critical,field,zeros,descent,stable"],
        &["--labels", "1"],
        &["--fan", "6"],
        &["--chart", "gradient"],
        &["--chart", "slice"],
        &["--axis", "evaluations"],
        &["--map", "cividis"],
        &["--levels", "linear"],
        &["--view=-2,2,-2,2"],
        &["--open", "2", "--overlays", "step"],
        &["--frame", "page"],
    ] {
        let file = svg(&format!("more{}.svg", more.join("")), &[&RACE[..], more].concat());
        roxmltree::Document::parse(&file).expect("well-formed XML");
        assert!(file != without, "{more:?} makes a difference");
    }
}

#[test]
fn matrices_and_networks_have_figures() {
    let matrix = ["--problem", "associative_memory", "--run", "muon", "--run", "sgd:lr=0.1", "--steps", "30"];
    let file = svg("matrix.svg", &matrix);
    let document = roxmltree::Document::parse(&file).expect("well-formed XML");
    let words: Vec<&str> =
        document.descendants().filter(|n| n.tag_name().name() == "text").filter_map(|n| n.text()).collect();
    assert!(words.contains(&"singular values of W") && words.contains(&"W, Muon"), "{words:?}");
    let network = ["--network", "4", "--data", "xor", "--run", "adam:lr=0.01,batch=16", "--steps", "40"];
    let file = svg("network.svg", &network);
    assert!(file.contains("training"), "the chart has the losses of training and test");
    let document = roxmltree::Document::parse(&file).expect("well-formed XML");
    let planes = document.descendants().filter(|n| n.tag_name().name() == "image").count();
    assert_eq!(planes, 1, "what the run makes of the plane");
    let at =
        |step: &str| svg("network-step.svg", &[&network[..], &["--what", "stage", "--step", step]].concat());
    assert!(at("1") != at("40"), "it changes as the run is trained");
}

#[test]
fn a_run_that_diverges_or_cannot_begin_has_a_figure() {
    for run in ["sgd:lr=0.9", "adam:lr=1000000"] {
        let file = svg(&format!("{}.svg", run.replace([':', '='], "-")), &["--run", run]);
        roxmltree::Document::parse(&file).expect("well-formed XML");
        assert!(!file.contains("NaN") && !file.contains("inf"));
    }
    let file = svg("nowhere.svg", &["--surface", "custom", "--f", "log(x)", "--start=-1,0", "--run", "adam"]);
    roxmltree::Document::parse(&file).expect("well-formed XML");
}

#[test]
fn what_cannot_be_drawn_is_said_in_a_line() {
    for (args, part) in [
        (&["--run", "adam"][..], "--out is missing"),
        (&["--run", "adam", "--out", "a.gif"], "neither .svg nor .png"),
        (&["--run", "adam", "--out", "a.svg", "--size", "9x9"], "from 160 to 8000"),
        (&["--run", "adam", "--out", "a.svg", "--size", "wide"], "such as 800x600"),
        (&["--run", "adam", "--out", "a.svg", "--theme", "pink"], "light, dark, print, projector"),
        (&["--run", "adam", "--out", "a.svg", "--what", "all"], "stage, charts, both"),
        (&["--run", "adam", "--out", "a.png", "--scale", "99"], "from 0.25 to 8"),
        (&["--run", "adam", "--out", "a.png", "--open", "2"], "no run 2, only 1"),
        (&["--run", "adam", "--out", "a.png", "--sieze", "2"], "sieze"),
        (&["--link", "#v=1", "--run", "adam", "--out", "a.png"], "--link says everything"),
        (&["--run", "adam", "--out", "/nowhere/at/all.svg"], "/nowhere/at/all.svg"),
    ] {
        let done = run(&[&["render"], args].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(said.contains(part) && said.trim().lines().count() == 1, "{args:?}: {said}");
    }
}

#[test]
fn what_was_written_is_said_on_standard_error_unless_that_is_not_wanted() {
    let path = folder().join("said.svg");
    let out = path.to_str().expect("plain letters");
    let args = [&["render", "--out", out, "--what", "charts"], &RACE[..]].concat();
    let o = run(&args);
    let bytes = std::fs::metadata(&path).expect("a file").len();
    assert_eq!(String::from_utf8_lossy(&o.stderr), format!("descent-lab: wrote {out}, {bytes} bytes\n"));
    assert!(o.status.success() && o.stdout.is_empty());
    std::fs::remove_file(&path).expect("removed");
    let o = run(&[&args[..], &["--quiet"]].concat());
    assert!(o.status.success() && o.stdout.is_empty() && o.stderr.is_empty());
    assert_eq!(std::fs::metadata(&path).expect("a file").len(), bytes);
}

/// Width over height of every rectangle that something is drawn within.
fn shapes(file: &str) -> Vec<f64> {
    let document = roxmltree::Document::parse(file).expect("well-formed XML");
    let clips = document.descendants().filter(|n| n.tag_name().name() == "clipPath");
    let rects = clips.flat_map(|clip| clip.children().filter(|n| n.tag_name().name() == "rect"));
    let side = |n: &roxmltree::Node<'_, '_>, key: &str| n.attribute(key)?.parse::<f64>().ok();
    rects.filter_map(|n| Some(side(&n, "width")? / side(&n, "height")?)).collect()
}

#[test]
fn exactly_the_view_is_shown_if_that_is_wanted_and_the_chart_has_the_rest() {
    for (view, shape) in [("--view=-4,4,-1,1", 4.0), ("--view=0,3,-3,3", 0.5), ("--view=-3,3,-2.5,2.5", 1.2)]
    {
        for what in ["stage", "both"] {
            for size in ["900x500", "500x700"] {
                let has = |file: &str| shapes(file).iter().any(|s| (s / shape - 1.0).abs() < 0.003);
                let args = [&RACE[..], &[view, "--what", what, "--size", size]].concat();
                let filled = svg("filled.svg", &args);
                assert!(!has(&filled), "{view} {what} {size}: {:?}", shapes(&filled));
                let exact = svg("exact.svg", &[&args[..], &["--exact"]].concat());
                assert!(has(&exact), "{view} {what} {size}: {:?}", shapes(&exact));
            }
        }
    }
    // From edge to edge there is no room to leave.
    let edge = [&RACE[..], &["--view=-4,4,-1,1", "--frame", "page", "--what", "stage"]].concat();
    assert_eq!(svg("edge.svg", &edge), svg("edge-exact.svg", &[&edge[..], &["--exact"]].concat()));
}
