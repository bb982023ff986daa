//! Surfaces as functions that one might have typed: to go on from the one that is shown.

use super::{Custom, SurfaceObjective};
use crate::expr::Expr;

/// A surface's key, its function, and what its parameters are called in it, in their order.
type Text = (&'static str, &'static str, &'static [&'static str]);

const TEXTS: &[Text] = &[
    ("sphere", "x^2 + y^2", &[]),
    (
        "ravine",
        "((x cos(theta pi/180) + y sin(theta pi/180))^2 + kappa*(y cos(theta pi/180) - x sin(theta pi/180))^2)/2",
        &["kappa", "theta"],
    ),
    ("booth", "(x + 2y - 7)^2 + (2x + y - 5)^2", &[]),
    ("matyas", "0.26(x^2 + y^2) - 0.48x y", &[]),
    ("trid", "(x - 1)^2 + (y - 1)^2 - x y", &[]),
    ("logistic", "softplus(-2x - y) + softplus(-x - 2y)", &[]),
    ("styblinski_tang", "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2", &[]),
    ("rosenbrock", "(a - x)^2 + b(y - x^2)^2", &["a", "b"]),
    ("beale", "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2", &[]),
    ("dixon_price", "(x - 1)^2 + 2(2y^2 - x)^2", &[]),
    ("zakharov", "x^2 + y^2 + (x/2 + y)^2 + (x/2 + y)^4", &[]),
    (
        "goldstein_price",
        "(1 + (x + y + 1)^2*(19 - 14x + 3x^2 - 14y + 6x y + 3y^2))*\
         (30 + (2x - 3y)^2*(18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        &[],
    ),
    ("flower", "x^2 + y^2 + x sin(y) + y sin(x)", &[]),
    ("hyperbola_valley", "(x y - 1)^2", &[]),
    ("saddle", "x^2 - y^2", &[]),
    ("bounded_saddle", "x^2 - y^2 + y^4/4", &[]),
    ("monkey_saddle", "x^3 - 3x y^2", &[]),
    ("six_hump_camel", "(4 - 2.1x^2 + x^4/3)*x^2 + x y + (4y^2 - 4)*y^2", &[]),
    ("plateau", "1 - exp(-(x^2 + y^2)/(2sigma^2))", &["sigma"]),
    ("himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", &[]),
    ("branin", "(y - 5.1x^2/(4pi^2) + 5x/pi - 6)^2 + 10(1 - 1/(8pi))*cos(x) + 10", &[]),
    ("three_hump_camel", "2x^2 - 1.05x^4 + x^6/6 + x y + y^2", &[]),
    ("mccormick", "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1", &[]),
    ("two_wells", "x^2 + y^2 - 2exp(-((x - 1)^2 + y^2)/0.2) - 3exp(-((x + 1)^2 + y^2)/0.2)", &[]),
    (
        "peaks",
        "3(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10(x/5 - x^3 - y^5)*exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3",
        &[],
    ),
    ("rastrigin", "20 + x^2 + y^2 - 10(cos(2pi x) + cos(2pi y))", &[]),
    ("ackley", "20 + e - 20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2)", &[]),
    ("griewank", "1 + (x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2))", &[]),
    (
        "levy",
        "sin(pi(x + 3)/4)^2 + ((x - 1)/4)^2*(1 + 10sin(pi(x + 3)/4 + 1)^2) + ((y - 1)/4)^2*(1 + sin(pi(y + 3)/2)^2)",
        &[],
    ),
    ("levy13", "sin(3pi x)^2 + (x - 1)^2*(1 + sin(3pi y)^2) + (y - 1)^2*(1 + sin(2pi y)^2)", &[]),
    ("schwefel", "837.9657745448674 - x sin(sqrt(abs(x))) - y sin(sqrt(abs(y)))", &[]),
    ("easom", "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)", &[]),
    ("michalewicz", "-sin(x)*sin(x^2/pi)^(2m) - sin(y)*sin(2y^2/pi)^(2m)", &["m"]),
    ("eggholder", "-(y + 47)*sin(sqrt(abs(y + x/2 + 47))) - x sin(sqrt(abs(x - y - 47)))", &[]),
    ("drop_wave", "-(1 + cos(12sqrt(x^2 + y^2)))/((x^2 + y^2)/2 + 2)", &[]),
    ("schaffer2", "1/2 + (sin(x^2 - y^2)^2 - 1/2)/(1 + 0.001(x^2 + y^2))^2", &[]),
    ("schaffer4", "1/2 + (cos(sin(abs(x^2 - y^2)))^2 - 1/2)/(1 + 0.001(x^2 + y^2))^2", &[]),
    (
        "shubert",
        "(cos(2x + 1) + 2cos(3x + 2) + 3cos(4x + 3) + 4cos(5x + 4) + 5cos(6x + 5))*\
         (cos(2y + 1) + 2cos(3y + 2) + 3cos(4y + 3) + 4cos(5y + 4) + 5cos(6y + 5))",
        &[],
    ),
    ("bohachevsky1", "x^2 + 2y^2 - 0.3cos(3pi x) - 0.4cos(4pi y) + 0.7", &[]),
    ("cliff", "0.05(x^2 + y^2) + h sigmoid(s(x - c))", &["h", "s", "c"]),
    ("l1", "abs(x) + abs(y)", &[]),
    ("huber", "if(abs(x) <= d, x^2/2, d(abs(x) - d/2)) + if(abs(y) <= d, y^2/2, d(abs(y) - d/2))", &["d"]),
    ("bukin6", "100sqrt(abs(y - 0.01x^2)) + 0.01abs(x + 10)", &[]),
    ("cross_in_tray", "-0.0001(abs(sin(x)*sin(y)*exp(abs(100 - sqrt(x^2 + y^2)/pi))) + 1)^0.1", &[]),
    ("holder_table", "-abs(sin(x)*cos(y)*exp(abs(1 - sqrt(x^2 + y^2)/pi)))", &[]),
];

/// The surface's function as one types it; none where it cannot be written in one expression.
#[must_use]
pub fn text(surface: &SurfaceObjective) -> Option<&'static str> {
    TEXTS.iter().find(|(key, ..)| *key == surface.spec.key).map(|(_, text, _)| *text)
}

/// What the parameters of a surface are called in its text, in their order.
#[must_use]
pub fn parameter_names(key: &str) -> &'static [&'static str] {
    TEXTS.iter().find(|(known, ..)| *known == key).map_or(&[], |(_, _, names)| *names)
}

/// The surface as a typed function with the same values, as one types it and as it is computed; none where it cannot be
/// written in one expression.
#[must_use]
pub fn typed(surface: &SurfaceObjective) -> Option<(&'static str, SurfaceObjective)> {
    let (_, text, names) = TEXTS.iter().find(|(key, ..)| *key == surface.spec.key)?;
    let mut typed = SurfaceObjective::typed(Custom::new(Expr::parse(text).ok()?));
    let custom = typed.custom.clone()?;
    for (value, name) in typed.params.iter_mut().zip(custom.names()) {
        let at = names.iter().position(|known| known == name)?;
        *value = *surface.params.get(at)?;
    }
    Some((text, typed))
}
