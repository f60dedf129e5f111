/** The check of what a page asks of the formula lab. */
import type { TriedActivations, LabRule, PenaltyRule, SlopeRule } from '../engine/lab/presets';
import type { LabRequest } from '../engine/lab/lab';
import type { ActivationName } from '../network/network';
import { asActivation } from './editChecks';
import { asScope } from './messageChecks';
import { fields, member, unexpected } from './messageShapes';
import type { Fields } from './messageShapes';

const slopes: { readonly [S in SlopeRule]: S } = {
  kept: 'kept',
  hidden: 'hidden',
  output: 'output',
  all: 'all',
  update: 'update',
};

const penalties: { readonly [P in PenaltyRule]: P } = {
  kept: 'kept',
  forgotten: 'forgotten',
  biases: 'biases',
};

export function asLabRequest(value: unknown): LabRequest {
  const f = fields(value, 'lab request');
  return {
    rule: asRule(f['rule']),
    scope: asScope(f['scope']),
    tried: asTried(f['tried']),
  };
}

function asRule(value: unknown): LabRule {
  const f = fields(value, 'rule');
  return {
    slope: member<SlopeRule>(slopes, f['slope'], 'slope'),
    penalty: member<PenaltyRule>(penalties, f['penalty'], 'penalty'),
    sign: flag(f, 'sign'),
    reduction: flag(f, 'reduction'),
    lossFactor: flag(f, 'lossFactor'),
    transpose: flag(f, 'transpose'),
    biasSum: flag(f, 'biasSum'),
  };
}

function asTried(value: unknown): TriedActivations {
  const f = fields(value, 'choice of activations');
  const hidden = chosen(f, 'hidden');
  if (hidden === 'softmax') throw unexpected('hidden activation', 'one of a single neuron', hidden);
  const output = chosen(f, 'output');
  return { ...(hidden && { hidden }), ...(output && { output }) };
}

function chosen(f: Fields, name: 'hidden' | 'output'): ActivationName | undefined {
  return f[name] === undefined ? undefined : asActivation(f[name], `${name} activation`);
}

function flag(f: Fields, name: string): boolean {
  const value = f[name];
  if (typeof value === 'boolean') return value;
  throw unexpected(name, 'true or false', value);
}
