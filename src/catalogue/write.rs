//! Writing the catalogue.

use super::{BREAK, CHOICE, END, SCALES};
use crate::param::{ParamSpec, Scale, number};
use crate::{matrix, modifier, optim, schedule, surface};

/// Everything that this program carries.
#[must_use]
pub fn write() -> String {
    let mut words = Words::default();
    words.list(optim::ALL, |w, s| {
        w.texts(&[s.key, s.name]);
        w.index(&optim::Group::ALL, &s.group);
        w.params(s.params);
    });
    words.list(surface::ALL, |w, s| {
        w.texts(&[s.key, s.name, s.text]);
        w.index(&surface::Group::ALL, &s.group);
        w.params(s.params);
        let surface::View { x, y } = s.view;
        w.numbers(&[x.0, x.1, y.0, y.1, s.start[0], s.start[1]]);
        w.flag(s.levels == surface::Levels::Log);
        w.flag(s.unbounded);
    });
    words.list(matrix::ALL, |w, s| {
        w.texts(&[s.key, s.name, s.text]);
        w.params(s.params);
        w.numbers(&[s.region]);
    });
    words.list(schedule::ALL, |w, s| {
        w.texts(&[s.key, s.name]);
        w.params(s.params);
        w.list(s.list.as_slice(), |w, l| {
            w.texts(&[l.key]);
            w.list(l.default, |w, v| w.numbers(&[*v]));
            w.numbers(&[l.range.0, l.range.1]);
            w.count(l.count.0);
            w.count(l.count.1);
            w.flag(l.rising);
        });
    });
    words.list(modifier::ALL, |w, s| {
        w.texts(&[s.key, s.name]);
        w.params(s.params);
    });
    words.0.push_str(END);
    words.0
}

#[derive(Default)]
struct Words(String);

impl Words {
    fn texts(&mut self, texts: &[&str]) {
        for text in texts {
            self.0.push_str(text);
            self.0.push(BREAK);
        }
    }

    fn numbers(&mut self, values: &[f64]) {
        for value in values {
            self.texts(&[&number(*value)]);
        }
    }

    fn count(&mut self, n: usize) {
        self.texts(&[&n.to_string()]);
    }

    fn flag(&mut self, on: bool) {
        self.count(usize::from(on));
    }

    fn index<T: PartialEq>(&mut self, all: &[T], one: &T) {
        self.count(all.iter().position(|t| t == one).unwrap_or(0));
    }

    fn list<T>(&mut self, all: &[T], one: impl Fn(&mut Self, &T)) {
        self.count(all.len());
        for t in all {
            one(self, t);
        }
    }

    fn params(&mut self, specs: &[ParamSpec]) {
        self.list(specs, |w, p| {
            w.texts(&[p.key, p.symbol, p.name]);
            w.numbers(&[p.default, p.min, p.max, p.slider.0, p.slider.1]);
            if let Scale::Choice(choices) = p.scale {
                w.count(CHOICE);
                w.list(choices, |w, choice| w.texts(&[choice]));
            } else {
                w.index(&SCALES, &p.scale);
            }
        });
    }
}
