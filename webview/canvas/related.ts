/** What stays lit when something is pointed at: the thing itself, what it depends on, and all it leads to. */
import type { Target } from '../../src/engine/facts';
import type { Carrier } from './detail';

export type Relation = 'self' | 'related' | 'none';

/** Who takes values from whom. */
export interface Flow {
  /** By layer: indices into `layers`, −1 is the input. */
  readonly sources: readonly (readonly number[])[];
  /** Units of each layer, the input first. */
  readonly sizes: readonly number[];
  /** By layer: how it joins its sources or hands them on; undefined where it weighs them, or looks through a window. */
  readonly merges: readonly (Carrier | undefined)[];
}

/** Two targets that are the same place. */
export function sameTarget(a: Target | undefined, b: Target | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.type !== b.type) return false;
  if (a.type === 'loss' || b.type === 'loss') return true;
  if (a.layer !== b.layer) return false;
  if (a.type === 'layer' || b.type === 'layer') return true;
  if (a.row !== b.row) return false;
  return a.type !== 'weight' || b.type !== 'weight' || a.column === b.column;
}

/**
 * How `part` stands to `pointed`. Downstream of a neuron: its outgoing connections, what they reach, and every
 * layer beyond in full, because dense layers mix.
 */
export function relation(pointed: Target, part: Target, flow: Flow): Relation {
  if (sameTarget(pointed, part)) return 'self';
  if (part.type === 'loss') return 'related';
  return concerns(pointed, part, flow) ? 'related' : 'none';
}

type Placed = Exclude<Target, { type: 'loss' }>;
type At = { readonly layer: number; readonly row: number };

function concerns(pointed: Target, part: Placed, flow: Flow): boolean {
  switch (pointed.type) {
    case 'loss':
      return (
        part.layer === flow.sources.length - 1 && part.type !== 'weight' && part.type !== 'bias'
      );
    case 'layer':
      return (
        part.layer === pointed.layer ||
        beyond(flow, pointed.layer).has(part.layer) ||
        (part.type === 'neuron' && sourcesOf(flow, pointed.layer).includes(part.layer))
      );
    case 'bias':
      return isNeuron(part, pointed) || downstream(part, pointed, flow);
    case 'neuron':
      return (
        ((part.type === 'weight' || part.type === 'bias') &&
          part.layer === pointed.layer &&
          part.row === pointed.row) ||
        (part.type === 'neuron' && feeds(part, pointed, flow)) ||
        downstream(part, pointed, flow)
      );
    case 'weight':
      return (
        isNeuron(part, pointed) ||
        isNeuron(part, { layer: sourcesOf(flow, pointed.layer)[0], row: pointed.column }) ||
        downstream(part, pointed, flow)
      );
  }
}

const sourcesOf = (flow: Flow, layer: number): readonly number[] => flow.sources[layer] ?? [];

const isNeuron = (part: Placed, at: At): boolean =>
  part.type === 'neuron' && part.layer === at.layer && part.row === at.row;

/** Whether a neuron's value goes into another one directly. */
function feeds(from: At, to: At, flow: Flow): boolean {
  let offset = 0;
  for (const source of sourcesOf(flow, to.layer)) {
    if (source === from.layer && flow.merges[to.layer] === undefined) return true;
    if (source === from.layer && from.row + offset === to.row) return true;
    if (flow.merges[to.layer] === 'concat') offset += flow.sizes[source + 1];
  }
  return false;
}

function downstream(part: Placed, from: At, flow: Flow): boolean {
  const direct = sourcesOf(flow, part.layer).includes(from.layer);
  if (direct && part.type === 'weight') return part.column === from.row;
  if (direct && part.type === 'neuron' && feeds(from, part, flow)) return true;
  const reached = beyond(flow, from.layer);
  return sourcesOf(flow, part.layer).some(source => reached.has(source));
}

const known = new WeakMap<Flow['sources'], Map<number, ReadonlySet<number>>>();

/** All layers that depend on a layer. */
export function beyond({ sources }: Flow, layer: number): ReadonlySet<number> {
  const tables = known.get(sources) ?? new Map<number, ReadonlySet<number>>();
  known.set(sources, tables);
  const table = tables.get(layer);
  if (table) return table;
  const reached = new Set<number>();
  // Sources stand above their layers: one pass downwards finds all.
  sources.forEach((from, each) => {
    if (from.some(source => source === layer || reached.has(source))) reached.add(each);
  });
  tables.set(layer, reached);
  return reached;
}
