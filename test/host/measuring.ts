/** What measurements in a real VS Code have in common: they train, watch, and say what they have found. */
import { workspace } from 'vscode';
import { ask, inWorkspace } from './errand';
import { designer, moveAway } from './ui';

/** A line for the person who measures. */
export const say = (line: string): Promise<null> => ask('say', { line });

/** What the toolbar says of the training. */
export const phase = (): Promise<string | null> =>
  designer.testId('status').attribute('data-phase');

export const rest = (milliseconds: number): Promise<void> =>
  new Promise(done => setTimeout(done, milliseconds));

/** A network, as a file of the workspace. */
export async function write(name: string, network: object): Promise<void> {
  const text = `${JSON.stringify(network, null, 2)}\n`;
  await workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));
}

export async function press(button: 'train' | 'pause'): Promise<void> {
  await designer.testId(button).click();
  await moveAway();
}
