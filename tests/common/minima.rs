//! The lowest values of the surfaces, as published (`docs` names the sources), for default parameters.

/// What is known of a surface's global minima.
pub struct Minimum {
    /// The surface.
    pub surface: &'static str,
    /// How many there are; none where the surface falls without end or has its infimum at infinity.
    pub count: usize,
    /// The value there.
    pub value: f64,
    /// To within which the value is known.
    pub digits: f64,
    /// Whether the minimum is one only within the domain, on whose border it lies.
    pub on_border: bool,
}

const fn row(surface: &'static str, count: usize, value: f64, digits: f64) -> Minimum {
    Minimum { surface, count, value, digits, on_border: false }
}

/// Half a unit in the sixth decimal place.
const SIX: f64 = 5.1e-7;

/// Rounding, where the value is known exactly.
const EXACT: f64 = 1e-12;

/// A row for each surface of the reference; those that do not exist yet may stand here.
pub const MINIMA: &[Minimum] = &[
    row("sphere", 1, 0.0, EXACT),
    row("ravine", 1, 0.0, EXACT),
    row("rosenbrock", 1, 0.0, EXACT),
    row("himmelblau", 4, 0.0, EXACT),
    row("beale", 1, 0.0, EXACT),
    row("booth", 1, 0.0, EXACT),
    row("matyas", 1, 0.0, EXACT),
    row("three_hump_camel", 1, 0.0, EXACT),
    row("six_hump_camel", 2, -1.031_628, SIX),
    row("goldstein_price", 1, 3.0, EXACT),
    row("ackley", 1, 0.0, EXACT),
    row("rastrigin", 1, 0.0, EXACT),
    row("griewank", 1, 0.0, EXACT),
    row("levy", 1, 0.0, EXACT),
    row("levy13", 1, 0.0, EXACT),
    row("schwefel", 1, 0.0, 1e-9),
    row("easom", 1, -1.0, EXACT),
    row("styblinski_tang", 1, -78.332_331, SIX),
    row("mccormick", 1, -1.913_223, SIX),
    row("bukin6", 1, 0.0, EXACT),
    row("michalewicz", 1, -1.801_303, SIX),
    Minimum { on_border: true, ..row("eggholder", 1, -959.640_663, SIX) },
    row("drop_wave", 1, -1.0, EXACT),
    row("cross_in_tray", 4, -2.062_612, SIX),
    row("holder_table", 4, -19.208_503, SIX),
    row("schaffer2", 1, 0.0, EXACT),
    row("schaffer4", 4, 0.292_579, SIX),
    row("shubert", 18, -186.730_909, SIX),
    row("branin", 3, 0.397_887, SIX),
    row("dixon_price", 2, 0.0, EXACT),
    row("zakharov", 1, 0.0, EXACT),
    row("bohachevsky1", 1, 0.0, EXACT),
    row("trid", 1, -2.0, EXACT),
    row("peaks", 1, -6.551_133, SIX),
    row("flower", 1, 0.0, EXACT),
    row("two_wells", 1, -2.063_09, 5.1e-6),
    row("saddle", 0, 0.0, EXACT),
    row("bounded_saddle", 2, -1.0, EXACT),
    row("monkey_saddle", 0, 0.0, EXACT),
    row("plateau", 1, 0.0, EXACT),
    row("l1", 1, 0.0, EXACT),
    row("huber", 1, 0.0, EXACT),
    row("cliff", 0, 0.0, EXACT),
    row("recurrent_cliff", 0, 0.0, EXACT),
    row("hyperbola_valley", 1, 0.0, EXACT),
    row("logistic", 0, 0.0, EXACT),
];
