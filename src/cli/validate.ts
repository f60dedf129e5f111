/** `nabla validate FILE [--json]` */
import type { Arguments } from './arguments';
import { formatIssue, openDocument } from './document';
import { count } from '../data/issue';
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { CliIo, ExitCode } from './io';
import { jsonLine, printable } from './printable';

/** `4-6-2-concat 8-3`: the input's size, then that of each layer; merges by name, they are no step on. */
function sizesOf({ layers }: Network, shapes: NetworkShapes): string {
  const sizes = layers.map(({ type, units }) => (type === 'dense' ? units : `${type} ${units}`));
  return [shapes.inputSize, ...sizes].join('-');
}

/** Text and data; exit code 1 when there is an error, warnings are fine. */
export async function validateCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const { issues, network, shapes, dataset } = await openDocument(call.file, io);
  const errors = issues.filter(issue => issue.severity === 'error').length;
  if (call.flags.has('json')) io.stdout(jsonLine({ issues }));
  else {
    for (const issue of issues) io.stderr(`${printable(formatIssue(call.file, issue))}\n`);
    const file = printable(call.file);
    if (errors > 0) io.stdout(`${file}: ${count(errors, 'error')}\n`);
    else if (network && shapes) {
      const samples = dataset ? `, ${count(dataset.samples, 'sample')}` : ', no data';
      io.stdout(
        `${file}: ${sizesOf(network, shapes)}, ${count(shapes.parameters, 'parameter')}${samples}: valid\n`,
      );
    }
  }
  return errors > 0 ? 1 : 0;
}
