//! Everything that determines what is seen, except the cursor.

use crate::look::{Look, Overlay};
use crate::matrix::{MatrixObjective, MatrixSpec};
use crate::modifier;
use crate::network::NetProblem;
use crate::objective::Objective;
use crate::optim::{self, OptimizerSpec};
use crate::param;
use crate::run::spec::{Problem, settings_at};
use crate::run::{Edit, Item, ModifierChoice, RunSpec, Settings};
use crate::surface::{self, Levels, SurfaceObjective, SurfaceSpec, View};

/// The largest number of runs in a race.
pub const MAX_RUNS: usize = 8;
/// The number of steps when nothing is said.
pub const STEPS: u32 = 500;
/// Modifiers that decide what a run is shown of the examples.
const SHARED_IN_A_RACE: [&str; 2] = ["batch", "dropout"];
/// The seed when nothing is said.
pub const SEED: u64 = 0;

/// One run of the race.
#[derive(Clone, Debug, PartialEq)]
pub struct RunConfig {
    /// Its settings at the start.
    pub settings: Settings,
    /// Changes during the run, by step.
    pub edits: Vec<Edit>,
    /// Where it starts, if not where the others do.
    pub start: Option<[f64; 2]>,
}

impl RunConfig {
    /// A run with these settings and no edits.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, edits: Vec::new(), start: None }
    }

    /// The settings in force for the update that leaves this step.
    #[must_use]
    pub fn settings_at(&self, step: u32) -> Settings {
        settings_at(&self.settings, &self.edits, step)
    }

    /// Whether setting this at this step makes any difference.
    pub(super) fn changes_something(&self, step: u32, item: &Item) -> bool {
        let before = self.settings_at(step);
        let mut after = before.clone();
        after.apply(item);
        after != before
    }

    /// Another optimizer. Parameters that both have keep the values that were set; edits of others go.
    pub(super) fn set_optimizer(&mut self, spec: &'static OptimizerSpec) {
        let old = self.settings.optimizer;
        let carried = |i: usize, value: f64| -> Option<(usize, f64)> {
            let j = param::find(spec.params, old.params[i].key)?;
            // The same word may stand for something else: a convention that the other does not know.
            let (from, to) = (&old.params[i], &spec.params[j]);
            let value = to.parse(&from.format(value)).ok()?;
            Some((j, value))
        };
        let mut params = param::defaults(spec.params);
        for (i, (p, value)) in self.settings.values().enumerate() {
            if value != p.default
                && let Some((j, value)) = carried(i, value)
            {
                params[j] = value;
            }
        }
        self.edits.retain_mut(|edit| match &mut edit.item {
            Item::Param(i, value) => match carried(*i, *value) {
                Some(new) => {
                    (*i, *value) = new;
                    true
                }
                None => false,
            },
            _ => true,
        });
        self.settings.optimizer = spec;
        self.settings.params = params;
    }
}

/// Everything that determines what is seen, except the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The surface and the values of its parameters. At its default where there is a problem.
    pub surface: SurfaceObjective,
    /// What is minimised in place of the surface, if not that. Its runs have a start of their own.
    pub problem: Option<MatrixObjective>,
    /// The network that is trained in place of both, if one is.
    pub network: Option<NetProblem>,
    /// Where runs start.
    pub start: [f64; 2],
    /// How many steps they take.
    pub steps: u32,
    /// The seed of all randomness.
    pub seed: u64,
    /// Gradient noise for every run that has none of its own.
    pub noise: f64,
    /// Whether each run meets noise of its own, that of its place in the list as its colour is; otherwise all meet the same at
    /// the same step.
    pub noise_of_run: bool,
    /// The runs.
    pub runs: Vec<RunConfig>,
    /// The visible rectangle, if not the surface's own.
    pub view: Option<View>,
    /// How the surface is looked at.
    pub look: Look,
    /// What is drawn over the paths, in the order of the menu.
    pub overlays: Vec<Overlay>,
}

/// Gives noise a stream of its own, if it has none yet.
fn set_stream(choice: &mut ModifierChoice, own: f64) {
    if choice.spec.key == "noise"
        && let Some(stream) = choice.values.get_mut(modifier::NOISE_STREAM).filter(|s| **s == 0.0)
    {
        *stream = own;
    }
}

impl Config {
    /// A surface with its defaults, and no runs.
    #[must_use]
    pub fn new(spec: &'static SurfaceSpec) -> Self {
        Self {
            surface: SurfaceObjective::new(spec),
            problem: None,
            network: None,
            start: spec.start,
            steps: STEPS,
            seed: SEED,
            noise: 0.0,
            noise_of_run: false,
            runs: Vec::new(),
            view: None,
            look: Look::default(),
            overlays: Vec::new(),
        }
    }

    /// The surface when nothing is said.
    #[must_use]
    pub fn default_surface() -> &'static SurfaceSpec {
        surface::find("rosenbrock").unwrap_or(surface::ALL[0])
    }

    /// What the page opens with: gradient descent, momentum and Adam in Rosenbrock's valley.
    #[must_use]
    pub fn welcome() -> Self {
        let mut config = Self::new(Self::default_surface());
        config.runs = Self::welcome_runs();
        config
    }

    /// The three runs of the first view.
    #[must_use]
    pub fn welcome_runs() -> Vec<RunConfig> {
        [("adam", 0.05), ("momentum", 0.0005), ("sgd", 0.0008)]
            .into_iter()
            .filter_map(|(key, lr)| Some(Settings::new(optim::find(key)?).with("lr", lr)))
            .map(RunConfig::new)
            .collect()
    }

    /// Everything that determines one of the runs.
    ///
    /// # Panics
    /// If there is no such run.
    #[must_use]
    pub fn run_spec(&self, run: usize) -> RunSpec {
        let index = run;
        let run = &self.runs[run];
        let mut settings = run.settings.clone();
        if self.noise > 0.0
            && settings.modifier("noise").is_none()
            && let Some(spec) = modifier::find("noise")
        {
            let mut choice = ModifierChoice::new(spec);
            choice.values[0] = self.noise;
            settings.apply(&Item::Modifier(choice));
        }
        let (problem, start) = match (&self.network, &self.problem) {
            (Some(network), _) => (Problem::Network(network.clone()), network.start()),
            (None, Some(matrix)) => (Problem::Matrix(matrix.clone()), matrix.start()),
            (None, None) => {
                (Problem::Surface(self.surface.clone()), run.start.unwrap_or(self.start).to_vec())
            }
        };
        let mut edits = run.edits.clone();
        if self.noise_of_run {
            let own = (0..=index).fold(0.0, |n, _| n + 1.0);
            settings.modifiers.iter_mut().for_each(|m| set_stream(m, own));
            for edit in &mut edits {
                if let Item::Modifier(m) = &mut edit.item {
                    set_stream(m, own);
                }
            }
        }
        RunSpec { problem, start, steps: self.steps, seed: self.seed, settings, edits }
    }

    /// The smallest value of what is minimised, where it is known.
    #[must_use]
    pub fn known_minimum(&self) -> Option<f64> {
        match &self.problem {
            _ if self.network.is_some() => None,
            Some(matrix) => matrix.known_minimum(),
            None => self.surface.known_minimum(),
        }
    }

    /// Whether runs are on a surface.
    #[must_use]
    pub fn is_plane(&self) -> bool {
        self.problem.is_none() && self.network.is_none()
    }

    /// The rectangle to show.
    #[must_use]
    pub fn visible(&self) -> View {
        self.view.unwrap_or(self.surface.spec.view)
    }

    /// How contour levels and colours are spaced: as the look says, or as the surface wants it.
    #[must_use]
    pub fn levels(&self) -> Levels {
        match self.look.get("levels") {
            "linear" => Levels::Linear,
            "log" => Levels::Log,
            _ => self.surface.spec.levels,
        }
    }

    /// Whether the map under the paths is another one.
    pub(super) fn shows_another_map(&self, other: &Self) -> bool {
        self.surface != other.surface
            || self.problem != other.problem
            || self.network != other.network
            || self.view != other.view
    }

    pub(super) fn set_surface(&mut self, spec: &'static SurfaceSpec) {
        if self.surface.spec == spec && self.is_plane() {
            return;
        }
        (self.problem, self.network) = (None, None);
        self.start_over_on(spec);
    }

    /// A typed function in place of the surface. What is like the one before keeps its value: the start, the view, and the
    /// parameters of the same name. Others have the values that come with it.
    pub(super) fn set_function(&mut self, function: SurfaceObjective) {
        let before = self.surface.clone();
        if before.custom.is_none() || !self.is_plane() {
            (self.problem, self.network) = (None, None);
            self.start_over_on(&surface::custom::SPEC);
        }
        let SurfaceObjective { spec, params, custom, .. } = function;
        (self.surface.spec, self.surface.params, self.surface.custom) = (spec, params, custom);
        let names = |surface: &SurfaceObjective| surface.custom.as_ref().map(|c| c.names().to_vec());
        let (old, new) = (names(&before).unwrap_or_default(), names(&self.surface).unwrap_or_default());
        for (name, value) in old.iter().zip(&before.params) {
            let same = new.iter().position(|n| n == name);
            if let Some(kept) = same.and_then(|at| self.surface.params.get_mut(at)) {
                *kept = *value;
            }
        }
    }

    /// Another problem in place of the surface, or none.
    pub(super) fn set_problem(&mut self, spec: Option<&'static MatrixSpec>) {
        if self.problem.as_ref().map(|p| p.spec) == spec {
            return;
        }
        (self.problem, self.network) = (spec.map(MatrixObjective::new), None);
        self.start_over_on(Self::default_surface());
    }

    /// Another network in place of what is minimised. Changes of single weights go: they were changes of the other's.
    pub(super) fn set_network(&mut self, network: NetProblem) {
        if self.is_plane() || self.problem.is_some() {
            self.problem = None;
            self.start_over_on(Self::default_surface());
        }
        self.network = Some(network);
        for run in &mut self.runs {
            run.edits.retain(|e| !matches!(e.item, Item::Weight(..)));
        }
    }

    /// A surface with all that belongs to it.
    fn start_over_on(&mut self, spec: &'static SurfaceSpec) {
        self.surface = SurfaceObjective::new(spec);
        self.start = spec.start;
        self.view = None;
        for run in &mut self.runs {
            run.start = None;
        }
    }

    /// The next optimizer that is not in the race yet, with its defaults. On a network it sees the batches that another run
    /// sees: a race is fair only then.
    pub(super) fn add_run(&mut self, beside: usize) {
        if self.runs.len() >= MAX_RUNS {
            return;
        }
        let taken = |spec: &OptimizerSpec| self.runs.iter().any(|r| r.settings.optimizer == spec);
        let spec = optim::all().iter().copied().find(|s| !taken(s)).unwrap_or(optim::ALL[0]);
        let mut settings = Settings::new(spec);
        if self.network.is_some()
            && let Some(other) = self.runs.get(beside)
        {
            let shared = other.settings.modifiers.iter().filter(|m| SHARED_IN_A_RACE.contains(&m.spec.key));
            shared.for_each(|m| settings.apply(&Item::Modifier(m.clone())));
        }
        self.runs.push(RunConfig::new(settings));
    }

    pub(super) fn duplicate_run(&mut self, i: usize) -> bool {
        let room = self.runs.len() < MAX_RUNS;
        if room && let Some(run) = self.runs.get(i).cloned() {
            self.runs.insert(i + 1, run);
            return true;
        }
        false
    }

    pub(super) fn remove_run(&mut self, i: usize) {
        if i < self.runs.len() {
            self.runs.remove(i);
        }
    }
}
