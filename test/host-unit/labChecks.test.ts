import { expect, it } from 'vitest';
import { labPresets, STANDARD_RULE } from '../../src/engine/lab/presets';
import { asLabRequest } from '../../src/host/labChecks';

const good = {
  rule: labPresets.note004,
  scope: { type: 'sample', index: 2 },
  tried: { hidden: 'sigmoid', output: 'softmax' },
};

it('lets a request of the formula lab through, and nothing else of it', () => {
  expect(asLabRequest(good)).toEqual(good);
  expect(asLabRequest({ ...good, more: 1, tried: {} })).toEqual({ ...good, tried: {} });
});

it.each([
  [{ ...good, rule: undefined }, 'rule'],
  [
    { ...good, rule: { ...STANDARD_RULE, slope: 'none' } },
    'one of kept, hidden, output, all, update',
  ],
  [{ ...good, rule: { ...STANDARD_RULE, penalty: 1 } }, 'one of kept, forgotten, biases'],
  [{ ...good, rule: { ...STANDARD_RULE, sign: 'yes' } }, 'true or false'],
  [{ ...good, tried: { hidden: 'softmax' } }, 'hidden activation'],
  [{ ...good, tried: { output: 'toString' } }, 'output activation'],
  [{ ...good, scope: { type: 'sample', index: -1 } }, 'index'],
])('refuses %j', (request, words) => {
  expect(() => asLabRequest(request)).toThrow(words);
});
