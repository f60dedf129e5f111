import { describe, expect, it } from 'vitest';
import { EXAMPLES, example, nabla } from './support';

interface Printed {
  readonly samples: number;
  readonly training: number;
  readonly alarms: readonly {
    readonly code: string;
    readonly severity: string;
    readonly path: string;
    readonly what: string;
    readonly fixes: readonly string[];
  }[];
}

async function healthOf(file: string): Promise<Printed & { code: number }> {
  const { code, stdout } = await nabla(['health', file, '--json']);
  return { code, ...(JSON.parse(stdout) as Printed) };
}

/** What an example is about; every other one is well at its start. */
const ALARMS: { readonly [file: string]: string } = {
  [example('symmetric-2-3-2')]: 'health.symmetric',
  [example('vanishing-2-4x6-1')]: 'health.vanishing',
};

describe('health', () => {
  it.each(EXAMPLES)('of %s is as the example says', async file => {
    const { code, alarms } = await healthOf(file);
    const expected = ALARMS[file];
    expect(alarms.map(alarm => alarm.code)).toEqual(expected === undefined ? [] : [expected]);
    expect(code).toBe(expected === undefined ? 0 : 1);
  });

  it('says what, where, why and what helps', async () => {
    const { stdout } = await nabla(['health', example('symmetric-2-3-2')]);
    expect(stdout).toBe(
      'layers[0].type: warning: 3 of 3 neurons of layer 2 (layers[0]) are equal to another one: incoming weights, bias and outgoing weights are the same numbers (rows 0, 1, 2). [health.symmetric]\n' +
        '  They get equal gradients, stay copies of each other for ever, and do the work of one. Start the layer anew with random weights.\n',
    );
    const [alarm] = (await healthOf(example('vanishing-2-4x6-1'))).alarms;
    expect(alarm).toMatchObject({ severity: 'warning', path: 'layers[0].activation' });
    expect(alarm.fixes[0]).toBe('Set the activation of 6 layers to relu');
  });

  it('looks for equal neurons alone where there are no data', async () => {
    const layer = '{ "type": "dense", "units": 2, "activation": "relu", "init": "zeros" }';
    const text = (first: string): string =>
      `{ "version": 1, "input": { "shape": [2] }, "layers": [${first}, ${layer}], "loss": { "type": "meanSquaredError" } }`;
    const files = {
      'a.nn.json': text(layer),
      'b.nn.json': text(layer.replace('zeros', 'heNormal')),
    };
    const equal = await nabla(['health', 'a.nn.json'], files);
    expect([equal.code, equal.stdout.split(':')[0]]).toEqual([1, 'layers[0].type']);
    expect(await nabla(['health', 'b.nn.json'], files)).toMatchObject({
      code: 0,
      stdout: 'no alarm; without data only symmetric neurons are looked for\n',
    });
  });
});
