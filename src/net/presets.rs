//! Scenes that show one thing each: a network, its data and runs, as a link.
//!
//! `tests/net_presets.rs` trains every one of them and holds it to what it says.

/// A scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The word by which it is asked for.
    pub key: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// One sentence: what to look for.
    pub look: &'static str,
    /// All of it, as the fragment of a link.
    pub link: &'static str,
}

/// The scene with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|p| p.key == key)
}

/// All, in the order of the menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        key: "race",
        title: "Methods on the spiral",
        look: "After 500 steps Muon and SOAP have wound the boundary around both arms, while gradient descent has hardly bent it.",
        link: "v=1&network=16-16&data=spiral&run=sgd:lr=0.1,batch=32&run=momentum:lr=0.05,batch=32\
               &run=rmsprop:lr=0.005,batch=32&run=adam:lr=0.01,batch=32&run=muon:lr=0.02,batch=32\
               &run=soap:lr=0.01,batch=32",
    },
    Preset {
        key: "features",
        title: "The right features",
        look: "Without any hidden layer x² and y² solve the circle, which x and y alone never could.",
        link: "v=1&network=0(features=x/y/x2/y2)&data=circle&steps=300&run=adam:lr=0.1",
    },
    Preset {
        key: "regression",
        title: "Regression",
        look: "L-BFGS goes on falling where Adam and momentum have become slow, though each of its steps may ask more than once.",
        link: "v=1&network=16-16&data=bumps&steps=400&run=adam:lr=0.02&run=momentum:lr=0.1&run=lbfgs:lr=1",
    },
    Preset {
        key: "formula",
        title: "A function of your own",
        look: "The prediction takes the shape of sin(x)·y/3; type another formula and see how many units it needs.",
        link: "v=1&network=16-16&data=formula(noise=0)&formula=sin(x)*y/3&steps=600&run=adam:lr=0.01,batch=32\
               &run=muon:lr=0.02,batch=32",
    },
    Preset {
        key: "vanishing",
        title: "Vanishing gradients",
        look: "Ten sigmoid layers shrink the gradient a hundred thousandfold on its way to the first: gradient descent stands still, and Adam, which divides by its size, does not.",
        link: "v=1&network=6-6-6-6-6-6-6-6-6-6(activation=sigmoid)&data=circle(n=200)&steps=1000&run=sgd:lr=0.5\
               &run=adam:lr=0.01&show=layers",
    },
    Preset {
        key: "exploding",
        title: "Exploding gradients, clipped",
        look: "The loss begins at 46, with gradients so long that plain descent leaves the finite numbers in five steps; shortened to 0.5, the same descent learns.",
        link: "v=1&network=8-8-8(activation=leaky_relu;init=he_normal)&data=sine(n=200)&steps=1000&run=sgd:lr=0.2\
               &run=sgd:lr=0.2,clip_norm=0.5",
    },
    Preset {
        key: "dead_relu",
        title: "Dead ReLUs",
        look: "A few steps that are too long push every unit of the second layer to where it gives 0 for all points, and no gradient ever brings them back.",
        link: "v=1&network=8-8(activation=relu;init=he_normal)&data=circle(n=200)&run=sgd:lr=0.5&run=sgd:lr=5",
    },
    Preset {
        key: "zeros",
        title: "Zeros never break symmetry",
        look: "All units of a layer start alike and stay alike, so a layer of four is worth a single unit.",
        link: "v=1&network=4-4(activation=sigmoid;init=zeros)&data=circle(n=200)&run=adam:lr=0.05,batch=16",
    },
    Preset {
        key: "start_he",
        title: "Start: He",
        look: "Made for ReLU: through ten layers signals and gradients keep their size, and learning begins at once.",
        link: "v=1&network=8-8-8-8-8-8-8-8-8-8(activation=relu;init=he_normal)&data=circle(n=200)&steps=300\
               &run=sgd:lr=0.05,batch=20&show=layers",
    },
    Preset {
        key: "start_glorot",
        title: "Start: Glorot",
        look: "Made for tanh: each of ten ReLU layers halves the signal's variance, and learning waits for a hundred steps.",
        link: "v=1&network=8-8-8-8-8-8-8-8-8-8(activation=relu;init=glorot_normal)&data=circle(n=200)&steps=300\
               &run=sgd:lr=0.05,batch=20&show=layers",
    },
    Preset {
        key: "start_tiny",
        title: "Start: tiny",
        look: "With a tenth of He's weights nothing comes through six layers, and gradient descent sits on a plateau.",
        link: "v=1&network=8-8-8-8-8-8(activation=relu;init=he_uniform;scale=0.1)&data=circle(n=200)&steps=200\
               &run=sgd:lr=0.1,batch=20&show=layers",
    },
    Preset {
        key: "batch_norm",
        title: "Batch norm",
        look: "The same tiny start: normalisation takes out the scale of the weights, and all layers learn from the first step on.",
        link: "v=1&network=8-8-8-8-8-8(activation=relu;norm=batch;init=he_uniform;scale=0.1)&data=circle(n=200)\
               &steps=200&run=sgd:lr=0.1,batch=20&show=layers",
    },
    Preset {
        key: "dropout",
        title: "Dropout",
        look: "Both fit the noisy training points; with dropout the test loss stays at about half.",
        link: "v=1&network=16-16&data=circle(n=200;noise=0.8;split=0.4)&steps=1500&run=adam:lr=0.01,batch=10\
               &run=adam:lr=0.01,batch=10,dropout=0.2",
    },
    Preset {
        key: "batch_size",
        title: "Small and large batches",
        look: "Batches of 16 go as far as all 200 examples for a twelfth of the work; single examples cost still less a step, but here they do not get as far.",
        link: "v=1&network=8-8&data=moons&steps=600&run=sgd:lr=0.1,batch=1&run=sgd:lr=0.1,batch=16&run=sgd:lr=0.1",
    },
    Preset {
        key: "same_batch",
        title: "Three ways to a batch of 32",
        look: "Accumulating four batches of 8, or four workers with 8 each, is the same as one batch of 32; 8 alone is not.",
        link: "v=1&network=8-8&data=moons(n=512)&steps=300&run=sgd:lr=0.1,batch=32\
               &run=sgd:lr=0.1,batch=8,accumulate=4&run=sgd:lr=0.1,batch=8,workers=4&run=sgd:lr=0.1,batch=8",
    },
    Preset {
        key: "muon",
        title: "Muon and Adam",
        look: "Muon makes every singular value of a layer's step alike and needs about half of Adam's steps on four arms.",
        link: "v=1&network=16-16-16&data=spiral(classes=4)&steps=300&run=adam:lr=0.01,batch=32\
               &run=muon:lr=0.02,batch=32",
    },
    Preset {
        key: "saddle",
        title: "Newton's method finds a saddle",
        look: "Newton's method goes to where the gradient is 0 and stays there with half of the points wrong; a trust region and Adam go past.",
        link: "v=1&network=4&data=circle&steps=100&run=newton:lr=1&run=trust_region&run=adam:lr=0.05",
    },
    Preset {
        key: "federated",
        title: "Federated clients",
        look: "Four clients with the same mix of classes agree; with classes of their own they pull apart between averages, and learn slowly.",
        link: "v=1&network=8-8&data=gauss(noise=0.3;classes=4)&steps=400&run=sgd:lr=0.1,batch=8,federated=4/50/0\
               &run=sgd:lr=0.1,batch=8,federated=4/50/1",
    },
    Preset {
        key: "delay",
        title: "Gradients that come late",
        look: "The same rate with gradients that are 4 or 16 steps old: with the one it never settles, with the other it is thrown out.",
        link: "v=1&network=8-8&data=moons&steps=300&run=sgd:lr=0.3&run=sgd:lr=0.3,delay=4&run=sgd:lr=0.3,delay=16",
    },
    Preset {
        key: "loss_scale",
        title: "Half precision and the loss scale",
        look: "In f16 gradients below 3·10⁻⁸ become 0 and the first layers never learn; a loss scale of 32768 saves them, one of 16777216 overflows and no step is taken.",
        link: "v=1&network=6-6-6-6-6-6-6-6-6-6(activation=sigmoid;scale=0.5)&data=gauss(n=200)&steps=400\
               &run=adam:lr=0.02&run=adam:lr=0.02,precision=f16/1/on&run=adam:lr=0.02,precision=f16/32768/on\
               &run=adam:lr=0.02,precision=f16/16777216/on",
    },
    Preset {
        key: "master_copy",
        title: "Steps lost in rounding",
        look: "Stored with the 8 bits of bf16, weights lose the steps that are too small for them; with a master copy nothing is lost.",
        link: "v=1&network=8-8&data=circle&run=adam:lr=0.001,batch=32&run=adam:lr=0.001,batch=32,precision=bf16\
               &run=adam:lr=0.001,batch=32,precision=bf16/1/on",
    },
];
