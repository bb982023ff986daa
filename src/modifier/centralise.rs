//! Gradient centralisation (Yong, Huang, Hua, Zhang 2020, <https://arxiv.org/abs/2004.01461>): from every row of a matrix,
//! the weights into one unit, the mean is taken away. It acts on matrices alone: vectors, and so all surfaces, are left as
//! they are.

use super::{Modifier, ModifierCtx, ModifierSpec};
use crate::optim::Reference;

pub static SPEC: ModifierSpec = ModifierSpec {
    key: "centralise",
    name: "Gradient centralisation",
    sentence: "Takes the mean away from every row of a matrix's gradient; does nothing on a surface, where there is no matrix.",
    rule: "g ← g − mean(g) in every row",
    reference: Some(Reference {
        authors: "Yong, Huang, Hua, Zhang",
        year: 2020,
        title: "Gradient centralization: a new optimization technique for deep neural networks",
        url: "https://arxiv.org/abs/2004.01461",
    }),
    params: &[],
    new: Some(|| Box::new(Centralise)),
};

#[derive(Clone)]
struct Centralise;

impl Modifier for Centralise {
    fn gradient(&mut self, grad: &mut [f64], ctx: &ModifierCtx<'_>) {
        for block in ctx.layout.iter().filter(|b| b.cols > 1) {
            for row in grad[block.offset..block.offset + block.len()].chunks_exact_mut(block.cols) {
                let (mut sum, mut count) = (0.0, 0.0);
                for g in &*row {
                    sum += g;
                    count += 1.0;
                }
                for g in row {
                    *g -= sum / count;
                }
            }
        }
    }
}
