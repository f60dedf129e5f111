import type { SheetWords } from './sheetWords';
import { plural } from './words.en';

export const sheetEnglish: SheetWords = {
  title: name => `Formulas of ${name}`,
  about: (sizes, parameters, notation) =>
    `${sizes} · ${plural(parameters, 'parameter')} · notation \`${notation}\``,
  layers: (layers, inputs, outputs) => `${layers} layers, ${inputs} → ${outputs}`,
  idea: 'The idea',
  ideaText:
    'A network is a function: neurons joined by connections, computed layer by layer from the inputs to the outputs. Training asks how the loss changes with every weight and bias. Backpropagation answers with the chain rule, beginning at the loss: each neuron gets one number δ, computed once from those behind it and kept, and every gradient is δ times what came in.',
  forward: 'Forward',
  backward: 'Backward',
  loss: 'Loss',
  update: 'Update',
  symbols: 'Symbols',
  symbol: 'symbol',
  meaning: 'meaning',
  weightedInputOf: neuron => `weighted input of ${neuron}, before its activation`,
  activationOf: neuron => `activation of ${neuron}`,
  errorOf: neuron => `error term of ${neuron}: how the loss changes with its weighted input`,
  targetOf: neuron => `what ${neuron} should be`,
  learningRate: 'learning rate',
  lossSymbol: 'loss: everything that is descended, the penalty included',
  conventions: 'What is agreed',
  conventionList: [
    'Parameters are learned: weights and biases. Hyper-parameters are chosen by people: layers, units, activations, learning rate, batch size.',
    'A function that is given a vector acts on each element: f([2, 3]) = [f(2), f(3)].',
    '⊙ multiplies element by element: [1, 2] ⊙ [3, 4] = [3, 8]. Where one side is a single column, it is repeated.',
    'The loss of a sample depends on the outputs and their targets only; a penalty is a term of its own. Cross-entropies are computed from z instead of a, which is the same number and safe where e^z is large.',
    'Row j of a matrix of weights belongs to neuron j of the layer that the weights lead to.',
  ],
  mistakes: 'Common mistakes',
  mistakeList: [
    'Leaving f′(z) out of a hidden error term. It is 1 for linear neurons only; with sigmoids the gradients come out at least four times too large for each layer. The formula lab shows it.',
    'Mixing up where a layer’s number belongs: a weight is named by the layer that it leads to in some books, by the layer that it leaves in others. The table of symbols says both ends.',
    'Looking for weights behind the last layer, or for δ at the inputs. There are L layers, L − 1 of which have weights and δ.',
    'Counting from 0 in one formula and from 1 in the next. A notation counts one way; places in the file count from 0.',
    'Turning the sign twice: with δ = −∂C/∂z the update adds, with δ = ∂C/∂z it subtracts.',
    'Calling a sum of squares a mean: with a sum the step grows with the number of samples.',
    'Penalising biases. Unless the file says otherwise, only weights are.',
    'Believing that δ ≈ 0 means that a neuron is right: where f′(z) ≈ 0 it is saturated, and cannot learn.',
    'Starting with equal weights: the neurons of a layer then get equal gradients, and stay copies of each other for ever.',
    'Adding up δ over a layer and expecting the loss: they are slopes, not shares.',
  ],
  proof: 'The proof',
  proofText:
    'For any weight of this network the inspector shows the derivation line by line with its numbers, and all paths to the loss whose sum it is; Gradcheck compares the result with finite differences. In general: Michael Nielsen, [Neural Networks and Deep Learning, chapter 2](http://neuralnetworksanddeeplearning.com/chap2.html).',
};
