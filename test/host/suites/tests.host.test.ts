/** The tests of a network in the Test Explorer and in the text, and the tasks of the type `nabla`. */
import { Uri, commands, languages, tasks, window, workspace } from 'vscode';
import type { Task, TaskProcessEndEvent } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictEnglish } from '../../../src/expect/words.en';
import { verdictChinese } from '../../../src/expect/words.zh';
import {
  closeAll,
  eventually,
  inWorkspace,
  openText,
  readText,
  screenshot,
  spoken,
  uncaught,
  workbench,
} from '../ui';

const NAME = 'expecting.nn.json';

/** y = 2 x₁ + x₂; its one expectation that trains needs some epochs. */
const TEXT = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 1, "activation": "linear", "weights": [[2, 1]], "bias": [0] }
  ],
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.01 }, "epochs": 5 },
  "data": { "inline": [{ "x": [1, 1], "y": [4] }] },
  "expect": [
    { "input": [1, 1], "output": [3] },
    { "input": [1, 2], "output": [5] },
    { "name": "learns", "loss": { "atMost": 0.1, "afterEpochs": 200 } }
  ]
}
`;

/** What is wrong with the network of this text. */
const FAILURE = spoken(
  verdictEnglish,
  verdictChinese,
  each => each.outputOff('output[0]', '4', '5 ± 1e-6', '1'),
  'output[0] = 4, expected 5 ± 1e-6 (off by 1)',
);

const write = (name: string, text: string): Thenable<void> =>
  workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));

const glyphs = (name: string): Promise<number> =>
  workbench.find(`.glyph-margin-widgets .codicon-testing-${name}-icon`).count();

afterAll(async () => {
  await closeAll();
  for (const command of ['workbench.action.closePanel', 'workbench.view.explorer'])
    await commands.executeCommand(command);
  await workspace.fs.delete(inWorkspace(NAME));
  await workspace.fs.delete(Uri.joinPath(inWorkspace('.vscode'), 'tasks.json'));
  expect(await uncaught()).toEqual([]);
});

describe('the Test Explorer', () => {
  beforeAll(() => write(NAME, TEXT));

  it('marks each test where it is written', async () => {
    await openText(NAME);
    await eventually(async () => expect(await glyphs('run')).toBe(4));
  });

  it('runs them beside the text, and marks what failed', async () => {
    const document = await openText(NAME);
    await commands.executeCommand('testing.runCurrentFile');
    await eventually(async () => {
      expect(await glyphs('passed')).toBe(3);
      expect(await glyphs('failed')).toBe(1);
    });
    await screenshot('tests');
    await eventually(async () => {
      const shown = await workbench.find('.monaco-workbench').text();
      expect(shown.replaceAll('\u00a0', ' ')).toContain(FAILURE);
    });
    expect(document.getText()).toBe(TEXT);
    expect(document.isDirty).toBe(false);
  });

  it('follows the text as it is typed', async () => {
    const document = await openText(NAME);
    const editor = window.activeTextEditor;
    const at = document.positionAt(document.getText().indexOf('    { "name"'));
    await editor?.edit(change => change.insert(at, '    { "input": [0, 0], "output": [0] },\n'));
    await eventually(async () => {
      const all = (await glyphs('run')) + (await glyphs('passed')) + (await glyphs('failed'));
      expect(all).toBe(5);
    });
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('lists every network of the workspace', async () => {
    await commands.executeCommand('workbench.view.testing.focus');
    await eventually(async () => {
      const shown = await workbench.find('.test-explorer').text();
      expect(shown).toContain(NAME);
      expect(shown).toContain('xor.nn.json');
    });
    await screenshot('test-explorer');
  });
});

describe('a task of the type nabla', () => {
  beforeAll(async () => {
    await write(NAME, TEXT);
    const configured = (command: string) => ({
      label: command,
      type: 'nabla',
      command,
      file: NAME,
    });
    await write(
      '.vscode/tasks.json',
      JSON.stringify({ version: '2.0.0', tasks: ['train', 'gradcheck'].map(configured) }),
    );
  });

  async function find(command: string): Promise<Task> {
    return eventually(async () => {
      const all = await tasks.fetchTasks({ type: 'nabla' });
      const found = all.find(
        ({ definition }) => definition.command === command && definition.file === NAME,
      );
      if (!found) throw new Error(`no task ${command} among ${all.length}`);
      return found;
    });
  }

  /** The exit code. */
  async function execute(command: string): Promise<number | undefined> {
    const task = await find(command);
    const ended = new Promise<TaskProcessEndEvent>(resolve => {
      const listening = tasks.onDidEndTaskProcess(event => {
        if (event.execution.task.definition.command !== command) return;
        listening.dispose();
        resolve(event);
      });
    });
    await tasks.executeTask(task);
    return (await ended).exitCode;
  }

  it('is offered for each network, and ends with 1 where a test fails', async () => {
    expect(await execute('test')).toBe(1);
    await screenshot('task');
  });

  it('leaves what failed among the problems', async () => {
    const line = TEXT.split('\n').findIndex(each => each.includes('[5]'));
    // VS Code gives up reading the last lines of a terminal where it is slow: then it is run again.
    await eventually(async () => {
      expect(await execute('test')).toBe(1);
      const found = languages
        .getDiagnostics(inWorkspace(NAME))
        .filter(({ source }) => source === 'nabla')
        .map(({ message, range }) => [range.start.line, message]);
      expect(found).toContainEqual([line, `[1, 2] → [5]: ${FAILURE}`]);
    }, 40);
  });

  it('checks gradients', async () => {
    expect(await execute('gradcheck')).toBe(0);
    expect(await readText(NAME)).toBe(TEXT);
  });

  it('trains, and saves what it has learned', async () => {
    expect(await execute('train')).toBe(0);
    const text = await readText(NAME);
    expect(text).not.toContain('"weights": [[2, 1]]');
    expect(text.slice(text.indexOf('"training"'))).toBe(TEXT.slice(TEXT.indexOf('"training"')));
  });
});
