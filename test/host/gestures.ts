/** Every way to change a network of 3-4-4-2 in the designer, and what it must lead to. */
import type { Network } from '../../src/network/network';
import { clickHead } from './captions';
import {
  chooseFromMenu,
  dragHandle,
  dragToSlot,
  head,
  keys,
  neuron,
  palette,
  tabStop,
} from './designing';
import { clickHere, designer, eventually } from './ui';

export interface Gesture {
  readonly name: string;
  act(): Promise<unknown>;
  /** What of the network it changes, and to what. */
  read(network: Network): unknown;
  readonly becomes: unknown;
}

const testId = (id: string) => designer.testId(id);

/** Sizes from the input to the output. */
export const sizes = ({ input, layers }: Network): string =>
  [input.shape[0], ...layers.map(({ units }) => units)].join('-');

const activations = ({ layers }: Network): string =>
  layers.map(({ activation }) => activation).join(' ');

const types = ({ layers }: Network): string => layers.map(({ type }) => type).join(' ');

const from =
  (layer: number) =>
  ({ layers }: Network): unknown =>
    layers[layer].from;

/** Presses keys on the canvas, with a layer (−1: input) selected by a click. */
const onLayer =
  (layer: number, ...names: readonly string[]) =>
  async () => {
    await clickHead(layer);
    await keys(...names);
  };

/** Clicks on something in the form of a layer. */
const inForm =
  (layer: number, ...ids: readonly string[]) =>
  async () => {
    await clickHead(layer);
    for (const id of ids) await testId(id).click();
  };

/** Types into a field and presses Enter. */
const typed = (id: string, words: string) => async () => {
  await testId(id).fill(words);
  await testId(id).press('Enter');
};

/** Shows the form of the network, with a group open. */
async function showNetwork(group: string): Promise<void> {
  if (await testId('select-network').count()) await testId('select-network').click();
  const title = testId(`toggle-${group}`);
  await eventually(async () => {
    if ((await title.attribute('aria-expanded')) === 'true') return;
    await title.click();
    throw new Error(`${group} is folded`);
  });
}

const inNetwork = (group: string, act: () => Promise<unknown>) => async () => {
  await showNetwork(group);
  await act();
};

const choose = (id: string, choice: string) => async () => {
  await testId(id).click();
  await testId(id).find(`nabla-option[value="${choice}"]`).click();
};

/** Goes to a number by name and opens its field. */
const editing = (place: string, words: string) => async (): Promise<void> => {
  await clickHead(0);
  await keys('/');
  await typed('go-to-field', place)();
  await testId('go-to').waitUntilGone();
  await keys('Enter');
  await typed('number', words)();
};

/** What a number of the text is: a fraction is written with the digits that the network's precision has. */
const weight =
  (layer: number, row: number, column: number) =>
  ({ layers }: Network): unknown => {
    const found = layers[layer];
    return found.type === 'dense' ? found.weights?.[row][column] : undefined;
  };

const bias =
  (layer: number, row: number) =>
  ({ layers }: Network): unknown => {
    const found = layers[layer];
    return found.type === 'dense' ? found.bias?.[row] : undefined;
  };

type Row = readonly [
  name: string,
  act: () => Promise<unknown>,
  read: (network: Network) => unknown,
  becomes: unknown,
];

const byPointer: readonly Row[] = [
  ['palette: dense', () => dragToSlot(palette('dense'), 1), sizes, '3-4-4-4-2'],
  ['palette: add', () => dragToSlot(palette('add'), 2), types, 'dense dense add dense'],
  ['palette: concat', () => dragToSlot(palette('concat'), 2), types, 'dense dense concat dense'],
  [
    'palette: activation',
    () => palette('elu').dragTo(neuron(0, 1)),
    activations,
    'elu tanh linear',
  ],
  [
    'palette: output',
    () => palette('classes').dragTo(neuron(2)),
    activations,
    'sigmoid tanh softmax',
  ],
  [
    'palette: click',
    async () => (await clickHead(0), palette('dense').click()),
    sizes,
    '3-4-4-4-2',
  ],
  ['head: reorder', () => dragToSlot(head(0), 2), activations, 'tanh sigmoid linear'],
  [
    'head: Alt copies',
    () => dragToSlot(head(1), 1, { modifiers: ['Alt'] }),
    activations,
    'sigmoid tanh tanh linear',
  ],
  ['handle: grow', () => dragHandle(0, 3), sizes, '3-7-4-2'],
  ['handle: shrink', () => dragHandle(1, -2), sizes, '3-4-2-2'],
  ['handle: input', () => dragHandle(-1, 1), sizes, '4-4-4-2'],
  ['port: connect', () => testId('port-input').dragTo(neuron(1, 2)), from(1), ['input']],
  [
    'port: connect by clicks',
    async () => (await testId('port-0').click(), neuron(2).click()),
    types,
    'dense dense dense',
  ],
  [
    '"+": chooser',
    async () => {
      await testId('slot-1').click();
      await testId('chooser-units').fill('5');
      await testId('chooser-insert').click();
    },
    sizes,
    '3-4-5-4-2',
  ],
  [
    'select two, remove both',
    async () => {
      await clickHead(0);
      await head(1).click({ modifiers: ['Control'] });
      await testId('remove-layers').click();
    },
    sizes,
    '3-2',
  ],
  ['menu: delete', () => chooseFromMenu(head(1), 'Delete Layer'), sizes, '3-4-2'],
  ['menu: duplicate', () => chooseFromMenu(neuron(0, 2), 'Duplicate Layer'), sizes, '3-4-4-4-2'],
  [
    'double click on a weight: 0,25',
    async () => {
      await testId('edge-2-1-3').hoverStroke(0.4);
      await clickHere(2);
      await typed('number', '0,25')();
    },
    weight(2, 1, 3),
    0.25,
  ],
  [
    'double click on a bias: −2/3',
    async () => {
      await testId('bias-1-2').click({ count: 2 });
      await typed('number', '−2/3')();
    },
    bias(1, 2),
    -0.6666667,
  ],
];

const byKeys: readonly Row[] = [
  ['Delete', onLayer(1, 'Delete'), sizes, '3-4-2'],
  ['Backspace on two layers', onLayer(0, 'Shift+ArrowRight', 'Backspace'), sizes, '3-2'],
  ['+', onLayer(0, '+'), sizes, '3-5-4-2'],
  ['−', onLayer(1, '-'), sizes, '3-4-3-2'],
  ['+ on the input', onLayer(-1, '+'), sizes, '4-4-4-2'],
  ['Alt+→', onLayer(0, 'Alt+ArrowRight'), activations, 'tanh sigmoid linear'],
  ['Alt+←', onLayer(1, 'Alt+ArrowLeft'), activations, 'tanh sigmoid linear'],
  ['Ctrl+D', onLayer(1, 'Control+d'), activations, 'sigmoid tanh tanh linear'],
  ['Ctrl+X', onLayer(1, 'Control+x'), sizes, '3-4-2'],
  [
    'Ctrl+C, Ctrl+V',
    onLayer(0, 'Control+c', 'Control+v'),
    activations,
    'sigmoid sigmoid tanh linear',
  ],
  ['i', onLayer(0, 'i', 'Control+a', '6', 'Enter'), sizes, '3-4-6-4-2'],
  ['I', onLayer(0, 'Shift+I', 'Control+a', '6', 'Enter'), sizes, '3-6-4-4-2'],
  ['a', onLayer(0, 'a', 'ArrowDown', 'Enter'), activations, 'tanh tanh linear'],
  ['C', onLayer(-1, 'c', 'ArrowRight', 'Enter'), from(1), ['input']],
  ['Enter on a weight', editing('w 2 3 1', '1/3'), weight(0, 2, 0), 0.33333334],
  ['Enter on a bias', editing('b 3 4', '-1.5e-3'), bias(1, 3), -1.5e-3],
];

const inInspector: readonly Row[] = [
  ['units', async () => (await clickHead(0), typed('units', '6')()), sizes, '3-6-4-2'],
  ['more units', inForm(1, 'more-units'), sizes, '3-4-5-2'],
  [
    'activation',
    async () => (await clickHead(1), choose('activation', 'gelu')()),
    activations,
    'sigmoid gelu linear',
  ],
  [
    'no bias',
    inForm(0, 'use-bias'),
    ({ layers }) => (layers[0].type === 'dense' ? layers[0].useBias : undefined),
    false,
  ],
  ['add layer', inForm(0, 'add-layer'), sizes, '3-4-4-4-2'],
  ['remove layer', inForm(0, 'remove-layer'), sizes, '3-4-2'],
  [
    'learning rate',
    inNetwork('training', typed('field-training.optimizer.learningRate', '0,03')),
    ({ training }) => training.optimizer.learningRate,
    0.03,
  ],
  [
    'optimizer',
    inNetwork('training', choose('field-training.optimizer.type', 'adam')),
    ({ training }) => training.optimizer.type,
    'adam',
  ],
  [
    'whole batch',
    inNetwork('training', () => testId('batch-all').click()),
    ({ training }) => training.batchSize,
    'all',
  ],
  [
    'L2',
    inNetwork('penalty', typed('field-regularization.l2', '0.01')),
    ({ regularization }) => regularization.l2,
    0.01,
  ],
  [
    'loss',
    inNetwork('loss', choose('field-loss.type', 'binaryCrossEntropy')),
    activations,
    'sigmoid tanh sigmoid',
  ],
  [
    'input names',
    inNetwork('input', async () => {
      const names = 'field-input.names';
      if (!(await testId(names).count())) await testId('more-input.more').click();
      await typed(names, 'p, q, r')();
    }),
    ({ input }) => input.names,
    ['p', 'q', 'r'],
  ],
  [
    'data from a generator',
    inNetwork('data', async () => {
      await testId('use-generator').click();
      await testId('generator-apply').click();
    }),
    ({ data }) => data?.source.type,
    'generator',
  ],
];

export const gestures: readonly Gesture[] = [...byPointer, ...byKeys, ...inInspector].map(
  ([name, act, read, becomes]) => ({ name, act, read, becomes }),
);

/** Takes the last change back on the canvas, where no field has an undo of its own. */
export const undoKey = { key: 'Control+z', on: tabStop } as const;
