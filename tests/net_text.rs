//! Networks and data in the words of links.

use descent_lab::net::data::{self, Makes, points};
use descent_lab::net::presets::PRESETS;
use descent_lab::net::text::{self, Words};
use descent_lab::net::{Activation, DataSpec, Feature, Init, Layer, Loss, NetSpec, Norm, PLANE};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::time::Instant;

fn layer(units: usize, activation: Activation, norm: Norm) -> Layer {
    Layer { units, activation, norm }
}

/// What a text says, which must be without fault.
fn said(words: &str) -> (NetSpec, DataSpec) {
    let (net, data, notices) = text::read(words);
    assert!(notices.is_empty(), "{words}: {notices:?}");
    (net, data)
}

/// What is told of a text, as `place: message`.
fn told(words: &str) -> Vec<String> {
    text::read(words).2.into_iter().map(|(place, message)| format!("{place}: {message}")).collect()
}

#[test]
fn the_documented_words_mean_what_they_say() {
    let (net, data) = said(
        "network=8-8(activation=relu;norm=batch/none;features=x/y/xy;loss=huber;delta=0.5;init=he_normal;scale=2;seed=3)\
         &data=spiral(n=300;noise=0.2;split=0.7;seed=1;classes=3)",
    );
    assert_eq!(
        net,
        NetSpec {
            features: vec![Feature::X, Feature::Y, Feature::XY],
            hidden: vec![layer(8, Activation::Relu, Norm::Batch), layer(8, Activation::Relu, Norm::None)],
            loss: Loss::Huber,
            delta: 0.5,
            init: Init::HeNormal,
            scale: 2.0,
            seed: 3,
        }
    );
    let spiral = DataSpec {
        source: "spiral".to_owned(),
        count: 300,
        classes: 3,
        noise: 0.2,
        split: 0.7,
        seed: 1,
        ..DataSpec::default()
    };
    assert_eq!(data, spiral);
    let (_, data) = said("data=formula(noise=0)&formula=sin(x)*y%5E2");
    assert_eq!((data.source.as_str(), data.formula.as_str(), data.noise), ("formula", "sin(x)*y^2", 0.0));
}

#[test]
fn nothing_said_is_the_first_view_and_defaults_are_not_written() {
    let (net, data) = said("");
    assert_eq!((&net, &data), (&NetSpec::default(), &DataSpec::default()));
    assert_eq!(text::write(&net, &data), "network=8-8&data=circle");
}

#[test]
fn a_loss_that_is_not_written_is_the_usual_one_for_the_data() {
    for (words, loss) in [
        ("data=xor", Loss::Logistic),
        ("data=spiral(classes=4)", Loss::CrossEntropy),
        ("network=4&data=sine", Loss::Squared),
        ("data=own&points=cAAAAC", Loss::CrossEntropy),
        ("data=own&points=cAAAAB", Loss::Logistic),
        ("points=rAAAAAAA", Loss::Squared),
        ("network=4(loss=squared)&data=xor", Loss::Squared),
    ] {
        let (net, data) = said(words);
        assert_eq!(net.loss, loss, "{words}");
        assert_eq!(text::write(&net, &data).contains("loss="), words.contains("loss="), "{words}");
    }
}

#[test]
fn layers_can_be_few_many_and_different() {
    assert!(said("network=0").0.hidden.is_empty());
    assert_eq!(text::write(&said("network=0").0, &DataSpec::default()), "network=0&data=circle");
    assert_eq!(said("network=1-2-3-4-5-6-7-8-9-16").0.hidden.len(), 10);
    let (net, data) = said("network=2-3(activation=relu/tanh;norm=layer)");
    assert_eq!(
        net.hidden,
        [layer(2, Activation::Relu, Norm::Layer), layer(3, Activation::Tanh, Norm::Layer)]
    );
    assert_eq!(text::write(&net, &data), "network=2-3(activation=relu/tanh;norm=layer)&data=circle");
    // Where every layer has the same, a list says no more than a word.
    let (net, data) = said("network=2-3(activation=relu/relu)");
    assert_eq!(text::write(&net, &data), "network=2-3(activation=relu)&data=circle");
}

#[test]
fn order_is_free_and_the_last_of_two_counts() {
    let a = said("data=xor(seed=2;n=50)&network=4(seed=5;activation=elu)");
    assert_eq!(a, said("network=4(activation=elu;seed=5)&data=xor(n=50;seed=2)"));
    assert_eq!(a, said("network=9&network=4(activation=relu;activation=elu;seed=5)&data=xor(n=50;seed=2)"));
    assert_eq!(said("network=8(features=xy/x/y/x)").0.features, [Feature::X, Feature::Y, Feature::XY]);
}

#[test]
fn what_is_wrong_is_told_with_what_is_allowed() {
    for (words, want) in [
        (
            "network=8-17",
            "network: 8-17 is not hidden layers of 1 to 16 units, such as 8-8, at most 10 of them, or 0 for none",
        ),
        ("network=0-8", "network: 0-8 is not"),
        ("network=8-", "network: 8- is not"),
        ("network=+8", "network: +8 is not"),
        ("network=1-1-1-1-1-1-1-1-1-1-1", "network: 1-1-1-1-1-1-1-1-1-1-1 is not"),
        ("network=99999999999999999999", "network: 99999999999999999999 is not"),
        ("network", "network: nothing is not"),
        ("network=8(activation=rely)", "network: activation: rely is not one of relu, leaky_relu"),
        ("network=8(norm=group)", "network: norm: group is not one of none, batch, layer"),
        (
            "network=8-8(activation=relu/relu/elu)",
            "network: activation: 3 values for 2 layers; give one for all, or one a layer with / between them",
        ),
        ("network=8(features=z)", "network: features: z is not one of x, y, x2, y2, xy, sinx, siny"),
        ("network=8(loss=l1)", "network: loss: l1 is not one of squared, huber, logistic, cross_entropy"),
        ("network=8(init=he)", "network: init: he is not one of glorot_uniform"),
        ("network=8(scale=0)", "network: scale: 0 is not a number from 1e-6 to 100"),
        ("network=8(seed=-1)", "network: seed: -1 is not a whole number from 0 to 9.007199254740991e15"),
        (
            "network=8(lr=1)",
            "network: a network has no setting lr: it has activation, norm, features, loss, delta, init, scale, seed",
        ),
        (
            "data=spirals",
            "data: spirals is not one of circle, xor, gauss, spiral, moons, checkerboard, plane, bumps, sine, formula, own",
        ),
        ("data=spiral(n=9)", "data: n: 9 is not a whole number from 10 to 5000"),
        ("data=spiral(noise=nan)", "data: noise: nan is not a number from 0 to 1"),
        ("data=spiral(classes=6)", "data: classes: 6 is not a whole number from 2 to 5"),
        ("data=xor(classes=3)", "data: xor has 2 classes"),
        ("data=sine(classes=3)", "data: sine has numbers and no classes"),
        ("data=own(n=30)", "data: own has no setting n: it has split, seed"),
        ("data=xor(arms=3)", "data: xor has no setting arms: it has n, noise, split, seed"),
        ("data=xor&formula=x", "formula: left out, since data is xor and not formula"),
        ("data=xor&points=cAAAAA", "points: left out, since data is xor and not own"),
        ("points=AAAA", "points: AAAA does not begin with c, for classes, or r, for numbers"),
        ("points=cAAAA", "points: 4 letters are no multiple of 5, so the points are not whole"),
        ("points=cAAAAF", "points: point 1 is out of range"),
        ("points=c__AAA", "points: point 1 is out of range"),
        ("points=cAAAAAAAA!A", "points: point 2 has something that is no letter, digit, - or _"),
        ("neurons=3", "neurons: not one of network, data, formula, points; left out"),
    ] {
        let all = told(words);
        assert_eq!(all.len(), 1, "{words}: {all:?}");
        assert!(all[0].starts_with(want), "{words}: {}", all[0]);
    }
}

#[test]
fn what_is_wrong_takes_nothing_else_with_it() {
    let (net, data, notices) = text::read(
        "network=4-4(activation=relu/what;features=x/what/xy;seed=7;seed=x)&data=moons(n=20;noise=7;split=0.7)&what=1",
    );
    assert_eq!(net.hidden, [layer(4, Activation::Relu, Norm::None), layer(4, Activation::Tanh, Norm::None)]);
    assert_eq!((net.features, net.seed), (vec![Feature::X, Feature::XY], 7));
    assert_eq!((data.count, data.noise, data.split), (20, DataSpec::NOISE.default, 0.7));
    assert_eq!(notices.len(), 5, "{notices:?}");
}

#[test]
fn words_that_come_one_by_one_say_the_same() {
    let mut words = Words::default();
    assert!(words.is_empty());
    assert!(!words.word("steps", "5"));
    assert!(words.is_empty());
    assert!(words.word("formula", "x & y"));
    assert!(words.word("network", "3"));
    let (net, data, notices) = words.finish();
    assert!(notices.is_empty());
    assert_eq!((net.hidden.len(), net.loss, data.formula.as_str()), (1, Loss::Squared, "x & y"));
    assert_eq!(said(&text::write(&net, &data)), (net, data));
}

fn network() -> impl Strategy<Value = NetSpec> {
    let layer = (1_usize..=16, select(Activation::ALL), select(Norm::ALL))
        .prop_map(|(units, activation, norm)| layer(units, activation, norm));
    let numbers = (select(Init::ALL), 1e-6_f64..100.0, 1e-3_f64..1e3, 0_u64..1 << 53);
    (
        proptest::collection::vec(layer, 0..=10),
        subsequence(Feature::ALL.to_vec(), 1..=7),
        select(Loss::ALL),
        numbers,
        any::<bool>(),
    )
        .prop_map(|(hidden, features, loss, (init, scale, delta, seed), plain)| {
            let default = NetSpec::default();
            let (scale, delta) = if plain { (default.scale, default.delta) } else { (scale, delta) };
            NetSpec { features, hidden, loss, delta, init, scale, seed }
        })
}

fn source() -> impl Strategy<Value = DataSpec> {
    (
        select(data::all()),
        (10_usize..=5000, 2_usize..=5, 0.0_f64..=1.0, 0.1_f64..=0.9, 0_u64..1 << 53),
        "\\PC{0,40}",
        proptest::collection::vec((-6.5_f64..6.5, -6.5_f64..6.5, -7.0_f64..7.0), 1..50),
        any::<bool>(),
    )
        .prop_map(|(generator, (count, classes, noise, split, seed), formula, list, regression)| {
            let plain = DataSpec { source: generator.key.to_owned(), split, seed, ..DataSpec::default() };
            let list: Vec<_> = list.into_iter().map(|(x, y, v)| [x, y, v]).collect();
            match generator.makes {
                Makes::Given => DataSpec { points: points::snap(&list, regression), regression, ..plain },
                Makes::Classes(fewest, most) => {
                    DataSpec { count, noise, classes: classes.clamp(fewest, most), ..plain }
                }
                Makes::Numbers if plain.source == "formula" => {
                    DataSpec { count, noise, formula: formula.trim().to_owned(), ..plain }
                }
                Makes::Numbers => DataSpec { count, noise, ..plain },
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn whatever_is_written_reads_back(net in network(), data in source()) {
        let text = text::write(&net, &data);
        let (net_back, data_back, notices) = text::read(&text);
        prop_assert!(notices.is_empty(), "{}: {:?}", text, notices);
        prop_assert_eq!(net_back, net, "{}", text);
        prop_assert_eq!(data_back, data, "{}", text);
        prop_assert!(text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&b)), "{}", text);
    }

    #[test]
    fn no_text_is_too_much_for_the_reader(text in "\\PC{0,300}") {
        let _ = text::read(&text);
    }

    #[test]
    fn no_heap_of_words_is_too_much_for_the_reader_or_the_maker(
        words in proptest::collection::vec(
            (
                "(network|data|formula|points|v)",
                "[a-z_0-9=:;,@./()%e+-]{0,40}\
                 |(0|[0-9]{1,2}-[0-9]{1,2})(\\((activation|norm|features|loss|init|seed|scale)=[a-z0-9/._;]{0,20}\\)?)?\
                 |(xor|spiral|own|sine|formula)(\\((n|noise|split|seed|classes)=[-0-9e.]{0,6}\\)?)?\
                 |[cr]([A-Za-z0-9_-]{5,7}){0,6}",
            ),
            0..8,
        ),
    ) {
        let text: Vec<String> = words.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let (net, data, _) = text::read(&text.join("&"));
        prop_assert!(net.hidden.len() <= 10 && !net.features.is_empty());
        if let Ok(made) = data::make(&data) {
            prop_assert!(!made.train.is_empty() && !made.test.is_empty());
        }
        let again = text::write(&net, &data);
        prop_assert_eq!(text::read(&again), (net, data, Vec::new()), "{}", again);
    }

    #[test]
    fn points_on_the_steps_of_links_come_back_bit_for_bit(
        list in proptest::collection::vec((-6.0_f64..=6.0, -6.0_f64..=6.0, -6.0_f64..=6.0), 0..40),
        regression in any::<bool>(),
    ) {
        let list: Vec<_> = list.into_iter().map(|(x, y, v)| [x, y, v]).collect();
        let snapped = points::snap(&list, regression);
        prop_assert_eq!(&points::snap(&snapped, regression), &snapped);
        let word = points::encode(&list, regression);
        prop_assert_eq!(points::decode(&word), Ok((snapped.clone(), regression)));
        for (p, q) in list.iter().zip(&snapped) {
            // Half a step of 12/4094, and of 12/262142.
            prop_assert!((p[0] - q[0]).abs() < 0.0015 && (p[1] - q[1]).abs() < 0.0015);
            prop_assert!(!regression || (p[2] - q[2]).abs() < 2.4e-5);
            prop_assert!(q.iter().all(|v| v.abs() <= PLANE && (*v != 0.0 || v.is_sign_positive())));
        }
        prop_assert_eq!(points::encode(&snapped, regression), word);
    }

    #[test]
    fn hostile_points_are_refused_or_are_points(word in "[cr]?[A-Za-z0-9_-]{0,60}|\\PC{0,30}") {
        if let Ok((list, regression)) = points::decode(&word) {
            prop_assert_eq!(points::encode(&list, regression), word);
            prop_assert!(list.len() < 2 || points::check(&list, regression).is_ok());
        }
    }
}

#[test]
fn a_hundred_thousand_characters_are_read_at_once() {
    let most = 99_000;
    for (what, unit) in [
        ("network=", "8-"),
        ("network=8(activation=", "relu/"),
        ("network=8(features=", "x/"),
        ("network=8(", "seed=1e-300;"),
        ("network=8(", "("),
        ("", "network=8(scale=1e-300)&"),
        ("", "what&"),
        ("data=spiral(", "n=1e300;"),
        ("formula=", "%"),
        ("formula=", "(x"),
        ("points=c", "AAAAA"),
        ("points=", "é"),
        ("", "&"),
    ] {
        let text = format!("{what}{}", unit.repeat((most - what.len()) / unit.len()));
        let start = Instant::now();
        let (_, data, notices) = text::read(&text);
        let took = start.elapsed();
        assert!(took.as_millis() < 100, "{what}{unit}: {took:?}");
        assert!(
            notices.len() <= 20 && notices.iter().all(|(p, m)| p.len() + m.len() < 400),
            "{unit}: {notices:?}"
        );
        let _ = data::make(&data);
    }
    assert_eq!(
        told(&"a".repeat(100_001)),
        ["link: longer than 100000 characters, so nothing of it was read"]
    );
}

#[test]
fn the_most_points_are_a_word_that_reads_back() {
    for regression in [false, true] {
        let most = points::most_in_link(regression);
        assert!(points::fit_link(most, regression) && !points::fit_link(most + 1, regression));
        let list: Vec<_> =
            (0..5000).map(|i| [f64::from(i % 12) - 6.0, f64::from(i % 7) - 3.0, 1.0]).collect();
        let word = points::encode(&list[..most], regression);
        assert!(word.len() <= points::LINK_LIMIT && word.len() > points::LINK_LIMIT - 8, "{}", word.len());
        let data = points::own(&list, regression);
        assert_eq!(said(&text::write(&NetSpec::default(), &data)).1, data);
        let longer = points::encode(&[list.as_slice(), &list[..1]].concat(), regression);
        assert_eq!(points::decode(&longer), Err("5001 points are more than 5000".to_owned()));
    }
    assert_eq!((points::most_in_link(false), points::most_in_link(true)), (1199, 857));
}

#[test]
fn the_documentation_has_every_word() {
    let text = include_str!("../docs/networks.md");
    let mut words: Vec<&str> = text::WORDS.to_vec();
    words.extend(Activation::ALL.iter().map(|a| a.key()));
    words.extend(Norm::ALL.iter().map(|a| a.key()));
    words.extend(Feature::ALL.iter().map(|a| a.key()));
    words.extend(Loss::ALL.iter().map(|a| a.key()));
    words.extend(Init::ALL.iter().map(|a| a.key()));
    words.extend(data::all().iter().map(|g| g.key));
    words.extend(data::all().iter().flat_map(|g| g.settings()).map(|p| p.key));
    for word in words {
        assert!([format!("`{word}`"), format!("`{word}=`")].iter().any(|w| text.contains(w)), "{word}");
    }
    for p in PRESETS {
        assert!(text.contains(&format!("| `{}`: {} | {} |", p.key, p.title, p.look)), "{}", p.key);
    }
}
