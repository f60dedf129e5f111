/**
 * A scripted person for as long as one likes: `npm run soak -- --minutes 60 --seed 1`. First networks come and go, then one
 * stays. After each round what must always hold does, and at the end nothing has climbed: memory, threads, handles, nodes of
 * the page, listeners.
 */
import { workspace } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/math/random';
import { engines, leaveWorkers, watchWorkers } from '../engines';
import { minutesAskedFor, seedAskedFor } from '../errand';
import { say } from '../measuring';
import {
  closeAll,
  errand,
  inWorkspace,
  policyViolations,
  resize,
  screenshot,
  setTheme,
  uncaught,
} from '../ui';
import { actions, draw } from '../soaking/actions';
import { loggedErrors } from '../soaking/log';
import { Measurements, enginesEnded } from '../soaking/measures';
import { networks } from '../soaking/networks';
import type { SoakNetwork } from '../soaking/networks';
import { Sitting } from '../soaking/sitting';

const MINUTES = minutesAskedFor() ?? 10;
const SEED = seedAskedFor() ?? 1;
/** What a round may have at most, beside its opening and its end. */
const MOST_ACTIONS = 12;
/** What a failure tells of what went before. */
const LAST = 15;

/** A failure tells them whole: a value it would cut short. */
const none = (found: readonly string[], what: string): void => {
  if (found.length > 0) throw new Error(`${what}:\n${found.join('\n')}`);
};

const COMES = 'networks come and go';
const STAYS = 'a network stays';

describe(`a scripted person, ${MINUTES} minutes, seed ${SEED}`, () => {
  const random = new Random(SEED, 'soak');
  const counts = new Map<string, number>();
  const names: string[] = [];
  let measurements: Measurements;
  let all: readonly SoakNetwork[];
  let files: string[];
  let rounds = 0;
  let done = 0;
  let sentAway = 0;

  beforeAll(async () => {
    await closeAll();
    if ((await errand()).kind === 'web') watchWorkers();
    await resize(1700, 900);
    all = await networks();
    const { file, text } = all[all.length - 1];
    await workspace.fs.writeFile(inWorkspace(file), new TextEncoder().encode(text));
    files = await filesThere();
    measurements = new Measurements(`soak-${SEED}`, MINUTES);
  });

  afterAll(async () => {
    leaveWorkers();
    await closeAll();
    await setTheme('dark');
    await resize(1280, 800);
  });

  /** Beside the folder in which runs are kept, nothing comes and nothing is left. */
  async function filesThere(): Promise<string[]> {
    const entries = await workspace.fs.readDirectory(inWorkspace('.'));
    return entries
      .map(([name]) => name)
      .filter(name => !/^\.(nabla|vscode)$/.test(name))
      .sort();
  }

  async function holds(): Promise<void> {
    none(await uncaught(), 'what nobody has caught');
    none(await policyViolations(), 'breaches of content security policies');
    none(await loggedErrors(), 'errors in the log');
    expect(await filesThere(), 'files of the workspace').toEqual(files);
  }

  async function doThings(at: Sitting, stays: boolean): Promise<void> {
    const count = 4 + random.below(MOST_ACTIONS - 3);
    for (let i = 0; i < count; i++) {
      const action = await draw(at, stays);
      names.push(`${at.network.file}: ${action.name}`);
      if (await at.insist(action.act)) sentAway++;
      counts.set(action.name, (counts.get(action.name) ?? 0) + 1);
      done++;
    }
    names.push(`${at.network.file}: end`);
    await at.end();
    names.splice(0, names.length - LAST);
    rounds++;
  }

  /** A failure says what led to it. */
  async function watched(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      await screenshot(`soak-${SEED}`);
      throw new Error(
        `seed ${SEED}, round ${rounds + 1}, after\n${names.slice(-LAST).join('\n')}\n${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }

  const until = async (minutes: number, act: () => Promise<void>): Promise<void> => {
    while (measurements.hours * 60 < minutes) await watched(act);
  };

  async function comeAndGo(): Promise<void> {
    const at = await Sitting.open(random, all[random.below(all.length)]);
    await doThings(at, false);
    await at.close();
    await holds();
    if (!measurements.due) return;
    await enginesEnded();
    await measurements.take(COMES, { rounds, actions: done });
  }

  it(
    'comes and goes, and stays, and nothing is lost',
    async () => {
      await until(MINUTES / 2, comeAndGo);
      const at = await Sitting.open(random, all[1]);
      await until(MINUTES, async () => {
        await doThings(at, true);
        await at.closeText();
        await holds();
        if (measurements.due) await measurements.take(STAYS, { rounds, actions: done });
      });
      await at.close();
      await enginesEnded();
      expect(engines()).toEqual([]);
      const kinds = actions.map(({ name }) => `${name} ${counts.get(name) ?? 0}`).join(', ');
      await say(
        `${rounds} rounds, ${done} actions: ${kinds}; ${sentAway} times a card was in the way`,
      );
    },
    (MINUTES + 8) * 60_000,
  );

  for (const part of [COMES, STAYS])
    it(`while ${part}, nothing climbs`, async () => {
      const { verdicts, table } = measurements.judge(part);
      await say(part);
      for (const line of table) await say(line);
      expect(verdicts.filter(({ climbs }) => climbs).map(({ measure }) => measure.name)).toEqual(
        [],
      );
    });
});
