//! The part of a script that runs.

use crate::export::code::function::{self, Wanted};
use crate::export::code::imports::start_array;
use crate::export::code::python::float;
use crate::export::code::settings::{
    class, dict, is_constant, is_direct, modifiers, modifiers_used, reads_loss, schedules, sequence, variable,
};
use crate::export::code::{Flavour, Subject, head, pieces, simple};
use crate::run::{Edit, Item, Settings};
use std::fmt::Write;

/// What goes into the part that runs.
pub struct Plan<'a> {
    pub subject: &'a Subject<'a>,
    pub settings: &'a Settings,
    pub start: &'a [f64],
    pub edits: &'a [&'a Edit],
    /// The text of the methods.
    pub methods: &'a str,
    pub flavour: Flavour,
    /// Whether the method asks so little that it needs no `Step`.
    pub is_short: bool,
    /// Whether gradients are changed on their way to it.
    pub has_told: bool,
}

impl Plan<'_> {
    pub fn is_constant(&self) -> bool {
        is_constant(self.settings, self.edits)
    }

    pub fn is_direct(&self) -> bool {
        is_direct(self.settings, self.edits)
    }

    pub fn reads_loss(&self) -> bool {
        schedules(self.settings, self.edits).iter().any(|c| c.parts().any(|(p, _)| reads_loss(p.spec)))
    }

    /// The name of the parameters that edits change: a schedule makes those of a step from them.
    pub fn base(&self) -> &'static str {
        if self.is_constant() { "p" } else { "settings" }
    }

    /// The part that runs.
    pub fn run(&self, wanted: Wanted) -> String {
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
}
