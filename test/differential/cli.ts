/** What `npm run differential` runs: see main.mjs. */
import { Study } from './study';

/** Milliseconds between two lines that say how far it is. */
const SAID_EVERY = 20_000;

/** @returns whether nothing was wrong */
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
  console.log(
    `Seeds ${seed} to ${seed + networks - 1}, ${Math.round((Date.now() - began) / 1000)} s`,
  );
  console.log(all.report());
  return all.failures.length === 0;
}
