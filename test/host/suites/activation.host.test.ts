/** What the extension costs when VS Code starts. Only where it is asked for by name: beside other tests it waits for its turn. */
import { commands } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, errand } from '../errand';
import { closeAll, designer, open, resize, workbench } from '../ui';

describe('Nabla, when VS Code starts', () => {
  beforeAll(async () => {
    await open('iris.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });
  afterAll(closeAll);

  it('costs little to activate, as VS Code itself has measured it', async () => {
    const { packaged } = await errand();
    await resize(1280, 1600);
    await commands.executeCommand('workbench.action.showRuntimeExtensions');
    const row = workbench.find('.runtime-extensions-editor .monaco-list-row[aria-label="nabla"]');
    const text = await row.find('.activation-time').text();
    const milliseconds = Number(/(\d+)\s*ms/.exec(text)?.[1]);
    // How long it takes depends on the machine, and is told: wanted are less than 50 ms. Here only a blunder counts.
    await ask('say', {
      line: `activated in ${milliseconds} ms${packaged ? '' : ', not packaged'}`,
    });
    expect(milliseconds).toBeLessThan(500);
    await resize(1280, 800);
  });
});
