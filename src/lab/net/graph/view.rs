//! What is drawn, and when.

mod paint;
mod point;

use super::super::super::html::{is_checked, set, set_checked, set_text};
use super::super::Scene;
use super::super::marks::theme;
use super::super::names;
use super::super::runs::{NetRun, with as run_of};
use super::build::{self, Parts};
use super::colors::{Palette, Reading};
use super::editor::Editor;
use super::layout::{Layout, Unit};
use super::options::{Options, WORDS};
use super::pace::Pace;
use super::picture::{NetPicture, Target};
use super::plane::{Marks, Plane, Points};
use super::words;
use crate::net::{Examples, Network, Work};
use crate::run::Item;
use crate::scene::Theme;
use crate::session::Config;
use std::rc::Rc;
use web_sys::Element;

/// What the elements depend on.
#[derive(PartialEq)]
pub struct Shape {
    rows: Vec<usize>,
    normed: bool,
    outputs: (usize, usize),
    runs: Vec<&'static str>,
}

impl Shape {
    fn of(network: &Network, config: &Config) -> Self {
        let shape = &network.model.shape;
        Self {
            rows: [network.model.spec.features.len()]
                .into_iter()
                .chain(shape.layers().iter().map(|l| l.outputs))
                .collect(),
            normed: shape.layers().iter().any(|l| l.gamma.is_some()),
            outputs: (shape.outputs(), shape.classes()),
            runs: config.runs.iter().map(|r| r.settings.optimizer.name).collect(),
        }
    }
}

/// The parameters that an edit has just made, until training has come there again.
struct Edited {
    run: usize,
    step: u32,
    w: Vec<f64>,
}

/// What stands on the canvases.
#[derive(Clone, PartialEq)]
struct Painted {
    runs: Vec<(*const NetRun, u32)>,
    focus: usize,
    theme: Theme,
    projected: bool,
    options: Options,
    network: *const Network,
    edited: bool,
}

/// The view.
pub struct View {
    /// The view's place on the page.
    pub place: Element,
    /// Its elements.
    pub parts: Parts,
    shape: Shape,
    text: String,
    /// The network and its data.
    pub network: Rc<Network>,
    /// The runs.
    pub runs: Vec<Rc<NetRun>>,
    /// The one that is open.
    pub focus: usize,
    /// Where the cursor stands.
    pub step: u32,
    /// How many steps the runs take.
    pub steps: u32,
    options: Options,
    palette: Palette,
    /// How outputs are read.
    pub reading: Reading,
    /// Where units stand.
    pub layout: Layout,
    room: (f64, f64, f64),
    net: NetPicture,
    plane: Plane,
    points: Points,
    small: Vec<Plane>,
    buttons: Vec<Element>,
    size_px: f64,
    /// Scratch.
    pub work: Work,
    pace: Pace,
    edited: Option<Edited>,
    /// What the mouse or the focus is on.
    pub hover: Option<Target>,
    /// What is being edited.
    pub pinned: Option<Target>,
    /// The place of the plane that is read.
    pub pointer: Option<[f64; 2]>,
    editor: Option<Editor>,
    painted: Option<Painted>,
    marked: Option<(f64, Theme, *const Network, Marks)>,
    /// The parameters that are shown, and the step they are of.
    pub w: Vec<f64>,
    /// That step.
    pub known: u32,
    /// What the units give, on a grid of so many rows.
    pub grids: Vec<Vec<f32>>,
    side: usize,
    turn: usize,
}

fn largest(network: &Network) -> f64 {
    let of = |e: &Examples| (0..e.len()).map(|i| e.label(i).abs()).fold(0.0, f64::max);
    let most = of(&network.train).max(of(&network.test));
    if most > 0.0 { most } else { 1.0 }
}

impl View {
    /// Builds it into its place.
    pub fn new(place: &Element, scene: &Scene<'_>) -> Option<Self> {
        let network = Rc::clone(scene.network);
        let config = &scene.link.config;
        let (parts, canvases) = build::build(place, &network, config);
        let [field, lines, points] = canvases.picture;
        let small = canvases.runs.into_iter().map(|[field, lines]| Plane::new(field, lines));
        let palette = Palette::new(theme());
        Some(Self {
            place: place.clone(),
            shape: Shape::of(&network, config),
            text: String::new(),
            runs: Vec::new(),
            focus: scene.run,
            step: scene.step,
            steps: config.steps,
            options: Options::default(),
            reading: Reading::new(&network.model, largest(&network)),
            layout: Layout::new(&network.model, [600.0, 300.0], 26.0),
            room: (0.0, 0.0, 0.0),
            net: NetPicture::new(canvases.net)?,
            plane: Plane::new(field, lines)?,
            points: Points::new(points)?,
            small: small.collect::<Option<_>>()?,
            buttons: Vec::new(),
            size_px: 0.0,
            work: Work::new(),
            pace: Pace::default(),
            edited: None,
            hover: None,
            pinned: None,
            pointer: None,
            editor: None,
            painted: None,
            marked: None,
            w: network.start().to_vec(),
            known: 0,
            grids: Vec::new(),
            side: 1,
            turn: 0,
            palette,
            network,
            parts,
        })
    }

    /// Whether it is still in this place and fits what is to be shown.
    pub fn fits(&self, place: &Element, scene: &Scene<'_>) -> bool {
        place.contains(Some(&self.parts.root)) && self.shape == Shape::of(scene.network, &scene.link.config)
    }

    /// Takes over what is to be shown.
    pub fn update(&mut self, scene: &Scene<'_>) {
        let text = scene.link.config.network.as_ref().map_or("", |n| n.text());
        if text != self.text {
            text.clone_into(&mut self.text);
            self.network = Rc::clone(scene.network);
            self.reading = Reading::new(&self.network.model, largest(&self.network));
            self.edited = None;
            self.room = (0.0, 0.0, 0.0);
        }
        self.runs = (0..scene.link.config.runs.len()).filter_map(|i| run_of(scene.link, i)).collect();
        for (i, (button, _)) in self.parts.runs.iter().enumerate() {
            let name = format!("{} {}", i + 1, names::name(&scene.link.config, i));
            if let Ok(Some(place)) = button.query_selector(".graph-name") {
                set_text(&place, &name);
                set(&place, "title", &name);
            }
        }
        (self.focus, self.step, self.steps) = (scene.run, scene.step, scene.link.config.steps);
        self.options = Options::read(&scene.link.show);
        let is_weight =
            |step| move |e: &crate::run::Edit| e.step == step && matches!(e.item, Item::Weight(..));
        let config = scene.link.config.runs.get(self.focus);
        let edited_here = config.is_some_and(|r| r.edits.iter().any(is_weight(self.step)));
        self.edited =
            self.edited.take().filter(|e| edited_here && (e.run, e.step) == (self.focus, self.step));
        self.measure();
        self.tell();
        self.move_to(self.step);
    }

    /// Whether the colours of the page have changed.
    fn take_theme(&mut self) {
        let theme = theme();
        let first = self.painted.is_none();
        if theme != self.palette.theme() || first {
            self.palette = Palette::new(theme);
            if let Ok(Some(bar)) = self.parts.root.query_selector("[data-scale]") {
                set(&bar, "style", &build::gradient(&self.palette, super::colors::squash(3.0)));
            }
            self.show_key();
        }
    }

    /// What changes without pixels.
    fn tell(&mut self) {
        for (field, (.., at)) in self.parts.ticks.iter().zip(WORDS) {
            set_checked(field, *at(&mut self.options));
        }
        for (i, (button, losses)) in self.parts.runs.iter().enumerate() {
            set(button, "aria-pressed", if i == self.focus { "true" } else { "false" });
            if let Some(run) = self.runs.get(i) {
                set_text(losses, &words::losses(run, self.step));
            }
        }
        if let Some(run) = self.runs.get(self.focus) {
            let federated = self.clients().is_some();
            set_text(&self.parts.scores, &words::scores(run, self.step));
            set_text(&self.parts.note, &words::note(run, self.step, federated));
        }
    }

    /// The options as the boxes are ticked now.
    pub fn ticked(&self) -> Options {
        let mut options = self.options;
        for (field, (.., at)) in self.parts.ticks.iter().zip(WORDS) {
            *at(&mut options) = is_checked(field);
        }
        options
    }

    /// Takes over the room there is.
    pub fn measure(&mut self) {
        let runs = self.runs.len();
        let editing = self.pinned.is_some();
        let room = super::fit::room(&self.parts, &self.place, &self.network.model, runs, editing);
        let Some(room) = room else {
            return;
        };
        let size = (room.network[0], room.network[1], room.picture);
        if size == self.room {
            return;
        }
        self.room = size;
        let least = if room.coarse { 44.0 } else { 26.0 };
        self.layout = Layout::new(&self.network.model, room.network, least);
        self.net.lay_out(&self.layout, &self.network.model);
        super::fit::place(&self.parts, &room, &self.layout);
        self.buttons = super::fit::buttons(&self.parts.stage, &self.layout, &self.network.model, room.coarse);
        self.size_px = room.picture;
        self.plane.resize(room.picture);
        for small in &mut self.small {
            small.resize(super::fit::SMALL_PX);
        }
        self.painted = None;
    }

    /// The button of a unit.
    pub fn button(&self, unit: Unit) -> Option<&Element> {
        self.buttons.get(self.layout.index(unit))
    }

    /// The unit that a button is of.
    pub fn unit_of(&self, button: &Element) -> Option<Unit> {
        let index: usize = button.get_attribute("data-unit")?.parse().ok()?;
        self.layout.units().nth(index)
    }
}
