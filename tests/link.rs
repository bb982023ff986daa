//! Links: what is written reads back, what is nonsense is reported, and nothing panics.

mod common {
    pub mod any_config;
}

use common::any_config::config;
use descent_lab::link::{Autoplay, Axis, Chart, Controls, Hidden, Link, Overlay, PARTS, Theme};
use descent_lab::look;
use descent_lab::param::as_index;
use descent_lab::run::{Edit, Item, trace};
use descent_lab::schedule::MAX_PARTS;
use descent_lab::session::{Config, LOCKS, Locks, MAX_RUNS};
use descent_lab::surface::View;
use proptest::prelude::*;

/// The first link that was ever shown.
const FIRST: &str = "#v=1&surface=rosenbrock(b=50)&start=-1.5,2&steps=500&seed=7&noise=0.1&run=adam:lr=0.05,beta2=0.97,\
     schedule=cosine(t_max=500),warmup=20,clip_norm=1&run=momentum:lr=0.0007,momentum=0.85&edit=1@120:lr=0.01\
     &step=200&view=-2,2,-1,3";

/// All that were ever published, with the number of their runs.
fn published() -> Vec<(&'static str, usize)> {
    let lines = include_str!("links.txt").lines();
    let link = |line: &'static str| {
        let (runs, link) = line.split_once(' ')?;
        Some((link, runs.parse().ok()?))
    };
    lines.filter_map(link).collect()
}

#[test]
fn every_link_of_the_documentation_is_kept_for_ever() {
    let published = published();
    assert!(published.len() >= 16 && published.iter().any(|(link, _)| *link == FIRST));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).expect("docs").map(|entry| entry.expect("a file").path());
    let pages =
        docs.filter(|path| path.extension().is_some_and(|e| e == "md")).chain([root.join("README.md")]);
    for page in pages {
        let text = std::fs::read_to_string(&page).expect("text").replace("&amp;", "&");
        for after in text.split("#v=1&").skip(1) {
            let word = after.split(|c: char| c.is_whitespace() || "\"'`…".contains(c)).next().unwrap_or("");
            let link = format!("#v=1&{word}");
            assert!(
                published.iter().any(|(known, _)| *known == link) || link.ends_with('='),
                "{}: add to tests/links.txt: {link}",
                page.display(),
            );
        }
    }
}

#[test]
fn every_published_link_still_reads_without_a_notice() {
    for (text, runs) in published() {
        let (link, notices) = Link::read(text);
        assert!(notices.is_empty(), "{text}: {notices:?}");
        assert_eq!(link.config.runs.len(), runs, "{text}");
    }
}

#[test]
fn the_documented_example_means_what_it_says() {
    let (link, _) = Link::read(FIRST);
    let config = &link.config;
    assert_eq!(config.surface.spec.key, "rosenbrock");
    assert_eq!(config.surface.params, [1.0, 50.0]);
    assert_eq!((config.start, config.steps, config.seed, config.noise), ([-1.5, 2.0], 500, 7, 0.1));
    let adam = &config.runs[0];
    assert_eq!(adam.settings.params[..3], [0.05, 0.9, 0.97]);
    assert_eq!(
        (adam.settings.schedule.spec.key, &adam.settings.schedule.params[..1]),
        ("cosine", &[500.0][..])
    );
    assert_eq!((adam.settings.warmup, adam.settings.modifiers[0].values[0]), (20, 1.0));
    assert_eq!(adam.edits, [Edit { step: 120, item: Item::Param(0, 0.01) }]);
    assert_eq!(link.step, Some(200));
    assert_eq!(config.view, Some(View { x: (-2.0, 2.0), y: (-1.0, 3.0) }));
}

#[test]
fn a_problem_stands_in_place_of_the_surface_and_has_a_start_of_its_own() {
    let (link, notices) = Link::read("problem=associative_memory(k=5;a=3)&run=muon:lr=0.1&steps=30");
    assert!(notices.is_empty(), "{notices:?}");
    let problem = link.config.problem.as_ref().expect("a problem");
    assert_eq!((problem.spec.key, problem.params()), ("associative_memory", &[5.0, 3.0, 0.1][..]));
    assert_eq!(link.config.surface.spec, Config::default_surface());
    assert_eq!(trace(&link.config.run_spec(0)).dim, 25);
    assert!(
        link.write().starts_with("v=1&problem=associative_memory(k=5;a=3)&steps=30&run="),
        "{}",
        link.write()
    );
    for (text, places) in [
        ("problem=matrix_lsq&surface=beale&run=sgd", vec!["surface"]),
        ("run=sgd:start=1/2&start=1,1&problem=matrix_lsq&view=0,1,0,1", vec!["start", "view", "start"]),
    ] {
        let (other, notices) = Link::read(text);
        let found: Vec<_> = notices.iter().map(|n| n.place.as_str()).collect();
        assert_eq!(found, places, "{notices:?}");
        assert!(notices.iter().all(|n| n.message.contains("matrix_lsq has no plane")), "{notices:?}");
        let plain = Link::read("problem=matrix_lsq&run=sgd").0;
        assert_eq!(other, plain, "{text}");
        assert_eq!(Link::read(&other.write()).0, other);
    }
    // What cannot be read takes nothing with it.
    let (link, notices) = Link::read("problem=matrix_lsq(k=9)&surface=beale");
    assert!(notices[0].message.contains("a whole number from 2 to 8"), "{notices:?}");
    assert_eq!(link.config.problem.expect("still there").side(), 4);
    let (link, notices) = Link::read("problem=banana&surface=beale");
    assert!(notices[0].message.contains("associative_memory"), "{notices:?}");
    assert_eq!((link.config.problem, link.config.surface.spec.key), (None, "beale"));
}

#[test]
fn the_order_of_words_does_not_matter() {
    let words = ["edit=1@120:lr=0.01", "start=1,1", "run=adam:lr=0.05", "surface=beale", "v=1", "steps=90"];
    let (forward, _) = Link::read(&words.join("&"));
    let backward: Vec<&str> = words.iter().rev().copied().collect();
    let (backward, _) = Link::read(&backward.join("&"));
    assert_eq!(forward, backward);
    assert_eq!(forward.config.start, [1.0, 1.0]);
}

#[test]
fn one_bad_item_of_an_edit_does_not_take_the_others_with_it() {
    let (link, notices) = Link::read("run=momentum&edit=1@10:lr=abc,momentum=0.5");
    assert_eq!(link.config.runs[0].edits, [Edit { step: 10, item: Item::Param(1, 0.5) }]);
    assert!(notices.len() == 1 && notices[0].message.contains("abc"), "{notices:?}");
}

#[test]
fn nonsense_is_reported_by_its_word_and_the_rest_is_kept() {
    for (text, place, part) in [
        ("surface=banana", "surface", "rosenbrock"),
        ("surface=rosenbrock(b=x)", "surface", "0 to 1000000"),
        ("surface=rosenbrock(c=1)", "surface", "it has a, b"),
        ("run=adam:lr=-1", "run 1", "a number from 0 to 1000000"),
        ("run=adam:lr=NaN", "run 1", "lr: NaN is not"),
        ("run=adam:lr=inf", "run 1", "lr: inf is not"),
        ("run=adam:lr=", "run 1", "lr: nothing is not"),
        ("run=adam:colour=3", "run 1", "adam has no setting colour"),
        ("run=adam:schedule=zigzag", "run 1", "cosine"),
        ("run=adam:clip_norm=1/2", "run 1", "at most 1 values"),
        ("run=adam:centralise=3", "run 1", "on or off"),
        ("run=adam:precision=f8", "run 1", "f64, f32, bf16, f16"),
        ("run=adam:schedule=multi_step(milestones=30/10)", "run 1", "each at least the one before it"),
        ("run=adam:schedule=multi_step(milestones=)", "run 1", "1 to 32 numbers from 0 to 20000"),
        ("run=adam:schedule=multi_step(milestones=1/x)", "run 1", "milestones: 1/x is not"),
        ("run=adam:schedule=multi_step(steps=1)", "run 1", "it has gamma, milestones"),
        ("run=adam:schedule=drawn(factors=1)", "run 1", "drawn, factors: 1 is not 2 to 65 numbers"),
        ("run=adam:schedule=drawn(factors=1/-1)", "run 1", "from 0 to 100"),
        ("run=adam:schedule=drawn(factors=1/NaN)", "run 1", "with / between them"),
        ("run=adam:schedule=linear+cosine", "run 1", "linear(end=0.5)+50+cosine"),
        ("run=adam:schedule=linear+0+cosine", "run 1", "from 1 to 20000"),
        ("run=adam:schedule=50+cosine", "run 1", "a sequence is written"),
        ("run=adam:schedule=linear+50", "run 1", "50 is not one of constant, linear"),
        ("run=adam:schedule=linear+50+zigzag", "run 1", "zigzag is not one of"),
        ("run=adam:schedule=", "run 1", "nothing is not one of"),
        ("run=adma", "run", "adam"),
        ("edit=1:lr=3", "edit", "1@120:lr=0.01"),
        ("edit=9@5:lr=3", "edit", "there is no run 9"),
        ("steps=0", "steps", "a whole number from 1 to 20000"),
        ("steps=1e9", "steps", "a whole number"),
        ("start=1", "start", "two numbers"),
        ("start=1,1e300", "start", "-1000000000 to 1000000000"),
        ("view=2,1,0,1", "view", "left < right"),
        ("view=0,1e-10,0,1", "view", "at least 1e-9 apart"),
        ("seed=-1", "seed", "a whole number"),
        ("theme=pink", "theme", "auto, light, dark, projector"),
        ("controls=some", "controls", "auto, none, min, full"),
        ("hide=runs,walls", "hide", "walls is not one of header, share, problem"),
        ("lock=everything", "lock", "everything is not one of all, surface, start"),
        ("autoplay=2", "autoplay", "2 is not one of auto, 0, 1, visible"),
        ("lang=de", "lang", "de is not one of en"),
        ("check=abc", "check", "abc is not eight hexadecimal digits for each run"),
        ("check=0123456G", "check", "0123456G is not"),
        ("check=01234567,", "check", "is not eight"),
        ("focus=0", "focus", "a whole number from 1"),
        ("chart=pie", "chart", "loss, gradient, lr"),
        ("axis=time", "axis", "steps, evaluations"),
        ("overlays=step,shadow", "overlays", "shadow is not one of gradient,step,arrows"),
        ("map=jet", "map", "jet is not one of viridis, cividis, grey"),
        ("labels=yes", "labels", "yes is not 1, the only value"),
        ("space=4d", "space", "4d is not one of 3d, split"),
        (
            "camera=30",
            "camera",
            "30 is not azimuth -360 to 360, elevation -90 to 90, zoom 0.05 to 50, right -10",
        ),
        ("camera=30,95,1", "camera", "elevation -90 to 90"),
        ("camera=30,20,1,0,0,7", "camera", "is not azimuth"),
        ("slice=up", "slice", "up is not one of gradient, step or -360 to 360"),
        ("slice=400", "slice", "-360 to 360"),
        ("fan=1", "fan", "1 is not a whole number from 2 to 64"),
        ("fan=2.5", "fan", "2.5 is not a whole number from 2 to 64"),
        ("wibble=1", "wibble", "not a word"),
        ("problem=banana", "problem", "matrix_lsq, associative_memory"),
        ("v=2", "v", "version"),
    ] {
        let (link, notices) = Link::read(&format!("run=lion&speed=2&{text}&seed=7"));
        let notice = notices.iter().find(|n| n.place.starts_with(place.split(' ').next().unwrap()));
        let notice = notice.unwrap_or_else(|| panic!("{text}: {notices:?}"));
        assert!(notice.message.contains(part), "{text}: {notice}");
        assert_eq!(link.config.runs[0].settings.optimizer.key, "lion", "{text}");
        assert_eq!((link.speed, link.config.seed), (2.0, 7), "{text}");
    }
}

#[test]
fn overlays_are_read_in_any_order_and_a_bad_one_takes_no_other_with_it() {
    let (link, notices) = Link::read("overlays=step,shadow,,gradient,step&run=adam");
    assert_eq!(link.config.overlays, [Overlay::Gradient, Overlay::Step]);
    assert_eq!((notices.len(), link.config.runs.len()), (1, 1));
    assert!(link.write().ends_with("&overlays=gradient,step"));
    assert!(!Link::default().write().contains("overlays"));
}

#[test]
fn looks_are_kept_word_by_word() {
    let text =
        "map=grey&levels=log&labels=1&space=split&height=linear&camera=30,20.5,1.5,-0.25,0&slice=-45&fan=8";
    let (link, notices) = Link::read(text);
    assert!(notices.is_empty(), "{notices:?}");
    let look = &link.config.look;
    assert!(look.is("map", "grey") && look.is("labels", "1") && look.is("slice", "-45"));
    assert_eq!(look.numbers("camera"), [30.0, 20.5, 1.5, -0.25, 0.0]);
    assert!(link.write().contains(text), "{}", link.write());
}

#[test]
fn one_unknown_word_of_a_list_takes_no_other_with_it() {
    let (link, notices) =
        Link::read("hide=walls,charts,runs&lock=x,start,all&lang=en&focus=7&run=adam&run=sgd");
    assert_eq!(
        (link.hide.write(","), link.lock.write(), link.focus),
        ("runs,charts".to_owned(), "all".to_owned(), 1)
    );
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(link.write().ends_with("&focus=2&hide=runs,charts&lock=all"), "{}", link.write());
}

#[test]
fn a_ninth_run_is_left_out_with_a_notice() {
    let (link, notices) = Link::read(&["run=adam"; 12].join("&"));
    assert_eq!(link.config.runs.len(), MAX_RUNS);
    assert!(notices[0].message.contains("at most 8 runs"));
}

#[test]
fn an_endless_link_is_refused_in_one_notice() {
    let (link, notices) = Link::read(&"run=adam&".repeat(20_000));
    assert_eq!(notices.len(), 1);
    assert_eq!(link, Link::default());
}

#[test]
fn a_network_stands_in_place_of_the_surface_and_its_words_come_back() {
    let text = "v=1&network=8-4(activation=relu)&data=spiral(noise=0.2)&steps=50&run=adam:lr=0.01,batch=8,dropout=0.1\
                &edit=1@0:w3=0.5&edit=1@20:batch=32,w12=-1&show=layers";
    let (link, notices) = Link::read(text);
    assert!(notices.is_empty(), "{notices:?}");
    assert!(!link.config.is_plane());
    assert_eq!(Link::read(&link.write()).0, link);
    let (link, notices) =
        Link::read("network=8&surface=rosenbrock&start=1,2&problem=matrix_lsq&show=<b>&run=adam:w0=1");
    let said: Vec<_> = notices.iter().map(|n| n.place.as_str()).collect();
    assert_eq!(said, ["show", "run 1", "surface", "start"], "{notices:?}");
    assert!(link.config.network.is_some() && link.config.problem.is_none());
    // Nothing said of the runs: three that suit networks.
    assert_eq!(Link::read("network=8").0.config.runs.len(), 3);
    let (link, notices) = Link::read("network=99-1&data=circle(noise=7;n=ten)");
    assert!(link.config.network.is_some());
    assert!(notices.len() >= 3, "{notices:?}");
}

#[test]
fn an_empty_race_is_a_race() {
    let mut link = Link::default();
    link.config.runs.clear();
    assert_eq!(Link::read(&link.write()).0, link);
}

#[test]
fn what_is_still_to_come_is_drawn_unless_a_link_says_no() {
    let read = |text: &str| Link::read(text).0;
    let ahead = |text: &str| read(text).hide.shows_ahead();
    assert!(ahead("surface=beale") && ahead("surface=beale&ahead=1"));
    assert!(!read("surface=beale&ahead=1").write().contains("ahead"));
    let hidden = read("surface=beale&ahead=0");
    assert!(!hidden.hide.shows_ahead() && hidden.write().contains("&ahead=0"));
    // In any order with the parts that are hidden.
    for text in ["ahead=0&hide=runs", "hide=runs&ahead=0"] {
        assert_eq!(read(text), read(&read(text).write()));
        assert!(!ahead(text) && read(text).hide.write(",") == "runs", "{text}");
    }
    let (kept, notices) = Link::read("surface=beale&ahead=perhaps");
    assert!(kept.hide.shows_ahead() && notices.len() == 1 && notices[0].place == "ahead", "{notices:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_link_reads_back_to_what_was_written(
        config in config(),
        step in proptest::option::of(0_u32..2),
        (chart, axis) in (0_usize..3, 0_usize..2),
        theme in 0_usize..4,
        overlays in proptest::sample::subsequence(Overlay::ALL.to_vec(), 0..=10),
        looks in proptest::collection::vec(
            (0..look::WORDS.len(), "(viridis|grey|log|1|3d|split|step|-?[0-9]{1,2}(,[0-9.]{1,4}){0,4})?"),
            0..6,
        ),
        show in "[a-z]{0,9}|landscape\\(pca;seed=[0-9]{1,3}\\)",
        flags in (any::<[bool; 2]>(), any::<Option<bool>>(), 0_usize..4, 0_usize..4),
        hide in proptest::sample::subsequence(PARTS.to_vec(), 0..=PARTS.len()),
        lock in proptest::sample::subsequence(LOCKS.to_vec(), 0..=LOCKS.len()),
        (check, focus) in ("([0-9a-f]{8}(,[0-9a-f]{8}){0,7})?", 0_usize..MAX_RUNS),
    ) {
        let step = step.map(|s| s.min(config.steps));
        let ([embed, ahead], reduced_motion, autoplay, controls) = flags;
        let focus = focus.min(config.runs.len().saturating_sub(1));
        let (chart, axis, theme) = (Chart::ALL[chart], Axis::ALL[axis], Theme::ALL[theme]);
        let mut config = Config { overlays, ..config };
        for (word, value) in &looks {
            let _ = config.look.set(*word, value);
        }
        let link = Link {
            config,
            check,
            focus,
            step,
            speed: 2.5,
            chart,
            axis,
            singular_of_steps: axis == Axis::default(),
            show: show.clone(),
            theme,
            embed,
            controls: Controls::ALL[controls],
            hide: Hidden::read(&hide.join(",")).0.with_ahead(ahead),
            lock: Locks::read(&lock.join(",")).0,
            autoplay: Autoplay::ALL[autoplay],
            reduced_motion,
        };
        let text = link.write();
        let (back, notices) = Link::read(&text);
        prop_assert!(notices.is_empty(), "{}: {:?}", text, notices);
        prop_assert_eq!(back, link, "{}", text);
        prop_assert!(text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&b)), "{}", text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,300}") {
        let _ = Link::read(&text);
    }

    #[test]
    fn no_heap_of_words_makes_the_reader_or_a_run_panic(
        words in proptest::collection::vec(
            (
                "(surface|problem|network|data|formula|points|show|run|edit|start|view|steps|seed|noise|step|speed|v|theme\
                 |check|focus|controls|hide|lock|lang|ahead|autoplay|embed)",
                "[a-z_0-9=:;,@./()%e+-]{0,40}|(adam|sgd|momentum:|matrix_lsq\\(k=|rosenbrock\\(|1@5:)(lr=|b=)?[-0-9e.]{0,6}\
                 |(adam|sgd):schedule=((linear|drawn|multi_step)(\\((factors|milestones)=[0-9/.]{0,9}\\)?)?[+]?[0-9]{0,3}[+]?){0,10}\
                 |sgd:(noise|workers|precision|delay|state8|lookahead)=([0-9]{1,2}|f16|bf16|linear|on)(/[0-9]{1,2}|/relative)?",
            ),
            0..12,
        ),
    ) {
        let text: Vec<String> = words.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let (link, _) = Link::read(&text.join("&"));
        for i in 0..link.config.runs.len() {
            let mut spec = link.config.run_spec(i);
            spec.steps = spec.steps.min(50);
            let _ = trace(&spec);
        }
    }
}

#[test]
fn choices_are_written_as_words() {
    let (link, _) = Link::read("run=nesterov:convention=paper,lr=0.01");
    assert_eq!(as_index(link.config.runs[0].settings.params[2]), 2);
    assert!(link.write().contains("convention=paper"));
}

#[test]
fn a_run_that_cannot_be_read_does_not_pass_its_edits_on() {
    let (link, notices) = Link::read("run=adm:lr=0.1&run=sgd:lr=0.01&edit=1@50:lr=5&edit=2@60:lr=0.02");
    let edits = &link.config.runs[0].edits;
    assert_eq!((edits.len(), edits[0].step), (1, 60));
    assert_eq!(notices.len(), 2);
}

#[test]
fn a_ninth_schedule_of_a_sequence_is_one_too_many() {
    let sequence = |parts: usize| vec!["rex"; parts].join("+10+");
    let (link, notices) = Link::read(&format!("run=sgd:schedule={}", sequence(MAX_PARTS)));
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(link.config.runs[0].settings.schedule.parts().count(), MAX_PARTS);
    for parts in [MAX_PARTS + 1, 5000] {
        let (link, notices) = Link::read(&format!("run=sgd:lr=0.5,schedule={},warmup=3", sequence(parts)));
        assert!(notices[0].message.contains("at most 8"), "{notices:?}");
        let settings = &link.config.runs[0].settings;
        assert_eq!((settings.schedule.spec.key, settings.params[0], settings.warmup), ("constant", 0.5, 3));
    }
}

#[test]
fn sequences_lists_and_modifiers_are_written_as_people_write_them() {
    for text in [
        "sgd:lr=0.1,schedule=linear(end=0.5)+50+cosine(t_max=100)",
        "sgd:lr=0.1,schedule=multi_step(gamma=0.3;milestones=10/30/70)",
        "sgd:lr=0.1,schedule=drawn(factors=0.1/1/0.5/0)+200+constant",
        "sgd:lr=0.1,noise=0.1",
        "sgd:lr=0.1,noise=0.5/relative,workers=4/10,precision=bf16/1/on,centralise=on,l1=0.01,cautious=paper",
        "sgd:lr=0.1,sam=0.05,accumulate=4,delay=2,precision=f16/1024,lookahead=5,swa=100,state8=dynamic/64",
    ] {
        let (link, notices) = Link::read(&format!("run={text}"));
        assert!(notices.is_empty(), "{text}: {notices:?}");
        let written = link.write();
        assert!(written.ends_with(&format!("run={text}")), "{written} is not {text}");
    }
    let (link, _) = Link::read("run=sgd:lr=0.1,noise=0.1/absolute,lookahead=on,schedule=cosine(after=clamp)");
    let written = link.write();
    assert!(written.ends_with("run=sgd:lr=0.1,schedule=cosine,noise=0.1,lookahead=5"), "{written}");
}
