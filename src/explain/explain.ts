/** The one source of explanations: facts in, formulas with symbols and numbers out. */
import type { Facts } from '../engine/facts';
import { Context } from './context';
import type { Explanation } from './explanation';
import { explainInput } from './explainInput';
import { explainLayer } from './explainLayer';
import { explainLoss } from './explainLoss';
import { explainNeuron } from './explainNeuron';
import { explainNeuronBatch } from './explainNeuronBatch';
import { explainParameter } from './explainParameter';
import type { NotationProfile } from './notationProfile';
import type { Words } from './words';

/** Every equation's last form holds numbers only and evaluates to its `value`. */
export function explain(facts: Facts, profile: NotationProfile, words: Words): Explanation {
  const context = new Context(facts, profile, words);
  switch (facts.type) {
    case 'weight':
    case 'bias':
      return explainParameter(facts, context);
    case 'neuron':
      return explainNeuron(facts, context);
    case 'input':
      return explainInput(facts, context);
    case 'neuronBatch':
      return explainNeuronBatch(facts, context);
    case 'layer':
      return explainLayer(facts, context);
    case 'loss':
      return explainLoss(facts, context);
  }
}
