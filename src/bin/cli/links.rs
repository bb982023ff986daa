//! Links and the words of links as they are given on the command line.

use super::Usage;
use descent_lab::link::{Link, Notice, Reader};
use descent_lab::network;

/// A link shows what it can, and so does this; what was left out is told on standard error.
pub fn read_link(address: &str) -> Result<Link, Usage> {
    let fragment = address.split_once('#').map_or(address, |(_, after)| after);
    let (link, notices) = Link::read(fragment);
    for notice in &notices {
        eprintln!("descent-lab: {notice}");
    }
    if fragment.trim().is_empty() {
        return Err(Usage("--link: the link is empty".to_owned()));
    }
    if !is_understood(fragment, &notices) {
        return Err(Usage("--link: nothing of the link was understood".to_owned()));
    }
    Ok(link)
}

/// Whether any word of a link but its version means something. Otherwise what is shown would be the welcome, which
/// nobody asked for.
fn is_understood(fragment: &str, notices: &[Notice]) -> bool {
    let means = |word: &str| {
        let (link, notices) = Link::read(word);
        // Of a run with an unknown setting the run is left, of one with an unknown optimizer nothing.
        notices.is_empty() || link != Link::default() && !link.config.runs.is_empty()
    };
    let words = fragment.trim().trim_start_matches('#').split('&').filter(|word| !word.is_empty());
    notices.is_empty() || words.filter(|word| !word.starts_with("v=")).any(means)
}

/// Options are what somebody meant just now: the first that is wrong ends it.
pub fn read_words(mut words: Vec<(String, String)>) -> Result<Link, Usage> {
    if !words.iter().any(|(key, _)| key == "run") {
        return Err(Usage("--run is missing, for example --run 'adam:lr=0.05'".to_owned()));
    }
    // The surface brings its own start, so it is read first.
    words.sort_by_key(|(key, _)| key != "surface");
    let mut reader = Reader::default();
    let (of_network, words): (Vec<_>, Vec<_>) =
        words.into_iter().partition(|(key, _)| network::WORDS.contains(&key.as_str()));
    if !of_network.is_empty() {
        let words: Vec<String> = of_network.iter().map(|(key, value)| format!("{key}={value}")).collect();
        reader.network(&words.join("&"));
    }
    for (key, value) in &words {
        reader.word(key, value);
    }
    let (link, notices) = reader.finish();
    match notices.first() {
        Some(notice) => Err(Usage(format!("--{notice}"))),
        None => Ok(link),
    }
}
