//! Links: what is written reads back, what is nonsense is reported, and nothing panics.

use descent_lab::link::{Chart, Link, Theme};
use descent_lab::modifier;
use descent_lab::optim;
use descent_lab::param::{ParamSpec, as_index};
use descent_lab::run::{Edit, Item, ModifierChoice, ScheduleChoice, Settings, trace};
use descent_lab::schedule;
use descent_lab::session::{Config, MAX_RUNS, RunConfig};
use descent_lab::surface::{self, View};
use proptest::prelude::*;

/// Every link that was ever shown in the documentation, with the number of its runs. They work for ever: only add to it.
const PUBLISHED: [(&str, usize); 6] = [
    (
        "#v=1&surface=rosenbrock(b=50)&start=-1.5,2&steps=500&seed=7&noise=0.1&run=adam:lr=0.05,beta2=0.97,\
         schedule=cosine(t_max=500),warmup=20,clip_norm=1&run=momentum:lr=0.0007,momentum=0.85&edit=1@120:lr=0.01\
         &step=200&view=-2,2,-1,3",
        2,
    ),
    ("#v=1&surface=ravine(kappa=50;theta=30)&run=sgd:lr=0.03&run=adam:lr=0.1", 2),
    ("#v=1&surface=himmelblau&run=momentum:lr=0.01,convention=keras,start=1/-2", 1),
    ("#surface=saddle", 3),
    ("#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008&embed=1&theme=dark&autoplay=0", 2),
    ("", 3),
];

#[test]
fn every_published_link_still_reads_without_a_notice() {
    for (text, runs) in PUBLISHED {
        let (link, notices) = Link::read(text);
        assert!(notices.is_empty(), "{text}: {notices:?}");
        assert_eq!(link.config.runs.len(), runs, "{text}");
    }
}

#[test]
fn the_documented_example_means_what_it_says() {
    let (link, _) = Link::read(PUBLISHED[0].0);
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
        ("run=adma", "run", "adam"),
        ("edit=1:lr=3", "edit", "1@120:lr=0.01"),
        ("edit=9@5:lr=3", "edit", "there is no run 9"),
        ("steps=0", "steps", "a whole number from 1 to 20000"),
        ("steps=1e9", "steps", "a whole number"),
        ("start=1", "start", "two numbers"),
        ("start=1,1e300", "start", "-1000000000 to 1000000000"),
        ("view=2,1,0,1", "view", "left < right"),
        ("seed=-1", "seed", "a whole number"),
        ("theme=pink", "theme", "auto, light, dark"),
        ("chart=pie", "chart", "loss, gradient, lr"),
        ("wibble=1", "wibble", "not a word"),
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
fn an_empty_race_is_a_race() {
    let mut link = Link::default();
    link.config.runs.clear();
    assert_eq!(Link::read(&link.write()).0, link);
}

/// A value anywhere in the range, ends included.
fn value(spec: &ParamSpec, at: f64) -> f64 {
    let v = spec.min + at * (spec.max - spec.min);
    if spec.check(v).is_ok() { v } else { v.floor().max(spec.min) }
}

fn values(specs: &'static [ParamSpec]) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(prop_oneof![Just(None), (0.0..=1.0).prop_map(Some)], specs.len()).prop_map(
        |picks| specs.iter().zip(picks).map(|(p, pick)| pick.map_or(p.default, |at| value(p, at))).collect(),
    )
}

fn modifier_choice() -> impl Strategy<Value = ModifierChoice> {
    (0..modifier::ALL.len()).prop_flat_map(|m| {
        let spec = modifier::ALL[m];
        values(spec.params).prop_map(move |values| ModifierChoice { spec, values })
    })
}

fn schedule_choice() -> impl Strategy<Value = ScheduleChoice> {
    (0..schedule::ALL.len()).prop_flat_map(|s| {
        let spec = schedule::ALL[s];
        values(spec.params).prop_map(move |params| ScheduleChoice { spec, params })
    })
}

fn edit(optimizer: &'static optim::OptimizerSpec) -> impl Strategy<Value = Edit> {
    let item = prop_oneof![
        (0..optimizer.params.len(), 0.0..=1.0_f64)
            .prop_map(|(i, at)| Item::Param(i, value(&optimizer.params[i], at))),
        schedule_choice().prop_map(Item::Schedule),
        (0_u32..300).prop_map(Item::Warmup),
        modifier_choice().prop_map(Item::Modifier),
        (0..modifier::ALL.len()).prop_map(|m| Item::ModifierOff(modifier::ALL[m])),
    ];
    (1_u32..400, item).prop_map(|(step, item)| Edit { step, item })
}

fn run() -> impl Strategy<Value = RunConfig> {
    (0..optim::ALL.len()).prop_flat_map(|o| {
        let spec = optim::ALL[o];
        let edits = proptest::collection::vec(edit(spec), 0..4);
        let start = proptest::option::of(proptest::array::uniform2(-9.0..9.0));
        let modifiers = proptest::collection::vec(modifier_choice(), 0..3);
        (values(spec.params), schedule_choice(), 0_u32..100, modifiers, edits, start).prop_map(
            move |(params, schedule, warmup, modifiers, edits, start)| {
                let mut settings = Settings { params, schedule, warmup, ..Settings::new(spec) };
                for m in modifiers {
                    settings.apply(&Item::Modifier(m));
                }
                let mut run = RunConfig::new(settings);
                run.start = start;
                for e in edits {
                    // Of two that set the same at the same step a link keeps the later one.
                    run.edits.retain(|o| o.step != e.step || !o.item.same_target(&e.item));
                    run.edits.push(e);
                }
                run.edits.sort_by_key(|e| e.step);
                run
            },
        )
    })
}

fn config() -> impl Strategy<Value = Config> {
    let plane = (proptest::array::uniform2(-1e6..1e6), 1_u32..20_000, 0..(1_u64 << 53), 0.0..10.0);
    let view = proptest::option::of((-50.0..0.0, 0.1..50.0, -50.0..0.0, 0.1..50.0));
    ((0..surface::ALL.len()), plane, view, proptest::collection::vec(run(), 0..=MAX_RUNS)).prop_flat_map(
        |(s, (start, steps, seed, noise), view, runs)| {
            let spec = surface::ALL[s];
            values(spec.params).prop_map(move |params| {
                let mut config = Config::new(spec);
                config.surface.params = params;
                config.view = view.map(|(l, r, b, t)| View { x: (l, r), y: (b, t) });
                Config { start, steps, seed, noise, runs: runs.clone(), ..config }
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_link_reads_back_to_what_was_written(
        config in config(),
        step in proptest::option::of(0_u32..2),
        chart in 0_usize..3,
        theme in 0_usize..3,
        flags in (any::<bool>(), any::<Option<bool>>(), any::<Option<bool>>()),
    ) {
        let step = step.map(|s| s.min(config.steps));
        let (embed, autoplay, reduced_motion) = flags;
        let (chart, theme) = (Chart::ALL[chart], Theme::ALL[theme]);
        let link = Link { config, step, speed: 2.5, chart, theme, embed, autoplay, reduced_motion };
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
                "(surface|run|edit|start|view|steps|seed|noise|step|speed|v|theme)",
                "[a-z_0-9=:;,@./()%e+-]{0,40}|(adam|sgd|momentum:|rosenbrock\\(|1@5:)(lr=|b=)?[-0-9e.]{0,6}",
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
