//! What is shown, what is still to be worked out for it, and in which order.

mod look;
mod work;

use super::super::Scene;
use super::marks::FUTURE_PX;
use super::parts::{self, Parts};
use super::plan::{self, Plan};
use super::tracks::Tracks;
use crate::canvas::Layer;
use crate::lab::frames::now_ms;
use crate::lab::overlays::theme;
use crate::landscape::{Directions, Found, Grid, LossOf, Origin, Plane, Projection, Search, Settings};
use crate::link;
use crate::net::{Network, Work};
use crate::run::spec::Problem;
use crate::scene::{Field, LevelScale, Theme, Viewport};
use crate::surface::View;
use crate::train::Record;
use std::rc::Rc;
use web_sys::Element;

/// The cursor has come to rest after so many milliseconds, and so has the view.
const REST_MS: f64 = 250.0;
/// What takes less than so many nanoseconds is worked out with every move of the cursor.
const QUICK: u64 = 500_000;

/// What is told of the open run at the cursor.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    pub step: u32,
    pub at: Projection,
    /// Its loss, and that of the plane below it.
    pub losses: [f64; 2],
}

/// A point of the plane that is read, and the loss there.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub at: [f64; 2],
    pub loss: f64,
}

pub struct State {
    pub parts: Parts,
    pub layers: [Layer; 2],
    pub profiles: [Layer; 2],
    pub pixels: Layer,
    pub settings: Settings,
    pub theme: Theme,
    chosen_theme: link::Theme,
    pub tracks: Vec<Tracks>,
    pub focus: usize,
    /// How thick what is still to come is drawn, in pixels; 0 is not at all.
    pub future_px: f64,
    pub step: u32,
    /// The last complete grid as a field, and its colours.
    pub field: Option<(Field, LevelScale)>,
    pub here: Option<Here>,
    pub reading: Option<Reading>,
    pub size_px: (f64, f64),
    pub map_is_old: bool,
    pub marks_are_old: bool,
    /// What links said last.
    heard: Option<String>,
    /// When the page is to be told of the view.
    tell_at: Option<f64>,
    plan: Option<Plan>,
    /// A plan that waits until the cursor rests.
    coming: Option<(Plan, f64)>,
    /// The step that the origin should be of, and the one that it is of.
    origin: (u32, u32),
    search: Option<Search>,
    /// Whether all paths are projected, as far as they are known.
    caught_up: bool,
    /// What holds the paths, and how many runs were at their end then.
    fitted: Option<(View, usize)>,
    grid: Option<(Grid, LossOf)>,
    taken: u32,
    /// When what is told of the run is to be worked out.
    look_at: Option<f64>,
    moved_ms: f64,
    work: Work,
}

impl State {
    /// The view in its place.
    pub fn new(place: &Element) -> Option<Self> {
        let parts = parts::build(place);
        let [a, b] = parts.canvases.clone();
        let [c, d] = parts.profiles.clone();
        Some(Self {
            layers: [Layer::new(a)?, Layer::new(b)?],
            profiles: [Layer::new(c)?, Layer::new(d)?],
            pixels: Layer::detached()?,
            parts,
            settings: Settings::default(),
            theme: Theme::Light,
            chosen_theme: link::Theme::Auto,
            tracks: Vec::new(),
            focus: 0,
            future_px: FUTURE_PX,
            step: 0,
            field: None,
            here: None,
            reading: None,
            size_px: (0.0, 0.0),
            map_is_old: true,
            marks_are_old: true,
            heard: None,
            tell_at: None,
            plan: None,
            coming: None,
            origin: (0, 0),
            search: None,
            caught_up: false,
            fitted: None,
            grid: None,
            taken: 0,
            look_at: None,
            moved_ms: 0.0,
            work: Work::new(),
        })
    }

    /// All of it.
    pub fn root(&self) -> &Element {
        &self.parts.root
    }

    /// Takes over what the page shows now.
    pub fn adopt(&mut self, scene: &Scene<'_>) {
        let runs = plan::runs(scene.link);
        let same_runs = runs.len() == self.tracks.len()
            && runs.iter().zip(&self.tracks).all(|(run, tracks)| Rc::ptr_eq(run, &tracks.run));
        if !same_runs || scene.run != self.focus {
            let open_stays = runs.get(scene.run).is_some_and(|run| {
                scene.run == self.focus
                    && self.tracks.get(self.focus).is_some_and(|t| Rc::ptr_eq(run, &t.run))
            });
            if !open_stays || self.settings.directions == Directions::PrincipalAll {
                self.plan = None;
            }
            self.tracks = runs.iter().map(|run| Tracks::new(Rc::clone(run))).collect();
            self.focus = scene.run;
            self.fitted = None;
            self.here = None;
        }
        self.caught_up = false;
        self.step = scene.step;
        self.chosen_theme = scene.link.theme;
        self.future_px = if scene.link.hide.shows_ahead() { FUTURE_PX } else { 0.0 };
        self.look_around();
        if self.heard.as_ref() != Some(&scene.link.show) {
            self.heard = Some(scene.link.show.clone());
            self.settings = Settings::read(&scene.link.show);
            self.tell_at = None;
        }
        self.parts.show(&self.settings);
        self.moved_ms = now_ms();
        if self.origin_has_come() {
            self.plan = None;
        }
        let plan = Plan::of(&self.settings, &runs, self.focus, self.step);
        match &self.plan {
            Some(now) if *now == plan => self.coming = None,
            Some(now) if now.differs_by_step_only(&plan) => {
                self.coming = Some((plan, self.moved_ms + REST_MS));
            }
            _ => self.begin(plan),
        }
        self.look_soon();
        self.marks_are_old = true;
    }

    /// Takes over whether it is light or dark around.
    pub fn look_around(&mut self) {
        let theme = theme(self.chosen_theme);
        self.map_is_old |= theme != self.theme;
        self.theme = theme;
    }

    /// Whether the parameters that the origin should have are at hand now, and were not before.
    fn origin_has_come(&self) -> bool {
        let (wanted, got) = self.origin;
        let run = self.tracks.get(self.focus).map(|t| &t.run);
        self.plan.is_some() && wanted != got && run.is_some_and(|run| run.weights(wanted).0 == wanted)
    }

    /// The network of the runs.
    pub fn network(&self) -> Option<Rc<Network>> {
        match &self.tracks.get(self.focus)?.run.spec.problem {
            Problem::Network(problem) => Some(Rc::clone(problem.network())),
            _ => None,
        }
    }

    /// Drops what is there and seeks another plane.
    fn begin(&mut self, plan: Plan) {
        let (Some(network), Some(open)) = (self.network(), self.tracks.get(self.focus)) else {
            return;
        };
        let run = &open.run;
        let wanted = match self.settings.origin {
            Origin::Start => 0,
            Origin::Cursor => self.step.min(run.record(Record::last)),
            Origin::End => run.record(Record::last),
        };
        let (got, origin) = run.weights(wanted);
        self.origin = (wanted, got);
        let others = self.tracks.iter().enumerate().filter(|(i, _)| *i != self.focus).map(|(_, t)| &t.run);
        let paths: Vec<Vec<f64>> = match self.settings.directions {
            Directions::Principal => vec![run.record(|r| r.weights.clone())],
            Directions::PrincipalAll => {
                [run].into_iter().chain(others).map(|run| run.record(|r| r.weights.clone())).collect()
            }
            _ => Vec::new(),
        };
        let paths: Vec<&[f64]> = paths.iter().map(|p| &p[..]).collect();
        self.search = Some(Search::new(network, &self.settings, origin, &paths));
        self.plan = Some(plan);
        self.coming = None;
        self.fitted = None;
        self.grid = None;
        self.field = None;
        self.here = None;
        self.reading = None;
        for tracks in &mut self.tracks {
            tracks.clear();
        }
        self.map_is_old = true;
        self.marks_are_old = true;
        self.look_soon();
    }

    /// The plane, once it is found, and what is to be said of it.
    pub fn found(&self) -> Option<&(Plane, Found)> {
        self.search.as_ref()?.outcome()?.as_ref().ok()
    }

    /// Why there is no plane.
    pub fn trouble(&self) -> Option<&str> {
        self.search.as_ref()?.outcome()?.as_ref().err().map(String::as_str)
    }

    /// What of the plane is shown.
    pub fn port(&self) -> Option<Viewport> {
        let (width, height) = self.size_px;
        let fitted = self.fitted?.0;
        let view = match self.settings.square {
            Some(([x, y], half)) => View { x: (x - half, x + half), y: (y - half, y + half) },
            None => fitted,
        };
        (width > 1.0 && height > 1.0).then(|| Viewport::fitted(view, width, height))
    }
}
