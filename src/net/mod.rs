//! Small neural networks on points of the plane: what they are ([`NetSpec`], [`DataSpec`]), how their parameters lie
//! ([`Shape`]) and start ([`start`]), and what they give ([`Model`]).

mod activation;
mod dropout;
mod examples;
mod init;
mod lanes;
mod loss;
mod model;
mod norm;
mod number;
pub mod reference;
mod shape;
mod spec;
mod work;

pub use dropout::factor as dropout_factor;
pub use examples::Examples;
pub use init::start;
pub use model::{Evaluation, LayerStats, Model};
pub use number::{Brain, Elementary, Half, Narrow, Number, Rounded, Single, Tangent};
pub use shape::{LayerShape, Shape};
pub use spec::{
    Activation, DEEPEST, DataSpec, Feature, Init, Layer, Loss, MOST_POINTS, NetSpec, Norm, PLANE, Task,
    WIDEST,
};
pub use work::Work;
