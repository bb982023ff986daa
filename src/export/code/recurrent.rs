//! The surface that is no single expression: one recurrent unit over 50 steps.

use super::Flavour;
use super::function::Wanted;

/// Its value, gradient and Hessian.
pub fn function(flavour: Flavour, wanted: Wanted, called: impl Fn(&str) -> String) -> String {
    let sigmoid = match flavour {
        Flavour::Numpy => "sigmoid",
        Flavour::Pytorch => "torch.sigmoid",
        Flavour::Optax => "jax.nn.sigmoid",
    };
    let value = called("value");
    let mut text = format!(
        "def {value}(w):\n    x, y = w\n    s = 0.0 * x\n    for _ in range(50):\n        s = x * {sigmoid}(s) + y\n    return ({sigmoid}(s) - 0.7) ** 2\n"
    );
    if flavour == Flavour::Numpy {
        text = format!("def sigmoid(u):\n    return 1 / (1 + np.exp(-u))\n\n\n{text}");
        if wanted.gradient {
            text.push_str(&GRADIENT.replace("gradient(", &format!("{}(", called("gradient"))));
        }
        if wanted.hessian {
            text.push_str(&HESSIAN.replace("hessian(", &format!("{}(", called("hessian"))));
        }
    }
    text
}

const GRADIENT: &str = "

def gradient(w):
    x, y = w
    s, ds = 0.0, np.zeros(2)  # the state and its derivatives by x and y
    for _ in range(50):
        o = sigmoid(s)
        ds = x * o * sigmoid(-s) * ds + np.array([o, 1.0])
        s = x * o + y
    o = sigmoid(s)
    return 2 * (o - 0.7) * o * sigmoid(-s) * ds
";

const HESSIAN: &str = "

def hessian(w):
    x, y = w
    s, ds, dds = 0.0, np.zeros(2), np.zeros((2, 2))
    for _ in range(50):
        o = sigmoid(s)
        slope = o * sigmoid(-s)
        do = slope * ds
        ddo = slope * dds + slope * (1 - 2 * o) * np.outer(ds, ds)
        dds = x * ddo + np.array([[2 * do[0], do[1]], [do[1], 0.0]])
        ds = x * do + np.array([o, 1.0])
        s = x * o + y
    o = sigmoid(s)
    slope = o * sigmoid(-s)
    do = slope * ds
    ddo = slope * dds + slope * (1 - 2 * o) * np.outer(ds, ds)
    return 2 * np.outer(do, do) + 2 * (o - 0.7) * ddo
";
