/**
 * "Get Started with Nabla", lived: each of its five steps is ticked off by what a person does in the product, and the
 * lessons at its end open. In another language with `--locale zh-cn`.
 */
import { commands, extensions, window, workspace } from 'vscode';
import type { TabInputCustom } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dragToSlot, palette } from '../designing';
import {
  answer,
  answerPath,
  closeAll,
  designer,
  eventually,
  inChinese,
  inWorkspace,
  moveAway,
  open,
  run,
  screenshot,
  setTheme,
  uncaught,
  words,
  workbench,
} from '../ui';

const STEPS = ['open', 'train', 'touch', 'prove', 'design'] as const;
const ID = 'nabla-designer.nabla#start';
const NETWORK = 'mine.nn.json';
const LANGUAGE = inChinese ? 'zh' : 'en';

interface Manifest {
  contributes: {
    walkthroughs: { steps: { id: string; title: string }[] }[];
  };
}

/** As VS Code read it: with the words of the person's language. */
const manifest = (): Manifest =>
  extensions.getExtension('nabla-designer.nabla')?.packageJSON as Manifest;
const titles = () => manifest().contributes.walkthroughs[0].steps.map(({ title }) => title);

const step = (id: string) => workbench.find(`[data-step-id="${ID}#${id}"]`);
const button = workbench.find('.getting-started-step.expanded .monaco-button');

/** Brings the page to the front, with this step unfolded. */
async function look(id: (typeof STEPS)[number]): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', ID, false);
  await step(id).waitUntilVisible();
  await eventually(async () => {
    if ((await step(id).attribute('aria-expanded')) !== 'true') await step(id).click();
    expect(await step(id).attribute('aria-expanded')).toBe('true');
  });
}

/** The steps that are ticked off. */
async function done(): Promise<string[]> {
  const states = await Promise.all(STEPS.map(id => step(id).attribute('aria-checked')));
  return STEPS.filter((_, i) => states[i] === 'true');
}

/** The page says so, with this step and those before it done, and no other. */
async function isDoneUpTo(id: (typeof STEPS)[number]): Promise<void> {
  await look(id);
  const expected = STEPS.slice(0, STEPS.indexOf(id) + 1);
  await eventually(async () => expect(await done()).toEqual(expected));
}

const network = designer.testId('neuron-0-0');

async function backToNetwork(): Promise<void> {
  await open(NETWORK);
  await network.waitUntilVisible(30);
}

// VS Code ticks off what happens first in a window, so this suite has one of its own (ALONE in suite.ts).
describe('the walkthrough', () => {
  beforeAll(async () => {
    await closeAll();
    await commands.executeCommand('workbench.action.closeSidebar');
  });
  afterAll(closeAll);

  it('has five steps in the language of the person', async () => {
    await look('open');
    const shown = await Promise.all(STEPS.map(id => step(id).find('h3').text()));
    expect(shown).toEqual(titles());
    expect(/[一-鿿]/.test(shown[0])).toBe(inChinese);
    expect(await done()).toEqual([]);
  });

  it.each(['dark', 'light', 'highContrast'] as const)('shows its pictures in %s', async theme => {
    await setTheme(theme);
    await moveAway();
    for (const id of STEPS) {
      await look(id);
      const picture = designer.find('svg[viewBox="0 0 480 320"]');
      await picture.waitUntilVisible();
      await screenshot(`walkthrough-${id}-${theme}-${LANGUAGE}`);
    }
    await setTheme('dark');
  });

  it('opens a network from its button, and knows that it is open', async () => {
    await look('open');
    await button.click();
    await answerPath(inWorkspace(NETWORK).path);
    await eventually(async () =>
      expect(await workspace.fs.stat(inWorkspace(NETWORK))).toBeDefined(),
    );
    await network.waitUntilVisible(30);
    expect(workspace.textDocuments.some(({ isDirty }) => isDirty)).toBe(false);
    await isDoneUpTo('open');
  });

  it('knows that Train was pressed in the designer', async () => {
    await backToNetwork();
    await designer.testId('train').click();
    await isDoneUpTo('train');
    await commands.executeCommand('nabla.pause');
  });

  it('knows that a card was seen', async () => {
    await backToNetwork();
    await designer.testId('bias-0-0').hover();
    await designer.testId('card').waitUntilVisible();
    await moveAway();
    await isDoneUpTo('touch');
  });

  it('knows that a gradcheck came to its end in the designer', async () => {
    await backToNetwork();
    await designer.testId('gradcheck').click();
    await designer.testId('gradcheck-result').waitUntilVisible(30);
    await isDoneUpTo('prove');
  });

  it('knows that a layer was dragged in', async () => {
    await backToNetwork();
    await dragToSlot(palette('dense'), 1);
    await isDoneUpTo('design');
    await screenshot(`walkthrough-done-${LANGUAGE}`);
  });

  it('trains from its button, although its own page is in front', async () => {
    await look('train');
    await button.click();
    await eventually(() => {
      const input = window.tabGroups.activeTabGroup.activeTab?.input as TabInputCustom | undefined;
      expect(input?.viewType).toBe('nabla.designer');
    });
    const status = designer.testId('status');
    await eventually(async () =>
      expect(['training', 'finished']).toContain(await status.attribute('data-phase')),
    );
    await commands.executeCommand('nabla.pause');
  });
});

describe('the lessons', () => {
  const [FIRST, SECOND] = inChinese
    ? ['1-前向传播.md', '2-损失.md']
    : ['1-forward.md', '2-loss.md'];
  const question = words('Lessons');
  const heading = (number: string) => designer.find(`h2:has-text("${number} ")`);

  afterAll(async () => {
    await closeAll();
    await workspace.fs.delete(inWorkspace('nabla-lessons'), { recursive: true });
    await workspace.fs.delete(inWorkspace(NETWORK));
  });

  it('ask before they come into the folder, and can be only read', async () => {
    await closeAll();
    await run('Nabla: Open Lessons');
    await workbench.find('.quick-input-widget:visible .monaco-list-row').waitUntilVisible();
    await screenshot(`lessons-asked-${LANGUAGE}`);
    await answer(question, { row: words('Only read them') });
    await heading('1').waitUntilVisible(30);
    await designer.find('a:has-text("reference-3-4-2")').click();
    await designer.testId('read-only').waitUntilVisible(30);
    expect(await workspace.findFiles('nabla-lessons/*')).toEqual([]);
  });

  it('are copied, and lead from page to page and to their networks', async () => {
    await closeAll();
    await run('Nabla: Open Lessons');
    await answer(question);
    await heading('1').waitUntilVisible(30);
    await designer.find('summary').click();
    await screenshot(`lessons-${LANGUAGE}`);
    const files = (await workspace.findFiles('nabla-lessons/*')).map(({ path }) => path);
    for (const name of [FIRST, SECOND])
      expect(files.some(path => path.endsWith(`/nabla-lessons/${name}`))).toBe(true);
    await designer.find('a:has-text("→")').click();
    await heading('2').waitUntilVisible();
    await setTheme('light');
    await screenshot(`lessons-light-${LANGUAGE}`);
    await setTheme('dark');
    await designer.find('a:has-text("chain-2-3-2-2")').click();
    await network.waitUntilVisible(30);
    expect(await designer.testId('read-only').count()).toBe(0);
    expect((await uncaught()).join('\n')).toBe('');
  });
});
