//! What the drawings of [`crate::lab`] have the page do.

use super::{FOCUSED, NEW_NETWORK, said};
use crate::grammar::pair;
use crate::link::{Link, item, transform};
use crate::look as looks;
use crate::math::decimal;
use crate::matrix;
use crate::network::NetProblem;
use crate::param::as_index;
use crate::session::Command;
use crate::surface;
use crate::web::link_sync;
use crate::web::store::Store;
use crate::web::ui::El;
use web_sys::Element;

/// An element whose drawings say what is to be done.
pub fn obeys(store: Store, run: usize, element: El) -> El {
    element.on("descent:set", move |ev| obey(store, run, &said(&ev)))
}

/// Hears what the page around an element says, as an event of what the page was built into: the words of panels, and
/// some about time.
pub fn hear(store: Store, root: &Element) {
    El(root.clone()).on("descent:do", move |ev| obey(store, FOCUSED, &said(&ev)));
}

/// Does what a panel says: begins or ends a gesture, or sets something on its run, in the words of links.
fn obey(store: Store, run: usize, text: &str) {
    let run = if run == FOCUSED { store.peek(|s| s.focus) } else { run };
    // The word in front, and what goes with it. Not by index: what slicing says when it fails is large.
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    match word {
        "show" if !store.peek(|s| s.locks.holds_view()) => {
            store.set_ui(|ui| rest.clone_into(&mut ui.show));
            link_sync::schedule(store);
            store.send(Command::EndGesture);
        }
        "net" => {
            store.send_soon(Command::SetNetwork(NetProblem::read(rest).0));
            store.say(NEW_NETWORK);
        }
        "seek" => {
            if let Some(step) = decimal::parse(rest) {
                store.send(Command::Pause);
                store.send(Command::Seek(u32::try_from(as_index(step)).unwrap_or(u32::MAX)));
            }
        }
        "play" => store.send(Command::Play),
        "pause" => store.send(Command::Pause),
        "step" => {
            #[expect(clippy::cast_possible_truncation, reason = "as far as it goes")]
            store.send(Command::StepBy(decimal::parse(rest).unwrap_or(1.0) as i32));
        }
        "reset" => {
            store.reset();
            link_sync::schedule(store);
        }
        "now" => {
            let step = store.peek(|s| s.playback.step()).to_string();
            store.place().tell(&step, &link_sync::to_pass_on(store));
        }
        // What is locked holds for what stands in the page, not for what the page around it says.
        "load" if store.is_locked() => {}
        "load" => {
            // How it is shown stays: that is not the panel's to say.
            let now = store.link();
            let shown = Link { config: Link::read(rest).0.config, check: String::new(), step: None, ..now };
            store.load(&shown.write());
            link_sync::schedule(store);
        }
        "open" => {
            store.load(rest);
            link_sync::schedule(store);
        }
        "all" => {
            if let Ok(item) = item::read(crate::optim::ALL[0], rest) {
                store.send_soon(Command::SetAll(item));
            }
        }
        "look" => {
            let (key, value) = pair(rest);
            if let Some(word) = looks::find(key) {
                store.send_soon(Command::SetLook(word, value.to_owned()));
            }
        }
        "surface" => store.send(match surface::find(rest) {
            Some(spec) => Command::SetSurface(spec),
            None => Command::SetProblem(matrix::find(rest)),
        }),
        "transform" => store.send_soon(Command::SetTransform(transform(rest).0)),
        "set" => {
            let config = Link::read(rest).0.config;
            store.send_soon(match config.surface.custom {
                Some(_) => Command::SetFunction(Box::new(config.surface)),
                None => Command::Frame(config.view),
            });
        }
        "param" => {
            let (i, value) = pair(rest);
            if let (Ok(i), Some(value)) = (i.parse(), decimal::parse(value)) {
                store.send_soon(Command::SetSurfaceParam(i, value));
            }
        }
        "noise_of" => store.send(Command::SetNoiseOfRun(rest == "run")),
        "hold" => store.send(Command::Hold),
        "end" => store.send(Command::EndGesture),
        _ => {
            let optimizer = store.peek(|s| s.config().runs.get(run).map(|r| r.settings.optimizer));
            if let Some(Ok(item)) = optimizer.map(|optimizer| item::read(optimizer, text)) {
                store.send_soon(Command::Set(run, item));
            }
        }
    }
}
