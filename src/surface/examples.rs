//! Functions to start typing from, each with a start and a view that show what it is there for.

use super::{Custom, SurfaceObjective, View};
use crate::expr::{Expr, ExprError};

/// A function to start from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example {
    /// What it is called.
    pub name: &'static str,
    /// What is to be seen on it.
    pub shows: &'static str,
    /// The function as one types it.
    pub text: &'static str,
    /// The values of its parameters, by name.
    pub values: &'static [(&'static str, f64)],
    /// Where runs start.
    pub start: [f64; 2],
    /// What is in view.
    pub view: View,
}

impl Example {
    /// The surface that it is.
    ///
    /// # Errors
    /// Where its text is no function; that of none listed here.
    pub fn surface(&self) -> Result<SurfaceObjective, ExprError> {
        let mut surface = SurfaceObjective::typed(Custom::new(Expr::parse(self.text)?));
        let names = surface.custom.as_ref().map(|c| c.names().to_vec()).unwrap_or_default();
        for (value, name) in surface.params.iter_mut().zip(names) {
            if let Some((_, own)) = self.values.iter().find(|(known, _)| *known == name) {
                *value = *own;
            }
        }
        Ok(surface)
    }
}

/// All of them, from the plain to the strange.
pub static EXAMPLES: &[Example] = &[
    Example {
        name: "Narrow valley",
        shows: "k times steeper across than along: steps that suit one direction are wrong in the other.",
        text: "(x + y)^2 + k(x - y)^2",
        values: &[("k", 25.0)],
        start: [-1.0, 2.4],
        view: View::square(3.0),
    },
    Example {
        name: "Banana",
        shows: "Rosenbrock’s valley: its floor is bent, so that no straight step follows it.",
        text: "(a - x)^2 + b(y - x^2)^2",
        values: &[("a", 1.0), ("b", 100.0)],
        start: [-1.5, 2.0],
        view: View { x: (-2.0, 2.0), y: (-1.0, 3.0) },
    },
    Example {
        name: "Saddle",
        shows: "The start is almost on the ridge: methods linger at the saddle before they fall to one side.",
        text: "x^2 - a y^2 + y^4/4",
        values: &[("a", 1.0)],
        start: [2.0, 0.01],
        view: View::square(2.5),
    },
    Example {
        name: "Ring",
        shows: "A circle of minima, tilted by t: quick to the circle, slow along it.",
        text: "(x^2 + y^2 - r^2)^2 + t x",
        values: &[("r", 1.2), ("t", 0.3)],
        start: [1.6, 0.6],
        view: View::square(2.0),
    },
    Example {
        name: "Many minima",
        shows: "A bowl full of dimples; a is how deep they are.",
        text: "x^2 + y^2 + a(2 - cos(2pi x) - cos(2pi y))",
        values: &[("a", 3.0)],
        start: [-2.3, 1.7],
        view: View::square(3.0),
    },
    Example {
        name: "Ripples",
        shows: "Small and quick ripples on a bowl, as noise that stands still: gradients show the ripple, not the bowl.",
        text: "(x^2 + y^2)/4 + a sin(13x + 5y)sin(17y - 4x)",
        values: &[("a", 0.1)],
        start: [-1.8, 1.4],
        view: View::square(2.5),
    },
    Example {
        name: "Sharp and wide",
        shows: "A deep narrow well and a shallow wide one: which of them a method ends in depends on its step.",
        text: "(x^2 + y^2)/20 - 2gauss(4(x - 1))gauss(4y) - gauss((x + 1)/w)gauss(y/w)",
        values: &[("w", 0.8)],
        start: [1.5, 0.9],
        view: View::square(2.2),
    },
    Example {
        name: "Cliff",
        shows: "A step of height h that no gradient sees: it is level on both sides.",
        text: "(x^2 + y^2)/10 + if(x > c, h, 0)",
        values: &[("c", 0.8), ("h", 2.0)],
        start: [2.2, 1.8],
        view: View::square(3.0),
    },
    Example {
        name: "Plateau",
        shows: "All but level outside the hole: steps as long as the gradient hardly move.",
        text: "sigmoid(s(sqrt(x^2 + y^2 + 0.01) - r))",
        values: &[("s", 5.0), ("r", 1.0)],
        start: [-2.0, 1.2],
        view: View::square(3.0),
    },
    Example {
        name: "Kink",
        shows: "The gradient does not shrink towards the minimum: a step of fixed length jumps across it for ever.",
        text: "abs(x) + k abs(y - x/2)",
        values: &[("k", 3.0)],
        start: [-1.7, 1.2],
        view: View::square(2.0),
    },
    Example {
        name: "One ReLU",
        shows: "A unit with the weights x and y on one example: left of 0 it is dead, and only the decay d moves it.",
        text: "(y relu(x) - 1)^2 + d(x^2 + y^2)",
        values: &[("d", 0.05)],
        start: [-1.2, 1.8],
        view: View::square(2.5),
    },
    Example {
        name: "Barrier",
        shows: "A slope within a circle, outside of which there is no value: too long a step ends a run.",
        text: "x + y - m log(1 - x^2 - y^2)",
        values: &[("m", 0.2)],
        start: [0.5, 0.7],
        view: View::square(1.2),
    },
];
