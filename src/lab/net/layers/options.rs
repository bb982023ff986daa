//! What of the layers is shown, as the link says it: `show=layers(weights;layer-2;steps)`.

use crate::train::LayerScores;

/// What is drawn over the steps.
pub struct Quantity {
    /// The word in links.
    pub key: &'static str,
    /// On its button.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Of a layer.
    pub of: fn(&LayerScores) -> f64,
    /// Whether its axis is logarithmic.
    pub log: bool,
}

/// All, in the order of the buttons.
pub const QUANTITIES: [Quantity; 6] = [
    Quantity {
        key: "gradient",
        name: "gradient",
        what: "Length of the gradient of a layer's weights and biases, on all training examples",
        of: |l| l.grad_norm,
        log: true,
    },
    Quantity {
        key: "weights",
        name: "weights",
        what: "Length of a layer's weights and biases",
        of: |l| l.weight_norm,
        log: true,
    },
    Quantity {
        key: "mean",
        name: "mean",
        what: "Mean of what a layer's units give, over all training examples",
        of: |l| l.mean,
        log: false,
    },
    Quantity {
        key: "spread",
        name: "spread",
        what: "Standard deviation of what a layer's units give, over all training examples",
        of: |l| l.std,
        log: true,
    },
    Quantity {
        key: "dead",
        name: "dead",
        what: "Share of a layer's units that give the same for every training example",
        of: |l| l.dead,
        log: false,
    },
    Quantity {
        key: "saturated",
        name: "saturated",
        what: "Share of what a layer's units give that is at a flat end of sigmoid or tanh",
        of: |l| l.saturated,
        log: false,
    },
];

/// What is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What is drawn over the steps, by its place.
    pub quantity: usize,
    /// Of which layer singular values are shown.
    pub layer: usize,
    /// Whether they are those of the steps.
    pub of_steps: bool,
}

impl Options {
    /// What the link says.
    pub fn read(show: &str) -> Self {
        let mut options = Self::default();
        let inside = show.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        for word in inside.split(';') {
            if let Some(quantity) = QUANTITIES.iter().position(|q| q.key == word) {
                options.quantity = quantity;
            } else if let Some(layer) = word.strip_prefix("layer-").and_then(|n| n.parse::<usize>().ok()) {
                options.layer = layer.saturating_sub(1);
            } else if word == "steps" {
                options.of_steps = true;
            }
        }
        options
    }

    /// In words of the link.
    pub fn write(self) -> String {
        let mut words = Vec::new();
        if self.quantity > 0 {
            words.push(QUANTITIES[self.quantity.min(QUANTITIES.len() - 1)].key.to_owned());
        }
        if self.layer > 0 {
            words.push(format!("layer-{}", self.layer + 1));
        }
        if self.of_steps {
            words.push("steps".to_owned());
        }
        if words.is_empty() { "layers".to_owned() } else { format!("layers({})", words.join(";")) }
    }
}
