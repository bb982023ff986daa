//! Which line is which run.

use crate::link::item::write_settings;
use crate::run::Settings;
use crate::scene::cast;
use crate::scene::painter::{Align, Painter, Polylines, Stroke, TextStyle};
use crate::scene::style::{Rgba, Theme, run_style};
use crate::session::Config;

const SIZE_PX: f64 = 12.5;
const ROW_PX: f64 = 21.0;
const SAMPLE_PX: f64 = 30.0;
const GAP_PX: f64 = 7.0;
const APART_PX: f64 = 20.0;
/// Letters of what was set of a run, at the most.
const MOST: usize = 64;

/// The names of runs in rows.
pub struct Legend {
    entries: Vec<(usize, String, [f64; 2])>,
    rows: usize,
}

/// About how wide a text is: fonts differ, and rows are to be alike in every kind of picture.
#[must_use]
pub fn width_px(text: &str, size_px: f64) -> f64 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '\'' | '!' | ' ' => 0.3,
        'f' | 't' | 'r' | '(' | ')' | '-' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.88,
        c if c.is_ascii_uppercase() => 0.68,
        _ => 0.6,
    };
    text.chars().map(of).sum::<f64>() * size_px
}

/// A run in words: its method, and what was set of it.
#[must_use]
pub fn run_words(settings: &Settings) -> String {
    let written = write_settings(settings);
    let name = settings.optimizer.name;
    match written.split_once(':') {
        Some((_, set)) => format!("{name} {}", cut(&spaced(set), MOST)),
        None => name.to_owned(),
    }
}

/// The beginning of a text.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

/// With spaces after the commas, but not within brackets.
fn spaced(set: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in set.chars() {
        out.push(c);
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => out.push(' '),
            _ => {}
        }
    }
    out
}

impl Legend {
    /// The legend of these runs, in rows of this width.
    #[must_use]
    pub fn of(config: &Config, room_px: f64) -> Self {
        let mut entries = Vec::new();
        let (mut x, mut row) = (0.0, 0);
        for (i, run) in config.runs.iter().enumerate() {
            let name = run_words(&run.settings);
            let width = SAMPLE_PX + GAP_PX + width_px(&name, SIZE_PX);
            if x > 0.0 && x + width > room_px {
                (x, row) = (0.0, row + 1);
            }
            entries.push((i, name, [x, ROW_PX * cast::float(row)]));
            x += width + APART_PX;
        }
        let rows = if entries.is_empty() { 0 } else { row + 1 };
        Self { entries, rows }
    }

    /// How much room it takes, with what separates it from what is below.
    #[must_use]
    pub fn height_px(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { ROW_PX * cast::float(self.rows) + 6.0 }
    }

    /// Draws it from this corner on; with a halo where it stands on a map.
    pub fn paint(&self, painter: &mut dyn Painter, [left, top]: [f64; 2], theme: Theme, halo: Option<Rgba>) {
        let style = TextStyle {
            color: theme.text(),
            size_px: SIZE_PX,
            across: Align::Start,
            down: Align::Middle,
            halo,
        };
        for (i, name, [x, y]) in &self.entries {
            let run = run_style(*i);
            let color = if halo.is_some() { run.color(theme) } else { run.chart_color(theme) };
            let (x, y) = (left + x, top + y + 0.5 * ROW_PX - 2.0);
            let at = |dx: f64| [cast::px(x + dx), cast::px(y)];
            let line = Polylines::line(&[at(0.0), at(SAMPLE_PX)]);
            if let Some(halo) = halo {
                painter.stroke(&line, &Stroke::solid(halo, 5.0));
            }
            painter.stroke(&line, &Stroke { dash_px: run.dash_px, ..Stroke::solid(color, 3.0) });
            run.marker.paint(painter, at(0.5 * SAMPLE_PX), 4.5, color, (theme.halo(), 1.0));
            painter.text(at(SAMPLE_PX + GAP_PX), name, &style);
        }
    }
}
