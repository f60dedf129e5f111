/** `nabla`: reads the call, runs the command, turns what went wrong into words and an exit code. */
import { parseArguments } from './arguments';
import type { Arguments, CommandName } from './arguments';
import { gradcheckCommand } from './gradcheck';
import { gradientsCommand } from './gradients';
import { commandHelp, generalHelp } from './help';
import { CheckError, UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { predictCommand } from './predict';
import { trainCommand } from './train';
import { validateCommand } from './validate';

const RUNNERS: {
  readonly [K in CommandName]: (call: Arguments, io: CliIo) => Promise<ExitCode>;
} = {
  validate: validateCommand,
  train: trainCommand,
  predict: predictCommand,
  gradients: gradientsCommand,
  gradcheck: gradcheckCommand,
};

/**
 * Runs one call.
 *
 * @param words after `nabla`
 * @returns the exit code; never rejects for what a person can cause
 */
export async function runCli(words: readonly string[], io: CliIo): Promise<ExitCode> {
  try {
    const request = parseArguments(words);
    if (request.type === 'version') io.stdout(`${io.version}\n`);
    else if (request.type === 'help') {
      io.stdout(request.command ? commandHelp(request.command) : generalHelp());
    } else return await RUNNERS[request.arguments.command](request.arguments, io);
    return words.length === 0 ? 2 : 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr(`nabla: ${error.message}\nTry "nabla --help".\n`);
      return 2;
    }
    if (error instanceof CheckError) {
      io.stderr(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}
