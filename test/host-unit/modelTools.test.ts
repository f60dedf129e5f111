/** What language models ask of a network, with the real session. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { registerModelTools } from '../../src/host/modelTools';
import { changesText, editsOf } from '../../src/host/modelEdits';
import { modelToolWork } from '../../src/host/modelToolWork';
import type { ModelToolInput, ModelToolName } from '../../src/host/modelToolWork';
import { parseNetwork } from '../../src/network/parse';
import { example } from './support/example';
import { createHostWith } from './support/host';
import { sessionPort } from './support/session';
import { modelTools } from './support/vscode';
import type { TextDocument } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

let host: ReturnType<typeof createHostWith>;

function open(text: string): void {
  host = createHostWith(sessionPort, text);
}

beforeEach(() => {
  open(example('reference-3-4-2'));
  return () => host.runs.dispose();
});

const ask = async <T = Record<string, unknown>>(
  name: ModelToolName,
  input: ModelToolInput = {},
): Promise<T> => (await modelToolWork[name](host.uri, input, host, token)) as T;

const text = (): string => (host.document as unknown as TextDocument).getText();

describe('describe', () => {
  it('tells layers, settings, data and the place of the training, and no weights', async () => {
    const answer = await ask('describe');
    expect(answer).toMatchObject({
      name: 'Reference 3-4-2',
      parameters: 26,
      samples: { training: 1, validation: 0 },
      state: { phase: 'idle', epoch: 0 },
      layers: [
        { path: 'layers[0]', type: 'dense', inputs: 3, outputs: 4, parameters: 16 },
        { path: 'layers[1]', type: 'dense', inputs: 4, outputs: 2, parameters: 10 },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain('0.35');
  });
});

describe('validate', () => {
  it('finds nothing wrong with an example', async () => {
    expect(await ask('validate')).toEqual({ valid: true, issues: [] });
  });

  it('names the place of each mistake, also of a text that is no network', async () => {
    open(example('reference-3-4-2').replace('"units": 4', '"units": 5'));
    const { valid, issues } = await ask<{ valid: boolean; issues: object[] }>('validate');
    expect(valid).toBe(false);
    expect(issues[0]).toMatchObject({ severity: 'error', path: 'layers[0].weights' });
    expect(issues[0]).toHaveProperty('line');
  });
});

describe('train', () => {
  it('says the loss before and after, and writes the weights', async () => {
    const before = text();
    const { loss, ...rest } = await ask<{ loss: { before: number; after: number } }>('train', {
      epochs: 20,
    });
    expect(rest).toMatchObject({ phase: 'finished', epoch: 20, weights: 'written into the text' });
    expect(loss.before).toBeCloseTo(0.3421, 4);
    expect(loss.after).toBeLessThan(loss.before);
    expect(text()).not.toBe(before);
  });

  it.each([0, 1.5, '3', null])('refuses %j epochs', async epochs => {
    await expect(async () => ask('train', { epochs })).rejects.toThrow(
      /"epochs" is a whole number of at least 1, found/,
    );
  });
});

describe('gradcheck', () => {
  it('tells how many agree', async () => {
    expect(await ask('gradcheck')).toMatchObject({ parameters: 26, agree: 26, failed: [] });
  });
});

describe('explain', () => {
  it("has the formula with this network's numbers, for the loss of the training part or of a sample", async () => {
    for (const sample of [undefined, 0]) {
      const answer = await ask<string>('explain', { target: 'layers[0].weights[0][0]', sample });
      expect(answer).toContain('0.007358');
      expect(answer).toContain('layers[0].weights[0][0]');
    }
  });

  it('says what there is where a target is none', async () => {
    await expect(ask('explain', { target: 'layers[7]' })).rejects.toThrow(
      '"target" layers[7]: there is no layer 7, expected 0 to 1. The network has input: 3 neurons',
    );
  });
});

describe('edit', () => {
  it('makes several changes as one, and keeps the weights that fit', async () => {
    const { changed, weights, valid } = await ask('edit', {
      changes: [
        { path: 'layers[0].units', set: 5 },
        { path: 'training.optimizer.learningRate', set: 0.25 },
      ],
    });
    expect({ changed, valid }).toEqual({ changed: 2, valid: true });
    expect(weights).toEqual({ kept: 26, fresh: 6 });
    const { network } = parseNetwork(text());
    expect(network?.layers.map(({ units }) => units)).toEqual([5, 2]);
    expect(network?.training.optimizer.learningRate).toBe(0.25);
  });

  it('refuses what would leave no usable network, and leaves the text as it is', async () => {
    const before = text();
    const changes = [{ path: 'layers[0].units', set: -1 }];
    await expect(ask('edit', { changes })).rejects.toThrow(/units/);
    expect(text()).toBe(before);
  });

  it.each([
    [undefined, '"changes" is a list of changes'],
    [[], '"changes" is a list of changes'],
    [[null], 'changes[0].path is a path in the file'],
    [[{ path: 'layers[', set: 1 }], 'changes[0].path is a path in the file'],
    [[{ path: 'seed' }], 'changes[0] has one of "set", "insert" (with "index") and "remove"'],
    [[{ path: 'seed', set: 1, remove: true }], 'changes[0] has one of'],
    [[{ path: 'layers', insert: {}, index: -1 }], 'changes[0].index is the number of the element'],
  ])('refuses %j', (changes, message) => {
    expect(() => editsOf(changes)).toThrow(message);
  });
});

it('a change is the gesture that a person would make', () => {
  const layer = { type: 'dense', units: 2, activation: 'relu' };
  const changes = [
    { path: 'layers[1].activation', set: 'relu' },
    { path: 'seed', set: 3 },
    { path: 'layers', insert: layer, index: 1 },
    { path: 'layers[0]', remove: true },
    { path: 'expect[2]', remove: true },
    { path: 'notation', remove: true },
  ];
  expect(editsOf(changes)).toEqual([
    { type: 'setActivation', layer: 1, activation: 'relu' },
    { type: 'setSeed', seed: 3 },
    { type: 'addLayer', index: 1, layer },
    { type: 'removeLayer', layer: 0 },
    { type: 'remove', path: ['expect'], index: 2 },
    { type: 'unset', path: ['notation'] },
  ]);
  expect(changesText(changes).split('\n')).toEqual([
    'layers[1].activation = "relu"',
    'seed = 3',
    '+ layers[1] {"type":"dense","units":2,"activation":"relu"}',
    '− layers[0]',
    '− expect[2]',
    '− notation',
  ]);
});

describe('a tool, as VS Code calls it', () => {
  interface Tool {
    prepareInvocation(options: { input: object }): Promise<{
      invocationMessage: string;
      confirmationMessages?: { title: string; message: string | { value: string } };
    }>;
    invoke(options: { input: object }, token: object): Promise<{ content: { value: string }[] }>;
  }
  const tool = (name: string): Tool => modelTools.get(`nabla_${name}`) as Tool;
  const FILE = { file: 'net.nn.json' };

  beforeEach(() => {
    const registration = registerModelTools(host);
    return () => void registration.dispose();
  });

  it('asks before it trains or edits, and says what it would do; what only looks does not ask', async () => {
    const asks = async (name: string, input: object = FILE): Promise<string | undefined> => {
      const { confirmationMessages: asked } = await tool(name).prepareInvocation({ input });
      if (!asked) return undefined;
      const { title, message } = asked;
      return `${title} ${typeof message === 'string' ? message : message.value}`;
    };
    for (const name of ['describe', 'validate', 'gradcheck', 'explain'])
      expect(await asks(name)).toBeUndefined();
    expect(await asks('train', { ...FILE, epochs: 7 })).toMatch(/^Train net.nn.json\? Epochs: 7\./);
    const changes = [{ path: 'layers[0].units', set: 5 }];
    expect(await asks('edit', { ...FILE, changes })).toBe(
      'Change net.nn.json? layers[0].units = 5',
    );
  });

  it('answers with text', async () => {
    const { content } = await tool('gradcheck').invoke({ input: FILE }, token);
    expect(JSON.parse(content[0].value)).toMatchObject({ agree: 26 });
  });

  it.each(['../net.nn.json', '/etc/passwd', 'other.nn.json', 'a/../../net.nn.json', 5])(
    'takes no file %j, and says which there are',
    async file => {
      await expect(tool('describe').invoke({ input: { file } }, token)).rejects.toThrow(
        /relative to its folder, found .* The workspace has/,
      );
    },
  );
});
