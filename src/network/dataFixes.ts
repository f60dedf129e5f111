/** Fixes of what the text says about data: sizes, columns, paths, targets. */
import { mending, planned, removal, setTo } from './fixTools';
import type { Fix, Maker, Repair } from './fixTools';
import { pathFault } from './dataFiles';
import { nodeAt } from './locate';
import { nearest } from './names';
import type { ActivationName, Issue, LossName } from './network';

/** The size that the issue's own sentence offers, as on the canvas: weights that fit stay. */
export const fitInputs: Maker = (repair, { message }) => {
  const found = /set input\.shape to \[([\d, ]+)\]/.exec(message);
  if (!found) return [];
  const shape = found[1].split(',').map(Number);
  const [size] = shape;
  if (shape.length === 1)
    return planned(repair, { type: 'setInputs', size }, { type: 'setInputs', size });
  const path = ['input', 'shape'];
  return planned(
    repair,
    { type: 'setTo', path, value: shape },
    { type: 'set', path, value: shape },
  );
};

export const fitOutputs: Maker = (repair, { message }) => {
  const found = /set layers\[(\d+)\]\.units to (\d+)/.exec(message);
  if (!found) return [];
  const [layer, units] = found.slice(1).map(Number);
  const edit = { type: 'setUnits', layer, units } as const;
  return planned(repair, edit, edit);
};

/** Columns of the file that are spelt alike; where there are none and few are left, each of those. */
export const nearestColumn: Maker = (repair, { path }) => {
  const written: unknown = nodeAt(repair.document, path)?.value;
  const name = typeof written === 'string' ? written.trim() : '';
  const free = repair.columns.filter(column => column !== '');
  const same = free.filter(column => column.toLowerCase() === name.toLowerCase());
  const near = [...new Set([...same, ...nearest(name, free)])];
  return (near.length > 0 ? near : free.slice(-MOST_COLUMNS)).flatMap(column =>
    setTo(repair, path, column),
  );
};

/** What is to be predicted usually stands last. */
export const missingTarget: Maker = (repair, issue) => {
  const free = repair.columns.filter(column => column !== '');
  return free
    .slice(-MOST_COLUMNS)
    .reverse()
    .flatMap(column => setTo(repair, issue.path, column));
};

/** Columns that a light bulb proposes. */
const MOST_COLUMNS = 3;

/** "/" between folders, and no "./" or "/" before them. */
export const relativePath: Maker = (repair, { path }) => {
  const written: unknown = nodeAt(repair.document, path)?.value;
  if (typeof written !== 'string') return [];
  const mended = written.replaceAll('\\', '/').replace(/^\/+/, '').trim();
  return mended === written || pathFault(mended) !== undefined ? [] : setTo(repair, path, mended);
};

export const withoutSplit: Maker = repair => removal(repair, ['data', 'split']);

/** As many samples as the sentence allows. */
export const fewerSamples: Maker = (repair, { path, message }) => {
  const most = /at most (\d+)/.exec(message);
  return most ? setTo(repair, path, Number(most[1])) : [];
};

/** Targets of any size: outputs and loss that take them. */
export const linearOutputs: Maker = (repair, issue) =>
  outputsOf(repair, issue, 'useLinear', 'linear', 'meanSquaredError');

/** Several classes at once: each output for itself. */
export const sigmoidOutputs: Maker = (repair, issue) =>
  outputsOf(repair, issue, 'useSigmoid', 'sigmoid', 'binaryCrossEntropy');

function outputsOf(
  repair: Repair,
  issue: Issue,
  type: 'useLinear' | 'useSigmoid',
  activation: ActivationName,
  loss: LossName,
): readonly Fix[] {
  const layer = repair.draft.layers.length - 1;
  const fixes = planned(
    repair,
    { type },
    {
      type: 'several',
      label: type,
      edits: [
        { type: 'setActivation', layer, activation },
        { type: 'set', path: ['loss', 'type'], value: loss },
      ],
    },
  );
  // What the data say is read again afterwards; what the text says can be judged now.
  return repair.document.issues.includes(issue) ? mending(repair, issue, fixes) : fixes;
}
