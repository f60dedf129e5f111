/** What a press without a drag means. Pure. */
import type { Gesture, Intent, Modifiers, Situation } from './gestureStates';

/**
 * Without intents a click is the canvas's own: it selects what is under the pointer and puts the keyboard
 * there. A palette's button hears its own click, so that the keyboard does the same.
 */
export function clicked(
  { hit, modifiers, start }: Extract<Gesture, { type: 'pressed' }>,
  situation: Situation,
): readonly Intent[] {
  switch (hit.type) {
    case 'slot':
      return unlocked(situation, { type: 'choose', index: hit.index, at: start });
    case 'port':
      return unlocked(situation, { type: 'connect', layer: hit.layer });
    case 'handle':
      return [{ type: 'select', target: { type: 'layer', layer: hit.layer } }];
    case 'head':
      return onLayer(hit.layer, modifiers, situation);
    case 'target':
      return 'layer' in hit.target ? onLayer(hit.target.layer, modifiers, situation) : [];
    case 'palette':
    case 'background':
      return [];
  }
}

function unlocked({ locked }: Situation, intent: Intent): readonly Intent[] {
  return [locked === undefined ? intent : { type: 'announce', words: locked }];
}

/** With Ctrl the layer joins or leaves the selection, with Shift all layers up to it join. */
function onLayer(
  layer: number,
  { ctrl, shift }: Modifiers,
  { selected, anchor }: Situation,
): readonly Intent[] {
  if (layer < 0 || !(ctrl || shift)) return [];
  if (shift) return [{ type: 'selectLayers', layers: range(anchor ?? layer, layer), main: layer }];
  const layers = selected.includes(layer)
    ? selected.filter(each => each !== layer)
    : [...selected, layer].sort((a, b) => a - b);
  const main = layers.includes(layer) ? layer : layers.at(-1);
  return [{ type: 'selectLayers', layers, main }];
}

/** All whole numbers from one to the other, ascending. */
export function range(a: number, b: number): readonly number[] {
  const first = Math.min(a, b);
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, i) => first + i);
}
