/**
 * A person at the window, for suites: real pointer, real keys, and eyes that wait until there is something to
 * see. The same in the Node and in the web-worker extension host.
 *
 *     await run('Nabla: Train');                               // through the command palette
 *     await designer.testId('neuron-0-0').hover();
 *     expect(await designer.testId('card').text()).toContain('0.35');
 *     await eventually(async () => expect(document.isDirty).toBe(true));
 */
import { ConfigurationTarget, commands, window, workspace } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { act, eventually, workbench } from './elements';
import type { Element } from './elements';
import { ask, errand, inWorkspace } from './errand';
import type { CommandResult } from './messages';

export * from './elements';
export * from './quickInput';
export * from './words';
export { errand, inWorkspace };

/** The example's text as it is in the repository. */
export const exampleText = (name: string) => ask('example', { name });

/** Puts a file of the workspace back to what the repository has. */
export async function restore(name: string): Promise<void> {
  const text = await exampleText(name);
  await workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));
}

/**
 * Runs `nabla` with these arguments in the workspace's folder; its files can be named as they are there:
 * `commandLine('gradients', 'iris.nn.json', '--sample', '0', '--json')`.
 */
export const commandLine = (...args: string[]): Promise<CommandResult> => ask('cli', { args });

/** The bytes of a file of the workspace, as text. */
export async function readText(name: string): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(inWorkspace(name)));
}

/**
 * Opens a file as VS Code would: a network opens in the designer. Here all webviews come from one origin, and while a
 * closed one still loads, VS Code's service worker keeps the next waiting for up to half a minute; elsewhere each has
 * an origin of its own.
 */
export async function open(name: string): Promise<void> {
  await commands.executeCommand('vscode.open', inWorkspace(name));
  await act<boolean>({ do: 'loads' });
}

/** Opens a file in the text editor. */
export async function openText(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(inWorkspace(name));
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Closes everything, without asking about changes; not while it loads, for what is opened next would wait for it. */
export async function closeAll(): Promise<void> {
  await act<boolean>({ do: 'loads' });
  for (const group of window.tabGroups.all) {
    for (const tab of group.tabs.filter(({ isDirty }) => isDirty)) {
      const { uri } = tab.input as { uri?: Uri };
      if (!uri) continue;
      await commands.executeCommand('vscode.open', uri);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

/** Resolves when the window wears it. */
export async function setTheme(theme: keyof typeof themes): Promise<void> {
  const config = workspace.getConfiguration('workbench');
  await config.update('colorTheme', themes[theme], ConfigurationTarget.Workspace);
  const kinds = {
    dark: 'vs-dark',
    light: 'vs',
    highContrast: 'hc-black',
    highContrastLight: 'hc-light',
  };
  await workbench.find(`.monaco-workbench.${kinds[theme]}`).waitUntilVisible();
}

/** Does something until it has changed the text; again only after a while: what is asked for twice is done twice. */
export async function changedBy(
  document: TextDocument,
  action: () => Promise<void>,
): Promise<void> {
  const { version } = document;
  await eventually(async () => {
    await action();
    await eventually(() => {
      if (document.version === version) throw new Error('the text has not changed');
    }, 5);
  }, 20);
}

/** A message of VS Code in which this stands, in its list: whether it is shown by itself is VS Code's own decision. */
export async function message(words: string, seconds = 15): Promise<Element> {
  const found = workbench.find(
    `.notifications-center .notification-list-item:has-text("${words}")`,
  );
  await eventually(async () => {
    await commands.executeCommand('notifications.showList');
    if ((await found.count()) === 0) throw new Error(`there is no message with "${words}"`);
  }, seconds);
  return found;
}
