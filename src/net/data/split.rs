//! Which points train and which test.

use super::draw::Draw;
use super::real;
use crate::net::Task;

/// Splits the points, class by class, so that each class has its share in both parts; the order of points is kept.
///
/// Each point draws a number once, and those with the smallest of their class train: a larger share only adds points to
/// train on. Neither part is empty where there are two points.
pub fn split(points: &[[f64; 3]], task: Task, share: f64, seed: u64) -> (Vec<[f64; 3]>, Vec<[f64; 3]>) {
    let classes = if let Task::Classes(classes) = task { classes } else { 1 };
    let class =
        |i: usize| if classes > 1 { crate::param::as_index(points[i][2]).min(classes - 1) } else { 0 };
    let mut queues = vec![Vec::new(); classes];
    for i in 0..points.len() {
        queues[class(i)].push((Draw::Part.uniform(seed, i), i));
    }
    let mut trains = vec![false; points.len()];
    // With each point how far past its class's share it stands, to fill a part that would be empty.
    let (mut last_in, mut first_out) = (None, None);
    for queue in &mut queues {
        queue.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let many = crate::param::as_index((real(queue.len()) * share).round());
        for (rank, (_, i)) in queue.iter().enumerate() {
            trains[*i] = rank < many;
            if rank < many {
                last_in = Some(*i);
            } else {
                first_out = first_out.or(Some(*i));
            }
        }
    }
    if let (None, Some(i)) = (last_in, first_out) {
        trains[i] = true;
    } else if let (Some(i), None) = (last_in, first_out) {
        trains[i] = false;
    }
    let part =
        |wanted: bool| points.iter().zip(&trains).filter(|(_, t)| **t == wanted).map(|(p, _)| *p).collect();
    (part(true), part(false))
}
