/** The cards of one network with its numbers, and what holds for all of them whatever layers it has. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset';
import type { Target } from '../../../src/engine/facts';
import { createInspector } from '../../../src/engine/inspect';
import { explain } from '../../../src/explain/explain';
import { explainMatrices } from '../../../src/explain/explainMatrices';
import type { Explanation } from '../../../src/explain/explanation';
import { availableNotations, notationOf, profileOf } from '../../../src/explain/notation';
import { toUnicode } from '../../../src/explain/unicode';
import { english } from '../../../src/explain/words.en';
import { chinese } from '../../../src/explain/words.zh';
import type { Network, NotationName } from '../../../src/network/network';
import { checkFacts } from './checkedFacts';
import { checkStep } from './checkedMatrices';
import { allFacts, batchScope, inspected, sampleScope } from './inspected';
import { stepsOf } from './matrixCards';

export interface Cards {
  readonly explained: (target: Target, name?: NotationName, words?: typeof english) => Explanation;
  /** The equation of the line with a label, in Unicode. */
  readonly line: (target: Target, label: string, name?: NotationName) => string;
}

/** Of a sample. */
export function cardsOf(network: Network, data: Dataset, parameters: Float64Array): Cards {
  const explained: Cards['explained'] = (target, name = 'nielsen', words = english) =>
    explain(inspected(network, data, parameters, target, sampleScope), profileOf(name), words);
  const line: Cards['line'] = (target, label, name) => {
    const found = explained(target, name).lines.find(each => each.label === label);
    if (!found) throw new Error(`no line “${label}”`);
    return toUnicode(found.equation);
  };
  return { explained, line };
}

/** Each formula gives its value, with the numbers that stand in it: for all targets, and for matrices. */
export function describeSubstitution(
  network: Network,
  data: Dataset,
  parameters: Float64Array,
): void {
  const inspector = createInspector(network, data);
  describe('substitution', () => {
    it.each([sampleScope, batchScope])('holds for every target of $type scope', scope => {
      let count = 0;
      for (const facts of allFacts(network, data, parameters, scope)) count += checkFacts(facts);
      expect(count).toBeGreaterThan(1000);
    });

    it('holds with the bias as a weight', () => {
      const asWeight = availableNotations().map(name => notationOf(name, true));
      for (const facts of allFacts(network, data, parameters, sampleScope))
        expect(checkFacts(facts, [english], asWeight)).toBeGreaterThan(0);
    });

    it('holds for matrices, in sample and batch scope', () => {
      for (const scope of [sampleScope, batchScope])
        for (let layer = -1; layer < network.layers.length; layer++) {
          const facts = inspector.layerMatrices(parameters, { scope, layer });
          for (const name of availableNotations())
            for (const words of [english, chinese])
              for (const step of stepsOf(explainMatrices(facts, profileOf(name), words)))
                expect(checkStep(step)).toBeGreaterThan(0);
        }
    });
  });
}
