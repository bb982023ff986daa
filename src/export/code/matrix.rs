//! The problems on a matrix as Python. Parameters are the rows of W one after the other.

use super::Flavour;
use super::function::Wanted;
use super::python::float;
use crate::matrix::MatrixObjective;
use std::fmt::Write;

/// The problem.
///
/// # Errors
/// Where it is not known here.
pub fn function(problem: &MatrixObjective, flavour: Flavour, wanted: Wanted) -> Result<String, String> {
    let module = match flavour {
        Flavour::Numpy => "np",
        Flavour::Pytorch => "torch",
        Flavour::Optax => "jnp",
    };
    let text = match problem.spec.key {
        "matrix_lsq" => least_squares(flavour, wanted),
        "associative_memory" => memory(problem, flavour, wanted),
        _ => return Err("This problem is not exported as code yet.".to_owned()),
    };
    let array = if flavour == Flavour::Pytorch { "torch.tensor(" } else { "jnp.asarray(" };
    let text = if flavour == Flavour::Numpy {
        text.replace("ARRAY(np.", "(np.")
            .replace("E, U, share, target = ARRAY(E), ARRAY(U), ARRAY(share), ARRAY(target)\n", "")
    } else {
        text.replace("ARRAY(", array)
    };
    Ok(text.replace("SIDE", &problem.side().to_string()).replace("LIB.", &format!("{module}.")))
}

fn least_squares(flavour: Flavour, wanted: Wanted) -> String {
    let mut text = "\
# ½‖A W − B‖² in a matrix W.
i, j = np.indices((SIDE, SIDE))
A = ARRAY(np.cos(i * j + 1.0) + 2.0 * np.eye(SIDE))
B = ARRAY(np.sin(i + 3.0 * j + 1.0))


def value(w):
    return 0.5 * ((A @ w.reshape(SIDE, SIDE) - B) ** 2).sum()
"
    .to_owned();
    if flavour == Flavour::Numpy {
        if wanted.gradient {
            text.push_str(
                "\n\ndef gradient(w):\n    return (A.T @ (A @ w.reshape(SIDE, SIDE) - B)).ravel()\n",
            );
        }
        if wanted.hessian {
            text.push_str("\n\ndef hessian(w):\n    return np.kron(A.T @ A, np.eye(SIDE))\n");
        }
    }
    if wanted.residuals {
        let a = if flavour == Flavour::Numpy { "A" } else { "np.asarray(A)" };
        let b = if flavour == Flavour::Numpy { "B" } else { "np.asarray(B)" };
        let _ = write!(
            text,
            "\n\ndef residuals(w):\n    \"\"\"r with f = Σ rᵢ², and its Jacobian.\"\"\"\n    half = math.sqrt(0.5)\n    return half * ({a} @ w.reshape(SIDE, SIDE) - {b}).ravel(), half * np.kron({a}, np.eye(SIDE))\n"
        );
    }
    text
}

fn memory(problem: &MatrixObjective, flavour: Flavour, wanted: Wanted) -> String {
    let [_, a, smoothing] = problem.params() else {
        return String::new();
    };
    let (log_softmax, entropy) = match flavour {
        Flavour::Numpy => (
            "logits - logits.max(axis=0) - np.log(np.exp(logits - logits.max(axis=0)).sum(axis=0))",
            "entropy",
        ),
        Flavour::Pytorch => ("torch.log_softmax(logits, dim=0)", "entropy"),
        Flavour::Optax => ("jax.nn.log_softmax(logits, axis=0)", "entropy"),
    };
    let mut text = format!(
        "\
# An associative memory: W is to turn the embedding of item i (column i of E) into logits that pick its answer (column i of U).
# Item i comes up in proportion to 1/iᵃ; answers are smoothed. f is the cross-entropy above its smallest possible value.
a, smoothing = {}, {}
i, j = np.indices((SIDE, SIDE))
E = np.where(j == 0, 1.0, math.sqrt(2)) / math.sqrt(SIDE) * np.cos(math.pi / SIDE * (i + 0.5) * j)
angle = 2 * math.pi / SIDE * (i * j % SIDE)
U = (np.cos(angle) + np.sin(angle)) / math.sqrt(SIDE)
share = np.arange(1.0, SIDE + 1.0) ** -a
share /= share.sum()
target = (1 - smoothing) * np.eye(SIDE) + smoothing / SIDE
entropy = sum(q * math.log(q) for q in target[:, 0] if q > 0)
E, U, share, target = ARRAY(E), ARRAY(U), ARRAY(share), ARRAY(target)


def log_probabilities(w):
    \"\"\"Column i: the logarithms of the probabilities of all answers for item i.\"\"\"
    logits = U.T @ w.reshape(SIDE, SIDE) @ E
    return {log_softmax}


def value(w):
    return (share * ({entropy} - (target * log_probabilities(w)).sum(0))).sum()
",
        float(*a),
        float(*smoothing)
    );
    if flavour == Flavour::Numpy {
        if wanted.gradient {
            text.push_str(
                "\n\ndef gradient(w):\n    return (U @ (share * (np.exp(log_probabilities(w)) - target)) @ E.T).ravel()\n",
            );
        }
        if wanted.hessian {
            text.push_str(
                "\n\ndef hessian(w):\n    h = np.zeros((SIDE**2, SIDE**2))\n    for i, s in enumerate(np.exp(log_probabilities(w)).T):\n        h += share[i] * np.kron(U @ (np.diag(s) - np.outer(s, s)) @ U.T, np.outer(E[:, i], E[:, i]))\n    return h\n",
            );
        }
    }
    text
}
