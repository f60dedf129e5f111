/** What language models may do with networks, as VS Code gives it to them. */
import { CancellationTokenSource, LanguageModelTextPart, commands, lm } from 'vscode';
import { afterAll, describe, expect, it } from 'vitest';
import { closeAll, eventually, open, openText, restore, uncaught } from '../ui';

const FILE = 'reference-3-4-2.nn.json';
const NAMES = ['describe', 'edit', 'explain', 'gradcheck', 'train', 'validate'];

const invoke = async (name: string, input: object): Promise<string> => {
  const { content } = await lm.invokeTool(
    `nabla_${name}`,
    { input, toolInvocationToken: undefined },
    new CancellationTokenSource().token,
  );
  return content.map(part => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
};

const answer = async (name: string, input: object = { file: FILE }): Promise<unknown> =>
  JSON.parse(await invoke(name, input)) as unknown;

describe('the tools for language models', () => {
  afterAll(async () => {
    await closeAll();
    await restore(FILE);
    expect(await uncaught()).toEqual([]);
  });

  it('are known to VS Code, with what they take', () => {
    const own = lm.tools.filter(({ name }) => name.startsWith('nabla_'));
    expect(own.map(({ name }) => name).sort()).toEqual(NAMES.map(name => `nabla_${name}`));
    for (const { inputSchema, description } of own) {
      expect(inputSchema).toHaveProperty('properties.file');
      expect(description).not.toBe('');
    }
  });

  it('describe, validate, check and explain a file of the workspace', async () => {
    expect(await answer('describe')).toMatchObject({ name: 'Reference 3-4-2', parameters: 26 });
    expect(await answer('validate')).toEqual({ valid: true, issues: [] });
    expect(await answer('gradcheck')).toMatchObject({ parameters: 26, agree: 26 });
    const target = 'layers[0].weights[0][0]';
    expect(await invoke('explain', { file: FILE, target })).toContain('0.007358');
  });

  it('mean the network that the person looks at where no file is named', async () => {
    await open(FILE);
    expect(await answer('describe', {})).toMatchObject({ name: 'Reference 3-4-2' });
  });

  it('say what the workspace has where the file is none of it', async () => {
    await expect(invoke('describe', { file: '../outside.nn.json' })).rejects.toThrow(
      /relative to its folder, found "..\/outside.nn.json". The workspace has .*xor\.nn\.json/,
    );
  });

  it('train and edit as one undo step each, once the person has said yes, as VS Code does in a test', async () => {
    await restore(FILE);
    const document = await openText(FILE);
    const before = document.getText();
    const changes = [{ path: 'layers[0].units', set: 5 }];
    expect(await answer('edit', { file: FILE, changes })).toMatchObject({
      changed: 1,
      valid: true,
    });
    const edited = document.getText();
    expect(edited).toContain('"units": 5');
    expect(await answer('train', { file: FILE, epochs: 5 })).toMatchObject({
      phase: 'finished',
      epoch: 5,
      weights: 'written into the text',
    });
    expect(document.getText()).not.toBe(edited);
    for (const text of [edited, before]) {
      await openText(FILE);
      await commands.executeCommand('undo');
      await eventually(() => expect(document.getText()).toBe(text));
    }
  });
});
