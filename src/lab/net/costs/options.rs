//! Which loss is to be reached, as the link says it: `show=cost(test;0.05)`.

use crate::math::decimal;
use crate::param::number;

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Whether it is the loss on the test examples.
    pub test: bool,
    /// The loss.
    pub loss: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { test: false, loss: 0.1 }
    }
}

/// The loss that is written; none where that is none.
pub fn loss(text: &str) -> Option<f64> {
    decimal::parse(text.trim()).filter(|loss| (1e-12..=1e12).contains(loss))
}

impl Options {
    /// What the link says.
    pub fn read(show: &str) -> Self {
        let mut options = Self::default();
        let inside = show.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        for word in inside.split(';') {
            if word == "test" {
                options.test = true;
            } else if let Some(loss) = loss(word) {
                options.loss = loss;
            }
        }
        options
    }

    /// In words of the link.
    pub fn write(self) -> String {
        let mut words = Vec::new();
        if self.test {
            words.push("test".to_owned());
        }
        if self.loss != Self::default().loss {
            words.push(number(self.loss));
        }
        if words.is_empty() { "cost".to_owned() } else { format!("cost({})", words.join(";")) }
    }
}
