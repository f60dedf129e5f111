import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTextEdits, invertEdits, planEdit, textEdits } from '../../src/network/edit';
import type { EditTools, NetworkEdit } from '../../src/network/edit';
import { isList, isObject } from '../../src/network/json';
import type { JsonValue } from '../../src/network/json';
import { formatInline } from '../../src/network/write';
import { parseNetwork } from '../../src/network/parse';
import { editArbitrary, setParametersArbitrary } from './support/edits';
import { applyToModel } from './support/model';
import { drawnNumber, layersOf } from './support/modelNetwork';
import { networkArbitrary } from './support/networks';
import type { JsonObject } from './support/networks';
import { render, styleArbitrary, valueOf } from './support/render';

const options = { numRuns: 400 };

/** Numbers that tell which layer they were drawn for, and as the how many-th. */
const drawing: EditTools = {
  draw: ({ layer, count }) => Array.from({ length: count }, (_, n) => drawnNumber(layer, n)),
};

/** A network, an edit of it, its text in some style, and what draws new numbers, if anything does. */
const caseArbitrary = networkArbitrary.chain(network =>
  fc.tuple(
    fc.constant(network),
    editArbitrary(network),
    styleArbitrary,
    fc.constantFrom(undefined, drawing),
  ),
);

/** Weights and biases as the engine uses them: in the precision of the network. */
function rounded(network: JsonObject): JsonObject {
  const copy = structuredClone(network);
  if ((copy.training as JsonObject | undefined)?.precision === 'float64') return copy;
  for (const layer of layersOf(copy)) {
    if (layer.weights) layer.weights = layer.weights.map(row => row.map(Math.fround));
    if (layer.bias) layer.bias = layer.bias.map(Math.fround);
  }
  return copy;
}

function comments(text: string): readonly string[] {
  return text.match(/\/\/ (?:about|end)[^\r\n]*|\/\* b.*?\*\//g) ?? [];
}

describe('an edit of the text', () => {
  it('is taken back byte by byte by its inverse', () => {
    fc.assert(
      fc.property(caseArbitrary, ([network, edit, style, tools]) => {
        const text = render(network, style);
        const edits = textEdits(parseNetwork(text), edit, tools);
        const after = applyTextEdits(text, edits);
        expect(applyTextEdits(after, invertEdits(text, edits))).toBe(text);
      }),
      options,
    );
  });

  it('means what the same edit of the value means', () => {
    fc.assert(
      fc.property(caseArbitrary, ([network, edit, style, tools]) => {
        const text = render(network, style);
        const before = parseNetwork(text);
        expect(before.issues.filter(issue => issue.code.startsWith('json.'))).toEqual([]);
        const after = applyTextEdits(text, textEdits(before, edit, tools));
        const expected = applyToModel(network, edit, { draws: tools !== undefined });
        const parsed = parseNetwork(after);
        expect(parsed.issues.filter(issue => issue.code.startsWith('json.'))).toEqual([]);
        expect(rounded(valueOf(after))).toEqual(rounded(expected));
        const codes = (issues: typeof parsed.issues) => issues.map(issue => issue.code).sort();
        expect(codes(parsed.issues)).toEqual(codes(parseNetwork(JSON.stringify(expected)).issues));
      }),
      options,
    );
  });

  it('can follow another, and another, one by one or as one', () => {
    const chains = networkArbitrary.chain(first =>
      editArbitrary(first).chain(one => {
        const second = applyToModel(first, one, { draws: true });
        return editArbitrary(second).chain(two => {
          const third = applyToModel(second, two, { draws: true });
          const edits = editArbitrary(third).map(three => [one, two, three]);
          return fc.tuple(fc.constant(first), edits, styleArbitrary);
        });
      }),
    );
    fc.assert(
      fc.property(chains, ([network, edits, style]) => {
        const before = render(network, style);
        const after = edits.reduce(
          (text, edit) => applyTextEdits(text, textEdits(text, edit, drawing)),
          before,
        );
        const expected = edits.reduce(
          (value, edit) => applyToModel(value, edit, { draws: true }),
          network,
        );
        expect(rounded(valueOf(after))).toEqual(rounded(expected));
        if (edits.some((edit, index) => setsSize(edit) && setsSize(edits.at(index + 1)))) return;
        const all = planEdit(before, { type: 'several', label: '', edits }, drawing).edits;
        expect(applyTextEdits(before, all)).toBe(after);
        all.forEach(({ start, end, text }, index) => {
          expect(before.slice(start, end)).not.toBe(text);
          if (index > 0) expect(start).toBeGreaterThan(all[index - 1].end);
        });
      }),
      options,
    );
  });

  it('keeps the comments that stand outside of what it replaces', () => {
    fc.assert(
      fc.property(caseArbitrary, ([network, edit, style]) => {
        const text = render(network, style);
        const edits = textEdits(parseNetwork(text), edit);
        const inside = edits.flatMap(({ start, end }) => comments(text.slice(start, end)));
        const kept = comments(applyTextEdits(text, edits)).length;
        expect(kept).toBeGreaterThanOrEqual(comments(text).length - inside.length);
        if (adds(edit, network)) expect(kept).toBe(comments(text).length);
      }),
      options,
    );
  });

  it('only inserts when it adds something, and only removes when it removes something', () => {
    fc.assert(
      fc.property(caseArbitrary, ([network, edit, style]) => {
        const text = render(network, style);
        const edits = textEdits(parseNetwork(text), edit);
        if (adds(edit, network)) for (const { start, end } of edits) expect(end).toBe(start);
        if (edit.type === 'unset' || edit.type === 'remove')
          for (const { text: inserted } of edits) expect(inserted).toBe('');
        if (edit.type !== 'remove' && edit.type !== 'unset') return;
        const removed = edits.map(({ start, end }) => text.slice(start, end)).join('');
        const target = valueAt(network, edit);
        const bare = removed.replace(/\/\/[^\r\n]*|\/\*.*?\*\//g, '').replace(/[\s,]/g, '');
        expect(target === undefined ? '' : bare).toContain(
          target === undefined ? '' : formatInline(target).replace(/[\s,]|\/\/.*/g, ''),
        );
      }),
      options,
    );
  });

  it('leaves the text alone when it changes nothing', () => {
    fc.assert(
      fc.property(networkArbitrary, styleArbitrary, (network, style) => {
        const text = render(network, style);
        const document = parseNetwork(text);
        layersOf(network).forEach(({ units, weights, bias }, layer) => {
          expect(textEdits(document, { type: 'setUnits', layer, units })).toEqual([]);
          const path = ['layers', layer, 'weights'];
          if (weights)
            expect(textEdits(document, { type: 'set', path, value: weights })).toEqual([]);
          if (bias) {
            const value = bias[0];
            const path = ['layers', layer, 'bias', 0];
            expect(textEdits(document, { type: 'set', path, value })).toEqual([]);
          }
        });
      }),
      options,
    );
  });
});

/** New sizes side by side are set at once, hence drawn once. */
function setsSize(edit: NetworkEdit | undefined): boolean {
  return edit?.type === 'setUnits' || edit?.type === 'setInputs';
}

/** Whether an edit adds what is not there yet, and changes nothing else. */
function adds(edit: NetworkEdit, network: JsonObject): boolean {
  if (edit.type === 'insert') return true;
  if (edit.type === 'set') return edit.path.length === 1 && !(String(edit.path[0]) in network);
  return false;
}

function valueAt(network: JsonObject, edit: NetworkEdit): JsonValue | undefined {
  if (edit.type !== 'remove' && edit.type !== 'unset') return undefined;
  const path = edit.type === 'remove' ? [...edit.path, edit.index] : edit.path;
  return path.reduce<JsonValue | undefined>((value, key) => {
    if (value === undefined) return undefined;
    if (isList(value) && typeof key === 'number') return value[key];
    return isObject(value) ? value[key] : undefined;
  }, network);
}

describe('weights that are written and removed again', () => {
  it('leave no trace', () => {
    const bare = networkArbitrary.map(network => {
      const copy = structuredClone(network);
      for (const layer of layersOf(copy)) {
        delete layer.weights;
        delete layer.bias;
      }
      return copy;
    });
    const withEdit = bare.chain(network =>
      fc.tuple(fc.constant(network), setParametersArbitrary(network), styleArbitrary),
    );
    fc.assert(
      fc.property(withEdit, ([network, edit, style]) => {
        const text = render(network, style);
        const written = applyTextEdits(text, textEdits(text, edit));
        const layers = layersOf(network).map(() => undefined);
        const removal: NetworkEdit = { type: 'setParameters', label: 'Reset', layers };
        expect(applyTextEdits(written, textEdits(written, removal))).toBe(text);
      }),
      options,
    );
  });
});
