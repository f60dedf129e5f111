/** `nabla explain` of what is not there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { example, nabla } from './support';

const REFERENCE = example('reference-3-4-2');

const REFERENCE_IS =
  'The network has input: 3 neurons; layers[0] (dense): 4 neurons, weights [4][3], bias [4]; layers[1] (dense): 2 neurons, weights [2][4], bias [2]';

describe('wrong calls exit with 2 and say what there is', () => {
  const fault = async (...words: string[]): Promise<string> => {
    const { code, stdout, stderr } = await nabla(['explain', ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^nabla: .*\nTry "nabla explain --help"\.\n$/);
    return stderr.split('\n')[0].slice('nabla: '.length);
  };

  it.each([
    ['layers[2]', 'there is no layer 2, expected 0 to 1'],
    ['layers[7].bias[0]', 'there is no layer 7, expected 0 to 1'],
    ['layers[0].weights[4][0]', 'layers[0] has no neuron 4, expected 0 to 3'],
    ['layers[0].weights[0][3]', 'layers[0] has no weights from a neuron 3, expected 0 to 2'],
    ['layers[1].bias[2]', 'layers[1] has no neuron 2, expected 0 to 1'],
    ['layers[1].neurons[99999999999999999999]', 'layers[1] has no neuron 100000000000000000000'],
    ['input.neurons[3]', 'input has no neuron 3, expected 0 to 2'],
  ])('--target %s', async (target, message) => {
    const found = await fault(REFERENCE, '--target', target);
    expect(found).toContain(`--target ${target}: ${message}`);
    expect(found.endsWith(`. ${REFERENCE_IS}`)).toBe(true);
  });

  it.each([
    '',
    'weights',
    'layers[].bias[]',
    'layers[-1]',
    'layers[0].weights',
    'toString',
    'loss.',
  ])('--target %j', async target => {
    expect(await fault(REFERENCE, `--target=${target}`)).toBe(
      `--target takes one of layers[N].weights[N][N], layers[N].bias[N], layers[N].neurons[N], layers[N].weights[N], layers[N], input.neurons[N], input, loss, found "${target}". ${REFERENCE_IS}`,
    );
  });

  it('what a layer does not have', async () => {
    const residual = example('residual');
    expect(await fault(residual, '--target', 'layers[3].weights[0][0]')).toContain(
      'layers[3] is of type add and has no weights',
    );
    expect(await fault(residual, '--target', 'layers[3].bias[0]')).toContain(
      'layers[3] has no bias. The network has input: 64 neurons;',
    );
    const one = await fault(example('rates-3-3-2-1'), '--target', 'layers[2].neurons[1]');
    expect(one).toContain('layers[2] has no neuron 1, expected 0. The network has');
    const rates = await fault(example('rates-3-3-2-1'), '--target', 'layers[2].bias[0]');
    expect(rates).toContain('layers[2] has no bias');
    expect(rates).toMatch(/layers\[2\] \(dense\): 1 neuron, weights \[1\]\[2\], no bias$/);
  });

  it('describes the first of many layers', async () => {
    const layer = '{"type":"dense","units":1,"activation":"tanh"}';
    const network = `{"version":1,"input":{"shape":[1]},"layers":[${Array(20).fill(layer).join()}],"loss":{"type":"meanSquaredError"},"data":{"inline":[{"x":[1],"y":[1]}]}}`;
    const { code, stderr } = await nabla(['explain', 'a.nn.json', '--target', 'layers[20]'], {
      'a.nn.json': network,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('layers[11] (dense): 1 neuron, weights [1][1], bias [1]; 8 more');
    expect(stderr).toContain('8 more, up to layers[19]\n');
  });

  it.each([
    [[], 'explain needs --target PATH'],
    [['--target', 'loss', '--sample', '1'], '--sample takes a number from 0 to 0, found 1'],
    [['--target', 'loss', '--sample', '0', '--batch'], 'explain takes only one of --sample and'],
    [['--target', 'loss', '--json', '--format', 'text'], 'explain takes only one of --format and'],
    [
      ['--target', 'loss', '--notation', 'greek'],
      '--notation takes one of nielsen, ng, chain0, zybuluo, triple, plain, found "greek"',
    ],
    [['--target', 'loss', '--format', 'pdf'], 'one of text, markdown, latex, found "pdf"'],
    [['--target', 'loss', '--language', 'zh'], '--language takes one of en, zh-cn, found "zh"'],
    [['--target', 'loss', '--digits', '0'], '--digits takes a whole number from 1 up, found "0"'],
    [
      ['--target', 'loss', '--targets', 'loss'],
      'explain has no option --targets: expected --help,',
    ],
    [
      ['--target', 'loss', '--target=layers[0]'],
      'explain takes --target once, found "loss" and "layers[0]"',
    ],
    [['--target', 'loss', '--digits', '18'], '--digits takes a whole number from 1 to 17, found'],
  ])('%j', async (options, message) => {
    expect(await fault(REFERENCE, ...options)).toContain(message);
  });

  it('says 1 where the network or its data are wrong', async () => {
    const file = readFileSync(REFERENCE, 'utf8');
    const words = ['explain', 'a.nn.json', '--target', 'loss'];
    const broken = await nabla(words, { 'a.nn.json': file.replace('"units": 4', '"units": 0') });
    expect([broken.code, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toMatch(/^a\.nn\.json:10:\d+ /);
    const none = await nabla(words, {
      'a.nn.json': file.replace(/,\s*"data": \{[^}]*\}\s*\]\s*\}/, ''),
    });
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/An explanation needs data, and this network has none/);
  });
});
