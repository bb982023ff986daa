//! Mini-batches: which examples each draw takes.
//!
//! As PyTorch's `DataLoader` with `shuffle` does, an epoch is a random order of all examples, cut into batches, the last of
//! which may be smaller; then comes another order. The order follows from the seed, the client and the epoch, so runs with the
//! same seed and batch size see the same batches.

use crate::math::{num, rng};

/// Keeps these draws apart from others with the same seed.
const STREAM: u64 = 0x5a3b_0000_0000_0000;

/// The examples of one client, or of a run without clients, and how far it has gone through them.
#[derive(Clone, Debug)]
struct Stream {
    /// All that are its own.
    members: Vec<u32>,
    /// Those in the order of this epoch.
    order: Vec<u32>,
    epoch: u64,
    /// How many of the epoch are used up.
    used: usize,
}

/// Draws batches.
#[derive(Clone, Debug)]
pub struct Sampler {
    seed: u64,
    streams: Vec<Stream>,
    /// The last batch.
    rows: Vec<u32>,
}

/// The numbers from 0 to n in a random order that follows from the seed and the stream (Fisher and Yates).
fn shuffle(rows: &mut [u32], seed: u64, stream: u64) {
    for i in (1..rows.len()).rev() {
        let below = i as u64 + 1;
        // The bias of a remainder is 2⁻⁵⁰ for so few.
        let j = rng::bits(seed, stream, i as u64) % below;
        rows.swap(i, usize::try_from(j).unwrap_or(0));
    }
}

impl Sampler {
    /// A sampler of so many examples, all in one hand.
    #[must_use]
    pub fn new(examples: usize, seed: u64) -> Self {
        let all: Vec<u32> = (0..u32::try_from(examples).unwrap_or(0)).collect();
        Self::of(vec![all], seed)
    }

    /// A sampler of clients, each with its own examples.
    #[must_use]
    pub fn of(clients: Vec<Vec<u32>>, seed: u64) -> Self {
        let stream = |members: Vec<u32>| Stream { order: Vec::new(), members, epoch: 0, used: 0 };
        Self { seed, streams: clients.into_iter().map(stream).collect(), rows: Vec::new() }
    }

    /// Draws the next batch of a client; `size` 0 is everything it has.
    pub fn draw(&mut self, client: usize, size: usize) {
        let count = self.streams.len();
        let Some(stream) = self.streams.get_mut(client % count.max(1)) else {
            return;
        };
        self.rows.clear();
        if size == 0 || size >= stream.members.len() {
            self.rows.extend_from_slice(&stream.members);
            return;
        }
        if stream.used >= stream.order.len() {
            stream.order.clone_from(&stream.members);
            let client = u64::try_from(client).unwrap_or(0);
            shuffle(&mut stream.order, self.seed, STREAM | (client << 32) | stream.epoch);
            stream.epoch += 1;
            stream.used = 0;
        }
        let upto = stream.order.len().min(stream.used + size);
        self.rows.extend_from_slice(&stream.order[stream.used..upto]);
        stream.used = upto;
    }

    /// The last batch.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }
}

/// Deals examples out to clients. A share `skew` of them goes by class, so that a client sees few classes; the others at random.
#[must_use]
pub fn deal(classes: &[u32], clients: usize, skew: f64, seed: u64) -> Vec<Vec<u32>> {
    let n = classes.len();
    let mut rows: Vec<u32> = (0..u32::try_from(n).unwrap_or(0)).collect();
    shuffle(&mut rows, seed, STREAM | 0xffff_ffff);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a few thousand"
    )]
    let by_class = (num::clamp(skew, 0.0, 1.0) * n as f64).round() as usize;
    let (sorted, random) = rows.split_at_mut(by_class);
    sorted.sort_by_key(|row| classes[*row as usize]);
    let mut dealt = vec![Vec::new(); clients.max(1)];
    for (i, row) in sorted.iter().enumerate() {
        dealt[i * clients.max(1) / by_class.max(1)].push(*row);
    }
    for row in random {
        // To whoever has least.
        if let Some(least) = dealt.iter_mut().min_by_key(|c| c.len()) {
            least.push(*row);
        }
    }
    for client in &mut dealt {
        client.sort_unstable();
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_has_every_example_once_and_the_next_another_order() {
        let mut sampler = Sampler::new(10, 3);
        let mut epochs = Vec::new();
        for _ in 0..2 {
            let mut seen = Vec::new();
            for want in [4, 4, 2] {
                sampler.draw(0, 4);
                assert_eq!(sampler.rows().len(), want);
                seen.extend_from_slice(sampler.rows());
            }
            epochs.push(seen.clone());
            seen.sort_unstable();
            assert_eq!(seen, (0..10).collect::<Vec<_>>());
        }
        assert_ne!(epochs[0], epochs[1]);
    }

    #[test]
    fn a_batch_of_everything_is_everything_in_order() {
        let mut sampler = Sampler::new(5, 3);
        for size in [0, 5, 9] {
            sampler.draw(0, size);
            assert_eq!(sampler.rows(), [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn clients_get_all_examples_and_with_full_skew_their_own_classes() {
        let classes: Vec<u32> = (0..40).map(|i| i % 4).collect();
        for skew in [0.0, 0.4, 1.0] {
            let dealt = deal(&classes, 4, skew, 7);
            let mut all: Vec<u32> = dealt.concat();
            all.sort_unstable();
            assert_eq!(all, (0..40).collect::<Vec<_>>(), "{skew}");
            assert!(dealt.iter().all(|c| c.len() == 10), "{skew}");
        }
        for client in deal(&classes, 4, 1.0, 7) {
            let first = classes[client[0] as usize];
            assert!(client.iter().all(|row| classes[*row as usize] == first));
        }
    }
}
