//! What is shown, what is still to be worked out for it, and in which order.

use super::super::Scene;
use super::parts::{self, Parts};
use super::plan::{self, Plan};
use super::tracks::Tracks;
use crate::canvas::Layer;
use crate::lab::overlays::theme;
use crate::landscape::{
    Directions, Found, Grid, LossOf, Origin, Plane, Projection, Search, Settings, cost, extent, loss,
    shortened,
};
use crate::math::num;
use crate::net::{Network, Work};
use crate::run::spec::Problem;
use crate::scene::{Field, LevelScale, Theme, Viewport};
use crate::surface::{Levels, View};
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
    pub tracks: Vec<Tracks>,
    pub focus: usize,
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
            tracks: Vec::new(),
            focus: 0,
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
        let theme = theme(scene.link.theme);
        self.map_is_old |= theme != self.theme;
        self.theme = theme;
        if self.heard.as_ref() != Some(&scene.link.show) {
            self.heard = Some(scene.link.show.clone());
            self.settings = Settings::read(&scene.link.show);
            self.tell_at = None;
        }
        self.parts.show(&self.settings);
        self.moved_ms = super::now_ms();
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
        let (_, origin) = match self.settings.origin {
            Origin::Start => run.weights(0),
            Origin::Cursor => run.weights(self.step),
            Origin::End => run.weights(u32::MAX),
        };
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

    /// Works out a piece of what is missing; tells whether there is more.
    pub fn work(&mut self, piece: u64, now: f64) -> bool {
        if let Some((plan, at)) = self.coming
            && now >= at
        {
            self.begin(plan);
        }
        let Some(search) = &mut self.search else {
            return false;
        };
        if search.outcome().is_none() {
            search.advance(piece);
            self.marks_are_old = true;
            return true;
        }
        let Some(Ok((plane, _))) = search.outcome() else {
            return false;
        };
        if !self.caught_up {
            let more = self.tracks.iter_mut().fold(false, |more, t| t.advance(plane) | more);
            self.marks_are_old = true;
            self.caught_up = !more;
            return true;
        }
        let ended = self.tracks.iter().filter(|t| t.run.record(|r| !r.is_open())).count();
        if self.fitted.is_none_or(|(_, then)| then != ended) {
            self.fit(ended);
        }
        if self.look_at.is_some_and(|at| now >= at) {
            self.look();
            return true;
        }
        self.work_on_grid(piece)
    }

    /// Fits the view to the paths, the open run's first.
    fn fit(&mut self, ended: usize) {
        let Some((_, found)) = self.found() else { return };
        let others = self.tracks.iter().enumerate().filter(|(i, _)| *i != self.focus).map(|(_, t)| t);
        let open = self.tracks.get(self.focus);
        let paths: Vec<_> = open.into_iter().chain(others).map(|t| t.own.points.clone()).collect();
        let longest =
            paths.iter().flatten().filter(|p| p.away.is_finite()).fold(0.0_f64, |m, p| m.max(p.away));
        let least = match found {
            Found::Random { .. } => 1.0,
            _ if longest > 0.0 => 0.02 * longest,
            _ => 1.0,
        };
        self.fitted = Some((extent(&paths, least), ended));
        self.map_is_old = true;
        self.marks_are_old = true;
    }

    fn work_on_grid(&mut self, piece: u64) -> bool {
        let (Some(port), Some(network)) = (self.port(), self.network()) else {
            return false;
        };
        let of = self.settings.loss;
        let fits = self.grid.as_ref().is_some_and(|(grid, whose)| grid.view == port.view && *whose == of);
        if !fits {
            if self.grid.as_ref().is_some_and(|(_, whose)| *whose != of) {
                self.field = None;
                self.look_soon();
            }
            let grid = Grid::new(&network, port.view, of, (port.width_px, port.height_px));
            self.grid = Some((grid, of));
            self.taken = 0;
            self.map_is_old = true;
        }
        let Some(Ok((plane, _))) = self.search.as_ref().and_then(Search::outcome) else {
            return false;
        };
        let Some((grid, _)) = &mut self.grid else { return false };
        let more = grid.advance(&network, plane, piece);
        if grid.completed() > self.taken {
            self.taken = grid.completed();
            self.take_grid();
        }
        more
    }

    /// Takes over the grid that has just been completed.
    fn take_grid(&mut self) {
        let Some((grid, _)) = &self.grid else { return };
        let Some((columns, rows, values)) = grid.complete() else { return };
        let mut field = Field::nodes(grid.view, columns, rows);
        field.values_mut().copy_from_slice(values);
        let scale = LevelScale::of(&field, Levels::Log, Some(0.0));
        self.field = Some((field, scale));
        self.map_is_old = true;
        self.marks_are_old = true;
    }

    /// Plans to work out what is told of the open run: at once where that is quick, otherwise when the cursor rests.
    fn look_soon(&mut self) {
        let wait = self.network().is_some_and(|network| cost(&network) > QUICK);
        self.look_at = Some(if wait { self.moved_ms + REST_MS } else { 0.0 });
    }

    /// Works it out.
    fn look(&mut self) {
        self.look_at = None;
        self.here = None;
        let (Some(network), Some(open)) = (self.network(), self.tracks.get(self.focus)) else {
            return;
        };
        let Some(Ok((plane, _))) = self.search.as_ref().and_then(Search::outcome) else {
            return;
        };
        let (step, weights) = open.run.weights(self.step);
        let at = plane.project(&weights);
        let of = self.settings.loss;
        let below = plane.point(at.at);
        let losses = [&weights, &below].map(|w| loss(&network, w, of, &mut self.work));
        self.here = Some(Here { step, at, losses });
        self.marks_are_old = true;
    }

    /// Reads the loss at a point of the plane.
    pub fn read(&mut self, at: Option<[f64; 2]>) {
        self.reading = None;
        self.marks_are_old = true;
        let (Some(at), Some(network)) = (at, self.network()) else {
            return;
        };
        let Some(Ok((plane, _))) = self.search.as_ref().and_then(Search::outcome) else {
            return;
        };
        let loss = loss(&network, &plane.point(at), self.settings.loss, &mut self.work);
        self.reading = Some(Reading { at, loss });
    }

    /// Shows another part of the plane, and tells the page when that rests.
    pub fn set_port(&mut self, port: &Viewport) {
        let View { x, y } = port.view;
        let half = 0.5 * (x.1 - x.0).min(y.1 - y.0);
        self.settings.square = Some((port.centre(), half));
        self.tell_at = Some(super::now_ms() + REST_MS);
        self.map_is_old = true;
        self.marks_are_old = true;
    }

    /// What the page is to be told by now.
    pub fn unsaid(&mut self, now: f64) -> Option<(Element, String)> {
        self.tell_at.filter(|at| now >= *at)?;
        self.tell_at = None;
        self.settings.square = self.settings.square.map(shortened);
        self.map_is_old = true;
        Some((self.parts.root.clone(), format!("show {}", self.settings.write())))
    }

    /// Whether something is to be done later.
    pub fn is_waiting(&self) -> bool {
        self.tell_at.is_some() || self.coming.is_some() || self.look_at.is_some()
    }

    /// How far the picture is, in words.
    pub fn progress(&self) -> String {
        let Some(search) = &self.search else {
            return String::new();
        };
        if search.outcome().is_none() {
            return format!("Looking for the directions: {} products.", search.products());
        }
        let Some((grid, _)) = &self.grid else {
            return String::new();
        };
        let gaps =
            self.field.as_ref().map_or(0, |(f, _)| f.values().iter().filter(|v| !v.is_finite()).count());
        let gaps = if gaps > 0 { format!(" Grey: {gaps} of them not finite.") } else { String::new() };
        if grid.is_done() {
            return format!("{} × {} values.{gaps}", grid.columns, grid.rows);
        }
        let (done, all) = grid.progress();
        let percent = num::clamp(
            100.0 * f64::from(u32::try_from(done * 1000 / all.max(1)).unwrap_or(0)) / 1000.0,
            0.0,
            99.0,
        );
        format!("Computing finer values: {percent:.0} %.{gaps}")
    }
}
