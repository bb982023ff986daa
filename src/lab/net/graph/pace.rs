//! How finely pictures are drawn: as finely as a few milliseconds a frame allow while something moves, and finely when nothing
//! does.

/// What may be spent on a frame.
const BUDGET_MS: f64 = 4.0;
/// What may be spent at once when nothing moves.
const REST_MS: f64 = 40.0;

/// Rows of the grids of units, of the output, and of the outputs of other runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Of units.
    pub units: usize,
    /// Of the output.
    pub output: usize,
    /// Of other runs.
    pub small: usize,
}

/// From fine to coarse.
const MOVING: [Sides; 5] = [
    Sides { units: 32, output: 96, small: 48 },
    Sides { units: 28, output: 72, small: 40 },
    Sides { units: 24, output: 56, small: 32 },
    Sides { units: 16, output: 40, small: 24 },
    Sides { units: 12, output: 32, small: 20 },
];
const FINEST: Sides = Sides { units: 56, output: 160, small: 80 };

/// Learns what pictures cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    level: usize,
    /// What a picture cost lately.
    cost_ms: f64,
    /// What a point of the plane costs.
    point_ms: f64,
    /// When the last picture was done.
    done_ms: f64,
}

#[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
fn count(n: usize) -> f64 {
    n as f64
}

impl Pace {
    /// Whether a picture is due: costly ones come in one of several frames.
    pub fn is_due(&self, now_ms: f64) -> bool {
        self.cost_ms <= BUDGET_MS || now_ms - self.done_ms >= 3.0 * self.cost_ms
    }

    /// The grids while something moves.
    pub fn moving(&self) -> Sides {
        MOVING[self.level]
    }

    /// The grids when nothing does.
    pub fn resting(&self) -> Sides {
        let most = if self.point_ms > 0.0 { (REST_MS / self.point_ms).sqrt() } else { 96.0 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, which is meant"
        )]
        let most = (most as usize).max(MOVING[self.level].units);
        let Sides { units, output, small } = FINEST;
        Sides { units: units.min(most), output: output.min(most), small: small.min(most) }
    }

    /// Takes note of a picture: when it was begun and done, and of how many points.
    pub fn note(&mut self, from_ms: f64, to_ms: f64, moving: bool, points: usize) {
        let ms = to_ms - from_ms;
        let each = ms / count(points.max(1));
        self.point_ms = if self.point_ms > 0.0 { 0.7 * self.point_ms + 0.3 * each } else { each };
        self.done_ms = to_ms;
        if !moving {
            return;
        }
        self.cost_ms = 0.7 * self.cost_ms + 0.3 * ms;
        if self.cost_ms > BUDGET_MS && self.level + 1 < MOVING.len() {
            self.level += 1;
            self.cost_ms = BUDGET_MS;
        } else if self.cost_ms < 0.4 * BUDGET_MS && self.level > 0 {
            self.level -= 1;
        }
    }
}
