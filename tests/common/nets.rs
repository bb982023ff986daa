//! Networks and data for tests.

#![allow(dead_code, reason = "not every test reads every part")]

use descent_lab::math::rng;
use descent_lab::net::{Activation, Examples, Feature, Layer, Loss, Model, NetSpec, Norm, Task, start};

/// A network with its data and a point away from the start, where biases, γ and β have moved too.
pub struct Case {
    pub name: String,
    pub model: Model,
    pub data: Examples,
    pub w: Vec<f64>,
}

/// Points all over the plane, with labels that fit the task.
pub fn points(task: Task, count: usize, seed: u64) -> Vec<[f64; 3]> {
    (0..count as u64)
        .map(|i| {
            let [x, y] = [0, 1].map(|k| 6.0 * (2.0 * rng::uniform(seed, k, i) - 1.0));
            let label = match task {
                Task::Classes(n) => {
                    f64::from(u32::try_from(rng::bits(seed, 2, i) % n as u64).expect("small"))
                }
                Task::Regression => 2.0 * rng::normal(seed, 3, i),
            };
            [x, y, label]
        })
        .collect()
}

pub fn case(spec: NetSpec, task: Task, count: usize, seed: u64) -> Case {
    let name = format!("{:?} {:?} {task:?}, {count} examples, seed {seed}", spec.hidden, spec.loss);
    let model = Model::new(spec, task).expect(&name);
    let data = Examples::new(&model.spec, &model.shape, &points(task, count, seed));
    let mut w = start(&model.spec, &model.shape);
    for (i, w) in w.iter_mut().enumerate() {
        *w += 0.2 * rng::normal(seed, 77, i as u64);
    }
    Case { name, model, data, w }
}

/// Hidden layers of these sizes, all of one kind.
pub fn layers(sizes: &[usize], activation: Activation, norm: Norm) -> Vec<Layer> {
    sizes.iter().map(|units| Layer { units: *units, activation, norm }).collect()
}

/// The tasks that a loss takes.
pub fn tasks(loss: Loss) -> &'static [Task] {
    match loss {
        Loss::Squared | Loss::Huber => &[Task::Classes(2), Task::Classes(4), Task::Regression],
        Loss::Logistic => &[Task::Classes(2)],
        Loss::CrossEntropy => &[Task::Classes(2), Task::Classes(5)],
    }
}

/// Every activation with every normalisation, and every loss with every task; all features.
pub fn every_kind() -> Vec<Case> {
    let spec = |hidden, loss| NetSpec {
        features: Feature::ALL[..5].to_vec(),
        hidden,
        loss,
        scale: 0.5,
        ..NetSpec::default()
    };
    let mut cases = Vec::new();
    for activation in Activation::ALL {
        for norm in Norm::ALL {
            let spec = spec(layers(&[5, 4, 3], *activation, *norm), Loss::Logistic);
            cases.push(case(spec, Task::Classes(2), 13, cases.len() as u64));
        }
    }
    for loss in Loss::ALL {
        for task in tasks(*loss) {
            for norm in Norm::ALL {
                let spec = spec(layers(&[6, 3], Activation::Tanh, *norm), *loss);
                cases.push(case(spec, *task, 11, 100 + cases.len() as u64));
            }
        }
        let alone = NetSpec { features: Feature::ALL.to_vec(), ..spec(Vec::new(), *loss) };
        cases.push(case(alone, tasks(*loss)[0], 9, 200));
    }
    cases
}
