/**
 * The module that VS Code is told to run (`extensionTestsPath`). It exits with 0 when `run` resolves and
 * with 1 when it rejects; the launcher trusts the report instead, since a host that dies also exits with 0.
 */
import { forgetViolations } from './elements';
import { ask, errand } from './errand';
import { runSuites } from './runner';
import type { Suites } from './runner';
import { goOnElsewhere } from './stages';

/**
 * Suites that are run where they are asked for by name, with nothing beside them: `activation` measures, `soak` lasts as long as
 * one likes, `walkthrough` needs a window in which nothing was done yet.
 */
const ALONE: readonly string[] = ['activation', 'soak', 'walkthrough'];

export async function runIn(suites: Suites): Promise<void> {
  const { onlyFile, onlyTest, stage } = await errand();
  const wanted = (onlyFile ?? '').split(',');
  const chosen = Object.entries(suites).filter(([name]) =>
    wanted.some(part =>
      part === '' ? !ALONE.some(own => name.includes(own)) : name.includes(part),
    ),
  );
  // Those before it have run in the windows before.
  const first = stage ? chosen.findIndex(([name]) => name === stage.file) : 0;
  if (first < 0) throw new Error(`${stage?.file} is to go on, but is not among the suites.`);
  const report = await runSuites(Object.fromEntries(chosen.slice(first)), {
    onlyTest,
    tested: async outcome => void (await ask('tested', outcome)),
    breaches: forgetViolations,
    ended: goOnElsewhere,
  });
  await ask('report', report);
  if (report.failed > 0 || report.passed === 0) throw new Error(JSON.stringify(report));
}
