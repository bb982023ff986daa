//! What determines a network and its data, as plain settings. Everything else of a run (batch size, dropout, decay, method)
//! belongs to the run.

use crate::param::{ParamSpec, Scale};

/// Data and pictures live in the square from −this to this.
pub const PLANE: f64 = 6.0;
/// The most hidden layers.
pub const DEEPEST: usize = 10;
/// The most units in a hidden layer.
pub const WIDEST: usize = 16;
/// The most points of a data set.
pub const MOST_POINTS: usize = 5_000;

/// An enum whose members have a word in links and a name for people.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident: $key:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$member_doc])* $member),* }

        impl $name {
            /// All, in the order of menus.
            pub const ALL: &[Self] = &[$(Self::$member),*];

            /// The word in links.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$member => $key),* }
            }

            /// The name for people.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$member => $label),* }
            }

            /// The one with this word.
            #[must_use]
            pub fn find(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|m| m.key() == key)
            }
        }
    };
}

words! {
    /// A function of the point that the network is given.
    Feature {
        /// x.
        X: "x", "x";
        /// y.
        Y: "y", "y";
        /// x².
        X2: "x2", "x²";
        /// y².
        Y2: "y2", "y²";
        /// xy.
        XY: "xy", "xy";
        /// sin x.
        SinX: "sinx", "sin x";
        /// sin y.
        SinY: "siny", "sin y";
    }
}

words! {
    /// What a hidden unit does with its sum. Formulas and constants are PyTorch's.
    Activation {
        /// max(0, z).
        Relu: "relu", "ReLU";
        /// z for z > 0, else 0.01 z.
        LeakyRelu: "leaky_relu", "Leaky ReLU";
        /// z for z > 0, else eᶻ − 1.
        Elu: "elu", "ELU";
        /// z Φ(z), with the exact normal distribution.
        Gelu: "gelu", "GELU";
        /// z σ(z).
        Swish: "swish", "Swish (SiLU)";
        /// ln(1 + eᶻ).
        Softplus: "softplus", "Softplus";
        /// 1/(1 + e⁻ᶻ).
        Sigmoid: "sigmoid", "Sigmoid";
        /// tanh z.
        Tanh: "tanh", "Tanh";
        /// z.
        Linear: "linear", "Linear";
    }
}

words! {
    /// What is done to the sums of a hidden layer before the activation.
    Norm {
        /// Nothing.
        None: "none", "none";
        /// To mean 0 and variance 1 over the batch, unit by unit; then γ and β.
        Batch: "batch", "batch";
        /// To mean 0 and variance 1 over the units, example by example; then γ and β.
        Layer: "layer", "layer";
    }
}

words! {
    /// What is minimised, as the mean over the examples.
    Loss {
        /// ½(o − t)², summed over outputs; t is −1 or 1 for two classes, 0 or 1 an output for more.
        Squared: "squared", "Squared";
        /// Huber's with δ: ½e² for |e| ≤ δ, else δ(|e| − δ/2); targets as for `Squared`.
        Huber: "huber", "Huber";
        /// ln(1 + e^(−s o)) with s = ±1 the class: two classes, one output.
        Logistic: "logistic", "Logistic";
        /// −ln softmax(o)_class: one output a class.
        CrossEntropy: "cross_entropy", "Softmax cross-entropy";
    }
}

words! {
    /// How weights are drawn at the start. Biases start at 0, γ at 1, β at 0.
    Init {
        /// Uniform in ±√(6/(in + out)).
        GlorotUniform: "glorot_uniform", "Glorot uniform";
        /// Normal, variance 2/(in + out).
        GlorotNormal: "glorot_normal", "Glorot normal";
        /// Uniform in ±√(6/in).
        HeUniform: "he_uniform", "He uniform";
        /// Normal, variance 2/in.
        HeNormal: "he_normal", "He normal";
        /// Normal, variance 1/in.
        Lecun: "lecun", "LeCun";
        /// Rows or columns orthonormal.
        Orthogonal: "orthogonal", "Orthogonal";
        /// Uniform in ±½.
        Uniform: "uniform", "Uniform";
        /// All 0.
        Zeros: "zeros", "Zeros";
    }
}

/// What the labels are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// One of so many classes.
    Classes(usize),
    /// A number.
    Regression,
}

/// A hidden layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// How many units.
    pub units: usize,
    /// What they do with their sums.
    pub activation: Activation,
    /// What is done before.
    pub norm: Norm,
}

/// A network.
#[derive(Clone, Debug, PartialEq)]
pub struct NetSpec {
    /// Its inputs, at least one, in the order of [`Feature::ALL`].
    pub features: Vec<Feature>,
    /// Its hidden layers, 0 to [`DEEPEST`].
    pub hidden: Vec<Layer>,
    /// What is minimised.
    pub loss: Loss,
    /// δ of Huber's loss.
    pub delta: f64,
    /// How weights are drawn.
    pub init: Init,
    /// By what the drawn weights are multiplied.
    pub scale: f64,
    /// The seed they are drawn from.
    pub seed: u64,
}

impl NetSpec {
    /// δ of Huber's loss.
    pub const DELTA: ParamSpec = ParamSpec::new(
        "delta",
        "δ",
        "Huber δ",
        1.0,
        (1e-3, 1e3),
        Scale::Log,
        "Errors up to δ count squared, larger ones linearly.",
    );
    /// What drawn weights are multiplied by.
    pub const SCALE: ParamSpec = ParamSpec::new(
        "scale",
        "",
        "scale of the start",
        1.0,
        (1e-6, 100.0),
        Scale::Log,
        "The weights of the start are multiplied by this: small ones make gradients vanish, large ones make them explode.",
    )
    .slider(0.01, 10.0);
}

impl Default for NetSpec {
    /// 2-8-8-1, tanh, as a first view.
    fn default() -> Self {
        let layer = Layer { units: 8, activation: Activation::Tanh, norm: Norm::None };
        Self {
            features: vec![Feature::X, Feature::Y],
            hidden: vec![layer; 2],
            loss: Loss::Logistic,
            delta: Self::DELTA.default,
            init: Init::GlorotUniform,
            scale: 1.0,
            seed: 0,
        }
    }
}

/// Where the examples come from.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSpec {
    /// The key of the generator (`net::data`), or `formula` or `own`.
    pub source: String,
    /// How many points are made.
    pub count: usize,
    /// How many classes, where that can be chosen.
    pub classes: usize,
    /// How much the points, or the targets of regression, are disturbed.
    pub noise: f64,
    /// The share of the points that is trained on; the rest tests.
    pub split: f64,
    /// The seed of points, noise and split.
    pub seed: u64,
    /// y = f(x, y) as typed, for `formula`.
    pub formula: String,
    /// Points drawn by hand or read from a file, for `own`: x, y and label of each.
    pub points: Vec<[f64; 3]>,
    /// For `own`: whether the labels are numbers to be met, and not classes.
    pub regression: bool,
}

/// The seed of what a network or its data are drawn from: whole numbers that a double holds exactly.
pub const SEED: ParamSpec = ParamSpec::new(
    "seed",
    "",
    "seed",
    0.0,
    (0.0, 9_007_199_254_740_991.0),
    Scale::Integer,
    "Another seed, other draws; the same seed, the same draws.",
);

impl DataSpec {
    /// How many points.
    pub const COUNT: ParamSpec = ParamSpec::new(
        "n",
        "n",
        "points",
        400.0,
        (10.0, 5_000.0),
        Scale::Integer,
        "Training and test points together.",
    )
    .slider(20.0, 1000.0);
    /// How many classes.
    pub const CLASSES: ParamSpec = ParamSpec::new(
        "classes",
        "C",
        "classes",
        2.0,
        (2.0, 5.0),
        Scale::Integer,
        "How many classes the points have.",
    );
    /// How noisy.
    pub const NOISE: ParamSpec = ParamSpec::new(
        "noise",
        "",
        "noise",
        0.1,
        (0.0, 1.0),
        Scale::Linear,
        "How far points stray: 0 is clean, above 0.5 classes mix.",
    );
    /// Share of training.
    pub const SPLIT: ParamSpec = ParamSpec::new(
        "split",
        "",
        "share to train on",
        0.5,
        (0.1, 0.9),
        Scale::Linear,
        "The share of the points that is trained on; the others test.",
    );
}

impl Default for DataSpec {
    fn default() -> Self {
        Self {
            source: "circle".to_owned(),
            count: 400,
            classes: 2,
            noise: Self::NOISE.default,
            split: Self::SPLIT.default,
            seed: 0,
            formula: String::new(),
            points: Vec::new(),
            regression: false,
        }
    }
}
