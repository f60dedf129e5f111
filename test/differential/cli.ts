/** What `npm run differential` runs: see main.mjs. */
import { writeFileSync } from 'node:fs';
import { Study } from './study';
import { describeNetworks } from './torchCases';

/** Milliseconds between two lines that say how far it is. */
const SAID_EVERY = 20_000;

/** These networks, and those of PyTorch's fixtures. @returns whether nothing was wrong */
export function study(seed: number, networks: number): boolean {
  const all = new Study();
  const began = Date.now();
  let said = began;
  for (let i = 0; i < networks; i++) {
    all.look(seed + i);
    if (Date.now() - said < SAID_EVERY) continue;
    said = Date.now();
    console.error(`${i + 1} of ${networks} networks, ${all.failures.length} failures`);
  }
  all.lookAtTorch();
  console.log(
    `Seeds ${seed} to ${seed + networks - 1}, ${Math.round((Date.now() - began) / 1000)} s`,
  );
  console.log(all.report());
  return all.failures.length === 0;
}

/** Writes descriptions for `test/reference/make_differential_fixtures.py`, a line each. */
export function writeDescriptions(count: number): void {
  const lines = describeNetworks(count).map(one => JSON.stringify(one));
  writeFileSync('test/reference/differential.networks.json', `[\n${lines.join(',\n')}\n]\n`);
}
