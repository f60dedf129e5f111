/** The curve of a training wherever it stands: in the page, in the file that is kept of it, and on the command line. */
import { env, workspace } from 'vscode';
import { expect } from 'vitest';
import { RUNS_FOLDER } from './runsView';
import { commandLine, designer, eventually, inWorkspace, press, readText } from './ui';

/** A training of XOR that takes the same steps everywhere. */
export const xorNetwork = (name: string, epochs: number) => ({
  version: 1,
  name,
  seed: 3,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 4, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { type: 'binaryCrossEntropy', reduction: 'mean' },
  training: { optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 'all', epochs },
  data: { generator: 'xor' },
});

/** By the names of the columns. Null: there is no such number. */
export type Row = Readonly<Record<string, number | null>>;

export interface Recorded {
  readonly rows: readonly Row[];
  /** The last line of the file: why it ended, where, and what the parameters are. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** All that the page has to draw its curves of. */
export const drawnRows = (): Promise<Row[]> =>
  designer.find('nabla-designer').evaluate<Row[]>(`(({ history }) => {
    const columns = history.columns.map(name => [name, history.column(name)]);
    return Array.from({ length: history.count }, (_, row) =>
      Object.fromEntries(columns.map(([name, values]) => [name, values[row]])));
  })(element.controller)`);

/** How many there are. */
export const drawnCount = (): Promise<number> =>
  designer.find('nabla-designer').evaluate<number>('element.controller.history.count');

/** The run that is kept of a network, once it has ended for this reason and the page draws all of it, and nothing else. */
export async function drawnRun(file: string, reason: string): Promise<Recorded> {
  const run = await eventually(async () => {
    const kept = await keptRun(file);
    expect(kept.result.reason).toBe(reason);
    expect(kept.rows).toHaveLength(await drawnCount());
    return kept;
  }, 40);
  expect(await drawnRows()).toEqual(run.rows);
  return run;
}

/** The table that a person copies from the charts. */
export async function copiedRows(): Promise<Row[]> {
  await env.clipboard.writeText('');
  await designer.testId('chart-options').click();
  await designer.testId('chart-copyCsv').click();
  await press('Escape');
  const table = await eventually(async () => {
    const copied = await env.clipboard.readText();
    expect(copied).toMatch(/^epoch,step,seconds,loss,/);
    return copied;
  });
  const [head, ...lines] = table.trimEnd().split('\n');
  const names = head.split(',');
  return lines.map(line => {
    const cells = line.split(',');
    return Object.fromEntries(
      names.map((name, c) => [name, cells[c] === '' ? null : Number(cells[c])]),
    );
  });
}

/** The newest run that is kept of a network in the folder of the workspace. */
export async function keptRun(file: string): Promise<Recorded> {
  const entries = await workspace.fs.readDirectory(inWorkspace(RUNS_FOLDER));
  const stem = file.replace('.nn.json', '-');
  const names = entries.flatMap(([name]) =>
    name.startsWith(stem) && name.endsWith('.jsonl') ? [name] : [],
  );
  const [, ...lines] = linesOf(await readText(`${RUNS_FOLDER}/${names.sort().at(-1)}`));
  return { rows: lines.slice(0, -1) as Row[], result: lines.at(-1)! };
}

/** Trains on the command line: the run that is kept there, and what was told of each epoch. */
export async function trainedThere(
  file: string,
  epochs: number,
  ...more: string[]
): Promise<Recorded & { readonly told: readonly Row[] }> {
  const words = ['--epochs', String(epochs), '--run', RUNS_FOLDER, '--json'];
  const { code, stdout, stderr } = await commandLine('train', file, ...words, ...more);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  // First comes what computes, last how it ended.
  const told = linesOf(stdout).slice(1, -1) as Row[];
  expect(told).toHaveLength(epochs);
  return { ...(await keptRun(file)), told };
}

/**
 * Every row is what the command line says of its epoch, but for the time that it took; the layers are measured in the
 * editor only. Answers how many rows both have recorded: each leaves others out.
 */
export function areAsThere(
  rows: readonly Row[],
  there: Recorded & { readonly told: readonly Row[] },
): number {
  const recorded = new Map(there.rows.map(row => [row.epoch, row]));
  const told = new Map(there.told.map(row => [row.epoch, row]));
  let both = 0;
  for (const row of rows) {
    // A pause within an epoch is recorded, too.
    if (!Number.isInteger(row.epoch)) continue;
    // Of the start nothing is told.
    if (row.epoch !== 0) expect(row).toMatchObject(told.get(row.epoch)!);
    const other = recorded.get(row.epoch);
    if (other) expect(row).toMatchObject({ ...other, seconds: row.seconds });
    both += Number(other !== undefined);
  }
  return both;
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);
