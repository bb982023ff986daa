//! Finding an optimizer or a surface by what one remembers of it: a name, a key, a year, an author, a family, a word of its
//! sentence.

use super::menu::{self, Place};
use crate::optim::{ALL, OptimizerSpec};

/// The words of a text as they are compared: in small letters, without accents, cut at everything that is neither letter
/// nor digit.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(c) => folded.push(c),
            // An accent that is a sign of its own goes with its letter.
            None if ('\u{300}'..='\u{36f}').contains(&c) || c == '\'' || c == '’' => {}
            None if !folded.is_empty() && !folded.ends_with(' ') => folded.push(' '),
            None => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The plain letter or digit; none for what is neither. Letters of other scripts stay.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        c if c.is_alphanumeric() => c,
        _ => return None,
    })
}

/// What a word is worth where it is found; the best place counts.
const WHOLE_NAME: u32 = 100;
const START_OF_NAME: u32 = 60;
const WORD_OF_NAME: u32 = 40;
const IN_NAME: u32 = 25;
const YEAR: u32 = 20;
const AUTHOR: u32 = 16;
const GROUP: u32 = 10;
const SENTENCE: u32 = 3;

/// The texts of a method, folded.
struct Folded {
    /// Its name and its key, each without blanks as well: "L-BFGS" is found by "lbfgs", and "RMSprop" by "rms prop".
    names: [String; 4],
    year: String,
    authors: String,
    group: String,
    sentence: String,
}

impl Folded {
    fn new(name: &str, key: &str, group: &str, sentence: &str) -> Self {
        let (name, key) = (fold(name), fold(key));
        let squeezed = [&name, &key].map(|text| text.replace(' ', ""));
        let [a, b] = squeezed;
        let (year, authors) = Default::default();
        Self { names: [name, key, a, b], year, authors, group: fold(group), sentence: fold(sentence) }
    }

    fn of_optimizer(spec: &OptimizerSpec) -> Self {
        let sentence = spec.about.map_or("", |a| a.sentence);
        let texts = Self::new(spec.name, spec.key, spec.group.title(), sentence);
        let (year, authors) = spec
            .about
            .map_or_else(Default::default, |a| (a.reference.year.to_string(), fold(a.reference.authors)));
        Self { year, authors, ..texts }
    }

    /// What a word is worth; 0 where it is nowhere.
    fn worth(&self, word: &str) -> u32 {
        let starts = |text: &str| text.split(' ').any(|w| w.starts_with(word));
        let name = self.names.iter().map(|name| match name {
            name if name == word => WHOLE_NAME,
            name if name.starts_with(word) => START_OF_NAME,
            name if starts(name) => WORD_OF_NAME,
            name if name.contains(word) => IN_NAME,
            _ => 0,
        });
        let year = if self.year == word || word.len() > 2 && self.year.starts_with(word) { YEAR } else { 0 };
        let other = [(&self.authors, AUTHOR), (&self.group, GROUP), (&self.sentence, SENTENCE)];
        let other = other.into_iter().map(|(text, worth)| if starts(text) { worth } else { 0 });
        name.chain(other).chain([year]).max().unwrap_or(0)
    }
}

/// The methods in which every word of the query is found, best first; those that are worth the same in the order of the
/// menu. All of them for a query without words.
#[must_use]
pub fn optimizers(query: &str) -> Vec<&'static OptimizerSpec> {
    find(query, ALL.iter().copied(), |spec| Folded::of_optimizer(spec))
}

/// The same of what there is to minimise.
#[must_use]
pub fn places(query: &str) -> Vec<Place> {
    find(query, menu::places().into_iter(), |p| Folded::new(p.name, p.key, p.group, p.sentence))
}

fn find<T>(query: &str, all: impl Iterator<Item = T>, texts: impl Fn(&T) -> Folded) -> Vec<T> {
    let query = fold(query);
    let squeezed = query.replace(' ', "");
    let mut found: Vec<(u32, T)> = Vec::new();
    for one in all {
        let texts = texts(&one);
        let words: Vec<u32> = query.split(' ').filter(|w| !w.is_empty()).map(|w| texts.worth(w)).collect();
        let sum: u32 = words.iter().sum();
        // The words of one name, however they are cut.
        let together =
            match texts.names.iter().map(|name| (*name == squeezed, name.starts_with(&squeezed))).max() {
                Some((true, _)) => 2 * WHOLE_NAME,
                Some((_, true)) => START_OF_NAME,
                _ => 0,
            };
        if query.is_empty() || !words.contains(&0) || together > 0 {
            found.push((sum + together, one));
        }
    }
    if !query.is_empty() {
        found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    }
    found.into_iter().map(|(_, one)| one).collect()
}
