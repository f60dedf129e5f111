/** The way to the prediction panel: it stands with the input layer in the inspector. */
import type { Controller } from '../controller';
import { trialOf } from './trial';

export function openPredict(controller: Controller): void {
  controller.show({ selection: { type: 'layer', layer: -1 }, inspector: true, fold: 'open' });
  trialOf(controller).enter();
}
