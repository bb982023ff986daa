//! Data sets of networks: the generators, own points and lists.

use descent_lab::net::data::{self, Data, Generator, Makes, points};
use descent_lab::net::{DataSpec, PLANE, Task};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn spec(source: &str) -> DataSpec {
    DataSpec { source: source.to_owned(), ..DataSpec::default() }
}

fn formula(text: &str) -> DataSpec {
    DataSpec { formula: text.to_owned(), noise: 0.0, ..spec("formula") }
}

/// Every generator that needs nothing but its settings, with each number of classes.
fn generated() -> Vec<(&'static Generator, DataSpec)> {
    let mut all = Vec::new();
    for generator in data::all().iter().copied().filter(|g| !matches!(g.key, "formula" | "own")) {
        let classes = match generator.makes {
            Makes::Classes(fewest, most) => fewest..=most,
            _ => 2..=2,
        };
        all.extend(classes.map(|classes| (generator, DataSpec { classes, ..spec(generator.key) })));
    }
    all
}

fn made(spec: &DataSpec) -> Data {
    data::make(spec).unwrap_or_else(|e| panic!("{}: {e}", spec.source))
}

fn points_of(data: &Data) -> Vec<[f64; 3]> {
    data.train.iter().chain(&data.test).copied().collect()
}

fn key(p: &[f64; 3]) -> [u64; 3] {
    p.map(f64::to_bits)
}

#[test]
fn the_files_of_the_folder_are_the_registry() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/net/data");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|f| f.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|stem| !["mod", "csv", "draw", "points", "split"].contains(&stem.as_str()))
        .collect();
    let keys: BTreeSet<String> = data::all().iter().map(|g| g.key.to_owned()).collect();
    assert_eq!(keys.len(), data::all().len());
    assert_eq!(files, keys);
    for g in data::all() {
        assert!(g.sentence.ends_with('.') && g.sentence.len() < 120, "{}", g.key);
        assert_eq!(data::find(g.key), Some(*g));
    }
}

#[test]
fn every_generator_fills_the_square_it_may_and_nothing_else() {
    for (g, spec) in generated() {
        for noise in [0.0, 0.1, 1.0] {
            let data = made(&DataSpec { noise, ..spec.clone() });
            let all = points_of(&data);
            assert_eq!(all.len(), 400, "{}", g.key);
            assert!(all.iter().all(|p| p[0].abs() <= PLANE && p[1].abs() <= PLANE), "{}", g.key);
            let far = all.iter().filter(|p| p[0].abs() > 2.0 || p[1].abs() > 2.0).count();
            assert!(far > 100, "{}: {far} points are not near the middle", g.key);
            assert!(all.iter().all(|p| p[2].is_finite()), "{}", g.key);
            let distinct: BTreeSet<_> = all.iter().map(key).collect();
            assert_eq!(distinct.len(), 400, "{}: points coincide", g.key);
        }
    }
}

#[test]
fn classes_are_balanced_in_both_parts() {
    for (g, spec) in generated() {
        for (count, split) in [(400, 0.5), (37, 0.3), (500, 0.9)] {
            let data = made(&DataSpec { count, split, ..spec.clone() });
            let Task::Classes(classes) = data.task else {
                continue;
            };
            assert_eq!(classes, spec.classes);
            for part in [&data.train, &data.test] {
                let mut counts = vec![0_usize; classes];
                for p in part {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a class")]
                    let class = p[2] as usize;
                    assert_eq!(f64::from(u32::try_from(class).unwrap()), p[2]);
                    counts[class] += 1;
                }
                let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
                assert!(most - least <= 1 && *least > 0, "{} {count} {split}: {counts:?}", g.key);
            }
        }
    }
}

#[test]
fn another_count_keeps_the_points_and_another_seed_does_not() {
    for (g, spec) in generated() {
        let few: BTreeSet<_> = points_of(&made(&spec)).iter().map(key).collect();
        let many: BTreeSet<_> =
            points_of(&made(&DataSpec { count: 700, ..spec.clone() })).iter().map(key).collect();
        assert!(few.is_subset(&many), "{}", g.key);
        let other: BTreeSet<_> =
            points_of(&made(&DataSpec { seed: 1, ..spec.clone() })).iter().map(key).collect();
        assert!(few.is_disjoint(&other), "{}", g.key);
        assert_eq!(made(&spec), made(&spec), "{}", g.key);
    }
}

#[test]
fn a_larger_share_only_adds_points_to_train_on() {
    for (g, spec) in generated() {
        let small = made(&DataSpec { split: 0.4, ..spec.clone() });
        let large = made(&DataSpec { split: 0.7, ..spec.clone() });
        let set = |part: &[[f64; 3]]| part.iter().map(key).collect::<BTreeSet<_>>();
        assert!(set(&small.train).is_subset(&set(&large.train)), "{}", g.key);
        assert!((157..=163).contains(&small.train.len()), "{}: {}", g.key, small.train.len());
        assert_eq!(small.train.len() + small.test.len(), 400);
    }
}

#[test]
fn no_part_is_empty_however_few_the_points() {
    for (g, spec) in generated() {
        for count in 2..8 {
            for split in [0.1, 0.5, 0.9] {
                let data = made(&DataSpec { count, split, ..spec.clone() });
                assert!(!data.train.is_empty() && !data.test.is_empty(), "{} {count} {split}", g.key);
            }
        }
    }
}

#[test]
fn noise_moves_points_and_draws_no_new_ones() {
    for (g, spec) in generated() {
        let clean = made(&DataSpec { noise: 0.0, split: 0.5, ..spec.clone() });
        let noisy = made(&DataSpec { noise: 0.01, split: 0.5, ..spec.clone() });
        for (a, b) in points_of(&clean).iter().zip(&points_of(&noisy)) {
            let moved = (0..3).map(|k| (a[k] - b[k]).abs()).fold(0.0, f64::max);
            assert!(moved > 0.0 && moved < 0.1, "{}: {a:?} {b:?}", g.key);
        }
    }
}

/// The share of points whose nearest other point is of their class.
fn nearest_agrees(all: &[[f64; 3]]) -> f64 {
    let near = |p: &[f64; 3], q: &[f64; 3]| (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]);
    let agree = all
        .iter()
        .filter(|p| {
            let others = all.iter().filter(|q| key(q) != key(p));
            others.min_by(|a, b| near(a, p).total_cmp(&near(b, p))).is_some_and(|q| q[2] == p[2])
        })
        .count();
    f64::from(u32::try_from(agree).unwrap()) / f64::from(u32::try_from(all.len()).unwrap())
}

#[test]
fn clean_classes_are_apart_and_full_noise_mixes_them() {
    for (g, spec) in generated().into_iter().filter(|(g, _)| matches!(g.makes, Makes::Classes(..))) {
        let share = |noise: f64| nearest_agrees(&points_of(&made(&DataSpec { noise, ..spec.clone() })));
        let name = format!("{} with {} classes", g.key, spec.classes);
        assert!(share(0.0) > 0.9, "{name}: {}", share(0.0));
        assert!(share(0.1) > 0.8, "{name}: {}", share(0.1));
        assert!(share(1.0) < 0.96, "{name}: {}", share(1.0));
    }
}

#[test]
fn clean_data_is_what_its_formula_says() {
    let clean = |source: &str| points_of(&made(&DataSpec { noise: 0.0, ..spec(source) }));
    for [x, y, class] in clean("xor") {
        assert_eq!(x * y > 0.0, class == 1.0);
    }
    for [x, y, class] in clean("circle") {
        let r = (x * x + y * y).sqrt();
        assert!(if class == 0.0 { r <= 2.0 + 1e-9 } else { (3.0 - 1e-9..5.0 + 1e-9).contains(&r) }, "{r}");
    }
    for [x, y, v] in clean("plane") {
        assert_eq!(v, (x + y) / 12.0);
    }
    for [x, y, v] in clean("sine") {
        assert!((v - 0.5 * (libm::sin(x) + libm::sin(y))).abs() < 1e-15);
    }
}

#[test]
fn settings_that_make_no_data_are_told() {
    for (spec, want) in [
        (spec("cirle"), "cirle is not one of circle, xor"),
        (DataSpec { count: 0, ..spec("xor") }, "0 points are not from 2 to 5000"),
        (DataSpec { count: 1 << 40, ..spec("xor") }, "are not from 2 to 5000"),
        (DataSpec { noise: f64::NAN, ..spec("xor") }, "noise: NaN is not"),
        (DataSpec { split: 1.0, ..spec("xor") }, "split: 1 is not"),
        (spec("own"), "there are no points yet"),
        (spec("formula"), "there is no formula yet"),
        (formula("x+"), "the formula is not understood at character 3: "),
        (formula("a*x + b"), "the formula may name x and y, and numbers in place of a, b"),
        (formula("ln(-1-x^2)"), "almost nowhere in the square"),
        (DataSpec { points: vec![[0.0; 3]], ..spec("own") }, "one point is too few"),
        (DataSpec { points: vec![[0.0, 7.0, 0.0]; 2], ..spec("own") }, "point 1 is outside"),
        (DataSpec { points: vec![[0.0, f64::NAN, 0.0]; 2], ..spec("own") }, "point 1 is outside"),
        (DataSpec { points: vec![[0.0, 0.0, 0.5]; 2], ..spec("own") }, "0.5 is no class"),
        (DataSpec { points: vec![[0.0, 0.0, 5.0]; 2], ..spec("own") }, "5 is no class"),
        (
            DataSpec { points: vec![[0.0, 0.0, 7.0]; 2], regression: true, ..spec("own") },
            "number is not from −6 to 6",
        ),
    ] {
        let message = data::make(&spec).expect_err("no data");
        assert!(message.contains(want), "{message}");
    }
}

#[test]
fn a_formula_is_met_where_it_is_a_number() {
    for [x, y, v] in points_of(&made(&formula("x y/4 + 1"))) {
        assert_eq!(v, x * y / 4.0 + 1.0);
    }
    let data = made(&DataSpec { count: 1000, ..formula("sqrt(x)") });
    assert_eq!((data.task, data.train.len()), (Task::Regression, 500));
    assert!(points_of(&data).iter().all(|p| p[0] >= 0.0 && p[2] == p[0].sqrt()));
}

#[test]
fn own_points_are_taken_as_they_are() {
    let list = vec![[1.0, 2.0, 0.0], [-1.0, 2.5, 2.0], [0.5, -6.0, 1.0], [6.0, 0.0, 2.0]];
    let data = made(&points::own(&list, false));
    assert_eq!(data.task, Task::Classes(3));
    assert_eq!(
        (data.train.len() + data.test.len(), data.train.is_empty(), data.test.is_empty()),
        (4, false, false)
    );
    let data = made(&points::own(&list, true));
    assert_eq!((data.task, data.train.len()), (Task::Regression, 2));
}

/// A number that changes with any bit of the data.
fn fingerprint(data: &Data) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for p in data.train.iter().chain(&data.test) {
        for bits in key(p) {
            hash = (hash ^ bits).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
        }
    }
    hash
}

/// A link that was passed on shows the same points for ever.
#[test]
fn data_never_change() {
    let mut found = String::new();
    for (g, spec) in generated() {
        let data = made(&DataSpec { seed: 7, noise: 0.3, split: 0.6, ..spec.clone() });
        writeln!(found, "{} {} {:016x}", g.key, spec.classes, fingerprint(&data)).expect("a string");
    }
    let data = made(&DataSpec { noise: 0.3, ..formula("exp(-x^2) + sqrt(y)") });
    writeln!(found, "formula 0 {:016x}", fingerprint(&data)).expect("a string");
    assert_eq!(found, include_str!("golden/net_data.txt"), "{found}");
}
