/**
 * What earlier versions of a document's layers were, to know whether an edit made on one of them still means the
 * same on the newest text.
 */
import { l10n } from 'vscode';
import type { NetworkEdit } from '../network/edit';
import { sourcesOf } from '../network/graph';
import { withoutNumbers } from '../network/layerNumbers';
import { hasParameters } from '../network/layerTypes';
import type { JsonPath, Network } from '../network/network';

/** Versions that are remembered. */
const REMEMBERED = 50;

/**
 * What the indices of an edit refer to. `layers`: the layers as they stand; `list`: entries of another list,
 * of which no older version is kept; `nothing`: the edit means the same on any text.
 */
export type Reference = 'layers' | 'list' | 'nothing';

/** What is remembered of a version. */
interface Shown {
  readonly structure: string;
  readonly marks: readonly string[];
}

const NONE: Shown = { structure: '', marks: [] };

export class Versions {
  readonly #shown = new Map<number, Shown>();

  /** @param shown the network that a designer shows of this version; undefined where it shows none */
  remember(version: number, shown: Network | undefined): void {
    this.#shown.set(
      version,
      shown ? { structure: structureOf(shown), marks: marksOf(shown) } : NONE,
    );
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > REMEMBERED) this.#shown.delete(oldest);
  }

  /** Why edits made on version `base` would mean something else on version `current`; undefined when they do not. */
  fault(edits: readonly NetworkEdit[], base: number, current: number): string | undefined {
    if (base === current) return undefined;
    const references = new Set(edits.map(referenceOf));
    if (references.has('list'))
      return l10n.t('The text changed meanwhile: look at it, then make the change again.');
    if (!references.has('layers')) return undefined;
    const [before, now] = [this.#shown.get(base), this.#shown.get(current)];
    const same = before !== undefined && before.structure === now?.structure;
    if (same && !changedPlaces(before.marks, now.marks)) return undefined;
    return l10n.t(
      'The text changed meanwhile: its layers are no longer those that this change was made for. Look at them, then make it again.',
    );
  }
}

/** Everything that gives the indices in an edit their meaning; of a layer, all that training leaves alone. */
export function structureOf(network: Network): string {
  // Layers that have changed places are still told apart, unless they differ in nothing else.
  const layers = network.layers.map(withoutNumbers);
  return JSON.stringify([network.input.shape, layers, sourcesOf(network)]);
}

/** How many numbers of a layer tell it from others. */
const MARK = 16;

/**
 * The first parameters of each layer in the file; empty where it has none. Layers that are equal but for their
 * numbers have changed places when one has the numbers that another had.
 */
function marksOf({ layers }: Network): readonly string[] {
  return layers.map(layer => {
    if (!hasParameters(layer) || !layer.weights) return '';
    return JSON.stringify([layer.weights[0].slice(0, MARK), layer.bias?.slice(0, MARK)]);
  });
}

/** Whether a layer now has the numbers that another one had, and not its own. */
function changedPlaces(before: readonly string[], now: readonly string[]): boolean {
  return now.some((mark, index) => {
    if (mark === '' || mark === before[index]) return false;
    return before.includes(mark);
  });
}

/** Of a gesture; parameters that a run writes are checked by the run. */
export function referenceOf(edit: NetworkEdit): Reference {
  switch (edit.type) {
    case 'set':
    case 'unset':
      return ofPath(edit.path);
    case 'insert':
    case 'remove':
      return edit.path[0] === 'layers' ? 'layers' : 'list';
    case 'setSeed':
    case 'setParameters':
      return 'nothing';
    case 'several': {
      const inner = edit.edits.map(referenceOf);
      return (['list', 'layers'] as const).find(kind => inner.includes(kind)) ?? 'nothing';
    }
    default:
      return 'layers';
  }
}

function ofPath(path: JsonPath): Reference {
  if (path[0] === 'layers') return 'layers';
  return path.some(key => typeof key === 'number') ? 'list' : 'nothing';
}
