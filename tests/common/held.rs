//! What methods without a recorded run are held to, and where ours differ from a library on purpose.

#![allow(dead_code, reason = "not every test reads every part")]

/// The key, the test that says so, and what it holds the method to besides first steps worked out by hand.
pub const HELD: &[(&str, &str, &str)] = &[
    (
        "qhm",
        "tests/adaptive.rs",
        "being gradient descent where ν or β is 0, and Nesterov's momentum where ν = β",
    ),
    ("shampoo", "tests/matrix_methods.rs", "a path that turns with the plane"),
    ("soap", "tests/matrix_methods.rs", "a path that turns with the plane"),
    (
        "hypergradient_sgd",
        "tests/self_tuning.rs",
        "being gradient descent where β is 0, and learning a rate that is far too small",
    ),
    (
        "hypergradient_adam",
        "tests/self_tuning.rs",
        "being Adam where β is 0, and learning a rate that is far too small",
    ),
    (
        "gd_line_search",
        "tests/line_search.rs",
        "strong Wolfe steps that meet both conditions, and a question for every trial that is shown",
    ),
    (
        "newton",
        "tests/curvature.rs",
        "one step to the stationary point of a quadratic, and twice the right digits at every step near a minimum",
    ),
    (
        "damped_newton",
        "tests/curvature.rs",
        "the first doubling of λ that makes the Hessian positive definite, and never going uphill",
    ),
    (
        "saddle_free_newton",
        "tests/curvature.rs",
        "leaving saddles, and twice the right digits at every step near a minimum",
    ),
    (
        "levenberg_marquardt",
        "tests/trust.rs",
        "the damping that Nielsen's rule gives after every refused step, and few evaluations on sums of squares",
    ),
    ("adahessian", "tests/matrix_methods.rs", "an estimate that is the diagonal of the Hessian on average"),
    ("spsa", "tests/gradient_free.rs", "an estimate that is the gradient on average"),
    ("simulated_annealing", "tests/gradient_free.rs", "visiting a bowl as Boltzmann's distribution says"),
    (
        "quantum_annealing",
        "tests/gradient_free.rs",
        "replicas that spread as their springs say, and pass a barrier that heat alone passes less often",
    ),
    (
        "particle_swarm",
        "tests/gradient_free.rs",
        "finding the lowest of many minima from most seeds, and seeing only the order of the values",
    ),
    (
        "quantum_particle_swarm",
        "tests/gradient_free.rs",
        "finding the lowest of many minima from most seeds, and seeing only the order of the values",
    ),
    (
        "differential_evolution",
        "tests/gradient_free.rs",
        "finding the lowest of many minima from most seeds, and seeing only the order of the values",
    ),
    (
        "random_search",
        "tests/gradient_free.rs",
        "missing nothing that it drew, and seeing only the order of the values",
    ),
];

/// Where ours differ from a library, or the recording from its library, and why. What differs between conventions is a choice
/// on the page and stands in each method's description.
pub const DEPARTURES: &[&str] = &[
    "One cycle moves Adam's β₁. PyTorch corrects with the β₁ of the moment to the power t, we with the product of the β₁ that \
     were; the eight paths (`torch/adam_one_cycle.json`) are held to PyTorch's formula by another test, and not to ours.",
    "PyTorch's Muon orthogonalises in 16 bits; recorded is its own code in 64 bits, as ours is.",
    "optax takes Adafactor's decay and the count of its schedules in 32 bits; recorded in 64.",
    "L-BFGS is recorded from PyTorch with 26 evaluations for each line search: with its default for one iteration the search has \
     none.",
    "Rprop is recorded from PyTorch only: optax 0.2.8 applies the update of the step before.",
    "The path of σ in CMA-ES has the constant of Hansen's tutorial, (μeff + 2)/(n + μeff + 5); pycma has n + μeff + 3 and at most \
     ½. With pycma's constants our update is pycma's.",
    "The dogleg of SciPy refuses a Hessian that is not positive definite; ours goes on, so the recorded runs are those without one.",
];
