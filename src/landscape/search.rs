//! Finds the plane of some settings, piece by piece.

use super::cast;
use super::krylov::{Krylov, Pair};
use super::plane::Plane;
use super::principal::Cloud;
use super::random;
use super::settings::{Directions, Settings};
use crate::net::{Examples, Network, Norm, Work};
use std::rc::Rc;

/// How small residuals become, as parts of the largest eigenvalue.
const ACCURACY: f64 = 1e-8;
/// The most products with the covariance, and with the Hessian.
const MOST_PRODUCTS: [usize; 2] = [400, 300];
/// The most examples that are gone through at once for a product with the Hessian.
const PANEL: usize = 256;

/// What is to be said about the directions that were found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Random ones.
    Random {
        /// The cosine of the angle between them.
        cosine: f64,
    },
    /// Principal ones.
    Principal {
        /// The shares of the variance along them.
        shares: [f64; 2],
        /// Of how many points.
        points: usize,
    },
    /// The two of largest curvature.
    Curvature {
        /// The eigenvalues.
        values: [f64; 2],
        /// |Hx − λx|, for each.
        residuals: [f64; 2],
        /// How many products of the Hessian with a vector it took.
        products: usize,
        /// Whether the residuals are as small as was wanted.
        accurate: bool,
    },
}

/// A product of the Hessian with a vector, as far as it is worked out: a sum over panels of examples.
struct Product {
    panels: Vec<Examples>,
    examples: usize,
    next: usize,
    sum: Vec<f64>,
    work: Work,
}

impl Product {
    fn new(network: &Network) -> Self {
        let Network { model, train, .. } = network;
        let point = |i: usize| {
            let [x, y] = train.point(i);
            [x, y, train.label(i)]
        };
        let points: Vec<_> = (0..train.len()).map(point).collect();
        // Batch normalisation ties all examples together.
        let tied = model.shape.layers().iter().any(|layer| layer.norm == Norm::Batch);
        let size = if tied { points.len() } else { PANEL };
        let panels =
            points.chunks(size.max(1)).map(|points| Examples::new(&model.spec, &model.shape, points));
        let sum = vec![0.0; model.shape.dim()];
        Self { panels: panels.collect(), examples: points.len(), next: 0, sum, work: Work::new() }
    }

    /// Adds the part of the next panel; tells how many examples that has.
    fn advance(&mut self, network: &Network, w: &[f64], v: &[f64]) -> usize {
        let Some(panel) = self.panels.get(self.next) else {
            return 0;
        };
        let mut part = vec![0.0; self.sum.len()];
        network.model.hessian_vector(w, panel, v, &mut part, &mut self.work);
        // Each part is a mean.
        let share = cast::float(panel.len()) / cast::float(self.examples);
        for (sum, part) in self.sum.iter_mut().zip(part) {
            *sum += share * part;
        }
        self.next += 1;
        panel.len()
    }

    /// The product, if it is whole; the next one begins.
    fn take(&mut self) -> Option<Vec<f64>> {
        (self.next >= self.panels.len()).then(|| {
            self.next = 0;
            let none = vec![0.0; self.sum.len()];
            std::mem::replace(&mut self.sum, none)
        })
    }
}

enum State {
    Principal(Cloud, Krylov),
    Curvature(Krylov, Product),
    Done(Result<(Plane, Found), String>),
}

/// The search for a plane.
pub struct Search {
    network: Rc<Network>,
    origin: Vec<f64>,
    state: State,
}

impl Search {
    /// The search through this origin. The paths are given by their points, one after the other; the first is the open
    /// run's.
    #[must_use]
    pub fn new(network: Rc<Network>, settings: &Settings, origin: Vec<f64>, paths: &[&[f64]]) -> Self {
        let dim = origin.len();
        let state = match settings.directions {
            _ if origin.iter().any(|w| !w.is_finite()) => {
                State::Done(Err("The weights at this origin are not finite: choose another one.".to_owned()))
            }
            Directions::Random => State::Done(random_plane(&network, &origin, settings.seed)),
            Directions::Principal | Directions::PrincipalAll => {
                let all = settings.directions == Directions::PrincipalAll;
                let cloud = Cloud::new(dim, if all { paths } else { &paths[..paths.len().min(1)] });
                let moved = cloud.variance() > 0.0 && cloud.variance().is_finite();
                let search = Krylov::new(dim, ACCURACY, MOST_PRODUCTS[0]);
                if moved && dim > 1 {
                    State::Principal(cloud, search)
                } else {
                    let message =
                        "The weights have not moved yet, so their path has no principal directions.";
                    State::Done(Err(message.to_owned()))
                }
            }
            Directions::Curvature => {
                State::Curvature(Krylov::new(dim, ACCURACY, MOST_PRODUCTS[1]), Product::new(&network))
            }
        };
        Self { network, origin, state }
    }

    /// What was found; none while it is being searched for.
    #[must_use]
    pub const fn outcome(&self) -> Option<&Result<(Plane, Found), String>> {
        match &self.state {
            State::Done(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// How many products there were so far.
    #[must_use]
    pub const fn products(&self) -> usize {
        match &self.state {
            State::Principal(_, search) | State::Curvature(search, _) => search.asked(),
            State::Done(_) => 0,
        }
    }

    /// Goes on for about so many nanoseconds of work and at least one product, or a panel of examples
    /// of one; tells whether there is more to do.
    pub fn advance(&mut self, work: u64) -> bool {
        let dim = self.origin.len() as u64;
        let mut spent = 0;
        loop {
            let is_done = match &mut self.state {
                State::Done(_) => return false,
                State::Principal(cloud, search) => {
                    search.take(cloud.times(search.next()));
                    spent += 2 * dim * cloud.len() as u64;
                    search.is_done()
                }
                State::Curvature(search, product) => {
                    let examples = product.advance(&self.network, &self.origin, search.next());
                    spent += 6 * dim * examples as u64;
                    if let Some(product) = product.take() {
                        search.take(product);
                    }
                    search.is_done()
                }
            };
            if is_done {
                self.finish();
                return false;
            }
            if spent >= work {
                return true;
            }
        }
    }

    fn finish(&mut self) {
        let outcome = match &self.state {
            State::Done(_) => return,
            State::Principal(cloud, search) => match search.found() {
                [a, b] => {
                    let axes = [a, b].map(|p| cloud.forward(&p.vector));
                    let shares = [a, b].map(|p| p.value.max(0.0) / cloud.variance());
                    Ok((axes, Found::Principal { shares, points: cloud.len() }))
                }
                _ => Err("The path's principal directions are not finite."),
            },
            State::Curvature(search, _) => match search.found() {
                [a, b] => Ok((
                    [a, b].map(|p: &Pair| p.vector.clone()),
                    Found::Curvature {
                        values: [a.value, b.value],
                        residuals: [a.residual, b.residual],
                        products: search.asked(),
                        accurate: search.is_accurate(),
                    },
                )),
                _ => Err("The curvature at this origin is not finite: choose another one."),
            },
        };
        let origin = std::mem::take(&mut self.origin);
        let outcome = outcome.map(|(axes, found)| (Plane::new(origin, axes), found));
        self.state = State::Done(outcome.map_err(ToOwned::to_owned));
    }
}

fn random_plane(network: &Network, origin: &[f64], seed: u64) -> Result<(Plane, Found), String> {
    let axes = random::directions(&network.model.shape, origin, seed);
    let plane = Plane::new(origin.to_vec(), axes);
    if plane.lengths().contains(&0.0) {
        return Err("All weights are 0 at this origin, so directions as long as they are have no length: \
                    choose another origin."
            .to_owned());
    }
    let cosine = plane.cosine();
    Ok((plane, Found::Random { cosine }))
}
