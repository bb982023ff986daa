//! Values: one, with its derivatives, or a whole grid.

use super::Expr;
use super::functions::{Binary, Unary};
use super::program::{Op, Place};
use crate::math::{Elementary, Scalar, num};

/// How many columns are computed at once.
const LANES: usize = 64;

type Lanes = [f64; LANES];

/// What a result changes with.
#[derive(Clone, Copy, Default)]
struct Varies {
    x: bool,
    y: bool,
}

impl Expr {
    /// The value at (x, y), with its derivatives if T carries them. A parameter that is not given is not a number.
    ///
    /// `stack` is room for the results on the way, so that none is made for every point.
    pub fn eval<T: Scalar>(&self, x: T, y: T, params: &[f64], stack: &mut Vec<T>) -> T {
        stack.clear();
        for op in &self.program.ops {
            let at = |place: Place| stack[usize::from(place)];
            let value = match *op {
                Op::X => x,
                Op::Y => y,
                Op::Number(bits) => T::constant(f64::from_bits(bits)),
                Op::Param(index) => T::constant(given(params, index)),
                Op::Unary(function, a) => function.apply(at(a)),
                Op::Binary(function, a, b) => function.apply(at(a), at(b)),
                Op::Powi(a, n) => at(a).powi(n),
                Op::If(a, b, c) => T::if_else(at(a), at(b), at(c)),
                Op::Pow(a, b, ln) => at(a).powf_by(at(b), at(ln).value()),
            };
            stack.push(value);
        }
        stack.last().copied().unwrap_or_else(|| T::constant(f64::NAN))
    }

    /// The values of a row: at every x of `xs` and this y. As many as there is room for in `out`.
    pub fn eval_row(&self, xs: &[f64], y: f64, params: &[f64], out: &mut [f64]) {
        self.eval_field(xs, &[y], params, out);
    }

    /// The values of a grid, row after row: for every y of `ys` those at every x of `xs`. The same bits as one by one, but
    /// what does not change with x or with y is computed once for its column or row.
    pub fn eval_field(&self, xs: &[f64], ys: &[f64], params: &[f64], out: &mut [f64]) {
        let ops = &self.program.ops;
        let varies = self.varies();
        let which = |wanted: fn(&Varies) -> bool| -> Vec<usize> {
            (0..ops.len()).filter(|i| wanted(&varies[*i])).collect()
        };
        let (columns, rows, both) = (which(|v| !v.y), which(|v| v.y && !v.x), which(|v| v.x && v.y));
        let mut results: Vec<Lanes> = vec![[0.0; LANES]; ops.len()];
        for (block, xs_here) in xs.chunks(LANES).enumerate() {
            for i in &columns {
                compute(ops[*i], *i, xs_here, 0.0, params, &mut results);
            }
            for (row, y) in ys.iter().enumerate() {
                for i in &rows {
                    compute(ops[*i], *i, &[0.0], *y, params, &mut results);
                }
                for i in &rows {
                    results[*i] = [results[*i][0]; LANES];
                }
                for i in &both {
                    compute(ops[*i], *i, xs_here, *y, params, &mut results);
                }
                let start = row * xs.len() + block * LANES;
                if let (Some(out), Some(last)) = (out.get_mut(start..), results.last()) {
                    let n = xs_here.len().min(out.len());
                    out[..n].copy_from_slice(&last[..n]);
                }
            }
        }
    }

    /// The values at points, from their coordinates. The same bits as one by one, and faster.
    pub fn eval_points(&self, xs: &[f64], ys: &[f64], params: &[f64], out: &mut [f64]) {
        let ops = &self.program.ops;
        let mut results: Vec<Lanes> = vec![[0.0; LANES]; ops.len()];
        for ((xs, ys), out) in xs.chunks(LANES).zip(ys.chunks(LANES)).zip(out.chunks_mut(LANES)) {
            let n = xs.len().min(ys.len()).min(out.len());
            for (i, op) in ops.iter().enumerate() {
                if *op == Op::Y {
                    results[i][..n].copy_from_slice(&ys[..n]);
                } else {
                    compute(*op, i, &xs[..n], 0.0, params, &mut results);
                }
            }
            if let Some(last) = results.last() {
                out[..n].copy_from_slice(&last[..n]);
            }
        }
    }

    /// What each result changes with.
    fn varies(&self) -> Vec<Varies> {
        let mut all: Vec<Varies> = Vec::with_capacity(self.program.ops.len());
        for op in &self.program.ops {
            let mut one = Varies { x: *op == Op::X, y: *op == Op::Y };
            for operand in op.operands().into_iter().flatten() {
                let other = all[usize::from(operand)];
                one = Varies { x: one.x || other.x, y: one.y || other.y };
            }
            all.push(one);
        }
        all
    }
}

fn given(params: &[f64], index: Place) -> f64 {
    params.get(usize::from(index)).copied().unwrap_or(f64::NAN)
}

/// One instruction for as many columns as there are in `xs`.
fn compute(op: Op, place: usize, xs: &[f64], y: f64, params: &[f64], results: &mut [Lanes]) {
    let (before, rest) = results.split_at_mut(place);
    let Some(all) = rest.first_mut() else { return };
    let n = xs.len().min(LANES);
    let out = &mut all[..n];
    let at = |place: Place| &before[usize::from(place)][..n];
    match op {
        Op::X => out.copy_from_slice(&xs[..n]),
        Op::Y => out.fill(y),
        Op::Number(bits) => out.fill(f64::from_bits(bits)),
        Op::Param(index) => out.fill(given(params, index)),
        Op::Unary(function, a) => unary(function, at(a), out),
        Op::Binary(function, a, b) => binary(function, at(a), at(b), out),
        Op::Powi(a, n) => power(at(a), n, out),
        Op::If(a, b, c) => triples([at(a), at(b), at(c)], out, f64::if_else),
        Op::Pow(a, b, ln) => triples([at(a), at(b), at(ln)], out, f64::powf_by),
    }
}

fn triples([a, b, c]: [&[f64]; 3], out: &mut [f64], f: impl Fn(f64, f64, f64) -> f64) {
    for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
        *out = f(*a, *b, *c);
    }
}

fn each(a: &[f64], out: &mut [f64], f: impl Fn(f64) -> f64) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = f(*a);
    }
}

fn unary(function: Unary, a: &[f64], out: &mut [f64]) {
    match function {
        Unary::Neg => each(a, out, |a| -a),
        Unary::Abs => each(a, out, f64::abs),
        Unary::Sqrt => each(a, out, f64::sqrt),
        other => each(a, out, |a| other.apply(a)),
    }
}

fn binary(function: Binary, a: &[f64], b: &[f64], out: &mut [f64]) {
    match function {
        Binary::Add => pairs(a, b, out, |a, b| a + b),
        Binary::Sub => pairs(a, b, out, |a, b| a - b),
        Binary::Mul => pairs(a, b, out, |a, b| a * b),
        Binary::Div => pairs(a, b, out, |a, b| a / b),
        other => pairs(a, b, out, |a, b| other.apply(a, b)),
    }
}

fn pairs(a: &[f64], b: &[f64], out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = f(*a, *b);
    }
}

/// The products that `num::powi` would make, without its loop.
fn power(a: &[f64], n: i32, out: &mut [f64]) {
    match n {
        2 => each(a, out, |a| a * a),
        3 => each(a, out, |a| a * (a * a)),
        4 => each(a, out, |a| (a * a) * (a * a)),
        _ => each(a, out, |a| num::powi(a, n)),
    }
}
