//! The diagonal of the Hessian: exact where the problem gives its Hessian, estimated elsewhere (Hutchinson 1990).

use super::StepCtx;
use crate::math::num;

/// H z for z of random signs, and z itself. Where there is no Hessian, from the gradients on both sides of `x`.
pub fn product_with_signs(x: &[f64], ctx: &mut StepCtx<'_>) -> (Vec<f64>, Vec<f64>) {
    let n = x.len();
    let z: Vec<f64> = (0..n as u64).map(|i| ctx.rademacher(i)).collect();
    let mut h = vec![0.0; n * n];
    if ctx.oracle.hessian(x, &mut h) {
        let product = h.chunks_exact(n).map(|row| num::dot(row, &z)).collect();
        return (product, z);
    }
    // The step that balances rounding and the third derivative.
    let size = 1e-5 * (1.0 + num::norm(x));
    let ahead: Vec<f64> = x.iter().zip(&z).map(|(x, z)| x + size * z).collect();
    let behind: Vec<f64> = x.iter().zip(&z).map(|(x, z)| x - size * z).collect();
    let mut product = ctx.gradient(&ahead).to_vec();
    for (p, g) in product.iter_mut().zip(ctx.gradient(&behind)) {
        *p = (*p - g) / (2.0 * size);
    }
    (product, z)
}

/// The diagonal of the Hessian at `x`.
pub fn diagonal(x: &[f64], ctx: &mut StepCtx<'_>) -> Vec<f64> {
    let n = x.len();
    let mut h = vec![0.0; n * n];
    if ctx.oracle.hessian(x, &mut h) {
        return h.iter().step_by(n + 1).copied().collect();
    }
    let (product, z) = product_with_signs(x, ctx);
    product.iter().zip(z).map(|(p, z)| p * z).collect()
}
