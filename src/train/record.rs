//! What is known of a training run.

use crate::run::{Status, Trace};

/// What is measured of a layer at some steps.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayerScores {
    /// The length of the gradient of its weights and biases, over all training examples.
    pub grad_norm: f64,
    /// The length of its weights and biases.
    pub weight_norm: f64,
    /// The mean of its activations over all training examples.
    pub mean: f64,
    /// Their standard deviation.
    pub std: f64,
    /// The share of units that say the same for every example.
    pub dead: f64,
    /// The share of activations at the flat ends of sigmoid and tanh.
    pub saturated: f64,
}

/// What is measured at some steps, over all examples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// The step.
    pub step: u32,
    /// The loss on the training examples.
    pub train_loss: f64,
    /// The loss on the test examples.
    pub test_loss: f64,
    /// The share of training examples that are classified right; none in regression.
    pub train_accuracy: Option<f64>,
    /// That of test examples.
    pub test_accuracy: Option<f64>,
    /// The layers, hidden ones first, the output last.
    pub layers: Vec<LayerScores>,
    /// The parameters of all workers or clients, one after the other; empty where there are none.
    pub workers: Vec<f64>,
}

/// All that is known of a run so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The number of parameters.
    pub dim: usize,
    /// The number of steps it is to take.
    pub steps: u32,
    /// Scores are taken every so many steps, and at the end.
    pub every: u32,
    /// Parameters are kept every so many steps.
    pub stride: u32,
    /// The loss of the mini-batch, for the step that leaves each row; in the last row that of all training examples.
    pub batch_loss: Vec<f64>,
    /// The length of the gradient of that batch, before any modifier.
    pub grad_norm: Vec<f64>,
    /// The learning rate, after the schedule, of the step that leaves each row.
    pub lr: Vec<f64>,
    /// Values and gradients asked for until each row.
    pub evaluations: Vec<u32>,
    /// Hessians likewise.
    pub hessians: Vec<u32>,
    /// Examples gone through until each row.
    pub examples: Vec<f64>,
    /// What was measured, by step.
    pub scores: Vec<Scores>,
    /// The parameters at every `stride`-th row, one after the other.
    pub weights: Vec<f64>,
    /// How it ended; `Waiting` while it is under way.
    pub status: Status,
    /// Where it diverged: the layer whose numbers left the finite range first, in words.
    pub blame: String,
}

impl Record {
    /// The number of rows that are known; row 0 is the start.
    #[must_use]
    pub fn len(&self) -> usize {
        self.batch_loss.len()
    }

    /// Whether nothing is known yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.batch_loss.is_empty()
    }

    /// Whether it is still under way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == Status::Waiting
    }

    /// The last row that is known.
    #[must_use]
    pub fn last(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// The last scores that were taken at this step or before.
    #[must_use]
    pub fn scores_at(&self, step: u32) -> Option<&Scores> {
        let after = self.scores.partition_point(|s| s.step <= step);
        self.scores.get(after.checked_sub(1)?)
    }

    /// The kept parameters nearest before this step, and the step they are of.
    #[must_use]
    pub fn weights_before(&self, step: u32) -> Option<(u32, &[f64])> {
        let rows = self.weights.len().checked_div(self.dim)?;
        let row = (step / self.stride.max(1)).min(u32::try_from(rows).ok()?.checked_sub(1)?);
        let from = row as usize * self.dim;
        Some((row * self.stride.max(1), self.weights.get(from..from + self.dim)?))
    }

    /// A fingerprint of every bit of what was recorded (FNV-1a, 64 bits): equal for equal runs, on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let scores = self.scores.iter().flat_map(|s| {
            let shares = [s.train_accuracy, s.test_accuracy].map(|a| a.unwrap_or(-1.0));
            let layers = s.layers.iter().flat_map(|l| [l.grad_norm, l.weight_norm, l.mean, l.std]);
            [s.train_loss, s.test_loss].into_iter().chain(shares).chain(layers)
        });
        let columns = [&self.weights, &self.batch_loss, &self.grad_norm, &self.lr];
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for v in columns.into_iter().flatten().copied().chain(scores) {
            for byte in v.to_bits().to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }

    /// As a trace for the controls of the page, which know no network: the loss is the last training loss that was measured,
    /// and there are no points.
    #[must_use]
    pub fn trace(&self) -> Trace {
        let mut scores = self.scores.iter().peekable();
        let mut loss = f64::NAN;
        let losses = (0..self.len()).map(|row| {
            while let Some(next) = scores.next_if(|s| s.step as usize <= row) {
                loss = next.train_loss;
            }
            loss
        });
        Trace {
            dim: 0,
            x: Vec::new(),
            loss: losses.collect(),
            grad_norm: self.grad_norm.clone(),
            lr: self.lr.clone(),
            evaluations: self.evaluations.clone(),
            hessians: self.hessians.clone(),
            status: self.status,
        }
    }
}
