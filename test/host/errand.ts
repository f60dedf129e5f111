/** How a suite finds its launcher and asks it for something. */
import { Uri, workspace } from 'vscode';
import type { Answer, Errand, Requests, Stage } from './messages';

let asked: Promise<Errand> | undefined;
let told: Errand | undefined;

/** What the launcher left in the workspace. */
export function errand(): Promise<Errand> {
  asked ??= read();
  return asked;
}

async function read(): Promise<Errand> {
  const bytes = await workspace.fs.readFile(inWorkspace('.nabla-test.json'));
  told = JSON.parse(new TextDecoder().decode(bytes)) as Errand;
  return told;
}

/**
 * Which of the three hosts of a whole run this is: 0, 1 or 2. What is too much for each of them they share.
 * Suites are loaded once the errand is known.
 */
export function hostNumber(): 0 | 1 | 2 {
  if (!told) throw new Error('The errand has not been read.');
  if (told.kind === 'web') return 1;
  return told.version.startsWith('1.100.') ? 0 : 2;
}

/** Which of its windows this is for a suite: 0 in the first, and in every suite that needs no other. */
export function stageOf(file: string): Pick<Stage, 'number' | 'noted'> {
  return told?.stage?.file === file ? told.stage : { number: 0, noted: {} };
}

/** How many random steps the fuzzer is to take, if somebody said so. */
export const stepsAskedFor = (): number | undefined => told?.steps;

/** How many minutes the soak is to last, if somebody said so. */
export const minutesAskedFor = (): number | undefined => told?.minutes;

/** Which person the soak is to have, if somebody said so. */
export const seedAskedFor = (): number | undefined => told?.seed;

/** A file of the workspace under test. */
export function inWorkspace(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The window has no workspace folder.');
  return Uri.joinPath(folder.uri, path);
}

/** Rejects with the launcher's words when it could not do it. */
export async function ask<K extends keyof Requests>(
  request: K,
  body: Requests[K]['ask'],
): Promise<Requests[K]['answer']> {
  const { bridge } = await errand();
  const response = await fetch(bridge + request, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as Answer;
  if ('error' in answer) throw new Error(answer.error);
  return answer.value as Requests[K]['answer'];
}
