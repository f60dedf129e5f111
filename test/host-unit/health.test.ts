/** Alarms in the Problems panel with their light bulbs, and when the host asks for them. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Alarm, HealthReport, HealthRequest } from '../../src/engine/health/alarm';
import { CsvHeaders } from '../../src/host/csvHeaders';
import { Diagnostics } from '../../src/host/diagnostics';
import type { EngineLink } from '../../src/host/engineLink';
import { QuickFixes } from '../../src/host/quickFixes';
import { RunHealth } from '../../src/host/runHealth';
import { RunRecord } from '../../src/host/runRecord';
import { parseNetwork } from '../../src/network/parse';
import type { RunState } from '../../src/protocol';
import { example } from './support/example';
import { createHostWith, settled } from './support/host';
import { sessionPort } from './support/session';
import { editor, workspace } from './support/vscode';
import type { WorkspaceEdit } from './support/vscode';
import { counters } from './support/worker';

vi.mock('vscode', () => import('./support/vscode'));

const SYMMETRIC = example('symmetric-2-3-2');

let host: ReturnType<typeof createHostWith> | undefined;
afterEach(() => host?.runs.dispose());

async function problems(text: string) {
  host = createHostWith(sessionPort, text);
  new Diagnostics(host.documents, host.runs).start();
  host.runs.acquire(host.uri).run.start();
  await settled();
  return host;
}

const shownIn = ({ document }: { document: { uri: { path: string } } }) =>
  editor.diagnostics.get(document.uri.path) ?? [];

function lightBulb(of: NonNullable<typeof host>): vscode.CodeAction[] {
  const fixes = new QuickFixes(of.documents, of.runs, new CsvHeaders({}));
  return fixes.provideCodeActions(
    of.document as unknown as vscode.TextDocument,
    undefined as never,
    { diagnostics: shownIn(of) } as never,
  ) as vscode.CodeAction[];
}

describe('an alarm in the Problems panel', () => {
  it('stands at its layer, and its light bulb mends it', async () => {
    const of = await problems(SYMMETRIC);
    const [alarm, ...more] = shownIn(of);
    expect(more).toEqual([]);
    expect(alarm).toMatchObject({ code: 'health.symmetric', source: 'nabla', severity: 1 });
    expect(alarm.message).toMatch(
      /^3 of 3 neurons of layer 2 \(layers\[0\]\) are equal .* random weights\.$/,
    );
    expect(alarm.range.start.line).toBe(8);
    const [fix, ...others] = lightBulb(of);
    expect(others).toEqual([]);
    expect(fix).toMatchObject({
      title: 'Start layer 2 (layers[0]) anew from the seed',
      isPreferred: true,
    });
    await workspace.applyEdit(fix.edit as unknown as WorkspaceEdit);
    await settled();
    expect(shownIn(of)).toEqual([]);
    const { layers } = JSON.parse(of.document.getText()) as { layers: object[] };
    expect(Object.keys(layers[0])).toEqual(['type', 'units', 'activation']);
    expect(Object.keys(layers[1])).toContain('weights');
  });

  it('counts layers as the file says, also while its text has a mistake', async () => {
    const text = SYMMETRIC.replace(/"notation": "\w+"/, '"notation": "chain0"');
    const of = await problems(text);
    const [{ message }] = shownIn(of);
    expect(message).toMatch(/^3 of 3 neurons of layer 1 \(layers\[0\]\)/);
    of.document.change(text.replace('"loss"', '"loss'));
    await settled();
    const alarm = shownIn(of).find(({ code }) => code === 'health.symmetric');
    expect(alarm?.message).toBe(message);
  });

  it('is left out where the text says the same already', async () => {
    const text = JSON.stringify({
      ...(JSON.parse(SYMMETRIC) as object),
      layers: [
        { type: 'dense', units: 3, activation: 'sigmoid', init: 'zeros' },
        { type: 'dense', units: 2, activation: 'sigmoid', init: 'zeros' },
      ],
    });
    const of = await problems(text);
    expect(shownIn(of).map(({ code }) => code)).toEqual(['init.equal']);
  });

  it('can be mended by another rate, in one small edit', async () => {
    const text = SYMMETRIC.replace('"learningRate": 1 ', '"learningRate": 1000 ');
    const of = await problems(text);
    const rate = lightBulb(of).find(({ title }) => title.includes('learning rate'));
    expect(rate?.title).toBe('Set the learning rate to 0.1');
    await workspace.applyEdit(rate?.edit as unknown as WorkspaceEdit);
    expect(of.document.getText()).toBe(text.replace('1000 }', '0.1 }'));
  });
});

describe('the host asks for the health of a run', () => {
  const alarm: Alarm = { kind: 'rate', severity: 'warning', layer: 0, ratio: 1 };
  const { network } = parseNetwork(SYMMETRIC);

  function watched() {
    const record = new RunRecord();
    const requests: HealthRequest[] = [];
    const world = {
      now: 0,
      took: 0,
      report: { samples: 4, training: 4, alarms: [] } as HealthReport,
    };
    const health = async (request: HealthRequest): Promise<HealthReport> => {
      requests.push(request);
      await Promise.resolve();
      world.now += world.took;
      return world.report;
    };
    const engine = { remote: () => Promise.resolve({ health }) } as unknown as EngineLink;
    const watch = new RunHealth(
      engine,
      record,
      () => network,
      () => world.now,
    );
    const tell = async (phase: 'idle' | 'running' | 'paused', later = 0): Promise<void> => {
      world.now += later;
      record.setState({ ...counters, phase } as RunState);
      await settled();
    };
    const kinds = (): string[] => record.health.map(note => note.alarm.kind);
    return { record, requests, world, tell, kinds, watch };
  }

  it('at rest at once, and while training when an alarm holds', async () => {
    const { world, tell, kinds } = watched();
    await tell('idle');
    world.report = { ...world.report, alarms: [alarm] };
    for (const expected of [[], [], ['rate'], ['rate']]) {
      await tell('running', 1001);
      expect(kinds()).toEqual(expected);
    }
    world.report = { ...world.report, alarms: [] };
    await tell('running', 1001);
    expect(kinds()).toEqual(['rate']);
    await tell('paused');
    expect(kinds()).toEqual([]);
  });

  it('at most once a second, and more rarely where a report takes long', async () => {
    const { requests, world, tell } = watched();
    await tell('running');
    for (let i = 0; i < 9; i++) await tell('running', 100);
    expect(requests).toHaveLength(1);
    await tell('running', 200);
    expect(requests).toHaveLength(2);
    world.took = 500;
    await tell('running', 1001);
    expect(requests).toHaveLength(3);
    await tell('running', 9000);
    expect(requests).toHaveLength(3);
    await tell('running', 1001);
    expect(requests).toHaveLength(4);
  });

  it('tells it once, and forgets it with the worker', async () => {
    const { record, world, tell, watch } = watched();
    const told: number[] = [];
    record.onDidChange(event => {
      if (event.type === 'health') told.push(event.notes.length);
    });
    world.report = { ...world.report, alarms: [alarm] };
    await tell('idle');
    await tell('idle');
    expect(told).toEqual([1]);
    record.setState(undefined);
    expect(told).toEqual([1, 0]);
    watch.dispose();
    await tell('idle');
    expect(told).toEqual([1, 0]);
  });
});
