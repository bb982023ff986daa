//! Reading what is minimised: a surface, or a matrix problem in its place.

use super::super::item::{self, list};
use super::super::{stand_in, text};
use super::{Reader, none_of, parse};
use crate::later::said;
use crate::matrix::{self, MatrixObjective};
use crate::network::NetProblem;
use crate::param::{self, shorten};
use crate::session::Config;
use crate::surface::{self, Custom, SurfaceObjective, Transform, custom, transform::PARAMS};

/// Reads a change of a surface, `rotate=30,scale_x=2`, and says what of it is not one.
#[must_use]
pub fn transform(text: &str) -> (Option<Transform>, Vec<String>) {
    let mut values = param::defaults(&PARAMS);
    let mut read = |part: &String| {
        let problem = item::read_param("transform", &PARAMS, None, &mut values, part).err()?;
        Some(problem.strip_prefix("transform, ").map_or_else(|| problem.clone(), str::to_owned))
    };
    let problems = text::split(text, &[';', ',']).iter().filter_map(&mut read).collect();
    (Transform::new(&values), problems)
}

impl Reader {
    pub(super) fn surface(&mut self, value: &str) -> Result<(), String> {
        let (name, inside) = text::call(value);
        self.custom = None;
        let (spec, inside) = match surface::find(name) {
            Some(spec) => (spec, inside),
            None if name == custom::SPEC.key => {
                self.custom = Some((inside.to_owned(), None));
                (&custom::SPEC, "")
            }
            None if self.early => {
                self.wait("surface", name);
                (stand_in::surface(value), "")
            }
            None => {
                return Err(none_of(name, surface::all().iter().map(|s| s.key)));
            }
        };
        let runs = std::mem::take(&mut self.link.config.runs);
        let problem = self.link.config.problem.take();
        let network = self.link.config.network.take();
        self.link.config = Config { problem, network, runs, ..Config::new(spec) };
        for part in text::split(inside, &[';', ',']) {
            // One bad parameter does not take the others with it.
            let values = &mut self.link.config.surface.params;
            if let Err(message) = item::read_params(spec.key, spec.params, values, &part) {
                self.note("surface", message);
            }
        }
        Ok(())
    }

    /// How the surface is changed. One bad number does not take the others with it.
    pub(super) fn transform(&mut self, value: &str) {
        let (transform, problems) = transform(value);
        self.link.config.surface.transform = transform;
        for message in problems {
            self.note("transform", message);
        }
    }

    /// The words of a network, as they stand in the link.
    pub fn network(&mut self, words: &str) {
        let (network, notices) = NetProblem::read(words);
        self.link.config.network = Some(network);
        for (place, message) in notices {
            self.note(&place, message);
        }
    }

    /// The text of a typed function; it is read when all words are there.
    pub(super) fn function(&mut self, value: &str) -> Result<(), String> {
        let (_, text) = self
            .custom
            .as_mut()
            .ok_or_else(|| said(|| format!("left out, since it goes with surface={}", custom::SPEC.key)))?;
        *text = Some(value.to_owned());
        Ok(())
    }

    /// Puts the typed function in its place, with its parameters.
    pub(super) fn set_function(&mut self) {
        let Some((inside, text)) = self.custom.take() else { return };
        let pairs = text::split(&inside, &[';', ',']);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|pair| text::pair(pair)).collect();
        let names: Vec<String> = pairs.iter().map(|(name, _)| (*name).to_owned()).collect();
        let text = text.unwrap_or_else(|| custom::DEFAULT.to_owned());
        let function = match Custom::read(&text, names) {
            Ok(function) => function,
            Err(message) => {
                if !message.is_empty() {
                    self.note("f", message);
                }
                let transform = self.link.config.surface.transform;
                self.link.config.surface =
                    SurfaceObjective { transform, ..SurfaceObjective::typed(Custom::unread(&text, &inside)) };
                return;
            }
        };
        let transform = self.link.config.surface.transform;
        let mut surface = SurfaceObjective { transform, ..SurfaceObjective::typed(function) };
        for (name, value) in pairs {
            let known = surface.custom.as_ref().map_or(&[][..], |c| c.names());
            let Some(i) = known.iter().position(|n| n == name) else {
                let why = || {
                    let known = list(known.iter().map(String::as_str));
                    let known = if known.is_empty() { "none" } else { &known };
                    format!("f has no parameter {}: it has {known}", shorten(name))
                };
                let why = said(why);
                self.note("surface", why);
                continue;
            };
            match parse(&custom::SPEC.params[i], value) {
                Ok(value) => surface.params[i] = value,
                Err(message) => {
                    let rest = message.strip_prefix(custom::SPEC.params[i].key).unwrap_or(&message);
                    self.note("surface", said(|| format!("{}{rest}", shorten(name))));
                }
            }
        }
        self.link.config.surface = surface;
    }

    pub(super) fn problem(&mut self, value: &str) -> Result<(), String> {
        let (name, inside) = text::call(value);
        let spec = match matrix::find(name) {
            Some(spec) => spec,
            None if self.early => {
                self.wait("problem", name);
                self.link.config.problem = Some(MatrixObjective::new(stand_in::problem(value)));
                return Ok(());
            }
            None => {
                return Err(none_of(name, matrix::all().iter().map(|s| s.key)));
            }
        };
        let mut values = param::defaults(spec.params);
        for part in text::split(inside, &[';', ',']) {
            // One bad parameter does not take the others with it.
            if let Err(message) = item::read_params(spec.key, spec.params, &mut values, &part) {
                self.note("problem", message);
            }
        }
        self.link.config.problem = Some(MatrixObjective::with(spec, values));
        Ok(())
    }

    /// Leaves out what belongs to the plane where a matrix problem stands in its place.
    pub(super) fn leave_the_plane(&mut self) {
        let config = &mut self.link.config;
        let what = match (&config.network, &config.problem) {
            (None, None) => return,
            (None, Some(problem)) => problem.spec.key,
            (Some(_), _) => {
                config.problem = None;
                "a network"
            }
        };
        let why = said(|| format!("left out, since {what} has no plane and a start of its own"));
        for place in std::mem::take(&mut self.plane) {
            self.note(place, why.clone());
        }
        let mut own_starts = false;
        let config = &mut self.link.config;
        for run in &mut config.runs {
            own_starts |= run.start.take().is_some();
        }
        let plain = Config::new(Config::default_surface());
        (config.surface, config.start, config.view) = (plain.surface, plain.start, None);
        if own_starts {
            self.note("start", why);
        }
    }
}
