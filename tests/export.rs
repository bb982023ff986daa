//! Runs as Python scripts. That they do what they say is tested by running them: `tests/python/run_scripts.py`.

use descent_lab::export::code::{Flavour, script};
use descent_lab::link::Link;
use descent_lab::optim;
use descent_lab::run::RunSpec;
use std::process::{Command, Output};

fn spec(link: &str) -> RunSpec {
    Link::read(link).0.config.run_spec(0)
}

fn written(link: &str, flavour: Flavour) -> String {
    script(&spec(link), flavour).unwrap_or_else(|why| panic!("{link}: {why}"))
}

fn export(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_descent-lab"))
        .arg("export")
        .args(args)
        .output()
        .expect("the program starts")
}

#[test]
fn every_optimizer_gives_a_script_for_every_library() {
    let mut by_library = [0, 0];
    for optimizer in optim::ALL {
        let link = format!("v=1&surface=himmelblau&steps=20&run={}", optimizer.key);
        for flavour in Flavour::ALL {
            let text = written(&link, flavour);
            assert!(text.contains("expected = {"), "{link}: nothing is checked");
            assert!(text.contains(&Link::of_run(&spec(&link)).write()), "{link}: not in the script");
            match flavour {
                Flavour::Pytorch => by_library[0] += usize::from(text.contains("optimizer = torch.optim.")),
                Flavour::Optax => by_library[1] += usize::from(text.contains("optimizer.update(")),
                Flavour::Numpy => {
                    assert!(!text.contains("import torch") && !text.contains("import jax"), "{link}");
                }
            }
            let is_by_library = text.contains("optimizer = ");
            assert!(
                is_by_library
                    || flavour == Flavour::Numpy
                    || text.replace("\n# ", " ").contains("is written out in NumPy"),
                "{link}"
            );
        }
    }
    // Those that torch.optim has and that agree with it on a surface; the same of optax.
    assert_eq!(by_library, [16, 21]);
}

#[test]
fn a_script_calls_the_library_as_one_would_by_hand() {
    let text = written(
        "v=1&surface=rosenbrock&run=adam:lr=0.05,schedule=cosine,clip_norm=1&edit=1@100:eps=1e-6",
        Flavour::Pytorch,
    );
    for line in [
        "optimizer = torch.optim.Adam([w], lr=0.05)",
        "scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=500)",
        "    return (a - x)**2 + b * (y - x**2)**2",
        "    torch.nn.utils.clip_grad_norm_([w], 1.0)",
        "    if step == 100:",
        "        optimizer.param_groups[0][\"eps\"] = 1e-6",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    let text = written("v=1&surface=rosenbrock&run=adam:lr=0.05", Flavour::Optax);
    assert!(text.contains("\noptimizer = optax.adam(0.05)\n"), "{text}");
    assert!(!text.contains("def normal"), "nothing is drawn at random");
}

#[test]
fn where_the_library_lacks_something_the_script_says_so() {
    let text = written("v=1&surface=rosenbrock&run=adam:lr=0.05,lookahead=5", Flavour::Pytorch);
    assert!(text.contains("# torch.optim has no Adam with these settings"), "{text}");
    assert!(text.contains("class Lookahead") && text.contains("value(w).backward()"), "{text}");
}

#[test]
fn a_diverged_run_is_repeated_up_to_its_last_finite_row() {
    let text = written("v=1&surface=rosenbrock&start=-1.5,2&run=sgd:lr=0.01", Flavour::Numpy);
    let last = descent_lab::run::trace(&spec("v=1&surface=rosenbrock&start=-1.5,2&run=sgd:lr=0.01")).last();
    assert!(text.contains(&format!("for step in range({last}):  # of 500: at step {}", last + 1)), "{text}");
}

#[test]
fn names_of_parameters_cannot_be_words_of_the_script() {
    let link = "v=1&surface=custom(lambda=1;value=2;np=3;path=4)&f=lambda*x^2+value*y^2+np*x+path*y&run=adam:lr=0.05";
    for flavour in Flavour::ALL {
        let text = written(link, flavour);
        for line in ["lambda_ = 1.0", "value_ = 2.0", "path_ = 4.0"] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
        assert!(text.contains("lambda_ * x**2 + value_ * y**2"), "{text}");
    }
}

#[test]
fn a_hostile_link_cannot_break_out_of_its_comment() {
    let evil = [
        "v=1&surface=custom&f=x%0Aimport%20os&run=adam",
        "v=1&surface=custom&f=x%22%22%22%0Dimport os&run=adam",
        "v=1&surface=custom(a%0Aimport os=1)&f=a*x^2&run=adam",
        "v=1&surface=rosenbrock&theme=%0Aimport os&run=adam%0Aimport os",
        "v=1&surface=custom&f=%E2%80%AEx^2%E2%80%A8import os&run=sgd",
    ];
    let mut read = 0;
    for link in evil {
        let config = Link::read(link).0.config;
        if config.runs.is_empty() {
            continue;
        }
        read += 1;
        let spec = config.run_spec(0);
        for flavour in Flavour::ALL {
            // A function that cannot be read gives no script; what else is wrong is left out.
            let Ok(text) = script(&spec, flavour) else { continue };
            assert!(!text.contains("import os"), "{link}\n{text}");
            let head = text.lines().take_while(|l| !l.is_empty());
            assert!(
                head.count() > 3 && text.lines().take_while(|l| !l.is_empty()).all(|l| l.starts_with('#')),
                "{text}"
            );
            assert!(
                text.chars().all(|c| c == '\n' || !c.is_control() && !('\u{2028}'..='\u{202e}').contains(&c)),
                "{link}"
            );
        }
    }
    assert!(read >= 4, "most have a run: {read}");
}

#[test]
fn what_cannot_be_exported_says_why() {
    let why = |link: &str| script(&spec(link), Flavour::Numpy).expect_err(link);
    assert!(why("v=1&network=4&data=circle&run=adam").contains("networks"));
    assert!(why("v=1&surface=rastrigin&run=levenberg_marquardt").contains("sum of squares"));
    assert!(why("v=1&surface=custom&f=ln(x)&start=-1,1&run=adam").contains("not finite at the start"));
}

#[test]
fn the_command_line_writes_one_run() {
    let runs = ["--surface", "booth", "--steps", "5", "--run", "sgd:lr=0.01", "--run", "adam"];
    let two = export(&[&runs[..], &["--to", "numpy"]].concat());
    assert_eq!(two.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&two.stderr).contains("choose one with --run 1 to --run 2"));
    let second = export(&[&runs[..], &["--to", "numpy", "--run", "2"]].concat());
    assert!(String::from_utf8_lossy(&second.stdout).contains("class Adam:"));
    let csv = export(&["--link", "#v=1&surface=booth&steps=5&run=sgd&run=adam", "--to", "csv", "--run", "1"]);
    assert_eq!(String::from_utf8_lossy(&csv.stdout).lines().count(), 7);
    let third = export(&[&runs[..], &["--to", "numpy", "--run", "3"]].concat());
    assert!(String::from_utf8_lossy(&third.stderr).contains("there is no run 3"));
    assert!(String::from_utf8_lossy(&export(&runs).stderr).contains("--to is missing"));
}

#[test]
fn the_command_line_writes_a_file() {
    let path = std::env::temp_dir().join(format!("descent-lab-{}.py", std::process::id()));
    let name = path.to_string_lossy().into_owned();
    let args = ["--surface", "booth", "--steps", "5", "--run", "adam", "--to", "pytorch", "--out", &name];
    let o = export(&args);
    let text = std::fs::read_to_string(&path).expect("a file");
    assert!(o.stdout.is_empty() && text.contains("torch.optim.Adam"));
    let said = format!("descent-lab: wrote {name}, {} bytes\n", text.len());
    assert_eq!(String::from_utf8_lossy(&o.stderr), said);
    std::fs::remove_file(&path).expect("removed");
    let o = export(&[&args[..], &["--quiet"]].concat());
    assert!(o.status.success() && o.stdout.is_empty() && o.stderr.is_empty());
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), text);
    std::fs::remove_file(&path).expect("removed");
}
