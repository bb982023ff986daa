//! How the parameters of a network lie in one vector.

use super::spec::{Activation, DEEPEST, Feature, Loss, NetSpec, Norm, Task, WIDEST};
use crate::objective::Block;

/// A layer: W (out × in), b, and with a normalisation γ and β, in this order.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerShape {
    /// How many numbers come in.
    pub inputs: usize,
    /// How many units it has.
    pub outputs: usize,
    /// W, a row for each unit.
    pub weights: Block,
    /// b.
    pub bias: Block,
    /// γ, by which normalised sums are multiplied.
    pub gamma: Option<Block>,
    /// β, which is added to them.
    pub beta: Option<Block>,
    /// What the units do; linear for the output.
    pub activation: Activation,
    /// What is done before.
    pub norm: Norm,
}

/// The layers of a network that can be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    features: Vec<Feature>,
    layers: Vec<LayerShape>,
    layout: Vec<Block>,
    task: Task,
}

/// How many outputs a loss needs; what is wrong where it does not fit the task.
fn outputs(loss: Loss, task: Task) -> Result<usize, String> {
    match (task, loss) {
        (Task::Classes(0 | 1), _) => {
            Err("There are fewer than two classes: nothing can be told apart.".to_owned())
        }
        (Task::Classes(2), Loss::Logistic)
        | (Task::Classes(2) | Task::Regression, Loss::Squared | Loss::Huber) => Ok(1),
        (Task::Classes(n), Loss::Logistic) => Err(format!(
            "The logistic loss tells two classes apart, and there are {n}: softmax cross-entropy takes any number."
        )),
        (Task::Classes(n), _) => Ok(n),
        (Task::Regression, _) => Err(format!(
            "{} needs classes, and these targets are numbers: squared or Huber will do.",
            loss.label()
        )),
    }
}

fn check(spec: &NetSpec) -> Result<(), String> {
    if spec.features.is_empty() {
        return Err("The network has no inputs: choose at least one feature.".to_owned());
    }
    if spec.hidden.len() > DEEPEST {
        return Err(format!("{} hidden layers are too many: {DEEPEST} are the most.", spec.hidden.len()));
    }
    for (i, layer) in spec.hidden.iter().enumerate() {
        if !(1..=WIDEST).contains(&layer.units) {
            return Err(format!("Layer {} has {} units: 1 to {WIDEST} are possible.", i + 1, layer.units));
        }
    }
    if !(spec.delta > 0.0 && spec.delta.is_finite()) {
        return Err(format!("δ of the Huber loss is {}: a positive number is needed.", spec.delta));
    }
    if !spec.scale.is_finite() {
        return Err(format!("The scale of the start is {}: a finite number is needed.", spec.scale));
    }
    Ok(())
}

impl Shape {
    /// The layers of this network.
    ///
    /// # Errors
    /// What is impossible about it, and what would do.
    pub fn new(spec: &NetSpec, task: Task) -> Result<Self, String> {
        check(spec)?;
        let last = outputs(spec.loss, task)?;
        let mut offset = 0;
        let mut layout = Vec::new();
        let mut block = |rows, cols| {
            let block = Block { offset, rows, cols };
            offset += block.len();
            layout.push(block);
            block
        };
        let mut layers = Vec::new();
        let mut inputs = spec.features.len();
        let hidden = spec.hidden.iter().map(|l| (l.units, l.activation, l.norm));
        for (outputs, activation, norm) in hidden.chain([(last, Activation::Linear, Norm::None)]) {
            let weights = block(outputs, inputs);
            let bias = block(outputs, 1);
            let normed = norm != Norm::None;
            let gamma = normed.then(|| block(outputs, 1));
            let beta = normed.then(|| block(outputs, 1));
            layers.push(LayerShape { inputs, outputs, weights, bias, gamma, beta, activation, norm });
            inputs = outputs;
        }
        Ok(Self { features: spec.features.clone(), layers, layout, task })
    }

    /// How many parameters there are.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.layout.iter().map(Block::len).sum()
    }

    /// The matrices and vectors of the parameters, in order.
    #[must_use]
    pub fn layout(&self) -> &[Block] {
        &self.layout
    }

    /// How many outputs there are.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |l| l.outputs)
    }

    /// The hidden layers and the output.
    #[must_use]
    pub fn layers(&self) -> &[LayerShape] {
        &self.layers
    }

    /// What the labels are.
    #[must_use]
    pub fn task(&self) -> Task {
        self.task
    }

    /// How many classes are told apart; 0 for regression.
    #[must_use]
    pub fn classes(&self) -> usize {
        match self.task {
            Task::Classes(n) => n,
            Task::Regression => 0,
        }
    }

    /// Whether any layer has a normalisation.
    #[must_use]
    pub fn has_norm(&self) -> bool {
        self.layers.iter().any(|l| l.norm != Norm::None)
    }

    /// Whether what an example gives depends on the others of its batch.
    #[must_use]
    pub fn has_batch_norm(&self) -> bool {
        self.layers.iter().any(|l| l.norm == Norm::Batch)
    }

    /// The name of a parameter, for people; empty beyond the last.
    #[must_use]
    pub fn name(&self, i: usize) -> String {
        for (k, layer) in self.layers.iter().enumerate() {
            let place = |b: &Block| b.range().contains(&i).then(|| i - b.offset);
            if let Some(at) = place(&layer.weights) {
                let unit = self.unit(k, at / layer.inputs);
                return format!("{unit} ← {}", self.input(k, at % layer.inputs));
            }
            let vectors = [("bias", Some(layer.bias)), ("γ", layer.gamma), ("β", layer.beta)].into_iter();
            for (word, block) in vectors {
                if let Some(at) = block.as_ref().and_then(place) {
                    return match (self.is_output(k), self.outputs()) {
                        (true, 1) => format!("output, {word}"),
                        (true, _) => format!("output, {word} of unit {}", at + 1),
                        (false, _) => format!("layer {}, {word} of unit {}", k + 1, at + 1),
                    };
                }
            }
        }
        String::new()
    }

    fn is_output(&self, layer: usize) -> bool {
        layer + 1 == self.layers.len()
    }

    fn unit(&self, layer: usize, unit: usize) -> String {
        match (self.is_output(layer), self.outputs()) {
            (true, 1) => "output".to_owned(),
            (true, _) => format!("output, unit {}", unit + 1),
            (false, _) => format!("layer {}, unit {}", layer + 1, unit + 1),
        }
    }

    fn input(&self, layer: usize, input: usize) -> String {
        if layer == 0 { self.features[input].label().to_owned() } else { format!("unit {}", input + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::spec::Layer;
    use super::*;

    #[test]
    fn parameters_lie_layer_after_layer_and_have_names() {
        let hidden = vec![Layer { units: 3, activation: Activation::Tanh, norm: Norm::Batch }; 2];
        let spec = NetSpec { hidden, ..NetSpec::default() };
        let shape = Shape::new(&spec, Task::Classes(2)).expect("possible");
        assert_eq!(shape.dim(), (6 + 3 + 3 + 3) + (9 + 3 + 3 + 3) + (3 + 1));
        let mut end = 0;
        for block in shape.layout() {
            assert_eq!(block.offset, end);
            end += block.len();
        }
        assert_eq!(end, shape.dim());
        for (i, name) in [
            (0, "layer 1, unit 1 ← x"),
            (5, "layer 1, unit 3 ← y"),
            (7, "layer 1, bias of unit 2"),
            (9, "layer 1, γ of unit 1"),
            (14, "layer 1, β of unit 3"),
            (19, "layer 2, unit 2 ← unit 2"),
            (33, "output ← unit 1"),
            (36, "output, bias"),
            (37, ""),
        ] {
            assert_eq!(shape.name(i), name, "{i}");
        }
    }

    #[test]
    fn what_is_impossible_is_told() {
        let plain = NetSpec::default();
        for (spec, task, word) in [
            (plain.clone(), Task::Classes(3), "softmax"),
            (plain.clone(), Task::Regression, "Huber"),
            (plain.clone(), Task::Classes(1), "two classes"),
            (NetSpec { features: vec![], ..plain.clone() }, Task::Classes(2), "feature"),
            (NetSpec { hidden: vec![plain.hidden[0]; 11], ..plain.clone() }, Task::Classes(2), "10"),
            (
                NetSpec { hidden: vec![Layer { units: 17, ..plain.hidden[0] }], ..plain.clone() },
                Task::Classes(2),
                "16",
            ),
            (NetSpec { delta: f64::NAN, ..plain.clone() }, Task::Classes(2), "positive"),
            (NetSpec { scale: f64::INFINITY, ..plain }, Task::Classes(2), "finite"),
        ] {
            let message = Shape::new(&spec, task).expect_err("impossible");
            assert!(message.contains(word), "{message}");
        }
    }
}
