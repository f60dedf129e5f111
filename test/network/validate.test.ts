/** What is told of values that are right alone and do not go together: whole, and nothing else. */
import { describe, it } from 'vitest';
import { layer, network, withData } from './support/marked';
import { expectOnly } from './support/told';
import type { Told } from './support/told';

const layers = (...texts: string[]) => network({ layers: `[${texts.join(',\n')}]` });
const dense = (members: string) => `{ "type": "dense", ${members} }`;
const end = dense('"units": 1');
const image = (...texts: string[]) =>
  network({ input: '{ "shape": [3, 3, 1] }', layers: `[${texts.join(',\n')}]` });
const conv = (members: string) => `{ "type": "conv2d", "kernel": [3, 3], ${members} }`;
const loss = (type: string, last: string) =>
  network({ loss: `{ "type": «"${type}"» }`, layers: `[${last}]` });
const float64 = '{ "precision": "float64" }';

const rows: readonly Told[] = [
  [
    'warning version.missing version',
    '«{» "input": { "shape": [2] }, "layers": [{ "type": "dense", "units": 1 }] }',
    'version is missing: 1 is taken. Add "version": 1.',
  ],
  // the input
  [
    'error input.size input.shape',
    network({ input: '{ "shape": «[1048576, 2]» }', layers: '[{ "type": "flatten" }]' }),
    'input.shape makes 2,097,152 inputs, at most 1,048,576 are possible: make it smaller.',
  ],
  [
    'warning input.names input.names',
    network({ input: '{ "shape": [2], "names": «["a"]» }' }),
    'input.names has 1 name, input.shape makes 2 inputs: the names are not used. Give one name per input.',
  ],
  [
    'warning input.names input.names',
    network({ input: '{ "shape": [1], "names": «["a", "b"]» }' }),
    'input.names has 2 names, input.shape makes 1 input: the names are not used. Give one name per input.',
  ],
  [
    'warning input.names input.names',
    network({ input: '{ "shape": [2, 2], "names": «["a", "b"]» }' }),
    'input.names has 2 names, input.shape makes 4 inputs: the names are not used. Give one name per input.',
  ],
  // activations
  [
    'error activation.softmax layers[0].activation',
    layers(dense('"units": 2, "activation": «"softmax"»'), end),
    'layers[0].activation is softmax, which only the last layer can have: choose another, such as sigmoid or relu.',
  ],
  [
    'error activation.softmax layers[1].activation',
    layers(end, dense('"units": 1, "activation": «"softmax"»'), end),
    'layers[1].activation is softmax, which only the last layer can have: choose another, such as sigmoid or relu.',
  ],
  [
    'warning activation.softmaxOne layers[0].activation',
    layer('"units": 1, "activation": «"softmax"»'),
    'A softmax of 1 output is always 1: set layers[0].units to the number of classes, or set the activation to sigmoid.',
  ],
  [
    'warning activation.softmaxOne layers[1].activation',
    network({
      input: '{ "shape": [1] }',
      layers: `[${dense('"units": 1, "id": "a"')}, { "type": "add", "from": ["a", "input"], "activation": «"softmax"» }]`,
    }),
    'A softmax of 1 output is always 1: join more values, or set the activation to sigmoid.',
  ],
  [
    'warning activation.softmaxOne layers[0].activation',
    image(conv('"filters": 1, "activation": «"softmax"»')),
    'A softmax of 1 output is always 1: set layers[0].filters to the number of classes, or set the activation to sigmoid.',
  ],
  [
    'warning activation.softmaxOne layers[1].activation',
    layers(end, '{ "type": "batchNorm", "activation": «"softmax"» }'),
    'A softmax of 1 output is always 1: take more values, or set the activation to sigmoid.',
  ],
  [
    'warning activation.step layers[0].activation',
    withData('{ "generator": "xor" }', {
      layers: `[${dense('"units": 2, "activation": «"step"»')}, ${end}]`,
    }),
    'The gradient of step is zero everywhere, so nothing above it learns: choose sigmoid for training.',
  ],
  // weights that start equal
  [
    'warning init.equal layers[0].init',
    layers(dense('"units": 2, "init": «"zeros"»'), end),
    'All 2 neurons of layers[0] start with equal weights and stay equal for ever: choose a random init, such as xavierUniform.',
  ],
  [
    'warning init.equal layers[0].init',
    layers(dense('"units": 3, "init": «{ "type": "constant", "value": 1 }»'), end),
    'All 3 neurons of layers[0] start with equal weights and stay equal for ever: choose a random init, such as xavierUniform.',
  ],
  [
    'warning init.equal layers[0].init',
    image(conv('"filters": 2, "init": «"zeros"»'), end),
    'All 2 filters of layers[0] start with equal weights and stay equal for ever: choose a random init, such as xavierUniform.',
  ],
  // what an initializer does not read
  [
    'information setting.unused layers[0].init.scale',
    layer('"units": 1, "init": { "type": "zeros", «"scale": 2» }'),
    'layers[0].init.scale has no effect on zeros (it has no settings). Remove it.',
  ],
  [
    'information setting.unused layers[0].init.value',
    layer('"units": 1, "init": { «"value": 2», "type": "uniform" }'),
    'layers[0].init.value has no effect on uniform (it has scale). Remove it.',
  ],
  [
    'information setting.unused layers[0].init.scale',
    layer('"units": 1, "init": { "type": "constant", «"scale": 2» }'),
    'layers[0].init.scale has no effect on constant (it has value). Remove it.',
  ],
  // weights that no number can hold
  [
    'error init.overflow layers[0].init.value',
    layer('"units": 1, "init": { "type": "constant", "value": «-1e39» }'),
    'layers[0].init.value is -1e+39, which makes weights too large for float32: choose a smaller one, or set training.precision to "float64".',
  ],
  [
    'error init.overflow layers[0].init.scale',
    layer('"units": 1, "init": { "type": "uniform", "scale": «3.5e38» }'),
    'layers[0].init.scale is 3.5e+38, which makes weights too large for float32: choose a smaller one, or set training.precision to "float64".',
  ],
  [
    'error init.overflow layers[0].init.scale',
    layer('"units": 1, "init": { "type": "normal", "scale": «1e38» }'),
    'layers[0].init.scale is 1e+38, which makes weights too large for float32: choose a smaller one, or set training.precision to "float64".',
  ],
  [
    'error init.overflow layers[1].init.scale',
    network({
      layers: `[${end}, ${dense('"units": 1, "init": { "type": "normal", "scale": «1e308» }')}]`,
      training: float64,
    }),
    'layers[1].init.scale is 1e+308, which makes weights too large for float64: choose a smaller one.',
  ],
  // what no memory holds
  [
    'error network.parameters layers[0].units',
    network({ input: '{ "shape": [65536] }', layers: `[${dense('"units": «763»')}]` }),
    'The network has more than 50,000,000 parameters (layers[0] brings 763 × 65,536 weights): use fewer units.',
  ],
  [
    'error network.parameters layers[1].units',
    network({
      input: '{ "shape": [5000] }',
      layers: `[${dense('"units": 5000')}, ${dense('"units": «5000»')}]`,
    }),
    'The network has more than 50,000,000 parameters (layers[1] brings 5,000 × 5,000 weights): use fewer units.',
  ],
  [
    'error network.parameters layers[0].filters',
    network({
      input: '{ "shape": [1, 1, 1000] }',
      layers: '[{ "type": "conv2d", "filters": «60000», "kernel": [1, 1] }]',
    }),
    'The network has more than 50,000,000 parameters (layers[0] brings 60,000 × 1,000 weights): use fewer filters.',
  ],
  // losses and their outputs
  [
    'error loss.activation loss.type',
    loss('crossEntropy', dense('"units": 2, "activation": "relu"')),
    'crossEntropy needs softmax outputs, layers[0].activation is relu: set it to softmax, or set loss.type to meanSquaredError.',
  ],
  [
    'error loss.activation loss.type',
    loss('crossEntropy', dense('"units": 2, "activation": "sigmoid"')),
    'crossEntropy needs softmax outputs, layers[0].activation is sigmoid: set it to softmax, or set loss.type to binaryCrossEntropy.',
  ],
  [
    'error loss.activation loss.type',
    loss('crossEntropy', `${end}, ${end}`),
    'crossEntropy needs softmax outputs, layers[1].activation is linear: set it to softmax, or set loss.type to meanSquaredError.',
  ],
  [
    'error loss.activation loss.type',
    loss('binaryCrossEntropy', dense('"units": 2, "activation": "softmax"')),
    'binaryCrossEntropy needs sigmoid outputs, layers[0].activation is softmax: set it to sigmoid, or set loss.type to crossEntropy.',
  ],
  [
    'error loss.activation loss.type',
    loss('binaryCrossEntropy', '{ "type": "dropout", "rate": 0 }'),
    'binaryCrossEntropy needs sigmoid outputs, layers[0] (dropout) has no activation: put a dense layer of sigmoid behind it, or set loss.type to meanSquaredError.',
  ],
  [
    'information setting.unused loss.half',
    network({ loss: '{ "type": "huber", «"half": true» }' }),
    'loss.half has no effect on huber (it has type, reduction). Remove it.',
  ],
  [
    'information setting.unused loss.half',
    network({ loss: '{ «"half": false», "type": "binaryCrossEntropy" }' }),
    'loss.half has no effect on binaryCrossEntropy (it has type, reduction). Remove it.',
  ],
];

describe('of a network is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});
