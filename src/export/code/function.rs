//! The function of a run as Python: its value, and where nothing differentiates it, its gradient, Hessian and residuals.

use super::Flavour;
use super::calls::helper;
use super::derive::derivative;
use super::graph::{Graph, Node};
use super::matrix;
use super::names;
use super::python::{Printer, float, number, returned};
use crate::expr::Expr;
use crate::run::RunSpec;
use crate::run::spec::Problem;
use crate::surface::typed::parameter_names;
use crate::surface::{SurfaceObjective, Transform, typed};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What a method asks about the function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub gradient: bool,
    pub hessian: bool,
    pub residuals: bool,
}

/// Sums of squares by their residuals, with the letters of `surface::typed`.
const RESIDUALS: &[(&str, &[&str])] = &[
    (
        "ravine",
        &[
            "(x cos(theta pi/180) + y sin(theta pi/180))/sqrt(2)",
            "sqrt(kappa/2)*(y cos(theta pi/180) - x sin(theta pi/180))",
        ],
    ),
    ("booth", &["x + 2y - 7", "2x + y - 5"]),
    ("rosenbrock", &["a - x", "sqrt(b)*(y - x^2)"]),
    ("beale", &["1.5 - x + x y", "2.25 - x + x y^2", "2.625 - x + x y^3"]),
    ("dixon_price", &["x - 1", "sqrt(2)*(2y^2 - x)"]),
    ("himmelblau", &["x^2 + y - 11", "x + y^2 - 7"]),
];

/// The function of a run.
///
/// # Errors
/// Why it cannot be written.
pub fn function(
    spec: &RunSpec,
    flavour: Flavour,
    wanted: Wanted,
    taken: &dyn Fn(&str) -> bool,
) -> Result<String, String> {
    match &spec.problem {
        Problem::Network(_) => Err("Runs on networks are not exported as code yet.".to_owned()),
        Problem::Matrix(problem) => matrix::function(problem, flavour, wanted),
        Problem::Surface(surface) => {
            let prefix = if surface.transform.is_some() { Some("surface") } else { None };
            let mut text = plain(surface, flavour, wanted, prefix, taken)?;
            if let Some(transform) = &surface.transform {
                text.push_str(&changed(transform, flavour, wanted));
            }
            Ok(text)
        }
    }
}

/// What its values are called: by themselves, or as the surface that is changed.
fn called(name: &str, prefix: Option<&str>) -> String {
    match (prefix, name) {
        (None, name) => name.to_owned(),
        (Some(prefix), "value") => prefix.to_owned(),
        (Some(prefix), name) => format!("{prefix}_{name}"),
    }
}

/// The expression of a surface, and the names of its parameters.
fn expression(surface: &SurfaceObjective) -> Result<(Expr, Vec<String>), String> {
    if let Some(custom) = &surface.custom {
        if custom.inside().is_some() {
            return Err("The function of this run cannot be read.".to_owned());
        }
        return Ok((custom.expr().clone(), custom.names().to_vec()));
    }
    let text = typed::text(surface).ok_or("This surface cannot be written as one expression.")?;
    let expr = Expr::parse(text).map_err(|e| e.message)?;
    let names = parameter_names(surface.spec.key).iter().map(|n| (*n).to_owned()).collect();
    Ok((expr, names))
}

fn read(graph: &mut Graph, expr: &Expr, names: &[String]) -> usize {
    let places: Vec<usize> =
        expr.params().iter().map(|name| names.iter().position(|n| n == name).unwrap_or(usize::MAX)).collect();
    graph.read(expr, &places)
}

fn plain(
    surface: &SurfaceObjective,
    flavour: Flavour,
    wanted: Wanted,
    prefix: Option<&str>,
    taken: &dyn Fn(&str) -> bool,
) -> Result<String, String> {
    if surface.spec.key == "recurrent_cliff" {
        return Ok(super::recurrent::function(flavour, wanted, |name| called(name, prefix)));
    }
    let (expr, original) = expression(surface)?;
    let names = names::safe(&original, taken);
    let values: Vec<f64> = surface.params.iter().copied().take(names.len()).collect();
    let mut graph = Graph::new(&values);
    let f = read(&mut graph, &expr, &original);
    let [dx, dy] = [Node::X, Node::Y].map(|by| derivative(&mut graph, f, by));
    let mut text = String::new();
    for (name, value) in names.iter().zip(&values) {
        let _ = writeln!(text, "{name} = {}", float(*value));
    }
    let is_flat = [dx, dy].iter().all(|d| graph.fixed(*d) == Some(0.0));
    let mut body = String::new();
    let mut helpers: BTreeSet<&'static str> = BTreeSet::new();
    {
        let mut printer = Printer::new(&graph, flavour, &names);
        let mut value = printer.expression(f);
        if is_flat && flavour != Flavour::Numpy {
            // Else there is nothing to differentiate.
            value = format!("0.0 * x + ({value})");
        }
        let _ = write!(body, "def {}(w):\n    x, y = w\n{}", called("value", prefix), returned(&value));
        helpers.extend(printer.helpers);
    }
    if flavour == Flavour::Numpy {
        if wanted.gradient {
            let name = called("gradient", prefix);
            body.push_str(&vector(&graph, &names, &[dx, dy], &name, &mut helpers));
        }
        if wanted.hessian {
            let [xx, xy] = [Node::X, Node::Y].map(|by| derivative(&mut graph, dx, by));
            let yy = derivative(&mut graph, dy, Node::Y);
            let name = called("hessian", prefix);
            let mut printer = Printer::new(&graph, flavour, &names);
            let (lines, parts) = printer.block(&[xx, xy, yy]);
            helpers.extend(printer.helpers);
            let _ = write!(body, "\n\ndef {name}(w):\n    x, y = w\n{}", indented(&lines));
            let _ = writeln!(body, "    xy = {}", parts[1]);
            let _ = writeln!(
                body,
                "    return np.array([[{}, xy], [xy, {}]]{})",
                parts[0],
                parts[2],
                dtype(&graph, &[xx, xy, yy])
            );
        }
    }
    if wanted.residuals {
        body.push_str(&residuals(surface, &original, &names, flavour, prefix, &mut helpers)?);
    }
    for name in helpers {
        let _ = write!(text, "\n\n{}", helper(name, flavour));
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&body);
    Ok(text.trim_start_matches('\n').to_owned())
}

fn indented(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |all, line| all + "    " + line + "\n")
}

/// What an array of numbers alone must be told, which could all be whole.
fn dtype(graph: &Graph, roots: &[usize]) -> &'static str {
    if roots.iter().all(|id| graph.fixed(*id).is_some()) { ", dtype=float" } else { "" }
}

/// A function that returns an array of these.
fn vector(
    graph: &Graph,
    names: &[String],
    roots: &[usize],
    name: &str,
    helpers: &mut BTreeSet<&'static str>,
) -> String {
    let mut printer = Printer::new(graph, Flavour::Numpy, names);
    let (lines, parts) = printer.block(roots);
    helpers.extend(printer.helpers);
    let dtype = dtype(graph, roots);
    let array = format!("np.array([{}]{dtype})", parts.join(", "));
    let mut text = format!("\n\ndef {name}(w):\n    x, y = w\n{}", indented(&lines));
    if array.len() <= 110 {
        let _ = writeln!(text, "    return {array}");
    } else {
        let _ = writeln!(text, "    return np.array([\n        {},\n    ])", parts.join(",\n        "));
    }
    text
}

/// r with f = Σ rᵢ², and the rows of its Jacobian.
fn residuals(
    surface: &SurfaceObjective,
    original: &[String],
    names: &[String],
    flavour: Flavour,
    prefix: Option<&str>,
    helpers: &mut BTreeSet<&'static str>,
) -> Result<String, String> {
    let texts = RESIDUALS.iter().find(|(key, _)| *key == surface.spec.key).map(|(_, texts)| *texts);
    let texts = texts.ok_or("This function is not written as a sum of squares.")?;
    let mut graph = Graph::new(&surface.params);
    let mut roots = Vec::new();
    for text in texts {
        let expr = Expr::parse(text).map_err(|e| e.message)?;
        roots.push(read(&mut graph, &expr, original));
    }
    let name = called("residuals", prefix);
    if flavour != Flavour::Numpy {
        let mut printer = Printer::new(&graph, flavour, names);
        let parts: Vec<String> = roots.iter().map(|r| printer.expression(*r)).collect();
        helpers.extend(printer.helpers);
        let stack = if flavour == Flavour::Pytorch { "torch.stack" } else { "jnp.array" };
        let r = format!("{name}_only");
        let (inside, rest) = match flavour {
            Flavour::Pytorch => (
                "torch.tensor(w)",
                format!(
                    "    J = torch.autograd.functional.jacobian({r}, w)\n    return {r}(w).numpy(), J.numpy()\n"
                ),
            ),
            _ => (
                "jnp.asarray(w)",
                format!("    return np.asarray({r}(w)), np.asarray(jax.jacobian({r})(w))\n"),
            ),
        };
        return Ok(format!(
            "\n\ndef {r}(w):\n    x, y = w\n    return {stack}([{}])\n\n\ndef {name}(w):\n    \"\"\"r with f = Σ rᵢ², and its Jacobian.\"\"\"\n    w = {inside}\n{rest}",
            parts.join(", ")
        ));
    }
    let mut rows = Vec::new();
    for root in &roots {
        rows.push([Node::X, Node::Y].map(|by| derivative(&mut graph, *root, by)));
    }
    let mut printer = Printer::new(&graph, flavour, names);
    let all: Vec<usize> = roots.iter().copied().chain(rows.iter().flatten().copied()).collect();
    let (lines, parts) = printer.block(&all);
    helpers.extend(printer.helpers);
    let (r, jacobian) = parts.split_at(roots.len());
    let jacobian: Vec<String> = jacobian.chunks(2).map(|row| format!("[{}]", row.join(", "))).collect();
    Ok(format!(
        "\n\ndef {name}(w):\n    \"\"\"r with f = Σ rᵢ², and its Jacobian.\"\"\"\n    x, y = w\n{}    r = np.array([{}])\n    return r, np.array([{}], dtype=float)\n",
        indented(&lines),
        r.join(", "),
        jacobian.join(", ")
    ))
}

/// The surface scaled, turned, moved and tilted: its formula is asked where the point came from.
fn changed(transform: &Transform, flavour: Flavour, wanted: Wanted) -> String {
    let values = Transform::values(Some(transform));
    let [degrees, wide, high, right, up, along_x, along_y] = values[..] else {
        return String::new();
    };
    let array = match flavour {
        Flavour::Numpy => "np.array",
        Flavour::Pytorch => "torch.tensor",
        Flavour::Optax => "jnp.array",
    };
    let (c, s) = transform.turned();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "\n\n# The surface is scaled by {} and {}, turned by {} degrees, moved by {} and {}: at w it has the value that its\n# formula has at C @ (w - shift).",
        number(wide),
        number(high),
        number(degrees),
        number(right),
        number(up)
    );
    let _ = writeln!(
        text,
        "C = {array}([[{}, {}], [{}, {}]])",
        float(c / wide),
        float(s / wide),
        float(-s / high),
        float(c / high)
    );
    let _ = writeln!(text, "shift = {array}([{}, {}])", float(right), float(up));
    let is_tilted = transform.is_tilted();
    if is_tilted {
        let _ = writeln!(
            text,
            "tilt = {array}([{}, {}])  # added to the slope everywhere",
            float(along_x),
            float(along_y)
        );
    }
    let tilt = if is_tilted { " + tilt @ w" } else { "" };
    let _ = write!(text, "\n\ndef value(w):\n    return surface(C @ (w - shift)){tilt}\n");
    if flavour == Flavour::Numpy {
        let tilt = if is_tilted { " + tilt" } else { "" };
        if wanted.gradient {
            let _ = write!(
                text,
                "\n\ndef gradient(w):\n    return C.T @ surface_gradient(C @ (w - shift)){tilt}\n"
            );
        }
        if wanted.hessian {
            text.push_str("\n\ndef hessian(w):\n    return C.T @ surface_hessian(C @ (w - shift)) @ C\n");
        }
    }
    if wanted.residuals {
        let m = match flavour {
            Flavour::Numpy => "C",
            _ => "np.asarray(C)",
        };
        let shift = if flavour == Flavour::Numpy { "shift" } else { "np.asarray(shift)" };
        let _ = write!(
            text,
            "\n\ndef residuals(w):\n    r, J = surface_residuals({m} @ (w - {shift}))\n    return r, J @ {m}\n"
        );
    }
    text
}

/// The name of the function, for people.
pub fn title(spec: &RunSpec) -> String {
    match &spec.problem {
        Problem::Surface(s) if s.custom.is_some() => "a function of your own".to_owned(),
        Problem::Surface(s) => s.spec.name.to_owned(),
        Problem::Matrix(m) => format!("{} ({} × {})", m.spec.name, m.side(), m.side()),
        Problem::Network(_) => "a network".to_owned(),
    }
}

/// Whether the smallest value is asked for and known.
pub fn minimum(spec: &RunSpec) -> String {
    spec.problem.objective().known_minimum().map_or("None".to_owned(), float)
}
