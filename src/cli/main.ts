/** `nabla`: reads the call, runs the command, turns what went wrong into words and an exit code. */
import { OutOfMemory } from '../engine/outOfMemory';
import { EditError } from '../network/edit';
import { parseArguments } from './arguments';
import type { Arguments } from './arguments';
import type { CommandName } from './commandSpecs';
import { explainCommand } from './explain';
import { formulasCommand } from './formulas';
import { gradcheckCommand } from './gradcheck';
import { gradientsCommand } from './gradients';
import { healthCommand } from './health';
import { commandHelp, generalHelp } from './help';
import { CheckError, UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { labCommand } from './lab';
import { predictCommand } from './predict';
import { printable } from './printable';
import { resultsCommand } from './results';
import { sweepCommand } from './sweep';
import { testCommand } from './test';
import { trainCommand } from './train';
import { validateCommand } from './validate';

const RUNNERS: {
  readonly [K in CommandName]: (call: Arguments, io: CliIo) => Promise<ExitCode>;
} = {
  validate: validateCommand,
  train: trainCommand,
  sweep: sweepCommand,
  predict: predictCommand,
  gradients: gradientsCommand,
  explain: explainCommand,
  gradcheck: gradcheckCommand,
  test: testCommand,
  health: healthCommand,
  lab: labCommand,
  results: resultsCommand,
  formulas: formulasCommand,
};

/**
 * Runs one call.
 *
 * @param words after `nabla`
 * @returns the exit code; never rejects for what a person can cause
 */
export async function runCli(words: readonly string[], io: CliIo): Promise<ExitCode> {
  const code = await run(words, io).catch((error: unknown) => told(error, words, io));
  await io.pause();
  if (io.output.type !== 'failed') return code;
  io.stderr(`nabla: cannot write the output: ${printable(io.output.reason)}\n`);
  return 1;
}

async function run(words: readonly string[], io: CliIo): Promise<ExitCode> {
  const request = parseArguments(words);
  if (request.type === 'run') {
    return RUNNERS[request.arguments.command](request.arguments, io);
  }
  if (request.type === 'version') io.stdout(`${io.version}\n`);
  else io.stdout(request.command ? commandHelp(request.command) : generalHelp());
  return words.length === 0 ? 2 : 0;
}

/** Prints an expected error. Rejects with any other. */
function told(error: unknown, [command]: readonly string[], io: CliIo): ExitCode {
  if (error instanceof UsageError) {
    const help = Object.hasOwn(RUNNERS, command) ? `nabla ${command} --help` : 'nabla --help';
    io.stderr(`nabla: ${printable(error.message)}\nTry "${help}".\n`);
    return 2;
  }
  for (const line of expectedLines(error)) io.stderr(`${printable(line)}\n`);
  return 1;
}

const lacksMemory = (error: unknown): error is Error =>
  error instanceof OutOfMemory ||
  (error instanceof RangeError && /allocation failed|invalid .*length/i.test(error.message));

function expectedLines(error: unknown): readonly string[] {
  if (error instanceof CheckError) return error.lines;
  if (error instanceof EditError) {
    return [`nabla: the network file cannot be changed: ${error.message} Nothing was written.`];
  }
  if (lacksMemory(error)) {
    return [
      `nabla: the network or its data need more memory than there is (${error.message}). Use fewer units, samples or a smaller batchSize.`,
    ];
  }
  throw error;
}
