/** What a scripted person does in a soak, one thing after another in an order drawn from a seed. */
import { Selection, commands, window } from 'vscode';
import { expect } from 'vitest';
import { dragHandle, keys, tabStop } from '../designing';
import { clickHead } from '../captions';
import { press as pressButton, rest } from '../measuring';
import { designer, editorText, eventually, moveAway, press, run, setTheme, textHover } from '../ui';
import { clickIfThere, stops } from './sitting';
import type { Sitting } from './sitting';

export interface SoakAction {
  readonly name: string;
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** Only where a network can be trained. */
  readonly trains?: true;
  /** Only while networks come and go: the page does not survive it. */
  readonly ends?: true;
  act(at: Sitting): Promise<unknown>;
}

const testId = (id: string) => designer.testId(id);
const card = testId('card');

// ------------------------------------------------------------------ looking

/** A card comes with the pointer, and none is left of it. */
async function hovers(over: () => Promise<void>): Promise<void> {
  await eventually(async () => {
    await moveAway();
    await over();
    await card.waitUntilVisible(2);
  });
  await noCard();
}

const noCard = (): Promise<void> =>
  eventually(async () => {
    await moveAway();
    await card.waitUntilGone(2).catch(async (error: unknown) => {
      // Behind it may come the card of what has the keyboard.
      await tabStop.press('Escape');
      throw error;
    });
  });

const IN_THE_OPEN = `(() => {
  const { left, top, width, height } = element.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return !above?.closest('.bias');
})()`;

async function hoverNeuron(at: Sitting): Promise<void> {
  if (!at.network.small) return hoverEdge(at);
  const { parts } = await at.on.shown();
  const found = parts.filter(part => /^(neuron|input)-/.test(part));
  if (found.length === 0) return;
  const neuron = testId(at.oneOf(found));
  // Where circles are small, also since an edit, their middle may lie under the bias.
  if (!(await neuron.evaluate<boolean>(IN_THE_OPEN))) return hoverEdge(at);
  await hovers(() => neuron.hover());
}

const EDGES = `[...element.querySelectorAll('[data-testid^="edge-"]')].map(edge => edge.dataset.testid)`;

async function hoverEdge(at: Sitting): Promise<void> {
  const found = await testId('canvas').evaluate<string[]>(EDGES);
  if (found.length > 0) await hovers(() => testId(at.oneOf(found)).hoverStroke(0.4));
}

async function openBoth(at: Sitting): Promise<void> {
  if (!isBeside(at)) await run('Nabla: Open Both (Text Beside)');
  await eventually(() => expect(isBeside(at)).toBe(true));
}

const isBeside = ({ uri }: Sitting): boolean =>
  window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());

/** A number in the text is explained under the pointer. */
async function hoverNumber(at: Sitting): Promise<void> {
  await openBoth(at);
  const [found] = /"(units|epochs|learningRate)": [\d.]+/.exec(at.on.text) ?? [];
  if (found === undefined) return;
  const place = at.on.document.positionAt(at.on.text.indexOf(found) + found.length - 1);
  await window.showTextDocument(at.on.document, {
    viewColumn: 2,
    selection: new Selection(place, place),
  });
  await eventually(async () => {
    await moveAway();
    await editorText.hoverText(found);
    await textHover.waitUntilVisible(2);
  }, 30);
  await moveAway();
}

/** A panel over the canvas is opened and closed. */
const panel =
  (open: () => Promise<unknown>, shown: string, close: () => Promise<unknown>) => async () => {
    await open();
    await testId(shown).waitUntilVisible(30);
    await close();
    await testId(shown).waitUntilGone();
  };

const click = (id: string) => () => testId(id).click();

async function stepThrough({ random }: Sitting): Promise<void> {
  await panel(click('step-through'), 'stepping', async () => {
    const steps = 1 + random.below(6);
    for (let i = 0; i < steps; i++) await testId('stepping-forward').press('ArrowRight');
    await testId('stepping-forward').press('Escape');
  })();
}

async function moveAbout({ random }: Sitting): Promise<void> {
  await testId('canvas').wheel(0, random.below(2) === 0 ? 120 : -120, ['Control']);
  await testId('canvas').wheel(random.below(200) - 100, random.below(200) - 100);
  await testId('zoom-fit').click();
}

async function inspect(at: Sitting): Promise<void> {
  const { network } = await at.on.shown();
  if (!network) return;
  await clickHead(at.random.below(network.layers.length + 1) - 1);
  // The card of the layer under the pointer may lie over the inspector.
  await noCard();
  await testId('select-network').click();
}

// ------------------------------------------------------------------ computing

/** To the end, or until it is paused. */
const train = (at: Sitting): Promise<void> =>
  at.aside(async () => {
    const before = await testId('status').text();
    await pressButton('train');
    await eventually(async () => expect(await testId('status').text()).not.toBe(before));
    await rest(at.random.below(2500));
    await commands.executeCommand('nabla.pause', at.uri);
    await stops();
  });

const ENDLESS = 1_000_000_000;

/** Long enough that somebody looks, and changes the network, while it trains. */
const trainLong = (at: Sitting): Promise<void> =>
  at.aside(async () => {
    void commands.executeCommand('nabla.train', at.uri, { epochs: ENDLESS });
    await rest(300 + at.random.below(1500));
    await hoverNeuron(at);
    if (at.random.below(2) === 0) await typeRate(at);
    else await hoverEdge(at);
    await rest(300 + at.random.below(1500));
    await at.rest();
  });

/** Another learning rate, by hand in the text: a run that goes on takes it. */
async function typeRate(at: Sitting): Promise<void> {
  const found = /(?<="learningRate": )[\d.]+/.exec(at.on.text);
  if (!found) return;
  const rate = at.oneOf(['0.02', '0.05', '0.004']);
  if (found[0] === rate) return;
  await at.on.heard(() => at.on.replace(found.index, found.index + found[0].length, rate));
}

const step = (at: Sitting): Promise<void> =>
  at.aside(async () => {
    const count = 1 + at.random.below(3);
    for (let i = 0; i < count; i++) {
      await testId(`step-${at.oneOf(['epoch', 'batch', 'sample'])}`).click();
      await stops();
    }
  });

const reset = (at: Sitting): Promise<void> => at.aside(click('reset'));

async function gradcheck(at: Sitting): Promise<void> {
  if (at.random.below(3) === 0) await run('Nabla: Gradcheck');
  else await testId('gradcheck').click();
  await testId('gradcheck-strip').waitUntilVisible();
  if (!at.network.small) {
    await rest(at.random.below(2000));
    await clickIfThere('gradcheck-cancel');
  }
  await eventually(async () => expect(await testId('gradcheck-cancel').count()).toBe(0), 60);
  if ((await testId('gradcheck-open').count()) > 0)
    await panel(click('gradcheck-open'), 'checked', click('checked-close'))();
  // Of one that was cancelled nothing is told.
  await clickIfThere('gradcheck-close');
  await testId('gradcheck-strip').waitUntilGone();
}

// ------------------------------------------------------------------ changing

/** Gestures, keys, typing, undo and redo. */
async function edit(at: Sitting): Promise<void> {
  const count = 1 + at.random.below(4);
  for (let i = 0; i < count; i++) {
    if (at.network.small) await at.stepOfFuzzer();
    else await editLarge(at);
  }
}

async function editLarge(at: Sitting): Promise<void> {
  const { on } = at;
  const gesture = (name: string, act: () => Promise<unknown>) =>
    at.take({ kind: 'gesture', name, act });
  const layers = on.text.indexOf('{', on.text.indexOf('"layers"'));
  const batch = /(?<="batchSize": )\d+/.exec(on.text);
  const ways = [
    () => gesture('+', async () => (await clickHead(0), keys(at.oneOf(['+', '-'])))),
    () => gesture('handle', () => dragHandle(0, at.random.below(5) - 2)),
    () =>
      at.take({
        kind: 'text',
        name: 'a layer',
        act: () => on.replace(layers, layers, '{ "type": "dense", "units": 12 }, '),
      }),
    () =>
      at.take({
        kind: 'text',
        name: 'batches',
        act: async () =>
          batch &&
          on.replace(batch.index, batch.index + batch[0].length, String(8 + at.random.below(50))),
      }),
  ];
  await at.oneOf(ways)();
}

const reloadPage = (at: Sitting): Promise<void> =>
  at.aside(async () => {
    await commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await eventually(() => at.on.shown(), 30);
  });

const theme = (at: Sitting): Promise<void> =>
  setTheme(at.oneOf(['dark', 'light', 'highContrast', 'highContrastLight'] as const));

export const actions: readonly SoakAction[] = [
  { name: 'edit', weight: 8, act: edit },
  { name: 'train', weight: 4, trains: true, act: train },
  { name: 'train, look and change', weight: 3, trains: true, act: trainLong },
  { name: 'step', weight: 2, trains: true, act: step },
  { name: 'reset', weight: 1, trains: true, act: reset },
  { name: 'hover a neuron', weight: 4, trains: true, act: hoverNeuron },
  { name: 'hover an edge', weight: 4, trains: true, act: hoverEdge },
  { name: 'hover a number', weight: 3, trains: true, act: hoverNumber },
  { name: 'gradcheck', weight: 2, trains: true, act: gradcheck },
  {
    name: 'results',
    weight: 2,
    trains: true,
    act: panel(click('results-open'), 'results-head', click('results-close')),
  },
  {
    name: 'formula lab',
    weight: 1,
    trains: true,
    act: panel(() => run('Nabla: Formula Lab'), 'lab', click('lab-close')),
  },
  { name: 'step through', weight: 2, trains: true, act: stepThrough },
  {
    name: 'help',
    weight: 1,
    trains: true,
    act: panel(click('help-open'), 'help', click('help-close')),
  },
  { name: 'move about', weight: 2, trains: true, act: moveAbout },
  { name: 'inspect', weight: 2, trains: true, act: inspect },
  { name: 'text beside', weight: 3, act: openBoth },
  { name: 'close the text', weight: 2, act: at => at.closeText() },
  { name: 'save', weight: 1, act: at => at.save() },
  { name: 'take all back', weight: 1, act: at => at.end() },
  { name: 'let be', weight: 2, act: ({ random }) => rest(500 + random.below(1500)) },
  { name: 'theme', weight: 1, act: theme },
  { name: 'escape', weight: 1, act: () => press('Escape') },
  { name: 'reload the page', weight: 1, ends: true, act: reloadPage },
  { name: 'close and reopen', weight: 2, ends: true, act: at => at.reopen() },
];

/** What comes next, of those that are possible here. @param stays whether the page must last */
export async function draw(at: Sitting, stays: boolean): Promise<SoakAction> {
  const trainable = await at.isTrainable();
  const possible = actions.filter(({ trains, ends }) => (!trains || trainable) && !(ends && stays));
  const all = possible.flatMap(action => Array<SoakAction>(action.weight).fill(action));
  return at.oneOf(all);
}
