//! Squares of a board.

use super::draw::{Draw, stray};
use super::{Generator, Makes, classes, real};
use crate::net::DataSpec;
use crate::param::as_index;

pub static SPEC: Generator = Generator {
    key: "checkerboard",
    name: "Checkerboard",
    sentence: "Sixteen squares in the colours of the classes: many small regions, which only a large enough network learns.",
    makes: Makes::Classes(2, 5),
    make: |spec| Ok(points(spec)),
};

/// Squares along a side.
const SIDE: usize = 4;

/// The colour of a square; for more than three colours a step that leaves no diagonals of one colour.
const fn colour(column: usize, row: usize, colours: usize) -> usize {
    let step = if colours > 3 { 2 } else { 1 };
    (column + step * row) % colours
}

fn points(spec: &DataSpec) -> Vec<[f64; 3]> {
    const WIDTH: f64 = 2.5;
    // Clean points keep away from the edges of their square.
    const EDGE: f64 = 0.05 * WIDTH;
    let (colours, seed) = (classes(spec, &SPEC), spec.seed);
    let squares: Vec<Vec<(usize, usize)>> = (0..colours)
        .map(|class| {
            let all = (0..SIDE * SIDE).map(|k| (k % SIDE, k / SIDE));
            all.filter(|(column, row)| colour(*column, *row, colours) == class).collect()
        })
        .collect();
    (0..spec.count)
        .map(|i| {
            let class = i % colours;
            let own = &squares[class];
            let which = as_index(real(own.len()) * Draw::Piece.uniform(seed, i));
            let (column, row) = own[which.min(own.len() - 1)];
            let corner = |k: usize| WIDTH * (real(k) - 0.5 * real(SIDE));
            let x = corner(column) + Draw::First.between(seed, i, EDGE, WIDTH - EDGE);
            let y = corner(row) + Draw::Second.between(seed, i, EDGE, WIDTH - EDGE);
            let [x, y] = stray(spec, i, [x, y], 1.0);
            [x, y, real(class)]
        })
        .collect()
}
