//! The schedule of a run: the one that is chosen and those that follow it, with all that each is made of, and the warm-up.

mod drawn;
mod picture;

use super::bound::{self, Bound, Now};
use super::controls::{Place, button, control, icon_button, menu, problem, text_field};
use super::html::{Html, html};
use super::panels::Shown;
use crate::link::schedule::{read_list, write_list};
use crate::optim::Group;
use crate::run::sequence::{self, LENGTH};
use crate::run::{Item, ScheduleChoice};
use crate::schedule::{self, ListSpec, MAX_PARTS, ScheduleSpec, WARMUP};
use std::fmt::Write;
use std::rc::Rc;
use web_sys::Element;

const CLOSE: &str =
    "M3.3 4.5l1.2-1.2L8 6.8l3.5-3.5 1.2 1.2L9.2 8l3.5 3.5-1.2 1.2L8 9.2l-3.5 3.5-1.2-1.2L6.8 8z";

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    bound::draw(element, shown, shape, make);
}

/// The schedules, and how many points of each are to be drawn.
fn shape(now: &Now) -> String {
    let mut shape = String::new();
    for (part, _) in now.live.schedule.parts() {
        let points = if is_drawn(part.spec) { part.list.len() } else { 0 };
        let _ = write!(shape, "{} {points};", part.spec.key);
    }
    shape
}

/// Whether its list is a curve and not a list of steps.
fn is_drawn(spec: &ScheduleSpec) -> bool {
    spec.list.is_some_and(|list| !list.rising)
}

/// The part with this index, if there are so many.
fn part(now: &Now, n: usize) -> Option<&ScheduleChoice> {
    now.live.schedule.parts().nth(n).map(|(part, _)| part)
}

/// What changes the part with this index.
fn change(now: &Now, n: usize, change: impl FnOnce(&mut ScheduleChoice)) -> Item {
    Item::Schedule(sequence::with_part(&now.live.schedule, n, change))
}

fn whole(value: f64) -> u32 {
    u32::try_from(crate::param::as_index(value)).unwrap_or(u32::MAX)
}

/// The name by which tests find the part with this index, and with a word more what belongs to it.
fn id(run: usize, n: usize) -> String {
    if n == 0 { format!("run-{run}-schedule") } else { format!("run-{run}-schedule{}", n + 1) }
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let now = bound.now();
    let count = now.live.schedule.parts().count();
    let mut made = Vec::new();
    let method = now.live.optimizer;
    if !method.has_lr() && method.group != Group::ParameterFree {
        let words = "This method has no learning rate, so a schedule and a warm-up change nothing.";
        made.push(html("p").attr("class", "note").text(words));
    }
    for (n, (part, _)) in now.live.schedule.parts().enumerate() {
        if n > 0 {
            made.push(length(bound, now.run, n));
        }
        made.push(head(bound, now.run, n, part.spec, count));
        if n == 0 {
            made.push(picture::make(bound));
        }
        made.extend(params(bound, now.run, n, part.spec));
        if let Some(list) = part.spec.list {
            if is_drawn(part.spec) {
                made.push(drawn::make(bound, &id(now.run, n), n, list));
            }
            made.push(list_field(bound, now.run, n, list));
        }
    }
    let another = button(bound, "Then another schedule", &format!("run-{}-schedule-add", now.run), |bound| {
        let now = bound.now();
        let left = now.config.steps.saturating_sub(now.live.warmup);
        bound.set(Item::Schedule(sequence::with_another(&now.live.schedule, left)));
    });
    let another = if count < MAX_PARTS { another } else { another.attr("disabled", "") };
    made.push(html("div").attr("class", "bar").child(another));
    made.push(control(
        bound,
        &WARMUP,
        Place {
            test_id: format!("run-{}-warmup", now.run),
            help: "run/warmup".to_owned(),
            get: Box::new(|now| f64::from(now.live.warmup)),
            set: Box::new(|_, steps| Item::Warmup(whole(steps)).into()),
        },
    ));
    made
}

/// The menu of schedules.
fn head(bound: &Rc<Bound>, run: usize, n: usize, spec: &'static ScheduleSpec, count: usize) -> Html {
    let id = id(run, n);
    let name = if n == 0 { "schedule" } else { "schedule then" };
    let field = menu(
        bound,
        schedule::ALL.iter().map(|s| (s.key, s.name)),
        move |now| part(now, n).map_or("", |p| p.spec.key).to_owned(),
        move |now, key| {
            let spec = schedule::find(key)?;
            Some(change(now, n, |part| *part = ScheduleChoice::new(spec)))
        },
    );
    let row = html("div")
        .attr("class", "row schedule")
        .attr("data-help", &format!("schedule/{}", spec.key))
        .child(html("label").attr("class", "name").attr("for", &id).text(name))
        .child(field.attr("id", &id).attr("data-testid", &id));
    if count == 1 {
        return row;
    }
    let weak = bound.weak();
    let away = icon_button(CLOSE, &format!("Remove schedule {} of {count}", n + 1))
        .attr("data-testid", &format!("{id}-remove"))
        .on("click", move |_| {
            if let Some(bound) = weak.upgrade() {
                bound.set(Item::Schedule(sequence::without(&bound.now().live.schedule, n)));
            }
        });
    row.child(away)
}

/// How long the schedule above lasts.
fn length(bound: &Rc<Bound>, run: usize, n: usize) -> Html {
    let before = n - 1;
    let steps = move |now: &Now| now.live.schedule.parts().nth(before).and_then(|(_, steps)| steps);
    control(
        bound,
        &LENGTH,
        Place {
            test_id: format!("{}-after", id(run, n)),
            help: format!("run/{}", LENGTH.key),
            get: Box::new(move |now| steps(now).map_or(LENGTH.default, f64::from)),
            set: Box::new(move |now, steps| {
                Item::Schedule(sequence::with_length(&now.live.schedule, before, whole(steps))).into()
            }),
        },
    )
}

fn params<'a>(
    bound: &'a Rc<Bound>,
    run: usize,
    n: usize,
    spec: &'static ScheduleSpec,
) -> impl Iterator<Item = Html> + 'a {
    spec.params.iter().enumerate().map(move |(k, p)| {
        let get = move |now: &Now| part(now, n).and_then(|part| part.params.get(k)).copied();
        let set = move |part: &mut ScheduleChoice, value: f64| {
            if let Some(p) = part.params.get_mut(k) {
                *p = value;
            }
        };
        control(
            bound,
            p,
            Place {
                test_id: format!("{}-{}", id(run, n), p.key),
                help: format!("schedule/{}/{}", spec.key, p.key),
                get: Box::new(move |now| get(now).unwrap_or(p.default)),
                set: Box::new(move |now, value| change(now, n, |part| set(part, value)).into()),
            },
        )
    })
}

/// The numbers of a list, to be typed.
fn list_field(bound: &Rc<Bound>, run: usize, n: usize, list: ListSpec) -> Html {
    let id = format!("{}-{}", id(run, n), list.key);
    let field = text_field(
        bound,
        &id,
        move |now| part(now, n).map_or(String::new(), |part| write_list(&part.list, ", ")),
        move |now, text| {
            let words = text.split(|c: char| matches!(c, ',' | ';' | '/') || c.is_whitespace());
            let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
            let numbers = read_list(&list, &words.join(","), ',')?;
            Ok(change(now, n, |part| part.list = numbers))
        },
    );
    html("div")
        .attr("class", "param plain")
        .attr("title", list.help)
        .child(html("label").attr("class", "name").attr("for", &id).text(list.key))
        .child(field.attr("id", &id).attr("maxlength", "600"))
        .child(problem())
}
