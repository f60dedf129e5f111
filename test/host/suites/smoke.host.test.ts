/** Does it open at all: the workspace, the extension, the designer and its picture. */
import { extensions, window, workspace } from 'vscode';
import type { TabInputCustom } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, designer, errand, eventually, open, screenshot } from '../ui';
import { forgetViolations, policyViolations } from '../ui';

const nabla = () => extensions.all.find(({ packageJSON }) => packageJSON.name === 'nabla');

describe('Nabla in VS Code', () => {
  beforeAll(() => open('iris.nn.json'));
  afterAll(closeAll);

  it('opens the examples as a trusted workspace', () => {
    expect(workspace.workspaceFolders).toHaveLength(1);
    expect(workspace.isTrusted).toBe(true);
  });

  it('runs in the kind of extension host that was asked for', async () => {
    const { kind } = await errand();
    expect(typeof process === 'object' && 'pid' in process ? 'node' : 'web').toBe(kind);
  });

  it('is active once a network is there', async () => {
    expect(nabla()).toBeDefined();
    await eventually(() => expect(nabla()?.isActive).toBe(true));
  });

  it('opens a network in the designer', async () => {
    await eventually(() => {
      const input = window.tabGroups.activeTabGroup.activeTab?.input as TabInputCustom | undefined;
      expect(input?.viewType).toBe('nabla.designer');
    });
  });

  it('draws the network', async () => {
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await screenshot('smoke');
  });

  it('keeps to the content security policy of its page', async () => {
    expect(await policyViolations()).toEqual([]);
  });

  it('would notice a breach of that policy', async () => {
    await designer
      .testId('neuron-0-0')
      .evaluate(
        'void element.ownerDocument.head.append(Object.assign(document.createElement("script"), { text: "0" }))',
      );
    await eventually(async () => expect(await policyViolations()).toHaveLength(1));
    await forgetViolations();
  });
});
