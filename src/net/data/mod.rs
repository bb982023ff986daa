//! Data sets: points of the square with a class or a number each.
//!
//! A generator is a pure function of its [`DataSpec`]. The draws of a point depend on the seed and on the point's number
//! alone, so that another count keeps the points that both have, and noise moves points without drawing new ones. Classes
//! take turns: they differ by one point at most.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list, where it stands in the menu.

pub mod csv;
mod draw;
pub mod points;
mod split;

use super::{DataSpec, MOST_POINTS, SEED, Task};
use crate::later::registry;
use crate::param::ParamSpec;

registry! {
    /// Every source of data.
    Generator {
        core:;
        later: circle, xor, gauss, spiral, moons, checkerboard, plane, bumps, sine, formula, own;
    }
}

/// What a generator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Makes {
    /// Points of so many classes: the fewest and the most.
    Classes(usize, usize),
    /// Points with a number each.
    Numbers,
    /// Whatever it was given.
    Given,
}

/// A source of data: what the page, links and tables need to know of it.
pub struct Generator {
    /// The word in links.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// One sentence: what it is and what it teaches.
    pub sentence: &'static str,
    /// What it makes.
    pub makes: Makes,
    /// Makes the points, all of them, in order.
    pub make: fn(&DataSpec) -> Result<Vec<[f64; 3]>, String>,
}

impl Generator {
    /// Whether the number of classes can be chosen.
    #[must_use]
    pub const fn chooses_classes(&self) -> bool {
        matches!(self.makes, Makes::Classes(fewest, most) if fewest < most)
    }

    /// What can be set of it, in the order of links.
    #[must_use]
    pub fn settings(&self) -> &'static [ParamSpec] {
        const ALL: &[ParamSpec] =
            &[DataSpec::COUNT, DataSpec::NOISE, DataSpec::SPLIT, SEED, DataSpec::CLASSES];
        const FIXED: &[ParamSpec] = &[DataSpec::COUNT, DataSpec::NOISE, DataSpec::SPLIT, SEED];
        const GIVEN: &[ParamSpec] = &[DataSpec::SPLIT, SEED];
        match self.makes {
            Makes::Given => GIVEN,
            Makes::Classes(fewest, most) if fewest < most => ALL,
            _ => FIXED,
        }
    }

    /// What the labels are with these settings.
    #[must_use]
    pub fn task(&self, spec: &DataSpec) -> Task {
        match self.makes {
            Makes::Classes(fewest, most) => Task::Classes(spec.classes.clamp(fewest, most)),
            Makes::Numbers => Task::Regression,
            Makes::Given if spec.regression => Task::Regression,
            Makes::Given => Task::Classes(points::classes(&spec.points)),
        }
    }
}

/// Points to train on and points to test on.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Those to train on: x, y and label of each. Classes are numbered from 0.
    pub train: Vec<[f64; 3]>,
    /// Those to test on.
    pub test: Vec<[f64; 3]>,
    /// What the labels are.
    pub task: Task,
}

/// What the labels are, whether or not the data can be made.
#[must_use]
pub fn task(spec: &DataSpec) -> Task {
    find(&spec.source).map_or(Task::Classes(2), |generator| generator.task(spec))
}

/// Makes the data.
///
/// # Errors
/// What is wrong with the settings, the formula or the points, and what would do.
pub fn make(spec: &DataSpec) -> Result<Data, String> {
    let Some(generator) = find(&spec.source) else {
        let known: Vec<_> = all().iter().map(|g| g.key).collect();
        return Err(format!("{} is not one of {}", crate::param::shorten(&spec.source), known.join(", ")));
    };
    if generator.makes != Makes::Given {
        let (most, count) = (MOST_POINTS, spec.count);
        if !(2..=most).contains(&count) {
            return Err(format!("{count} points are not from 2 to {most}"));
        }
        DataSpec::NOISE.check(spec.noise).map_err(|e| e.to_string())?;
    }
    DataSpec::SPLIT.check(spec.split).map_err(|e| e.to_string())?;
    let points = (generator.make)(spec)?;
    let task = generator.task(spec);
    let (train, test) = split::split(&points, task, spec.split, spec.seed);
    Ok(Data { train, test, task })
}

/// How many classes this generator makes.
fn classes(spec: &DataSpec, generator: &Generator) -> usize {
    match generator.task(spec) {
        Task::Classes(classes) => classes,
        Task::Regression => 1,
    }
}

/// A small whole number as a real one.
#[expect(clippy::cast_precision_loss, reason = "classes and points are few")]
const fn real(i: usize) -> f64 {
    i as f64
}
