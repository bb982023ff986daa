//! Conversions between counts, coordinates and pixels, in one place: all are of picture sizes, far from the limits.

/// A count or index as a number.
#[expect(clippy::cast_precision_loss, reason = "rows and pixels are below 2⁵²")]
pub const fn float(n: usize) -> f64 {
    n as f64
}

/// A pixel coordinate as painters take it.
#[expect(clippy::cast_possible_truncation, reason = "pixels: rounding to f32 is meant")]
pub const fn px(v: f64) -> f32 {
    v as f32
}

/// A number as an index: downwards, and 0 for what is negative or not a number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is meant")]
pub const fn index(v: f64) -> usize {
    v as usize
}

/// A number as a whole number, towards zero; saturates.
#[expect(clippy::cast_possible_truncation, reason = "saturates, which is meant")]
pub const fn whole(v: f64) -> i64 {
    v as i64
}

/// A device coordinate as plotters takes it; saturates.
#[expect(clippy::cast_possible_truncation, reason = "saturates, which is meant")]
pub const fn device(v: f64) -> i32 {
    v as i32
}

/// An index into points and nodes.
#[expect(clippy::cast_possible_truncation, reason = "a picture has fewer than 2³² points")]
pub const fn id(n: usize) -> u32 {
    n as u32
}
