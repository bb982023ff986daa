//! How long functions typed by the user take: to be read, and for the 256 × 256 values of a picture.

use criterion::{Criterion, criterion_group, criterion_main};
use descent_lab::expr::Expr;
use descent_lab::math::HyperDual;
use std::hint::black_box;

const SIDE: usize = 256;
const PARAMS: [f64; 8] = [1.5; 8];

/// A term again and again, with another number each time, up to 500 characters.
fn filled(term: &str) -> String {
    let mut text = String::new();
    for i in 1.. {
        let next = format!("{}+", term.replace('#', &i.to_string()));
        if text.len() + next.len() > 500 {
            break;
        }
        text.push_str(&next);
    }
    text.push('1');
    text
}

fn functions() -> Vec<(&'static str, String)> {
    vec![
        ("rosenbrock", "(1 - x)^2 + 100(y - x^2)^2".to_owned()),
        ("500 characters of polynomial", filled("#x^3y^2")),
        ("500 characters of waves", filled("sin(#x)cos(#y)/#")),
        ("500 characters of waves in x y", filled("sin(#x y)/#")),
        ("500 characters of bells", filled("a exp(-(x-#)^2-(y-#)^2)")),
        ("500 characters of cases", filled("if(x<y/#,tanh(x-y),sqrt(x^2+y^2))")),
        ("500 characters of powers, the slowest", filled("(x+#)^y")),
    ]
}

fn fields(c: &mut Criterion) {
    let xs: Vec<f64> = (0_u8..=255).map(|i| f64::from(i) / 64.0 - 2.0).collect();
    let mut out = vec![0.0; SIDE * SIDE];
    let mut group = c.benchmark_group("field, 256 × 256 points");
    for (name, text) in functions() {
        let expr = Expr::parse(&text).expect(name);
        group.bench_function(name, |b| b.iter(|| expr.eval_field(black_box(&xs), &xs, &PARAMS, &mut out)));
        group.bench_function(format!("{name}, row by row"), |b| {
            b.iter(|| {
                for (y, row) in xs.iter().zip(out.chunks_mut(SIDE)) {
                    expr.eval_row(black_box(&xs), *y, &PARAMS, row);
                }
            });
        });
    }
    group.finish();
}

fn single(c: &mut Criterion) {
    let mut group = c.benchmark_group("one text of 500 characters");
    let text = filled("a exp(-(x-#)^2-(y-#)^2)");
    group.bench_function("read", |b| b.iter(|| Expr::parse(black_box(&text))));
    let expr = Expr::parse(&text).expect("a function");
    group.bench_function("as MathML", |b| b.iter(|| expr.mathml()));
    let mut stack = Vec::new();
    group.bench_function("Hessian", |b| {
        b.iter(|| {
            let (x, y) = (HyperDual::variable(black_box(0.3), 0), HyperDual::variable(-0.7, 1));
            expr.eval(x, y, &PARAMS, &mut stack)
        });
    });
    group.finish();
}

criterion_group!(benches, fields, single);
criterion_main!(benches);
