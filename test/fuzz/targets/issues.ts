/** Rules for what is told: a person must be able to find the place, and to read the sentence. */
import type { DataIssue } from '../../../src/data/issue';
import { lineColumn, nearestRange } from '../../../src/network/locate';
import type { Issue } from '../../../src/network/network';
import type { ParsedDocument } from '../../../src/network/parse';
import { must } from '../target';

/** Longer sentences are none. */
const LONGEST_MESSAGE = 4000;

export function checkMessage(code: string, message: string): void {
  must(/^[a-z]/i.test(code), () => `An issue has no code: ${message}`);
  must(message.trim().length > 10, () => `${code} says nothing: "${message}"`);
  must(
    message.length <= LONGEST_MESSAGE,
    () => `${code} has a message of ${message.length} characters: ${message.slice(0, 200)} …`,
  );
  must(
    !/\bundefined\b|\[object |\bfunction\b/.test(message.replace(/"[^"]*"/g, '')),
    () => `${code} speaks of what only programs know: ${message}`,
  );
}

/** Each has a range in the text, and so a line and a column. */
export function checkIssues(text: string, issues: readonly Issue[]): void {
  for (const { code, message, range, severity } of issues) {
    checkMessage(code, message);
    const { start, end } = range;
    const isRange = Number.isInteger(start) && 0 <= start && start <= end && end <= text.length;
    must(isRange, () => `${code} is at ${start} to ${end} of ${text.length} characters`);
    must(severity !== undefined, () => `${code} has no severity`);
    const { line, column } = lineColumn(text, start);
    must(line >= 0 && column >= 0, () => `${code} is in line ${line}, column ${column}`);
  }
}

/** Those of data find their place in the network's text. */
export function checkDataIssues(document: ParsedDocument, issues: readonly DataIssue[]): void {
  for (const { code, message, path } of issues) {
    checkMessage(code, message);
    const { start, end } = nearestRange(document, path);
    must(0 <= start && start <= end && end <= document.text.length, () => `${code} has no place`);
  }
}
