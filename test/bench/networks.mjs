/** What is drawn: network documents by name, as texts. */

/** @param {number} units @param {string} activation */
const dense = (units, activation) => ({ type: 'dense', units, activation });

/**
 * A network document without data, its weights from the seed.
 * @param {number[]} shape @param {number[]} units
 */
const network = (shape, ...units) =>
  JSON.stringify({
    version: 1,
    name: units.join('-'),
    seed: 1,
    input: { shape },
    layers: units.map((each, i) => dense(each, i < units.length - 1 ? 'relu' : 'sigmoid')),
    loss: { type: 'meanSquaredError' },
  });

/** A sample of as many numbers as the network takes. @param {string} text */
function withSample(text) {
  const document = JSON.parse(text);
  const inputs = document.input.shape.reduce(
    (/** @type {number} */ a, /** @type {number} */ b) => a * b,
    1,
  );
  const outputs = document.layers.at(-1).units;
  const x = Array.from({ length: inputs }, (_, i) => ((i * 37) % 101) / 101 - 0.5);
  const y = Array.from({ length: outputs }, (_, i) => (i === 0 ? 1 : 0));
  return JSON.stringify({ ...document, data: { inline: [{ x, y }] } });
}

/** @type {Readonly<Record<string, string>>} */
export const networks = {
  '3-4-2': withSample(network([3], 4, 2)),
  '64-32-10': withSample(network([8, 8], 32, 10)),
  '784-512-10': withSample(network([28, 28], 512, 10)),
  '4096-4096': withSample(network([4096], 4096)),
};
