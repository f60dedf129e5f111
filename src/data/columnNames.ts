/** The columns of a CSV file, from its first lines alone. */
import { readRecords } from './records';

/** More than what decides delimiter and header. */
const LINES = 25;

/**
 * Names as a network chooses columns by, each once; `column 1`, `column 2` … where no row names them.
 *
 * @param text the beginning of the file  @param whole whether that is all of it
 */
export function columnNames(text: string, whole: boolean): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  // The last line may be cut off.
  const first = (whole ? lines : lines.slice(0, -1)).filter(line => line.trim() !== '');
  const { names } = readRecords(first.slice(0, LINES).join('\n'));
  return [...new Set(names)].filter(name => name !== '');
}
