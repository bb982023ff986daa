//! What is minimised, for one example.

#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

use super::number::Number;
use super::spec::Loss;

/// The loss of one output, and its derivative: all but cross-entropy, of which there is no such thing.
#[inline(always)]
pub fn of_one<T: Number>(loss: Loss, delta: f64, output: T, target: T) -> (T, T) {
    match loss {
        Loss::Squared | Loss::CrossEntropy => {
            let e = output - target;
            (T::of(0.5) * (e * e), e)
        }
        Loss::Huber => {
            let (e, delta) = (output - target, T::of(delta));
            let (inside, outside) = (T::of(0.5) * (e * e), delta * (e.abs() - T::of(0.5) * delta));
            let value = if e.abs().value() <= delta.value() { inside } else { outside };
            let low = if e.value() < -delta.value() { -delta } else { e };
            (value, if e.value() > delta.value() { delta } else { low })
        }
        Loss::Logistic => {
            let against = -(target * output);
            (against.softplus(), -(target * against.sigmoid()))
        }
    }
}

/// The loss of all outputs of an example; its derivatives go to `slope`.
pub fn of_all<T: Number>(loss: Loss, delta: f64, outputs: &[T], targets: &[T], slope: &mut [T]) -> T {
    let mut value = T::of(0.0);
    if loss != Loss::CrossEntropy {
        for ((o, t), s) in outputs.iter().zip(targets).zip(slope) {
            let (v, d) = of_one(loss, delta, *o, *t);
            value = value + v;
            *s = d;
        }
        return value;
    }
    let mut largest = outputs[0];
    for o in &outputs[1..] {
        largest = if o.value() > largest.value() { *o } else { largest };
    }
    let mut sum = T::of(0.0);
    for ((o, t), s) in outputs.iter().zip(targets).zip(slope.iter_mut()) {
        *s = (*o - largest).exp();
        sum = sum + *s;
        value = value + *t * (largest - *o);
    }
    for (t, s) in targets.iter().zip(slope) {
        *s = *s / sum - *t;
    }
    value + sum.ln()
}
