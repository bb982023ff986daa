//! What optax has, and with which settings it does the same as we do.

use crate::export::code::python::float;
use crate::export::code::{Subject, function};
use crate::param::find;
use crate::run::Settings;
use crate::run::spec::Problem;

/// What makes the optimizer: a function of the library with its arguments, or an expression.
pub enum Make {
    /// Name, and arguments after the rate: name, value, value when nothing is said.
    Call(&'static str, Vec<(&'static str, String, &'static str)>),
    /// An expression that needs the rate to stay as it is.
    Fixed(String),
}

pub struct Plan {
    /// How it is made.
    pub make: Make,
    /// Lines before it.
    pub before: &'static str,
    /// Whether it is told the value too.
    pub wants_value: bool,
    /// What there is to say at its head.
    pub notes: Vec<String>,
}

impl Plan {
    fn call(name: &'static str, arguments: Vec<(&'static str, String, &'static str)>) -> Self {
        Self { make: Make::Call(name, arguments), before: "", wants_value: false, notes: Vec::new() }
    }

    fn fixed(text: String) -> Self {
        Self { make: Make::Fixed(text), before: "", wants_value: false, notes: Vec::new() }
    }
}

const DIAGONAL: &str = "\
def exact_diagonal(f):
    \"\"\"The diagonal of the Hessian, in the shape in which sophia asks for an estimate of it.\"\"\"

    def update(grads, state, params=None, **_):
        return jnp.diagonal(jax.hessian(f)(params)), state

    return optax.GradientTransformationExtraArgs(lambda params: optax.EmptyState(), update)


";

/// What does the same with these settings.
#[expect(clippy::too_many_lines, reason = "a line or two for each method")]
pub fn plan(subject: &Subject<'_>, settings: &Settings) -> Option<Plan> {
    let specs = settings.optimizer.params;
    let of = |key: &str| find(specs, key).map_or(0.0, |i| settings.params[i]);
    let is_on = |key: &str| of(key) != 0.0;
    let convention = find(specs, "convention").map(|i| specs[i].format(settings.params[i]));
    let key = settings.optimizer.key;
    let differs = matches!(
        key,
        "adagrad" | "rmsprop" | "amsgrad" | "nadam" | "radam" | "adafactor" | "sophia" | "muon"
    );
    let fits = convention.is_none_or(|c| if differs { c == "optax" } else { c == "pytorch" });
    if !fits || find(specs, "bias_correction").is_some() && !is_on("bias_correction") {
        return None;
    }
    let given = |name: &'static str, key: &str, default: &'static str| (name, float(of(key)), default);
    let betas = |eps: &'static str| {
        vec![given("b1", "beta1", "0.9"), given("b2", "beta2", "0.999"), given("eps", "eps", eps)]
    };
    let and = |mut all: Vec<(&'static str, String, &'static str)>,
               more: &[(&'static str, String, &'static str)]| {
        all.extend_from_slice(more);
        all
    };
    let lr = float(settings.params.first().copied().unwrap_or(1.0));
    let is_matrix = matches!(subject.spec.problem, Problem::Matrix(_));
    Some(match key {
        "sgd" => Plan::call("optax.sgd", vec![]),
        "momentum" if !is_on("dampening") => Plan::call("optax.sgd", vec![given("momentum", "momentum", "")]),
        "nesterov" => Plan::call(
            "optax.sgd",
            vec![given("momentum", "momentum", ""), ("nesterov", "True".to_owned(), "")],
        ),
        "adagrad" if !is_on("lr_decay") => Plan::call(
            "optax.adagrad",
            vec![
                given("initial_accumulator_value", "initial_accumulator", "0.1"),
                given("eps", "eps", "1e-7"),
            ],
        ),
        "rmsprop" => {
            let centered = if is_on("centered") { "True" } else { "False" };
            let mut all = vec![
                given("decay", "alpha", "0.9"),
                given("eps", "eps", "1e-8"),
                ("centered", centered.to_owned(), "False"),
            ];
            if is_on("momentum") {
                all.push(given("momentum", "momentum", ""));
            }
            Plan::call("optax.rmsprop", all)
        }
        "adadelta" => {
            Plan::call("optax.adadelta", vec![given("rho", "rho", "0.9"), given("eps", "eps", "1e-6")])
        }
        "adam" => Plan::call("optax.adam", betas("1e-8")),
        "adamw" => {
            Plan::call("optax.adamw", and(betas("1e-8"), &[given("weight_decay", "weight_decay", "0.0001")]))
        }
        "amsgrad" => Plan::call("optax.amsgrad", betas("1e-8")),
        "adamax" => Plan::call("optax.adamax", betas("1e-8")),
        "nadam" => Plan::call("optax.nadam", betas("1e-8")),
        "radam" => Plan::call("optax.radam", betas("1e-8")),
        "lion" => Plan::call(
            "optax.lion",
            vec![
                given("b1", "beta1", "0.9"),
                given("b2", "beta2", "0.99"),
                given("weight_decay", "weight_decay", "0.001"),
            ],
        ),
        "signum" if is_on("momentum") => Plan::call("optax.signum", vec![given("beta", "momentum", "")]),
        "signum" => Plan::call("optax.sign_sgd", vec![]),
        "adabelief" => {
            Plan::call("optax.adabelief", and(betas("1e-16"), &[given("eps_root", "eps", "1e-16")]))
        }
        "yogi" => Plan::fixed(format!(
            "optax.chain(\n    optax.scale_by_yogi(b1={}, b2={}, eps={}, initial_accumulator_value={}),\n    optax.scale_by_learning_rate({lr}),\n)",
            float(of("beta1")),
            float(of("beta2")),
            float(of("eps")),
            float(of("initial"))
        )),
        "adan" => Plan::call(
            "optax.adan",
            vec![
                given("b1", "beta1", "0.98"),
                given("b2", "beta2", "0.92"),
                given("b3", "beta3", "0.99"),
                given("eps", "eps", "1e-8"),
                given("eps_root", "eps_root", "1e-8"),
            ],
        ),
        "adopt" => Plan::call(
            "contrib.adopt",
            vec![given("b1", "beta1", "0.9"), given("b2", "beta2", "0.9999"), given("eps", "eps", "1e-6")],
        ),
        "ademamix" => Plan::call(
            "contrib.ademamix",
            and(betas("1e-8"), &[given("b3", "beta3", "0.9999"), given("alpha", "alpha", "")]),
        ),
        "lamb" => {
            Plan::call("optax.lamb", and(betas("1e-6"), &[given("weight_decay", "weight_decay", "0.0")]))
        }
        "lars" => Plan::call(
            "optax.lars",
            vec![
                given("weight_decay", "weight_decay", "0.0"),
                given("trust_coefficient", "trust", "0.001"),
                given("momentum", "momentum", "0.9"),
            ],
        ),
        "adafactor" => {
            let mut plan = Plan::fixed(format!(
                "optax.chain(\n    optax.scale_by_factored_rms(decay_rate={}, decay_rate_fn=lambda i, power: 1 - (i + 1.0) ** -power),\n    \
                 optax.clip_by_block_rms({}),\n    optax.scale_by_learning_rate({lr}, flip_sign=False),\n    optax.scale_by_param_block_rms({}),\n    optax.scale(-1),\n)",
                float(-of("beta2_decay")),
                float(of("d")),
                float(of("eps2"))
            ));
            plan.notes.push(
                "This is optax.adafactor with its decay in 64 bits: by itself it takes that in 32."
                    .to_owned(),
            );
            plan
        }
        "polyak" => {
            let mut plan = Plan::fixed(format!(
                "optax.polyak_sgd(max_learning_rate={}, f_min={})",
                float(of("max_lr")),
                function::minimum(subject.spec)
            ));
            plan.wants_value = true;
            plan
        }
        "dog" => Plan::fixed(format!("contrib.dog(1.0, (\"heuristic\", {}))", float(of("init")))),
        "prodigy" if !is_on("weight_decay") => Plan::fixed(format!(
            "contrib.prodigy({lr}, ({}, {}), eps={}, estim_lr0={}, estim_lr_coef={})",
            float(of("beta1")),
            float(of("beta2")),
            float(of("eps")),
            float(of("d0")),
            float(of("d_coef"))
        )),
        "schedule_free_sgd" => {
            Plan::fixed(format!("contrib.schedule_free(optax.sgd({lr}), {lr}, b1={})", float(of("beta"))))
        }
        "schedule_free_adamw" => Plan::fixed(format!(
            "contrib.schedule_free(\n    optax.chain(\n        optax.scale_by_rms(decay={}, eps={}, eps_in_sqrt=False, bias_correction=True),\n        optax.add_decayed_weights({}),\n        optax.scale_by_learning_rate({lr}),\n    ),\n    {lr},\n    b1={},\n)",
            float(of("beta2")),
            float(of("eps")),
            float(of("weight_decay")),
            float(of("beta"))
        )),
        "sophia" => {
            let mut plan = Plan::fixed(format!(
                "contrib.sophia(\n    {lr}, b1={}, b2={}, eps={}, gamma={}, weight_decay=0.0,\n    update_interval={}, hessian_diagonal_fn=exact_diagonal(value),\n)",
                float(of("beta1")),
                float(of("beta2")),
                float(of("eps")),
                float(of("rho")),
                float(of("interval")).trim_end_matches(".0")
            ));
            plan.before = DIAGONAL;
            plan
        }
        "muon" if is_matrix && !is_on("weight_decay") => Plan::fixed(format!(
            "contrib.muon({lr}, ns_steps={}, beta={}, eps={}, nesterov={})",
            float(of("ns_steps")).trim_end_matches(".0"),
            float(of("momentum")),
            float(of("eps")),
            if is_on("nesterov") { "True" } else { "False" }
        )),
        _ => return None,
    })
}
