//! Factors of every schedule at named steps, worked out by hand.

/// A schedule, the steps of warm-up and of the run, and the factor after so many steps.
pub type Row = (&'static str, u32, u32, &'static [(u32, f64)]);

pub const ROWS: &[Row] = &[
    ("constant", 0, 100, &[(0, 1.0), (99, 1.0)]),
    // 1 − k/4, then flat
    ("linear(total=4)", 0, 100, &[(0, 1.0), (1, 0.75), (3, 0.25), (4, 0.0), (50, 0.0)]),
    // 0.2 + 0.6·k/4
    ("linear(start=0.2;end=0.8;total=4)", 0, 100, &[(0, 0.2), (2, 0.5), (4, 0.8), (99, 0.8)]),
    // over the whole run
    ("linear", 0, 10, &[(0, 1.0), (5, 0.5), (10, 0.0)]),
    ("step(step_size=3;gamma=0.5)", 0, 100, &[(0, 1.0), (2, 1.0), (3, 0.5), (5, 0.5), (6, 0.25)]),
    ("step(step_size=1;gamma=0)", 0, 100, &[(0, 1.0), (1, 0.0), (2, 0.0)]),
    ("exponential(gamma=0.5)", 0, 100, &[(0, 1.0), (1, 0.5), (10, 0.000_976_562_5)]),
    // ½(1 + cos 0), ½(1 + cos π/4), ½(1 + cos π/2), ½(1 + cos π)
    ("cosine(t_max=8)", 0, 100, &[(0, 1.0), (2, 0.853_553_390_593_273_8), (4, 0.5), (8, 0.0), (12, 0.0)]),
    // 0.2 + 0.8·½(1 + cos …), flat after T
    ("cosine(t_max=8;min=0.2)", 0, 100, &[(0, 1.0), (4, 0.6), (8, 0.2), (16, 0.2)]),
    ("cosine", 0, 40, &[(0, 1.0), (20, 0.5), (40, 0.0)]),
    // cycles of 4, 8, 16 …
    (
        "cosine_restarts(t_0=4;t_mult=2)",
        0,
        100,
        &[(0, 1.0), (2, 0.5), (4, 1.0), (8, 0.5), (12, 1.0), (20, 0.5), (28, 1.0)],
    ),
    // cycles of 4
    (
        "cosine_restarts(t_0=4;t_mult=1;min=0.5)",
        0,
        100,
        &[(0, 1.0), (2, 0.75), (4, 1.0), (6, 0.75), (4000, 1.0)],
    ),
    // down over 8 steps, up again over the next 8, and so on
    (
        "cosine(t_max=8;min=0.2;after=rise)",
        0,
        100,
        &[(0, 1.0), (4, 0.6), (8, 0.2), (12, 0.6), (16, 1.0), (24, 0.2), (32, 1.0)],
    ),
    // a drop at each milestone, two of them at once
    (
        "multi_step(milestones=2/5/5/9;gamma=0.5)",
        0,
        100,
        &[(0, 1.0), (1, 1.0), (2, 0.5), (4, 0.5), (5, 0.125), (8, 0.125), (9, 0.0625), (99, 0.0625)],
    ),
    ("multi_step(milestones=0;gamma=0.5)", 0, 100, &[(0, 0.5), (50, 0.5)]),
    ("inverse_time(rate=0.5)", 0, 100, &[(0, 1.0), (2, 0.5), (6, 0.25), (18, 0.1)]),
    // 0.2 + 0.8(1 − k/4)²
    ("polynomial(total=4;power=2;end=0.2)", 0, 100, &[(0, 1.0), (1, 0.65), (2, 0.4), (4, 0.2), (9, 0.2)]),
    // √(1 − k/4)
    ("polynomial(total=4;power=0.5)", 0, 100, &[(0, 1.0), (3, 0.5), (4, 0.0)]),
    ("polynomial", 0, 10, &[(0, 1.0), (5, 0.25), (10, 0.0)]),
    // 0.2 to 1 in 4 steps and back in 2
    (
        "cyclic(lo=0.2;hi=1;up=4;down=2)",
        0,
        100,
        &[(0, 0.2), (1, 0.4), (4, 1.0), (5, 0.6), (6, 0.2), (7, 0.4), (10, 1.0), (600, 0.2)],
    ),
    // the height halves: 0.8, 0.4, 0.2
    (
        "cyclic(lo=0.2;hi=1;up=4;down=2;mode=triangular2)",
        0,
        100,
        &[(4, 1.0), (6, 0.2), (10, 0.6), (16, 0.4), (17, 0.3)],
    ),
    // 0.3·20 − 1 = 5 steps up from ½, 14 down to ½·½; halfway ½(½ + 1) at none, at 12 ½(1 + ¼)
    (
        "one_cycle(total=20;pct=0.3;div=2;final=2)",
        0,
        100,
        &[(0, 0.5), (5, 1.0), (12, 0.625), (19, 0.25), (20, 0.25), (99, 0.25)],
    ),
    // no rise: from the top down
    ("one_cycle(total=5;pct=0;div=4;final=1)", 0, 100, &[(0, 1.0), (2, 0.625), (4, 0.25)]),
    // all rise
    ("one_cycle(total=5;pct=1;div=4;final=1)", 0, 100, &[(0, 0.25), (2, 0.625), (4, 1.0), (5, 0.25)]),
    ("one_cycle(total=1;pct=1;div=4;final=1)", 0, 100, &[(0, 1.0), (1, 0.25)]),
    // (k + 1)/4, then √(4/(k + 1))
    ("inverse_sqrt(warmup=4)", 0, 100, &[(0, 0.25), (2, 0.75), (3, 1.0), (15, 0.5), (63, 0.25)]),
    // (1 − z)/(½ + ½(1 − z)): 0.75/0.875, 0.5/0.75, 0.25/0.625
    (
        "rex(total=4)",
        0,
        100,
        &[(0, 1.0), (1, 0.857_142_857_142_857_1), (2, 0.666_666_666_666_666_6), (3, 0.4), (4, 0.0), (9, 0.0)],
    ),
    ("rex(total=4;min=0.5)", 0, 100, &[(0, 1.0), (3, 0.7), (4, 0.5)]),
    // 4 steps up, 6 at the top, 10 down to 0.2
    (
        "warmup_stable_decay(rise=0.2;fall=0.5;min=0.2)",
        0,
        20,
        &[(0, 0.25), (3, 1.0), (10, 1.0), (15, 0.6), (20, 0.2), (99, 0.2)],
    ),
    ("warmup_stable_decay(total=8;rise=0;fall=0.5;shape=cosine)", 0, 100, &[(0, 1.0), (6, 0.5), (8, 0.0)]),
    // 1 − √¼
    ("warmup_stable_decay(total=8;rise=0;fall=0.5;shape=sqrt)", 0, 100, &[(4, 1.0), (5, 0.5), (8, 0.0)]),
    // rise and fall over all steps: (k + 1)/4 · (1 − k/4)
    ("warmup_stable_decay(total=4;rise=1;fall=1)", 0, 100, &[(0, 0.25), (1, 0.375), (3, 0.25), (4, 0.0)]),
    ("warmup_stable_decay(rise=0;fall=0)", 0, 10, &[(0, 1.0), (9, 1.0), (10, 0.0)]),
    // what it reads is not part of the formula
    ("reduce_on_plateau", 0, 100, &[(0, 1.0), (99, 1.0)]),
    // 10 steps from factor to factor
    (
        "drawn(total=20;factors=1/0.5/2)",
        0,
        100,
        &[(0, 1.0), (5, 0.75), (10, 0.5), (12, 0.8), (20, 2.0), (99, 2.0)],
    ),
    ("drawn(factors=0/1)", 0, 8, &[(0, 0.0), (2, 0.25), (8, 1.0)]),
    // 1/4, 2/4, 3/4, 4/4, then the schedule from its own beginning
    ("constant", 4, 100, &[(0, 0.25), (1, 0.5), (3, 1.0), (4, 1.0), (99, 1.0)]),
    ("linear(total=4)", 4, 100, &[(0, 0.25), (3, 1.0), (4, 1.0), (5, 0.75), (8, 0.0)]),
    // rises to where the schedule starts, 0.2
    ("linear(start=0.2;end=1;total=4)", 2, 100, &[(0, 0.1), (1, 0.2), (2, 0.2), (4, 0.6)]),
    // the whole run is what the warm-up leaves of it: 10 steps
    ("cosine", 10, 20, &[(0, 0.1), (9, 1.0), (10, 1.0), (15, 0.5), (20, 0.0)]),
    // a warm-up longer than the run
    ("cosine", 40, 20, &[(0, 0.025), (19, 0.5)]),
];
