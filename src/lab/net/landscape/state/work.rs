//! What is worked out, piece by piece: the plane, the paths on it, the part that is shown, the loss over it.

use super::State;
use crate::landscape::{Found, Grid, Search, extent};
use crate::scene::{Field, LevelScale};
use crate::surface::Levels;

impl State {
    /// Works out a piece of what is missing; tells whether there is more.
    pub fn work(&mut self, piece: u64, now: f64) -> bool {
        if let Some((plan, at)) = self.coming
            && now >= at
        {
            self.begin(plan);
        }
        let Some(search) = &mut self.search else {
            return false;
        };
        if search.outcome().is_none() {
            search.advance(piece);
            self.marks_are_old = true;
            return true;
        }
        let Some(Ok((plane, _))) = search.outcome() else {
            return false;
        };
        if !self.caught_up {
            let more = self.tracks.iter_mut().fold(false, |more, t| t.advance(plane) | more);
            self.marks_are_old = true;
            self.caught_up = !more;
            return true;
        }
        let ended = self.tracks.iter().filter(|t| t.run.record(|r| !r.is_open())).count();
        if self.fitted.is_none_or(|(_, then)| then != ended) {
            self.fit(ended);
        }
        if self.look_at.is_some_and(|at| now >= at) {
            self.look();
            return true;
        }
        self.work_on_grid(piece)
    }

    /// Fits the view to the paths, the open run's first.
    fn fit(&mut self, ended: usize) {
        let Some((_, found)) = self.found() else { return };
        let others = self.tracks.iter().enumerate().filter(|(i, _)| *i != self.focus).map(|(_, t)| t);
        let open = self.tracks.get(self.focus);
        let paths: Vec<_> = open.into_iter().chain(others).map(|t| t.own.points.clone()).collect();
        let longest =
            paths.iter().flatten().filter(|p| p.away.is_finite()).fold(0.0_f64, |m, p| m.max(p.away));
        let least = match found {
            Found::Random { .. } => 1.0,
            _ if longest > 0.0 => 0.02 * longest,
            _ => 1.0,
        };
        self.fitted = Some((extent(&paths, least), ended));
        self.map_is_old = true;
        self.marks_are_old = true;
    }

    fn work_on_grid(&mut self, piece: u64) -> bool {
        let (Some(port), Some(network)) = (self.port(), self.network()) else {
            return false;
        };
        let of = self.settings.loss;
        let fits = self.grid.as_ref().is_some_and(|(grid, whose)| grid.view == port.view && *whose == of);
        if !fits {
            if self.grid.as_ref().is_some_and(|(_, whose)| *whose != of) {
                self.field = None;
                self.look_soon();
            }
            let grid = Grid::new(&network, port.view, of, (port.width_px, port.height_px));
            self.grid = Some((grid, of));
            self.taken = 0;
            self.map_is_old = true;
        }
        let Some(Ok((plane, _))) = self.search.as_ref().and_then(Search::outcome) else {
            return false;
        };
        let Some((grid, _)) = &mut self.grid else { return false };
        let more = grid.advance(&network, plane, piece);
        if grid.completed() > self.taken {
            self.taken = grid.completed();
            self.take_grid();
        }
        more
    }

    /// Takes over the grid that has just been completed.
    fn take_grid(&mut self) {
        let Some((grid, _)) = &self.grid else { return };
        let Some((columns, rows, values)) = grid.complete() else { return };
        let mut field = Field::nodes(grid.view, columns, rows);
        field.values_mut().copy_from_slice(values);
        let scale = LevelScale::of(&field, Levels::Log, Some(0.0));
        self.field = Some((field, scale));
        self.map_is_old = true;
        self.marks_are_old = true;
    }
}
