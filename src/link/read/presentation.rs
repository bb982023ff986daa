//! Words about how it is shown.

use super::super::embed::PARTS;
use super::super::{Autoplay, Axis, Chart, Controls, Hidden, Overlay, Theme};
use super::{Reader, one_of, text};
use crate::later::said;
use crate::look;
use crate::param::shorten;
use crate::session::{LOCKS, Locks, MAX_RUNS};

/// The languages that there are.
const LANGUAGES: [&str; 1] = ["en"];

impl Reader {
    pub(super) fn presentation(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "chart" => {
                self.link.chart = one_of(value, Chart::ALL, Chart::key)?;
            }
            "axis" => {
                self.link.axis = one_of(value, Axis::ALL, Axis::key)?;
            }
            "singular" => {
                let of_steps = one_of(value, [false, true], |s| if s { "steps" } else { "weights" })?;
                self.link.singular_of_steps = of_steps;
            }
            "show" => {
                self.link.show = text::plain(value).ok_or_else(|| {
                    said(|| "may have letters, digits and / . , - _ = ; ( ) only".to_owned())
                })?;
            }
            "overlays" => {
                let (on, unknown) = Overlay::read(value);
                self.link.config.overlays = on;
                self.strangers(key, &unknown, || Overlay::write(&Overlay::ALL));
            }
            "theme" => {
                self.link.theme = one_of(value, Theme::ALL, Theme::key)?;
            }
            "embed" => self.link.embed = switch(value)?,
            "ahead" => self.link.hide = self.link.hide.with_ahead(switch(value)?),
            "controls" => {
                self.link.controls = one_of(value, Controls::ALL, Controls::key)?;
            }
            "hide" => {
                let (hide, unknown) = Hidden::read(value);
                self.link.hide = hide.with_ahead(self.link.hide.shows_ahead());
                self.strangers(key, &unknown, || PARTS.join(", "));
            }
            "lock" => {
                let (lock, unknown) = Locks::read(value);
                self.link.lock = lock;
                self.strangers(key, &unknown, || format!("all, {}", LOCKS.join(", ")));
            }
            "autoplay" => {
                self.link.autoplay = one_of(value, Autoplay::ALL, Autoplay::key)?;
            }
            // There is but one, so nothing is kept of it.
            "lang" => {
                one_of(value, LANGUAGES, |word| word)?;
            }
            "motion" => {
                let reduced = one_of(value, [false, true], |r| if r { "reduced" } else { "full" })?;
                self.link.reduced_motion = Some(reduced);
            }
            // Only the second program compares.
            "check" if cfg!(not(feature = "lab")) => {}
            "check" => {
                self.link.check = is_check(value).then(|| value.to_owned()).ok_or_else(|| {
                    said(|| {
                        format!(
                            "{} is not eight hexadecimal digits for each run, with , between",
                            shorten(value)
                        )
                    })
                })?;
            }
            _ => {
                let word = look::find(key)
                    .ok_or_else(|| said(|| "not a word that links know; left out".to_owned()))?;
                return self.link.config.look.set(word, value);
            }
        }
        Ok(())
    }

    /// Notes the words of a list that are none of those that are known.
    fn strangers(&mut self, place: &str, unknown: &[&str], known: impl Fn() -> String) {
        for word in unknown {
            self.note(place, said(|| format!("{} is not one of {}", shorten(word), known())));
        }
    }
}

fn switch(value: &str) -> Result<bool, String> {
    one_of(value, [false, true], |on| if on { "1" } else { "0" })
}

/// Whether this can be what [`crate::export::check`] writes.
fn is_check(value: &str) -> bool {
    let hash = |part: &str| part.len() == 8 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    value.len() < 9 * MAX_RUNS && value.split(',').all(hash)
}
