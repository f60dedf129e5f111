/** What is wrong or worth knowing about the data, at a place of the network file. */
import type { Issue, JsonPath, Severity } from '../network/network';
import { readable } from '../network/sentence';

/** An issue without a text range: whoever holds the text finds the range of `path`. */
export type DataIssue = Omit<Issue, 'range'>;

export function dataIssue(
  code: string,
  severity: Severity,
  path: JsonPath,
  message: string,
): DataIssue {
  return { code, severity, path, message: readable(message) };
}

/** `a, b, c … (7 in all)`: the first names and how many there are. */
export function listNames(names: readonly string[], shown = 6): string {
  const first = names.slice(0, shown).join(', ');
  return names.length > shown ? `${first} … (${names.length} in all)` : first;
}

/** `1 row`, `3 rows` */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** `row 7` of a file, `sample 5` elsewhere. */
export function samplePlace(sample: number, rowNumbers: readonly number[] | undefined): string {
  return rowNumbers ? `row ${rowNumbers[sample]}` : `sample ${sample}`;
}
