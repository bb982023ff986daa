//! What runs are called where several have the same method: by what is set on one and not on all of them.

use crate::grammar;
use crate::link::item;
use crate::session::Config;

/// The name of a run.
pub fn name(config: &Config, run: usize) -> String {
    let Some(own) = config.runs.get(run) else {
        return String::new();
    };
    let method = own.settings.optimizer;
    let alike = config.runs.iter().filter(|r| r.settings.optimizer == method);
    let words: Vec<Vec<String>> = alike.map(|r| words(&item::write_settings(&r.settings))).collect();
    let mut name = method.name.to_owned();
    for word in self::words(&item::write_settings(&own.settings)) {
        if words.iter().any(|others| !others.contains(&word)) {
            name.push_str(" · ");
            name.push_str(&word.replace('=', " "));
        }
    }
    name
}

fn words(settings: &str) -> Vec<String> {
    grammar::split(settings.split_once(':').map_or("", |(_, items)| items), &[','])
}
