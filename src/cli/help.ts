/** `nabla --help`, made from the same table that the arguments are read by. */
import { COMMANDS } from './commandSpecs';
import type { CommandName } from './commandSpecs';
import { alignColumns } from './table';

function usage(command: CommandName): string {
  const { options, oneOf = [], required, several } = COMMANDS[command];
  const text = (name: string): string => {
    const { value } = options[name];
    return value === undefined ? `--${name}` : `--${name} ${value}`;
  };
  const alone = Object.keys(options).filter(name => !oneOf.includes(name));
  const [needed, single] = [true, false].map(is =>
    alone.filter(name => (options[name].required ?? false) === is),
  );
  const group = oneOf.map(text).join(' | ');
  const parts = [`nabla ${command} FILE${several ? '…' : ''}`, ...needed.map(text)];
  if (group) parts.push(required ? `(${group})` : `[${group}]`);
  parts.push(...single.map(name => `[${text(name)}]`));
  return parts.join(' ');
}

export function generalHelp(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => [`  ${name}`, summary]);
  return [
    'nabla: neural networks whose gradients can be checked\n\n',
    'Usage: nabla COMMAND FILE [options]\n\n',
    alignColumns(commands, [0, 1]),
    '\nFILE is a network, *.nn.json. Data files are found relative to it, below its folder\n',
    'or below the current one.\n',
    '"nabla COMMAND --help" lists the options of a command; "nabla --version" prints the version.\n',
    'Exit code: 0 good, 1 the check failed, 2 the call was wrong.\n',
  ].join('');
}

export function commandHelp(command: CommandName): string {
  const { summary, options, note } = COMMANDS[command];
  const rows = Object.entries(options).map(([name, { value, help }]) => [
    `  --${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
  return `Usage: ${usage(command)}\n\n${summary}\n\n${alignColumns(rows, [0, 1])}${note ? `\n${note}\n` : ''}`;
}
