import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newNetwork } from '../../src/host/newNetwork';
import { parseNetwork } from '../../src/network/parse';
import { templateNames } from '../../src/network/templates';
import { editor, Uri, window } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

interface Item {
  readonly label: string;
  readonly start?: string;
  readonly uri?: Uri;
}

const asked: Item[][] = [];

/** Picks by label, one answer a question. */
function answer(...labels: string[]): void {
  Object.assign(window, {
    showQuickPick: (items: Item[]) => {
      asked.push(items);
      const label = labels.shift();
      return Promise.resolve(items.find(item => item.label === label));
    },
  });
}

function save(path: string): void {
  Object.assign(window, { showSaveDialog: () => Promise.resolve(Uri.file(path)) });
}

const written = (path: string) => parseNetwork(new TextDecoder().decode(editor.files.get(path)));

beforeEach(() => {
  editor.reset();
  asked.length = 0;
});

it.each([
  ['/work/sine.nn.json', '/work/sine.nn.json'],
  ['/work/sine.nn.json.nn.json', '/work/sine.nn.json'],
  ['/work/sine', '/work/sine.nn.json'],
  ['/work/sine.json', '/work/sine.nn.json'],
  ['/work/sine.nn', '/work/sine.nn.json'],
])('a network saved as %s lies in %s', async (chosen, file) => {
  save(chosen);
  await newNetwork('sine');
  expect([...editor.files.keys()]).toEqual([file]);
});

it('offers every template, and a CSV file', async () => {
  answer();
  expect(await newNetwork()).toBeUndefined();
  expect(asked[0].map(({ start }) => start)).toEqual([...templateNames, 'csv']);
  expect(new Set(asked[0].map(({ label }) => label)).size).toBe(templateNames.length + 1);
});

it('writes the template that was picked', async () => {
  answer('Reference 3-4-2');
  save('/work/mine.nn.json');
  await newNetwork();
  expect(written('/work/mine.nn.json').network).toMatchObject({ notation: 'zybuluo', seed: 42 });
});

describe('from a CSV file', () => {
  it('names it from where the network is saved', async () => {
    editor.write('/work/data/a.csv', 'u,t\n1,2\n3,5\n');
    answer('From a CSV file…', 'a.csv');
    save('/work/nets/a.nn.json');
    await newNetwork();
    const { network, issues } = written('/work/nets/a.nn.json');
    expect(issues).toEqual([]);
    expect(network?.data?.source).toMatchObject({ path: '../data/a.csv', target: 't' });
    expect(asked[1]).toMatchObject([{ label: 'a.csv', description: 'data/a.csv' }]);
  });

  it('says that there is none', async () => {
    answer('From a CSV file…');
    await expect(newNetwork()).rejects.toThrow('There is no CSV file in the open folder.');
  });

  it('writes nothing where the file cannot be learnt', async () => {
    editor.write('/work/a.csv', 'u,t\n');
    answer('From a CSV file…', 'a.csv');
    save('/work/a.nn.json');
    await expect(newNetwork()).rejects.toThrow('no row below its header');
    expect([...editor.files.keys()]).toEqual(['/work/a.csv']);
  });
});
