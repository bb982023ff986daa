//! Small neural networks on points of the plane: what they are ([`NetSpec`], [`DataSpec`]), the points ([`data`]),
//! and both in the words of links ([`text`]).

pub mod data;
mod spec;
pub mod text;

pub use spec::{
    Activation, DEEPEST, DataSpec, Feature, Init, Layer, Loss, MOST_POINTS, NetSpec, Norm, PLANE, SEED, Task,
    WIDEST,
};
