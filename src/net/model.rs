//! What a network gives: losses, gradients, outputs and pictures, at any weights.

use super::examples::Examples;
use super::lanes::{self, Pass};
use super::number::{Brain, Elementary, Half, Number, Rounded, Single, Tangent};
use super::reference;
use super::shape::{LayerShape, Shape};
use super::spec::{Feature, NetSpec, Task};
use super::work::Work;
use crate::math::precision::{BF16, F16, F32};
use crate::objective::Sample;

/// A network that can be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its settings.
    pub spec: NetSpec,
    /// How its parameters lie.
    pub shape: Shape,
}

/// How good a network is on some examples.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The mean loss.
    pub loss: f64,
    /// The share of examples whose class is right; none for regression.
    pub accuracy: Option<f64>,
    /// How many examples of each class (rows) are taken for each class (columns), row after row; empty for regression.
    pub confusion: Vec<u32>,
}

/// How a layer's units behave over some examples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerStats {
    /// The mean of what they give.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
    /// The share of units that give the same for every example, to 1e-12.
    pub dead: f64,
    /// The share of what they give that is beyond 95 % of the limit of a sigmoid or tanh.
    pub saturated: f64,
    /// Whether all of it is finite.
    pub finite: bool,
}

impl Model {
    /// The network of these settings.
    ///
    /// # Errors
    /// As [`Shape::new`].
    pub fn new(spec: NetSpec, task: Task) -> Result<Self, String> {
        Ok(Self { shape: Shape::new(&spec, task)?, spec })
    }

    /// The mean loss of a sample, with its gradient (times the loss scale) written to `grad`.
    pub fn value_grad(
        &self,
        w: &[f64],
        data: &Examples,
        ask: &Sample<'_>,
        grad: &mut [f64],
        work: &mut Work,
    ) -> f64 {
        match ask.format {
            None => lanes::value_grad(self, w, data, ask, grad, work),
            Some(f) if f == F32 => self.value_grad_in::<Rounded<Single>>(w, data, ask, grad),
            Some(f) if f == BF16 => self.value_grad_in::<Rounded<Brain>>(w, data, ask, grad),
            Some(f) if f == F16 => self.value_grad_in::<Rounded<Half>>(w, data, ask, grad),
            Some(_) => f64::NAN,
        }
    }

    fn value_grad_in<T: Number>(
        &self,
        w: &[f64],
        data: &Examples,
        ask: &Sample<'_>,
        grad: &mut [f64],
    ) -> f64 {
        let w: Vec<T> = w.iter().map(|w| T::of(*w)).collect();
        let mut narrow = vec![T::of(0.0); w.len()];
        let value = reference::value_grad(self, &w, data, ask, &mut narrow);
        for (grad, narrow) in grad.iter_mut().zip(narrow) {
            *grad = narrow.value();
        }
        value.value()
    }

    /// The mean loss of a sample.
    #[must_use]
    pub fn value(&self, w: &[f64], data: &Examples, ask: &Sample<'_>, work: &mut Work) -> f64 {
        match ask.format {
            None => lanes::value(self, w, data, ask, None, work, |_, _| {}),
            Some(f) if f == F32 => self.value_in::<Rounded<Single>>(w, data, ask),
            Some(f) if f == BF16 => self.value_in::<Rounded<Brain>>(w, data, ask),
            Some(f) if f == F16 => self.value_in::<Rounded<Half>>(w, data, ask),
            Some(_) => f64::NAN,
        }
    }

    fn value_in<T: Number>(&self, w: &[f64], data: &Examples, ask: &Sample<'_>) -> f64 {
        let w: Vec<T> = w.iter().map(|w| T::of(*w)).collect();
        reference::value(self, &w, data, ask).value()
    }

    /// The Hessian of the mean loss over all examples times `v`, exactly.
    pub fn hessian_vector(&self, w: &[f64], data: &Examples, v: &[f64], out: &mut [f64], _work: &mut Work) {
        let w: Vec<_> = w.iter().zip(v).map(|(v, d)| Tangent { v: *v, d: *d }).collect();
        let mut grad = vec![Tangent::of(0.0); w.len()];
        reference::value_grad(self, &w, data, &Sample::default(), &mut grad);
        for (out, grad) in out.iter_mut().zip(grad) {
            *out = grad.d;
        }
    }

    /// The predicted class for the outputs of one example.
    fn class(outputs: &[f64]) -> usize {
        if let [only] = outputs {
            return usize::from(*only > 0.0);
        }
        let mut best = 0;
        for (i, o) in outputs.iter().enumerate() {
            if *o > outputs[best] {
                best = i;
            }
        }
        best
    }

    /// Loss, accuracy and confusion on some examples, in evaluation: no dropout, and batch normalisation with the statistics
    /// of all the training examples at these weights. (PyTorch keeps a moving average of those of the batches instead; then
    /// the loss would depend on the way to the weights.)
    #[must_use]
    pub fn evaluate(&self, w: &[f64], train: &Examples, data: &Examples, work: &mut Work) -> Evaluation {
        let moments = lanes::moments(self, w, train, work);
        let classes = self.shape.classes();
        let mut confusion = vec![0_u32; classes * classes];
        let mut outputs = vec![0.0; self.shape.outputs() * lanes::PANEL];
        let loss = lanes::value(self, w, data, &Sample::default(), Some(&moments), work, |work, pass| {
            if classes == 0 {
                return;
            }
            let units = self.shape.outputs();
            lanes::scatter(work.outputs(), units, pass.count, |o, e, v| outputs[e * units + o] = v);
            let truths = &data.classes()[pass.first..pass.first + pass.count];
            for (truth, outputs) in truths.iter().zip(outputs.chunks_exact(units)) {
                confusion[*truth as usize * classes + Self::class(outputs)] += 1;
            }
        });
        let right: u32 = confusion.iter().step_by(classes + 1).sum();
        #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
        let accuracy = (classes > 0 && !data.is_empty()).then(|| f64::from(right) / data.len() as f64);
        Evaluation { loss, accuracy, confusion }
    }

    /// The outputs at some points in evaluation, point after point.
    #[must_use]
    pub fn outputs(&self, w: &[f64], train: &Examples, points: &[[f64; 2]], work: &mut Work) -> Vec<f64> {
        let units = self.shape.outputs();
        let mut outputs = vec![0.0; units * points.len()];
        let features = &self.spec.features;
        let at = |f: usize, e: usize| features[f].at(points[e]);
        self.visit(w, train, points.len(), at, work, |work, pass| {
            lanes::scatter(work.outputs(), units, pass.count, |o, e, v| {
                outputs[(pass.first + e) * units + o] = v;
            });
        });
        outputs
    }

    /// Takes points through the network in evaluation; `input` gives a feature of a point.
    fn visit(
        &self,
        w: &[f64],
        train: &Examples,
        count: usize,
        input: impl Fn(usize, usize) -> f64,
        work: &mut Work,
        mut each: impl FnMut(&Work, &Pass<'_>),
    ) {
        let moments = lanes::moments(self, w, train, work);
        let ask = Sample::default();
        for first in (0..count).step_by(lanes::PANEL) {
            let part = lanes::PANEL.min(count - first);
            let pass = Pass { ask: &ask, all: count, first, count: part, fixed: Some(&moments) };
            lanes::gather(&mut work.input, self.spec.features.len(), part, |f, e| input(f, first + e));
            lanes::forward(self, w, work, &pass);
            each(work, &pass);
        }
    }

    /// What every unit gives in evaluation on a grid of `side`² points, the middles of the pixels of a picture of the square
    /// from −`view` to `view`, top row first: the features, the hidden layers, the outputs.
    #[must_use]
    pub fn units_on_grid(
        &self,
        w: &[f64],
        train: &Examples,
        view: f64,
        side: usize,
        work: &mut Work,
    ) -> Vec<Vec<f32>> {
        let features = self.features_on_grid(view, side);
        let count = side * side;
        let mut grids: Vec<Vec<f32>> = features.iter().map(|f| narrow(f)).collect();
        let units: usize = self.shape.layers().iter().map(|l| l.outputs).sum();
        grids.resize(grids.len() + units, vec![0.0; count]);
        self.visit(
            w,
            train,
            count,
            |f, e| features[f][e],
            work,
            |work, pass| {
                let mut rest = &mut grids[features.len()..];
                for (layer, own) in self.shape.layers().iter().zip(&work.layers) {
                    let (grids, later) = rest.split_at_mut(layer.outputs);
                    lanes::narrow_columns(&own.after, pass, grids);
                    rest = later;
                }
            },
        );
        grids
    }

    /// The features of each point of the grid; those of one coordinate are computed once for each row or column.
    fn features_on_grid(&self, view: f64, side: usize) -> Vec<Vec<f64>> {
        #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
        let at = |i: usize| -view + 2.0 * view * (i as f64 + 0.5) / side as f64;
        let of = |feature: &Feature| -> Vec<f64> {
            let row: Vec<f64> = (0..side).map(|column| feature.at([at(column), 0.0])).collect();
            let grid = (0..side).map(|r| -at(r));
            match feature {
                Feature::X | Feature::X2 | Feature::SinX => grid.flat_map(|_| row.iter().copied()).collect(),
                Feature::Y | Feature::Y2 | Feature::SinY => {
                    grid.flat_map(|y| std::iter::repeat_n(feature.at([0.0, y]), side)).collect()
                }
                Feature::XY => grid.flat_map(|y| (0..side).map(move |c| at(c) * y)).collect(),
            }
        };
        self.spec.features.iter().map(of).collect()
    }

    /// How the units of each layer, the output's among them, behave on some examples, whose statistics batch normalisation
    /// takes.
    #[must_use]
    pub fn layer_stats(&self, w: &[f64], data: &Examples, work: &mut Work) -> Vec<LayerStats> {
        let moments = lanes::moments(self, w, data, work);
        let layers = self.shape.layers();
        let mut columns: Vec<Vec<f64>> = vec![vec![0.0; data.len()]; layers.iter().map(|l| l.outputs).sum()];
        lanes::value(self, w, data, &Sample::default(), Some(&moments), work, |work, pass| {
            let mut unit = 0;
            for (layer, own) in layers.iter().zip(&work.layers) {
                lanes::scatter(&own.after, layer.outputs, pass.count, |u, e, v| {
                    columns[unit + u][pass.first + e] = v;
                });
                unit += layer.outputs;
            }
        });
        let mut columns = columns.iter();
        let of = |layer: &LayerShape| stats(&columns.by_ref().take(layer.outputs).collect::<Vec<_>>(), layer);
        layers.iter().map(of).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "for pictures")]
fn narrow(v: &[f64]) -> Vec<f32> {
    v.iter().map(|v| *v as f32).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of units and examples")]
fn stats(columns: &[&Vec<f64>], layer: &LayerShape) -> LayerStats {
    let count = columns.iter().map(|c| c.len()).sum::<usize>() as f64;
    let all = || columns.iter().copied().flatten().copied();
    let mean = all().sum::<f64>() / count;
    let variance = all().map(|a| (a - mean) * (a - mean)).sum::<f64>() / count;
    let beyond = layer.activation.limit().map_or(0, |limit| all().filter(|a| a.abs() > 0.95 * limit).count());
    let same = |c: &&&Vec<f64>| c.iter().all(|a| (a - c[0]).abs() <= 1e-12);
    LayerStats {
        mean,
        deviation: variance.sqrt(),
        dead: columns.iter().filter(same).count() as f64 / columns.len() as f64,
        saturated: beyond as f64 / count,
        finite: all().all(f64::is_finite),
    }
}
