//! Points that were drawn by hand or read from a file.

use super::{Generator, Makes, points};
use crate::net::DataSpec;

pub static SPEC: Generator = Generator {
    key: "own",
    name: "Your own",
    sentence: "Points that you draw, paste or open: up to five classes, or numbers.",
    makes: Makes::Given,
    make,
};

fn make(spec: &DataSpec) -> Result<Vec<[f64; 3]>, String> {
    points::check(&spec.points, spec.regression)?;
    Ok(spec.points.clone())
}
