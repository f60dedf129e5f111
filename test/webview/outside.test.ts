import { describe, expect, it } from 'vitest';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import type { DocumentState, RunState } from '../../src/protocol';
import { Deeds, outsideWords } from '../../webview/outside';
import { initialState, type State } from '../../webview/store';

function stateOf(version: number, sizes: number[], more: Partial<DocumentState> = {}): State {
  const [inputs, ...units] = sizes;
  const network = {
    input: { shape: [inputs] },
    layers: units.map(count => ({ type: 'dense', units: count, useBias: true })),
  } as unknown as Network;
  const shapes = inferShapes(network);
  const document = { version, network, shapes, issues: [], stale: false, ...more };
  return { ...initialState, document: document as unknown as DocumentState };
}

const run = (phase: RunState['phase']): RunState => ({ phase }) as RunState;

describe('outsideWords', () => {
  it('names the new sizes, or that the text is another', () => {
    const before = stateOf(1, [4, 8, 3]);
    expect(outsideWords(stateOf(2, [4, 9, 3]), before)).toBe('The network is now 4-9-3.');
    expect(outsideWords(stateOf(2, [4, 8, 3]), before)).toBe('The text has changed.');
    expect(outsideWords(stateOf(2, [4, 9, 3], { stale: true }), before)).toBe(
      'The text has changed.',
    );
  });
});

describe('Deeds', () => {
  /** A training ends in a phase, then the text of `after` arrives. */
  function spokenAtEnd(phase: RunState['phase'], after: State): string | undefined {
    const deeds = new Deeds();
    const trained = { ...stateOf(1, [4, 8, 3]), run: run('running') };
    const ended = { ...trained, run: run(phase) };
    expect(deeds.words(ended, trained)).toBeUndefined();
    return deeds.words({ ...after, run: run(phase) }, ended);
  }

  it('say nothing of the weights that a training writes when it has ended', () => {
    expect(spokenAtEnd('finished', stateOf(2, [4, 8, 3]))).toBeUndefined();
    expect(spokenAtEnd('paused', stateOf(2, [4, 8, 3]))).toBeUndefined();
    expect(spokenAtEnd('finished', stateOf(2, [4, 7, 3]))).toBe('The network is now 4-7-3.');
    expect(spokenAtEnd('diverged', stateOf(2, [4, 8, 3]))).toBe('The text has changed.');
  });

  it('speak again of the text after that', () => {
    const deeds = new Deeds();
    const states = [run('running'), run('finished'), run('finished'), run('finished')].map(
      (state, i) => ({ ...stateOf(Math.max(1, i), [2, 1]), run: state }),
    );
    const words = states.slice(1).map((state, i) => deeds.words(state, states[i]));
    expect(words).toEqual([undefined, undefined, 'The text has changed.']);
  });

  it('keep silent about what this page does, until its answer and after it', async () => {
    const deeds = new Deeds();
    const [one, two, three] = [stateOf(1, [2, 1]), stateOf(2, [2, 2]), stateOf(3, [2, 3])];
    const during = deeds.during(Promise.resolve({ applied: true, version: 2 } as const));
    expect(deeds.words(three, one)).toBeUndefined();
    await during;
    expect(deeds.words(two, one)).toBeUndefined();
    expect(deeds.words(three, two)).toBe('The network is now 2-3.');
  });

  it('speak again after a deed that has failed', async () => {
    const deeds = new Deeds();
    await deeds.during(Promise.reject(new Error('no'))).catch(() => undefined);
    expect(deeds.words(stateOf(2, [2, 2]), stateOf(1, [2, 1]))).toBe('The network is now 2-2.');
  });

  it('say nothing of the first text, nor of the same one told again', () => {
    const deeds = new Deeds();
    expect(deeds.words(stateOf(2, [2, 2]), initialState)).toBeUndefined();
    expect(deeds.words(stateOf(2, [2, 2]), stateOf(2, [2, 1]))).toBeUndefined();
  });
});
