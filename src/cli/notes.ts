/** What the help of a command says below its options. */
import { RULE_NAMES } from './labRules';

export const TRAIN_NOTE = `A training that goes on from a checkpoint makes the same numbers, bit for bit, as one that was never stopped.
Network and data must be the same; the learning rates, --epochs (which counts those before the checkpoint) and
the stop rule may be others. Patience and maxSeconds count anew. Weights written by --out or --write lie in a file
beside the network (NAME.HASH.safetensors) when they are many or the network names such a file already.`;

export const SWEEP_NOTE = `Each learning rate is trained with each number of units and each seed, from weights of its seed, whatever the file has;
the file stays as it is. LIST: numbers with commas between them (0.1,0.3). Without a list the file's own is taken.
The table is sorted by the least loss. Exit code 1: every training diverged.`;

export const LAB_NOTE = `RULE, one or several with commas between them (drop-hidden,flip-sign):
${RULE_NAMES.map(name => `  ${name}`).join('\n')}

The file and the built-in rule stay as they are. Without --sample and --batch: for the first sample's own loss.
Exit code 1: a rule does not agree with finite differences.`;

export const RESULTS_NOTE = `With the parameters of the file, or those of its seed. Classes: of several outputs the largest, of one from ½ up a
yes; rows of the table are what is true, columns what was predicted. Numbers: R² is 1 − Σ(a − y)² / Σ(y − ȳ)².
A dash (null in JSON) stands for what is undefined: a share of nothing.
Other data than the network's own are brought to the scale of these, and have no classes but theirs.`;

export const EXPLAIN_NOTE = `PATH, as it stands in the file, everything counted from 0:
  layers[i].weights[j][k]  the weight from neuron k of the source to neuron j of layer i
  layers[i].bias[j]        a bias
  layers[i].neurons[j]     a neuron; its row of weights, layers[i].weights[j], means the same
  layers[i]                a layer
  input.neurons[k], input  one input, all of them
  loss                     the loss

Without --sample and --batch: for the first sample's own loss, without reduction and penalty.
With --matrix: forward, backward and gradients of the layer that PATH is in; of more than 12 neurons the first
and the last.
In JSON the texts "NaN", "Infinity" and "-Infinity" stand for numbers that are not finite.`;
