import { expect, it, vi } from 'vitest';
import { newNetwork } from '../../src/host/newNetwork';
import { editor, Uri, window } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

it.each([
  ['/work/sine.nn.json', '/work/sine.nn.json'],
  ['/work/sine.nn.json.nn.json', '/work/sine.nn.json'],
  ['/work/sine', '/work/sine.nn.json'],
  ['/work/sine.json', '/work/sine.nn.json'],
  ['/work/sine.nn', '/work/sine.nn.json'],
])('a network saved as %s lies in %s', async (chosen, file) => {
  editor.reset();
  Object.assign(window, { showSaveDialog: () => Promise.resolve(Uri.file(chosen)) });
  await newNetwork('sine');
  expect([...editor.files.keys()]).toEqual([file]);
});
