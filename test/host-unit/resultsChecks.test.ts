import { expect, it } from 'vitest';
import { asResultsRequest } from '../../src/host/resultsChecks';

const good = { part: 'validation', output: 1, cell: { truth: 0, predicted: 2 }, snapshot: 3 };

it('lets a request of results through, and nothing else of it', () => {
  expect(asResultsRequest(good)).toEqual(good);
  expect(asResultsRequest({ part: 'training', more: 1 })).toEqual({ part: 'training' });
});

it.each([
  [undefined, 'results request'],
  [{ ...good, part: 'test' }, 'one of training, validation'],
  [{ ...good, output: -1 }, 'output'],
  [{ ...good, cell: { truth: 0 } }, 'predicted'],
  [{ ...good, snapshot: 'now' }, 'snapshot'],
])('refuses %j', (request, words) => {
  expect(() => asResultsRequest(request)).toThrow(words);
});
