/** Whether a network can be stepped through, and the story of its pass. Pure. */
import { drawnNeurons } from '../../src/engine/inspect/drawn';
import { storyOf, type Story } from '../../src/explain/story/story';
import { hasParameters } from '../../src/network/layerTypes';
import type { State } from '../store';

export interface Steppable {
  readonly story: Story;
  /** The same for networks whose passes have the same steps. */
  readonly key: string;
}

/** Undefined without a network or without data: there is nothing that could flow through it. */
export function steppable({ document }: Pick<State, 'document'>): Steppable | undefined {
  if (!document?.network || !document.shapes || !document.data) return undefined;
  const { network, shapes } = document;
  const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
  return {
    story: storyOf(network, shapes, sizes.map(drawnNeurons)),
    key: JSON.stringify([
      sizes,
      shapes.layers.map(({ sources }) => sources),
      network.layers.map(layer => [
        layer.type,
        layer.activation,
        hasParameters(layer) && layer.useBias,
      ]),
      network.loss,
    ]),
  };
}
