//! `descent-lab list`: the registries.

use super::{Answer, Format, HELP, Usage, format, pretty};
use descent_lab::export::json;
use descent_lab::param::number;
use lexopt::ValueExt;
use lexopt::prelude::{Long, Short, Value};
use serde_json::Value as Json;
use std::fmt::Write;

/// The word for a registry, and what lists it.
type Kind = (&'static str, fn() -> Json);

const KINDS: [Kind; 5] = [
    ("surfaces", json::surfaces),
    ("problems", json::problems),
    ("optimizers", json::optimizers),
    ("schedules", json::schedules),
    ("modifiers", json::modifiers),
];

/// Lists one registry, or all.
pub fn list_command(mut parser: lexopt::Parser) -> Result<Answer, Usage> {
    let mut kind: Option<String> = None;
    let mut output = Format::Text;
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(HELP.into()),
            Long("format") => {
                output = format(&mut parser, &[("text", Format::Text), ("json", Format::Json)])?;
            }
            Value(word) if kind.is_none() => kind = Some(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let chosen: Vec<_> =
        KINDS.iter().filter(|(name, _)| kind.as_deref().is_none_or(|k| k == *name)).collect();
    if chosen.is_empty() {
        let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        let given = kind.unwrap_or_default();
        return Err(Usage(format!("list: {given} is not one of {}", known.join(", "))));
    }
    if output == Format::Json {
        let value = match &chosen[..] {
            [(_, entries)] => entries(),
            all => all.iter().map(|(name, entries)| ((*name).to_owned(), entries())).collect(),
        };
        return Ok(pretty(&value).into());
    }
    let mut text = String::new();
    for (name, entries) in chosen {
        text.push_str(name);
        text.push('\n');
        for entry in entries().as_array().into_iter().flatten() {
            describe(entry, &mut text);
        }
    }
    Ok(text.into())
}

fn word<'a>(value: &'a Json, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Writing to a string cannot fail.
fn describe(entry: &Json, text: &mut String) {
    let _ = writeln!(text, "  {:<22}{}", word(entry, "key"), word(entry, "sentence"));
    for p in entry["params"].as_array().into_iter().flatten() {
        let range = match p["choices"].as_array() {
            Some(words) => words.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" | "),
            None => format!("{} to {}", p["min"], p["max"]),
        };
        let _ = writeln!(text, "    {:<20}{:<10}{range}", word(p, "key"), word(p, "default"));
    }
    if let Some(list) = entry.get("list").filter(|l| !l.is_null()) {
        let default: Vec<String> =
            list["default"].as_array().into_iter().flatten().filter_map(Json::as_f64).map(number).collect();
        let (fewest, most) = (&list["fewest"], &list["most"]);
        let (key, default) = (word(list, "key"), default.join("/"));
        let _ = writeln!(
            text,
            "    {key:<20}{default:<9} {fewest} to {most} numbers from {} to {}",
            list["min"], list["max"]
        );
    }
    if let Some(reference) = entry.get("reference").filter(|r| !r.is_null()) {
        let (authors, year) = (word(reference, "authors"), &reference["year"]);
        let _ = writeln!(text, "    {authors} {year}, {}", word(reference, "url"));
    }
}
