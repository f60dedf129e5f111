import { describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { documentState } from '../../src/host/documentState';
import type { RunRecord } from '../../src/host/runRecord';
import type { DataSummary } from '../../src/protocol';
import { TEXT, createHost } from './support/host';

vi.mock('vscode', () => import('./support/vscode'));

function stateOf(...texts: string[]) {
  const host = createHost(texts[0]);
  const document = host.document as unknown as vscode.TextDocument;
  let state = documentState(document, host.documents, undefined, false);
  for (const text of texts.slice(1)) {
    host.document.change(text);
    state = documentState(document, host.documents, undefined, false);
  }
  host.runs.dispose();
  return state;
}

const wrong = JSON.stringify({
  version: 1,
  input: { shape: [3] },
  layers: [
    { type: 'dense', units: 2, weights: [[1, 2]] },
    { type: 'dense', units: 1 },
  ],
});

describe('the state of a document', () => {
  it('draws the layers of a file that was never right, where only its weights are wrong', () => {
    const state = stateOf(wrong);
    expect(state).toMatchObject({ stale: true, sketch: true, shapes: { inputSize: 3 } });
    expect(state.network?.layers.map(({ units }) => units)).toEqual([2, 1]);
    expect(state.issues.map(({ code }) => code)).toContain('weights.columns');
  });

  it('prefers the last version that was right', () => {
    const state = stateOf(TEXT, wrong);
    expect(state.stale).toBe(true);
    expect(state).not.toHaveProperty('sketch');
    expect(state.shapes?.inputSize).toBe(JSON.parse(TEXT).input.shape[0]);
  });

  it('shows no earlier network of a file that was emptied: it starts anew', () => {
    expect(stateOf(TEXT, '').network).toBeUndefined();
    expect(stateOf(TEXT, '\ufeff \n').network).toBeUndefined();
    expect(stateOf(TEXT, '', TEXT)).toMatchObject({ stale: false });
  });

  it('has no data as soon as the text names none, though the engine still holds some', () => {
    const host = createHost(TEXT);
    const document = host.document as unknown as vscode.TextDocument;
    const data = { samples: 4, training: 4, validation: 0 } as DataSummary;
    const record = { data, issues: [] } as unknown as RunRecord;
    const dataNow = () => documentState(document, host.documents, record, false).data;
    expect(dataNow()).toBe(data);
    const { data: _, ...without } = JSON.parse(TEXT) as Record<string, unknown>;
    host.document.change(JSON.stringify(without));
    expect(dataNow()).toBeUndefined();
    host.document.change('{');
    expect(dataNow(), 'as the network that is shown').toBeUndefined();
    host.document.change(TEXT);
    expect(dataNow()).toBe(data);
    host.runs.dispose();
  });

  it('draws nothing of a text that is no network, and no sketch of one that is', () => {
    expect(stateOf('{').network).toBeUndefined();
    expect(stateOf(TEXT)).toMatchObject({ stale: false });
    expect(stateOf(TEXT)).not.toHaveProperty('sketch');
  });
});
