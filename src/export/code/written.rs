//! Scripts in which the method is written out in NumPy. With PyTorch and JAX the gradients are theirs.

use super::function::{self, Wanted};
use super::pieces::{self, Pieces};
use super::python::float;
use super::settings::{
    add_schedules, class, dict, function as schedule_function, is_constant, is_direct, modifiers,
    modifiers_used, parted, reads_loss, schedule_dict, schedules, sequence, value, variable,
};
use super::{Flavour, Subject, head, simple};
use crate::modifier;
use crate::run::spec::Problem;
use crate::run::{Edit, Item, RunSpec, Settings};
use std::fmt::Write;

/// A script with everything written out.
///
/// # Errors
/// Why there is none.
pub fn script(subject: &Subject<'_>, flavour: Flavour) -> Result<String, String> {
    let spec = subject.spec;
    let (settings, start, edits) = parted(spec, subject.trace.last());
    let is_short = is_short(spec, &settings, &edits);
    let pieces = collect(&settings, &edits, is_short)?;
    let told = if is_short { simple::told(spec, &settings) } else { String::new() };
    let mut methods = pieces.text(&told);
    let asks = |words: &[&str]| {
        words
            .iter()
            .any(|word| methods.contains(&format!("{}{word}(", if is_short { "k." } else { "self.f." })))
    };
    let wanted = if is_short {
        Wanted {
            gradient: asks(&["gradient", "value_and_gradient", "trial"]),
            hessian: asks(&["hessian", "hvp"]),
            residuals: asks(&["residuals"]),
        }
    } else {
        Wanted { gradient: asks(&["gradient"]), hessian: asks(&["hessian"]), residuals: asks(&["residuals"]) }
    };
    if wanted.gradient && !told.is_empty() {
        methods = format!("{methods}\n\n{told}");
    }
    let has_told = wanted.gradient && !told.is_empty();
    let mut body = function::function(spec, flavour, wanted, &names_taken(&methods))?;
    let plan = Plan {
        subject,
        settings: &settings,
        start: &start,
        edits: &edits,
        methods: &methods,
        flavour,
        is_short,
        has_told,
    };
    let run = plan.run(wanted);
    let has_value = run.contains("value_at");
    match flavour {
        Flavour::Numpy => {}
        Flavour::Pytorch => body.push_str(&torch_derivatives(wanted, has_value)),
        Flavour::Optax => body.push_str(&jax_derivatives(wanted, has_value)),
    }
    let body = format!("{body}\n\n{methods}\n\n{run}");
    let (how, notes) = match flavour {
        Flavour::Numpy => ("written out in NumPy", Vec::new()),
        Flavour::Pytorch => {
            ("written out in NumPy on gradients of PyTorch", vec![missing(flavour, &settings)])
        }
        Flavour::Optax => ("written out in NumPy on gradients of JAX", vec![missing(flavour, &settings)]),
    };
    let mut text = head::head(subject, flavour, how, &notes);
    text.push_str(&imports(&body, flavour, pieces.imports()));
    text.push_str(&body);
    text.push_str(&head::check(subject, "path[step]"));
    Ok(text)
}

/// Tells names that these pieces, or the loop, use already.
pub fn names_taken(pieces: &str) -> impl Fn(&str) -> bool {
    move |name| {
        let is_defined = |kind: &str, after: char| pieces.contains(&format!("{kind} {name}{after}"));
        is_defined("def", '(')
            || is_defined("class", ':')
            || is_defined("class", '(')
            || modifier::find(name).is_some()
    }
}

fn missing(flavour: Flavour, settings: &Settings) -> String {
    let library = match flavour {
        Flavour::Pytorch => "torch.optim",
        _ => "optax",
    };
    format!(
        "{library} has no {} with these settings, so the update is written out in NumPy, on exact derivatives by the library.",
        settings.optimizer.name
    )
}

/// The pieces of a run.
fn collect(settings: &Settings, edits: &[&Edit], is_short: bool) -> Result<Pieces, String> {
    let used = modifiers_used(settings, edits);
    let mut pieces = Pieces::default();
    pieces.tells_kept = used.iter().any(|m| m.spec.key == "state8");
    let key = settings.optimizer.key;
    let method = pieces::method(key)
        .ok_or_else(|| format!("There is no script of {} yet.", settings.optimizer.name))?;
    if is_short {
        if simple::has_noise(settings) {
            pieces.share("rng");
        }
    } else {
        pieces.share(if used.is_empty() { "step" } else { "pipeline" });
        for modifier in &used {
            if let Some(text) = pieces::modifier(modifier.spec.key) {
                pieces.add(text);
            }
        }
    }
    pieces.add(method);
    if !is_constant(settings, edits) {
        if !is_direct(settings, edits) {
            pieces.share("schedule");
        }
        for choice in schedules(settings, edits) {
            add_schedules(choice, &mut pieces);
        }
    }
    Ok(pieces)
}

/// What a method may ask of a plain namespace.
const PLAIN: [&str; 12] = [
    "gradient",
    "value",
    "value_and_gradient",
    "trial",
    "hessian",
    "hvp",
    "residuals",
    "t",
    "step",
    "lr",
    "base_lr",
    "worker",
];

/// Whether a method asks so little, and modifiers do so little, that no `Step` is needed.
fn is_short(spec: &RunSpec, settings: &Settings, edits: &[&Edit]) -> bool {
    let Some(method) = pieces::method(settings.optimizer.key) else { return false };
    let mut own = Pieces::default();
    own.add(method);
    let text = own.text("");
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let asked: Vec<&str> = text
        .match_indices("k.")
        .filter(|(at, _)| !text[..*at].chars().next_back().is_some_and(|c| is_part(c) || c == '.'))
        .map(|(at, _)| text[at + 2..].split(|c| !is_part(c)).next().unwrap_or(""))
        .collect();
    let tries = asked.iter().any(|word| matches!(*word, "trial" | "value_and_gradient"));
    asked.iter().all(|word| PLAIN.contains(word))
        && simple::is_simple(spec, settings, edits)
        && !(tries && simple::has_noise(settings))
}

fn torch_derivatives(wanted: Wanted, has_value: bool) -> String {
    let mut text =
        String::from("\n\n# What the method below asks, on NumPy arrays; the derivatives are PyTorch's.\n");
    let mut functions = Vec::new();
    if has_value {
        functions.push("def value_at(x):\n    return value(torch.tensor(x)).item()\n");
    }
    if wanted.gradient {
        functions.push(
            "def gradient(x):\n    w = torch.tensor(x, requires_grad=True)\n    value(w).backward()\n    return w.grad.numpy()\n",
        );
    }
    if wanted.hessian {
        functions.push(
            "def hessian(x):\n    return torch.autograd.functional.hessian(value, torch.tensor(x)).numpy()\n",
        );
    }
    text.push_str(&functions.join("\n\n"));
    if functions.is_empty() { String::new() } else { text }
}

fn jax_derivatives(wanted: Wanted, has_value: bool) -> String {
    let mut text =
        String::from("\n\n# What the method below asks, on NumPy arrays; the derivatives are JAX's.\n");
    let (mut compiled, mut functions) = (String::new(), String::new());
    for (on, name, by, how) in [
        (has_value, "value_at", "value_by_jax", "value"),
        (wanted.gradient, "gradient", "gradient_by_jax", "jax.grad(value)"),
        (wanted.hessian, "hessian", "hessian_by_jax", "jax.hessian(value)"),
    ] {
        if on {
            let _ = writeln!(compiled, "{by} = jax.jit({how})");
            let array = if name == "value_at" { "float" } else { "np.array" };
            let _ = write!(functions, "\n\ndef {name}(x):\n    return {array}({by}(x))\n");
        }
    }
    if compiled.is_empty() {
        return String::new();
    }
    text.push_str(&compiled);
    text + &functions
}

pub fn imports(body: &str, flavour: Flavour, more: &[&str]) -> String {
    let mut text = String::from("\n");
    for line in more {
        let _ = writeln!(text, "{line}");
    }
    if body.contains("math.") {
        text.push_str("import math\n");
    }
    if body.contains("SimpleNamespace") {
        text.push_str("from types import SimpleNamespace\n");
    }
    if text.len() > 1 {
        text.push('\n');
    }
    text.push_str(&library_imports(flavour, body));
    text + "\n\n"
}

/// The imports of a library, set to 64 bits.
pub fn library_imports(flavour: Flavour, body: &str) -> String {
    let mut text = String::new();
    match flavour {
        Flavour::Numpy => text.push_str("import numpy as np\n"),
        Flavour::Pytorch => {
            text.push_str("import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n");
        }
        Flavour::Optax => {
            text.push_str("import jax\nimport jax.numpy as jnp\nimport numpy as np\n");
            if body.contains("optax.") {
                text.push_str("import optax\n");
            }
            if body.contains("contrib.") {
                text.push_str("from optax import contrib\n");
            }
            text.push_str("\njax.config.update(\"jax_enable_x64\", True)\n");
        }
    }
    text
}

/// The start as an array.
pub fn start_array(spec: &RunSpec, start: &[f64]) -> String {
    match &spec.problem {
        Problem::Matrix(m) if m.start() == start && m.spec.key == "matrix_lsq" => {
            "(np.sin(i + 2.0 * j) / 2).ravel()".to_owned()
        }
        Problem::Matrix(m) if m.start() == start && start.iter().all(|x| *x == 0.0) => {
            format!("np.zeros({})", start.len())
        }
        _ => format!("np.array([{}])", start.iter().map(|x| float(*x)).collect::<Vec<_>>().join(", ")),
    }
}

/// What goes into the part that runs.
struct Plan<'a> {
    subject: &'a Subject<'a>,
    settings: &'a Settings,
    start: &'a [f64],
    edits: &'a [&'a Edit],
    /// The text of the methods.
    methods: &'a str,
    flavour: Flavour,
    /// Whether the method asks so little that it needs no `Step`.
    is_short: bool,
    /// Whether gradients are changed on their way to it.
    has_told: bool,
}

impl Plan<'_> {
    fn is_constant(&self) -> bool {
        is_constant(self.settings, self.edits)
    }

    fn is_direct(&self) -> bool {
        is_direct(self.settings, self.edits)
    }

    fn reads_loss(&self) -> bool {
        schedules(self.settings, self.edits).iter().any(|c| c.parts().any(|(p, _)| reads_loss(p.spec)))
    }

    /// The name of the parameters that edits change: a schedule makes those of a step from them.
    fn base(&self) -> &'static str {
        if self.is_constant() { "p" } else { "settings" }
    }

    /// The part that runs.
    fn run(&self, wanted: Wanted) -> String {
        let Self { settings, edits, .. } = *self;
        let mut text = String::from("# The run.\n");
        text.push_str(&self.facts());
        let value = if self.flavour == Flavour::Numpy { "value" } else { "value_at" };
        let mut functions = vec![format!("value={value}")];
        for (on, name) in
            [(wanted.gradient, "gradient"), (wanted.hessian, "hessian"), (wanted.residuals, "residuals")]
        {
            if on {
                functions.push(format!("{name}={name}"));
            }
        }
        if !self.is_short {
            let _ = writeln!(text, "f = SimpleNamespace({})", functions.join(", "));
        }
        let _ = writeln!(text, "x = {}", start_array(self.subject.spec, self.start));
        let _ = writeln!(text, "{} = {}", self.base(), dict(settings.optimizer.params, &settings.params));
        if self.reads_loss() {
            text.push_str("plateau = ReduceOnPlateau()\n");
        }
        if !self.is_constant() && !self.is_direct() {
            let _ = writeln!(text, "schedule = Schedule({}, run)", sequence(&settings.schedule));
        }
        let modified = if self.is_short { Vec::new() } else { modifiers_used(settings, edits) };
        for modifier in &modified {
            let _ = writeln!(text, "{} = {}()", variable(modifier), pieces::camel(modifier.spec.key));
        }
        if self.is_short {
            text.push_str(&self.plain_step());
        } else if modified.is_empty() {
            text.push_str("k = Step(f, run)\n");
        } else {
            let _ = writeln!(text, "k = Pipeline(f, run, {})", modifiers(settings));
        }
        let _ = writeln!(
            text,
            "method = {}(x, dict({}), {})",
            class(settings),
            self.base(),
            if self.methods.contains("run") && text.contains("\nrun = ") { "run" } else { "None" }
        );
        if self.is_short && simple::has_average(settings) {
            text.push_str("average = x\n");
        }
        text.push_str("\npath = [x]\n");
        if self.reads_loss() {
            text.push_str("loss = None\n");
        }
        let (steps, why) = head::steps(self.subject);
        let _ = writeln!(text, "for step in range({steps}):{why}");
        text.push_str(&self.changes());
        text.push_str(&self.rate());
        if self.is_short {
            text.push_str(&self.counted());
            // Some change it in place.
            let x = if self.methods.contains("x[") { "x.copy()" } else { "x" };
            let _ = writeln!(text, "    x = method.step({x}, p, k)");
            text.push_str(&simple::after(settings));
        } else {
            let _ = writeln!(text, "    x = k.advance(method, x, p{})", self.rates());
        }
        text.push_str("    path.append(x)\n");
        for edit in edits.iter().filter(|e| e.step as usize == steps) {
            if let Item::Weight(i, v) = edit.item {
                let _ = writeln!(text, "path[-1][{i}] = {}", float(v));
            }
        }
        text
    }

    fn asks(&self, word: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        self.methods.match_indices(&format!("k.{word}")).any(|(at, found)| {
            let before = self.methods[..at].chars().next_back();
            let after = self.methods[at + found.len()..].chars().next();
            !before.is_some_and(|c| is_part(c) || c == '.') && !after.is_some_and(is_part)
        })
    }

    /// What the method may ask, where that is little.
    fn plain_step(&self) -> String {
        let gradient = if self.has_told { "told" } else { "gradient" };
        let value = if self.flavour == Flavour::Numpy { "value" } else { "value_at" };
        let both = format!("lambda x: ({value}(x), {gradient}(x))");
        let all = [
            ("gradient", gradient.to_owned()),
            ("value", value.to_owned()),
            ("value_and_gradient", both.clone()),
            ("trial", both),
            ("hessian", "hessian".to_owned()),
            ("hvp", "lambda x, v: hessian(x) @ v".to_owned()),
            ("residuals", "residuals".to_owned()),
            ("worker", "0".to_owned()),
        ];
        let used: Vec<String> = all
            .into_iter()
            .filter(|(word, _)| self.asks(word))
            .map(|(word, what)| format!("{word}={what}"))
            .collect();
        format!("k = SimpleNamespace({})  # what the method may ask during a step\n", used.join(", "))
    }

    /// What of a step is counted.
    fn counted(&self) -> String {
        let mut text = String::new();
        let steps: Vec<&str> = ["t", "step"].into_iter().filter(|w| self.asks(w)).collect();
        if !steps.is_empty() {
            let names: Vec<String> = steps.iter().map(|w| format!("k.{w} =")).collect();
            let _ = writeln!(text, "    {} step + 1", names.join(" "));
        }
        if self.asks("call") {
            text.push_str("    k.call = 0\n");
        }
        let (lr, base) = match (self.is_constant(), self.settings.optimizer.has_lr()) {
            (true, true) => ("p[\"lr\"]", "p[\"lr\"]"),
            (false, true) => ("p[\"lr\"]", "settings[\"lr\"]"),
            (true, false) => ("1.0", "1.0"),
            (false, false) => ("factor", "1.0"),
        };
        for (word, rate) in [("lr", lr), ("base_lr", base)] {
            if self.asks(word) {
                let _ = writeln!(text, "    k.{word} = {rate}");
            }
        }
        text
    }

    /// What is told of the rate to a step.
    fn rates(&self) -> &'static str {
        let asked = ["k.lr", "base_lr", "self.lr"].iter().any(|word| {
            let text = self.methods.replace("self.lr, self.base_lr = lr, base_lr", "");
            let text = text.replace("self.lr = self.base_lr = 1.0", "");
            text.replace("lr=1.0, base_lr=1.0", "").contains(word)
        });
        match (self.is_constant(), self.settings.optimizer.has_lr()) {
            _ if !asked => "",
            (true, true) => ", p[\"lr\"], p[\"lr\"]",
            (true, false) => "",
            (false, true) => ", p[\"lr\"], settings[\"lr\"]",
            (false, false) => ", factor",
        }
    }

    /// The facts of the run that its pieces ask for.
    fn facts(&self) -> String {
        let spec = self.subject.spec;
        let objective = spec.problem.objective();
        let mut facts = Vec::new();
        let mentions = |word: &str| self.methods.contains(&format!("run.{word}"));
        let has_schedule = !self.is_constant();
        if mentions("steps") || has_schedule {
            facts.push(format!("steps={}", spec.steps));
        }
        if mentions("seed") {
            facts.push(format!("seed={}", spec.seed));
        }
        if mentions("warmup") || has_schedule && !self.is_direct() {
            facts.push(format!("warmup={}", self.settings.warmup));
        }
        if mentions("region") {
            let region: Vec<String> = objective
                .region()
                .iter()
                .map(|(lo, hi)| format!("({}, {})", float(*lo), float(*hi)))
                .collect();
            facts.push(format!("region=[{}]", region.join(", ")));
        }
        if mentions("blocks") {
            let blocks: Vec<String> = objective
                .layout()
                .iter()
                .map(|b| format!("({}, {}, {})", b.rows, b.cols, b.offset))
                .collect();
            facts.push(format!("blocks=[{}]", blocks.join(", ")));
        }
        if mentions("minimum") {
            facts.push(format!("minimum={}", function::minimum(spec)));
        }
        if mentions("dim") {
            facts.insert(0, format!("dim={}", spec.start.len()));
        }
        if facts.is_empty() {
            return String::new();
        }
        format!("run = SimpleNamespace({})\n", facts.join(", "))
    }

    /// The parameters of a step, where a schedule moves them.
    fn rate(&self) -> String {
        if self.is_constant() {
            return String::new();
        }
        let settings = self.settings;
        let mut text = String::new();
        if self.is_direct() {
            let call = format!(
                "{}(step, {}, run)",
                schedule_function(settings.schedule.spec),
                schedule_dict(&settings.schedule)
            );
            let _ = writeln!(text, "    factor = {call}");
        } else {
            let loss = if self.reads_loss() { ", loss" } else { "" };
            let _ = writeln!(text, "    factor, momentum = schedule(step{loss})");
        }
        if settings.optimizer.has_lr() {
            text.push_str("    p = dict(settings, lr=settings[\"lr\"] * factor)\n");
        } else {
            text.push_str("    p = dict(settings)\n");
        }
        if let Some(i) = settings.momentum().filter(|_| self.methods.contains("def one_cycle(")) {
            let key = settings.optimizer.params[i].key;
            let _ = writeln!(text, "    if momentum is not None:\n        p[{key:?}] = momentum");
        }
        if self.reads_loss() {
            let value = if self.flavour == Flavour::Numpy { "value" } else { "value_at" };
            let _ = writeln!(text, "    loss = {value}(x)");
        }
        text
    }

    /// What is changed during the run.
    fn changes(&self) -> String {
        let mut live = self.settings.clone();
        let mut text = String::new();
        let steps = head::steps(self.subject).0;
        let mut rest = self.edits.iter().filter(|e| (e.step as usize) < steps).peekable();
        while let Some(step) = rest.peek().map(|e| e.step) {
            let mut lines = String::new();
            let mut modified = false;
            while let Some(edit) = rest.next_if(|e| e.step == step) {
                live.apply(&edit.item);
                modified |= matches!(edit.item, Item::Modifier(_) | Item::ModifierOff(_));
                lines.push_str(&self.change(&edit.item));
            }
            if modified && !modifiers_used(self.settings, self.edits).is_empty() {
                let _ = writeln!(lines, "        k.modifiers = {}", modifiers(&live));
            }
            if !lines.is_empty() {
                let _ = write!(text, "    if step == {step}:\n{lines}");
            }
        }
        text
    }

    fn change(&self, item: &Item) -> String {
        match item {
            Item::Param(i, v) => self.settings.optimizer.params.get(*i).map_or_else(String::new, |p| {
                format!("        {}[{:?}] = {}\n", self.base(), p.key, value(p, *v))
            }),
            Item::Schedule(choice) if !self.is_constant() => {
                format!("        schedule.parts = {}\n", sequence(choice))
            }
            Item::Warmup(w) if !self.is_constant() => format!("        run.warmup = {w}\n"),
            Item::Weight(i, v) => format!("        x[{i}] = {}\n", float(*v)),
            _ => String::new(),
        }
    }
}
