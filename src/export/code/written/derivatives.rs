//! Values and derivatives by a library, for methods written out in NumPy.

use crate::export::code::Flavour;
use crate::export::code::function::Wanted;
use std::fmt::Write;

/// What a method may ask of the function, by the library of the script; `has_value` where its value is asked for too.
pub fn derivatives(flavour: Flavour, wanted: Wanted, has_value: bool) -> String {
    match flavour {
        Flavour::Numpy => String::new(),
        Flavour::Pytorch => torch(wanted, has_value),
        Flavour::Optax => jax(wanted, has_value),
    }
}

fn torch(wanted: Wanted, has_value: bool) -> String {
    let mut text =
        String::from("\n\n# What the method below asks, on NumPy arrays; the derivatives are PyTorch's.\n");
    let mut functions = Vec::new();
    if has_value {
        functions.push("def value_at(x):\n    return value(torch.tensor(x)).item()\n");
    }
    if wanted.gradient {
        functions.push(
            "def gradient(x):\n    w = torch.tensor(x, requires_grad=True)\n    value(w).backward()\n    return w.grad.numpy()\n",
        );
    }
    if wanted.hessian {
        functions.push(
            "def hessian(x):\n    return torch.autograd.functional.hessian(value, torch.tensor(x)).numpy()\n",
        );
    }
    text.push_str(&functions.join("\n\n"));
    if functions.is_empty() { String::new() } else { text }
}

fn jax(wanted: Wanted, has_value: bool) -> String {
    let mut text =
        String::from("\n\n# What the method below asks, on NumPy arrays; the derivatives are JAX's.\n");
    let (mut compiled, mut functions) = (String::new(), String::new());
    for (on, name, by, how) in [
        (has_value, "value_at", "value_by_jax", "value"),
        (wanted.gradient, "gradient", "gradient_by_jax", "jax.grad(value)"),
        (wanted.hessian, "hessian", "hessian_by_jax", "jax.hessian(value)"),
    ] {
        if on {
            let _ = writeln!(compiled, "{by} = jax.jit({how})");
            let array = if name == "value_at" { "float" } else { "np.array" };
            let _ = write!(functions, "\n\ndef {name}(x):\n    return {array}({by}(x))\n");
        }
    }
    if compiled.is_empty() {
        return String::new();
    }
    text.push_str(&compiled);
    text + &functions
}
