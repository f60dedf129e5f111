/**
 * What earlier versions of a document's layers were, to know whether an edit made on one of them still means the
 * same on the newest text.
 */
import { l10n } from 'vscode';
import type { NetworkEdit } from '../network/edit';
import { sourcesOf } from '../network/graph';
import type { JsonPath, Network } from '../network/network';

/** Versions that are remembered. */
const REMEMBERED = 50;

/**
 * What the indices of an edit refer to. `layers`: the layers as they stand; `list`: entries of another list,
 * of which no older version is kept; `nothing`: the edit means the same on any text.
 */
export type Reference = 'layers' | 'list' | 'nothing';

export class Versions {
  readonly #structures = new Map<number, string>();

  /** @param shown the network that a designer shows of this version; undefined where it shows none */
  remember(version: number, shown: Network | undefined): void {
    this.#structures.set(version, shown ? structureOf(shown) : '');
    const [oldest] = this.#structures.keys();
    if (this.#structures.size > REMEMBERED) this.#structures.delete(oldest);
  }

  /** Why edits made on version `base` would mean something else on version `current`; undefined when they do not. */
  fault(edits: readonly NetworkEdit[], base: number, current: number): string | undefined {
    if (base === current) return undefined;
    const references = new Set(edits.map(referenceOf));
    if (references.has('list'))
      return l10n.t('The text changed meanwhile: look at it, then make the change again.');
    if (!references.has('layers')) return undefined;
    const before = this.#structures.get(base);
    if (before !== undefined && before === this.#structures.get(current)) return undefined;
    return l10n.t(
      'The text changed meanwhile: its layers are no longer those that this change was made for. Look at them, then make it again.',
    );
  }
}

/** Everything that gives the indices in an edit their meaning. */
export function structureOf(network: Network): string {
  const layers = network.layers.map(({ type, id, units }) => [type, id, units]);
  return JSON.stringify([network.input.shape, layers, sourcesOf(network)]);
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
