//! Fingers, and the mouse, on a picture that they drag and zoom.

use crate::math::num;

/// A place on the picture, in pixels.
type Place = [f64; 2];

/// Those that are down: which, and where.
#[derive(Default)]
pub struct Fingers(Vec<(i32, Place)>);

/// What a moving finger does.
pub enum Motion {
    /// Nothing.
    Still,
    /// It drags the picture by this much.
    Drag(Place),
    /// Two of them drag it, and zoom it about this place.
    Pinch { by: Place, factor: f64, middle: Place },
}

impl Fingers {
    /// None.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether none is down.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All are lifted.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// One is put down.
    pub fn down(&mut self, id: i32, at: Place) {
        self.0.retain(|(known, _)| *known != id);
        self.0.push((id, at));
    }

    /// One is lifted; tells whether it was the last.
    pub fn up(&mut self, id: i32) -> bool {
        let before = self.0.len();
        self.0.retain(|(known, _)| *known != id);
        before > 0 && self.0.is_empty()
    }

    /// One moves; none if it is not down, as a mouse that only points.
    pub fn moved(&mut self, id: i32, to: Place) -> Option<Motion> {
        let at = self.0.iter().position(|(known, _)| *known == id)?;
        let before = self.pair();
        let from = std::mem::replace(&mut self.0[at].1, to);
        Some(match (before, self.pair()) {
            (Some((middle, spread)), Some((new_middle, new_spread))) => Motion::Pinch {
                by: less(new_middle, middle),
                factor: new_spread / spread,
                middle: new_middle,
            },
            _ if from == to => Motion::Still,
            _ => Motion::Drag(less(to, from)),
        })
    }

    /// The middle of the first two, and how far they are apart.
    fn pair(&self) -> Option<(Place, f64)> {
        let &[(_, a), (_, b), ..] = &self.0[..] else { return None };
        Some(([0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])], num::norm(&less(a, b)).max(1.0)))
    }
}

fn less(a: Place, b: Place) -> Place {
    [a[0] - b[0], a[1] - b[1]]
}
