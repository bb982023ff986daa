//! What the page's chart shows of runs on networks.

use super::with;
use crate::link::Link;
use crate::run::packed::Column;
use crate::scene::Quantity;
use crate::scene::figure::training;

/// The columns of all runs of a link; none where it is not about a network.
pub fn columns(link: &Link, quantity: Quantity) -> Option<Vec<Column>> {
    link.config.network.as_ref()?;
    let runs = 0..link.config.runs.len();
    Some(runs.filter_map(|i| with(link, i)?.record(|record| Some(training(record, quantity)))).collect())
}
