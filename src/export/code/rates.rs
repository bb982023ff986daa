//! The learning rate of each step, for scripts that call a library.

use super::pieces::Pieces;
use super::python::{float, number};
use super::settings::{
    add_schedules, function, is_constant, is_direct, reads_loss, schedule_dict, schedules, sequence,
};
use super::{Flavour, Subject};
use crate::param::as_index;
use crate::run::{Edit, Item, ScheduleChoice, Settings};
use std::fmt::Write;

/// How a script sets the rate.
#[derive(Default)]
pub struct Rates {
    /// Lines before the loop.
    pub before: String,
    /// The rate of a step as an expression of `step`; none where it stays, or a scheduler of the library sets it.
    pub rate: Option<String>,
    /// The line after a step.
    pub after: String,
    /// Whether the schedule reads the loss where the step began.
    pub reads_loss: bool,
}

/// Whether a schedule moves the momentum too.
pub fn moves_momentum(settings: &Settings, edits: &[&Edit]) -> bool {
    schedules(settings, edits).iter().any(|c| c.parts().any(|(p, _)| p.spec.key == "one_cycle"))
}

impl Rates {
    /// The rate of a run, with the functions that it needs.
    pub fn new(
        subject: &Subject<'_>,
        settings: &Settings,
        edits: &[&Edit],
        flavour: Flavour,
        pieces: &mut Pieces,
    ) -> Self {
        let spec = subject.spec;
        let changes_lr = edits.iter().any(|e| matches!(e.item, Item::Param(0, _)));
        if is_constant(settings, edits) {
            return Self::default();
        }
        let only = settings.warmup == 0
            && !changes_lr
            && !edits.iter().any(|e| matches!(e.item, Item::Schedule(_) | Item::Warmup(_)));
        if flavour == Flavour::Pytorch
            && only
            && settings.schedule.then.is_none()
            && let Some(call) = scheduler(&settings.schedule, settings, spec.steps)
        {
            let reads = settings.schedule.spec.key == "reduce_on_plateau";
            return Self {
                before: format!("scheduler = torch.optim.lr_scheduler.{call}\n"),
                after: format!("    scheduler.step({})\n", if reads { "loss" } else { "" }),
                reads_loss: reads,
                rate: None,
            };
        }
        for choice in schedules(settings, edits) {
            add_schedules(choice, pieces);
        }
        let mut rates = Self::default();
        let direct = is_direct(settings, edits);
        let warmup = if direct { String::new() } else { format!(", warmup={}", settings.warmup) };
        let _ = writeln!(rates.before, "run = SimpleNamespace(steps={}{warmup})", spec.steps);
        let _ = writeln!(rates.before, "lr = {}  # before the schedule", float(settings.params[0]));
        rates.reads_loss =
            schedules(settings, edits).iter().any(|c| c.parts().any(|(p, _)| reads_loss(p.spec)));
        if rates.reads_loss {
            rates.before.push_str("plateau = ReduceOnPlateau()\nloss = None\n");
        }
        rates.rate = Some(if direct {
            format!(
                "lr * {}(step, {}, run)",
                function(settings.schedule.spec),
                schedule_dict(&settings.schedule)
            )
        } else {
            pieces.share("schedule");
            let _ = writeln!(rates.before, "schedule = Schedule({}, run)", sequence(&settings.schedule));
            format!("lr * schedule(step{})[0]", if rates.reads_loss { ", loss" } else { "" })
        });
        rates
    }

    /// A change of the rate, the schedule or the warm-up as a line of the loop.
    pub fn change(&self, item: &Item) -> Option<String> {
        Some(match item {
            Item::Param(0, v) if self.rate.is_some() => format!("        lr = {}\n", float(*v)),
            Item::Schedule(choice) if self.rate.is_some() => {
                format!("        schedule.parts = {}\n", sequence(choice))
            }
            Item::Warmup(w) if self.rate.is_some() => format!("        run.warmup = {w}\n"),
            Item::Schedule(_) | Item::Warmup(_) => String::new(),
            _ => return None,
        })
    }
}

/// The scheduler of torch.optim that does the same; none where there is none.
fn scheduler(choice: &ScheduleChoice, settings: &Settings, steps: u32) -> Option<String> {
    let p = &choice.params;
    let lr = settings.params.first().copied()?;
    let length = |v: f64| if v > 0.0 { v } else { f64::from(steps.max(1)) };
    let over_all = |v: f64| length(v) >= f64::from(steps);
    Some(match choice.spec.key {
        "linear" if p[0] > 0.0 && p[0] <= 1.0 && p[1] <= 1.0 => format!(
            "LinearLR(optimizer, start_factor={}, end_factor={}, total_iters={})",
            float(p[0]),
            float(p[1]),
            number(length(p[2]))
        ),
        "step" => format!("StepLR(optimizer, step_size={}, gamma={})", number(p[0]), float(p[1])),
        "multi_step" => {
            let milestones: Vec<String> = choice.list.iter().map(|v| number(*v)).collect();
            format!("MultiStepLR(optimizer, milestones=[{}], gamma={})", milestones.join(", "), float(p[0]))
        }
        "exponential" => format!("ExponentialLR(optimizer, gamma={})", float(p[0])),
        "polynomial" if p[2] == 0.0 => {
            format!("PolynomialLR(optimizer, total_iters={}, power={})", number(length(p[0])), float(p[1]))
        }
        // Beyond the end it rises again in PyTorch.
        "cosine" if as_index(p[2]) == 1 || over_all(p[0]) => {
            let least = if p[1] == 0.0 { String::new() } else { format!(", eta_min={}", float(p[1] * lr)) };
            format!("CosineAnnealingLR(optimizer, T_max={}{least})", number(length(p[0])))
        }
        "cosine_restarts" if p[1].fract() == 0.0 => {
            let least = if p[2] == 0.0 { String::new() } else { format!(", eta_min={}", float(p[2] * lr)) };
            format!(
                "CosineAnnealingWarmRestarts(optimizer, T_0={}, T_mult={}{least})",
                number(p[0]),
                number(p[1])
            )
        }
        "cyclic" => format!(
            "CyclicLR(\n    optimizer, base_lr={}, max_lr={}, step_size_up={}, step_size_down={}, mode={:?}, cycle_momentum=False\n)",
            float(p[0] * lr),
            float(p[1] * lr),
            number(p[2]),
            number(p[3]),
            if as_index(p[4]) == 0 { "triangular" } else { "triangular2" }
        ),
        "one_cycle" if over_all(p[0]) => {
            let momentum = if settings.momentum().is_some() {
                format!("base_momentum={}, max_momentum={}", float(p[4]), float(p[5]))
            } else {
                "cycle_momentum=False".to_owned()
            };
            format!(
                "OneCycleLR(\n    optimizer, max_lr={}, total_steps={}, pct_start={}, div_factor={}, final_div_factor={},\n    {momentum},\n)",
                float(lr),
                number(length(p[0])),
                float(p[1]),
                float(p[2]),
                float(p[3])
            )
        }
        "reduce_on_plateau" => format!(
            "ReduceLROnPlateau(optimizer, factor={}, patience={}, threshold={}, eps=0.0)",
            float(p[0]),
            number(p[1]),
            float(p[2])
        ),
        _ => return None,
    })
}
