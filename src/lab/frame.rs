//! Messages between the page in a frame and the page around it (docs/embedding-messages.md).
//!
//! Only the page that holds the frame is heard. What it says becomes the words that any host says (`web::lab::obey`), and
//! what the page tells its host (`web::place`) is sent on. Messages that are not ours, or of a kind that is not known, are no
//! business of this page; one of ours that makes no sense is answered.

use super::html::on;
use super::place::{self, callback, per_place};
use crate::grammar::pair;
use crate::math::num;
use crate::param::number;
use js_sys::{Array, Object, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement, MessageEvent, ResizeObserver, Window};

/// The word that says a message is ours, and the version of the messages.
const NAME: &str = "descent-lab";
const VERSION: f64 = 1.0;
/// Longer links are refused.
const LONGEST: usize = 1_000_000;
/// What of a link is how the frame shows it: another link is shown in the same way.
const KEPT: [&str; 8] = ["embed", "theme", "controls", "hide", "lock", "ahead", "autoplay", "lang"];
/// Height over width of the stage in a frame that is as high as it reports, and the least and greatest height.
const SHAPE: f64 = 0.62;
const STAGE_PX: (f64, f64) = (200.0, 520.0);
/// Around the stage, and between it and what stands below.
const GAP_PX: f64 = 4.0;
/// A page with all its panels beside each other needs no more.
const WIDE_PX: (f64, f64) = (900.0, 720.0);

per_place! {
    /// Who has spoken: the origin that answers go to. Nobody yet, and it is whoever holds the frame.
    static ORIGIN: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What the page has answered.
    static ANSWER: RefCell<(u32, String)> = const { RefCell::new((0, String::new())) };
    /// The height that was reported last.
    static HEIGHT: Cell<f64> = const { Cell::new(0.0) };
}

/// The page around; none where this one is in no frame.
fn parent() -> Option<Window> {
    let window = web_sys::window()?;
    window.parent().ok()?.filter(|parent| !Object::is(parent, &window))
}

/// Listens to the page, and where that is in a frame to the page around.
pub fn listen() {
    let (Some(window), Some(root)) = (web_sys::window(), place::whole()) else {
        return;
    };
    // What the page answers is asked for elsewhere too.
    on(&root, "descent:said", |ev| {
        let said = ev.unchecked_ref::<CustomEvent>().detail().as_string().unwrap_or_default();
        let (word, more) = said.split_once(' ').unwrap_or((&said, ""));
        match word {
            "change" => send(word, &[("link", more.into())]),
            "finish" => send(word, &[("step", more.parse::<f64>().unwrap_or(0.0).into())]),
            "error" => send(word, &[("message", more.into())]),
            // The answer to `now`.
            _ => ANSWER.set((word.parse().unwrap_or(0), more.to_owned())),
        }
    });
    if parent().is_none() {
        return;
    }
    place::listen_to(&window, "message", |ev| hear(ev.unchecked_ref()));
    let measure = callback(|_: JsValue| report());
    if let Ok(observer) = ResizeObserver::new(measure.unchecked_ref()) {
        let parts = [".page", ".transport", ".foot"].map(place::query);
        for part in parts.into_iter().flatten().chain([root]) {
            observer.observe(&part);
        }
    }
    send("ready", &[]);
}

fn hear(ev: &MessageEvent) {
    let from_parent = ev.source().zip(parent()).is_some_and(|(source, parent)| Object::is(&source, &parent));
    let data = ev.data();
    if !from_parent || !data.is_object() {
        return;
    }
    let part = |name: &str| Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let version = part(NAME);
    if version.is_undefined() {
        return;
    }
    // Of a frame without an origin of its own, or a file.
    let origin = Some(ev.origin()).filter(|o| o != "null" && !o.is_empty());
    ORIGIN.set(Some(origin.unwrap_or_else(|| "*".to_owned())));
    let id = part("id");
    let answered = if version.as_f64() == Some(VERSION) {
        obey(&part)
    } else {
        Err(format!("This page knows version {VERSION} of the messages."))
    };
    match answered {
        Ok(None) => {}
        Ok(Some(answer)) => {
            let mut more = answer;
            more.push(("id", id));
            send("link", &more);
        }
        Err(message) => send("error", &[("message", message.into()), ("id", id)]),
    }
}

type Parts = Vec<(&'static str, JsValue)>;

/// Does what a message says; gives what is asked for, or what is wrong.
fn obey(part: &dyn Fn(&str) -> JsValue) -> Result<Option<Parts>, String> {
    let word = part("type").as_string().ok_or("Expected a type, which is a text.")?;
    let whole = |name: &str, usual: Option<f64>, least: f64| {
        let value = part(name);
        let value = if value.is_undefined() { usual } else { value.as_f64() };
        let fits = |v: &f64| v.fract() == 0.0 && *v >= least && *v <= 1e9;
        value.filter(fits).map(number).ok_or_else(|| format!("Expected {name} to be a whole number."))
    };
    match word.as_str() {
        "setLink" => {
            let link = part("link").as_string().ok_or("Expected link to be a text.")?;
            if link.len() > LONGEST {
                return Err(format!("Expected a link of at most {LONGEST} characters."));
            }
            say(&format!("open {}", kept(&link)));
        }
        "play" | "pause" | "reset" => say(&word),
        "step" => say(&format!("step {}", whole("by", Some(1.0), -1e9)?)),
        "seek" => say(&format!("seek {}", whole("step", None, 0.0)?)),
        "getLink" => {
            let (step, link) = now();
            // Only where it rests a link says where.
            let playing = !link.split('&').any(|word| pair(word).0 == "step");
            return Ok(Some(vec![("link", link.into()), ("step", step.into()), ("playing", playing.into())]));
        }
        _ => {}
    }
    Ok(None)
}

/// The link, shown as the frame shows the one before.
fn kept(link: &str) -> String {
    let link = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment);
    let mut words: Vec<String> = link.split('&').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let (_, now) = now();
    for word in now.split('&') {
        let key = pair(word).0;
        if KEPT.contains(&key) && !words.iter().any(|w| pair(w).0 == key) {
            words.push(word.to_owned());
        }
    }
    words.join("&")
}

/// The step, and the link of what is shown, as the page says them; where the page is all of the document.
pub fn now() -> (u32, String) {
    say("now");
    ANSWER.take()
}

/// Says something to the page.
fn say(words: &str) {
    let detail = CustomEventInit::new();
    detail.set_detail(&words.into());
    if let (Some(root), Ok(event)) =
        (place::whole(), CustomEvent::new_with_event_init_dict("descent:do", &detail))
    {
        let _ = root.dispatch_event(&event);
    }
}

/// Sends a message to the page around.
fn send(word: &str, more: &[(&str, JsValue)]) {
    let mut parts = vec![(NAME, VERSION.into()), ("type", word.into())];
    parts.extend(more.iter().filter(|(_, value)| !value.is_undefined()).cloned());
    post(&parts);
}

fn post(parts: &[(&str, JsValue)]) {
    let pairs: Array = parts.iter().map(|(name, value)| Array::of2(&(*name).into(), value)).collect();
    if let (Some(parent), Ok(message)) = (parent(), Object::from_entries(&pairs)) {
        let origin = ORIGIN.with_borrow(Clone::clone).unwrap_or_else(|| "*".to_owned());
        let _ = parent.post_message(&message, &origin);
    }
}

/// Tells how high the frame should be, if that is new.
fn report() {
    let Some(height) = height() else { return };
    if HEIGHT.replace(height) != height {
        send("resize", &[("height", height.into())]);
        // As the learning platform Canvas asks for it.
        post(&[("subject", "lti.frameResize".into()), ("height", height.into())]);
    }
}

/// The height that goes with the width.
fn height() -> Option<f64> {
    let page: HtmlElement = place::query(".page")?.dyn_into().ok()?;
    let width = f64::from(page.client_width());
    if width == 0.0 {
        return None;
    }
    if Element::matches(&page, "[data-controls=min], [data-controls=none]").unwrap_or(false) {
        let below = place::query_all(".transport, .foot").into_iter().map(|part| {
            let height = part.unchecked_into::<HtmlElement>().offset_height();
            f64::from(height) + if height > 0 { GAP_PX } else { 0.0 }
        });
        let stage = num::clamp(SHAPE * width, STAGE_PX.0, STAGE_PX.1);
        return Some((stage + below.sum::<f64>()).round() + 2.0 * GAP_PX);
    }
    // In one column it is as high as it is; with `embed=1` whatever the frame is (style/lab.css), otherwise it grows with that.
    if width >= WIDE_PX.0 { Some(WIDE_PX.1) } else { Some(page.scroll_height().into()) }
}
