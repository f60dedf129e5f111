/**
 * How soon Nabla is there: `npm run bench:host -- --file presence`. What it costs when VS Code starts, the time from asking for
 * a designer to the frame that shows the network, and how large the scripts are.
 *
 * Three moments of an opening: it is asked for; the page asks for its first script (until then VS Code makes a webview, which
 * in the browser waits a second wherever there was one before); the picture is painted.
 */
import { commands, extensions, Uri, window, workspace } from 'vscode';
import { describe, expect, it } from 'vitest';
import { ask, inWorkspace } from '../errand';
import { closeAll, designer, eventually, workbench } from '../ui';

const say = (line: string): Promise<null> => ask('say', { line });

const ID = 'nabla-designer.nabla';
const FILES = ['iris.nn.json', 'xor.nn.json', 'digits.nn.json', 'residual.nn.json'] as const;
const ROUNDS = 5;
/** Wanted: milliseconds of activation and of the first picture; bytes of what the page loads before it. */
const [ACTIVATION, PICTURE, SCRIPTS] = [50, 300, 350_000];

interface Opening {
  /** Milliseconds from asking for the designer to the page's first script, and to the picture. */
  readonly page: number;
  readonly picture: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const told = (values: readonly number[]): string =>
  `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`;

async function opening(name: string): Promise<Opening> {
  const asked = Date.now();
  await commands.executeCommand('vscode.open', inWorkspace(name));
  const { page, picture } = await eventually(async () => {
    const at = await designer.testId('canvas').evaluate<Opening | null>(
      `((mark, [script], from = performance.timeOrigin) => mark && { page: from + script.startTime, picture: from + mark.startTime })(
        performance.getEntriesByName('nabla-picture')[0], performance.getEntriesByType('resource'))`,
    );
    if (!at) throw new Error('no picture has been painted');
    return at;
  }, 30);
  await closeAll();
  return { page: page - asked, picture: picture - asked };
}

async function activation(): Promise<number> {
  await commands.executeCommand('workbench.action.showRuntimeExtensions');
  const row = workbench.find('.runtime-extensions-editor .monaco-list-row[aria-label="nabla"]');
  const text = await row.find('.activation-time').text();
  await closeAll();
  return Number(/(\d+)\s*ms/.exec(text)?.[1]);
}

/** Bytes of scripts in `dist`. */
async function bytes(...names: readonly string[]): Promise<number> {
  const extension = extensions.getExtension(ID);
  if (!extension) throw new Error(`${ID} is not there.`);
  const sizes = names.map(async name => {
    const { size } = await workspace.fs.stat(Uri.joinPath(extension.extensionUri, 'dist', name));
    return size;
  });
  return (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
}

const kB = (size: number): string => `${(size / 1000).toFixed(0)} kB`;

describe('Nabla', () => {
  const measure = async (): Promise<void> => {
    // The first designer of a window waits for more of VS Code than any later one.
    const first = await opening(FILES[0]);
    await say(
      `first designer of the window: page after ${first.page.toFixed(0)} ms, picture after ${first.picture.toFixed(0)} ms`,
    );
    const seen = new Map<string, Opening[]>(FILES.map(name => [name, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const name of FILES) seen.get(name)?.push(await opening(name));
    for (const [name, openings] of seen) {
      const pages = openings.map(({ page }) => page);
      const own = openings.map(({ page, picture }) => picture - page);
      await say(
        `${name}: picture after ${told(openings.map(({ picture }) => picture))}: page ${told(pages)} + ours ${told(own)} (wanted: ${PICTURE})`,
      );
    }
    expect(window.tabGroups.all.flatMap(({ tabs }) => tabs)).toHaveLength(0);
  };

  it('shows a network', measure, 300_000);

  it('costs VS Code little', async () => {
    await say(`activated in ${await activation()} ms (wanted: ${ACTIVATION})`);
    for (const language of ['en', 'zh']) {
      const first = await bytes('webview.js', 'webview-chunk.js', `webview-picture.${language}.js`);
      const around = await bytes('webview-furniture.js', `webview-furniture.${language}.js`);
      await say(
        `scripts of the picture in ${language} ${kB(first)} (wanted: ${kB(SCRIPTS)}), around it ${kB(around)}`,
      );
      expect(around).toBeGreaterThan(first);
    }
    await say(`script of the host ${kB(await bytes('extension.web.js'))}`);
  });
});
