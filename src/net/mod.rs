//! Small neural networks on points of the plane: what they are ([`NetSpec`], [`DataSpec`]), the points ([`data`]), both in
//! the words of links ([`text`]), how their parameters lie ([`Shape`]) and start ([`start`]), what they give ([`Model`]),
//! and all of it as something to minimise ([`Network`]).

mod activation;
pub mod data;
mod dropout;
mod examples;
mod init;
mod lanes;
mod loss;
mod model;
mod network;
mod norm;
mod number;
pub mod presets;
pub mod reference;
mod shape;
mod spec;
pub mod text;
mod work;

pub use dropout::factor as dropout_factor;
pub use examples::Examples;
pub use init::start;
pub use model::{Evaluation, LayerStats, Model};
pub use network::Network;
pub use number::{Brain, Elementary, Half, Narrow, Number, Rounded, Single, Tangent};
pub use shape::{LayerShape, Shape};
pub use spec::{
    Activation, DEEPEST, DataSpec, Feature, Init, Layer, Loss, MOST_POINTS, NetSpec, Norm, PLANE, SEED, Task,
    WIDEST,
};
pub use work::Work;
