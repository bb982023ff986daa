//! What the tests of every optimizer need to know of the curvature methods.

use super::{Family, Row, from, row};

pub const FAMILY: Family = Family {
    first: FIRST,
    tried: &[
        ("gd_line_search", "lr=0.0005"),
        ("newton", "lr=0.02"),
        ("damped_newton", "lr=0.02"),
        ("saddle_free_newton", "lr=0.02"),
        ("bfgs", "lr=1"),
        ("lbfgs", "lr=1"),
        ("conjugate_gradient", "lr=1"),
    ],
    inert: &[
        ("trust_region", "delta0", "read at the start"),
        ("levenberg_marquardt", "tau", "read at the first step"),
    ],
};

/// First steps worked out by hand on f = ½(x² + 4y²), so g = (x, 4y). On a quadratic the cubic of the line search is the
/// parabola itself, so that a search that must interpolate ends at the lowest point of the line.
const FIRST: &[Row] = &[
    // f = 4; at α = 1, (0, −3), it is 18; at ½, (1, −1), 2.5. From there 18 again at α = 1, 2.125 at ½
    row("gd_line_search:lr=1", &[[1.0, -1.0], [0.5, 1.0]]),
    // Wanted at α = ½: 4 − 0.45·½·20 < 0; at ¼: 1.75, and f(1.5, 0) = 1.125
    row("gd_line_search:lr=1,c1=0.45", &[[1.5, 0.0]]),
    row("gd_line_search:lr=1,shrink=0.25", &[[1.5, 0.0]]),
    // Slope −20 + 68α = −3 at α = ¼; then −2.25, at ¼ −1.6875, which is more than ½ of it: on to the lowest point
    row("gd_line_search:lr=0.25,search=strong_wolfe,c2=0.5", &[[1.5, 0.0], [0.0, 0.0]]),
    row("gd_line_search:lr=0.25,search=strong_wolfe", &[[1.5, 0.0], [1.125, 0.0]]),
    row("newton:lr=1", &[[0.0, 0.0], [0.0, 0.0]]),
    row("newton:lr=0.5", &[[1.0, 0.5], [0.5, 0.25]]),
    row("damped_newton:lr=1", &[[0.0, 0.0]]),
    // d = (−2, −1), slope −8: at α = 1, ½, ¼ wanted are −3.2, 0.4 and 2.2, there are 0, 1 and 2.25; at ⅛ 3.0625 < 3.1
    row("damped_newton:lr=1,c1=0.9", &[[1.75, 0.875]]),
    // (2/(1 + 1), 4/(4 + 1)); (1/2, 0.8/5)
    row("saddle_free_newton:lr=1,damping=1", &[[1.0, 0.2], [0.5, 0.04]]),
    // ‖g‖ = 1, so α = ¼. s = −(0.15, 0.2), y = −(0.15, 0.8), yᵀs = 0.1825, yᵀy = 0.6625; every trial of ¼ will do
    from(
        [0.6, 0.2],
        "bfgs:lr=0.25",
        &[
            [0.45, 0.0],
            [0.301_020_360_292_737_9, 0.006_839_932_445_111_653],
            [0.225_741_016_342_62, 0.004_997_881_733_896_256],
        ],
    ),
    // ‖g‖₁ = 1.4, so α = 0.35/1.4 = ¼, then 0.35. γ = 0.1825/0.6625
    from(
        [0.6, 0.2],
        "lbfgs:lr=0.35",
        &[
            [0.45, 0.0],
            [0.378_475_704_316_360_8, -0.016_120_444_559_317_65],
            [0.247_208_909_205_526_9, -0.011_809_018_357_250_2],
        ],
    ),
    // Only the second pair
    from(
        [0.6, 0.2],
        "lbfgs:lr=0.35,history=1",
        &[
            [0.45, 0.0],
            [0.378_475_704_316_360_8, -0.016_120_444_559_317_65],
            [0.210_935_234_111_846, 0.028_426_364_937_950_15],
        ],
    ),
    // ‖g‖ = 1, so α = 0.3; g = (0.42, −0.16), y = −(0.18, 0.96), dᵀy = 0.876. β = gᵀy = 0.078 and the first trial
    // 0.3·0.3/0.2117 = 0.425… leaves more than 0.4 of the slope: on to the lowest point
    from(
        [0.6, 0.2],
        "conjugate_gradient:lr=0.3",
        &[[0.42, -0.04], [0.034_037_297_980_729_145, 0.040_698_285_597_859_55]],
    ),
    // but not more than 0.9 of it
    from(
        [0.6, 0.2],
        "conjugate_gradient:lr=0.3,c2=0.9",
        &[[0.42, -0.04], [0.221_523_111_228_693_45, 0.001_498_166_975_320_307]],
    ),
    // β = gᵀg = 0.202
    from(
        [0.6, 0.2],
        "conjugate_gradient:lr=0.3,formula=fletcher_reeves",
        &[[0.42, -0.04], [0.000_487_689_499_981_700_7, -0.041_240_243_342_202_57]],
    ),
    // β = 0.078/0.876
    from(
        [0.6, 0.2],
        "conjugate_gradient:lr=0.3,formula=hestenes_stiefel",
        &[[0.42, -0.04], [0.025_479_452_054_794_52, 0.033_972_602_739_726_03]],
    ),
    // β = 0.202/0.876
    from(
        [0.6, 0.2],
        "conjugate_gradient:lr=0.3,formula=dai_yuan",
        &[[0.42, -0.04], [0.010_163_259_857_919_76, -0.057_964_711_540_411_76]],
    ),
    // Newton's (−2, −1) and Cauchy's 5/17·(−2, −4) leave the circle: (2, 1) − (2, 4)/√20. The model is exact, so Δ = 2 and
    // the minimum is inside
    row("trust_region:delta0=1", &[[1.552_786_404_500_042_1, 0.105_572_809_000_084_12], [0.0, 0.0]]),
    // Cauchy's (10/17)(−1, −2) is inside: from there towards (−2, −1) up to the circle
    row("trust_region:delta0=2", &[[0.289_340_228_840_182_46, -0.036_167_528_605_022_81]]),
    // The circle stays, and again Cauchy's point is outside
    row(
        "trust_region:delta_max=1",
        &[
            [1.552_786_404_500_042_1, 0.105_572_809_000_084_12],
            [0.587_834_169_786_380_8, -0.156_852_770_395_506_07],
        ],
    ),
    // r = (x/√2, √2 y), JᵀJ = diag(½, 2), λ = 2: (2 − 1/2.5, 1 − 2/4). The model is exact, so ρ = 1 and λ = 2/3, 2/9
    row(
        "levenberg_marquardt:tau=1",
        &[[1.6, 0.5], [0.914_285_714_285_714_3, 0.125], [0.281_318_681_318_681_3, 0.012_5]],
    ),
    // λ = 2, then 2/10
    row(
        "levenberg_marquardt:tau=1,gamma=10",
        &[[1.6, 0.5], [0.457_142_857_142_857_1, 0.045_454_545_454_545_456]],
    ),
];
