/** What "Report Issue…" tells, and what it never tells. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { issueData, redacted, structureOf, type IssueFacts } from '../../src/host/issueReport';
import { remembering } from '../../src/host/lastError';
import { reportIssue } from '../../src/host/reportIssue';
import { parseNetwork } from '../../src/network/parse';
import { settled } from './support/host';
import { host, open } from './support/running';
import { commands, createLog, editor, TabInputText, window, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const TEXT = `{
  "version": 1,
  "name": "Salary Secrets",
  "seed": 987654,
  "input": { "shape": [2], "names": ["patient_age", "salary"] },
  "layers": [
    { "type": "dense", "id": "hiddenIdea", "units": 2, "weights": [[0.123456, 2], [3, 4]], "bias": [5, 6] },
    { "type": "dense", "id": "secondIdea", "units": 2 },
    { "type": "add", "from": ["hiddenIdea", "secondIdea"] },
    { "type": "dense", "units": 1, "activation": "linear" }
  ],
  "loss": { "type": "meanSquaredError" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.777 }, "epochs": 3 },
  "data": { "csv": "customers of Acme.csv", "target": "will_default", "inputs": ["patient_age", "salary"] }
}`;
const SECRETS =
  /Salary|987654|patient|salary|hiddenIdea|secondIdea|0\.123456|0\.777|Acme|customers|will_default|\/work|net\.nn|Jane|home/;

const network = (text = TEXT) => {
  const parsed = parseNetwork(text);
  if (!parsed.network) throw new Error(JSON.stringify(parsed.issues));
  return parsed.network;
};

const facts: IssueFacts = {
  version: '0.1.0',
  vscode: '1.100.3',
  app: 'desktop',
  remote: undefined,
  host: 'node',
  language: 'zh-cn',
  theme: 'high contrast',
  engine: { place: 'process', backend: 'wasm-simd', threads: 4 },
  network: network(),
  settings: [
    ['nabla.engine', 'process'],
    ['nabla.runs.keep', 7],
    ['nabla.notation', '/home/jane/secret notation'],
  ],
  error: 'Error: something\n    at run (/home/Jane Doe/ext/dist/extension.js:1:23)',
};

describe('the data of an issue', () => {
  it('are versions, host, language, theme, engine, settings, structure and the last error', () => {
    expect(issueData(facts, [])).toBe(
      [
        'Nabla: 0.1.0',
        'VS Code: 1.100.3, desktop',
        'extension host: node',
        'display language: zh-cn',
        'theme: high contrast',
        'engine: wasm-simd, process, 4 threads',
        'settings: nabla.engine: process, nabla.runs.keep: 7, nabla.notation: (a text)',
        'network: 2 → dense 2 → dense 2 → add 2 (from 0, 1) → dense 1, 15 parameters',
        'last error: Error: something',
        '        at run (<path>:1:23)',
      ].join('\n'),
    );
  });

  it('say what there is not', () => {
    const nothing = { engine: undefined, network: undefined, settings: [], error: undefined };
    const data = issueData({ ...facts, ...nothing, remote: 'ssh-remote' }, []);
    expect(data).toContain('VS Code: 1.100.3, desktop, remote: ssh-remote');
    expect(data).toContain(
      'engine: not started\nsettings: defaults\nnetwork: none\nlast error: none',
    );
  });

  it('tell of a network its structure alone', () => {
    expect(structureOf(network())).not.toMatch(SECRETS);
  });

  it('cut a very long error', () => {
    expect(issueData({ ...facts, error: 'x'.repeat(1e6) }, []).length).toBeLessThan(5000);
  });
});

describe('an error without paths and names', () => {
  it.each([
    ['cannot read /home/jane/a.csv: gone', 'cannot read <path> gone'],
    ['cannot read C:\\Users\\Jane Doe\\a.csv', 'cannot read <path> <path>'],
    ['open vscode-vfs://github/jane/repo/a.nn.json failed', 'open <path> failed'],
    ['at f (file:///home/jane doe/x y/dist/extension.js:1:2)', 'at f (<path>:1:2)'],
    ['"../data/train.csv" is not there', '"<path>" is not there'],
    ['Training of salaries.nn.json was paused', 'Training of <file> was paused'],
    ['weights.safetensors has 4 numbers', '<file> has 4 numbers'],
    ['column patient_age of my net.nn.json', 'column <name> of <name>'],
    ['expected 2 scales, found 1.', 'expected 2 scales, found 1.'],
  ])('%s', (text, expected) => {
    expect(redacted(text, ['patient_age', 'my net.nn.json', 'a', 'ex'])).toBe(expected);
  });
});

it('the last error of the log is remembered, and still logged', () => {
  editor.reset();
  const { log, lastError } = remembering(createLog() as never);
  expect(lastError()).toBeUndefined();
  log.info('fine');
  log.error(new Error('first'));
  log.error('second');
  expect(lastError()).toBe('second');
  expect(editor.log).toEqual(['fine', 'Error: first', 'second']);
});

describe('the command', () => {
  const shown: string[] = [];
  let reporter: string[];

  beforeEach(() => {
    shown.length = 0;
    reporter = [];
    vi.spyOn(commands, 'getCommands').mockImplementation(() => Promise.resolve(reporter));
    vi.spyOn(workspace, 'openTextDocument').mockImplementation(((options: { content: string }) => {
      shown.push(options.content);
      return Promise.resolve({});
    }) as never);
    vi.spyOn(window, 'showTextDocument').mockResolvedValue(undefined);
    return () => vi.restoreAllMocks();
  });

  async function report(hasAddress = true): Promise<void> {
    await open(TEXT, {
      files: { 'customers of Acme.csv': 'patient_age,salary,will_default\n1,2,3' },
    });
    await settled();
    editor.activeInput = new TabInputText(host.uri as never);
    editor.settings.set('nabla.engine', 'thread');
    const about = () => ({ id: 'nabla-designer.nabla', version: '0.1.0', hasAddress });
    const lastError = () => 'Error: customers of Acme.csv has no column will_default';
    await reportIssue({ ...host, about, host: 'node', lastError });
    host.runs.dispose();
  }

  it('fills the issue reporter of VS Code, and sends nothing', async () => {
    reporter = ['workbench.action.openIssueReporter'];
    await report();
    const [{ command, args }] = editor.executed.slice(-1);
    expect(command).toBe('workbench.action.openIssueReporter');
    const [options] = args as [{ extensionId: string; issueBody: string }];
    expect(Object.keys(options)).toEqual(['extensionId', 'issueBody']);
    expect(options.extensionId).toBe('nabla-designer.nabla');
    expect(options.issueBody).toMatch(/^## What did you do\?/);
    expect(options.issueBody).toContain('settings: nabla.engine: thread');
    expect(options.issueBody).toContain('network: 2 → dense 2');
    expect(options.issueBody).toContain('last error: Error: <name> has no column <name>');
    expect(options.issueBody).not.toMatch(SECRETS);
    expect(shown).toEqual([]);
  });

  it.each([true, false])('shows a text to copy where no reporter can send it', async hasAddress => {
    if (!hasAddress) reporter = ['workbench.action.openIssueReporter'];
    await report(hasAddress);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain('extension host: node');
    expect(shown[0]).toContain('VS Code: 1.100.0, desktop, remote: other\n');
    expect(shown[0]).not.toMatch(SECRETS);
  });
});
