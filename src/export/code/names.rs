//! What the parameters of a function are called in a script.

/// Words of Python, and names that scripts use themselves.
const TAKEN: &str = "False None True and as assert async await break class continue def del elif else except finally for from \
    global if import in is lambda nonlocal not or pass raise return try while with yield match case type \
    abs all any bool dict enumerate float int len list map max min next object pow print range repr reversed round set \
    slice sorted str sum super tuple vars zip id iter open exec eval input hash hasattr getattr setattr isinstance \
    copy math np jax jnp torch optax optim contrib SimpleNamespace path start steps step run value gradient hessian \
    residuals surface surface_gradient surface_hessian surface_residuals expected tolerance method optimizer \
    scheduler schedule state params opt tx loss lr factor momentum before grad update W A B C D E shift tilt \
    sqrt cbrt sigmoid relu softplus bits uniform normal over correction p k f g w x y e pi factors rates point row plateau staircase settings value_at value_by_jax gradient_by_jax hessian_by_jax residuals_only hparams step_size";

/// Greek letters by their names: not every editor has them.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
];

fn spelled(c: char) -> String {
    let greek = |first: char| {
        let at = usize::try_from(u32::from(c) - u32::from(first)).unwrap_or(usize::MAX);
        GREEK.get(at).copied().unwrap_or("letter")
    };
    match c {
        'α'..='ω' => greek('α').to_owned(),
        'Α'..='Ω' => {
            let name = greek('Α');
            name[..1].to_ascii_uppercase() + &name[1..]
        }
        c if c.is_ascii_alphanumeric() || c == '_' => c.to_string(),
        _ => "_".to_owned(),
    }
}

/// Names that may stand in a script, one for each of these and no two alike.
pub fn safe(names: &[String], more_taken: impl Fn(&str) -> bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let mut safe: String = name.chars().map(spelled).collect();
        if !safe.starts_with(|c: char| c.is_ascii_alphabetic()) {
            safe.insert(0, 'a');
        }
        while TAKEN.split_whitespace().any(|t| t == safe) || all.contains(&safe) || more_taken(&safe) {
            safe.push('_');
        }
        all.push(safe);
    }
    all
}
