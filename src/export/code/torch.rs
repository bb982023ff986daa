//! Scripts that call `torch.optim`, where it does the same as we do (`docs/conformance.md`, `tests/fixtures`).

use super::function::{self, Wanted};
use super::imports::{imports, names_taken, start_array};
use super::pieces::Pieces;
use super::python::float;
use super::rates::{Rates, moves_momentum};
use super::settings::parted;
use super::{Flavour, Subject, head, simple};
use crate::param::find;
use crate::run::spec::Problem;
use crate::run::{Edit, Item, Settings};
use std::fmt::Write;

/// A class with its arguments: name, value, and the value when nothing is said.
struct Call {
    class: &'static str,
    arguments: Vec<(&'static str, String, &'static str)>,
    /// What may be set during the run: our key, and the name in the parameter group.
    live: &'static [(&'static str, &'static str)],
    /// Whether L2 is one of its arguments.
    has_l2: bool,
}

const BETAS: &str = "(0.9, 0.999)";

/// The class that does the same with these settings.
#[expect(clippy::too_many_lines, reason = "a line or two for each method")]
fn call(settings: &Settings) -> Option<Call> {
    let specs = settings.optimizer.params;
    let of = |key: &str| find(specs, key).map_or(0.0, |i| settings.params[i]);
    let is_torch = find(specs, "convention").is_none_or(|i| specs[i].format(settings.params[i]) == "pytorch");
    if !is_torch || find(specs, "bias_correction").is_some() && of("bias_correction") == 0.0 {
        return None;
    }
    let eps = |default| ("eps", float(of("eps")), default);
    let betas = || ("betas", format!("({}, {})", float(of("beta1")), float(of("beta2"))), BETAS);
    let with = |class, arguments, live: &'static [(&'static str, &'static str)]| Call {
        class,
        arguments,
        live,
        has_l2: true,
    };
    let decay = || ("weight_decay", float(of("weight_decay")), "");
    Some(match settings.optimizer.key {
        "sgd" => with("SGD", vec![], &[("lr", "lr")]),
        "momentum" => with(
            "SGD",
            vec![("momentum", float(of("momentum")), "0.0"), ("dampening", float(of("dampening")), "0.0")],
            if of("momentum") > 0.0 {
                &[("lr", "lr"), ("momentum", "momentum"), ("dampening", "dampening")]
            } else {
                &[("lr", "lr")]
            },
        ),
        "nesterov" if of("momentum") > 0.0 => with(
            "SGD",
            vec![("momentum", float(of("momentum")), ""), ("nesterov", "True".to_owned(), "")],
            &[("lr", "lr"), ("momentum", "momentum")],
        ),
        "adagrad" => with(
            "Adagrad",
            vec![
                ("lr_decay", float(of("lr_decay")), "0.0"),
                ("initial_accumulator_value", float(of("initial_accumulator")), "0.0"),
                eps("1e-10"),
            ],
            &[("lr", "lr"), ("lr_decay", "lr_decay"), ("eps", "eps")],
        ),
        "rmsprop" => {
            let centered = if of("centered") == 0.0 { "False" } else { "True" };
            with(
                "RMSprop",
                vec![
                    ("alpha", float(of("alpha")), "0.99"),
                    eps("1e-8"),
                    ("momentum", float(of("momentum")), "0.0"),
                    ("centered", centered.to_owned(), "False"),
                ],
                &[("lr", "lr"), ("alpha", "alpha"), ("eps", "eps")],
            )
        }
        "adadelta" => with(
            "Adadelta",
            vec![("rho", float(of("rho")), "0.9"), eps("1e-6")],
            &[("lr", "lr"), ("rho", "rho"), ("eps", "eps")],
        ),
        "adam" => with("Adam", vec![betas(), eps("1e-8")], &[("lr", "lr"), ("eps", "eps")]),
        "amsgrad" => with(
            "Adam",
            vec![betas(), eps("1e-8"), ("amsgrad", "True".to_owned(), "")],
            &[("lr", "lr"), ("eps", "eps")],
        ),
        "adamw" => Call {
            class: "AdamW",
            arguments: vec![betas(), eps("1e-8"), decay()],
            live: &[("lr", "lr"), ("eps", "eps"), ("weight_decay", "weight_decay")],
            has_l2: false,
        },
        "adamax" => with("Adamax", vec![betas(), eps("1e-8")], &[("lr", "lr"), ("eps", "eps")]),
        "nadam" => with(
            "NAdam",
            vec![betas(), eps("1e-8"), ("momentum_decay", float(of("momentum_decay")), "0.004")],
            &[("lr", "lr"), ("eps", "eps")],
        ),
        "radam" => with("RAdam", vec![betas(), eps("1e-8")], &[("lr", "lr"), ("eps", "eps")]),
        "rprop" => Call {
            class: "Rprop",
            arguments: vec![
                ("etas", format!("({}, {})", float(of("eta_minus")), float(of("eta_plus"))), "(0.5, 1.2)"),
                (
                    "step_sizes",
                    format!("({}, {})", float(of("step_min")), float(of("step_max"))),
                    "(1e-6, 50.0)",
                ),
            ],
            live: &[],
            has_l2: false,
        },
        "asgd" => with(
            "ASGD",
            vec![
                ("lambd", float(of("lambd")), "0.0001"),
                ("alpha", float(of("alpha")), "0.75"),
                ("t0", float(of("t0")), "1000000.0"),
            ],
            &[],
        ),
        "adafactor" => Call {
            class: "Adafactor",
            arguments: vec![
                ("beta2_decay", float(of("beta2_decay")), "-0.8"),
                ("eps", format!("(None, {})", float(of("eps2"))), "(None, 0.001)"),
                ("d", float(of("d")), "1.0"),
                ("weight_decay", "0.0".to_owned(), "0.0"),
            ],
            live: &[("lr", "lr")],
            has_l2: false,
        },
        "lbfgs" if of("c1") == 1e-4 && of("c2") == 0.9 => Call {
            class: "LBFGS",
            arguments: vec![
                ("max_iter", "1".to_owned(), ""),
                ("max_eval", "26".to_owned(), ""),
                ("history_size", float(of("history")).trim_end_matches(".0").to_owned(), ""),
                ("line_search_fn", "\"strong_wolfe\"".to_owned(), ""),
                ("tolerance_grad", "0.0".to_owned(), ""),
                ("tolerance_change", "0.0".to_owned(), ""),
            ],
            live: &[],
            has_l2: false,
        },
        _ => return None,
    })
}

impl Call {
    fn text(&self, lr: f64, l2: Option<f64>) -> String {
        let mut arguments = vec!["[w]".to_owned(), format!("lr={}", float(lr))];
        let moved = self.arguments.iter().filter(|(_, value, default)| value != default);
        arguments.extend(moved.map(|(name, value, _)| format!("{name}={value}")));
        if let Some(l2) = l2 {
            arguments.push(format!("weight_decay={}", float(l2)));
        }
        let (class, all) = (self.class, arguments.join(", "));
        if all.len() < 80 {
            format!("optimizer = torch.optim.{class}({all})\n")
        } else {
            format!("optimizer = torch.optim.{class}(\n    {all}\n)\n")
        }
    }
}

/// Whether the library does all of a run.
fn can(subject: &Subject<'_>, settings: &Settings, edits: &[&Edit], call: &Call) -> bool {
    let specs = settings.optimizer.params;
    let live = |e: &&Edit| match &e.item {
        Item::Param(i, _) => specs.get(*i).is_some_and(|p| call.live.iter().any(|(key, _)| *key == p.key)),
        Item::Schedule(_) | Item::Warmup(_) => !call.live.is_empty(),
        Item::Weight(..) => call.class != "LBFGS",
        Item::Modifier(_) | Item::ModifierOff(_) => false,
    };
    let is_lbfgs = call.class == "LBFGS";
    let plain = settings.modifiers.is_empty() && super::settings::is_constant(settings, edits);
    let scheduled = super::settings::is_constant(settings, edits) || !call.live.is_empty();
    // PyTorch corrects with the β of the moment, we with the product of all that were.
    let moves = moves_momentum(settings, edits)
        && (settings.momentum().is_some_and(|i| specs[i].key == "beta1") || is_sequence(settings, edits));
    simple::is_simple(subject.spec, settings, edits)
        && edits.iter().all(live)
        && scheduled
        && !moves
        && (!is_lbfgs || plain)
}

/// Whether no scheduler of the library sets the momentum.
fn is_sequence(settings: &Settings, edits: &[&Edit]) -> bool {
    let has_momentum = settings.momentum().is_some();
    let changes =
        edits.iter().any(|e| matches!(e.item, Item::Schedule(_) | Item::Warmup(_) | Item::Param(0, _)));
    let total = settings.schedule.params.first().copied().unwrap_or(0.0);
    has_momentum && (settings.warmup > 0 || settings.schedule.then.is_some() || changes || total > 0.0)
}

/// A script, where the library has all that the run needs.
///
/// # Errors
/// Why there is none.
pub fn script(subject: &Subject<'_>) -> Result<Option<String>, String> {
    let (settings, start, edits) = parted(subject.spec, subject.trace.last());
    let Some(call) = call(&settings).filter(|call| can(subject, &settings, &edits, call)) else {
        return Ok(None);
    };
    let mut pieces = Pieces::default();
    if simple::has_noise(&settings) {
        pieces.share("rng");
    }
    let rates = Rates::new(subject, &settings, &edits, Flavour::Pytorch, &mut pieces);
    let run = run(subject, &settings, &start, &edits, &call, &rates);
    let shared = pieces.text(&run);
    let f = function::function(subject.spec, Flavour::Pytorch, Wanted::default(), &names_taken(&shared))?;
    let shared = if shared.trim().is_empty() { String::new() } else { format!("{shared}\n\n") };
    let body = format!("{f}\n\n{shared}{run}");
    let mut notes = Vec::new();
    if call.class == "LBFGS" {
        notes.push("One step here is one iteration. max_eval leaves the line search 25 evaluations; the default of PyTorch allows none with max_iter=1.".to_owned());
    }
    let mut text = head::head(subject, Flavour::Pytorch, "with torch.optim", &notes);
    text.push_str(&imports(&body, Flavour::Pytorch, pieces.imports()));
    text.push_str(&body);
    text.push_str(&head::check(subject, "np.ravel(path[step])"));
    Ok(Some(text))
}

/// The part that runs.
fn run(
    subject: &Subject<'_>,
    settings: &Settings,
    start: &[f64],
    edits: &[&Edit],
    call: &Call,
    rates: &Rates,
) -> String {
    let mut text = String::from("# The run.\n");
    text.push_str(&start_tensor(subject, start));
    let l2 = settings.modifier("l2").map(|m| m.values[0]);
    text.push_str(&call.text(settings.params[0], l2.filter(|_| call.has_l2)));
    text.push_str(&rates.before);
    if simple::has_average(settings) {
        text.push_str("average = w.detach().clone()\n");
    }
    if call.class == "LBFGS" {
        text.push_str("\n\ndef closure():\n    optimizer.zero_grad()\n    loss = value(w)\n    loss.backward()\n    return loss\n\n");
    }
    text.push_str("\npath = [w.detach().clone()]\n");
    let (steps, why) = head::steps(subject);
    let _ = writeln!(text, "for step in range({steps}):{why}");
    text.push_str(&changes(settings, edits, call, rates, steps));
    if let Some(rate) = &rates.rate {
        let _ = writeln!(text, "    optimizer.param_groups[0][\"lr\"] = {rate}");
    }
    if call.class == "LBFGS" {
        text.push_str("    optimizer.step(closure)\n");
    } else {
        text.push_str("    optimizer.zero_grad()\n    loss = value(w)\n    loss.backward()\n");
        text.push_str(&on_gradient(subject, settings, call));
        text.push_str("    optimizer.step()\n");
    }
    if let Some(decay) = settings.modifier("decay") {
        let _ = writeln!(
            text,
            "    with torch.no_grad():  # weight decay, decoupled\n        w -= optimizer.param_groups[0][\"lr\"] * {} * path[-1]",
            float(decay.values[0])
        );
    }
    if let Some(ema) = settings.modifier("ema") {
        let _ = writeln!(text, "    average = {0} * average + (1 - {0}) * w.detach()", float(ema.values[0]));
    }
    if rates.reads_loss {
        text.push_str("    loss = loss.item()  # where the step began\n");
    }
    text.push_str(&rates.after);
    text.push_str("    path.append(w.detach().clone())\n");
    for edit in edits.iter().filter(|e| e.step as usize == steps) {
        if let Item::Weight(i, v) = edit.item {
            let _ = writeln!(text, "path[-1].ravel()[{i}] = {}", float(v));
        }
    }
    text
}

fn start_tensor(subject: &Subject<'_>, start: &[f64]) -> String {
    if let Problem::Matrix(m) = &subject.spec.problem {
        let start = start_array(subject.spec, start);
        return format!("w = torch.tensor({start}.reshape({0}, {0}), requires_grad=True)\n", m.side());
    }
    let start: Vec<String> = start.iter().map(|x| float(*x)).collect();
    format!("w = torch.tensor([{}], requires_grad=True)\n", start.join(", "))
}

/// What modifiers do to the gradient.
fn on_gradient(subject: &Subject<'_>, settings: &Settings, call: &Call) -> String {
    let mut text = String::new();
    for choice in &settings.modifiers {
        let v = float(choice.values.first().copied().unwrap_or(0.0));
        let _ = match choice.spec.key {
            "noise" => {
                let noise = simple::noise(subject.spec, choice, "(step + 1) << 32");
                let about =
                    "    # Drawn from the seed, the step and the coordinate, and from nothing else.\n";
                let g = if noise.contains("norm(g)") { "    g = w.grad.numpy()\n" } else { "" };
                writeln!(text, "{about}{g}    w.grad += torch.tensor({noise}).reshape(w.shape)")
            }
            "clip_norm" => writeln!(text, "    torch.nn.utils.clip_grad_norm_([w], {v})"),
            "clip_value" => writeln!(text, "    torch.nn.utils.clip_grad_value_([w], {v})"),
            "l1" => writeln!(text, "    w.grad += {v} * torch.sign(w.detach())  # L1"),
            "l2" if !call.has_l2 => writeln!(text, "    w.grad += {v} * w.detach()  # L2"),
            _ => Ok(()),
        };
    }
    text
}

/// What is changed during the run.
fn changes(settings: &Settings, edits: &[&Edit], call: &Call, rates: &Rates, steps: usize) -> String {
    let mut text = String::new();
    let mut rest = edits.iter().filter(|e| (e.step as usize) < steps).peekable();
    while let Some(step) = rest.peek().map(|e| e.step) {
        let mut lines = String::new();
        while let Some(edit) = rest.next_if(|e| e.step == step) {
            lines.push_str(&change(settings, &edit.item, call, rates));
        }
        if !lines.is_empty() {
            let _ = write!(text, "    if step == {step}:\n{lines}");
        }
    }
    text
}

fn change(settings: &Settings, item: &Item, call: &Call, rates: &Rates) -> String {
    if let Some(line) = rates.change(item) {
        return line;
    }
    match item {
        Item::Param(i, v) => {
            let key = settings.optimizer.params.get(*i).map_or("", |p| p.key);
            let name = call.live.iter().find(|(k, _)| *k == key).map_or(key, |(_, name)| name);
            format!("        optimizer.param_groups[0][{name:?}] = {}\n", float(*v))
        }
        Item::Weight(i, v) => format!(
            "        with torch.no_grad():\n            w.ravel()[{i}] = {0}\n        path[-1].ravel()[{i}] = {0}\n",
            float(*v)
        ),
        _ => String::new(),
    }
}
