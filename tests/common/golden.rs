//! Runs whose every bit is written down in `tests/golden/hashes.txt`, for the native test and the one in the browser.

#![allow(dead_code, reason = "not every test reads every part")]

use super::run_text::{matrix_run, run_spec};
use descent_lab::link::Link;
use descent_lab::run::{RunSpec, trace};
use descent_lab::train::train;

/// The written fingerprints: name and fingerprint, a line each.
pub const HASHES: &str = include_str!("../golden/hashes.txt");

/// The runs, a line each: name, surface, start, steps, settings and edits; a matrix problem has its own start. Chaotic paths above all: there a different last
/// bit anywhere shows after a few hundred steps.
pub const RUNS: &str = "
# Every optimizer in the valley, and every convention and switch.
sgd rosenbrock -1.5,2 300 sgd:lr=0.0005
momentum rosenbrock -1.5,2 300 momentum:lr=0.0005
momentum-keras rosenbrock -1.5,2 300 momentum:lr=0.0005,convention=keras,schedule=cosine
momentum-dampened rosenbrock -1.5,2 300 momentum:lr=0.0005,dampening=0.3
nesterov rosenbrock -1.5,2 300 nesterov:lr=0.0005
nesterov-keras rosenbrock -1.5,2 300 nesterov:lr=0.0005,convention=keras,schedule=cosine
nesterov-paper rosenbrock -1.5,2 300 nesterov:lr=0.0005,convention=paper
adagrad rosenbrock -1.5,2 300 adagrad:lr=0.3,lr_decay=0.01
adagrad-optax rosenbrock -1.5,2 300 adagrad:lr=0.3,initial_accumulator=0.1,convention=optax
rmsprop rosenbrock -1.5,2 300 rmsprop:lr=0.01
rmsprop-centered rosenbrock -1.5,2 300 rmsprop:lr=0.01,centered=on,momentum=0.5
rmsprop-optax rosenbrock -1.5,2 300 rmsprop:lr=0.01,momentum=0.5,convention=optax
adam rosenbrock -1.5,2 300 adam:lr=0.05
adam-paper rosenbrock -1.5,2 300 adam:lr=0.05,convention=paper
adam-uncorrected rosenbrock -1.5,2 300 adam:lr=0.05,bias_correction=off
adamw rosenbrock -1.5,2 300 adamw:lr=0.05,weight_decay=0.1
lion rosenbrock -1.5,2 300 lion:lr=0.01,weight_decay=0.1
# Every other surface.
ravine ravine(kappa=50;theta=30) -3.2,2.4 200 momentum:lr=0.01
styblinski-tang styblinski_tang 0.6,3.6 200 adam:lr=0.1
beale beale 1.0,1.6 200 adam:lr=0.05
saddle saddle 1.6,0.01 100 sgd:lr=0.05
bounded-saddle bounded_saddle 2.0,0.01 200 momentum:lr=0.02
monkey-saddle monkey_saddle 0.9,0.02 200 adam:lr=0.02
himmelblau himmelblau -0.5,-1.0 200 nesterov:lr=0.005
two-wells two_wells 1.7,0.9 200 momentum:lr=0.02
booth booth -7.5,8 200 momentum:lr=0.02
matyas matyas -8,3 200 momentum:lr=0.05
three-hump three_hump_camel -1.8,1.2 200 momentum:lr=0.02
mccormick mccormick 3.4,-1.5 200 momentum:lr=0.02
branin branin 5.5,13 200 momentum:lr=0.005
dixon-price dixon_price -2.2,1.8 200 momentum:lr=0.002
zakharov zakharov -4,3.5 200 momentum:lr=0.0005
logistic logistic -4,2 200 momentum:lr=0.5
# Where the last bit decides: oscillating surfaces, momentum that does not settle, 500 steps.
rastrigin-momentum rastrigin -2.6,3.4 500 momentum:lr=0.01,momentum=0.95
rastrigin-nesterov rastrigin -2.6,3.4 500 nesterov:lr=0.012,momentum=0.98
rastrigin-adam rastrigin -2.6,3.4 500 adam:lr=0.3
ackley-momentum ackley -3.4,2.7 500 momentum:lr=0.05,momentum=0.99
ackley-rmsprop ackley -3.4,2.7 500 rmsprop:lr=0.05,momentum=0.9
peaks-momentum peaks 0.1,1.2 500 momentum:lr=0.03,momentum=0.999
peaks-keras peaks 0.1,1.2 500 momentum:lr=0.03,momentum=0.999,convention=keras
# Noise, clipping, L2, schedules and warm-up.
noise rastrigin -2.6,3.4 500 sgd:lr=0.02,noise=5
noise-adam peaks 0.1,1.2 500 adam:lr=0.05,noise=2
clip rastrigin -2.6,3.4 500 momentum:lr=0.02,clip_norm=10
l2-noise-clip ackley -3.4,2.7 500 nesterov:lr=0.02,l2=0.1,noise=1,clip_norm=2
linear peaks 0.1,1.2 300 momentum:lr=0.05,schedule=linear(start=0.1;end=1;total=200)
step rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=step(step_size=70;gamma=0.5)
exponential rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=exponential(gamma=0.99)
cosine-warmup rastrigin -2.6,3.4 300 adam:lr=0.5,schedule=cosine(min=0.1),warmup=30
restarts rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=cosine_restarts(t_0=40)
multi-step rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=multi_step(milestones=40/90/200;gamma=0.5)
inverse-time rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=inverse_time(rate=0.02)
polynomial rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=polynomial(power=1.7;end=0.1)
rising-cosine rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=cosine(t_max=50;min=0.1;after=rise)
cyclic rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=cyclic(up=30;down=20;mode=triangular2)
one-cycle rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=one_cycle
inverse-sqrt rastrigin -2.6,3.4 300 adam:lr=0.5,schedule=inverse_sqrt(warmup=30)
rex rastrigin -2.6,3.4 300 adam:lr=0.5,schedule=rex(min=0.1)
stable rastrigin -2.6,3.4 300 adam:lr=0.5,schedule=warmup_stable_decay(shape=sqrt)
plateau rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=reduce_on_plateau(factor=0.7;patience=4)
drawn rastrigin -2.6,3.4 300 momentum:lr=0.03,schedule=drawn(factors=0.1/1/0.3/0.7/0)
sequence rastrigin -2.6,3.4 300 momentum:lr=0.02,schedule=linear(end=0.5)+80+cyclic+120+reduce_on_plateau
# The other surfaces.
sphere sphere -4.0,3.0 200 momentum:lr=0.02
trid trid -3.0,2.5 200 momentum:lr=0.02
flower flower -5.0,3.5 200 momentum:lr=0.02
goldstein-price goldstein_price -1.4,0.9 200 momentum:lr=0.00001
hyperbola-valley hyperbola_valley 0.5,3.6 200 momentum:lr=0.02
six-hump-camel six_hump_camel -1.9,0.9 200 momentum:lr=0.02
plateau plateau -2.0,1.2 200 momentum:lr=0.02
griewank griewank -7.5,6.0 200 momentum:lr=0.02
levy levy -7.0,6.0 200 momentum:lr=0.02
levy13 levy13 -3.6,3.2 200 momentum:lr=0.02
schwefel schwefel -300.0,120.0 200 momentum:lr=1
easom easom 1.6,4.4 200 momentum:lr=0.02
michalewicz michalewicz 2.5,1.9 200 momentum:lr=0.02
eggholder eggholder -200.0,300.0 200 momentum:lr=1
drop-wave drop_wave -3.3,2.1 200 momentum:lr=0.02
schaffer2 schaffer2 -3.2,1.7 200 momentum:lr=0.02
schaffer4 schaffer4 -3.2,1.9 200 momentum:lr=0.02
shubert shubert -3.4,2.2 200 momentum:lr=0.002
bohachevsky1 bohachevsky1 -1.5,1.3 200 momentum:lr=0.02
cliff cliff 2.6,2.2 200 momentum:lr=0.02
recurrent-cliff recurrent_cliff 5.6,-1.4 200 momentum:lr=0.02
l1 l1 -1.6,1.1 200 momentum:lr=0.02
huber huber -1.6,1.1 200 momentum:lr=0.02
bukin6 bukin6 -6.5,2.0 200 momentum:lr=0.001
cross-in-tray cross_in_tray -4.4,3.1 200 momentum:lr=0.02
holder-table holder_table 4.1,5.6 200 momentum:lr=0.02
# The other modifiers.
relative-noise rastrigin -2.6,3.4 500 momentum:lr=0.01,noise=0.7/relative
sam peaks 0.1,1.2 500 momentum:lr=0.03,noise=1,sam=0.3
accumulate rastrigin -2.6,3.4 500 adam:lr=0.1,noise=5,accumulate=3
workers rastrigin -2.6,3.4 500 adam:lr=0.1,noise=5,workers=4
local-sgd rastrigin -2.6,3.4 500 momentum:lr=0.01,noise=5,workers=3/7
federated rastrigin -2.6,3.4 500 momentum:lr=0.01,noise=5,batch=4,dropout=0.1,federated=3/7/0.5/0.3
delay rastrigin -2.6,3.4 500 momentum:lr=0.002,delay=4
precision rastrigin -2.6,3.4 500 momentum:lr=0.02,precision=f16/64/on
precision-bf16 peaks 0.1,1.2 500 adam:lr=0.05,noise=1,precision=bf16
clip-value rastrigin -2.6,3.4 500 momentum:lr=0.02,clip_value=8
centralise-l1 ackley -3.4,2.7 500 momentum:lr=0.05,centralise=on,l1=0.2
cautious rastrigin -2.6,3.4 500 momentum:lr=0.01,momentum=0.98,cautious=kept
decay ackley -3.4,2.7 500 momentum:lr=0.05,momentum=0.99,decay=0.1
lookahead rastrigin -2.6,3.4 500 momentum:lr=0.02,momentum=0.97,lookahead=7/0.6
averages ackley -3.4,2.7 500 adamw:lr=0.1,noise=1,ema=0.95,swa=20/3
state8 rastrigin -2.6,3.4 500 adam:lr=0.3,state8=dynamic
# Changes during the run.
edits rastrigin -2.6,3.4 500 momentum:lr=0.01 100:lr=0.02 150:momentum=0.97 300:convention=keras
edits-betas peaks 0.1,1.2 500 adam:lr=0.1 50:beta2=0.9 120:beta1=0.5 200:bias_correction=off
edits-modifiers ackley -3.4,2.7 500 adamw:lr=0.1 50:noise=3 150:clip_norm=1 250:noise=off 300:schedule=cosine
# Line searches, Newton's methods and their kin; those that converge at once where they take longest.
gd-line-search rosenbrock -1.5,2 300 gd_line_search:c1=0.3,shrink=0.7
gd-line-search-wolfe peaks 0.1,1.2 60 gd_line_search:search=strong_wolfe,c2=0.1
newton rastrigin -2.6,3.4 100 newton:lr=0.9
damped-newton rastrigin -2.6,3.4 60 damped_newton:lr=0.5,beta=0.1
saddle-free-newton rastrigin -2.6,3.4 100 saddle_free_newton:lr=0.9
bfgs rosenbrock -1.5,2 60 bfgs:c2=0.5
bfgs-noise ackley -3.4,2.7 200 bfgs:lr=0.5,noise=0.1
lbfgs rosenbrock -1.5,2 60 lbfgs:history=3 10:history=1 20:history=7
lbfgs-clip peaks 0.1,1.2 60 lbfgs:lr=0.5,clip_norm=1,l2=0.01
conjugate-gradient rosenbrock -1.5,2 100 conjugate_gradient:lr=1
conjugate-gradient-dy beale 1.0,1.6 100 conjugate_gradient:formula=dai_yuan 20:formula=hestenes_stiefel 40:formula=fletcher_reeves
trust-region rosenbrock -1.5,2 60 trust_region:delta0=0.1
levenberg-marquardt himmelblau -0.1,-1.0 60 levenberg_marquardt:tau=1e-6
# A run that diverges: its last finite row is the same too.
diverged ravine -3.2,2.4 500 momentum:lr=0.3
# Values alone.
nelder-mead rosenbrock -1.5,2 120 nelder_mead:
cma-es rastrigin -2.6,3.4 200 cma_es:
cma-es-passive peaks 0.1,1.2 200 cma_es:sigma=0.5,population=12,active=off
spsa peaks 0.1,1.2 500 spsa:lr=0.3
simulated-annealing rastrigin -2.6,3.4 500 simulated_annealing:
simulated-annealing-cooling peaks 0.1,1.2 500 simulated_annealing:temperature=5,cooling=0.99
quantum-annealing two_wells 1.7,0.9 200 quantum_annealing:
particle-swarm rastrigin -2.6,3.4 200 particle_swarm: 50:w=0.9
quantum-particle-swarm rastrigin -2.6,3.4 200 quantum_particle_swarm:
differential-evolution rastrigin -2.6,3.4 200 differential_evolution: 50:strategy=best1bin
random-search ackley -3.4,2.7 200 random_search:
# More first-order and adaptive methods, on surfaces where the last bit shows.
qhm rastrigin -2.6,3.4 500 qhm:lr=0.02,beta=0.99
asgd rosenbrock -1.5,2 300 asgd:lr=0.0005,lambd=0.1,t0=50
adadelta rastrigin -2.6,3.4 500 adadelta:lr=3,eps=0.0001
amsgrad rastrigin -2.6,3.4 500 amsgrad:lr=0.3,beta2=0.9
amsgrad-optax rastrigin -2.6,3.4 500 amsgrad:lr=0.3,beta2=0.9,convention=optax
adamax rastrigin -2.6,3.4 500 adamax:lr=0.3
nadam rastrigin -2.6,3.4 500 nadam:lr=0.3
nadam-optax rastrigin -2.6,3.4 500 nadam:lr=0.3,convention=optax
radam rastrigin -2.6,3.4 500 radam:lr=0.1
radam-optax rastrigin -2.6,3.4 500 radam:lr=0.1,convention=optax
adabelief rastrigin -2.6,3.4 500 adabelief:lr=0.3
yogi rastrigin -2.6,3.4 500 yogi:lr=0.3
adan rastrigin -2.6,3.4 500 adan:lr=0.3,eps_root=1e-8
adopt rastrigin -2.6,3.4 500 adopt:lr=0.3
ademamix rastrigin -2.6,3.4 500 ademamix:lr=0.1,beta3=0.99
signum rosenbrock -1.5,2 300 signum:lr=0.01
rprop rosenbrock -1.5,2 300 rprop:lr=0.01
# Self-tuning and averaging.
polyak rosenbrock -1.5,2 300 polyak:max_lr=1
dog rastrigin -2.6,3.4 500 dog:init=0.001
prodigy rastrigin -2.6,3.4 500 prodigy:d0=0.01
schedule-free-sgd rastrigin -2.6,3.4 500 schedule_free_sgd:lr=0.03,beta=0.95,warmup=20 200:beta=0.5
schedule-free-adamw rastrigin -2.6,3.4 500 schedule_free_adamw:lr=0.3,weight_decay=0.01
hypergradient-sgd peaks 0.1,1.2 500 hypergradient_sgd:lr=0.01,beta=1e-5
hypergradient-adam rastrigin -2.6,3.4 500 hypergradient_adam:lr=0.1,beta=1e-4
# Layer-wise and matrix methods, and those that look at the diagonal of the Hessian.
adafactor rosenbrock -1.5,2 300 adafactor:lr=0.2,d=0.5
adafactor-optax rosenbrock -1.5,2 300 adafactor:lr=0.05,convention=optax
lamb rosenbrock -1.5,2 300 lamb:lr=0.02,weight_decay=0.01
lars rosenbrock -1.5,2 300 lars:lr=2,weight_decay=0.01
muon rosenbrock -1.5,2 300 muon:lr=0.02
muon-optax rosenbrock -1.5,2 300 muon:lr=0.02,nesterov=off,weight_decay=0.1,convention=optax
shampoo rastrigin -2.6,3.4 500 shampoo:lr=1
soap rastrigin -2.6,3.4 500 soap:lr=0.3
soap-axes rosenbrock -1.5,2 300 soap:lr=0.02,precondition_1d=off
sophia peaks 0.1,1.2 500 sophia:lr=0.05
sophia-optax rosenbrock -1.5,2 300 sophia:lr=0.02,interval=1,convention=optax
adahessian rastrigin -2.6,3.4 500 adahessian:lr=0.3
adahessian-power ackley -3.4,2.7 500 adahessian:lr=0.05,hessian_power=0.5
# On matrices: products, eigenvectors and Newton–Schulz steps of several sizes.
lsq-muon matrix_lsq own 200 muon:lr=0.05
lsq-shampoo matrix_lsq(k=8) own 200 shampoo:lr=1
lsq-adafactor matrix_lsq(k=3) own 200 adafactor:lr=0.1
memory-muon associative_memory own 200 muon:lr=0.2,nesterov=off
memory-soap associative_memory(k=5;a=3) own 200 soap:lr=0.1
memory-adahessian associative_memory(k=4;smoothing=0) own 200 adahessian:lr=0.1
";

/// Training runs, a line each: name and link.
pub const TRAININGS: &str = "
training-adam network=8-8&data=spiral(n=200)&steps=400&run=adam:lr=0.02,batch=10
training-dropout network=6-5(activation=relu/gelu;norm=batch/layer;init=he_normal)&data=moons(n=200)&steps=300&run=momentum:lr=0.05,batch=16,dropout=0.2&edit=1@100:lr=0.01
training-classes network=6(activation=swish)&data=gauss(n=200;classes=3)&steps=200&run=muon:lr=0.02,batch=16,clip_norm=1
training-federated network=5&data=xor(n=200)&steps=200&run=sgd:lr=0.1,batch=8,federated=3/5/0.9/0.1&edit=1@50:w3=0.5
training-f16 network=4-4(activation=elu;features=x/y/xy/sinx)&data=plane(n=200)&steps=200&run=sgd:lr=0.01,batch=16,precision=f16/64/on
";

/// The lines of the table without its headings.
pub fn rows() -> impl Iterator<Item = &'static str> {
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
    RUNS.lines().filter(is_row)
}

/// The name and the run of a line of the table.
pub fn named_spec(row: &str) -> (&str, RunSpec) {
    let words: Vec<_> = row.split_whitespace().collect();
    let [name, surface, start, steps, run, edits @ ..] = &words[..] else {
        panic!("not a run: {row}");
    };
    let (steps, edits) = (steps.parse().expect(row), edits.join(" "));
    let spec = if let Some((x, y)) = start.split_once(',') {
        let start = [x, y].map(|v| v.parse().expect(row));
        run_spec(surface, start, steps, run, &edits).expect(row)
    } else {
        matrix_run(surface, steps, run, &edits).expect(row)
    };
    (name, spec)
}

/// The fingerprint of a line of the table, after its name.
fn computed_line(row: &str) -> String {
    let (name, spec) = named_spec(row);
    format!("{name} {:016x}", trace(&spec).fingerprint())
}

/// The names and fingerprints as they come out here, in the form of the file.
pub fn computed() -> String {
    let trained = TRAININGS.lines().filter_map(|line| line.split_once(' ')).map(|(name, link)| {
        let (link, notices) = Link::read(link);
        assert!(notices.is_empty(), "{name}: {notices:?}");
        let record = train(&link.config.run_spec(0)).expect(name);
        format!("{name} {:016x}\n", record.fingerprint())
    });
    rows().map(|row| computed_line(row) + "\n").chain(trained).collect()
}

/// The lines in which the file and what comes out here differ.
pub fn differences() -> Vec<String> {
    let computed = computed();
    let (mut ours, mut written) = (computed.lines(), HASHES.lines());
    let mut found = Vec::new();
    loop {
        let (a, b) = (written.next(), ours.next());
        if a.is_none() && b.is_none() {
            return found;
        }
        if a != b {
            let (a, b) = (a.unwrap_or("nothing"), b.unwrap_or("nothing"));
            found.push(format!("written: {a}; here: {b}"));
        }
    }
}
