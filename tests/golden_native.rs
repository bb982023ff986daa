//! Every bit of some runs, natively: `tests/web_golden.rs` asserts the same in the browser.
//!
//! After a change that is meant to change paths: `DESCENT_BLESS=1 cargo test --test golden_native`, and look at the difference.

mod common {
    pub mod golden;
    pub mod golden_networks;
    pub mod run_text;
    pub mod surface_text;
}

use common::golden::{HASHES, RUNS, computed, differences};
use common::golden_networks;
use descent_lab::{matrix, modifier, optim, schedule, surface};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn paths_are_the_written_ones_bit_for_bit() {
    if std::env::var_os("DESCENT_BLESS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/hashes.txt");
        std::fs::write(file, computed()).expect("a writable file");
        return;
    }
    let differences = differences();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn networks_are_the_written_ones_bit_for_bit() {
    if std::env::var_os("DESCENT_BLESS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/networks.txt");
        std::fs::write(file, golden_networks::computed()).expect("a writable file");
        return;
    }
    let differences = golden_networks::differences();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    let hashes: BTreeSet<_> = golden_networks::HASHES.lines().filter_map(|l| l.split(' ').nth(1)).collect();
    assert_eq!(hashes.len(), 31, "no two are the same");
}

#[test]
fn every_entry_of_the_registries_is_among_the_written_runs() {
    let mut words = Vec::new();
    words.extend(surface::ALL.iter().map(|s| format!(" {}", s.key)));
    words.extend(matrix::ALL.iter().map(|s| format!(" {}", s.key)));
    words.extend(optim::ALL.iter().map(|s| format!(" {}:", s.key)));
    words.extend(modifier::ALL.iter().map(|s| format!(",{}=", s.key)));
    let moving = schedule::ALL.iter().filter(|s| s.key != "constant");
    words.extend(moving.map(|s| format!(",schedule={}", s.key)));
    for word in words {
        assert!(RUNS.contains(&word), "no written run has{word}");
    }
}

#[test]
fn no_two_runs_are_the_same() {
    let hashes: BTreeSet<_> = HASHES.lines().filter_map(|l| l.split(' ').nth(1)).collect();
    assert_eq!(hashes.len(), HASHES.lines().count());
}
