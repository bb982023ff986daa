"""Runs whose scripts are tested, in the words of the command line: a name and the options."""

SURFACES = [
    "sphere", "ravine", "ravine(kappa=50;theta=30)", "booth", "matyas", "trid", "logistic", "styblinski_tang",
    "rosenbrock", "rosenbrock(a=0.5;b=20)", "beale", "dixon_price", "zakharov", "goldstein_price", "flower",
    "hyperbola_valley", "saddle", "bounded_saddle", "monkey_saddle", "six_hump_camel", "plateau", "himmelblau", "branin",
    "three_hump_camel", "mccormick", "two_wells", "peaks", "rastrigin", "ackley", "griewank", "levy", "levy13",
    "schwefel", "easom", "michalewicz", "eggholder", "drop_wave", "schaffer2", "schaffer4", "shubert", "bohachevsky1",
    "cliff", "recurrent_cliff", "l1", "huber", "bukin6", "cross_in_tray", "holder_table",
]

SUMS_OF_SQUARES = ["rosenbrock(a=0.5;b=20)", "beale", "booth", "dixon_price", "himmelblau", "ravine(kappa=20;theta=15)"]

# Rates at which a run on Himmelblau's function moves and does not break.
RATES = {
    "sgd": 0.01, "momentum": 0.002, "nesterov": 0.002, "qhm": 0.01, "asgd": 0.005, "adagrad": 0.3, "rmsprop": 0.02,
    "adadelta": 1.0, "adam": 0.05, "adamw": 0.05, "amsgrad": 0.05, "adamax": 0.05, "nadam": 0.05, "radam": 0.05,
    "adabelief": 0.03, "yogi": 0.05, "adan": 0.03, "adopt": 0.05, "ademamix": 0.02, "lion": 0.02, "signum": 0.02,
    "rprop": 0.02, "adafactor": 0.05, "lamb": 0.02, "lars": 2.0, "muon": 0.05, "shampoo": 0.2, "soap": 0.05,
    "schedule_free_sgd": 0.01, "schedule_free_adamw": 0.05, "hypergradient_sgd": 0.001, "hypergradient_adam": 0.01,
    "sophia": 0.05, "adahessian": 0.1, "spsa": 0.01,
}

# Settings in which conventions, switches and choices are others than at the start.
MORE = [
    "momentum:lr=0.002,momentum=0.8,dampening=0.3", "momentum:lr=0.002,convention=keras", "nesterov:lr=0.002,convention=keras",
    "nesterov:lr=0.002,convention=paper", "adagrad:lr=0.5,lr_decay=0.01,initial_accumulator=0.1",
    "adagrad:lr=0.3,convention=optax,initial_accumulator=0.1,eps=1e-7", "rmsprop:lr=0.005,momentum=0.8",
    "rmsprop:lr=0.01,alpha=0.95,centered=on,eps=1e-2", "rmsprop:lr=0.01,alpha=0.9,momentum=0.7,convention=optax,eps=1e-2",
    "rmsprop:lr=0.01,alpha=0.95,centered=on,eps=1e-1,convention=optax",
    "adam:lr=0.05,bias_correction=off", "adam:lr=0.05,convention=paper", "adamw:lr=0.05,weight_decay=0.3,convention=paper",
    "adamw:lr=0.05,weight_decay=0.3", "amsgrad:lr=0.05,convention=optax", "nadam:lr=0.05,convention=optax", "radam:lr=0.02,convention=optax",
    "lion:lr=0.02,weight_decay=0.1", "signum:lr=0.02,momentum=0", "adafactor:lr=0.05,convention=optax", "lamb:lr=0.02,weight_decay=0.1",
    "lars:lr=0.05,trust=0.1,weight_decay=0.5", "muon:lr=0.05,nesterov=off", "muon:lr=0.05,convention=optax", "soap:lr=0.05,precondition_1d=off",
    "gd_line_search:search=strong_wolfe", "conjugate_gradient:formula=fletcher_reeves", "conjugate_gradient:formula=hestenes_stiefel",
    "conjugate_gradient:formula=dai_yuan", "lbfgs:lr=0.5,history=3", "sophia:lr=0.05,convention=optax,eps=1e-8", "nelder_mead:adaptive=on",
    "cma_es:active=off", "differential_evolution:strategy=best1bin", "adahessian:lr=0.1,hessian_power=0.5", "asgd:lr=0.005,t0=20",
    "adan:lr=0.03,eps_root=1e-8", "asgd:lr=0.002,lambd=0.01,t0=0", "rprop:lr=0.02,eta_plus=1.3,step_min=1e-3,step_max=0.2",
]

SCHEDULES = [
    "constant", "linear(start=1;end=0.1;total=60)", "step(step_size=30;gamma=0.5)", "multi_step(milestones=10/30/70;gamma=0.5)",
    "exponential(gamma=0.98)", "inverse_time(rate=0.05)", "polynomial(power=2;end=0.1)", "polynomial(total=60;power=0.5)", "cosine", "cosine(t_max=60;min=0.1)",
    "cosine(t_max=40;min=0.1;after=rise)", "cosine_restarts(t_0=20;t_mult=2;min=0.05)", "cyclic(up=20;down=20)",
    "cyclic(lo=0.2;up=10;down=15;mode=triangular2)", "one_cycle", "inverse_sqrt(warmup=20)", "rex(min=0.1)", "warmup_stable_decay",
    "warmup_stable_decay(shape=cosine)", "reduce_on_plateau(factor=0.5;patience=4)", "drawn", "linear+50+cosine",
    "exponential(gamma=0.97)+40+reduce_on_plateau(patience=3)+40+one_cycle",
]

MODIFIERS = [
    "noise=0.3", "noise=0.2/relative", "noise=0.3/absolute/4", "sam=0.05", "noise=0.3,accumulate=3", "noise=0.3,workers=3",
    "noise=0.3,workers=3/5", "noise=0.3,federated=3/5/0.8/0.1", "delay=2", "precision=bf16", "precision=f16/1024", "precision=f32/1/on",
    "clip_norm=1", "clip_value=0.5", "centralise", "l1=0.05", "l2=0.05", "cautious", "cautious=paper", "decay=0.1", "lookahead=5/0.5", "ema=0.9",
    "swa=20/5", "state8=dynamic", "state8=linear", "noise=0.2,clip_norm=1,l2=0.05,decay=0.05", "batch=4", "dropout=0.2",
]

TYPED = [
    ("x^2 + 3y^2", ""), ("(a-x)^2 + b(y-x^2)^2", "a=1;b=10"), ("sqrt(x^2+y^2) + 0.1x", ""), ("abs(x) + 2abs(y-1)", ""),
    ("max(x^2, y^2) + min(x, 2y)", ""), ("if(x > 0, x^2, 3x^2) + y^2", ""), ("if(x > y, sqrt(x - y), (x-y)^2) + y^2", ""),
    ("(x > 0)*x^2 + x^2 + y^2*(1 + (y < x))", ""), ("log(1 + x^2) + atan2(y, 2 + x^2) + y^2", ""), ("cbrt(x)^2 + y^2", ""),
    ("softplus(x) + softplus(-x) + sigmoid(3y) + relu(-y)", ""), ("1 - gauss(x) + tanh(y)^2 + sinh(x/3)^2 + cosh(y/2)", ""),
    ("(1 + x^2)^p + (2 + y^2)^(0.3 + 0.01y)", "p=0.7"), ("lambda*x^2 + import*y^2 + w_max*x + amp*y", "lambda=1;import=2;w_max=0.1;amp=0.2"),
    ("alpha x^2 + value y^2 + steps*(x-1)^2 + p*x", "p=0.1"), ("β*x^2 + Ω*(y-1)^2", "β=1.5;Ω=0.5"), ("tan(x/4)^2 + asin(y/9) + acos(x/9) + y^2", ""),
    ("log10(2 + x^2) + abs(sin(x))^1.5 + y^2/2^0.5", ""), ("floor(x)*0.1 + sign(y) + x^2 + y^2", ""), ("x^2/(1+exp(-y)) - 2^-x + 2^x + e^(y/5) + pi*y^2/8", ""),
    ("x^2^1 - -y + (x*y)^2/4 - (x - (y - 1)) + y^2 - x/(y^2+1)/2", ""), ("3", ""), ("x^2", ""), ("atan(x)^2 + (y-x)^2", ""),
]

TRANSFORMS = ["rotate=30", "rotate=90,scale_x=2", "scale_y=0.5,shift_x=0.4,shift_y=-0.2", "rotate=-20,tilt_x=0.5,tilt_y=-0.3"]

EDITS = [
    ("momentum:lr=0.002", ["1@20:lr=0.004", "1@50:momentum=0.7", "1@80:lr=0.001"]),
    ("adam:lr=0.05", ["1@30:lr=0.02"]),
    ("adam:lr=0.05", ["1@30:beta1=0.8", "1@60:beta2=0.99"]),
    ("adam:lr=0.05,schedule=cosine", ["1@30:lr=0.03", "1@60:schedule=constant"]),
    ("sgd:lr=0.01,warmup=10", ["1@0:lr=0.008", "1@40:schedule=exponential(gamma=0.98)", "1@70:warmup=100"]),
    ("sgd:lr=0.01", ["1@20:clip_norm=1", "1@40:noise=0.1", "1@60:clip_norm=off", "1@60:lr=0.005"]),
    ("adamw:lr=0.05,l2=0.1", ["1@30:l2=off", "1@50:weight_decay=0.2", "1@70:schedule=step(step_size=10;gamma=0.7)"]),
    ("sgd:lr=0.01", ["1@30:w0=1.5", "1@60:w1=-1"]),
    ("rmsprop:lr=0.02,schedule=one_cycle", ["1@30:alpha=0.9"]),
    ("rprop:lr=0.02", ["1@30:eta_plus=1.1"]),
]


def on(surface, start, run, steps=100, edits=(), more=()):
    words = ["--surface", surface, f"--start={start}", "--steps", str(steps), "--run", run, *more]
    return words + [w for e in edits for w in ("--edit", e)]


def with_rate(key):
    return f"{key}:lr={RATES[key]}" if key in RATES else key


def cases(optimizers, flavour):
    """(name, options) for each script. JAX compiles each of its own for half a second, so it has fewer of what is no other code."""
    is_slow = flavour == "optax"
    bases = ("sgd:lr=0.01",) if is_slow else ("sgd:lr=0.01", "momentum:lr=0.002", "adam:lr=0.05")
    for key in optimizers:
        yield key, on("himmelblau", "-0.6,-1.1", with_rate(key), more=("--seed", "3"))
        if not is_slow:
            yield key, on("rosenbrock(b=10)", "-1.2,1.7", with_rate(key), steps=60)
            yield f"{key} on a matrix", ["--problem", "matrix_lsq(k=3)", "--steps", "40", "--run", with_rate(key)]
    # On the way to its ends it is chaotic.
    yield "adafactor", on("himmelblau", "-0.6,-1.1", with_rate("adafactor"), steps=12)
    for run in MORE:
        if not is_slow or "convention=optax" in run or "momentum" in run or "weight_decay" in run:
            yield run, on("himmelblau", "-0.6,-1.1", run)
    for schedule in SCHEDULES:
        for run in bases:
            yield f"schedule {schedule}", on("himmelblau", "-0.6,-1.1", f"{run},schedule={schedule}")
        if not is_slow or "+" in schedule:
            yield f"warm-up and {schedule}", on("himmelblau", "-0.6,-1.1", f"sgd:lr=0.01,warmup=15,schedule={schedule}")
    for modifier in MODIFIERS:
        for run in bases:
            yield f"modifier {modifier}", on("himmelblau", "-0.6,-1.1", f"{run},{modifier}", more=("--seed", "7"))
    yield "modifiers on a matrix", ["--problem", "matrix_lsq(k=3)", "--steps", "40", "--run", "sgd:lr=0.02,centralise,noise=0.1"]
    for run in ("muon:convention=optax", "adafactor:lr=0.05", "lamb:lr=0.02"):
        yield f"{run} on a matrix", ["--problem", "matrix_lsq(k=3)", "--steps", "40", "--run", run]
    yield "a memory", ["--problem", "associative_memory(k=4)", "--steps", "40", "--run", "sgd:lr=1"]
    yield "a memory", ["--problem", "associative_memory(k=4;a=1;smoothing=0.2)", "--steps", "20", "--run", "muon"]
    yield "a memory", ["--problem", "associative_memory(k=3)", "--steps", "20", "--run", "newton:lr=0.5"]
    for surface in SUMS_OF_SQUARES:
        yield f"residuals of {surface}", ["--surface", surface, "--steps", "20", "--run", "levenberg_marquardt"]
    for run, edits in EDITS:
        yield f"edits of {run}", on("himmelblau", "-0.6,-1.1", run, edits=edits)
    for surface in SURFACES if not is_slow else SURFACES[::4] + ["recurrent_cliff", "huber"]:
        for run in ("sgd:lr=1e-4", "adam:lr=0.02") if not is_slow else ("adam:lr=0.02",):
            yield f"surface {surface}", ["--surface", surface, "--steps", "30", "--run", run]
        if flavour == "numpy":
            yield f"surface {surface}", ["--surface", surface, "--steps", "30", "--run", "newton:lr=0.1"]
    for function, values in TYPED:
        given = ["--surface", f"custom({values})" if values else "custom", "--f", function]
        for run in ("adam:lr=0.02",) + (("saddle_free_newton:lr=0.1",) if flavour == "numpy" else ()):
            yield f"f = {function}", [*given, "--start=0.7,0.4", "--steps", "40", "--run", run]
    for transform in TRANSFORMS:
        for run in ("adam:lr=0.02", "newton:lr=0.2", "levenberg_marquardt"):
            tilted = "tilt" in transform and run == "levenberg_marquardt"
            if not tilted:
                yield f"transform {transform}", on("rosenbrock", "-1.2,1.7", run, steps=40, more=("--transform", transform))
    yield "a run that diverges", on("rosenbrock", "-1.5,2", "sgd:lr=0.01")
    yield "a run that diverges", on("himmelblau", "-0.6,-1.1", "momentum:lr=0.5")
    yield "no step at all", on("rosenbrock", "-1.5,2", "sgd:lr=1e6")
