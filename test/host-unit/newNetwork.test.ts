import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newNetwork } from '../../src/host/newNetwork';
import { parseNetwork } from '../../src/network/parse';
import { templateNames } from '../../src/network/templates';
import { editor, Uri, window } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

interface Item {
  readonly label: string;
  readonly start?: string;
  readonly uri?: Uri;
  readonly description?: string;
}

const asked: Item[][] = [];

afterEach(() => void vi.restoreAllMocks());

/** Picks by label, one answer a question. */
function answer(...labels: string[]): void {
  vi.spyOn(window, 'showQuickPick').mockImplementation(((items: Item[]) => {
    asked.push(items);
    const label = labels.shift();
    return Promise.resolve(items.find(item => item.label === label));
  }) as never);
}

function save(path: string): void {
  vi.spyOn(window, 'showSaveDialog').mockResolvedValue(Uri.file(path));
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

describe('a file that is there already', () => {
  const old = '{ "version": 1 }';
  const texts = () => new TextDecoder().decode(editor.files.get('/work/sine.nn.json'));

  it('is not the name that is proposed', async () => {
    editor.write('/work/sine.nn.json', old);
    editor.write('/work/sine-2.nn.json', old);
    const proposed: string[] = [];
    vi.spyOn(window, 'showSaveDialog').mockImplementation((({
      defaultUri,
    }: {
      defaultUri: Uri;
    }) => {
      proposed.push(defaultUri.path);
      return Promise.resolve(undefined);
    }) as never);
    expect(await newNetwork('sine')).toBeUndefined();
    await newNetwork('xor');
    expect(proposed).toEqual(['/work/sine-3.nn.json', '/work/xor.nn.json']);
  });

  it.each([undefined, 'Replace'])(
    'is replaced only by who says so, where the dialog asked about another name: %s',
    async said => {
      editor.write('/work/sine.nn.json', old);
      save('/work/sine.nn.json.nn.json');
      const questions: string[] = [];
      editor.answer = question => {
        questions.push(question);
        return said;
      };
      await newNetwork('sine');
      expect(questions).toEqual(['sine.nn.json is there already. Replace it by the new network?']);
      expect(texts() === old).toBe(said === undefined);
    },
  );

  it('is replaced where the dialog asked about it', async () => {
    editor.write('/work/sine.nn.json', old);
    save('/work/sine.nn.json');
    await newNetwork('sine');
    expect(texts()).not.toBe(old);
    expect(editor.messages).toEqual([]);
  });
});

it('offers every template, and a CSV file', async () => {
  answer();
  expect(await newNetwork()).toBeUndefined();
  expect(asked[0].map(({ start }) => start)).toEqual(['blank', 'csv', ...templateNames.slice(1)]);
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

  it('says which columns it does not use, and in which cells they are wrong', async () => {
    const rows = ['1,2,x', ',3,y', 'fourty,5,x', '4,?,y', '5,6,x', '7,8,y', '8,1,x', '9,2,y'];
    editor.write('/work/a.csv', `age,b,t\n${rows.join('\n')}\n2,2,x\n`);
    answer('From a CSV file…', 'a.csv');
    save('/work/a.nn.json');
    const spoilt = newNetwork();
    // Of two inputs none is left without the wrong cells.
    await expect(spoilt).rejects.toThrow('age (line 3: empty, line 4: “fourty”); b (line 5: “?”).');
    editor.write('/work/a.csv', `age,b,t\n${rows.join('\n').replace('?', '4')}\n2,2,x\n`);
    answer('From a CSV file…', 'a.csv');
    await newNetwork();
    expect(written('/work/a.nn.json').network?.data?.source).toMatchObject({ inputs: ['b'] });
    expect(editor.messages).toMatchObject([
      {
        kind: 'warning',
        message: expect.stringContaining(
          'age (line 3: empty, line 4: “fourty”). Correct',
        ) as string,
      },
    ]);
  });

  it('says nothing where every column that could be used is', async () => {
    editor.write('/work/a.csv', 'id,a,name,t\n1,2,u,x\n2,5,,y\n');
    answer('From a CSV file…', 'a.csv');
    save('/work/a.nn.json');
    await newNetwork();
    expect(editor.messages).toEqual([]);
  });

  it('tells files of one name apart by their folders, and needs no folder beside one name', async () => {
    editor.write('/work/b.csv', 'u,t\n1,2\n3,5\n');
    editor.write('/work/a/b.csv', 'u,t\n1,2\n3,5\n');
    answer('From a CSV file…');
    await newNetwork();
    expect(asked[1].map(({ description }) => description)).toEqual(['a/b.csv', undefined]);
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
