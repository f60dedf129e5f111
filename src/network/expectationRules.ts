/**
 * Reads `expect`, and tells what in it does not go together with the network. Sizes that differ are warnings: the
 * network is whole, and a gesture that changes its layers is not refused for a test that has to follow it.
 */
import type { Node } from 'jsonc-parser';
import { expectationKinds, expectationSettings, expectedLossSettings } from './expectation';
import type { Expectation } from './expectation';
import { many } from './judge';
import type { Judge, Sizes } from './judge';
import { formatPath } from './network';
import { grouped } from './setting';
import { child, countIn, elements } from './tree';
import { number, numbers, text } from './values';

/** Undefined where `structure.ts` has refused something in it. */
export function readExpectations(node: Node): readonly Expectation[] | undefined {
  const known = elements(node).flatMap(entry => readExpectation(entry) ?? []);
  return node.type === 'array' && known.length === elements(node).length ? known : undefined;
}

function readExpectation(node: Node): Expectation | undefined {
  const name = text(child(node, 'name'), expectationSettings.name);
  const named = name !== undefined && { name };
  const kind = kindOf(node);
  if (kind === 'gradcheck') return { ...named, type: kind };
  if (kind === 'loss') {
    const loss = child(node, 'loss');
    const atMost = number(child(loss, 'atMost'), expectedLossSettings.atMost);
    const afterEpochs = number(child(loss, 'afterEpochs'), expectedLossSettings.afterEpochs);
    if (atMost === undefined || afterEpochs === undefined) return undefined;
    return { ...named, type: kind, atMost, afterEpochs };
  }
  const input = numbers(child(node, 'input'));
  const output = numbers(child(node, 'output'));
  const tolerance = number(child(node, 'tolerance'), expectationSettings.tolerance);
  if (!input || !output || tolerance === undefined) return undefined;
  return { ...named, type: 'output', input, output, tolerance };
}

/** Undefined where it says none of them, or several. */
function kindOf(node: Node): (typeof expectationKinds)[number] | undefined {
  const kinds = expectationKinds.filter(key => child(node, key));
  return kinds.length === 1 ? kinds[0] : undefined;
}

export function validateExpectations(judge: Judge, sizes: Sizes): void {
  for (const [index, entry] of elements(child(judge.root, 'expect')).entries()) {
    const path = ['expect', index];
    const kind = kindOf(entry);
    if (kind === 'input') outputRules(judge, entry, path, sizes);
    else if (kind) otherRules(judge, entry, path, kind);
  }
}

function outputRules(judge: Judge, entry: Node, path: (string | number)[], sizes: Sizes): void {
  const place = formatPath(path);
  const { inputs, outputs } = sizes;
  if (!child(entry, 'output')) {
    const wanted = outputs === undefined ? 'one number for each output' : many(outputs, 'number');
    const message = `${place} has an input, but says no output: add "output": […] with ${wanted}.`;
    judge.tell('error', 'expect.output', path, message);
  }
  const sides = [
    ['input', inputs, 'takes'],
    ['output', outputs, 'gives'],
  ] as const;
  for (const [key, expected, verb] of sides) {
    const list = child(entry, key);
    const found = countIn(list);
    if (list?.type !== 'array' || expected === undefined || found === expected) continue;
    const message = `${place}.${key} has ${many(found, 'number')}, the network ${verb} ${grouped(expected)}: the test fails. Write ${many(expected, 'number')}.`;
    judge.tell('warning', `expect.${key}s`, [...path, key], message);
  }
}

function otherRules(
  judge: Judge,
  entry: Node,
  path: (string | number)[],
  kind: 'gradcheck' | 'loss',
): void {
  const place = formatPath(path);
  if (child(entry, 'gradcheck')?.value === false) {
    const message = `${place}.gradcheck must be true; found false, which expects nothing. Set it to true, or remove this entry.`;
    judge.tell('error', 'expect.gradcheck', [...path, 'gradcheck'], message);
  }
  if (!child(judge.root, 'data')) {
    const message = `${place}.${kind} needs data, and this network has none: the test fails. Add "data" to the file.`;
    judge.tell('warning', 'expect.data', path, message);
  }
  judge.unused(path, ['output', 'tolerance'], [], kind);
}
