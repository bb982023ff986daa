//! The Python that scripts are put together of: methods, modifiers, schedules, and what they share.
//!
//! A file's first line `# uses: a b` names what it needs of `shared`. Only what a run uses goes into its script.

/// A folder of pieces: key and text.
type Folder = &'static [(&'static str, &'static str)];

macro_rules! folder {
    ($folder:literal: $($key:ident)*) => {
        &[$((stringify!($key), include_str!(concat!($folder, "/", stringify!($key), ".py")))),*]
    };
}

const METHODS: Folder = folder!("methods":
    sgd momentum nesterov qhm asgd adagrad rmsprop adadelta adam adamw amsgrad adamax nadam radam adabelief
    yogi adan adopt ademamix lion signum rprop adafactor lamb lars muon shampoo soap polyak dog prodigy
    schedule_free_sgd schedule_free_adamw hypergradient_sgd hypergradient_adam gd_line_search newton
    damped_newton saddle_free_newton bfgs lbfgs conjugate_gradient trust_region levenberg_marquardt sophia
    adahessian nelder_mead cma_es spsa simulated_annealing quantum_annealing particle_swarm
    quantum_particle_swarm differential_evolution random_search
);

const MODIFIERS: Folder = folder!("modifiers":
    noise sam accumulate workers federated delay precision clip_norm clip_value centralise l1 l2 cautious decay
    lookahead ema swa state8
);

const SCHEDULES: Folder = folder!("schedules":
    constant linear step multi_step exponential inverse_time polynomial cosine cosine_restarts cyclic one_cycle
    inverse_sqrt rex warmup_stable_decay reduce_on_plateau drawn
);

const SHARED: Folder = folder!("shared":
    backtrack cholesky correction crew diagonal dot downhill layers mean_of_asked metropolis modifier over
    pipeline population product rng sampling schedule schedule_free step strong_wolfe symmetric_eigen
    trust_ratio
);

fn find(folder: Folder, key: &str) -> Option<&'static str> {
    folder.iter().find(|(k, _)| *k == key).map(|(_, text)| *text)
}

/// The class of a method.
pub fn method(key: &str) -> Option<&'static str> {
    find(METHODS, key)
}

/// The class of a modifier; none where it does nothing on a surface or a matrix.
pub fn modifier(key: &str) -> Option<&'static str> {
    find(MODIFIERS, key)
}

/// The function or class of a schedule.
pub fn schedule(key: &str) -> Option<&'static str> {
    find(SCHEDULES, key)
}

/// `cma_es` as `CmaEs`.
pub fn camel(key: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    key.split('_').map(part).collect()
}

/// Pieces of a script, each once and after what it uses.
#[derive(Default)]
pub struct Pieces {
    shared: Vec<&'static str>,
    texts: Vec<String>,
    /// Functions that the script itself calls.
    kept: Vec<String>,
    imports: Vec<&'static str>,
    /// Whether methods tell which vectors they keep, which only one modifier asks.
    pub tells_kept: bool,
}

impl Pieces {
    /// Adds a piece of `shared`.
    pub fn share(&mut self, key: &str) {
        if let Some((key, text)) = SHARED.iter().find(|(k, _)| *k == key)
            && !self.shared.contains(key)
        {
            self.shared.push(key);
            self.add(text);
        }
    }

    /// Adds a piece and what it uses.
    pub fn add(&mut self, text: &'static str) {
        self.add_as(text, "", "");
    }

    /// The same with something replaced in it.
    pub fn add_as(&mut self, text: &'static str, from: &str, to: &str) {
        let mut rest = text;
        if let Some((first, after)) = text.split_once('\n')
            && let Some(uses) = first.strip_prefix("# uses:")
        {
            for key in uses.split_whitespace() {
                self.share(key);
            }
            rest = after;
        }
        let mut body = String::new();
        let is_kept = |line: &str| {
            line.trim_start().starts_with("keeps = ") || line.trim_start().starts_with("self.keeps = ")
        };
        for line in rest.lines().filter(|line| self.tells_kept || !is_kept(line)) {
            if line.starts_with("import ") {
                if !self.imports.contains(&line) {
                    self.imports.push(line);
                }
            } else {
                body.push_str(line);
                body.push('\n');
            }
        }
        let body = body.trim_matches('\n').to_owned() + "\n";
        // Where a line was left out.
        let body = body.replace("\n\n\n    def", "\n\n    def");
        let body = if from.is_empty() { body } else { body.replace(from, to) };
        if !self.texts.contains(&body) {
            self.texts.push(body);
        }
    }

    /// Leaves a function in the script though no piece calls it.
    pub fn keep(&mut self, function: &str) {
        self.kept.push(function.to_owned());
    }

    /// The modules that they import beside NumPy and math.
    pub fn imports(&self) -> &[&'static str] {
        &self.imports
    }

    /// All of them, two empty lines apart: of shared functions only those that `also` or the others call, and of a step only
    /// what is asked.
    pub fn text(&self, also: &str) -> String {
        let is_step = |text: &str| text.starts_with("class Step:");
        let others: String = self.texts.iter().filter(|t| !is_step(t)).map(String::as_str).collect();
        let texts: Vec<String> =
            self.texts.iter().map(|t| if is_step(t) { pruned(t, &others) } else { t.clone() }).collect();
        called(&texts.join("\n\n"), also, &self.kept)
    }
}

/// The classes, and the functions that are called.
fn called(text: &str, also: &str, kept: &[String]) -> String {
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines() {
        let begins = line.starts_with("def ") || line.starts_with("class ");
        if begins || blocks.is_empty() {
            blocks.push(String::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    let name = |block: &str| block.strip_prefix("def ").and_then(|b| b.split('(').next()).map(str::to_owned);
    loop {
        let all: Vec<String> = blocks.clone();
        blocks.retain(|block| {
            name(block).is_none_or(|name| {
                if kept.contains(&name) {
                    return true;
                }
                let others = all.iter().filter(|other| *other != block).map(String::as_str);
                others.chain([also]).any(|other| mentions(other, &name))
            })
        });
        if blocks.len() == all.len() {
            break;
        }
    }
    blocks.iter().map(|b| b.trim_matches('\n').to_owned() + "\n").collect::<Vec<_>>().join("\n\n")
}

/// Whether a name stands in a text as a word, and not after a dot.
fn mentions(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(|c| is_part(c) || c == '.') && !after.is_some_and(is_part)
    })
}

/// A class without the methods that neither it nor the rest of the script calls.
fn pruned(class: &str, rest: &str) -> String {
    // The head with its __init__, then a block for each method with the comment before it.
    let mut blocks: Vec<(String, String)> = vec![(String::new(), String::new())];
    for line in class.lines() {
        if let Some(name) = line.strip_prefix("    def ").and_then(|l| l.split('(').next()) {
            blocks.push((name.to_owned(), String::new()));
        } else if line.starts_with("    #") {
            // Heads of groups of methods are left out.
            continue;
        }
        if let Some((_, text)) = blocks.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    let mut kept: Vec<bool> = blocks.iter().map(|(name, _)| name.is_empty() || name == "__init__").collect();
    kept.iter_mut().zip(&blocks).for_each(|(k, (name, _))| *k |= name == "advance");
    loop {
        let mut called = rest.to_owned();
        for ((_, text), _) in blocks.iter().zip(&kept).filter(|(_, kept)| **kept) {
            called.push_str(text);
        }
        let before = kept.clone();
        for (kept, (name, _)) in kept.iter_mut().zip(&blocks) {
            *kept |= called.contains(&format!(".{name}("));
        }
        if kept == before {
            break;
        }
    }
    let texts: Vec<&str> =
        blocks.iter().zip(&kept).filter(|(_, kept)| **kept).map(|((_, text), _)| text.trim_end()).collect();
    texts.join("\n\n") + "\n"
}
