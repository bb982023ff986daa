//! What the tests of every optimizer need to know of the first-order and adaptive methods.

use super::{Family, Row, from, row};

pub const FAMILY: Family = Family {
    first: FIRST,
    tried: &[
        ("sgd", "lr=0.0005"),
        ("momentum", "lr=0.0005"),
        ("nesterov", "lr=0.0005"),
        ("adagrad", "lr=0.3"),
    ],
    inert: &[("adagrad", "initial_accumulator", "read when the sum begins")],
};

/// First steps worked out by hand on f = ½(x² + 4y²), so g = (x, 4y).
const FIRST: &[Row] = &[
    // (2, 1) − 0.1(2, 4); (1.8, 0.6) − 0.1(1.8, 2.4); (1.62, 0.36) − 0.1(1.62, 1.44)
    row("sgd:lr=0.1", &[[1.8, 0.6], [1.62, 0.36], [1.458, 0.216]]),
    // b = (2, 4); b = ½(2, 4) + (1.8, 2.4) = (2.8, 4.4); b = ½(2.8, 4.4) + (1.52, 0.64) = (2.92, 2.84)
    row("momentum:lr=0.1,momentum=0.5", &[[1.8, 0.6], [1.52, 0.16], [1.228, -0.124]]),
    // The first gradient enters whole: b = (2, 4); b = ½(2, 4) + ¾(1.8, 2.4) = (2.35, 3.8)
    row("momentum:lr=0.1,momentum=0.5,dampening=0.25", &[[1.8, 0.6], [1.565, 0.22]]),
    // v = −0.1(2, 4); v = ½(−0.2, −0.4) − 0.1(1.8, 2.4) = (−0.28, −0.44): as PyTorch's while η stays
    row("momentum:lr=0.1,momentum=0.5,convention=keras", &[[1.8, 0.6], [1.52, 0.16], [1.228, -0.124]]),
    // Keras knows no dampening.
    row("momentum:lr=0.1,momentum=0.5,dampening=0.25,convention=keras", &[[1.8, 0.6], [1.52, 0.16]]),
    // η halved at the second step: all of b = (2.8, 4.4) obeys, (1.8, 0.6) − 0.05b
    row("momentum:lr=0.1,momentum=0.5,schedule=step(step_size=1;gamma=0.5)", &[[1.8, 0.6], [1.66, 0.38]]),
    // η halved at the second step: only the new gradient obeys, v = (−0.1, −0.2) − 0.05(1.8, 2.4) = (−0.19, −0.32)
    row(
        "momentum:lr=0.1,momentum=0.5,convention=keras,schedule=step(step_size=1;gamma=0.5)",
        &[[1.8, 0.6], [1.61, 0.28]],
    ),
    // b = (2, 4), g + ½b = (3, 6); g = (1.7, 1.6), b = (2.7, 3.6), g + ½b = (3.05, 3.4)
    row("nesterov:lr=0.1,momentum=0.5", &[[1.7, 0.4], [1.395, 0.06]]),
    // v = (−0.2, −0.4), ½v − 0.1g = (−0.3, −0.6); v = (−0.27, −0.36), ½v − 0.1(1.7, 1.6) = (−0.305, −0.34)
    row("nesterov:lr=0.1,momentum=0.5,convention=keras", &[[1.7, 0.4], [1.395, 0.06]]),
    // (1.7, 0.4) − 0.05(3.05, 3.4)
    row("nesterov:lr=0.1,momentum=0.5,schedule=step(step_size=1;gamma=0.5)", &[[1.7, 0.4], [1.5475, 0.23]]),
    // v = (−0.1, −0.2) − 0.05(1.7, 1.6) = (−0.185, −0.28), ½v − 0.05g = (−0.1775, −0.22)
    row(
        "nesterov:lr=0.1,momentum=0.5,convention=keras,schedule=step(step_size=1;gamma=0.5)",
        &[[1.7, 0.4], [1.5225, 0.18]],
    ),
    // v = (−0.2, −0.4); g at (1.8, 0.6) + ½v = (1.7, 0.4) is (1.7, 1.6), v = (−0.1, −0.2) − (0.17, 0.16)
    row("nesterov:lr=0.1,momentum=0.5,convention=paper", &[[1.8, 0.6], [1.53, 0.24]]),
    // Adaptive.
    // s = (4, 16): 2/(2 + 1), 4/(4 + 1); g = (4/3, 0.8), s = (52/9, 16.64): (4/3)/(√52/3 + 1), 0.8/(√16.64 + 1)
    row(
        "adagrad:lr=1,eps=1",
        &[[1.333_333_333_333_333_3, 0.2], [0.941_602_863_479_568, 0.042_495_365_172_673_77]],
    ),
    // The second step halved by 1 + (2 − 1)·1: 4/3 − 0.391730469853765…/2
    row(
        "adagrad:lr=1,eps=1,lr_decay=1",
        &[[1.333_333_333_333_333_3, 0.2], [1.137_468_098_406_450_7, 0.121_247_682_586_336_86]],
    ),
    // s = 12 + (4, 16) = (16, 28): 2 − 2/(4 + 1), 1 − 4/(√28 + 1)
    row("adagrad:lr=1,eps=1,initial_accumulator=12", &[[1.6, 0.364_221_833_758_639_8]]),
    // 2 − 2/√(4 + 9), 1 − 4/√(16 + 9)
    row("adagrad:lr=1,eps=9,convention=optax", &[[1.445_299_803_774_770_9, 0.2]]),
    // v = ¼(4, 16) = (1, 4): ½·2/(1 + 1), ½·4/(2 + 1); g = (1.5, 4/3), v = (1.3125, 31/9): ½·1.5/(√1.3125 + 1), …
    row(
        "rmsprop:lr=0.5,alpha=0.75,eps=1",
        &[[1.5, 0.333_333_333_333_333_3], [1.150_454_583_026_494_8, 0.099_900_209_439_694_99]],
    ),
    // b = (1, 4/3), then b = ½b + g/(√v + 1): the second step is longer by ½·½(1, 4/3)
    row(
        "rmsprop:lr=0.5,alpha=0.75,eps=1,momentum=0.5",
        &[[1.5, 0.333_333_333_333_333_3], [0.900_454_583_026_494_8, -0.233_433_123_893_638_35]],
    ),
    // ḡ = (0.5, 1), v − ḡ² = (0.75, 3): 2 − ½·2/(√0.75 + 1), 1 − ½·4/(√3 + 1)
    row("rmsprop:lr=0.5,alpha=0.75,eps=1,centered=on", &[[1.464_101_615_137_754_6, 0.267_949_192_431_122_7]]),
    // 2 − ½·2/√(1 + 3), 1 − ½·4/√(4 + 3)
    row(
        "rmsprop:lr=0.5,alpha=0.75,eps=3,convention=optax",
        &[[1.5, 0.244_071_053_981_545_6], [1.138_842_440_742_692_5, 0.048_630_922_673_071_7]],
    ),
    // v − ḡ² + ε = (0.75 + 0.25, 3 + 0.25): 2 − ½·2/1, 1 − ½·4/√3.25
    row(
        "rmsprop:lr=0.5,alpha=0.75,eps=0.25,centered=on,convention=optax",
        &[[1.0, -0.109_400_392_450_458_3]],
    ),
    // η = 0.5, then 0.25. All of b = ½(1, 4/3) + (0.699090833947008…, 0.466866247787276…) obeys: 1.5 − ¼·1.199…
    row(
        "rmsprop:lr=0.5,alpha=0.75,eps=1,momentum=0.5,schedule=step(step_size=1;gamma=0.5)",
        &[[1.5, 0.333_333_333_333_333_3], [1.200_227_291_513_247_4, 0.049_950_104_719_847_48]],
    ),
    // η inside the buffer: b = (0.5, 2/√7), then ½b + ¼(0.722315118514614…, 0.390880262616947…)
    row(
        "rmsprop:lr=0.5,alpha=0.75,eps=3,momentum=0.5,convention=optax,schedule=step(step_size=1;gamma=0.5)",
        &[[1.5, 0.244_071_053_981_545_6], [1.069_421_220_371_346_2, -0.231_613_484_681_918_53]],
    ),
    // m = ½(2, 4), v = 0.16(4, 16): m̂ = (2, 4), √v̂ = (2, 4): 0.1·2/2.2, 0.1·4/4.2.
    // g = (21/11, 76/21), m = (16/11, 59/21), c = (0.75, 0.2944): m̂/(√v̂ + 0.2) = (0.9015…, 0.9370…)
    row(
        "adam:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2",
        &[
            [1.909_090_909_090_909_2, 0.904_761_904_761_904_8],
            [1.818_933_439_404_654_4, 0.811_057_330_104_757_2],
        ],
    ),
    // m = (1, 2), √v = (0.8, 1.6): 0.1·1/1, 0.1·2/1.8
    row(
        "adam:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,bias_correction=off",
        &[[1.9, 0.888_888_888_888_888_8], [1.784_556_925_338_214_8, 0.765_036_906_971_337_9]],
    ),
    // The rate is 0.1·√0.16/0.5 = 0.08: 0.08·1/1, 0.08·2/1.8
    row(
        "adam:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,convention=paper",
        &[[1.92, 0.911_111_111_111_111_1], [1.836_291_569_207_823_2, 0.821_076_996_423_919_3]],
    ),
    // (2, 1)·(1 − 0.1·0.5), then Adam's step for the gradient at (2, 1)
    row(
        "adamw:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,weight_decay=0.5",
        &[
            [1.809_090_909_090_909, 0.854_761_904_761_904_7],
            [1.629_400_570_564_628_8, 0.719_286_172_013_306_1],
        ],
    ),
    // (1.9, 0.95) − 0.1(1, 2/1.8)
    row(
        "adamw:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,weight_decay=0.5,bias_correction=off",
        &[[1.8, 0.838_888_888_888_888_8]],
    ),
    // The decay follows the schedule: η = 0.05 at the second step, (1.8, 0.838888888888889)·(1 − 0.05·0.5) − 0.05·m/(√v + ε)
    // with g = (1.8, 3.355555555555555…), m = (1.4, 2.677777777777777…), v = (1.056, 3.951950617283950…)
    row(
        "adamw:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,weight_decay=0.5,bias_correction=off,schedule=step(step_size=1;gamma=0.5)",
        &[[1.8, 0.838_888_888_888_888_8], [1.697_979_033_030_979_4, 0.756_723_013_457_916_9]],
    ),
    // (1.9, 0.95) − 0.08(1, 2/1.8)
    row(
        "adamw:lr=0.1,beta1=0.5,beta2=0.84,eps=0.2,weight_decay=0.5,convention=paper",
        &[[1.82, 0.861_111_111_111_111]],
    ),
    // 0.95(2, 1) − 0.1(1, 1); 0.95(1.8, 0.85) − 0.1(1, 1)
    row("lion:lr=0.1,beta1=0.5,beta2=0.75,weight_decay=0.5", &[[1.8, 0.85], [1.61, 0.7075]]),
    // No gradient, no step. y: down to −0.05 where g = −0.2, m = ¼·0.2 = 0.05: 0.9·0.05 − 0.1·0.2 > 0, on to −0.15 where
    // g = −0.6, m = ¾·0.05 − ¼·0.2 = −0.0125: back up.
    from([0.0, 0.05], "lion:lr=0.1,beta1=0.9,beta2=0.75", &[[0.0, -0.05], [0.0, -0.15], [0.0, -0.05]]),
];
