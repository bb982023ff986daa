"""The runs of check_methods.py."""

from check_methods import BOUND, CHAOTIC, Himmelblau, MatrixLsq, Ravine, Rosenbrock, Saddle, case

STARTS = {Rosenbrock: (-1.5, 2.0), Himmelblau: (-0.5, -1.0), Saddle: (1.6, 0.01), Ravine: (-3.2, 2.4), MatrixLsq: None}

DEEP = (Rosenbrock, Himmelblau, Ravine, MatrixLsq)  # With a smallest value, and sums of squares.

# For each method: settings, and the surfaces (all if nothing is said).
METHODS = {
    "sgd": [("lr=0.001",), ("lr=0.01", Himmelblau, Ravine)],
    "momentum": [
        ("lr=0.0005",),
        ("lr=0.001,momentum=0.7,dampening=0.3",),
        ("lr=0.001,convention=keras,schedule=cosine",),
    ],
    "nesterov": [(f"lr=0.0004,momentum=0.85,schedule=linear(end=0.2),convention={c}",) for c in ("pytorch", "keras", "paper")],
    "qhm": [("lr=0.001",), ("lr=0.002,beta=0.9,nu=0.4",)],
    "asgd": [("lr=0.001",), ("lr=0.001,lambd=0.5,alpha=0.6,t0=20",)],
    "adagrad": [("lr=0.5",), ("lr=0.3,lr_decay=0.01,initial_accumulator=0.1,convention=optax,eps=0.0000001",)],
    "rmsprop": [
        ("lr=0.01",),
        ("lr=0.01,alpha=0.9,momentum=0.5,convention=optax,schedule=cosine",),
        ("lr=0.005,centered=on,momentum=0.8,alpha=0.95",),
    ],
    "adadelta": [("",), ("lr=10,rho=0.95,eps=0.0001",)],
    "adam": [
        ("lr=0.05",),
        ("lr=0.1,beta1=0.8,beta2=0.95,eps=0.001,convention=paper",),
        ("lr=0.02,bias_correction=off",),
        ("lr=0.02,beta1=1,beta2=1",),
    ],
    "adamw": [("lr=0.05",), ("lr=0.1,beta1=0.8,weight_decay=0.3,convention=paper,eps=0.01",)],
    "amsgrad": [("lr=0.05",), ("lr=0.1,beta2=0.9,convention=optax",)],
    "adamax": [("lr=0.05",), ("lr=0.1,beta1=0.7,beta2=0.9,eps=0.1",)],
    "nadam": [("lr=0.05",), ("lr=0.05,momentum_decay=0.5",), ("lr=0.05,beta1=0.8,convention=optax",)],
    "radam": [("lr=0.01",), ("lr=0.01,beta2=0.9,convention=optax",), ("lr=0.001,beta2=0.5",)],
    "lion": [("lr=0.01,schedule=cosine",), ("lr=0.02,beta1=0.8,beta2=0.95,weight_decay=0.5",)],
    "signum": [("lr=0.01",), ("lr=0.013,momentum=0.5,schedule=cosine",)],
    "adabelief": [("lr=0.05",), ("lr=0.1,beta1=0.8,beta2=0.9,eps=0.0001",)],
    "yogi": [("lr=0.05",), ("lr=0.1,beta2=0.9,initial=0.5",)],
    "adan": [("lr=0.05",), ("lr=0.1,beta1=0.9,beta2=0.5,beta3=0.9,eps_root=0.01",)],
    "adopt": [("lr=0.05",), ("lr=0.1,beta2=0.9,eps=0.1",)],
    "ademamix": [("lr=0.01",), ("lr=0.02,beta3=0.99,alpha=3",)],
    "rprop": [("lr=0.01",), ("lr=0.02,eta_minus=0.3,eta_plus=1.5,step_min=0.001,step_max=0.3,schedule=linear",)],
    "polyak": [("max_lr=0.01", *DEEP), ("schedule=cosine", *DEEP)],
    "dog": [("init=0.01",), ("init=0.001,schedule=linear(start=2)",)],
    "prodigy": [("d0=0.01",), ("d0=0.001,d_coef=2,weight_decay=0.1,beta2=0.9,schedule=cosine",)],
    "schedule_free_sgd": [("lr=0.001,beta=0.9,warmup=10",), ("lr=0.002,beta=0.5,schedule=linear",)],
    "schedule_free_adamw": [("lr=0.05,warmup=20",), ("lr=0.1,beta=0.95,beta2=0.9,weight_decay=0.1",)],
    "hypergradient_sgd": [("lr=0.0005,beta=0.000000001",), ("lr=0.0005,beta=0.0000000001,schedule=cosine",)],
    "hypergradient_adam": [("lr=0.01,beta=0.00001",), ("lr=0.01,beta=0.0001,beta2=0.9,schedule=step",)],
    "adafactor": [("lr=0.05",), ("lr=0.02,beta2_decay=-0.5,eps2=0.1,d=0.5",), ("lr=0.02,convention=optax",)],
    "lamb": [("lr=0.01",), ("lr=0.02,weight_decay=0.1,beta2=0.9,eps=0.01",)],
    "lars": [("lr=0.5,trust=0.01",), ("lr=0.1,momentum=0.7,trust=0.1,weight_decay=0.1",)],
    "muon": [
        ("lr=0.02",),
        ("lr=0.05,momentum=0.8,nesterov=off,ns_steps=3,weight_decay=0.1",),
        ("lr=0.02,convention=optax,schedule=cosine",),
        ("lr=0.02,ns_steps=0",),
    ],
    "shampoo": [("lr=0.1",), ("lr=0.5,eps=0.01",)],
    "soap": [("lr=0.05",), ("lr=0.02,beta1=0.8,beta2=0.9,eps=0.001",), ("lr=0.05,precondition_1d=off",)],
    "sophia": [("lr=0.01",), ("lr=0.05,rho=0.1,interval=3,convention=optax",)],
    "adahessian": [("lr=0.1",), ("lr=0.1,hessian_power=0.5,weight_decay=0.1,beta2=0.9",)],
    "gd_line_search": [("",), ("lr=0.5,c1=0.1,shrink=0.8",), ("search=strong_wolfe",), ("search=strong_wolfe,c2=0.1,lr=0.1",)],
    "newton": [("",), ("lr=0.3",)],
    "damped_newton": [("",), ("beta=0.5,c1=0.1,shrink=0.3",)],
    "saddle_free_newton": [("",), ("lr=0.5,damping=1",)],
    "bfgs": [("",), ("lr=0.5,c2=0.3",)],
    "lbfgs": [("",), ("history=3,lr=0.5,c2=0.3",)],
    "conjugate_gradient": [(f"formula={w}",) for w in ("polak_ribiere", "fletcher_reeves", "hestenes_stiefel", "dai_yuan")],
    "trust_region": [("",), ("delta0=0.1,delta_max=2,accept=0.05",)],
    "levenberg_marquardt": [("", *DEEP), ("tau=1,gamma=5,nu=3", *DEEP)],
    "nelder_mead": [("",), ("adaptive=on",), ("reflection=0.9,expansion=1.5,contraction=0.4,shrink=0.7",)],
    "cma_es": [("",), ("sigma=0.3,population=9,active=off",)],
    "spsa": [("lr=0.0005",), ("lr=0.002,c=0.01,offset=50,alpha=0.4,gamma=0.2",)],
    "simulated_annealing": [("temperature=10",), ("temperature=50,cooling=0.97,scale=0.05",)],
    "quantum_annealing": [("",), ("replicas=5,temperature=1,field=0.1",), ("replicas=1",)],
    "particle_swarm": [("",), ("w=0.5,c=2,population=7",)],
    "quantum_particle_swarm": [("",), ("contraction=0.8,contraction_end=0.3,population=6",)],
    "differential_evolution": [("",), ("f=0.5,cr=0.3,population=8,strategy=best1bin",)],
    "random_search": [("",), ("samples=3",)],
}

# On Adam but where another method is named.
SCHEDULES = {
    "constant": ["constant"],
    "linear": ["linear", "linear(start=0.2,end=2,total=60)"],
    "step": ["step(step_size=30,gamma=0.5)"],
    "multi_step": ["multi_step(milestones=10/30/70;gamma=0.3)"],
    "exponential": ["exponential", "exponential(gamma=0.9)"],
    "inverse_time": ["inverse_time(rate=0.2)"],
    "polynomial": ["polynomial", "polynomial(total=90,power=0.5,end=0.1)"],
    "cosine": ["cosine", "cosine(t_max=40,min=0.1)", "cosine(t_max=40,after=rise)"],
    "cosine_restarts": ["cosine_restarts(t_0=20,min=0.05)", "cosine_restarts(t_0=25,t_mult=1)"],
    "cyclic": ["cyclic(up=10,down=20)", "cyclic(up=7,down=5,lo=0.3,hi=2,mode=triangular2)"],
    "one_cycle": ["one_cycle", "one_cycle(total=80,pct=0.4,div=10,final=100,m_lo=0.7,m_hi=0.99)"],
    "inverse_sqrt": ["inverse_sqrt"],
    "rex": ["rex", "rex(total=100,min=0.2)"],
    "warmup_stable_decay": [f"warmup_stable_decay(rise=0.1,fall=0.3,min=0.05,shape={s})" for s in ("linear", "cosine", "sqrt")],
    "reduce_on_plateau": ["reduce_on_plateau(patience=2,factor=0.5,threshold=0.05)"],
    "drawn": ["drawn", "drawn(total=100;factors=1/0.3/2)"],
    "one after another": ["linear(end=0.5)+50+cosine", "step(step_size=5,gamma=0.9)+30+reduce_on_plateau(patience=1)+50+one_cycle"],
}

MODIFIERS = {
    "noise": ["noise=0.5", "noise=0.3/relative", "noise=2/absolute/5"],
    "sam": ["sam=0.1", "noise=0.3,sam=0.1"],
    "accumulate": ["noise=0.5,accumulate=4"],
    "workers": ["noise=0.5,workers=3", "noise=0.5,workers=3/5"],
    "federated": ["noise=0.5,federated=3/5", "noise=0.5,federated=4/3/0/0.5"],
    "delay": ["delay=2", "noise=0.5,delay=5"],
    "precision": ["noise=50,precision=f16/300/on", "precision=bf16", "precision=f32/64", "precision=f16/128/on", "precision=f16/1"],
    "clip_norm": ["clip_norm=1"],
    "clip_value": ["clip_value=0.5"],
    "centralise": ["centralise"],
    "l1": ["l1=0.5"],
    "l2": ["l2=0.5"],
    "cautious": ["cautious", "cautious=paper"],
    "decay": ["decay=0.5"],
    "lookahead": ["lookahead=5", "lookahead=4/0.8"],
    "ema": ["ema=0.9"],
    "swa": ["swa=20/5"],
    "state8": ["state8", "state8=linear/1", "state8=dynamic/3"],
    "many": ["noise=0.2,sam=0.05,accumulate=2,delay=1,clip_norm=5,l1=0.01,l2=0.1,cautious,decay=0.1,lookahead=5,ema,state8"],
}
TOUCHY = {"sam", "precision", "state8", "many"}  # What rounds, and what looks uphill beside a minimum.

# With each method.
CROSSED = [
    "noise=0.1,clip_norm=5,lookahead=5,ema=0.9",
    "noise=0.1,workers=3/4",
    "state8",
    "cautious,decay=0.01,precision=f32",
    "sam=0.01,accumulate=2",
    "delay=1,l2=0.1,swa=10,federated=2/3/0/0.1",
]
SEARCHES = {"bfgs", "lbfgs", "conjugate_gradient", "gd_line_search"}


def cases():
    everywhere = list(STARTS)
    for key, runs in METHODS.items():
        for settings, *on in runs:
            yield from at_starts(key, f"{key}:{settings}".rstrip(":"), on or everywhere)
    for key, texts in SCHEDULES.items():
        for text in texts:
            for rest in ("", ",warmup=12"):
                yield from at_starts(f"schedule {key}", f"adam:lr=0.05,schedule={text}{rest}", [Rosenbrock, Ravine])
                yield from at_starts(f"schedule {key}", f"momentum:lr=0.0005,schedule={text}{rest}", [Himmelblau])
    for key, texts in MODIFIERS.items():
        bound = CHAOTIC if key in TOUCHY else BOUND
        for text in texts:
            for method in ("sgd:lr=0.001", "momentum:lr=0.0005", "adam:lr=0.05"):
                yield from at_starts(f"modifier {key}", f"{method},{text}", [Rosenbrock, Ravine, MatrixLsq], bound=bound)
    for key, ((settings, *on), *_) in METHODS.items():
        on = [surface for surface in (Rosenbrock, Ravine, MatrixLsq) if surface in (on or everywhere)]
        # A search along a line is cut off by rounding where noise hides the slope; from there on paths have nothing in common.
        steps = 10 if key in SEARCHES else 80
        for more in CROSSED:
            run = f"{key}:{settings},{more}".replace(":,", ":")
            yield from at_starts(f"{key} with modifiers", run, on, steps=steps, bound=CHAOTIC)
        run = f"{key}:{settings}".rstrip(":")
        edits = ((3, "noise=0.2"), (7, "workers=2/3"), (11, "state8"), (50, "warmup=60"), (60, "workers=3"))
        edits = edits[key in SEARCHES :]
        yield from at_starts(f"{key} with edits", run, on, steps=steps, bound=CHAOTIC, seed=2**53 - 1, edits=edits)
    edits = ((10, "lr=0.02"), (20, "beta1=0.5"), (30, "clip_norm=1"), (40, "noise=0.3"), (50, "clip_norm=off"),
             (60, "workers=3/4"), (75, "workers=2/3"), (90, "workers=off"), (100, "schedule=reduce_on_plateau(patience=1)"))
    yield from at_starts("edits", "adam:lr=0.05", everywhere, edits=edits)


def at_starts(name, run, surfaces, **more):
    for surface in surfaces:
        yield case(name, run, STARTS[surface], on=[surface], **more)
