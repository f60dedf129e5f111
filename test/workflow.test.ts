/** The public CI asks for nothing that the project does not have. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('runs scripts of the project, on three systems, with the Node that the project asks for', () => {
  const workflow = read('.github/workflows/ci.yml');
  const { scripts, engines } = JSON.parse(read('package.json')) as {
    scripts: Record<string, string>;
    engines: { node?: string };
  };
  const called = [...workflow.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name]) => name);
  expect(called).toContain('test');
  expect(called).toContain('test:host');
  for (const name of called) if (name !== 'ci') expect(scripts).toHaveProperty(name);
  for (const system of ['ubuntu', 'windows', 'macos'])
    expect(workflow).toContain(`${system}-latest`);
  for (const [, version] of workflow.matchAll(/node-version: (\d+)/g))
    expect(engines.node ?? '>=20').toContain(version);
});
