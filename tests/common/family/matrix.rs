//! What the tests of every optimizer need to know of the matrix methods, and of Sophia and AdaHessian.

use super::{Family, Row, row};

pub const FAMILY: Family = Family {
    first: FIRST,
    // Each such that every setting counts: ε against sizes of hundreds, a rate above 1/√t, a norm above d.
    tried: &[
        ("adafactor", "lr=0.3,eps2=2,d=0.5"),
        ("lars", "lr=2"),
        ("muon", "lr=0.02,eps=300"),
        ("sophia", "lr=0.02,eps=30,interval=2"),
    ],
    inert: &[],
};

/// First steps worked out by hand on f = ½(x² + 4y²), so g = (x, 4y) and H = diag(1, 4). Methods for layers see one layer.
const FIRST: &[Row] = &[
    // c = −1 makes v the mean of all g²: u = (1, 1), RMS(u)/d = 2, α = RMS(2, 1)·0.8 = 0.8√2.5: 2 − 0.4√2.5.
    // ρ = 1/√2 and 1/√3 at the second and third step.
    row(
        "adafactor:lr=0.8,beta2_decay=-1,d=0.5",
        &[
            [1.367_544_467_966_324_2, 0.367_544_467_966_324_1],
            [0.940_357_927_113_112_2, 0.106_450_595_405_878_59],
            [0.698_231_962_365_391_8, 0.039_920_324_674_215_586],
        ],
    ),
    // ρ = 0.8 throughout.
    row(
        "adafactor:lr=0.8,beta2_decay=-1,d=0.5,convention=optax",
        &[
            [1.367_544_467_966_324_2, 0.367_544_467_966_324_1],
            [0.884_238_068_176_035_7, 0.072_150_471_464_328_47],
        ],
    ),
    // ε₂ = 4 is more than RMS(2, 1): α = 0.4, u = (1, 1)
    row(
        "adafactor:lr=0.1,beta2_decay=-1,eps2=4",
        &[[1.6, 0.6], [1.246_619_116_560_491, 0.308_957_249_956_400_45]],
    ),
    // u = (2/2.2 + 1, 4/4.2 + 0.5), r = √5/‖u‖
    row(
        "lamb:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,weight_decay=0.5",
        &[
            [1.822_038_839_602_319_3, 0.864_612_314_482_036_6],
            [1.661_049_183_086_219_7, 0.743_137_500_760_994_9],
        ],
    ),
    // r = 0.2·√5/√20 = 0.1: b = (0.2, 0.4); then b = ½b + r(1.8, 2.4) with r = 0.2·√3.6/3
    row(
        "lars:lr=1,momentum=0.5,trust=0.2",
        &[[1.8, 0.6], [1.472_316_008_467_876_6, 0.096_421_344_623_835_59]],
    ),
    // u = (4, 5), r = 0.2·√(5/41)
    row(
        "lars:lr=1,momentum=0.5,trust=0.2,weight_decay=1",
        &[[1.720_627_881_692_168_7, 0.650_784_852_115_210_9]],
    ),
    // u = ¾(2, 4): X = (1, 2)/√5, whose length 1 five steps take to 0.6964…; times 0.1·√2
    row(
        "muon:lr=0.1,momentum=0.5",
        &[
            [1.955_953_494_012_118_4, 0.911_906_988_024_236_9],
            [1.909_788_124_051_447_4, 0.824_905_654_327_006_8],
        ],
    ),
    // 0.95(2, 1) − 0.1·√2·(1, 2)/√5
    row(
        "muon:lr=0.1,momentum=0.5,ns_steps=0,weight_decay=0.5",
        &[
            [1.836_754_446_796_632_4, 0.823_508_893_593_264_8],
            [1.676_962_716_148_795_9, 0.658_308_238_755_039],
        ],
    ),
    // The same direction at first; then u = m = ½(1, 2) + ½g
    row(
        "muon:lr=0.1,momentum=0.5,ns_steps=0,nesterov=off",
        &[
            [1.936_754_446_796_632_4, 0.873_508_893_593_264_8],
            [1.870_086_563_505_796, 0.748_787_631_021_402_6],
        ],
    ),
    // One step takes length 1 to 3.4445 − 4.775 + 2.0315 = 0.701 (a hair less, for ‖u‖ + ε); no √2.
    row(
        "muon:lr=0.1,momentum=0.5,ns_steps=1,convention=optax",
        &[[1.968_650_326_413_203, 0.937_300_652_826_405_7], [1.936_230_052_399_891_2, 0.875_148_130_352_452]],
    ),
    // g is an eigenvector of g gᵀ with eigenvalue 20: u = g/√(20 + 5); then the roots of L = [[7.24, 12.32], [12.32, 21.76]]
    row(
        "shampoo:lr=0.5,eps=5",
        &[
            [1.8, 0.6],
            [1.602_141_452_381_426_4, 0.418_195_920_287_564_25],
            [1.419_699_035_500_036_3, 0.317_712_968_040_229_6],
        ],
    ),
    // The first step stands. Then Q = (1, 2)/√5 and across: v = (0.16·20, 0), m = ½g, and the step is
    // 0.1·0.4/0.5·½√20/(√3.2 + 0.2) along Q.
    row(
        "soap:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2",
        &[
            [2.0, 1.0],
            [1.959_775_838_430_384, 0.919_551_676_860_768],
            [1.904_604_654_402_913_4, 0.845_109_797_650_816_1],
            [1.841_952_536_889_031_7, 0.775_242_959_198_518_8],
        ],
    ),
    // Adam in the paper's form, a step later.
    row(
        "soap:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,precondition_1d=off",
        &[[2.0, 1.0], [1.92, 0.911_111_111_111_111_1], [1.836_291_569_207_823_4, 0.821_076_996_423_919_4]],
    ),
    // h = ½(1, 4), m = ½(2, 4): m/4h = (½, ¼); then m = ½(1, 2) + ½(1.95, 3.9) over the same 4h = (2, 8); then h = ¾(1, 4)
    row(
        "sophia:lr=0.1,beta1=0.5,beta2=0.5,rho=4,interval=2",
        &[[1.95, 0.975], [1.876_25, 0.938_125], [1.820_395_833_333_333_4, 0.910_197_916_666_666_7]],
    ),
    // h = 0: clipped; then m̂ = (1.45, 2.8)/0.75 over 4h = (2, 8), twice
    row(
        "sophia:lr=0.1,beta1=0.5,beta2=0.5,rho=4,interval=2,convention=optax",
        &[
            [1.9, 0.9],
            [1.803_333_333_333_333_2, 0.853_333_333_333_333_3],
            [1.710_380_952_380_952_3, 0.808_952_380_952_381],
        ],
    ),
    // H is diagonal, so D = (1, 4) whatever the signs: m̂ = (2, 4) over √(1, 4) + 1, and half of θ on top
    row(
        "adahessian:lr=0.1,beta1=0.5,beta2=0.84,eps=1,weight_decay=0.5,hessian_power=0.5",
        &[[1.8, 0.816_666_666_666_666_7], [1.616_666_666_666_666_7, 0.658_796_296_296_296_3]],
    ),
];
