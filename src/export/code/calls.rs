//! What functions are called in Python, and those that a script has to bring.

use super::Flavour;
use crate::expr::Unary;

/// The function of Python's `math` for plain numbers.
pub const fn plain(f: Unary) -> Option<&'static str> {
    Some(match f {
        Unary::Sin => "math.sin",
        Unary::Cos => "math.cos",
        Unary::Tan => "math.tan",
        Unary::Asin => "math.asin",
        Unary::Acos => "math.acos",
        Unary::Atan => "math.atan",
        Unary::Sinh => "math.sinh",
        Unary::Cosh => "math.cosh",
        Unary::Tanh => "math.tanh",
        Unary::Exp => "math.exp",
        Unary::Ln => "math.log",
        Unary::Log10 => "math.log10",
        Unary::Sqrt => "math.sqrt",
        Unary::Abs => "abs",
        _ => return None,
    })
}

/// What a function is called, and whether the script must bring it.
pub const fn called(f: Unary, flavour: Flavour) -> (&'static str, bool) {
    let differentiates = !matches!(flavour, Flavour::Numpy);
    let name = match f {
        Unary::Sin => "sin",
        Unary::Cos => "cos",
        Unary::Tan => "tan",
        Unary::Asin => "arcsin",
        Unary::Acos => "arccos",
        Unary::Atan => "arctan",
        Unary::Sinh => "sinh",
        Unary::Cosh => "cosh",
        Unary::Tanh => "tanh",
        Unary::Exp | Unary::Gauss | Unary::Neg => "exp",
        Unary::Ln => "log",
        Unary::Log10 => "log10",
        Unary::Sqrt => return ("sqrt", differentiates),
        Unary::Cbrt => return ("cbrt", differentiates),
        Unary::Abs => "abs",
        Unary::Sign => "sign",
        Unary::Floor => "floor",
        Unary::Sigmoid => match flavour {
            Flavour::Numpy => return ("sigmoid", true),
            Flavour::Pytorch => "sigmoid",
            Flavour::Optax => "jax.nn.sigmoid",
        },
        Unary::Relu => match flavour {
            Flavour::Numpy => return ("relu", true),
            Flavour::Pytorch => "relu",
            Flavour::Optax => "jax.nn.relu",
        },
        Unary::Softplus => match flavour {
            Flavour::Numpy | Flavour::Pytorch => return ("softplus", true),
            Flavour::Optax => "jax.nn.softplus",
        },
    };
    (name, false)
}

/// The functions that a script may have to bring.
pub fn helper(name: &str, flavour: Flavour) -> &'static str {
    match (name, flavour) {
        ("sigmoid", _) => "def sigmoid(u):\n    return 1 / (1 + np.exp(-u))\n",
        ("relu", _) => "def relu(u):\n    return max(u, 0.0)\n",
        ("softplus", Flavour::Numpy) => "def softplus(u):\n    return np.logaddexp(0, u)\n",
        ("softplus", _) => "def softplus(u):\n    return torch.logaddexp(torch.zeros_like(u), u)\n",
        ("sqrt", Flavour::Pytorch) => {
            "def sqrt(u):\n    \"\"\"The root, with slope 0 at 0: autograd alone would make it infinite.\"\"\"\n    \
             return torch.sqrt(u) if u != 0 else 0 * u\n"
        }
        ("sqrt", _) => {
            "def sqrt(u):\n    \"\"\"The root, with slope 0 at 0: jax.grad alone would make it infinite.\"\"\"\n    \
             return jnp.where(u == 0, 0.0, jnp.sqrt(jnp.where(u == 0, 1.0, u)))\n"
        }
        ("cbrt", Flavour::Pytorch) => {
            "def cbrt(u):\n    \"\"\"The cube root, of negative numbers too, with slope 0 at 0.\"\"\"\n    \
             return torch.sign(u) * torch.abs(u) ** (1 / 3) if u != 0 else 0 * u\n"
        }
        ("cbrt", _) => {
            "def cbrt(u):\n    \"\"\"The cube root, with slope 0 at 0.\"\"\"\n    \
             return jnp.where(u == 0, 0.0, jnp.cbrt(jnp.where(u == 0, 1.0, u)))\n"
        }
        _ => "",
    }
}
