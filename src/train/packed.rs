//! What has become known of a run, as a row of numbers on its way from a worker.

use super::record::{LayerScores, Record, Scores};
use crate::run::packed::{read_status, write_status};

/// Numbers of a row.
const ROW: usize = 6;
/// Numbers of a layer's scores.
const LAYER: usize = 6;

#[expect(clippy::cast_precision_loss, reason = "counts of rows and numbers")]
const fn whole(n: usize) -> f64 {
    n as f64
}

/// The number as a count, if it is one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what was cut off is found by comparing"
)]
fn count(value: f64) -> Option<usize> {
    let n = value as u32;
    (f64::from(n) == value).then_some(n as usize)
}

/// Everything in `record` that one with so many rows, scores and kept parameters lacks.
#[must_use]
pub fn pack_news(record: &Record, rows: usize, scores: usize, weights: usize) -> Vec<f64> {
    let mut packed = vec![
        whole(record.dim),
        f64::from(record.steps),
        f64::from(record.every),
        f64::from(record.stride),
        whole(rows),
        whole(record.len() - rows.min(record.len())),
        whole(scores),
        whole(record.scores.len() - scores.min(record.scores.len())),
        whole(weights),
        whole(record.weights.len() - weights.min(record.weights.len())),
    ];
    packed.extend(write_status(record.status));
    packed.push(whole(record.blame.chars().count()));
    packed.extend(record.blame.chars().map(|c| f64::from(u32::from(c))));
    for row in rows..record.len() {
        packed.extend([record.batch_loss[row], record.grad_norm[row], record.lr[row]]);
        packed.extend([
            f64::from(record.evaluations[row]),
            f64::from(record.hessians[row]),
            record.examples[row],
        ]);
    }
    for scores in record.scores.get(scores..).unwrap_or_default() {
        write_scores(scores, &mut packed);
    }
    packed.extend_from_slice(record.weights.get(weights..).unwrap_or_default());
    packed
}

fn write_scores(scores: &Scores, packed: &mut Vec<f64>) {
    let share = |a: Option<f64>| a.unwrap_or(-1.0);
    packed.extend([f64::from(scores.step), scores.train_loss, scores.test_loss]);
    packed.extend([share(scores.train_accuracy), share(scores.test_accuracy)]);
    packed.extend([whole(scores.layers.len()), whole(scores.workers.len())]);
    for l in &scores.layers {
        packed.extend([l.grad_norm, l.weight_norm, l.mean, l.std, l.dead, l.saturated]);
    }
    packed.extend_from_slice(&scores.workers);
}

/// A row of numbers that is read from its front.
struct Numbers<'a>(&'a [f64]);

impl<'a> Numbers<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [f64]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }
    fn one(&mut self) -> Option<f64> {
        self.take(1).map(|v| v[0])
    }
    fn count(&mut self) -> Option<usize> {
        count(self.one()?)
    }
    fn step(&mut self) -> Option<u32> {
        u32::try_from(self.count()?).ok()
    }
}

/// Adds what is in such a row to the record; tells whether it fitted. One that does not changes nothing.
pub fn take_news(record: &mut Record, packed: &[f64]) -> bool {
    let mut new = record.clone_head();
    if read(&mut new, record, packed).is_none() {
        return false;
    }
    record.append(new);
    true
}

fn read(new: &mut Record, old: &Record, packed: &[f64]) -> Option<()> {
    let mut numbers = Numbers(packed);
    new.dim = numbers.count()?;
    (new.steps, new.every, new.stride) = (numbers.step()?, numbers.step()?, numbers.step()?);
    let rows = (numbers.count()?, numbers.count()?);
    let scores = (numbers.count()?, numbers.count()?);
    let weights = (numbers.count()?, numbers.count()?);
    if rows.0 != old.len() || scores.0 != old.scores.len() || weights.0 != old.weights.len() {
        return None;
    }
    new.status = read_status(*numbers.take(3)?.first_chunk()?)?;
    let letters = numbers.count()?;
    let letter = |v: &f64| char::from_u32(u32::try_from(count(*v)?).ok()?);
    new.blame = numbers.take(letters)?.iter().map(letter).collect::<Option<String>>()?;
    for row in numbers.take(rows.1.checked_mul(ROW)?)?.chunks_exact(ROW) {
        new.batch_loss.push(row[0]);
        new.grad_norm.push(row[1]);
        new.lr.push(row[2]);
        new.evaluations.push(u32::try_from(count(row[3])?).ok()?);
        new.hessians.push(u32::try_from(count(row[4])?).ok()?);
        new.examples.push(row[5]);
    }
    for _ in 0..scores.1 {
        new.scores.push(read_scores(&mut numbers)?);
    }
    new.weights.extend_from_slice(numbers.take(weights.1)?);
    numbers.0.is_empty().then_some(())
}

fn read_scores(numbers: &mut Numbers<'_>) -> Option<Scores> {
    let share = |v: f64| (v >= 0.0).then_some(v);
    let step = numbers.step()?;
    let [train_loss, test_loss, train, test] = *numbers.take(4)?.first_chunk()?;
    let (layers, workers) = (numbers.count()?, numbers.count()?);
    let layers = numbers.take(layers.checked_mul(LAYER)?)?.chunks_exact(LAYER).map(|l| LayerScores {
        grad_norm: l[0],
        weight_norm: l[1],
        mean: l[2],
        std: l[3],
        dead: l[4],
        saturated: l[5],
    });
    Some(Scores {
        step,
        train_loss,
        test_loss,
        train_accuracy: share(train),
        test_accuracy: share(test),
        layers: layers.collect(),
        workers: numbers.take(workers)?.to_vec(),
    })
}

impl Record {
    /// One that knows nothing yet.
    fn clone_head(&self) -> Self {
        Self { dim: self.dim, ..Self::default() }
    }

    /// Adds what another knows besides.
    fn append(&mut self, mut new: Self) {
        (self.dim, self.steps, self.every, self.stride) = (new.dim, new.steps, new.every, new.stride);
        (self.status, self.blame) = (new.status, new.blame);
        self.batch_loss.append(&mut new.batch_loss);
        self.grad_norm.append(&mut new.grad_norm);
        self.lr.append(&mut new.lr);
        self.evaluations.append(&mut new.evaluations);
        self.hessians.append(&mut new.hessians);
        self.examples.append(&mut new.examples);
        self.scores.append(&mut new.scores);
        self.weights.append(&mut new.weights);
    }
}
