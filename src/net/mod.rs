//! Small neural networks on points of the plane: what they are ([`NetSpec`], [`DataSpec`]), and the points ([`data`]).

pub mod data;
mod spec;

pub use spec::{
    Activation, DEEPEST, DataSpec, Feature, Init, Layer, Loss, MOST_POINTS, NetSpec, Norm, PLANE, SEED, Task,
    WIDEST,
};
