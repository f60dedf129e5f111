/** The checks of what a page asks of the results. */
import type { ResultsRequest } from '../protocol';
import { fields, index, member } from './messageShapes';

const parts: { readonly [P in ResultsRequest['part']]: P } = {
  training: 'training',
  validation: 'validation',
};

export function asResultsRequest(value: unknown): ResultsRequest {
  const f = fields(value, 'results request');
  return {
    part: member(parts, f['part'], 'part'),
    ...(f['output'] !== undefined && { output: index(f, 'output') }),
    ...(f['cell'] !== undefined && { cell: asCell(f['cell']) }),
    ...(f['snapshot'] !== undefined && { snapshot: index(f, 'snapshot') }),
  };
}

function asCell(value: unknown): { truth: number; predicted: number } {
  const f = fields(value, 'cell');
  return { truth: index(f, 'truth'), predicted: index(f, 'predicted') };
}
