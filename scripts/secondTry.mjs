/**
 * Windows of a whole VS Code beside each other are slow at times, and what a test waits for comes late. What failed there
 * is tried once more with nothing beside it; the summary names it, so that nobody takes it for what has always passed.
 */

/** @typedef {{ passed: number, failed: number, names?: readonly string[] }} Counts `names` of what failed, each with its first line of why */
/** @typedef {Counts & { late?: readonly string[] }} Tried `late`: the names of what has passed at the second try only */

/** More files than these do not fail because the machine is busy. */
const MOST = 3;

/**
 * The files that a run of test/host/main.mjs names for another try, as `--file` takes them.
 * @param {string} output of that run
 * @returns {string | undefined} undefined where nothing is to be tried again
 */
export function filesToTry(output) {
  const [, files] = /^only what failed: --file (\S+)$/m.exec(output) ?? [];
  return files && isFew(files.split(',')) ? files : undefined;
}

/** Whether so few failed that a busy machine may be why. @param {readonly string[]} files */
export const isFew = files => files.length > 0 && files.length <= MOST;

/**
 * The same run, but of these files only.
 * @param {readonly string[]} args of test/host/main.mjs
 * @param {string} files
 */
export function onlyFiles(args, files) {
  const at = args.indexOf('--file');
  return [...(at < 0 ? args : args.filter((_, i) => i !== at && i !== at + 1)), '--file', files];
}

/**
 * What both tries say together: all of the second must pass.
 * @param {Counts} first
 * @param {Counts} second of the files in which something failed
 * @returns {Tried}
 */
export function together(first, second) {
  if (second.failed > 0 || second.passed === 0) return first;
  return { passed: first.passed + first.failed, failed: 0, late: first.names };
}
