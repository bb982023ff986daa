//! Networks and their data in the words of links.
//!
//! ```text
//! network=8-8(activation=relu;norm=batch/none;features=x/y/xy;loss=huber;delta=0.5;init=he_normal;scale=2;seed=3)
//! data=spiral(n=300;noise=0.2;split=0.7;seed=1;classes=3)
//! data=formula(noise=0)&formula=sin(x)*y
//! data=own(split=0.8)&points=c…
//! ```
//!
//! - `network` begins with the units of its hidden layers, `0` for none. `activation` and `norm` are one word for all layers,
//!   or one a layer with `/` between them; `features` is a list. A loss that is not written is the usual one for the data
//!   ([`Loss::usual`]). What `Shape` says no to, such as a loss that does not fit the data, is read as it stands.
//! - `data` is a source with its settings; `formula` (percent-encoded) and `points` ([`points`]) go with the
//!   sources `formula` and `own`, and where there is no `data` they say which it is.
//!
//! Words and settings stand in any order; of two with one name the last counts. Defaults are not written, but `network` and
//! `data` always are. Reading never fails: what is unknown or out of range is left at its default and told.

mod network;
mod source;

use super::data::points;
use super::{DataSpec, Loss, NetSpec, Task, data};
use crate::grammar;
use crate::param::shorten;

/// The words.
pub const WORDS: [&str; 4] = ["network", "data", "formula", "points"];
/// The longest text that is looked at.
const MAX_LENGTH: usize = 100_000;
/// The most settings of one word: more are nonsense, and take time.
const MAX_SETTINGS: usize = 40;
/// The longest formula, in characters.
pub use crate::expr::LONGEST as MAX_FORMULA;
/// The most notices that are given.
const MAX_NOTICES: usize = 20;

/// A place in the text and what is wrong there.
pub type Notice = (String, String);

/// Puts settings together from words that were taken apart and decoded elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Words {
    values: [Option<String>; WORDS.len()],
}

impl Words {
    /// Takes a word, if it is one of these.
    pub fn word(&mut self, key: &str, value: &str) -> bool {
        let place = WORDS.iter().position(|w| *w == key);
        if let Some(place) = place {
            self.values[place] = Some(value.to_owned());
        }
        place.is_some()
    }

    /// Whether there was any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    /// What they say, and what they say wrongly.
    #[must_use]
    pub fn finish(self) -> (NetSpec, DataSpec, Vec<Notice>) {
        let mut notices = Notices(Vec::new());
        let [network, from, formula, list] = self.values;
        let data = source::read(from.as_deref(), formula.as_deref(), list.as_deref(), &mut notices);
        let net = network::read(network.as_deref(), data::task(&data), &mut notices);
        (net, data, notices.0)
    }
}

/// What is told of a text, up to a number.
struct Notices(Vec<Notice>);

impl Notices {
    fn add(&mut self, place: &str, message: impl Into<String>) {
        if self.0.len() < MAX_NOTICES {
            self.0.push((shorten(place), message.into()));
        }
    }

    /// The settings within the parentheses of a word.
    fn settings(&mut self, place: &str, inside: &str) -> Vec<String> {
        let mut parts = grammar::split(inside, &[';', ',']);
        if parts.len() > MAX_SETTINGS {
            self.add(place, format!("of {} settings only the first {MAX_SETTINGS} were read", parts.len()));
            parts.truncate(MAX_SETTINGS);
        }
        parts
    }
}

/// Reads words joined with `&`.
#[must_use]
pub fn read(words: &str) -> (NetSpec, DataSpec, Vec<Notice>) {
    let mut notices = Notices(Vec::new());
    let mut known = Words::default();
    if words.len() > MAX_LENGTH {
        notices.add("link", format!("longer than {MAX_LENGTH} characters, so nothing of it was read"));
    } else {
        for word in words.split('&').filter(|w| !w.is_empty()) {
            let (key, value) = grammar::pair(word);
            let key = grammar::decode(key);
            if !known.word(&key, &grammar::decode(value)) {
                notices.add(&key, format!("not one of {}; left out", WORDS.join(", ")));
            }
        }
    }
    let (net, data, more) = known.finish();
    for (place, message) in more {
        notices.add(&place, message);
    }
    (net, data, notices.0)
}

/// Writes them as words joined with `&`.
#[must_use]
pub fn write(net: &NetSpec, data: &DataSpec) -> String {
    let mut words = vec![format!("network={}", network::write(net, data::task(data)))];
    words.push(format!("data={}", source::write(data)));
    if data.source == "formula" && !data.formula.is_empty() {
        words.push(format!("formula={}", grammar::encode(&data.formula)));
    }
    if data.source == "own" && (data.regression || !data.points.is_empty()) {
        words.push(format!("points={}", points::encode(&data.points, data.regression)));
    }
    words.join("&")
}

/// `name(a=1;b=2)`, or the name alone.
fn call(name: &str, inside: &[String]) -> String {
    if inside.is_empty() { name.to_owned() } else { format!("{name}({})", inside.join(";")) }
}

impl Loss {
    /// The one to take for such labels where nothing is said.
    #[must_use]
    pub const fn usual(task: Task) -> Self {
        match task {
            Task::Classes(2) => Self::Logistic,
            Task::Classes(_) => Self::CrossEntropy,
            Task::Regression => Self::Squared,
        }
    }
}
