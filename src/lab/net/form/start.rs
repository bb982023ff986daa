//! What is minimised, and where training starts.

use super::{change, fits, named_menu, of, only_where, seed, slider, task};
use crate::lab::bound::{Bound, Now};
use crate::lab::controls::menu;
use crate::lab::html::{Html, html, set_text};
use crate::net::{Init, Loss, NetSpec, Task};
use std::cell::Cell;
use std::rc::Rc;

/// The loss, and what belongs to it.
pub fn loss(bound: &Rc<Bound>) -> Vec<Html> {
    let field = menu(
        bound,
        Loss::ALL.iter().map(|l| (l.key(), l.label())),
        |now| of(now).map_or("", |n| n.model.spec.loss.key()).to_owned(),
        |now, key| Loss::find(key).map(|loss| change(now, |net, _| net.loss = loss)),
    );
    let menu = field.0.clone();
    bound.follow(move |now| {
        let options = menu.children();
        for (i, loss) in (0..).zip(Loss::ALL) {
            if let Some(option) = options.item(i) {
                let fits = fits(*loss, task(now));
                set_text(&option, &option_text(*loss, fits));
                let _ = option.toggle_attribute_with_force("disabled", !fits);
            }
        }
    });
    let why = html("p").attr("class", "note").attr("role", "status").attr("data-testid", "net-loss-note");
    let (line, last) = (why.0.clone(), Cell::new(None));
    bound.follow(move |now| {
        let here = of(now).map(|n| (n.model.spec.loss, task(now)));
        if let Some(text) = note(last.replace(here), here) {
            set_text(&line, &text);
        }
    });
    let delta = slider(
        bound,
        &NetSpec::DELTA,
        ("net-delta", "net/delta"),
        |net, _| net.delta,
        |net, _, v| net.delta = v,
    );
    let huber = |now: &Now| of(now).is_some_and(|n| n.model.spec.loss == Loss::Huber);
    vec![named_menu(field, "loss", ("net-loss", "net/loss")), why, only_where(bound, delta, huber)]
}

fn option_text(loss: Loss, fits: bool) -> String {
    let why = match loss {
        _ if fits => "",
        Loss::Logistic => ": two classes only",
        _ => ": classes only",
    };
    format!("{}{why}", loss.label())
}

/// What is to be said of a change of the loss that came with other data; nothing new where none.
fn note(last: Option<(Loss, Task)>, here: Option<(Loss, Task)>) -> Option<String> {
    let ((old, before), (loss, after)) = last.zip(here)?;
    if (old, before) == (loss, after) {
        return None;
    }
    let what = match after {
        Task::Regression => "the targets are numbers".to_owned(),
        Task::Classes(n) => format!("there are {n} classes"),
    };
    let came = old != loss && before != after;
    Some(if came { format!("The loss is another one, since {what} now.") } else { String::new() })
}

/// How weights are drawn.
pub fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let init = menu(
        bound,
        Init::ALL.iter().map(|i| (i.key(), i.label())),
        |now| of(now).map_or("", |n| n.model.spec.init.key()).to_owned(),
        |now, key| Init::find(key).map(|init| change(now, |net, _| net.init = init)),
    );
    let row = named_menu(init, "weights", ("net-init", "net/init"));
    let scale = slider(
        bound,
        &NetSpec::SCALE,
        ("net-scale", "net/scale"),
        |net, _| net.scale,
        |net, _, v| net.scale = v,
    );
    let new = ("net-seed", "net/seed", "New weights");
    vec![row, scale, seed(bound, new, |net, _| &mut net.seed)]
}
