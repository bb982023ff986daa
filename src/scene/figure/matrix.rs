//! The stage of runs on a matrix: W of each run as a heat map, its singular values over the steps below it, and what each item
//! loses where there are items.

use super::{Material, axes};
use crate::matrix::view;
use crate::run::Status;
use crate::scene::Sheet;
use crate::scene::cast;
use crate::scene::matrix::{Axis, Curves, largest, rows, shade, short};
use crate::scene::painter::{Align, Polylines, Rect, Stroke, TextStyle};
use crate::scene::style::{Rgba, Theme, run_style};

/// Rows of a run that curves go through at most: each costs the singular values of a matrix.
const MOST_ROWS: usize = 241;
const GAP_PX: f64 = 16.0;
const LEFT_PX: f64 = 46.0;
const TITLE_PX: f64 = 20.0;
const BOTTOM_PX: f64 = 22.0;
/// From this size of a cell on numbers are written in it.
const NUMBER_PX: f64 = 24.0;

/// Pictures of a kind, one of each run, with their axis.
struct Row {
    title: &'static str,
    axis: Axis,
    curves: Vec<Curves>,
}

/// What does not move.
pub struct MatrixArt {
    theme: Theme,
    side: usize,
    largest: f64,
    solution: Option<Vec<f64>>,
    rows: Vec<Row>,
}

/// The values of all runs that did not diverge, or of all where each did.
fn fair<'a>(curves: &'a [Curves], material: &Material) -> Vec<&'a f64> {
    let stayed = |i: usize| !matches!(material.traces[i].status, Status::Diverged { .. });
    let of = |keep: &dyn Fn(usize) -> bool| -> Vec<&'a f64> {
        curves.iter().enumerate().filter(|(i, _)| keep(*i)).flat_map(|(_, c)| c.values()).collect()
    };
    let values = of(&stayed);
    if values.is_empty() { of(&|_| true) } else { values }
}

impl MatrixArt {
    /// What there is to show of the runs.
    pub fn new(material: &Material, theme: Theme) -> Self {
        let link = &material.link;
        let Some(problem) = &link.config.problem else {
            return Self { theme, side: 1, largest: 1.0, solution: None, rows: Vec::new() };
        };
        let (side, solution) = (problem.side(), problem.solution());
        let (mut singular, mut items, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for trace in &material.traces {
            let rows = rows(trace.len(), MOST_ROWS);
            let values = if link.singular_of_steps {
                view::step_singular_values(&trace.x, side, &rows)
            } else {
                view::singular_values(&trace.x, side, &rows)
            };
            let lost = view::item_losses(problem, &trace.x, &rows);
            items.extend(lost.map(|values| Curves::new(rows.clone(), values, side)));
            singular.push(Curves::new(rows, values, side));
            if !matches!(trace.status, Status::Diverged { .. }) {
                ends.extend_from_slice(trace.point(trace.last()).unwrap_or_default());
            }
        }
        let of_singular = fair(&singular, material).into_iter();
        let axis = if link.singular_of_steps { Axis::log(of_singular) } else { Axis::linear(of_singular) };
        let title =
            if link.singular_of_steps { "singular values of the step" } else { "singular values of W" };
        let mut all = vec![Row { title, axis, curves: singular }];
        if items.len() == material.traces.len() && !items.is_empty() {
            let axis = Axis::log(fair(&items, material).into_iter());
            all.push(Row { title: "loss of each item", axis, curves: items });
        }
        let largest = largest(solution.as_ref().unwrap_or(&ends).iter());
        Self { theme, side, largest, solution, rows: all }
    }

    fn columns(&self) -> usize {
        let runs = self.rows.first().map_or(0, |row| row.curves.len());
        runs + usize::from(self.solution.is_some())
    }

    /// Where the picture with this column stands, in the row with this index: 0 the heat maps.
    fn place(&self, rect: Rect, column: usize, row: usize) -> Rect {
        let columns = cast::float(self.columns().max(1));
        let width = (rect.width - LEFT_PX - GAP_PX * (columns - 1.0)) / columns;
        let left = rect.left + LEFT_PX + (width + GAP_PX) * cast::float(column);
        let below = cast::float(self.rows.len());
        let heat = width.min(0.5 * (rect.height - TITLE_PX)).max(1.0);
        if row == 0 {
            let inset = 0.5 * (width - heat);
            return Rect { left: left + inset, top: rect.top + TITLE_PX, width: heat, height: heat };
        }
        let top = rect.top + TITLE_PX + heat + GAP_PX;
        let each = (rect.bottom() - top) / below;
        Rect {
            left,
            top: top + each * cast::float(row - 1) + TITLE_PX,
            width,
            height: (each - TITLE_PX - BOTTOM_PX).max(1.0),
        }
    }

    fn style(&self, across: Align, down: Align) -> TextStyle {
        TextStyle { color: self.theme.text(), size_px: 11.5, across, down, halo: None }
    }

    /// Draws the curves and the solution.
    pub fn paint_ground(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material) {
        if let Some(solution) = &self.solution {
            let place = self.place(rect, self.columns() - 1, 0);
            self.heat(sheet, place, solution);
            self.title(sheet, place, "a solution");
        }
        for (r, row) in self.rows.iter().enumerate() {
            for (c, curves) in row.curves.iter().enumerate() {
                let place = self.place(rect, c, r + 1);
                self.axis(sheet, place, row, c == 0, material.link.config.steps);
                if material.link.hide.shows_ahead() {
                    self.lines(sheet, place, (row, curves), material.link.config.steps, c, 1.0);
                }
            }
        }
    }

    fn title(&self, sheet: &mut dyn Sheet, place: Rect, text: &str) {
        let at = [place.left + 0.5 * place.width, place.top - 7.0].map(cast::px);
        sheet.text(at, text, &self.style(Align::Middle, Align::End));
    }

    fn axis(&self, sheet: &mut dyn Sheet, place: Rect, row: &Row, first: bool, horizon: u32) {
        let grid = Stroke::solid(self.theme.grid(), 1.0);
        let words = self.style(Align::End, Align::Middle);
        for (share, label) in row.axis.labels() {
            let y = place.bottom() - share * place.height;
            if (place.top - 1.0..=place.bottom() + 1.0).contains(&y) {
                let line = [[place.left, y], [place.right(), y]].map(|p| p.map(cast::px));
                sheet.stroke(&Polylines::line(&line), &grid);
                if first {
                    sheet.text([place.left - 7.0, y].map(cast::px), &label, &words);
                }
            }
        }
        axes::frame(sheet, place, self.theme);
        if first {
            let style = self.style(Align::Start, Align::End);
            sheet.text([place.left, place.top - 6.0].map(cast::px), row.title, &style);
        }
        let words = self.style(Align::End, Align::Start);
        let end = [place.right(), place.bottom() + 5.0].map(cast::px);
        sheet.text(end, &format!("{horizon} steps"), &words);
    }

    /// Curves from the run's colour to that of notes, the first the boldest: so much of them, from the left.
    fn lines(
        &self,
        sheet: &mut dyn Sheet,
        place: Rect,
        (row, curves): (&Row, &Curves),
        horizon: u32,
        run: usize,
        seen: f64,
    ) {
        let color = run_style(run).chart_color(self.theme);
        let count = curves.count();
        sheet.begin(Rect { width: seen * place.width, ..place });
        for i in (0..count).rev() {
            let share = 1.0 - cast::float(i) / cast::float(count.max(1));
            let ink = mix(self.theme.muted(), color, share);
            let points = curves.points(i, &row.axis, horizon as usize);
            let points: Vec<_> = points
                .iter()
                .map(|[x, y]| [x * place.width, (1.0 - y) * place.height].map(cast::px))
                .collect();
            let width_px = if i == 0 { 2.25 } else { 1.5 };
            sheet.stroke(&Polylines::line(&points), &Stroke { round: true, ..Stroke::solid(ink, width_px) });
        }
        sheet.end();
    }

    fn heat(&self, sheet: &mut dyn Sheet, place: Rect, entries: &[f64]) {
        let cell = place.width / cast::float(self.side);
        let numbers = cell >= NUMBER_PX;
        for (i, entry) in entries.iter().enumerate() {
            let (x, y) = (cast::float(i % self.side), cast::float(i / self.side));
            let [left, top] = [place.left + cell * x, place.top + cell * y];
            // A little over the next, so that no ground shows between them.
            let [right, bottom] =
                [(left + cell + 0.3).min(place.right()), (top + cell + 0.3).min(place.bottom())];
            let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
            let ground = self.shade(*entry);
            sheet.fill(&corners.map(|p| p.map(cast::px)), ground);
            if numbers {
                let style = TextStyle {
                    color: ink_on(ground),
                    size_px: (0.3 * cell).min(13.0),
                    ..self.style(Align::Middle, Align::Middle)
                };
                let middle = [left + 0.5 * cell, top + 0.5 * cell].map(cast::px);
                sheet.text(middle, &short(*entry, self.side), &style);
            }
        }
        axes::frame(sheet, place, self.theme);
    }

    fn shade(&self, entry: f64) -> Rgba {
        let percent = shade(entry, self.largest);
        let share = cast::float(usize::try_from(percent.unsigned_abs()).unwrap_or(0)) / 100.0;
        let (low, middle, high) = match self.theme {
            Theme::Dark => (0x2b_6c_b0, 0x26_2e_37, 0xb0_48_2a),
            _ => (0x4f_97_d7, 0xf3_f4_f6, 0xe8_74_3b),
        };
        mix(Rgba::hex(middle), Rgba::hex(if percent < 0 { low } else { high }), share)
    }

    /// Draws the matrices at a step, and lines for the cursor.
    pub fn paint_cursor(&self, sheet: &mut dyn Sheet, rect: Rect, material: &Material, step: u32) {
        for (c, trace) in material.traces.iter().enumerate() {
            let place = self.place(rect, c, 0);
            if let Some(w) = trace.point(step as usize) {
                self.heat(sheet, place, w);
            }
            let name = material.link.config.runs.get(c).map_or("", |run| run.settings.optimizer.name);
            self.title(sheet, place, &format!("W, {name}"));
            let horizon = material.link.config.steps;
            let share = (f64::from(step) / f64::from(horizon.max(1))).min(1.0);
            for (r, row) in self.rows.iter().enumerate() {
                let place = self.place(rect, c, r + 1);
                let curves = row.curves.get(c).filter(|_| !material.link.hide.shows_ahead());
                if let Some(curves) = curves {
                    self.lines(sheet, place, (row, curves), horizon, c, share);
                }
                let x = place.left + share * place.width;
                let line = [[x, place.top], [x, place.bottom()]].map(|p| p.map(cast::px));
                sheet.stroke(&Polylines::line(&line), &Stroke::solid(self.theme.text(), 1.25));
            }
        }
        if material.traces.is_empty() {
            let middle = [rect.left + 0.5 * rect.width, rect.top + 0.5 * rect.height].map(cast::px);
            sheet.text(middle, "No runs yet", &self.style(Align::Middle, Align::Middle));
        }
    }
}

/// So much of the way from one colour to another.
fn mix(from: Rgba, to: Rgba, share: f64) -> Rgba {
    let mut mixed = from;
    for (a, b) in mixed.0.iter_mut().zip(to.0).take(3) {
        let v = f64::from(*a) + share * (f64::from(b) - f64::from(*a));
        *a = u8::try_from(cast::index(v + 0.5)).unwrap_or(255);
    }
    mixed
}

/// Black or white, whichever is read better there.
fn ink_on(ground: Rgba) -> Rgba {
    let [r, g, b, _] = ground.0.map(f64::from);
    Rgba::hex(if 0.3 * r + 0.59 * g + 0.11 * b > 128.0 { 0x11_14_18 } else { 0xff_ff_ff })
}
