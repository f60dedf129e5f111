/** A network and its data on a file system that lies on no disk, as in a repository that is looked at in the browser. */
import { Range, WorkspaceEdit, commands, languages, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryFiles } from '../memoryFiles';
import { act, closeAll, designer, eventually, exampleText, run, uncaught } from '../ui';
import { words } from '../words';

const NETWORK = '/flowers/iris.nn.json';
const DATA = '/flowers/iris.csv';

/** More parameters than a text has. */
const MANY = `"layers": [
    { "type": "dense", "units": 4000, "activation": "tanh" },
    { "type": "dense", "units": 3, "activation": "softmax" }
  ]`;

describe('a network on a virtual file system', () => {
  const files = new MemoryFiles();
  let document: TextDocument;

  const write = (path: string, text: string): void =>
    files.writeFile(files.at(path), new TextEncoder().encode(text));
  const read = (path: string): string => new TextDecoder().decode(files.readFile(files.at(path)));
  const status = designer.testId('status');
  const phase = (): Promise<string | null> => status.attribute('data-phase');
  const problems = (): string[] =>
    languages.getDiagnostics(document.uri).map(({ message }) => message);

  /** As a person changes the text. */
  async function replace(what: RegExp, by: string): Promise<void> {
    const found = what.exec(document.getText());
    if (!found) throw new Error(`there is no ${what} in ${document.getText()}`);
    const [from, to] = [found.index, found.index + found[0].length];
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(document.positionAt(from), document.positionAt(to)), by);
    await workspace.applyEdit(edit);
  }

  beforeAll(async () => {
    await closeAll();
    write(NETWORK, await exampleText('iris.nn.json'));
    write(DATA, await exampleText('iris.csv'));
    files.writes = 0;
    await commands.executeCommand('vscode.open', files.at(NETWORK));
    await act<boolean>({ do: 'loads' });
    document = await workspace.openTextDocument(files.at(NETWORK));
  });

  afterAll(async () => {
    await closeAll();
    files.dispose();
  });

  it('is drawn with its data, and nothing is written', async () => {
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await eventually(async () => expect(await phase()).toBe('idle'));
    expect(problems()).toEqual([]);
    expect(files.writes).toBe(0);
    expect(files.names()).toEqual([DATA, NETWORK]);
  });

  it('is trained, and saved with its weights', async () => {
    await run('Nabla: Train');
    await eventually(async () => expect(await phase()).toBe('finished'), 60);
    await eventually(() => expect(document.getText()).toContain('"weights"'));
    expect(read(NETWORK)).toBe(await exampleText('iris.nn.json'));
    await document.save();
    expect(read(NETWORK)).toBe(document.getText());
  });

  it('has right gradients', async () => {
    await run('Nabla: Gradcheck');
    await designer.testId('gradcheck-result').waitUntilVisible(30);
    expect(await designer.testId('gradcheck-result').text()).toContain(
      words('Gradcheck: {0} of {1} agree', 67, 67),
    );
  });

  it('follows its data when they change', async () => {
    write(DATA, read(DATA).replace(/^5\.1,/m, 'five,'));
    await eventually(() => expect(problems().join()).toContain('five'));
    write(DATA, await exampleText('iris.csv'));
    await eventually(() => expect(problems()).toEqual([]));
  });

  it('has its weights in a file beside it when they are many', async () => {
    await replace(/"layers": \[[^]*?\n {2}\]/, MANY);
    await run('Nabla: Train');
    await eventually(() => expect(document.getText()).toContain('.safetensors'), 60);
    const [weights = ''] = files.names().filter(name => name.endsWith('.safetensors'));
    expect(weights).toMatch(/^\/flowers\//);
    await document.save();
    expect(read(NETWORK)).toContain(weights.slice('/flowers/'.length));
    expect(problems()).toEqual([]);
  });

  it('does not reach out of its folder', async () => {
    write('/secret.csv', read(DATA));
    await replace(/iris\.csv/, '../secret.csv');
    const why = words(
      'The data path "{0}" leaves the folder "{1}". Put the data inside of it.',
      '../secret.csv',
      '/flowers',
    );
    await eventually(() => expect(problems().join()).toContain(why));
    expect((await uncaught()).join('\n')).toBe('');
  });
});
