//! What a network gives: losses, gradients, outputs and pictures, at any weights.

use super::examples::Examples;
use super::number::{Brain, Half, Number, Rounded, Single, Tangent};
use super::reference;
use super::shape::Shape;
use super::spec::{NetSpec, Task};
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
        _work: &mut Work,
    ) -> f64 {
        match ask.format {
            None => reference::value_grad(self, w, data, ask, grad),
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
    pub fn value(&self, w: &[f64], data: &Examples, ask: &Sample<'_>, _work: &mut Work) -> f64 {
        match ask.format {
            None => reference::value(self, w, data, ask),
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
    pub fn evaluate(&self, w: &[f64], train: &Examples, data: &Examples, _work: &mut Work) -> Evaluation {
        let moments = reference::moments(self, w, train);
        let ask = Sample::default();
        let kept = reference::forward(self, w, data, &ask, Some(&moments));
        let outputs = kept.last().map_or_else(Vec::new, |k| k.after.clone());
        let loss = reference::judge(self, &outputs, data, &ask).0;
        let classes = self.shape.classes();
        let mut confusion = vec![0_u32; classes * classes];
        let mut right = 0_u32;
        for (e, truth) in data.classes().iter().enumerate() {
            let o: Vec<f64> = outputs.iter().map(|o| o[e]).collect();
            let taken = Self::class(&o);
            confusion[*truth as usize * classes + taken] += 1;
            right += u32::from(taken == *truth as usize);
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
        let accuracy = (classes > 0).then(|| f64::from(right) / data.len() as f64);
        Evaluation { loss, accuracy, confusion }
    }

    /// The outputs at some points in evaluation, point after point.
    #[must_use]
    pub fn outputs(&self, w: &[f64], train: &Examples, points: &[[f64; 2]], _work: &mut Work) -> Vec<f64> {
        let labelled: Vec<_> = points.iter().map(|[x, y]| [*x, *y, 0.0]).collect();
        let data = Examples::new(&self.spec, &self.shape, &labelled);
        let moments = reference::moments(self, w, train);
        let kept = reference::forward(self, w, &data, &Sample::default(), Some(&moments));
        let outputs = kept.last().map_or_else(Vec::new, |k| k.after.clone());
        (0..points.len()).flat_map(|e| outputs.iter().map(move |o| o[e])).collect()
    }

    /// What every unit gives in evaluation on a grid of `side`² points, the middles of the pixels of a picture of the square
    /// from −`view` to `view`, top row first: the features, the hidden layers, the outputs.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "for pictures")]
    #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
    pub fn units_on_grid(
        &self,
        w: &[f64],
        train: &Examples,
        view: f64,
        side: usize,
        _work: &mut Work,
    ) -> Vec<Vec<f32>> {
        let at = |i: usize| -view + 2.0 * view * (i as f64 + 0.5) / side as f64;
        let points: Vec<_> = (0..side * side).map(|p| [at(p % side), -at(p / side), 0.0]).collect();
        let data = Examples::new(&self.spec, &self.shape, &points);
        let moments = reference::moments(self, w, train);
        let kept = reference::forward(self, w, &data, &Sample::default(), Some(&moments));
        let features = (0..self.spec.features.len()).map(|f| data.input(f));
        let units = kept.iter().flat_map(|k| k.after.iter().map(|c| &c[..]));
        features.chain(units).map(|column| column.iter().map(|v| *v as f32).collect()).collect()
    }

    /// How the units of each layer, the output's among them, behave on some examples, whose statistics batch normalisation
    /// takes.
    #[must_use]
    pub fn layer_stats(&self, w: &[f64], data: &Examples, _work: &mut Work) -> Vec<LayerStats> {
        let kept = reference::forward(self, w, data, &Sample::default(), None);
        let layers = self.shape.layers().iter().zip(&kept);
        layers.map(|(layer, kept)| stats(&kept.after, layer.activation.limit())).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of units and examples")]
fn stats(columns: &[Vec<f64>], limit: Option<f64>) -> LayerStats {
    let count = columns.iter().map(Vec::len).sum::<usize>() as f64;
    let all = || columns.iter().flatten().copied();
    let mean = all().sum::<f64>() / count;
    let variance = all().map(|a| (a - mean) * (a - mean)).sum::<f64>() / count;
    let beyond = limit.map_or(0, |limit| all().filter(|a| a.abs() > 0.95 * limit).count());
    let same = |c: &&Vec<f64>| c.iter().all(|a| (a - c[0]).abs() <= 1e-12);
    LayerStats {
        mean,
        deviation: variance.sqrt(),
        dead: columns.iter().filter(same).count() as f64 / columns.len() as f64,
        saturated: beyond as f64 / count,
        finite: all().all(f64::is_finite),
    }
}
