//! The words `data`, `formula` and `points`.

use super::{MAX_FORMULA, Notices, call};
use crate::grammar;
use crate::net::DataSpec;
use crate::net::data::{self, Generator, Makes, points};
use crate::param::{as_index, as_seed, find, shorten};

pub fn read(
    value: Option<&str>,
    formula: Option<&str>,
    list: Option<&str>,
    notices: &mut Notices,
) -> DataSpec {
    let mut spec = DataSpec::default();
    let named = match (list, formula) {
        (Some(_), _) => "own",
        (None, Some(_)) => "formula",
        (None, None) => "circle",
    };
    let (name, inside) = value.map_or((named, ""), grammar::call);
    if let Some(generator) = data::find(name) {
        generator.key.clone_into(&mut spec.source);
        for part in notices.settings("data", inside) {
            if let Err(message) = setting(&mut spec, generator, &part) {
                notices.add("data", message);
            }
        }
    } else {
        let known: Vec<_> = data::all().iter().map(|g| g.key).collect();
        notices.add("data", format!("{} is not one of {}", shorten(name), known.join(", ")));
    }
    for (word, owner, given) in [("formula", "formula", formula), ("points", "own", list)] {
        let Some(text) = given else {
            continue;
        };
        let done = if spec.source != owner {
            Err(format!("left out, since data is {} and not {owner}", spec.source))
        } else if word == "formula" {
            read_formula(&mut spec, text)
        } else {
            points::decode(text)
                .map(|(points, regression)| (spec.points, spec.regression) = (points, regression))
        };
        if let Err(message) = done {
            notices.add(word, message);
        }
    }
    spec
}

fn read_formula(spec: &mut DataSpec, text: &str) -> Result<(), String> {
    if text.chars().count() > MAX_FORMULA {
        return Err(format!("longer than {MAX_FORMULA} characters; left out"));
    }
    text.clone_into(&mut spec.formula);
    Ok(())
}

fn setting(spec: &mut DataSpec, generator: &Generator, part: &str) -> Result<(), String> {
    let (key, value) = grammar::pair(part);
    let settings = generator.settings();
    let Some(i) = find(settings, key) else {
        let source = generator.key;
        if key == DataSpec::CLASSES.key {
            return Err(match generator.makes {
                Makes::Classes(_, most) => format!("{source} has {most} classes"),
                Makes::Numbers => format!("{source} has numbers and no classes"),
                Makes::Given => format!("{source} has the classes of its points"),
            });
        }
        let known: Vec<_> = settings.iter().map(|p| p.key).collect();
        return Err(format!("{source} has no setting {}: it has {}", shorten(key), known.join(", ")));
    };
    let value = settings[i].parse(value).map_err(|e| e.to_string())?;
    match key {
        "n" => spec.count = as_index(value),
        "noise" => spec.noise = value,
        "split" => spec.split = value,
        "seed" => spec.seed = as_seed(value),
        _ => spec.classes = as_index(value),
    }
    Ok(())
}

pub fn write(spec: &DataSpec) -> String {
    let plain = DataSpec::default();
    let settings = data::find(&spec.source).map_or(&[][..], Generator::settings);
    let moved = settings.iter().filter_map(|p| {
        let (value, default) = (value(spec, p.key), value(&plain, p.key));
        (value != default).then(|| format!("{}={}", p.key, p.format(value)))
    });
    call(&grammar::encode(&spec.source), &moved.collect::<Vec<_>>())
}

/// The value of a setting.
#[expect(clippy::cast_precision_loss, reason = "counts are small, and seeds are read as doubles")]
fn value(spec: &DataSpec, key: &str) -> f64 {
    match key {
        "n" => spec.count as f64,
        "noise" => spec.noise,
        "split" => spec.split,
        "seed" => spec.seed as f64,
        _ => spec.classes as f64,
    }
}
