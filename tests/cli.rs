//! The command line, run as a program.

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_descent-lab")).args(args).output().expect("the program starts")
}

fn out(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned()
}

fn err(o: &Output) -> String {
    String::from_utf8_lossy(&o.stderr).into_owned()
}

#[test]
fn trace_prints_a_header_and_a_row_a_step() {
    let o = run(&[
        "trace",
        "--surface",
        "ravine",
        "--start=1,1",
        "--steps",
        "3",
        "--run",
        "sgd:lr=0.01",
        "--run",
        "adam",
    ]);
    let text = out(&o);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "run,step,x,y,loss,grad_norm,lr,evaluations");
    assert_eq!(lines[1], "1,0,1,1,10.5,20.024984394500787,0.01,0");
    assert_eq!(lines[2], "1,1,0.99,0.8,6.890050000000001,16.03059886591889,0.01,1");
    assert_eq!(lines.len(), 1 + 4 + 4);
    assert!(lines[5].starts_with("2,0,"));
    assert_eq!(o.status.code(), Some(0));
}

#[test]
fn on_a_matrix_every_entry_has_a_column() {
    let args =
        ["trace", "--problem", "matrix_lsq(k=2)", "--steps", "2", "--run", "muon", "--run", "sgd:lr=0.1"];
    let text = out(&run(&args));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "run,step,x0,x1,x2,x3,loss,grad_norm,lr,evaluations");
    assert_eq!(lines.len(), 1 + 3 + 3);
    // sin(i + 2j)/2
    assert!(lines[1].starts_with("1,0,0,0.45464871341284085,0.42073549240394825,0.0705600040299336,"));
    let json = out(&run(&[&args[..], &["--format", "json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
    let muon = &json["runs"][0];
    assert_eq!(muon["x3"].as_array().map(Vec::len), Some(3));
    assert_eq!((&muon["x"], &muon["x4"]), (&serde_json::Value::Null, &serde_json::Value::Null));
}

#[test]
fn a_diverged_run_ends_with_its_last_finite_row_and_says_why_on_standard_error() {
    let o = run(&["trace", "--run", "sgd:lr=0.003"]);
    assert_eq!(o.status.code(), Some(0));
    assert!(err(&o).contains("exceeds 2/λmax"), "{}", err(&o));
    let text = out(&o);
    assert!(!text.contains("NaN") && !text.contains("inf"));
    assert!(text.lines().count() < 20);
    let json = out(&run(&["trace", "--run", "sgd:lr=0.003", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(json["runs"][0]["status"]["state"], "diverged");
    assert_eq!(json["runs"][0]["status"]["quantity"], "loss");
}

#[test]
fn a_link_gives_what_the_same_options_give() {
    let link =
        "https://example.org/lab/#v=1&surface=beale&start=1,1&steps=20&run=momentum:lr=0.01&edit=1@5:lr=0.02";
    let by_link = out(&run(&["trace", "--link", link]));
    let by_options = out(&run(&[
        "trace",
        "--start=1,1",
        "--surface",
        "beale",
        "--steps",
        "20",
        "--run",
        "momentum:lr=0.01",
        "--edit",
        "1@5:lr=0.02",
    ]));
    assert_eq!(by_link, by_options);
    assert_eq!(by_link.lines().count(), 22);
}

#[test]
fn bad_arguments_end_with_status_2_and_one_line_that_says_what_is_allowed() {
    for (args, part) in [
        (&["trace"][..], "--run is missing"),
        (&["trace", "--run", "adma"], "adamw"),
        (&["trace", "--run", "adam:lr=fast"], "a number from 0 to 1000000"),
        (&["trace", "--run", "adam", "--surface", "banana"], "rosenbrock"),
        (&["trace", "--run", "adam", "--problem", "banana"], "matrix_lsq"),
        (&["trace", "--run", "adam", "--problem", "matrix_lsq", "--start=1,1"], "a start of its own"),
        (&["trace", "--run", "adam", "--problem", "matrix_lsq", "--surface", "beale"], "has no plane"),
        (&["trace", "--run", "adam", "--steps", "0"], "from 1 to 20000"),
        (&["trace", "--run", "adam", "--format", "xml"], "csv, json"),
        (&["trace", "--run", "adam", "--stops", "3"], "--steps"),
        (&["trace", "--run", "adam", "--link", "#v=1"], "--link says everything"),
        (&["trace", "--run"], "missing argument"),
        (&["list", "cats"], "surfaces, problems, optimizers, schedules, modifiers"),
        (&["dance"], "trace, export, render, list"),
    ] {
        let o = run(args);
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        assert!(o.stdout.is_empty(), "{args:?}");
        assert!(err(&o).contains(part) && err(&o).trim().lines().count() == 1, "{args:?}: {}", err(&o));
    }
}

#[test]
fn list_names_every_key_with_its_parameters() {
    let text = out(&run(&["list"]));
    for word in [
        "rosenbrock",
        "adam",
        "cosine_restarts",
        "associative_memory",
        "clip_norm",
        "beta2",
        "0.999",
        "https://arxiv.org",
        "milestones          100/200/300",
        "0 to 20000",
        "f64 | f32 | bf16 | f16",
        "Izmailov",
    ] {
        assert!(text.contains(word), "{word}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(&["list", "schedules", "--format", "json"]))).expect("valid JSON");
    let list = |key: &str| {
        let entry = json.as_array().into_iter().flatten().find(|s| s["key"] == key);
        entry.expect(key)["list"].clone()
    };
    assert!(list("cosine").is_null());
    assert_eq!((&list("drawn")["key"], &list("drawn")["fewest"]), (&"factors".into(), &2.into()));
    assert_eq!(list("multi_step")["rising"], true);
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(&["list", "optimizers", "--format", "json"]))).expect("valid JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(descent_lab::optim::ALL.len()));
}

#[test]
fn a_network_is_trained_from_words_and_from_a_link_alike() {
    let words = [
        "trace",
        "--network",
        "4",
        "--data",
        "circle(n=60)",
        "--steps",
        "12",
        "--run",
        "adam:lr=0.05,batch=16",
    ];
    let from_words = out(&run(&words));
    let lines: Vec<&str> = from_words.lines().collect();
    assert_eq!(
        lines[0],
        "run,step,loss,test_loss,accuracy,test_accuracy,batch_loss,grad_norm,lr,evaluations"
    );
    assert_eq!(lines.len(), 14);
    let link = "#v=1&network=4&data=circle(n=60)&steps=12&run=adam:lr=0.05,batch=16";
    assert_eq!(out(&run(&["trace", "--link", link])), from_words);
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(&["trace", "--link", link, "--format", "json"]))).expect("JSON");
    let trained = &json["runs"][0];
    let (network, _) = descent_lab::link::Link::read(link);
    let record = descent_lab::train::train(&network.config.run_spec(0)).expect("a network");
    assert_eq!(trained["fingerprint"], format!("{:016x}", record.fingerprint()));
    assert_eq!(trained["weights"].as_array().map(Vec::len), Some(record.dim));
}

const SMALL: &str = "#v=1&surface=booth&steps=5&run=adam:lr=0.1";

#[test]
fn a_link_of_which_nothing_is_understood_ends_with_status_2_and_prints_nothing() {
    let file = std::env::temp_dir().join(format!("descent-lab-none-{}.svg", std::process::id()));
    let file = file.to_str().expect("plain letters");
    for (link, part) in [
        ("", "the link is empty"),
        ("#", "the link is empty"),
        ("https://example.org/lab/#", "the link is empty"),
        ("garbage", "garbage: not a word that links know"),
        ("#hello world&run=adma", "adma is not one of"),
        ("#v=1&foo=bar&surface=banana", "banana is not one of"),
        ("https://example.org/lab/", "not a word that links know"),
    ] {
        for args in [&["trace"][..], &["export", "--to", "csv"], &["render", "--out", file]] {
            let o = run(&[args, &["--link", link]].concat());
            assert_eq!(o.status.code(), Some(2), "{args:?} {link}");
            let last = err(&o).lines().last().unwrap_or_default().to_owned();
            assert!(o.stdout.is_empty() && err(&o).contains(part), "{args:?} {link}: {}", err(&o));
            assert!(last.starts_with("descent-lab: --link: "), "{last}");
        }
    }
    assert!(!std::path::Path::new(file).exists());
}

#[test]
fn what_is_understood_of_a_link_is_shown_and_the_rest_is_told_on_standard_error() {
    let plain = run(&["trace", "--link", SMALL]);
    assert_eq!((plain.status.code(), err(&plain).as_str()), (Some(0), ""));
    let more = run(&["trace", "--link", &format!("{SMALL}&colour=blue")]);
    assert_eq!(more.status.code(), Some(0));
    assert!(err(&more).contains("colour: not a word that links know"), "{}", err(&more));
    assert_eq!(out(&more), out(&plain));
    // What is left of these is no more than what is shown where nothing is said, and yet it is what they say.
    for link in
        ["#v=1", "#surface=rosenbrock&nonsense", "#v=1&network=4&steps=2&nonsense", "#run=sgd:speed=1"]
    {
        let o = run(&["trace", "--link", link]);
        assert_eq!(o.status.code(), Some(0), "{link}: {}", err(&o));
    }
}

#[test]
fn a_check_that_is_not_met_has_a_status_of_its_own() {
    let sealed = out(&run(&["trace", "--link", SMALL, "--check"]));
    let met = run(&["trace", "--link", sealed.trim()]);
    assert_eq!((met.status.code(), err(&met).as_str()), (Some(0), ""));
    let broken = format!("{SMALL}&check=00000000");
    let o = run(&["trace", "--link", &broken]);
    assert_eq!(o.status.code(), Some(3));
    assert!(err(&o).contains("check: "), "{}", err(&o));
    assert_eq!(out(&o), out(&met));
    // A new check is what was asked for here.
    let again = run(&["trace", "--link", &broken, "--check"]);
    assert_eq!((again.status.code(), out(&again)), (Some(0), sealed));
    assert!(out(&run(&["--help"])).contains("3 if the link's check= is not met"));
}

#[test]
fn help_is_a_command_too_and_nothing_at_all_is_told_how_to_begin() {
    let help = out(&run(&["--help"]));
    for args in [&["help"][..], &["help", "trace"], &["help", "render"], &["-h"], &["help", "--help"]] {
        let o = run(args);
        assert_eq!((o.status.code(), out(&o)), (Some(0), help.clone()), "{args:?}");
    }
    for args in [&["help", "dance"][..], &["help", "trace", "export"]] {
        assert_eq!(run(args).status.code(), Some(2), "{args:?}");
    }
    let o = run(&[]);
    assert_eq!((o.status.code(), o.stdout.len()), (Some(2), 0));
    let said = err(&o);
    assert!(said.contains("usage: ") && said.contains("--help") && said.lines().count() < 10, "{said}");
}
