//! A network as a problem, in any program of the page: its text always, and the network itself where this program carries it.

#[cfg(feature = "lab")]
use crate::net::Network;
#[cfg(feature = "lab")]
use crate::objective::Sample;
use crate::objective::{Block, Objective};
use std::rc::Rc;

/// The words in links that describe a network and its data.
pub const WORDS: [&str; 4] = ["network", "data", "formula", "points"];

/// A network and its data.
#[derive(Clone, Debug)]
pub struct NetProblem {
    /// Its words in links, with `&` between them.
    text: Rc<str>,
    #[cfg(feature = "lab")]
    network: Rc<Network>,
}

impl PartialEq for NetProblem {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl NetProblem {
    /// The network of these words; where this program does not carry networks, the words alone. Tells, place by place, what of
    /// them was not used.
    #[cfg(not(feature = "lab"))]
    #[must_use]
    pub fn read(words: &str) -> (Self, Vec<(String, String)>) {
        (Self { text: words.into() }, Vec::new())
    }

    /// The network of these words. Tells, place by place, what of them was not used.
    #[cfg(feature = "lab")]
    #[must_use]
    pub fn read(words: &str) -> (Self, Vec<(String, String)>) {
        let (network, notices) = Network::read(words);
        (Self { text: network.write().into(), network: Rc::new(network) }, notices)
    }

    /// Its words in links; as they were given where this program does not carry networks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The network itself.
    #[cfg(feature = "lab")]
    #[must_use]
    pub fn network(&self) -> &Rc<Network> {
        &self.network
    }

    /// Where runs start.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        #[cfg(feature = "lab")]
        return self.network.start().to_vec();
        #[cfg(not(feature = "lab"))]
        Vec::new()
    }

    /// Whether this program carries it.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        cfg!(feature = "lab")
    }
}

#[cfg(feature = "lab")]
impl Objective for NetProblem {
    fn dim(&self) -> usize {
        self.network.dim()
    }
    fn layout(&self) -> &[Block] {
        self.network.layout()
    }
    fn value(&self, x: &[f64]) -> f64 {
        self.network.value(x)
    }
    fn value_grad(&self, x: &[f64], grad: &mut [f64]) -> f64 {
        self.network.value_grad(x, grad)
    }
    fn examples(&self) -> usize {
        self.network.examples()
    }
    fn classes(&self) -> &[u32] {
        self.network.classes()
    }
    fn sample_value(&self, x: &[f64], sample: &Sample<'_>) -> f64 {
        self.network.sample_value(x, sample)
    }
    fn sample_grad(&self, x: &[f64], sample: &Sample<'_>, grad: &mut [f64]) -> f64 {
        self.network.sample_grad(x, sample, grad)
    }
    fn has_hessian(&self) -> bool {
        self.network.has_hessian()
    }
    fn hessian(&self, x: &[f64], h: &mut [f64]) -> bool {
        self.network.hessian(x, h)
    }
    fn known_minimum(&self) -> Option<f64> {
        None
    }
    fn region(&self) -> Vec<(f64, f64)> {
        self.network.region()
    }
}

/// Nothing to minimise: runs on it wait for the program that carries networks.
#[cfg(not(feature = "lab"))]
impl Objective for NetProblem {
    fn dim(&self) -> usize {
        0
    }
    fn layout(&self) -> &[Block] {
        &[]
    }
    fn value(&self, _x: &[f64]) -> f64 {
        f64::NAN
    }
    fn value_grad(&self, _x: &[f64], _grad: &mut [f64]) -> f64 {
        f64::NAN
    }
    fn hessian(&self, _x: &[f64], _h: &mut [f64]) -> bool {
        false
    }
    fn known_minimum(&self) -> Option<f64> {
        None
    }
    fn region(&self) -> Vec<(f64, f64)> {
        Vec::new()
    }
}
