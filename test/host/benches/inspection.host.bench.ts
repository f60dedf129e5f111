/**
 * How fast a gradient is there in a real VS Code, and what looking at it costs the training: `npm run bench:host`.
 *
 * A card's time is counted in the page, from the last movement of the real pointer to the frame in which the card is
 * painted, less the 150 ms for which the pointer has to rest. Throughput is epochs a second by the page's own status
 * line, with a card open and without, in turns; on a noisy machine the median of the quotients of neighbours counts.
 */
import type { Uri } from 'vscode';
import { commands, workspace } from 'vscode';
import { describe, expect, it } from 'vitest';
import { ask, inWorkspace } from '../errand';
import { closeAll, designer, eventually, moveAway } from '../ui';

/** Milliseconds that the pointer rests before a card is meant (webview/canvas/hover.ts). */
const REST = 150;
const ROUNDS = 5;
/** Pairs of stretches with a card and without: many short ones, for the machine's own speed changes within seconds. */
const PAIRS = 30;
const SECONDS = 2.5;
/** Milliseconds in which a new card may have what it needs: what is measured is a card that stays. */
const SETTLES = 500;

const dense = (units: number, activation: string): object => ({ type: 'dense', units, activation });

/** A network that trains on `samples` of seeded noise, and stops only when it is told to. */
function network(inputs: number, layers: readonly object[], samples: number): string {
  const outputs = (layers.at(-1) as { units: number }).units;
  const noise = (i: number): number => Math.round(500 * Math.sin(i * 12.9898) + 500) / 1000;
  const inline = Array.from({ length: samples }, (_, n) => ({
    x: Array.from({ length: inputs }, (__, i) => noise(n * inputs + i)),
    y: Array.from({ length: outputs }, (__, i) => (i === n % outputs ? 1 : 0)),
  }));
  return JSON.stringify({
    version: 1,
    name: `bench-${inputs}`,
    seed: 1,
    input: { shape: [inputs] },
    layers,
    loss: { type: 'meanSquaredError' },
    training: {
      optimizer: { type: 'adam', learningRate: 0.0001 },
      batchSize: 32,
      epochs: 1_000_000_000,
    },
    data: { inline },
  });
}

/** What is measured, and the most milliseconds that a card may take there. */
const NETWORKS = [
  {
    name: '3-4-2',
    text: network(3, [dense(4, 'sigmoid'), dense(2, 'sigmoid')], 64),
    most: 50,
    edges: ['edge-0-0-0', 'edge-0-3-2', 'edge-1-1-3', 'edge-1-0-0'],
    neurons: ['neuron-0-1', 'neuron-1-1'],
  },
  {
    name: '784-512-10',
    text: network(784, [dense(512, 'relu'), dense(10, 'sigmoid')], 64),
    most: 100,
    edges: [],
    neurons: ['neuron-0-0', 'neuron-0-3', 'neuron-1-0', 'neuron-1-9', 'neuron-0-511'],
  },
] as const;

const say = (line: string): Promise<null> => ask('say', { line });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Watches the page: when the pointer moved last, and when a card was painted. */
const WATCH = `(() => {
  if (window.cardTimes) return 0;
  window.cardTimes = { moved: 0, painted: 0 };
  addEventListener('pointermove', () => {
    window.cardTimes.moved = performance.now();
    window.cardTimes.painted = 0;
  }, true);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.cardTimes.painted ||= performance.now(); };
  new MutationObserver(() => {
    if (!document.querySelector('[data-testid="card-value"]')) return;
    requestAnimationFrame(() => port2.postMessage(0));
  }).observe(document, { childList: true, subtree: true });
  return 1;
})()`;

async function openNetwork(text: string): Promise<Uri> {
  // A name of its own: VS Code may still have the text of a file that was deleted a moment ago.
  const uri = inWorkspace(`${(JSON.parse(text) as { name: string }).name}.nn.json`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await commands.executeCommand('vscode.open', uri);
  await designer.testId('status').waitUntilVisible();
  await designer.testId('canvas').evaluate(WATCH);
  return uri;
}

/** Opens the network, and closes it whatever happens. */
async function withNetwork(text: string, act: () => Promise<void>): Promise<void> {
  const uri = await openNetwork(text);
  try {
    await act();
  } finally {
    await closeAll();
    await workspace.fs.delete(uri);
  }
}

/** Milliseconds from the rested pointer to the painted card. */
async function cardTime(point: () => Promise<void>): Promise<number> {
  await moveAway();
  await designer.testId('card').waitUntilGone();
  await point();
  return eventually(async () => {
    const { moved, painted } = await designer
      .testId('canvas')
      .evaluate<{ moved: number; painted: number }>('window.cardTimes');
    if (painted === 0) throw new Error('no card has been painted');
    return painted - moved - REST;
  });
}

/** When the page shows the next epoch: not when somebody asks, which may be an epoch later. */
async function epochAndTime(): Promise<{ epoch: number; at: number }> {
  const { words, at } = await designer.testId('status').evaluate<{ words: string; at: number }>(
    `new Promise(done => {
        const before = element.innerText;
        const observer = new MutationObserver(() => {
          if (element.innerText === before) return;
          observer.disconnect();
          done({ words: element.innerText, at: performance.now() });
        });
        observer.observe(element, { childList: true, subtree: true, characterData: true });
      })`,
  );
  const epoch = Number(/epoch\s+([\d,.\s ]+)/i.exec(words)?.[1].replace(/\D/g, ''));
  if (!Number.isFinite(epoch)) throw new Error(`no epoch in "${words}"`);
  return { epoch, at };
}

async function epochsPerSecond(): Promise<number> {
  await new Promise(done => setTimeout(done, SETTLES));
  const from = await epochAndTime();
  await new Promise(done => setTimeout(done, SECONDS * 1000));
  const to = await epochAndTime();
  return ((to.epoch - from.epoch) / (to.at - from.at)) * 1000;
}

async function train(): Promise<void> {
  await designer.testId('train').click();
  await designer.testId('pause').waitUntilVisible();
}

const list = (values: readonly number[]): string =>
  values.map(value => value.toFixed(value < 100 ? 1 : 0)).join(' ');

describe.each(NETWORKS)('$name', ({ name, text, most, edges, neurons }) => {
  const points = [
    ...edges.map(id => () => designer.testId(id).hoverStroke(0.35)),
    // Right and above the middle: the bias lies at the lower left.
    ...neurons.map(id => () => designer.testId(id).hover({ x: 18, y: 12 })),
  ];

  const cards = async (): Promise<number[]> => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      for (const point of points) times.push(await cardTime(point));
    return times;
  };

  const measureCards = async (): Promise<void> => {
    const rest = await cards();
    await train();
    const running = await cards();
    await designer.testId('pause').click();
    const results = [['at rest', rest] as const, ['while training', running] as const];
    for (const [when, times] of results)
      await say(
        `${name} card ${when}: median ${median(times).toFixed(1)} ms, worst ${Math.max(...times).toFixed(1)} ms of ${times.length} (wanted: ${most})`,
      );
    expect(rest.length + running.length).toBe(2 * ROUNDS * points.length);
  };

  const measureTraining = async (): Promise<void> => {
    const [without, open]: [number[], number[]] = [[], []];
    await train();
    await moveAway();
    await epochsPerSecond();
    for (let pair = 0; pair < PAIRS; pair++) {
      await moveAway();
      await designer.testId('card').waitUntilGone();
      without.push(await epochsPerSecond());
      await points[0]();
      await designer.testId('card').waitUntilVisible();
      open.push(await epochsPerSecond());
    }
    await designer.testId('pause').click();
    await say(`${name} epochs a second without a card: ${list(without)}`);
    await say(`${name} epochs a second with a card:    ${list(open)}`);
    const quotients = open.map((rate, i) => rate / without[i]);
    await say(
      `${name} with : without = ${median(quotients).toFixed(3)}, of the sums ${(sum(open) / sum(without)).toFixed(3)} (wanted: at least 0.95)`,
    );
    expect(open.length).toBe(PAIRS);
  };

  it('cards at rest, and while training runs', () => withNetwork(text, measureCards), 300_000);

  it('training with a card open, and without', () => withNetwork(text, measureTraining), 300_000);
});
