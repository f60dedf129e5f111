/** A designer that is open on a document, and how its edits are made. */
import type * as vscode from 'vscode';
import { DesignerEdits } from '../../../src/host/designerEdits';
import { createHost, settled } from './host';
import type { Host } from './host';
import type { FakeWorker } from './worker';

/** 2-2-1 with all parameters in the file. */
export const TEXT = `{
  "version": 1,
  "seed": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2, "activation": "tanh",
      // by hand
      "weights": [
        [0.10, 0.2],
        [0.3, 0.4]
      ],
      "bias": [1, 2] },
    { "type": "dense", "units": 1, "activation": "linear", "weights": [[5, 6]], "bias": [7] }
  ],
  "loss": { "type": "meanSquaredError", "reduction": "mean" },
  "training": { "precision": "float64", "optimizer": { "type": "sgd", "learningRate": 0.5 } },
  "data": { "inline": [{ "x": [1, 2], "y": [1] }, { "x": [3, 4], "y": [0] }] }
}
`;

/** Of the document that was opened last. */
export let host: Host;

export function open(text = TEXT) {
  host = createHost(text);
  const { run } = host.runs.acquire(host.uri);
  const document = host.document as unknown as vscode.TextDocument;
  const edits = new DesignerEdits(document, host.documents, run);
  // What a designer that is open does.
  host.documents.read(document);
  const read = () => host.documents.read(document);
  const weights = (layer: number) => {
    const found = read().network!.layers[layer];
    return found.type === 'dense' ? found.weights : undefined;
  };
  return { run, edits, weights, read, text: () => host.document.getText() };
}

/** The same with a run that has begun, and its worker. */
export async function started(text = TEXT) {
  const opened = open(text);
  opened.run.start();
  await settled();
  return { ...opened, worker: host.workers[0] as FakeWorker };
}
