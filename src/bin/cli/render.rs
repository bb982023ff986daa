//! `descent-lab render`: figures of what a link shows.

use super::{Answer, HELP, Usage, chosen, read_link, read_words, write_file};
use descent_lab::link::Link;
use descent_lab::math::decimal;
use descent_lab::scene::figure::{Colours, Figure, Frame, Material, Plan, What, png, title, words};
use descent_lab::scene::raster::Raster;
use lexopt::prelude::{Long, Short};
use lexopt::{Arg, ValueExt};
use std::path::{Path, PathBuf};

/// How much finer a picture may be than its size in pixels.
const SCALES: (f64, f64) = (0.25, 8.0);

/// What was asked for.
struct Asked {
    link: Link,
    plan: Plan,
    scale: f64,
    open: usize,
    out: PathBuf,
    quiet: bool,
}

/// Draws a figure into a file; says which.
pub fn render_command(parser: lexopt::Parser) -> Result<Answer, Usage> {
    let Some(Asked { mut link, plan, scale, open, out, quiet }) = asked(parser)? else {
        return Ok(HELP.into());
    };
    let kind = kind(&out)?;
    let step = link.step.unwrap_or(link.config.steps).min(link.config.steps);
    link.step = Some(step);
    let address = format!("#{}", link.write());
    let figure = Figure::new(Material::of(link, open), plan).map_err(Usage)?;
    let file = match kind {
        Kind::Svg => figure.svg(step, &address).into_bytes(),
        Kind::Png => pixels(&figure, step, scale, &address)?,
    };
    write_file(&out, &file, quiet)
}

/// The figure as a PNG file.
fn pixels(figure: &Figure, step: u32, scale: f64, address: &str) -> Result<Vec<u8>, Usage> {
    let ((width, height), zoom) = figure.size_px();
    let mut raster = Raster::new(width, height, zoom * scale)
        .ok_or_else(|| Usage("a picture is at most 16384 pixels wide and high".to_owned()))?;
    figure.paint(&mut raster, step);
    let material = figure.material();
    let said = [
        ("Title", title(&material.link)),
        ("Description", words(material, step)),
        ("Software", "Descent Lab".to_owned()),
        ("Link", address.to_owned()),
    ];
    let said: Vec<(&str, &str)> = said.iter().map(|(key, text)| (*key, text.as_str())).collect();
    png::encode(&raster.pixels(), &said).map_err(Usage)
}

#[derive(Clone, Copy)]
enum Kind {
    Svg,
    Png,
}

fn kind(out: &Path) -> Result<Kind, Usage> {
    match out.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(Kind::Svg),
        Some("png") => Ok(Kind::Png),
        _ => Err(Usage(format!("--out: {} ends in neither .svg nor .png", out.display()))),
    }
}

/// Two numbers with an x between them.
fn size(text: &str) -> Result<(f64, f64), Usage> {
    let side = |text: &str| decimal::parse(text).filter(|v| v.fract() == 0.0);
    text.split_once(['x', '×'])
        .and_then(|(width, height)| Some((side(width)?, side(height)?)))
        .ok_or_else(|| Usage(format!("--size: {text} is not a width and a height, such as 800x600")))
}

fn asked(mut parser: lexopt::Parser) -> Result<Option<Asked>, Usage> {
    let (mut given, mut fragment, mut step) = (Vec::new(), None, None);
    let (mut quiet, mut exact) = (false, false);
    let (mut plan, mut colours, mut scale, mut open, mut out) = (Plan::default(), None, 1.0, 1, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(None),
            Long("link") => fragment = Some(parser.value()?.string()?),
            Short('o') | Long("out") => out = Some(PathBuf::from(parser.value()?)),
            Long("quiet") => quiet = true,
            Long("exact") => exact = true,
            Long("what") => plan.what = chosen("what", &parser.value()?.string()?, &What::ALL)?,
            Long("theme") => colours = Some(chosen("theme", &parser.value()?.string()?, &Colours::ALL)?),
            Long("frame") => {
                let frames = [("paper", Frame::Paper), ("page", Frame::Page)];
                plan.frame = chosen("frame", &parser.value()?.string()?, &frames)?;
            }
            Long("size") => plan.size_px = size(&parser.value()?.string()?)?,
            Long("scale") => scale = parser.value()?.parse()?,
            Long("step") => step = Some(parser.value()?.parse()?),
            Long("open") => open = parser.value()?.parse()?,
            Long(key) => {
                let key = key.to_owned();
                given.push((key, parser.value()?.string()?));
            }
            Arg::Short(_) | Arg::Value(_) => return Err(arg.unexpected().into()),
        }
    }
    let out = out.ok_or_else(|| Usage("--out is missing, for example --out figure.svg".to_owned()))?;
    if !(SCALES.0..=SCALES.1).contains(&scale) {
        return Err(Usage(format!("--scale: from {} to {}", SCALES.0, SCALES.1)));
    }
    let mut link = match fragment {
        Some(_) if !given.is_empty() => {
            return Err(Usage(format!("--link says everything; --{} does not go with it", given[0].0)));
        }
        Some(fragment) => read_link(&fragment)?,
        None => read_words(given)?,
    };
    link.step = step.or(link.step);
    plan.colours = colours.unwrap_or_else(|| link.theme.into());
    plan.part = exact.then(|| link.config.visible());
    // A finer picture has a finer map.
    plan.detail = scale;
    if open == 0 || open > link.config.runs.len().max(1) {
        return Err(Usage(format!("--open: there is no run {open}, only {}", link.config.runs.len())));
    }
    Ok(Some(Asked { link, plan, scale, open: open - 1, out, quiet }))
}
