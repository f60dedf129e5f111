/** `nabla health FILE [--json]` */
import { HealthJob } from '../engine/health/measure';
import { initialParameters } from '../engine/initializers';
import { alarmPath, alarmText, fixLabel, healthNote } from '../explain/health';
import type { HealthLanguage, HealthNote } from '../explain/health';
import { english } from '../explain/healthWords.en';
import { notationOf } from '../explain/notation';
import { emptyDataset } from '../data/emptyDataset';
import { formatPath } from '../network/network';
import type { Arguments } from './arguments';
import { readyDocument } from './document';
import type { CliIo, ExitCode } from './io';
import { jsonLine } from './printable';

/** Exit code 1 when there is a warning. */
export async function healthCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const document = await readyDocument(call.file, io);
  const { network, shapes } = document;
  const dataset = document.dataset ?? emptyDataset(network, shapes);
  const job = new HealthJob(network, dataset, initialParameters(network));
  job.run();
  const { samples, training, alarms } = job.report();
  const seen = { samples, training };
  const language = { words: english, notation: notationOf(network.notation ?? 'nielsen', false) };
  const notes = alarms.map(alarm => healthNote(alarm, seen, network, false));
  if (call.flags.has('json'))
    io.stdout(jsonLine({ samples, training, alarms: notes.map(note => noteJson(note, language)) }));
  else
    io.stdout(
      notes.length > 0
        ? notes.map(note => noteText(note, language)).join('')
        : healthyText(samples),
    );
  return alarms.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

function noteJson(note: HealthNote, language: HealthLanguage): object {
  const { alarm, fixes } = note;
  const { what, why, remedy } = alarmText(note, language);
  const labels = fixes.map(fix => fixLabel(fix, language));
  return {
    ...alarm,
    code: `health.${alarm.kind}`,
    path: formatPath(alarmPath(alarm)),
    what,
    why,
    remedy,
    fixes: labels,
  };
}

function noteText(note: HealthNote, language: HealthLanguage): string {
  const { alarm } = note;
  const { what, why, remedy } = alarmText(note, language);
  const place = formatPath(alarmPath(alarm));
  return `${place}: ${alarm.severity}: ${what} [health.${alarm.kind}]\n  ${why} ${remedy}\n`;
}

function healthyText(samples: number): string {
  return samples > 0
    ? `no alarm on ${samples} training samples\n`
    : 'no alarm; without data only symmetric neurons are looked for\n';
}
