//! What is shown, before it is elements.

use super::super::panels::Shown;
use super::super::runs;
use crate::matrix::{MatrixObjective, view};
use crate::run::{Status, Trace};
use crate::scene::matrix::{Axis, Curves, largest, rows};
use crate::scene::run_style;
use crate::session::Config;

/// Rows of a run that curves go through at most: each costs the singular values of a matrix.
const MOST_ROWS: usize = 241;

/// One run.
pub struct Run {
    /// Its number and the name of its optimizer.
    pub name: String,
    /// Its marker.
    pub glyph: &'static str,
    /// Singular values over the steps.
    pub singular: Curves,
    /// The loss of each item, where there are items.
    pub items: Option<Curves>,
    diverged: bool,
}

/// All of it.
pub struct Model {
    /// The problem, for what is asked at the cursor.
    pub problem: MatrixObjective,
    /// The runs.
    pub runs: Vec<Run>,
    /// Which of them is shown large.
    pub focus: usize,
    /// Whether singular values are those of the steps.
    pub of_steps: bool,
    /// How many steps the runs take.
    pub horizon: u32,
    /// Where singular values stand.
    pub axis: Axis,
    /// Where losses of items stand.
    pub items_axis: Axis,
    /// The size at which the shades end.
    pub largest: f64,
    /// Where the runs are to go, if that is known.
    pub solution: Option<Vec<f64>>,
}

impl Model {
    /// What there is to show of the runs.
    pub fn of(problem: &MatrixObjective, config: &Config, shown: &Shown<'_>, of_steps: bool) -> Self {
        let solution = problem.solution();
        let mut ends = Vec::new();
        let mut all = Vec::new();
        for (i, run) in config.runs.iter().enumerate() {
            let name = format!("Run {}, {}", i + 1, run.settings.optimizer.name);
            let seen = runs::with(shown.link, i, |_, trace| {
                let found = Run { name, ..look(problem, i, trace, of_steps) };
                if !found.diverged {
                    ends.extend_from_slice(trace.point(trace.last()).unwrap_or_default());
                }
                found
            });
            all.extend(seen);
        }
        let scale = solution.as_ref().unwrap_or(&ends);
        let singular = fair(&all, |run| Some(&run.singular));
        Self {
            problem: problem.clone(),
            focus: shown.run.min(all.len().saturating_sub(1)),
            of_steps,
            horizon: config.steps,
            axis: if of_steps { Axis::log(singular.iter()) } else { Axis::linear(singular.iter()) },
            items_axis: Axis::log(fair(&all, |run| run.items.as_ref()).iter()),
            largest: largest(scale.iter()),
            solution,
            runs: all,
        }
    }
}

fn look(problem: &MatrixObjective, i: usize, trace: &Trace, of_steps: bool) -> Run {
    let side = problem.side();
    let rows = rows(trace.len(), MOST_ROWS);
    let items = view::item_losses(problem, &trace.x, &rows);
    Run {
        name: String::new(),
        glyph: run_style(i).marker.glyph(),
        singular: Curves::new(rows.clone(), singular(&trace.x, side, &rows, of_steps), side),
        items: items.map(|values| Curves::new(rows, values, side)),
        diverged: matches!(trace.status, Status::Diverged { .. }),
    }
}

/// The singular values of W, or of the steps, at these rows.
pub fn singular(path: &[f64], side: usize, rows: &[usize], of_steps: bool) -> Vec<f64> {
    if of_steps {
        view::step_singular_values(path, side, rows)
    } else {
        view::singular_values(path, side, rows)
    }
}

/// The values of all runs that did not diverge, for an axis on which those can be told apart; of all where each did.
fn fair(runs: &[Run], of: fn(&Run) -> Option<&Curves>) -> Vec<f64> {
    let values = |keep: fn(&Run) -> bool| -> Vec<f64> {
        runs.iter().filter(|r| keep(r)).filter_map(of).flat_map(|c| c.values().iter().copied()).collect()
    };
    let stayed = values(|r| !r.diverged);
    if stayed.is_empty() { values(|_| true) } else { stayed }
}
