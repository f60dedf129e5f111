/** A text read with the help of the version before it says what it says when it is read alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import type { EditTools } from '../../src/network/edit';
import { nearestRange, placeAt } from '../../src/network/locate';
import { parseNetwork } from '../../src/network/parse';
import type { ParsedDocument } from '../../src/network/parse';
import { writtenSettings } from '../../src/network/written';
import { editArbitrary } from './support/edits';
import { networkArbitrary } from './support/networks';
import { render, styleArbitrary } from './support/render';

const tools: EditTools = { draw: ({ count }) => Array.from({ length: count }, (_, n) => n / 8) };

/** All that is asked of a document, and what stands at many places of its text. */
function said(document: ParsedDocument): unknown {
  const { text, network, sketch, issues, root } = document;
  const step = Math.ceil(text.length / 60);
  const places = Array.from({ length: 60 }, (_, index) => placeAt(document, index * step));
  const ranges = places.map(place => place && nearestRange(document, place.path));
  return { network, sketch, issues, places, ranges, written: writtenSettings(root) };
}

describe('a network that is read again', () => {
  it('is the same after edits as one that is read anew', () => {
    const cases = networkArbitrary.chain(network =>
      fc.tuple(
        fc.constant(network),
        fc.array(editArbitrary(network), { minLength: 1, maxLength: 4 }),
        styleArbitrary,
      ),
    );
    fc.assert(
      fc.property(cases, ([network, edits, style]) => {
        let document = parseNetwork(render(network, style));
        for (const edit of edits) {
          let changes;
          try {
            changes = planEdit(document, edit, tools).edits;
          } catch {
            // Made for the first text: later it may mean nothing.
            continue;
          }
          // What is asked of a document must not change what the next one says.
          said(document);
          const text = applyTextEdits(document.text, changes);
          document = parseNetwork(text, document);
          expect(said(document)).toStrictEqual(said(parseNetwork(text)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is the same while its numbers are typed', () => {
    const cases = networkArbitrary.chain(network =>
      fc.tuple(
        fc.constant(network),
        styleArbitrary,
        fc.array(
          fc.tuple(fc.nat(), fc.constantFrom('1', '-', '.', '9e300', 'e', ',', ']', '[', '0, ')),
          { minLength: 1, maxLength: 6 },
        ),
      ),
    );
    fc.assert(
      fc.property(cases, ([network, style, typed]) => {
        let document = parseNetwork(render(network, style));
        for (const [at, typing] of typed) {
          const digits = [...document.text.matchAll(/\d/g)];
          const offset = digits.length === 0 ? 0 : digits[at % digits.length].index;
          const text = document.text.slice(0, offset) + typing + document.text.slice(offset);
          const next = parseNetwork(text, document);
          expect(said(next)).toStrictEqual(said(parseNetwork(text)));
          // A version with a mistake has no lists to use again; the one after it may be right.
          document = next;
        }
      }),
      { numRuns: 200 },
    );
  });
});
