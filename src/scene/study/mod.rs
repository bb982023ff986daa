//! What is drawn of the surface itself: its gradient, its critical points, where it is curved how much, the values of its
//! contours.
//!
//! A study is of a surface, as far as it is in view. What it needs is computed in pieces, a frame's worth at a time; until a
//! part is done for what is in view, the one for what was in view before is drawn, at its place in the plane.

mod curvature;
mod draw;
mod field;
mod labels;
mod streams;
mod zeros;

pub use curvature::Curvature;
pub use draw::{StudyPen, sample};
pub use field::Arrows;
pub use labels::Labels;
pub use streams::Streams;
pub use zeros::Zeros;

use super::viewport::Viewport;
use crate::look::Overlay;
use crate::surface::study::Search;
use crate::surface::{Levels, SurfaceObjective};

/// Something that is found out in pieces.
pub trait Part {
    /// Does some of the work, for at most about so many evaluations of the surface, which are taken off; tells whether more is
    /// left.
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool;
}

impl Part for Search {
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        Self::advance(self, surface, std::mem::take(work))
    }
}

/// A part that is done, and the one that is to take its place.
#[derive(Debug)]
pub struct Slot<T> {
    done: Option<T>,
    next: Option<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { done: None, next: None }
    }
}

impl<T: Part> Slot<T> {
    /// What is done of it.
    #[must_use]
    pub const fn get(&self) -> Option<&T> {
        self.done.as_ref()
    }

    /// Whether something else is on its way.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.next.is_some()
    }

    /// Goes on; tells whether it is done with this.
    fn advance(&mut self, surface: &SurfaceObjective, work: &mut usize) -> bool {
        let Some(next) = &mut self.next else {
            return false;
        };
        if *work == 0 || next.advance(surface, work) {
            return false;
        }
        self.done = self.next.take();
        true
    }

    /// Plans it anew, where it is wanted.
    fn again(&mut self, new: impl FnOnce() -> T) {
        if self.done.is_some() || self.next.is_some() {
            self.next = Some(new());
        }
    }

    /// Plans it where it is wanted and not there, and forgets it where it is not wanted.
    fn want(&mut self, wanted: bool, new: impl FnOnce() -> T) {
        if !wanted {
            *self = Self::default();
        } else if self.done.is_none() && self.next.is_none() {
            self.next = Some(new());
        }
    }
}

/// What has been found out about a surface in view.
#[derive(Debug)]
pub struct Study {
    surface: SurfaceObjective,
    port: Viewport,
    levels: Levels,
    /// Arrows of the gradient.
    pub arrows: Slot<Arrows>,
    /// Lines of steepest descent.
    pub streams: Slot<Streams>,
    /// Where the parts of the gradient vanish.
    pub zeros: Slot<Zeros>,
    /// The largest curvature.
    pub curvature: Slot<Curvature>,
    /// Minima, saddles and maxima.
    pub critical: Slot<Search>,
    /// The values of the contours.
    pub labels: Slot<Labels>,
}

impl Study {
    /// Nothing yet.
    #[must_use]
    pub fn new(surface: &SurfaceObjective, port: Viewport, levels: Levels) -> Self {
        Self {
            surface: surface.clone(),
            port,
            levels,
            arrows: Slot::default(),
            streams: Slot::default(),
            zeros: Slot::default(),
            curvature: Slot::default(),
            critical: Slot::default(),
            labels: Slot::default(),
        }
    }

    /// The surface.
    #[must_use]
    pub const fn surface(&self) -> &SurfaceObjective {
        &self.surface
    }

    /// What is in view.
    #[must_use]
    pub const fn port(&self) -> &Viewport {
        &self.port
    }

    /// How the levels are spaced whose values are written.
    #[must_use]
    pub const fn levels(&self) -> Levels {
        self.levels
    }

    /// Turns to what is in view now. Of another surface nothing of the old one is kept; with other parameters, what there is
    /// stays until it is known anew.
    pub fn look_at(&mut self, surface: &SurfaceObjective, port: Viewport, levels: Levels) {
        if self.surface.spec != surface.spec || self.surface.custom != surface.custom {
            *self = Self::new(surface, port, levels);
            return;
        }
        let changed = self.surface != *surface;
        if changed {
            self.surface.clone_from(surface);
        }
        if self.levels != levels {
            (self.levels, self.labels) = (levels, Slot::default());
        }
        if self.port != port || changed {
            self.port = port;
            self.plan_again();
        }
    }

    fn plan_again(&mut self) {
        let Self { port, levels, .. } = *self;
        self.arrows.again(|| Arrows::new(port));
        self.streams.again(|| Streams::new(port));
        self.zeros.again(|| Zeros::new(port));
        self.curvature.again(|| Curvature::new(port));
        self.critical.again(|| Search::new(port.view));
        self.labels.again(|| Labels::new(port, levels));
    }

    /// Takes care that what is switched on will be known, and forgets the rest.
    pub fn want(&mut self, on: &[Overlay], labels: bool) {
        let Self { port, levels, .. } = *self;
        self.arrows.want(on.contains(&Overlay::Field), || Arrows::new(port));
        self.streams.want(on.contains(&Overlay::Descent), || Streams::new(port));
        self.zeros.want(on.contains(&Overlay::Zeros), || Zeros::new(port));
        self.curvature.want(on.contains(&Overlay::Stable), || Curvature::new(port));
        self.critical.want(on.contains(&Overlay::Critical), || Search::new(port.view));
        self.labels.want(labels, || Labels::new(port, levels));
    }

    /// Does about so many evaluations' worth of work; tells whether a part of the picture is another one now.
    pub fn advance(&mut self, mut work: usize) -> bool {
        let (surface, work) = (&self.surface, &mut work);
        // What is quick comes first, and each is asked.
        let mut news = self.arrows.advance(surface, work);
        news |= self.zeros.advance(surface, work);
        news |= self.curvature.advance(surface, work);
        news |= self.labels.advance(surface, work);
        news |= self.streams.advance(surface, work);
        news | self.critical.advance(surface, work)
    }

    /// Whether anything is left to do.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.arrows.waits()
            || self.streams.waits()
            || self.zeros.waits()
            || self.curvature.waits()
            || self.critical.waits()
            || self.labels.waits()
    }
}
