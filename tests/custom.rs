//! Functions typed by the user in place of a surface: in links, in a session and under runs.

use descent_lab::expr::{self, Expr};
use descent_lab::link::Link;
use descent_lab::run::trace;
use descent_lab::scene::field::Field;
use descent_lab::session::{Command, Config, Session};
use descent_lab::surface::{self, Custom, SurfaceObjective, View, custom};

const BANANA: &str = "v=1&surface=custom(b=100)&f=(1-x)^2+b*(y-x^2)^2&start=-1.5,2&steps=60&run=adam:lr=0.05";

fn custom(text: &str) -> Custom {
    Custom::new(Expr::parse(text).expect(text))
}

fn notices(link: &str) -> Vec<String> {
    Link::read(link).1.iter().map(ToString::to_string).collect()
}

#[test]
fn a_link_with_a_function_is_written_as_it_was_read() {
    let (link, notices) = Link::read(BANANA);
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(link.write(), BANANA);
    // The order of words and of parameters, spaces and percent signs do not matter.
    let other = "f=z%20=%20c%20x%C2%B2+a%20y&run=sgd&surface=custom(a=2;c=-1)";
    let (link, notices) = Link::read(other);
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(link.config.surface.params[..2], [-1.0, 2.0]);
    assert_eq!(link.write(), "v=1&surface=custom(c=-1;a=2)&f=c*x^2+a*y&run=sgd:lr=0.001");
    assert_eq!(Link::read(&link.write()).0, link);
}

#[test]
fn a_run_is_the_same_on_a_typed_function_as_on_the_surface_that_it_repeats() {
    let typed = Link::read(BANANA).0.config;
    let built_in = Link::read("surface=rosenbrock&start=-1.5,2&steps=60&run=adam:lr=0.05").0.config;
    for method in ["adam", "newton", "lbfgs", "nelder_mead"] {
        let run = format!("&run={method}");
        let (mut a, mut b) = (typed.run_spec(0), built_in.run_spec(0));
        let settings = Link::read(&run).0.config.runs[0].settings.clone();
        (a.settings, b.settings) = (settings.clone(), settings);
        let (a, b) = (trace(&a), trace(&b));
        assert_eq!(a.status, b.status, "{method}");
        assert_eq!(a.x.len(), b.x.len());
        for (a, b) in a.x.iter().zip(&b.x) {
            assert!((a - b).abs() < 1e-6 * (1.0 + b.abs()), "{method}: {a} {b}");
        }
    }
    let spec = typed.run_spec(0);
    assert!(spec.is_here());
    assert_eq!(Link::read(&Link::of_run(&spec).write()).0.config.run_spec(0), spec);
}

#[test]
fn what_is_wrong_is_told_by_its_word_and_the_rest_is_kept() {
    for (link, want) in [
        ("surface=custom&f=x +", "f: character 4: Expected a number, a name or “(” after “+”."),
        ("surface=custom(b=2)&f=x", "surface: f has no parameter b: it has none"),
        ("surface=custom(b=2)&f=a x + c y", "surface: f has no parameter b: it has a, c"),
        ("surface=custom(a=no)&f=a x", "surface: a: no is not a number from -1000000000 to 1000000000"),
        ("surface=peaks&f=x", "f: left out, since it goes with surface=custom"),
        ("f=x", "f: left out, since it goes with surface=custom"),
    ] {
        assert_eq!(notices(link), [want], "{link}");
    }
    let (link, _) = Link::read("surface=custom&f=x +&steps=70");
    assert_eq!(link.config.surface.at(3.0, 4.0), 25.0);
    assert_eq!(link.config.steps, 70);
    assert!(notices("surface=custom").is_empty());
}

#[test]
fn a_text_that_is_no_function_stays_in_the_link_with_its_parameters() {
    for words in [
        "surface=custom(a=1.50;b=no)&f=a%20x%20+%20%26%25%23%20<b>",
        "surface=custom&f=",
        "surface=custom(a=1;b=2;c=3;d=4;g=5;h=6;k=7;l=8;m=9)&f=a+b+c+d+g+h+k+l+m",
        &format!("surface=custom&f={}", "x+".repeat(600)),
    ] {
        let (link, notices) = Link::read(words);
        assert_eq!(notices.len(), 1, "{words}: {notices:?}");
        let written = link.write();
        assert!(written.starts_with(&format!("v=1&{words}")), "{words}: {written}");
        assert_eq!(Link::read(&written).0, link);
        // Something is shown meanwhile, and whatever else is set leaves the text alone.
        assert_eq!(link.config.surface.at(3.0, 4.0), 25.0);
        let mut session = Session::new(link.config);
        let _ = session.apply(Command::SetSteps(70));
        let _ = session.apply(Command::SetStart([1.0, 0.5]));
        let custom = session.config().surface.custom.as_ref().expect("typed");
        assert!(custom.names().is_empty() && custom.inside().is_some());
        // A function puts an end to it.
        let mut function = SurfaceObjective::typed(self::custom("a x"));
        function.params[0] = 1.5;
        let _ = session.apply(Command::SetFunction(Box::new(function)));
        let written = Link { config: session.config().clone(), ..Link::default() }.write();
        assert!(written.contains("surface=custom(a=1.5)&f=a*x"), "{written}");
        let _ = session.apply(Command::Undo);
        assert!(session.config().surface.custom.as_ref().expect("typed").inside().is_some());
    }
}

#[test]
fn while_a_function_is_typed_parameters_of_the_same_name_start_and_view_stay() {
    let mut session = Session::new(Config::welcome());
    let type_in = |session: &mut Session, text: &str| {
        let _ = session.apply(Command::SetFunction(Box::new(SurfaceObjective::typed(custom(text)))));
    };
    type_in(&mut session, "a x^2 + b y^2");
    assert_eq!(session.config().start, custom::SPEC.start);
    let _ = session.apply(Command::EndGesture);
    let _ = session.apply(Command::SetSurfaceParam(1, 4.0));
    let _ = session.apply(Command::EndGesture);
    let _ = session.apply(Command::SetStart([1.0, 0.5]));
    let _ = session.apply(Command::EndGesture);
    let before = session.config().clone();
    type_in(&mut session, "b y^2 + k");
    type_in(&mut session, "b y^2 + k x^4");
    let surface = &session.config().surface;
    assert_eq!(surface.params[..2], [4.0, 1.0]);
    assert_eq!(surface.at(1.0, 2.0), 17.0);
    assert_eq!(session.config().start, [1.0, 0.5]);
    // What is typed in one go is undone in one go.
    let _ = session.apply(Command::Undo);
    assert_eq!(session.config(), &before);
    // A surface of the menu brings its own start again.
    let _ = session.apply(Command::SetSurface(surface::find("peaks").expect("listed")));
    assert!(session.config().surface.custom.is_none());
    assert_eq!(session.config().start, surface::find("peaks").expect("listed").start);
}

#[test]
fn the_picture_of_a_typed_function_has_its_values() {
    let mut surface = SurfaceObjective::typed(custom("sin(a x) + x^y"));
    surface.params[0] = 2.5;
    let mut field = Field::cells(View::square(2.0), 90, 7);
    field.compute(&surface);
    for (i, value) in field.values().iter().enumerate() {
        let (column, row) = (
            f64::from(u8::try_from(i % 90).expect("small")),
            f64::from(u8::try_from(i / 90).expect("small")),
        );
        let (dx, dy) = (4.0 / 90.0, 4.0 / 7.0);
        let want = surface.at(-2.0 + 0.5 * dx + column * dx, 2.0 - 0.5 * dy - row * dy);
        assert_eq!(value.to_bits(), want.to_bits());
    }
}

#[test]
fn a_surface_has_room_for_all_parameters_of_a_function() {
    assert_eq!(custom::MOST_PARAMS, expr::MOST_PARAMS);
    assert_eq!(custom::SPEC.params.len(), expr::MOST_PARAMS);
    assert!(surface::find(custom::SPEC.key).is_none(), "an entry of the menu that needs a text");
    assert_eq!(custom(custom::DEFAULT).text(), custom::DEFAULT);
}
