/** 784-128-10 for MNIST's digits, as `peers/end_to_end.py` has it too. */

/**
 * @template T
 * @param {T} training what the file says under that name
 */
export const mnistNetwork = training => ({
  version: 1,
  seed: 3,
  input: { shape: [28, 28] },
  layers: [
    { type: 'dense', units: 128, activation: 'relu', init: 'heUniform' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
  loss: { type: 'crossEntropy', reduction: 'mean' },
  training,
  data: { idx: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' } },
});
