import { describe, expect, it } from 'vitest';
import type { DocumentState } from '../../src/protocol';
import { dataText, whyEmpty, whyWaits } from '../../webview/training/reasons';

const network = { data: { source: {} } } as unknown as DocumentState['network'];
const document: DocumentState = {
  version: 1,
  fileName: 'a.nn.json',
  network,
  shapes: undefined,
  issues: [],
  stale: false,
  readOnly: false,
  data: undefined,
};
const issue = {
  code: 'data.csv.missing',
  severity: 'error',
  path: ['data', 'csv'],
  range: { start: 0, end: 0 },
  message: 'The data file "a.csv" was not found.',
  line: 3,
  column: 1,
} as const;
const data = { samples: 4, training: 3, validation: 1, inputNames: [], classNames: undefined };

describe('the empty chart', () => {
  it('says why nothing can be trained', () => {
    expect(whyEmpty({ ...document, data })).toContain('Press Train');
    expect(whyEmpty({ ...document, issues: [issue] })).toContain(issue.message);
    expect(whyEmpty({ ...document, network: { ...network, data: undefined } as never })).toContain(
      'No data',
    );
    expect(whyEmpty({ ...document, data, stale: true })).toContain('repaired');
    expect(whyEmpty(document)).toContain('Reading');
  });
});

describe('a button that waits', () => {
  it('says what for, until there is something to train with', () => {
    expect(whyWaits(document)).toContain('Reading');
    expect(whyWaits({ ...document, issues: [issue] })).toBe(issue.message);
    expect(whyWaits({ ...document, network: { ...network, data: undefined } as never })).toBe(
      'no data',
    );
    expect(whyWaits({ ...document, data, stale: true })).toContain('repaired');
    expect(whyWaits({ ...document, data })).toBeUndefined();
  });
});

describe('the data of the file', () => {
  it('are none only where the file names none', () => {
    expect(dataText({ ...document, data }, String)).toBe('3 training, 1 validation');
    expect(dataText({ ...document, issues: [issue] }, String)).toBe('cannot be used');
    expect(dataText({ ...document, network: { data: undefined } as never }, String)).toBe('none');
  });
});
