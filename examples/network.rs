//! The kernel of networks for `scripts/bench-network.mjs`, built for wasm32 as the page's second program is.

#[cfg(target_arch = "wasm32")]
mod page {
    use descent_lab::net::{
        Activation, Examples, Feature, Layer, Loss, Model, NetSpec, Norm, Task, Work, start,
    };
    use descent_lab::objective::Sample;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A network with its data, and what its passes need.
    #[wasm_bindgen]
    pub struct Network {
        model: Model,
        data: Examples,
        w: Vec<f64>,
        grad: Vec<f64>,
        rows: Vec<u32>,
        work: Work,
    }

    #[wasm_bindgen]
    impl Network {
        /// A network of so many features and tanh layers of these sizes, on points with labels (x, y, label in turn).
        ///
        /// # Panics
        /// If there is no such network.
        #[wasm_bindgen(constructor)]
        #[must_use]
        pub fn new(features: usize, hidden: &[usize], activation: &str, points: &[f64]) -> Self {
            let activation = Activation::find(activation).expect("the key of an activation");
            let layer = |units: &usize| Layer { units: *units, activation, norm: Norm::None };
            let spec = NetSpec {
                features: Feature::ALL[..features].to_vec(),
                hidden: hidden.iter().map(layer).collect(),
                loss: Loss::Squared,
                ..NetSpec::default()
            };
            let model = Model::new(spec, Task::Classes(2)).expect("a possible network");
            let data = Examples::new(&model.spec, &model.shape, points.as_chunks().0);
            let w = start(&model.spec, &model.shape);
            Self { grad: vec![0.0; w.len()], model, data, w, rows: Vec::new(), work: Work::new() }
        }

        /// The weights.
        #[must_use]
        pub fn weights(&self) -> Vec<f64> {
            self.w.clone()
        }

        /// Trains for so many epochs by gradient descent, in batches of this size and the order of the data; the last loss.
        #[expect(clippy::cast_possible_truncation, reason = "a few examples")]
        pub fn train(&mut self, epochs: usize, batch: usize, lr: f64) -> f64 {
            let mut value = 0.0;
            for _ in 0..epochs {
                for first in (0..self.data.len()).step_by(batch) {
                    self.rows.clear();
                    self.rows.extend(first as u32..(first + batch).min(self.data.len()) as u32);
                    let ask = Sample { rows: Some(&self.rows), ..Sample::default() };
                    value = self.model.value_grad(&self.w, &self.data, &ask, &mut self.grad, &mut self.work);
                    for (w, g) in self.w.iter_mut().zip(&self.grad) {
                        *w -= lr * g;
                    }
                }
            }
            value
        }

        /// Every unit on a grid, so many times; the sum of the middles.
        pub fn grids(&mut self, times: usize, side: usize) -> f32 {
            let mut sum = 0.0;
            for _ in 0..times {
                let grids = self.model.units_on_grid(&self.w, &self.data, 6.0, side, &mut self.work);
                sum += grids.iter().map(|g| g[g.len() / 2]).sum::<f32>();
            }
            sum
        }
    }
}

fn main() {}
