//! Reading links: word by word, keeping whatever makes sense and reporting the rest.

mod place;
mod presentation;

pub use place::transform;

use super::item::{self, list, parse};
use super::{Link, stand_in, text};
use crate::later::{said, words};
use crate::network;
use crate::optim::{self, OptimizerSpec};
use crate::param::{self, ParamSpec, Scale, shorten};
use crate::run::{Edit, Item, Settings};
use crate::schedule::MAX_STEPS;
use crate::session::{MAX_RUNS, MAX_SPEED, MIN_SPEED, RunConfig, STEPS};
use crate::surface::View;
use std::fmt;

/// The longest fragment that is looked at. The second program writes what it has read, and that may be longer.
const MAX_LENGTH: usize = if cfg!(feature = "lab") { 100_000 } else { 1_000_000 };
/// The largest number of edits of one run.
const MAX_EDITS: usize = 1000;
/// The most notices that are given: a link of pure nonsense should not fill the page.
const MAX_NOTICES: usize = 20;

/// What is said of what this program leaves out and the other one does not come to tell about.
const UNSAID: &str =
    "was left out. What is wrong is known to the second part of the page, which could not be loaded.";

/// What races on a network when nothing is said.
const NETWORK_RUNS: [&str; 3] = ["adam:lr=0.01,batch=16", "momentum:lr=0.03,batch=16", "sgd:lr=0.1,batch=16"];

/// Coordinates: finite, and within what pictures can hold.
const COORDINATE: ParamSpec =
    ParamSpec::new("coordinate", "", "coordinate", 0.0, (-1e9, 1e9), Scale::Linear, "");
/// Steps of a run.
pub static STEPS_PARAM: ParamSpec = ParamSpec::new(
    "steps",
    "",
    "steps",
    STEPS as f64,
    (1.0, MAX_STEPS),
    Scale::Integer,
    "How many steps each run takes.",
)
.slider(50.0, 5000.0);
/// The seed of all randomness: whole numbers that a double holds exactly.
pub static SEED_PARAM: ParamSpec = ParamSpec::new(
    "seed",
    "",
    "seed",
    0.0,
    (0.0, 9_007_199_254_740_991.0),
    Scale::Integer,
    "Another seed, other noise; the same seed, the same noise.",
);
/// Gradient noise for all runs.
pub static NOISE_PARAM: ParamSpec = ParamSpec::new(
    "noise",
    "σ",
    "gradient noise",
    0.0,
    (0.0, 1e6),
    Scale::Log,
    "The standard deviation of seeded noise in each coordinate of every gradient.",
)
.slider(0.0, 100.0);
/// Where runs start.
pub static START_PARAMS: [ParamSpec; 2] = [
    ParamSpec { key: "x", name: "start x", symbol: "x₀", help: words("Where runs start."), ..COORDINATE },
    ParamSpec { key: "y", name: "start y", symbol: "y₀", help: words("Where runs start."), ..COORDINATE },
];
/// What all runs share.
pub static SHARED_PARAMS: [&ParamSpec; 5] =
    [&START_PARAMS[0], &START_PARAMS[1], &STEPS_PARAM, &NOISE_PARAM, &SEED_PARAM];
/// The speed of the cursor.
pub const SPEED_PARAM: ParamSpec = ParamSpec::new(
    "speed",
    "",
    "speed",
    1.0,
    (MIN_SPEED, MAX_SPEED),
    Scale::Log,
    "How fast the cursor moves.",
);

/// Something in a link that was not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The word of the link it is about.
    pub place: String,
    /// What is wrong with it and what is allowed.
    pub message: String,
    /// Whether it counts only if the second program of the page, which may know what is meant, does not come.
    pub waits: bool,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Puts a link together from its words.
#[derive(Default)]
pub struct Reader {
    /// Whether there may be names that are not known yet.
    early: bool,
    link: Link,
    runs: Option<Vec<RunConfig>>,
    /// For each run of the link, its place among those that could be read: edits count the runs as they are written.
    places: Vec<Option<usize>>,
    edits: Vec<String>,
    /// What a link says of the parameters of a typed function, and its text.
    custom: Option<(String, Option<String>)>,
    /// Words about the plane, which a matrix problem does not have.
    plane: Vec<&'static str>,
    notices: Vec<Notice>,
}

impl Reader {
    /// A reader that keeps names which it does not know.
    pub(super) fn early() -> Self {
        Self { early: true, ..Self::default() }
    }

    /// Reads a whole fragment.
    pub(super) fn read(mut self, fragment: &str) -> (Link, Vec<Notice>) {
        let fragment = fragment.trim().trim_start_matches('#');
        if fragment.len() > MAX_LENGTH {
            let why = || format!("longer than {MAX_LENGTH} characters, so nothing of it was read");
            self.note("link", said(why));
            return self.finish();
        }
        let of_network = |w: &&str| network::WORDS.contains(&text::pair(w).0);
        let of_network: Vec<&str> = fragment.split('&').filter(of_network).collect();
        let words: Vec<(String, String)> = fragment
            .split('&')
            .filter(|w| !w.is_empty())
            .map(|w| {
                let (key, value) = text::pair(w);
                (text::decode(key), text::decode(value))
            })
            .filter(|(key, _)| !network::WORDS.contains(&key.as_str()))
            .collect();
        if !of_network.is_empty() {
            self.network(&of_network.join("&"));
        }
        // The surface brings its own start and view, so it is read before them, wherever it stands.
        for (key, value) in words.iter().filter(|(k, _)| k == "surface") {
            self.word(key, value);
        }
        for (key, value) in words.iter().filter(|(k, _)| k != "surface") {
            self.word(key, value);
        }
        self.finish()
    }

    fn note(&mut self, place: &str, message: impl Into<String>) {
        // A parameter's message begins with its key, which is often the word itself.
        let own = |message: String| {
            let rest = message.strip_prefix(place).and_then(|rest| rest.strip_prefix(": "));
            rest.map_or_else(|| message.clone(), str::to_owned)
        };
        if cfg!(feature = "lab") {
            self.push_notice(place, own(message.into()), false);
        } else {
            self.push_notice(place, UNSAID.to_owned(), true);
        }
    }

    fn push_notice(&mut self, place: &str, message: String, waits: bool) {
        if self.notices.len() < MAX_NOTICES {
            self.notices.push(Notice { place: shorten(place), message, waits });
        }
    }

    /// Notes that this has a stand-in.
    fn wait(&mut self, place: &str, name: &str) {
        let message =
            format!("{} needs the second part of the page, which could not be loaded", shorten(name));
        self.push_notice(place, message, true);
    }

    /// Reads a setting of a run, or keeps it for later.
    fn item(&mut self, place: &str, optimizer: &'static OptimizerSpec, part: &str) -> Result<Item, String> {
        if self.early && !item::is_known(optimizer, part) {
            self.wait(place, part);
            return Ok(stand_in::item(part));
        }
        item::read(optimizer, part)
    }

    /// Takes one word.
    pub fn word(&mut self, key: &str, value: &str) {
        let result = match key {
            "v" if value == "1" => Ok(()),
            "v" => Err(said(|| format!("{} is not a version known here; read as version 1", shorten(value)))),
            "surface" => {
                self.plane.push("surface");
                self.surface(value)
            }
            "f" => self.function(value),
            "transform" => {
                self.plane.push("transform");
                self.transform(value);
                Ok(())
            }
            "problem" => self.problem(value),
            "start" => {
                self.plane.push("start");
                coordinates(value, ',').map(|start| self.link.config.start = start)
            }
            "steps" => whole(&STEPS_PARAM, value).map(|v| self.link.config.steps = v),
            "seed" => parse(&SEED_PARAM, value).map(|v| self.link.config.seed = param::as_seed(v)),
            "noise" => parse(&NOISE_PARAM, value).map(|v| self.link.config.noise = v),
            "noise_of" => one_of(value, [false, true], |own| if own { "run" } else { "all" })
                .map(|own| self.link.config.noise_of_run = own),
            "run" => self.run(value),
            "edit" => {
                self.edits.push(value.to_owned());
                Ok(())
            }
            "view" => {
                self.plane.push("view");
                view(value).map(|v| self.link.config.view = Some(v))
            }
            "step" => whole(&ParamSpec { min: 0.0, key: "step", ..STEPS_PARAM }, value)
                .map(|v| self.link.step = Some(v)),
            "focus" => whole(&ParamSpec { key: "focus", ..STEPS_PARAM }, value)
                .map(|v| self.link.focus = v.saturating_sub(1) as usize),
            "speed" => parse(&SPEED_PARAM, value).map(|v| self.link.speed = v),
            _ => self.presentation(key, value),
        };
        if let Err(message) = result {
            self.note(key, message);
        }
    }

    fn run(&mut self, value: &str) -> Result<(), String> {
        let runs = self.runs.get_or_insert_default();
        if value == "none" {
            return Ok(());
        }
        self.places.push(None);
        if runs.len() >= MAX_RUNS {
            let why = || format!("at most {MAX_RUNS} runs are shown; {} was left out", shorten(value));
            return Err(said(why));
        }
        let (key, items) = value.split_once(':').unwrap_or((value, ""));
        let place = format!("run {}", self.places.len());
        let Some(optimizer) = optim::find(key.trim()) else {
            if self.early {
                self.wait(&place, key);
                self.push(RunConfig::new(Settings::new(stand_in::optimizer(value))));
                return Ok(());
            }
            return Err(none_of(key, optim::all().iter().map(|s| s.key)));
        };
        let mut run = RunConfig::new(Settings::new(optimizer));
        let mut problems = Vec::new();
        for part in text::split(items, &[',']) {
            let done = match text::pair(&part) {
                ("start", at) => coordinates(at, '/').map(|start| run.start = Some(start)),
                _ => self.item(&place, optimizer, &part).and_then(|item| match item {
                    Item::Weight(i, _) => {
                        Err(said(|| format!("w{i}: a weight is set by an edit, such as edit=1@0:w{i}=0.5")))
                    }
                    item => {
                        run.settings.apply(&item);
                        Ok(())
                    }
                }),
            };
            problems.extend(done.err());
        }
        self.push(run);
        for message in problems {
            self.note(&place, message);
        }
        Ok(())
    }

    fn push(&mut self, run: RunConfig) {
        let runs = self.runs.get_or_insert_default();
        runs.push(run);
        if let Some(place) = self.places.last_mut() {
            *place = Some(runs.len() - 1);
        }
    }

    /// Reads `run@step:item,item` once all runs are known. One bad item does not take the others with it.
    fn edit(&mut self, value: &str) -> Result<(), String> {
        let form = || said(|| "is written run@step:setting=value, for example 1@120:lr=0.01".to_owned());
        let (place, items) = value.split_once(':').ok_or_else(form)?;
        let (run, step) = place.split_once('@').ok_or_else(form)?;
        let count = self.link.config.runs.len();
        let index: usize = run.trim().parse().map_err(|_| form())?;
        let step = whole(&ParamSpec { min: 0.0, key: "step", ..STEPS_PARAM }, step)?;
        let i = index
            .checked_sub(1)
            .and_then(
                |i| if self.places.is_empty() { Some(i) } else { self.places.get(i).copied().flatten() },
            )
            .filter(|i| *i < count)
            .ok_or_else(|| said(|| format!("there is no run {index}, only {count}")))?;
        let optimizer = self.link.config.runs[i].settings.optimizer;
        let mut problems = Vec::new();
        for part in text::split(items, &[',']) {
            let item = match self.item("edit", optimizer, &part) {
                Ok(item) => item,
                Err(message) => {
                    problems.push(message);
                    continue;
                }
            };
            let run = &mut self.link.config.runs[i];
            if run.edits.len() >= MAX_EDITS {
                problems.push(said(|| format!("at most {MAX_EDITS} edits of a run are kept")));
                break;
            }
            run.edits.retain(|e| e.step != step || !e.item.same_target(&item));
            let at = run.edits.partition_point(|e| e.step <= step);
            run.edits.insert(at, Edit { step, item });
        }
        for message in problems {
            self.note("edit", message);
        }
        Ok(())
    }

    /// The link and what was left out of it.
    #[must_use]
    pub fn finish(mut self) -> (Link, Vec<Notice>) {
        if self.link.config.network.is_some() && self.runs.is_none() {
            for run in NETWORK_RUNS {
                // They are readable.
                let _ = self.run(run);
            }
        }
        if let Some(runs) = self.runs.take() {
            self.link.config.runs = runs;
        }
        self.set_function();
        self.leave_the_plane();
        for edit in std::mem::take(&mut self.edits) {
            if let Err(message) = self.edit(&edit) {
                self.note("edit", message);
            }
        }
        self.link.focus = self.link.focus.min(self.link.config.runs.len().saturating_sub(1));
        let steps = self.link.config.steps;
        if let Some(step) = &mut self.link.step {
            *step = (*step).min(steps);
        }
        (self.link, self.notices)
    }
}

fn whole(spec: &ParamSpec, value: &str) -> Result<u32, String> {
    parse(spec, value).map(|v| u32::try_from(param::as_index(v)).unwrap_or(u32::MAX))
}

fn coordinates(value: &str, separator: char) -> Result<[f64; 2], String> {
    let form = || {
        said(|| format!("is written as two numbers with {separator} between them, such as -1.5{separator}2"))
    };
    let (x, y) = value.split_once(separator).ok_or_else(form)?;
    Ok([parse(&COORDINATE, x)?, parse(&COORDINATE, y)?])
}

fn view(value: &str) -> Result<View, String> {
    let numbers: Vec<f64> = value.split(',').map(|v| parse(&COORDINATE, v)).collect::<Result<_, _>>()?;
    let view = match numbers[..] {
        [x0, x1, y0, y1] => Some(View { x: (x0, x1), y: (y0, y1) }).filter(View::is_showable),
        _ => None,
    };
    view.ok_or_else(|| {
        said(|| {
            "is written left,right,bottom,top, with left < right and bottom < top, at least 1e-9 apart"
                .to_owned()
        })
    })
}

fn one_of<T: Copy, const N: usize>(
    value: &str,
    all: [T; N],
    key: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    all.into_iter().find(|t| key(*t) == value).ok_or_else(|| none_of(value, all.into_iter().map(key)))
}

/// What is said of a word that is none of these.
fn none_of(word: &str, known: impl Iterator<Item = &'static str>) -> String {
    said(|| format!("{} is not one of {}", shorten(word), list(known)))
}
