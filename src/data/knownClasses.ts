/** Other data for a network that is trained: what its outputs stand for is decided. */
import type { JsonPath } from '../network/network';
import type { Dataset } from './dataset';
import { dataIssue, listNames, samplePlace } from './issue';
import type { ReadTable } from './table';

/** The table with the classes that the network knows, of which some may be missing; or why that cannot be. */
export function withClassesOf(
  { classNames: known }: Pick<Dataset, 'classNames'>,
  read: ReadTable,
  place: JsonPath,
): ReadTable {
  if (!read.table) return read;
  const { table, issues } = read;
  const { target, rowNumbers } = table;
  const wrong = (message: string): ReadTable => ({
    issues: [...issues, dataIssue('data.classes', 'error', place, message)],
  });
  if ((target.type === 'classes') !== (known !== undefined)) {
    const [expected, found] = known ? ['classes', 'numbers'] : ['numbers', 'classes'];
    return wrong(
      `The targets are ${found}, those that the network is trained with are ${expected}${known ? ` (${listNames(known)})` : ''}: use data with such targets.`,
    );
  }
  if (target.type !== 'classes' || !known) return read;
  const indices = target.classNames.map(name => known.indexOf(name));
  const stranger = indices.indexOf(-1);
  if (stranger >= 0) {
    const at = samplePlace(target.labels.indexOf(stranger), rowNumbers);
    return wrong(
      `${target.name} is ${target.classNames[stranger]} in ${at}, a class that the network does not know: it is trained to tell ${listNames(known)}. Leave such samples out, or correct them.`,
    );
  }
  const labels = target.labels.map(label => indices[label]);
  return { table: { ...table, target: { ...target, classNames: known, labels } }, issues };
}
