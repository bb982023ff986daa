//! What is drawn, and when.

use super::super::super::html::{is_checked, replace, set, set_checked, set_text};
use super::super::Scene;
use super::super::marks::theme;
use super::super::runs::{NetRun, with as run_of};
use super::build::{self, Parts};
use super::colors::{Palette, Reading};
use super::editor::{Editor, Tell};
use super::layout::{Layout, Unit};
use super::options::{Options, WORDS};
use super::pace::{Pace, Sides};
use super::picture::{NetPicture, Target, What};
use super::plane::{Content, Marks, Plane, Points};
use super::{params, words};
use crate::modifier::Sampling;
use crate::net::{Examples, Network, PLANE, Work};
use crate::run::{Item, deal};
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

fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
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
        (self.focus, self.step, self.steps) = (scene.run, scene.step, scene.link.config.steps);
        self.options = Options::read(&scene.link.show);
        let is_weight =
            |step| move |e: &crate::run::Edit| e.step == step && matches!(e.item, Item::Weight(..));
        let config = scene.link.config.runs.get(self.focus);
        let edited_here = config.is_some_and(|r| r.edits.iter().any(is_weight(self.step)));
        self.edited =
            self.edited.take().filter(|e| edited_here && (e.run, e.step) == (self.focus, self.step));
        self.take_theme();
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
        let Some(room) = super::fit::room(&self.parts, self.runs.len(), self.pinned.is_some()) else {
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

    fn weights(&self, run: usize) -> Option<(u32, Vec<f64>)> {
        let (known, w) = self.runs.get(run)?.weights(self.step);
        let edited =
            self.edited.as_ref().filter(|e| e.run == run && e.step == self.step && known < self.step);
        Some(edited.map_or((known, w), |e| (e.step, e.w.clone())))
    }

    /// Follows the cursor, as finely as there is time for; tells whether there is something to refine.
    pub fn move_to(&mut self, step: u32) -> bool {
        self.step = step;
        let known = |run: &Rc<NetRun>| (Rc::as_ptr(run), step.min(run.record(crate::train::Record::last)));
        let painted = Painted {
            runs: self.runs.iter().map(known).collect(),
            focus: self.focus,
            theme: self.palette.theme(),
            options: self.options,
            network: Rc::as_ptr(&self.network),
            edited: self.edited.is_some(),
        };
        let same = self.painted.as_ref() == Some(&painted) && self.edited.is_none();
        if same || self.size_px < 1.0 {
            return false;
        }
        let from = now_ms();
        if self.pace.is_due(from) {
            self.painted = Some(painted);
            let sides = self.pace.moving();
            self.paint(sides);
            if self.small.len() > 1 {
                self.turn = (self.turn + 1) % self.small.len();
                self.paint_small(self.turn, sides.small);
            }
            let points = sides.units * sides.units + sides.output * sides.output;
            self.pace.note(from, now_ms(), true, points);
        }
        true
    }

    /// The network and the large picture.
    fn paint(&mut self, sides: Sides) {
        let Some((known, w)) = self.weights(self.focus) else {
            return;
        };
        (self.known, self.w) = (known, w);
        self.paint_network(sides.units);
        self.paint_plane(sides.output);
        self.paint_points();
        if let Some(editor) = &self.editor {
            editor.show(&self.w);
        }
        self.read();
    }

    fn paint_network(&mut self, side: usize) {
        let Network { model, train, .. } = &*self.network;
        self.grids = model.units_on_grid(&self.w, train, PLANE, side, &mut self.work);
        self.side = side;
        self.draw_network();
    }

    fn draw_network(&mut self) {
        self.net.paint(&What {
            layout: &self.layout,
            model: &self.network.model,
            w: &self.w,
            grids: &self.grids,
            side: self.side,
            palette: &self.palette,
            lit: self.hover.or(self.pinned),
        });
    }

    /// The unit that the large picture shows; none for the output.
    pub fn enlarged(&self) -> Option<Unit> {
        let of = |target: Option<Target>| match target {
            Some(Target::Unit(unit)) => Some(unit),
            _ => None,
        };
        let owner = || self.editor.as_ref().map(|e| e.unit).filter(|_| self.pinned.is_some());
        let unit = of(self.hover).or_else(|| if self.hover.is_none() { owner() } else { None })?;
        let only = self.network.model.shape.outputs() == 1 && unit.column + 1 == self.layout.columns();
        (!only).then_some(unit)
    }

    fn paint_plane(&mut self, side: usize) {
        let unit = self.enlarged();
        let Self { network, reading, palette, options, .. } = self;
        let Network { model, train, .. } = &**network;
        if let Some(unit) = unit {
            let grids = model.units_on_grid(&self.w, train, PLANE, side, &mut self.work);
            let grid = grids.get(self.layout.index(unit)).map_or(&[][..], |g| g);
            self.plane.paint(side, &Content::Unit(grid), reading, palette, false);
        } else {
            let outputs = model.outputs(&self.w, train, &middles(side), &mut self.work);
            let content = Content::Outputs(&outputs, model.shape.outputs());
            self.plane.paint(side, &content, reading, palette, options.discrete);
        }
    }

    fn paint_small(&mut self, run: usize, side: usize) {
        let Some((_, w)) = self.weights(run) else {
            return;
        };
        let Network { model, train, .. } = &*self.network;
        let outputs = model.outputs(&w, train, &middles(side), &mut self.work);
        let content = Content::Outputs(&outputs, model.shape.outputs());
        if let Some(plane) = self.small.get_mut(run) {
            plane.paint(side, &content, &self.reading, &self.palette, self.options.discrete);
        }
    }

    /// Paints one piece as finely as is good, when nothing moves; tells whether there is another.
    pub fn refine(&mut self, piece: usize) -> bool {
        if self.size_px < 1.0 {
            return false;
        }
        let from = now_ms();
        let sides = self.pace.resting();
        let points = match piece {
            0 => {
                let device = self.layout.side * self.net.ratio();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some pixels")]
                let side = sides.units.min((device.ceil() as usize).max(16));
                if let Some((known, w)) = self.weights(self.focus) {
                    (self.known, self.w) = (known, w);
                    self.paint_network(side);
                }
                side * side
            }
            1 => {
                self.paint_plane(sides.output);
                self.paint_points();
                self.read();
                sides.output * sides.output
            }
            _ => {
                self.paint_small(piece - 2, sides.small);
                sides.small * sides.small
            }
        };
        self.pace.note(from, now_ms(), false, points);
        let count = if self.small.len() > 1 { 2 + self.small.len() } else { 2 };
        piece + 1 < count
    }

    /// Which client each example is dealt to, where there are clients.
    fn clients(&self) -> Option<(Vec<usize>, usize)> {
        let spec = &self.runs.get(self.focus)?.spec;
        let settings = spec.settings_at(self.step);
        let mut how = Sampling::default();
        for choice in &settings.modifiers {
            if let Some(new) = choice.spec.new {
                new().sample(&mut how, &choice.values);
            }
        }
        let (count, skew) = how.clients?;
        let mut owner = vec![0; self.network.train.len()];
        let objective: &dyn crate::objective::Objective = &*self.network;
        for (client, rows) in
            deal(objective.classes(), count as usize, skew, spec.seed).into_iter().enumerate()
        {
            for row in rows {
                owner[row as usize] = client;
            }
        }
        Some((owner, count as usize))
    }

    fn wrong(&mut self, test: bool) -> Vec<usize> {
        let Network { model, train, test: others, .. } = &*self.network;
        let examples = if test { others } else { train };
        let places: Vec<_> = (0..examples.len()).map(|i| examples.point(i)).collect();
        let outputs = model.outputs(&self.w, train, &places, &mut self.work);
        let each = outputs.chunks_exact(model.shape.outputs().max(1)).zip(examples.classes()).enumerate();
        each.filter(|(_, (o, class))| self.reading.class(o) != Some(**class as usize))
            .map(|(i, _)| i)
            .collect()
    }

    fn paint_points(&mut self) {
        let (rings, test) = (self.options.rings, self.options.test);
        let wrong = [rings, rings && test];
        let wrong = [(wrong[0], false), (wrong[1], true)]
            .map(|(on, test)| if on { self.wrong(test) } else { Vec::new() });
        let marks = Marks { test, wrong, clients: self.clients() };
        let now = (self.size_px, self.palette.theme(), Rc::as_ptr(&self.network), marks);
        if self.marked.as_ref() != Some(&now) {
            self.points.paint(self.size_px, &self.network, &self.reading, &self.palette, &now.3);
            self.marked = Some(now);
        }
    }

    /// Another thing is pointed at.
    pub fn point_at(&mut self, target: Option<Target>) {
        if self.hover == target {
            return;
        }
        let before = self.enlarged();
        self.hover = target;
        self.relight(before);
    }

    fn relight(&mut self, before: Option<Unit>) {
        if self.grids.is_empty() {
            return;
        }
        self.draw_network();
        if self.enlarged() != before {
            self.paint_plane(self.pace.resting().output.min(96));
            self.show_key();
        }
        self.read();
    }

    fn show_key(&mut self) {
        let unit = self.enlarged();
        let children = build::key(&self.network, &self.palette, unit.is_some(), self.reading.largest);
        replace(&self.parts.key, children);
        let title = unit.map_or_else(|| "Output".to_owned(), |u| params::name(&self.network.model, u));
        set_text(&self.parts.title, &title);
    }

    /// Opens the editor of what a target belongs to, or closes it.
    pub fn pin(&mut self, target: Option<Target>, tell: &Tell) {
        let before = self.enlarged();
        let shape = &self.network.model.shape;
        let owner = target.and_then(|t| match t {
            Target::Unit(unit) => Some(unit),
            Target::Param(i) => params::owner(shape, i).map(|(unit, _)| unit),
        });
        let owner = owner.filter(|u| !params::of(shape, *u).is_empty());
        self.pinned = target.filter(|_| owner.is_some());
        let _ = self.parts.editor.toggle_attribute_with_force("hidden", owner.is_none());
        let _ = self.parts.root.toggle_attribute_with_force("data-editing", owner.is_some());
        match owner {
            Some(unit) if self.editor.as_ref().is_none_or(|e| e.unit != unit) => {
                self.editor = Some(Editor::new(&self.parts.editor, &self.network.model, unit, &self.w, tell));
            }
            Some(_) => {}
            None => {
                self.editor = None;
                set_text(&self.parts.editor, "");
            }
        }
        if let (Some(editor), Some(Target::Param(index))) = (&self.editor, target) {
            editor.mark(index);
        }
        self.measure();
        self.relight(before);
        if self.painted.is_none() {
            self.move_to(self.step);
        }
    }

    /// What takes the focus in the editor.
    pub fn slider(&self) -> Option<web_sys::HtmlElement> {
        let index = match self.pinned? {
            Target::Param(i) => Some(i),
            Target::Unit(_) => None,
        };
        self.editor.as_ref()?.slider(index)
    }

    /// A parameter has been set here: it is shown at once, and training follows.
    pub fn note_edit(&mut self, index: usize, value: f64) {
        // After the last step an edit is one of the start.
        if self.step >= self.steps {
            return;
        }
        let mut w = self.w.clone();
        if let Some(w) = w.get_mut(index) {
            *w = value;
        }
        self.edited = Some(Edited { run: self.focus, step: self.step, w });
    }

    /// Shows in words what is pointed at.
    pub fn read(&mut self) {
        let reading = words::reading(self);
        set(&self.parts.readout, "data-value", &reading.value);
        set_text(&self.parts.readout, &reading.text);
    }

    /// What a unit gives near a place, as it is painted.
    pub fn grid_at(&self, unit: Unit, [x, y]: [f64; 2]) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
        let side = self.side as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, which is meant"
        )]
        let pixel = |at: f64| (((at + PLANE) / (2.0 * PLANE) * side) as usize).min(self.side - 1);
        let grid = self.grids.get(self.layout.index(unit));
        let value = grid.and_then(|g| g.get(pixel(-y) * self.side + pixel(x)));
        value.map_or(f64::NAN, |v| f64::from(*v))
    }

    /// The ends of what a unit gives on the plane.
    pub fn of_unit(&self, unit: Unit) -> (f64, f64) {
        let grid = self.grids.get(self.layout.index(unit));
        let ends = grid.into_iter().flatten().map(|v| f64::from(*v));
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    }
}

/// The middles of the pixels of a picture of the plane, top row first.
fn middles(side: usize) -> Vec<[f64; 2]> {
    #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
    let at = |i: usize| -PLANE + 2.0 * PLANE * (i as f64 + 0.5) / side as f64;
    (0..side * side).map(|p| [at(p % side), -at(p / side)]).collect()
}
