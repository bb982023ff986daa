//! Marching squares, with the pieces joined in the same pass.
//!
//! Each value is first given its rank: how many levels it reaches. An edge of the grid is crossed by exactly the levels
//! between the ranks of its ends, so cells of one rank, which are most, cost a comparison. A crossing is a node, shared by
//! the two cells of its edge; a cell links the nodes on its edges in pairs; lines are then read off the links.

use super::{ContourLine, Contours};
use crate::math::num;
use crate::scene::cast;
use crate::scene::field::Field;

/// No node, or no link.
const NONE: u32 = u32::MAX;
/// The rank of what is not finite: cells that touch it have no lines.
const NO_RANK: u8 = u8::MAX;

/// A crossing of an edge by a level.
#[derive(Clone, Copy)]
struct Node {
    at: [f32; 2],
    level: u8,
    links: [u32; 2],
}

/// The node of a level on the edge that a cell shares with the one before it or above it. A stamp tells whether it was
/// made by that very cell: one that was skipped leaves none.
#[derive(Clone, Copy)]
struct Shared {
    stamp: u32,
    node: u32,
}

pub struct March<'a> {
    field: &'a Field,
    levels: &'a [f64],
    ranks: Vec<u8>,
    nodes: Vec<Node>,
    /// For each level, on the left edge of the current cell.
    left: Vec<Shared>,
    /// For each column and level, on the upper edge.
    above: Vec<Shared>,
}

/// The four corners of a cell: upper left, upper right, lower right, lower left.
struct Cell {
    column: usize,
    row: usize,
    value: [f64; 4],
    rank: [u8; 4],
}

impl<'a> March<'a> {
    pub fn new(field: &'a Field, levels: &'a [f64]) -> Self {
        let none = Shared { stamp: NONE, node: NONE };
        Self {
            field,
            levels,
            ranks: ranks(field.values(), levels),
            nodes: Vec::new(),
            left: vec![none; levels.len()],
            above: vec![none; levels.len() * field.nx],
        }
    }

    pub fn cells(&mut self) {
        let nx = self.field.nx;
        for row in 0..self.field.ny - 1 {
            for column in 0..nx - 1 {
                let i = row * nx + column;
                let corners = [i, i + 1, i + nx + 1, i + nx];
                let rank = corners.map(|c| self.ranks[c]);
                let low = rank[0].min(rank[1]).min(rank[2]).min(rank[3]);
                let high = rank[0].max(rank[1]).max(rank[2]).max(rank[3]);
                if low == high || high == NO_RANK {
                    continue;
                }
                let cell = Cell { column, row, value: corners.map(|c| self.field.values()[c]), rank };
                for level in low..high {
                    self.cross(&cell, level);
                }
            }
        }
    }

    /// Links the crossings of one level on the edges of a cell.
    fn cross(&mut self, cell: &Cell, level: u8) {
        let inside = cell.rank.map(|r| r > level);
        // Edge e runs from corner e to the next one: upper, right, lower, left.
        // The left edge comes first: the node on the right edge takes the place that its own is read from.
        let mut crossed = [NONE; 4];
        for e in [3, 0, 1, 2] {
            if inside[e] != inside[(e + 1) % 4] {
                crossed[e] = self.node(cell, e, level);
            }
        }
        let [upper, right, lower, left] = crossed;
        if crossed.contains(&NONE) {
            let mut ends = crossed.into_iter().filter(|n| *n != NONE);
            if let (Some(a), Some(b)) = (ends.next(), ends.next()) {
                self.link(a, b);
            }
            return;
        }
        // A saddle. The side on which its middle lies is the one that stays together.
        let middle = 0.25 * cell.value.iter().sum::<f64>();
        if (middle >= self.levels[usize::from(level)]) == inside[0] {
            self.link(upper, right);
            self.link(lower, left);
        } else {
            self.link(upper, left);
            self.link(lower, right);
        }
    }

    /// The node of a crossing: the neighbour's where the edge was met before.
    fn node(&mut self, cell: &Cell, edge: usize, level: u8) -> u32 {
        let l = usize::from(level);
        let slot = cell.column * self.levels.len() + l;
        // A cell stamps what it leaves for the next one with its own number, counted as if rows had one more column.
        let stamp = cast::id(cell.row * (self.field.nx + 1) + cell.column);
        let before = match edge {
            0 if cell.row > 0 => Some((self.above[slot], stamp - cast::id(self.field.nx + 1))),
            3 if cell.column > 0 => Some((self.left[l], stamp - 1)),
            _ => None,
        };
        if let Some((shared, neighbour)) = before
            && shared.stamp == neighbour
        {
            return shared.node;
        }
        let node = cast::id(self.nodes.len());
        self.nodes.push(Node { at: cell.crossing(edge, self.levels[l]), level, links: [NONE; 2] });
        match edge {
            1 => self.left[l] = Shared { stamp, node },
            2 => self.above[slot] = Shared { stamp, node },
            _ => {}
        }
        node
    }

    fn link(&mut self, a: u32, b: u32) {
        for (from, to) in [(a, b), (b, a)] {
            let links = &mut self.nodes[from as usize].links;
            links[usize::from(links[0] != NONE)] = to;
        }
    }

    /// Reads the lines off the links: first those with ends, then the loops that are left.
    pub fn read_lines(&mut self, out: &mut Contours) {
        for open in [true, false] {
            for first in 0..self.nodes.len() {
                let links = self.nodes[first].links;
                if links[0] == NONE || open && links[1] != NONE {
                    continue;
                }
                self.read_line(first, !open, out);
            }
        }
    }

    fn read_line(&mut self, first: usize, closed: bool, out: &mut Contours) {
        let level = usize::from(self.nodes[first].level);
        out.grid.begin(self.nodes[first].at);
        let mut at = first;
        loop {
            // Each node's links are taken away as it is passed, so that no line is read twice.
            let links = std::mem::replace(&mut self.nodes[at].links, [NONE; 2]);
            let next = links.into_iter().find(|n| *n != NONE && self.open(*n));
            let Some(next) = next else { break };
            at = next as usize;
            out.grid.push(self.nodes[at].at);
        }
        if closed {
            out.grid.push(self.nodes[first].at);
        }
        out.lines.push(ContourLine { level, closed });
    }

    /// Whether a node has not been passed yet.
    fn open(&self, node: u32) -> bool {
        self.nodes[node as usize].links[0] != NONE
    }
}

impl Cell {
    /// Where on an edge a level is met, in grid spacings.
    fn crossing(&self, edge: usize, level: f64) -> [f32; 2] {
        const CORNERS: [[f64; 2]; 4] = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let next = (edge + 1) % 4;
        let (a, b) = (self.value[edge], self.value[next]);
        let u = num::clamp((level - a) / (b - a), 0.0, 1.0);
        let u = if u.is_nan() { 0.5 } else { u };
        let along = |k: usize| CORNERS[edge][k] + u * (CORNERS[next][k] - CORNERS[edge][k]);
        [cast::px(cast::float(self.column) + along(0)), cast::px(cast::float(self.row) + along(1))]
    }
}

/// How many of the levels each value reaches. Counted on from the value before, which is seldom far.
fn ranks(values: &[f64], levels: &[f64]) -> Vec<u8> {
    let mut reached = 0;
    let rank = |v: &f64| {
        if !v.is_finite() {
            return NO_RANK;
        }
        while reached < levels.len() && levels[reached] <= *v {
            reached += 1;
        }
        while reached > 0 && levels[reached - 1] > *v {
            reached -= 1;
        }
        u8::try_from(reached).unwrap_or(NO_RANK - 1)
    };
    values.iter().map(rank).collect()
}
