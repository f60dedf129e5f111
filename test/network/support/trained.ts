/** A network whose parameters are all in its file, and edits of it. */
import { applyTextEdits, planEdit } from '../../../src/network/edit';
import type { DrawRequest, EditTools, NetworkEdit } from '../../../src/network/edit';

/** 3-4-2 with all of its 26 parameters. */
export const text = `{
  "version": 1,
  "seed": 42,
  "input": { "shape": [3], "names": ["a", "b", "c"] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "sigmoid", "init": "heNormal",
      "weights": [
        [0.50, 0, -0.05],
        [0.15, 1e-1, 0.05], // second
        [0.25, 0.2, 0.15],
        [0.35, 0.3, 0.250]
      ],
      "bias": [0.1, 0.20, 0.3, 0.4] },
    { "type": "dense", "units": 2, "activation": "sigmoid",
      "weights": [[1.0, 2, 3, 4], [5, 6, 7, 8.50]],
      "bias": [0.5, 0.6] }
  ]
}
`;

/** What was asked to be drawn so far. */
export const asked: DrawRequest[] = [];
export const tools: EditTools = {
  draw: request => {
    asked.push(request);
    return Array.from({ length: request.count }, (_, n) => 0.1 + n);
  },
};

/** Without tools (null) nothing can be drawn. */
export function edited(edit: NetworkEdit, before = text, draws: EditTools | null = tools): string {
  return applyTextEdits(before, planEdit(before, edit, draws ?? undefined).edits);
}
