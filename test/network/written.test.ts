/** Which settings a person has written: every path that a setting can have, and nothing that is no setting. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { writtenSettings } from '../../src/network/written';

const written = (text: string): readonly string[] => writtenSettings(parseNetwork(text).root);

describe('written settings', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['{}', []],
    ['{"seed": 1}', ['seed']],
    ['{"seed": 1, "seed": 2}', ['seed', 'seed']],
    ['{"input": {"shape": [2]}}', ['input', 'input.shape']],
    ['{"loss": "huber"}', ['loss']],
    ['{"data": {"inline": [{"x": [1]}]}}', ['data', 'data.inline']],
    ['{"expect": [{"gradcheck": true}]}', ['expect']],
    ['{"layers": []}', ['layers']],
    ['{"layers": {"units": 1}}', ['layers']],
    [
      '{"layers": [{"units": 2}, {"init": {"type": "normal", "scale": 1}}]}',
      [
        'layers',
        'layers[0]',
        'layers[0].units',
        'layers[1]',
        'layers[1].init',
        'layers[1].init.type',
        'layers[1].init.scale',
      ],
    ],
    ['{"a": {"layers": [{"b": 1}]}}', ['a', 'a.layers']],
    // Deeper than any setting.
    ['{"a": {"b": {"c": {"d": {"e": 1}}}}}', ['a', 'a.b', 'a.b.c', 'a.b.c.d']],
  ])('of %s', (text, paths) => expect(written(text)).toEqual(paths));

  it('of a training are all of its groups and their members', () => {
    const training = '{"training": {"optimizer": {"type": "adam", "beta1": 0.5}, "stop": {}}}';
    expect(written(training)).toEqual([
      'training',
      'training.optimizer',
      'training.optimizer.type',
      'training.optimizer.beta1',
      'training.stop',
    ]);
  });
});
