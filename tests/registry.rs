//! The registries: every file is in its list, and every description can be shown, written and read.

mod common {
    pub mod entries;
}

use common::entries::entries;
use descent_lab::objective::Block;
use descent_lab::optim::{self, Init};
use descent_lab::param::Scale;
use descent_lab::{modifier, schedule, surface};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Files of a registry's folder that are no entries.
const HELPERS: &[(&str, &[&str])] = &[
    ("surface", &["mod", "custom", "examples", "fit", "objective", "study", "transform", "typed"]),
    ("matrix", &["mod", "objective", "view"]),
    (
        "optim",
        &[
            "mod",
            "common",
            "averages",
            "diagonal",
            "evolution",
            "hypergradient",
            "layers",
            "line_search",
            "sampling",
            "schedule_free",
            "strong_wolfe",
        ],
    ),
    ("modifier", &["mod"]),
    ("schedule", &["mod"]),
];

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
}

#[test]
fn the_files_of_a_folder_are_its_registry() {
    for (kind, helpers) in HELPERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(kind);
        let files: BTreeSet<String> = fs::read_dir(folder)
            .expect("the folder")
            .map(|f| f.expect("an entry").path())
            .map(|f| f.file_stem().expect("a name").to_string_lossy().into_owned())
            .filter(|stem| !helpers.contains(&stem.as_str()))
            .collect();
        let all = entries();
        let listed: Vec<_> = all.iter().filter(|e| e.kind == *kind).collect();
        let keys: BTreeSet<String> = listed.iter().map(|e| e.key.to_owned()).collect();
        assert_eq!(keys.len(), listed.len(), "{kind}: a key stands there twice");
        assert_eq!(files, keys, "{kind}: files on the left, keys on the right");
    }
}

#[test]
fn keys_are_snake_case_and_unique_where_a_link_reads_them() {
    // What a run's items may be besides parameters and modifiers.
    const RESERVED: &[&str] = &["schedule", "warmup", "start", "off"];
    for entry in entries() {
        assert!(is_key(entry.key), "{}", entry.key);
        let mut seen = BTreeSet::new();
        for p in entry.params {
            let name = format!("{} {} {}", entry.kind, entry.key, p.key);
            assert!(is_key(p.key), "{name}");
            assert!(seen.insert(p.key), "{name} stands there twice");
            if entry.kind == "optim" {
                assert!(!RESERVED.contains(&p.key), "{name} is a reserved word");
                assert!(modifier::find(p.key).is_none(), "{name} is a modifier");
            }
            if let Scale::Choice(words) = p.scale {
                let distinct: BTreeSet<_> = words.iter().collect();
                assert!(words.len() > 1 && distinct.len() == words.len(), "{name}");
                assert!(words.iter().all(|w| is_key(w)), "{name}: {words:?}");
            }
        }
    }
}

#[test]
fn everything_that_is_said_is_a_sentence() {
    for entry in entries() {
        let of_params = entry.params.iter().map(|p| (p.help, p.scale));
        let own = entry.sentences.iter().map(|s| (*s, Scale::Linear));
        for (sentence, scale) in own.chain(of_params).chain([(schedule::WARMUP.help, Scale::Integer)]) {
            let first = sentence.split(' ').next().unwrap_or("");
            // A choice may begin with one of its words, which are written small.
            let word = matches!(scale, Scale::Choice(words) if words.contains(&first));
            let large = sentence.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            assert!(large || word, "{}: {sentence}", entry.key);
            assert!(sentence.ends_with('.') && !sentence.ends_with(".."), "{}: {sentence}", entry.key);
            assert_eq!(sentence.trim(), sentence);
            assert!(!sentence.contains("  "), "{}: {sentence}", entry.key);
        }
        for text in [&entry.formula[..], &[entry.name]].concat() {
            assert!(!text.trim().is_empty(), "{}", entry.key);
        }
        for p in entry.params {
            assert!(!p.name.is_empty(), "{} {}", entry.key, p.key);
            assert!(
                matches!(p.scale, Scale::Switch | Scale::Choice(_)) || !p.symbol.is_empty(),
                "{} {}",
                entry.key,
                p.key
            );
        }
    }
}

#[test]
fn a_list_takes_its_default_and_has_a_word_of_its_own() {
    for spec in schedule::ALL {
        let Some(list) = spec.list else {
            continue;
        };
        assert!(list.takes(list.default), "{}", spec.key);
        assert!(is_key(list.key) && spec.params.iter().all(|p| p.key != list.key), "{}", spec.key);
        assert!(
            list.count.0 > 0 && list.count.0 < list.count.1 && list.range.0 < list.range.1,
            "{}",
            spec.key
        );
    }
}

#[test]
fn a_learning_rate_comes_first() {
    for spec in optim::ALL {
        let place = spec.params.iter().position(|p| p.key == "lr");
        assert!(matches!(place, None | Some(0)), "{}", spec.key);
        assert_eq!(spec.has_lr(), place.is_some(), "{}", spec.key);
    }
}

#[test]
fn references_can_be_opened_and_are_of_a_plausible_year() {
    let of_optimizers = optim::ALL.iter().map(|s| (s.key, s.about.expect(s.key).reference));
    let of_modifiers = modifier::ALL.iter().filter_map(|s| Some((s.key, s.reference?)));
    for (key, r) in of_optimizers.chain(of_modifiers) {
        let host = r.url.strip_prefix("https://").expect(r.url);
        assert!(host.split('/').next().is_some_and(|h| h.contains('.')), "{}", r.url);
        assert!(!r.url.contains(char::is_whitespace), "{}", r.url);
        assert!((1800..=2026).contains(&r.year), "{key}: {}", r.year);
        assert!(!r.authors.is_empty() && !r.title.is_empty(), "{key}");
    }
}

#[test]
fn the_state_of_a_fresh_optimizer_is_named_and_finite() {
    let layout = [Block::vector(3)];
    for spec in optim::ALL {
        let params = descent_lab::param::defaults(spec.params);
        let x = [1.0, -2.0, 0.5];
        let region = [(-3.0, 3.0); 3];
        let fresh = spec.fresh(&Init { x: &x, layout: &layout, params: &params, region: &region, seed: 7 });
        let mut symbols = BTreeSet::new();
        fresh.snapshot().state(&mut |item| {
            assert!(symbols.insert(item.symbol), "{}: {} twice", spec.key, item.symbol);
            assert!(!item.name.is_empty() && !item.values.is_empty(), "{}", spec.key);
            assert!(item.values.iter().all(|v| v.is_finite()), "{}", spec.key);
        });
    }
}

#[test]
fn a_surface_shows_its_start_and_one_of_its_minima() {
    for spec in surface::ALL {
        let (params, view) = (descent_lab::param::defaults(spec.params), spec.view);
        assert!(view.x.0 < view.x.1 && view.y.0 < view.y.1, "{}", spec.key);
        assert!(view.contains(spec.start), "{}", spec.key);
        let minima = spec.minima.expect(spec.key)(&params);
        assert!(minima.is_empty() || minima.iter().any(|m| view.contains(*m)), "{}", spec.key);
        assert!(!spec.unbounded || minima.is_empty(), "{}", spec.key);
    }
}
