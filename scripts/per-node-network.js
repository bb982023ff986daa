// A network as objects, as a page would write it that draws each unit and each link: the rival of scripts/bench-network.mjs.
// It has the structure of TensorFlow Playground's (units that know their links, one example at a time, derivatives that are
// collected over a batch and then applied), and is written for this comparison.

/** Activations by what goes in: value and derivative, each from the sum. */
const ACTIVATIONS = {
  tanh: {
    value: (sum) => Math.tanh(sum),
    slope: (sum) => {
      const value = Math.tanh(sum);
      return 1 - value * value;
    },
  },
  linear: { value: (sum) => sum, slope: () => 1 },
};

class Link {
  constructor(from, to, weight) {
    this.from = from;
    this.to = to;
    this.weight = weight;
    this.slope = 0;
    this.collected = 0;
    this.count = 0;
  }
}

class Unit {
  constructor(bias, activation) {
    this.bias = bias;
    this.activation = activation;
    this.incoming = [];
    this.outgoing = [];
    this.sum = 0;
    this.output = 0;
    this.byOutput = 0;
    this.bySum = 0;
    this.collected = 0;
    this.count = 0;
  }

  update() {
    this.sum = this.bias;
    for (let i = 0; i < this.incoming.length; i += 1) {
      const link = this.incoming[i];
      this.sum += link.weight * link.from.output;
    }
    this.output = this.activation.value(this.sum);
    return this.output;
  }
}

export class PerNodeNetwork {
  /** `weights`: for each layer W row after row, then the biases, as the other network has them. */
  constructor(inputs, hidden, weights) {
    const sizes = [inputs, ...hidden, 1];
    let at = 0;
    this.layers = sizes.map((size, depth) => {
      const activation = depth === 0 || depth === sizes.length - 1 ? ACTIVATIONS.linear : ACTIVATIONS.tanh;
      return Array.from({ length: size }, () => new Unit(0, activation));
    });
    for (let depth = 1; depth < this.layers.length; depth += 1) {
      for (const unit of this.layers[depth]) {
        for (const from of this.layers[depth - 1]) {
          const link = new Link(from, unit, weights[at++]);
          unit.incoming.push(link);
          from.outgoing.push(link);
        }
      }
      for (const unit of this.layers[depth]) unit.bias = weights[at++];
    }
  }

  forward(inputs) {
    const [first, ...others] = this.layers;
    for (let i = 0; i < first.length; i += 1) first[i].output = inputs[i];
    let output = 0;
    for (const layer of others) {
      for (let i = 0; i < layer.length; i += 1) output = layer[i].update();
    }
    return output;
  }

  /** The derivatives of ½(output − target)² for the last example, added to those collected. */
  backward(target) {
    const [last] = this.layers[this.layers.length - 1];
    last.byOutput = last.output - target;
    for (let depth = this.layers.length - 1; depth > 0; depth -= 1) {
      const layer = this.layers[depth];
      for (let i = 0; i < layer.length; i += 1) {
        const unit = layer[i];
        unit.bySum = unit.byOutput * unit.activation.slope(unit.sum);
        unit.collected += unit.bySum;
        unit.count += 1;
      }
      for (let i = 0; i < layer.length; i += 1) {
        const unit = layer[i];
        for (let j = 0; j < unit.incoming.length; j += 1) {
          const link = unit.incoming[j];
          link.slope = unit.bySum * link.from.output;
          link.collected += link.slope;
          link.count += 1;
        }
      }
      if (depth === 1) continue;
      const before = this.layers[depth - 1];
      for (let i = 0; i < before.length; i += 1) {
        const unit = before[i];
        unit.byOutput = 0;
        for (let j = 0; j < unit.outgoing.length; j += 1) {
          const link = unit.outgoing[j];
          unit.byOutput += link.weight * link.to.bySum;
        }
      }
    }
  }

  /** A step of gradient descent with the mean of what is collected. */
  step(rate) {
    for (let depth = 1; depth < this.layers.length; depth += 1) {
      for (const unit of this.layers[depth]) {
        if (unit.count > 0) {
          unit.bias -= (rate * unit.collected) / unit.count;
          unit.collected = 0;
          unit.count = 0;
        }
        for (const link of unit.incoming) {
          if (link.count > 0) {
            link.weight -= (rate * link.collected) / link.count;
            link.collected = 0;
            link.count = 0;
          }
        }
      }
    }
  }

  /** `epochs` times over all examples in batches; `inputs` and `targets` in turn. */
  train(inputs, targets, epochs, batch, rate) {
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      for (let e = 0; e < inputs.length; e += 1) {
        this.forward(inputs[e]);
        this.backward(targets[e]);
        if ((e + 1) % batch === 0 || e + 1 === inputs.length) this.step(rate);
      }
    }
  }

  weights() {
    const all = [];
    for (const layer of this.layers.slice(1)) {
      for (const unit of layer) all.push(...unit.incoming.map((link) => link.weight));
      all.push(...layer.map((unit) => unit.bias));
    }
    return all;
  }
}
