//! Lists of points that someone pastes or opens.

use descent_lab::net::data::csv::{self, Labels, Options, Table};
use descent_lab::net::data::{self, points};
use proptest::prelude::*;
use std::time::Instant;

const PLAIN: Options = Options { labels: None, stretch: false };

fn table(text: &str) -> Table {
    csv::read(text, PLAIN).unwrap_or_else(|e| panic!("{text}: {e:?}"))
}

/// What is told of a list that cannot be read.
fn errors(text: &str) -> Vec<String> {
    csv::read(text, PLAIN).expect_err(text)
}

/// The points up to half a step of links.
#[track_caller]
fn close(got: &Table, want: &[[f64; 3]]) {
    assert_eq!(got.points.len(), want.len(), "{got:?}");
    for (p, q) in got.points.iter().zip(want) {
        let off = (0..3).map(|k| (p[k] - q[k]).abs()).fold(0.0, f64::max);
        assert!(off < 0.0016, "{p:?} is not {q:?}");
    }
}

#[test]
fn values_stand_between_commas_semicolons_tabs_or_spaces() {
    let want = [[1.0, 2.0, 0.0], [-3.0, 4.5, 1.0]];
    for text in [
        "1,2,0\n-3,4.5,1",
        "1, 2, 0\n-3, 4.5, 1\n",
        "1;2;0\r\n-3;4.5;1\r\n",
        "1\t2\t0\n-3\t4.5\t1",
        "  1   2 0\n-3 4.5\t 1",
        "\u{feff}x,y,label\n\n1,2,0\n   \n-3,4.5,1\n\n",
        "# two points\n1,2,0\n# the other\n-3,4.5,1",
        "1;2;0\n-3;4,5;1",
        "\"1\",\"2\",\"0\"\n\"-3\",\"4.5\",\"1\"",
        "1,2,0,\n-3,4.5,1,",
        "1e0,20e-1,0\n-3.0,+4.5,1.0",
    ] {
        let got = table(text);
        close(&got, &want);
        assert!(!got.regression && got.notes.is_empty(), "{got:?}");
    }
}

#[test]
fn a_header_may_name_the_columns() {
    let want = [[1.0, 2.0, 0.0], [-3.0, 4.5, 1.0]];
    for text in [
        "X,Y,Class\n1,2,0\n-3,4.5,1",
        "class;y;x\n0;2;1\n1;4.5;-3",
        "label x y\n0 1 2\n1 -3 4.5",
        "x,y,kind,weight\n1,2,0,9\n-3,4.5,1,9",
        "lon,lat,kind\n1,2,0\n-3,4.5,1",
    ] {
        close(&table(text), &want);
    }
    assert!(table("x,y,value\n1,2,0\n-3,4.5,1").regression, "the header says numbers");
    assert_eq!(errors("x,y,class\n1,2,0\n1,2,0.5"), ["line 3: 0.5 is no class, which is a whole number"]);
}

#[test]
fn labels_tell_whether_they_are_classes() {
    let got = table("0,0,7\n1,1,-2\n2,2,7\n3,3,40");
    close(&got, &[[0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [2.0, 2.0, 1.0], [3.0, 3.0, 2.0]]);
    assert_eq!(got.notes, ["The classes -2, 7, 40 were numbered from 0 to 2."]);
    assert!(table("0,0,0.5\n1,1,1").regression, "a fraction is a number");
    assert!(table("0,0,1\n0,0,2\n0,0,3\n0,0,4\n0,0,5\n0,0,6").regression, "six kinds are numbers");
    assert!(!table("0,0,1\n0,0,2\n0,0,3\n0,0,4\n0,0,5\n0,0,5").regression, "five kinds are classes");
    let force = |text: &str, labels| csv::read(text, Options { labels: Some(labels), ..PLAIN });
    assert!(force("0,0,0\n1,1,1", Labels::Numbers).expect("numbers").regression);
    assert_eq!(
        force("0,0,0\n\n1,1,0.25", Labels::Classes),
        Err(vec!["line 3: 0.25 is no class, which is a whole number".to_owned()])
    );
    assert_eq!(
        force("0,0,1\n0,0,2\n0,0,3\n0,0,4\n0,0,5\n0,0,6", Labels::Classes),
        Err(vec!["there are more than 5 classes: read the labels as numbers".to_owned()])
    );
    assert_eq!(table("0,0,3\n1,1,3").notes, ["The class 3 was numbered 0."]);
}

#[test]
fn columns_that_leave_the_square_are_brought_into_it_and_that_is_told() {
    let got = table("0,1,0.5\n50,2,0.25\n100,3,0");
    close(&got, &[[-5.0, 1.0, 0.5], [0.0, 2.0, 0.25], [5.0, 3.0, 0.0]]);
    assert_eq!(got.notes, ["The range of x from 0 to 100 was brought to −5 … 5."]);
    let got = table("0,1,1000.5\n1,2,3000\n2,3,2000.25");
    assert_eq!(got.notes, ["The range of the number from 1000.5 to 3000 was brought to −1 … 1."]);
    close(&got, &[[0.0, 1.0, -1.0], [1.0, 2.0, 1.0], [2.0, 3.0, 0.0]]);
    let got = table("9,0,0\n9,0,1");
    close(&got, &[[0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]);
    assert_eq!(got.notes, ["In all points x is 9, which became 0."]);
    let got = table("-1.7e308,0,0\n1.7e308,0,1\n0,0,1");
    close(&got, &[[-5.0, 0.0, 0.0], [5.0, 0.0, 1.0], [0.0, 0.0, 1.0]]);
    let stretch = Options { stretch: true, ..PLAIN };
    let got = csv::read("0,0,0\n0.5,0.25,1\n1,1,0", stretch).expect("points");
    close(&got, &[[-5.0, -5.0, 0.0], [0.0, -2.5, 1.0], [5.0, 5.0, 0.0]]);
    assert_eq!(got.notes.len(), 2);
}

#[test]
fn errors_say_the_line_and_what_is_wrong_with_it() {
    for (text, want) in [
        ("1,2,0\n1,2,1\nabc,2,0", "line 3: “abc” is no number"),
        ("1,2,0\n\n1,2", "line 3: 2 values, three are needed: x, y, label"),
        ("1,2,0\n1,2,3,4", "line 2: 4 values, three are needed: x, y, label"),
        ("1,2\n3,4,0", "line 1: 2 values, three are needed: x, y, label"),
        ("1,2,0\n1,,0", "line 2: a value is missing"),
        ("1,2,0\n1,inf,0", "line 2: “inf” is no number"),
        ("1,2,0\n1,NaN,0", "line 2: “NaN” is no number"),
        ("1,2,0\n1,1e999,0", "line 2: “1e999” is too large"),
        ("x,y,label\n1,2,0\nx,y,label", "line 3: “x” is no number"),
        ("x,y,a,label\n1,2,0,1\n1,2", "line 3: 2 values, fewer than the header"),
        ("", "there are no lines with x, y, label"),
        ("\n \n# nothing\n", "there are no lines with x, y, label"),
        ("x,y,label", "0 points is too few: at least two points are needed"),
        ("1,2,0", "one point is too few: at least two points are needed"),
    ] {
        assert_eq!(errors(text), [want], "{text}");
    }
    let many = errors(&format!("1,2,0\n{}", "?,2,0\n".repeat(100)));
    assert_eq!(many.len(), 5);
    assert_eq!(many[4], "line 6: “?” is no number");
    let long = errors(&format!("1,2,0\n{},2,0", "z".repeat(10_000)));
    assert!(long[0].len() < 100, "{long:?}");
}

#[test]
fn five_thousand_points_are_the_most() {
    let line = |n: usize| "1,2,0\n".repeat(n);
    assert_eq!(table(&line(5000)).points.len(), 5000);
    assert_eq!(errors(&line(5001)), ["line 5001: there are more than 5000 points"]);
    assert_eq!(errors(&"1,2,0\n".repeat(400_000)), ["2 MB are too much: 5000 points need less than 2 MB"]);
}

#[test]
fn a_megabyte_of_nonsense_is_refused_at_once() {
    for unit in [
        "x",
        ",",
        "1,",
        "1,2,0,",
        "\n",
        " ",
        "é,",
        "1e-300,1e-301,0\n",
        "1e300,1e299,1e298\n",
        "a,b\n",
        "#\n",
        ";,\t",
        "123456789012345678901234567890e-320,1,0\n",
        "\"",
        "x,y,label,",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let start = Instant::now();
        let done = csv::read(&text, PLAIN);
        let took = start.elapsed();
        assert!(took.as_millis() < 1000, "{unit:?}: {took:?}");
        if let Err(errors) = done {
            assert!(!errors.is_empty() && errors.iter().all(|e| e.len() < 200), "{unit:?}: {errors:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn saved_points_open_again_as_they_were(
        list in proptest::collection::vec((-6.0_f64..=6.0, -6.0_f64..=6.0, -6.0_f64..=6.0), 2..40),
        regression in any::<bool>(),
    ) {
        let list: Vec<_> = list.into_iter().map(|(x, y, v)| [x, y, v]).collect();
        let mut list = points::snap(&list, regression);
        if !regression {
            // Classes are numbered without gaps.
            let mut kinds: Vec<f64> = list.iter().map(|p| p[2]).collect();
            kinds.sort_by(f64::total_cmp);
            kinds.dedup();
            for p in &mut list {
                let class = kinds.iter().position(|k| *k == p[2]).unwrap();
                p[2] = f64::from(u32::try_from(class).unwrap());
            }
        }
        let back = csv::read(&points::csv(&list, regression), PLAIN).unwrap();
        prop_assert_eq!(back, Table { points: list, regression, notes: Vec::new() });
    }

    #[test]
    fn no_list_is_too_much_for_the_reader(
        text in "([-0-9.e,;\t x\"]{0,12}\n){0,12}|((-?[0-9]{1,2}(\\.[0-9])?|é|x)[,; ]){0,40}|\\PC{0,200}|([0-9]{1,3},[0-9]{1,3},[0-9](\\.5)?\n){0,10}",
        force in 0..3,
        stretch in any::<bool>(),
    ) {
        let labels = [None, Some(Labels::Classes), Some(Labels::Numbers)][usize::try_from(force).unwrap()];
        match csv::read(&text, Options { labels, stretch }) {
            Ok(table) => {
                let made = data::make(&points::own(&table.points, table.regression));
                prop_assert!(made.is_ok(), "{:?}", made);
                prop_assert_eq!(points::snap(&table.points, table.regression), table.points);
            }
            Err(errors) => prop_assert!(!errors.is_empty() && errors.len() <= 5),
        }
    }
}
