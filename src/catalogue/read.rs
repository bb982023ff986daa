//! Reading the catalogue. Both programs are of one build, so what one writes the other can read; what is something else
//! altogether is not taken.

use super::{BREAK, END, SCALES};
use crate::math::decimal;
use crate::matrix::{self, MatrixSpec};
use crate::modifier::{self, ModifierSpec};
use crate::optim::{self, Needs, OptimizerSpec};
use crate::param::{ParamSpec, Scale, as_index};
use crate::schedule::{self, ListSpec, ScheduleSpec};
use crate::surface::{self, Levels, SurfaceSpec, View};

/// Everything that is registered, as a catalogue has it.
pub struct Catalogue {
    /// Optimizers.
    pub optimizers: Vec<OptimizerSpec>,
    /// Surfaces.
    pub surfaces: Vec<SurfaceSpec>,
    /// Matrix problems.
    pub problems: Vec<MatrixSpec>,
    /// Schedules.
    pub schedules: Vec<ScheduleSpec>,
    /// Modifiers.
    pub modifiers: Vec<ModifierSpec>,
}

/// Takes over a catalogue, once. Tells whether it was one.
pub fn take(text: String) -> bool {
    let catalogue = Catalogue::read(text);
    let is_one = catalogue.is_some();
    if let Some(Catalogue { optimizers, surfaces, problems, schedules, modifiers }) = catalogue {
        optim::REGISTRY.complete(optimizers);
        surface::REGISTRY.complete(surfaces);
        matrix::REGISTRY.complete(problems);
        schedule::REGISTRY.complete(schedules);
        modifier::REGISTRY.complete(modifiers);
    }
    is_one
}

impl Catalogue {
    /// Reads one. It is kept as long as the program runs, since descriptions are.
    #[must_use]
    pub fn read(text: String) -> Option<Self> {
        let mut words = Words(String::leak(text).split(BREAK));
        let catalogue = Self {
            optimizers: words.list(optimizer),
            surfaces: words.list(surface),
            problems: words.list(problem),
            schedules: words.list(schedule),
            modifiers: words.list(modifier),
        };
        (words.text() == END).then_some(catalogue)
    }
}

/// The words that are left. Where there are none left, texts are empty and numbers 0.
struct Words(std::str::Split<'static, char>);

impl Words {
    #[inline(never)]
    fn text(&mut self) -> &'static str {
        self.0.next().unwrap_or_default()
    }

    #[inline(never)]
    fn number(&mut self) -> f64 {
        decimal::parse(self.text()).unwrap_or(0.0)
    }

    fn pair(&mut self) -> (f64, f64) {
        (self.number(), self.number())
    }

    fn count(&mut self) -> usize {
        as_index(self.number())
    }

    fn flag(&mut self) -> bool {
        self.count() != 0
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.count().min(all.len() - 1)]
    }

    fn list<T>(&mut self, one: fn(&mut Self) -> T) -> Vec<T> {
        (0..self.count()).map(|_| one(self)).collect()
    }

    fn params(&mut self) -> &'static [ParamSpec] {
        self.list(param).leak()
    }
}

fn param(w: &mut Words) -> ParamSpec {
    let (key, symbol, name) = (w.text(), w.text(), w.text());
    let (default, (min, max), slider) = (w.number(), w.pair(), w.pair());
    let scale = match SCALES.get(w.count()) {
        Some(scale) => *scale,
        None => Scale::Choice(w.list(Words::text).leak()),
    };
    ParamSpec { key, symbol, name, help: "", default, min, max, slider, scale }
}

/// What a method needs is asked where it runs.
fn optimizer(w: &mut Words) -> OptimizerSpec {
    OptimizerSpec {
        key: w.text(),
        name: w.text(),
        group: w.one_of(&optim::Group::ALL),
        params: w.params(),
        needs: Needs::Nothing,
        about: None,
        new: None,
    }
}

fn surface(w: &mut Words) -> SurfaceSpec {
    SurfaceSpec {
        key: w.text(),
        name: w.text(),
        text: w.text(),
        group: w.one_of(&surface::Group::ALL),
        params: w.params(),
        view: View { x: w.pair(), y: w.pair() },
        start: w.pair().into(),
        levels: w.one_of(&[Levels::Linear, Levels::Log]),
        unbounded: w.flag(),
        sentence: "",
        minima: None,
        residuals: None,
        formula: None,
    }
}

fn problem(w: &mut Words) -> MatrixSpec {
    MatrixSpec {
        key: w.text(),
        name: w.text(),
        text: w.text(),
        params: w.params(),
        region: w.number(),
        sentence: "",
        functions: None,
    }
}

fn schedule(w: &mut Words) -> ScheduleSpec {
    ScheduleSpec {
        key: w.text(),
        name: w.text(),
        params: w.params(),
        list: w.list(list).pop(),
        sentence: "",
        rule: "",
        factor: None,
        feedback: None,
    }
}

fn list(w: &mut Words) -> ListSpec {
    ListSpec {
        key: w.text(),
        default: w.list(Words::number).leak(),
        range: w.pair(),
        count: (w.count(), w.count()),
        rising: w.flag(),
        help: "",
    }
}

fn modifier(w: &mut Words) -> ModifierSpec {
    ModifierSpec {
        key: w.text(),
        name: w.text(),
        params: w.params(),
        sentence: "",
        rule: "",
        reference: None,
        new: None,
    }
}
