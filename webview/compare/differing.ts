/** Settings in which runs differ. Pure. */
import type { ComparedRun } from '../../src/protocol';

type Settings = Pick<ComparedRun, 'settings'>;

/** Their names, in the order in which runs have them; what a run does not have differs from what it has. */
export function differing(runs: readonly Settings[]): readonly string[] {
  const names = new Set(runs.flatMap(({ settings }) => Object.keys(settings)));
  return [...names].filter(name =>
    runs.some(({ settings }) => settings[name] !== runs[0].settings[name]),
  );
}

/** "learningRate 0.1, seed 2": of a run, by the names above; shortened to the last part of each where that is enough. */
export function settingsText({ settings }: Settings, names: readonly string[]): string {
  return names
    .filter(name => settings[name] !== undefined)
    .map(name => `${shortName(name, names)} ${settings[name]}`)
    .join(', ');
}

/** `optimizer.learningRate` is `learningRate` where no other name ends so. */
export function shortName(name: string, names: readonly string[]): string {
  const short = name.slice(name.lastIndexOf('.') + 1);
  const same = names.filter(other => other === short || other.endsWith(`.${short}`));
  return same.length > 1 ? name : short;
}
