//! What the training runs of `tests/fixtures/networks.json` are given: read from the file, or made anew.

use descent_lab::math::rng;
use descent_lab::net::{
    Activation, Examples, Feature, Layer, Loss, Model, NetSpec, Norm, Task, dropout_factor, start,
};
use descent_lab::objective::Sample;
use serde_json::{Value, json};

/// How many steps each run takes.
pub const STEPS: usize = 200;
/// The seed of the masks; each batch is a draw.
pub const MASK_SEED: u64 = 11;

/// A run before it is trained.
pub struct Given {
    pub name: String,
    pub model: Model,
    pub points: Vec<[f64; 3]>,
    pub data: Examples,
    pub start: Vec<f64>,
    /// The key of the method, and the parameters that differ from their defaults.
    pub optimizer: String,
    pub params: Vec<(String, f64)>,
    pub dropout: f64,
    /// How many batches make a step.
    pub accumulate: usize,
    /// The examples of each batch.
    pub rows: Vec<Vec<u32>>,
}

/// Which units of a batch are kept, 1 or 0: layer after layer, example after example.
pub fn mask(given: &Given, batch: usize) -> String {
    let ask = Sample { dropout: given.dropout, draw: batch as u64, seed: MASK_SEED, ..Sample::default() };
    let mut text = String::new();
    for (k, layer) in given.model.spec.hidden.iter().enumerate() {
        for row in &given.rows[batch] {
            for unit in 0..layer.units {
                text.push(if dropout_factor(&ask, k, *row as usize, unit) > 0.0 { '1' } else { '0' });
            }
        }
    }
    text
}

fn text(v: &Value) -> &str {
    v.as_str().expect("a word")
}

fn list(v: &Value) -> &Vec<Value> {
    v.as_array().expect("a list")
}

fn number(v: &Value) -> f64 {
    v.as_f64().expect("a number")
}

fn whole(v: &Value) -> usize {
    usize::try_from(v.as_u64().expect("a whole number")).expect("small")
}

impl Given {
    pub fn write(&self) -> Value {
        let spec = &self.model.spec;
        let hidden = spec.hidden.iter().map(|l| json!([l.units, l.activation.key(), l.norm.key()]));
        let masks: Vec<String> = if self.dropout > 0.0 {
            (0..self.rows.len()).map(|b| mask(self, b)).collect()
        } else {
            Vec::new()
        };
        json!({
            "name": self.name,
            "features": spec.features.iter().map(|f| f.key()).collect::<Vec<_>>(),
            "hidden": hidden.collect::<Vec<_>>(),
            "loss": spec.loss.key(),
            "delta": spec.delta,
            "classes": self.model.shape.classes(),
            "points": self.points,
            "start": self.start,
            "optimizer": self.optimizer,
            "params": self.params.iter().map(|(k, v)| (k.clone(), json!(v))).collect::<serde_json::Map<_, _>>(),
            "dropout": self.dropout,
            "accumulate": self.accumulate,
            "rows": self.rows,
            "masks": masks,
        })
    }

    pub fn read(v: &Value) -> Self {
        let layer = |v: &Value| Layer {
            units: whole(&v[0]),
            activation: Activation::find(text(&v[1])).expect("an activation"),
            norm: Norm::find(text(&v[2])).expect("a normalisation"),
        };
        let spec = NetSpec {
            features: list(&v["features"])
                .iter()
                .map(|f| Feature::find(text(f)).expect("a feature"))
                .collect(),
            hidden: list(&v["hidden"]).iter().map(layer).collect(),
            loss: Loss::find(text(&v["loss"])).expect("a loss"),
            delta: number(&v["delta"]),
            ..NetSpec::default()
        };
        let task = match whole(&v["classes"]) {
            0 => Task::Regression,
            n => Task::Classes(n),
        };
        let model = Model::new(spec, task).expect("possible");
        let points: Vec<_> = list(&v["points"]).iter().map(|p| [0, 1, 2].map(|i| number(&p[i]))).collect();
        let row = |r: &Value| u32::try_from(whole(r)).expect("small");
        Self {
            name: text(&v["name"]).to_owned(),
            data: Examples::new(&model.spec, &model.shape, &points),
            model,
            points,
            start: list(&v["start"]).iter().map(number).collect(),
            optimizer: text(&v["optimizer"]).to_owned(),
            params: v["params"]
                .as_object()
                .expect("parameters")
                .iter()
                .map(|(k, v)| (k.clone(), number(v)))
                .collect(),
            dropout: number(&v["dropout"]),
            accumulate: whole(&v["accumulate"]),
            rows: list(&v["rows"]).iter().map(|b| list(b).iter().map(row).collect()).collect(),
        }
    }
}

/// Layers as words: `8 tanh batch, 4 relu none`.
fn layers(words: &str) -> Vec<Layer> {
    let layer = |words: &str| {
        let words: Vec<_> = words.split_whitespace().collect();
        Layer {
            units: words[0].parse().expect("a number"),
            activation: Activation::find(words[1]).expect("an activation"),
            norm: Norm::find(words[2]).expect("a normalisation"),
        }
    };
    words.split(", ").filter(|w| !w.is_empty()).map(layer).collect()
}

/// name; features; hidden layers; loss; classes; optimizer; dropout; accumulate; batch
/// Where a bias comes before batch normalisation, its gradient is only rounding noise, which Adam would blow up: there ε is larger.
const CASES: &str = "
tanh; x y; 8 tanh none, 4 tanh none; squared; 2; sgd lr=0.1; 0; 1; 10
relu; x y x2; 8 relu none, 6 relu none; logistic; 2; momentum lr=0.01; 0; 1; 10
leaky; x y; 8 leaky_relu none, 5 leaky_relu none; huber; 0; adam lr=0.01; 0; 1; 7
elu; x y xy; 6 elu none, 6 elu none; cross_entropy; 3; adamw lr=0.01 weight_decay=0.1; 0; 1; 10
gelu batch; x y; 8 gelu batch, 4 gelu batch; squared; 0; adam lr=0.01 eps=0.0001; 0; 1; 12
swish layer; x y siny; 8 swish layer, 8 swish layer; logistic; 2; adam lr=0.01; 0; 1; 10
softplus layer; x y; 6 softplus layer, 4 softplus none; cross_entropy; 4; sgd lr=0.1; 0; 1; 9
sigmoid batch; x y; 8 sigmoid batch, 8 sigmoid none; squared; 3; momentum lr=0.05; 0; 1; 10
dropout; x y; 8 tanh none, 8 tanh none; logistic; 2; adam lr=0.01; 0.3; 1; 8
dropout batch; x y; 8 relu batch, 6 tanh batch; cross_entropy; 5; adamw lr=0.01 weight_decay=0.01 eps=0.0001; 0.5; 1; 10
accumulation; x y; 8 tanh none, 4 gelu layer; squared; 2; momentum lr=0.05; 0; 4; 5
no hidden layer; x y x2 y2 xy sinx siny; ; logistic; 2; sgd lr=0.01; 0; 1; 10
all kinds; x y; 6 gelu none, 5 tanh layer, 6 swish batch, 3 linear none; huber; 2; adam lr=0.003 eps=0.0001; 0; 1; 40
";

/// All runs, from their words.
pub fn all() -> Vec<Given> {
    let lines = CASES.lines().filter(|l| !l.is_empty());
    lines.enumerate().map(|(k, line)| made(line, k as u64)).collect()
}

fn made(line: &str, seed: u64) -> Given {
    let words: Vec<_> = line.split(';').map(str::trim).collect();
    let [name, features, hidden, loss, classes, method, dropout, accumulate, batch] = words[..] else {
        panic!("not a run: {line}");
    };
    let spec = NetSpec {
        features: features.split(' ').map(|f| Feature::find(f).expect("a feature")).collect(),
        hidden: layers(hidden),
        loss: Loss::find(loss).expect("a loss"),
        seed,
        ..NetSpec::default()
    };
    let classes: usize = classes.parse().expect("a number");
    let task = if classes == 0 { Task::Regression } else { Task::Classes(classes) };
    let model = Model::new(spec, task).expect(line);
    let short = |v: f64| (v * 1e4).round() / 1e4;
    let points: Vec<[f64; 3]> = (0..40)
        .map(|i| {
            let [x, y] = [0, 1].map(|k| short(3.0 * (2.0 * rng::uniform(seed, k, i) - 1.0)));
            let third = |n: usize| f64::from(u32::try_from(rng::bits(seed, 2, i) % n as u64).expect("small"));
            [x, y, if classes == 0 { short(x * y / 3.0 + y) } else { third(classes) }]
        })
        .collect();
    let (accumulate, size): (usize, u64) = (accumulate.parse().expect(line), batch.parse().expect(line));
    let batches = (STEPS * accumulate) as u64;
    let row = |b: u64, i: u64| u32::try_from(rng::bits(seed, 3, b * 64 + i) % 40).expect("small");
    let (optimizer, params) = method.split_once(' ').expect("parameters");
    Given {
        name: name.to_owned(),
        data: Examples::new(&model.spec, &model.shape, &points),
        start: start(&model.spec, &model.shape),
        model,
        points,
        optimizer: optimizer.to_owned(),
        params: params
            .split(' ')
            .map(|p| p.split_once('=').expect("a parameter"))
            .map(|(k, v)| (k.to_owned(), v.parse().expect("a number")))
            .collect(),
        dropout: dropout.parse().expect(line),
        accumulate,
        rows: (0..batches)
            .map(|b| {
                (0..size)
                    .map(|i| if size == 40 { u32::try_from(i).expect("small") } else { row(b, i) })
                    .collect()
            })
            .collect(),
    }
}
