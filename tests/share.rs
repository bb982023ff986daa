//! What is passed on: checks of runs, lines for other pages, codes for cameras.

use descent_lab::export::check;
use descent_lab::export::share::{Part, QR_BYTES, System, attribute, fragment, full, passed_on, qr, title};
use descent_lab::link::Link;
use std::process::Command;

const RACE: &str = "surface=rosenbrock&run=adam:lr=0.05&run=momentum:lr=0.0005&steps=60";

fn read(text: &str) -> Link {
    let (link, notices) = Link::read(text);
    assert!(notices.is_empty(), "{notices:?}");
    link
}

fn part<'a>(link: &'a str, title: &'a str) -> Part<'a> {
    Part { page: "https://host.example/lab/", link, title, height: 400 }
}

#[test]
fn a_check_is_met_by_the_runs_it_was_made_of_and_names_the_one_that_differs() {
    let link = read(RACE);
    let now = check::of(&link.config);
    assert_eq!(now.len(), 2);
    let sealed = read(&format!("{RACE}&check={}", check::write(&now)));
    assert_eq!(check::differs(&sealed, &now), None);
    assert_eq!(check::differs(&link, &now), None, "nothing is said without a check");
    let said = check::differs(&sealed, &[now[0], now[1] ^ 1]).expect("a difference");
    assert!(said.contains("run 2, Momentum (heavy ball),") && !said.contains("run 1"), "{said}");
    let fewer = read(&format!("{RACE}&run=sgd&check={}", check::write(&now)));
    let said = check::differs(&fewer, &check::of(&fewer.config)).expect("a difference");
    assert!(said.contains("of 2 runs, and there are 3"), "{said}");
}

#[test]
fn every_setting_that_changes_a_run_changes_its_check_and_nothing_else_does() {
    let of = |text: &str| check::of(&read(text).config);
    let now = of(RACE);
    for same in [
        "&chart=lr",
        "&view=-1,1,-1,1",
        "&overlays=step",
        "&step=5",
        "&theme=dark",
        "&lock=all",
        "&fan=8",
        "&ahead=0",
    ] {
        assert_eq!(of(&format!("{RACE}{same}")), now, "{same}");
    }
    for other in ["&start=1,2", "&noise=0.1", "&edit=1@3:lr=0.01", "&transform=rotate=3"] {
        assert_ne!(of(&format!("{RACE}{other}"))[0], now[0], "{other}");
    }
    assert_eq!(of(&format!("{RACE}&edit=1@3:lr=0.01"))[1], now[1]);
    let net = "network=4&data=circle(n=40)&steps=9&run=adam:lr=0.05,batch=8";
    assert_eq!(of(net), of(net));
    assert_ne!(of(net), of(&net.replace("0.05", "0.04")));
    assert_eq!(of("problem=matrix_lsq(k=3)&run=muon:lr=0.02&steps=20").len(), 1);
}

#[test]
fn the_command_line_makes_checks_and_tells_where_they_are_not_met() {
    let ends = |status: i32, args: &[&str]| {
        let o = Command::new(env!("CARGO_BIN_EXE_descent-lab")).args(args).output().expect("it starts");
        assert_eq!(o.status.code(), Some(status));
        [o.stdout, o.stderr].map(|bytes| String::from_utf8(bytes).expect("text"))
    };
    let run = |args: &[&str]| ends(0, args);
    let [sealed, _] = run(&["trace", "--link", RACE, "--check"]);
    let sealed = sealed.trim();
    let hashes = sealed.split("check=").nth(1).expect("a check").split('&').next().expect("its value");
    assert_eq!(hashes, check::write(&check::of(&read(RACE).config)));
    let [rows, said] = run(&["trace", "--link", sealed]);
    assert_eq!((rows.lines().count(), said.as_str()), (1 + 2 * 61, ""));
    let wrong = sealed.replace(&hashes[..8], "00000000");
    let [same, said] = ends(3, &["trace", "--link", &wrong]);
    assert!(same == rows && said.contains("check: An engine change altered run 1, Adam,"), "{said}");
    let [made, _] = run(&["trace", "--run", "adam", "--steps", "5", "--check"]);
    assert!(
        made.starts_with("#v=1&surface=rosenbrock&steps=5&run=adam") && made.contains("&check="),
        "{made}"
    );
}

#[test]
fn the_full_version_is_free_and_shows_the_same() {
    let text = format!(
        "{RACE}&step=9&embed=1&controls=none&hide=runs&lock=all&autoplay=visible&theme=dark&chart=lr&ahead=0"
    );
    assert_eq!(full(&read(&text)), read(&format!("{RACE}&step=9&theme=dark&chart=lr")));
}

#[test]
fn what_a_link_locks_and_hides_is_passed_on_and_what_makes_it_a_part_of_a_page_is_not() {
    let kept = "&step=9&theme=dark&hide=runs&lock=surface,time&ahead=0";
    let text = format!("{RACE}{kept}&embed=1&controls=none&autoplay=visible");
    assert_eq!(passed_on(&read(&text)), read(&format!("{RACE}{kept}")));
}

#[test]
fn titles_say_who_runs_where() {
    assert_eq!(title(&read(RACE)), "Adam and Momentum on Rosenbrock");
    assert_eq!(
        title(&read("surface=beale&run=adam&run=adam:lr=1&run=sgd&run=lion")),
        "Adam, Gradient descent and Lion on Beale"
    );
    assert!(title(&read("network=4&run=adam")).ends_with("on a small network"));
    assert_eq!(title(&read("surface=beale&run=none")), "Descent Lab: Beale");
}

#[test]
fn fragments_stand_in_addresses_and_read_back_the_same() {
    for text in [
        "surface=custom(a=1)&f=(a-x)^2+5*(y-x^2)^2 - sin(x)&run=newton",
        "surface=ravine(kappa=50;theta=30)&run=sgd:lr=0.03,schedule=multi_step(milestones=10/30;gamma=0.3)",
    ] {
        let link = read(text);
        let safe = fragment(&link.write());
        assert!(safe.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>'\\^`{|}#".contains(&b)), "{safe}");
        assert_eq!(read(&safe), link);
    }
    assert_eq!(fragment("a'\"<é>"), "a%27%22%3C%C3%A9%3E");
}

#[test]
fn nothing_breaks_out_of_an_attribute_a_string_or_a_fence() {
    assert_eq!(attribute("<a b='c' d=\"e\">&"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;");
    let evil = "\"><script>alert(1)</script>'`\\\n";
    for system in System::ALL {
        for element in [false, true] {
            let page = "https://host.example/it's/\"x/";
            let link = fragment(&format!("v=1&show={evil}"));
            let part = Part { page, link: &link, title: "A <b>&", height: 400 };
            let lines = part.lines(system, element);
            assert!(!lines.contains("<script>") && !lines.contains("<b>"), "{lines}");
            assert!(!lines.replace("\\\"", "").contains("/\"x/"), "{}: {lines}", system.name());
        }
    }
}

#[test]
fn each_system_gets_lines_that_it_reads() {
    let link = fragment(&Link { embed: true, ..read(RACE) }.write());
    let lines = |system, element| part(&link, "Adam & co").lines(system, element);
    let src = "src=\"https://host.example/lab/#v=1&amp;surface=rosenbrock&amp;steps=60&amp;run=adam:lr=0.05";
    let html = lines(System::Html, false);
    assert!(html.starts_with("<iframe ") && html.ends_with("</iframe>") && html.lines().count() == 1);
    assert!(
        html.contains(src) && html.contains("&amp;embed=1\"") && html.contains("title=\"Adam &amp; co\"")
    );
    let element = lines(System::Html, true);
    assert!(
        element.starts_with(
            "<script type=\"module\" src=\"https://host.example/lab/descent-lab.js\"></script>\n"
        )
    );
    assert!(element.contains("<descent-lab link=\"v=1&amp;surface=rosenbrock&amp;"), "{element}");
    assert_eq!(lines(System::MdBook, false), format!("<div>\n{html}\n</div>"));
    assert_eq!(lines(System::MkDocs, true), format!("<div>\n{element}\n</div>"));
    assert_eq!(lines(System::Sphinx, false), format!("```{{raw}} html\n{html}\n```"));
    assert_eq!(lines(System::Quarto, true), format!("```{{=html}}\n{element}\n```"));
    let jupyter = lines(System::Jupyter, false);
    assert!(jupyter.contains("IFrame(\"https://host.example/lab/#v=1&surface=rosenbrock&"), "{jupyter}");
    assert!(jupyter.ends_with("width=\"100%\", height=400)"));
    assert!(lines(System::Jupyter, true).contains("\\n\"\n    \"<descent-lab link=\\\"v=1&amp;"));
    assert!(lines(System::Docusaurus, false).contains("style={{ border: 0 }}"));
    let docusaurus = lines(System::Docusaurus, true);
    assert!(docusaurus.contains("{ src: \"https://host.example/lab/descent-lab.js\", type: \"module\" }"));
    assert!(docusaurus.contains("style={{ display: \"block\", height: 400 }}"));
    for system in System::ALL {
        assert!(!system.sentence(false).is_empty() && !system.sentence(true).is_empty());
    }
}

#[test]
fn codes_are_square_and_what_is_too_long_has_none() {
    let (size, path) = qr("https://host.example/#v=1").expect("a code");
    // 25 bytes at the lowest level of correction: version 2.
    assert_eq!(size, 25);
    assert!(path.starts_with("M0 0h1v1h-1z"), "the first finder pattern");
    assert!(path.matches('M').count() > 200);
    assert!(qr(&"a".repeat(QR_BYTES)).is_some());
    assert!(qr(&"a".repeat(QR_BYTES + 1)).is_none());
}
