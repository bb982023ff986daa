//! Choosing an optimizer: how it is found, and what is said of what it keeps, what it costs and what it is held to.

use descent_lab::export::menu::places as all_places;
use descent_lab::export::search::{fold, optimizers, places};
use descent_lab::export::{conformance, keeps, words};
use descent_lab::matrix;
use descent_lab::optim::{self, OptimizerSpec};
use descent_lab::param::{defaults, find};
use descent_lab::surface;
use proptest::prelude::*;

fn keys(query: &str) -> Vec<&'static str> {
    optimizers(query).iter().map(|s| s.key).collect()
}

fn spec(key: &str) -> &'static OptimizerSpec {
    optim::find(key).expect(key)
}

#[test]
fn a_name_a_key_a_year_an_author_or_a_family_finds_a_method() {
    for (query, first) in [
        ("adam", "adam"),
        ("Adam W", "adamw"),
        ("adamw", "adamw"),
        ("ADA", "adagrad"),
        ("rms prop", "rmsprop"),
        ("lbfgs", "lbfgs"),
        ("L-BFGS", "lbfgs"),
        ("levenberg marquardt", "levenberg_marquardt"),
        ("nelder-mead", "nelder_mead"),
        ("cmaes", "cma_es"),
        ("cma_es", "cma_es"),
        ("schedule free adamw", "schedule_free_adamw"),
        ("SGD", "sgd"),
        ("swarm quantum", "quantum_particle_swarm"),
        ("kingma", "adam"),
        ("kingma 2015 max", "adamax"),
        ("polak ribiere", "conjugate_gradient"),
        ("Ribière", "conjugate_gradient"),
        ("martonak", "quantum_annealing"),
        ("husken", "rprop"),
        ("1951", "sgd"),
        ("jordan 2024", "muon"),
        ("gradient-free 1965", "nelder_mead"),
        ("heavy ball", "momentum"),
        ("ball", "momentum"),
        ("saddle", "saddle_free_newton"),
    ] {
        assert_eq!(keys(query).first(), Some(&first), "{query}: {:?}", keys(query));
    }
    assert_eq!(keys("kingma"), ["adam", "adamax"]);
    assert!(keys("saddle").contains(&"newton"), "a word of its sentence");
    let free = keys("gradient-free");
    assert!(
        optim::ALL.iter().filter(|s| s.group == optim::Group::GradientFree).all(|s| free.contains(&s.key))
    );
}

#[test]
fn every_method_is_the_first_for_its_name_and_for_its_key() {
    for s in optim::ALL {
        for query in [s.name, s.key, &s.name.to_uppercase(), &s.name.replace(['-', ' ', '–'], "")] {
            assert_eq!(keys(query).first(), Some(&s.key), "{query}: {:?}", keys(query));
        }
        let reference = s.about.expect(s.key).reference;
        assert!(keys(&format!("{} {}", reference.year, reference.authors)).contains(&s.key), "{}", s.key);
    }
}

#[test]
fn all_words_must_be_found_and_none_finds_all() {
    let all: Vec<_> = optim::ALL.iter().map(|s| s.key).collect();
    for nothing in ["", "  ", " - "] {
        assert_eq!(keys(nothing), all, "{nothing:?}");
    }
    assert!(keys("adam").len() > keys("adam 2015").len());
    for none in ["adam 1951", "qwertz", "adam qwertz", "日本"] {
        assert_eq!(keys(none), [""; 0], "{none}");
    }
}

#[test]
fn texts_are_compared_without_accents_case_or_dashes() {
    for (text, folded) in [
        ("Levenberg–Marquardt", "levenberg marquardt"),
        ("  Martínez Rubio,  Hüsken ", "martinez rubio husken"),
        ("Ribie\u{300}re", "ribiere"),
        ("SCHEDULE_FREE", "schedule free"),
        ("O’Neill", "oneill"),
        ("–", ""),
    ] {
        assert_eq!(fold(text), folded);
    }
}

proptest! {
    #[test]
    fn any_text_finds_what_it_finds_without_a_fault(text in "\\PC{0,40}") {
        let found = keys(&text);
        prop_assert!(found.len() <= optim::ALL.len());
        prop_assert_eq!(found, keys(&format!("  {text} ")));
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }
}

#[test]
fn what_a_method_keeps_is_said_for_a_plane_and_for_n() {
    for (key, said, short) in [
        ("sgd", "Keeps nothing between steps.", "keeps nothing"),
        ("momentum", "Keeps 2 numbers for 2 parameters, 1 for each.", "keeps n numbers"),
        ("adam", "Keeps 4 numbers for 2 parameters, 2 for each.", "keeps 2n numbers"),
        ("bfgs", "Keeps 4 numbers for 2 parameters, for n of them n².", "keeps n² numbers"),
        ("cma_es", "Keeps 8 numbers for 2 parameters, for n of them n² + 2n.", "keeps n² + 2n numbers"),
        (
            "nelder_mead",
            "Keeps 9 numbers for 2 parameters, for n of them n² + 2n + 1.",
            "keeps n² + 2n + 1 numbers",
        ),
        ("lbfgs", "Keeps 40 numbers for 2 parameters, 20 for each.", "keeps 20n numbers"),
        (
            "differential_evolution",
            "Keeps 45 numbers for 2 parameters, for n of them 15n + 15.",
            "keeps 15n + 15 numbers",
        ),
    ] {
        let params = defaults(spec(key).params);
        assert_eq!(keeps::sentence(spec(key), &params), said);
        assert_eq!(keeps::short(spec(key), &params), short);
    }
    for s in optim::ALL {
        let params = defaults(s.params);
        let g = keeps::growth(s, &params).expect(s.key);
        for n in [1, 2, 3, 16, 100] {
            assert_eq!(
                g.square * n * n + g.linear * n + g.fixed,
                (s.about.expect(s.key).memory)(n, &params),
                "{} {n}",
                s.key
            );
        }
    }
}

#[test]
fn costs_have_the_size_of_the_population_in_them() {
    let de = spec("differential_evolution");
    let mut params = defaults(de.params);
    assert_eq!(keeps::cost(de, &params), "15 values");
    params[find(de.params, "population").expect("there")] = 40.0;
    assert_eq!(keeps::cost(de, &params), "40 values");
    assert_eq!(keeps::cost(spec("adam"), &defaults(spec("adam").params)), "1 gradient");
    for s in optim::ALL {
        let cost = keeps::cost(s, &defaults(s.params));
        assert!(!cost.is_empty() && !cost.contains("P values"), "{}: {cost}", s.key);
    }
}

#[test]
fn a_sentence_says_what_a_method_is_held_to() {
    let held = |key: &str, convention: f64| {
        let s = spec(key);
        let mut params = defaults(s.params);
        if let Some(i) = find(s.params, "convention") {
            params[i] = convention;
        }
        conformance::sentence(s, &params)
    };
    let adam = held("adam", 0.0);
    assert!(adam.starts_with("Agrees with PyTorch 2."), "{adam}");
    assert!(
        adam.contains(" paths over ") && adam.contains(", and with optax 0.") && adam.contains("·10⁻¹"),
        "{adam}"
    );
    let paper = held("adam", 1.0);
    assert!(paper.starts_with("The convention paper is held to first steps worked out by hand."), "{paper}");
    assert!(paper.contains("With the convention pytorch: agrees with PyTorch 2."), "{paper}");
    let optax = held("rmsprop", 1.0);
    assert!(optax.starts_with("Agrees with optax 0."), "{optax}");
    assert!(held("nelder_mead", 0.0).contains(" to the last bit"));
    assert!(held("cma_es", 0.0).contains("its update is that of pycma 4."));
    assert!(held("bfgs", 0.0).starts_with("Reaches the minima that SciPy 1."));
    let both = held("lbfgs", 0.0);
    assert!(
        both.starts_with("Agrees with PyTorch") && both.contains("Reaches the minima that SciPy"),
        "{both}"
    );
    let newton = held("newton", 0.0);
    assert!(newton.starts_with("No reference implementation: held to first steps"), "{newton}");
}

#[test]
fn a_badge_names_the_libraries_and_what_agrees_if_not_the_path() {
    for (key, words) in [
        ("adam", "as PyTorch, optax"),
        ("lbfgs", "as PyTorch"),
        ("bfgs", "minimum as SciPy"),
        ("cma_es", "update as pycma"),
        ("newton", "worked out by hand"),
    ] {
        assert_eq!(conformance::badge(spec(key)), words, "{key}");
    }
}

#[test]
fn every_method_has_a_sentence_and_a_badge_for_every_convention() {
    for s in optim::ALL {
        let badge = conformance::badge(s);
        let by_hand = badge == "worked out by hand";
        assert_eq!(by_hand, conformance::held(s).is_some(), "{}: {badge}", s.key);
        assert!(by_hand || badge.contains("as "), "{}: {badge}", s.key);
        assert_eq!(by_hand, conformance::compared(s).is_empty(), "{}: {badge}", s.key);
        let convention = find(s.params, "convention");
        let highest = convention.map_or(0.0, |i| s.params[i].max);
        let mut params = defaults(s.params);
        for value in (0..4_u8).map(f64::from).filter(|value| *value <= highest) {
            if let Some(i) = convention {
                params[i] = value;
            }
            let text = conformance::sentence(s, &params);
            assert!(text.ends_with('.') && !text.contains("  ") && !text.contains('\t'), "{}: {text}", s.key);
        }
    }
}

#[test]
fn what_to_know_on_a_surface_has_a_key() {
    for s in optim::ALL {
        assert_eq!(words(&format!("plane/{}", s.key)), s.about.expect(s.key).on_plane);
    }
    assert_eq!(words("plane/nothing"), None);
}

#[test]
fn the_list_of_surfaces_has_all_that_can_be_minimised_in_groups() {
    let all = all_places();
    let keys: Vec<_> = all.iter().map(|p| p.key).collect();
    for key in surface::ALL.iter().map(|s| s.key).chain(matrix::ALL.iter().map(|m| m.key)).chain(["custom"]) {
        assert_eq!(keys.iter().filter(|k| **k == key).count(), 1, "{key}");
    }
    assert_eq!(keys.len(), surface::ALL.len() + matrix::ALL.len() + 1);
    let mut groups: Vec<_> = all.iter().map(|p| p.group).collect();
    groups.dedup();
    let expected = [
        "Convex",
        "Valleys",
        "Saddles and plateaus",
        "Many minima",
        "Cliffs",
        "Non-smooth",
        "Matrices",
        "Your own function",
    ];
    assert_eq!(groups, expected);
    for place in all {
        assert!(place.sentence.ends_with('.') && !place.text.is_empty(), "{}", place.key);
    }
}

#[test]
fn a_surface_is_found_by_its_name_its_group_or_a_word_of_its_sentence() {
    let first = |query: &str| places(query).first().map(|p| p.key);
    for (query, key) in [
        ("rosen", "rosenbrock"),
        ("holder", "holder_table"),
        ("six hump", "six_hump_camel"),
        ("weight decay", "logistic"),
        ("own", "custom"),
        ("you type", "custom"),
    ] {
        assert_eq!(first(query), Some(key), "{query}");
    }
    assert!(places("saddles").len() >= 5);
    assert_eq!(places("").len(), all_places().len());
    assert!(places("zzz").is_empty());
}
