//! How the output is shown, as the link says it: `show=network(discrete,rings,notest)`.

/// A word in the link, what it is called, and what it is about.
type Word = (&'static str, &'static str, fn(&mut Options) -> &mut bool);

/// What can be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether the examples that test are shown.
    pub test: bool,
    /// Whether the plane has a few flat colours.
    pub discrete: bool,
    /// Whether examples that are taken for another class have a ring.
    pub rings: bool,
}

/// All of them. The first takes away what is there without it.
pub const WORDS: [Word; 3] = [
    ("notest", "test points", |o| &mut o.test),
    ("discrete", "discrete", |o| &mut o.discrete),
    ("rings", "mistakes", |o| &mut o.rings),
];

impl Default for Options {
    fn default() -> Self {
        Self { test: true, discrete: false, rings: false }
    }
}

impl Options {
    /// What the link says.
    pub fn read(show: &str) -> Self {
        let mut options = Self::default();
        let inside = show.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        for word in inside.split(['/', ',', ';']) {
            if let Some((_, _, at)) = WORDS.iter().find(|(known, ..)| *known == word) {
                *at(&mut options) = word != "notest";
            }
        }
        options
    }

    /// In words of the link.
    pub fn write(mut self) -> String {
        let mut usual = Self::default();
        let moved =
            WORDS.iter().filter(|(_, _, at)| *at(&mut self) != *at(&mut usual)).map(|(word, ..)| *word);
        let words = moved.collect::<Vec<_>>().join(",");
        if words.is_empty() { "network".to_owned() } else { format!("network({words})") }
    }
}
