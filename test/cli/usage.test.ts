import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commandSpecs';
import { example, nabla } from './support';

const XOR = example('xor');

describe('wrong calls exit with 2, name the fault and compute nothing', () => {
  it.each([
    [
      ['fly', XOR],
      'unknown command "fly": expected validate, train, sweep, predict, gradients, explain, gradcheck',
    ],
    [['toString', XOR], 'unknown command "toString"'],
    [['validate'], 'validate takes one network file, found none'],
    [
      ['train', XOR, 'b.nn.json'],
      'train takes one network file, found "media/examples/xor.nn.json", "b.nn.json"',
    ],
    [['validate', XOR, '--fast'], '--fast'],
    [['validate', XOR, '--epochs', '3'], '--epochs'],
    [['train', XOR, '--epochs'], '--epochs <value>'],
    [['train', XOR, '--epochs', '1.5'], '--epochs takes a whole number from 0 up, found "1.5"'],
    [['train', XOR, '--epochs', '1e3'], '--epochs takes a whole number'],
    [['train', XOR, '--seed=-1'], '--seed takes a whole number from 0 up, found "-1"'],
    [['train', XOR, '--seed', '9007199254740992'], '--seed takes a whole number'],
    [['train', XOR, '--write', '--out', 'b'], 'train takes only one of --out and --write'],
    [['predict', XOR], 'predict needs one of --input and --data'],
    [['predict', XOR, '--data', '--input', '[1,2]'], 'predict takes only one of'],
    [['predict', XOR, '--input', '[1,2'], '--input takes 2 numbers as JSON'],
    [['predict', XOR, '--input', '{}'], '--input takes 2 numbers as JSON'],
    [['predict', XOR, '--input', '[]'], '--input takes 2 numbers as JSON'],
    [['predict', XOR, '--input', '[1,"2"]'], '--input takes 2 numbers as JSON'],
    [['predict', XOR, '--input', '[1,2,3]'], 'found 3'],
    [['predict', XOR, '--input', '[[1,2],[1]]'], 'found 1 in list 1'],
    [['gradients', XOR, '--sample', '4'], '--sample takes a number from 0 to 3, found 4'],
    [['gradients', XOR, '--sample', '0', '--batch'], 'gradients takes only one of'],
    [['validate', 'none.nn.json'], 'cannot read none.nn.json: ENOENT'],
  ])('nabla %j', async (words, message) => {
    const { code, stdout, stderr, written } = await nabla(words);
    expect(stderr).toMatch(/^nabla: /);
    expect(stderr).toContain(message);
    const [command] = words;
    const known = Object.hasOwn(COMMANDS, command);
    expect(stderr).toContain(known ? `nabla ${command} --help` : 'nabla --help');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(written).toEqual({});
  });

  it('shows the help, and exits with 2, when nothing is asked', async () => {
    const { code, stdout } = await nabla([]);
    expect(code).toBe(2);
    expect(stdout).toContain('Usage: nabla COMMAND FILE');
  });
});

describe('help and version', () => {
  it.each([['help'], ['--help'], ['-h']])('nabla %s lists the commands', async word => {
    const { code, stdout } = await nabla([word]);
    expect(code).toBe(0);
    for (const [name, { summary }] of Object.entries(COMMANDS)) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
    }
  });

  it.each(Object.entries(COMMANDS))('nabla %s --help lists its options', async (name, spec) => {
    const { code, stdout } = await nabla([name, '--help']);
    expect(code).toBe(0);
    for (const option of Object.keys(spec.options)) expect(stdout).toContain(`  --${option}`);
    expect((await nabla(['help', name])).stdout).toBe(stdout);
  });

  it('prints the usage as the arguments are read', async () => {
    const usage = async (name: string): Promise<string> =>
      (await nabla([name, '-h'])).stdout.split('\n')[0];
    expect(await usage('predict')).toBe(
      'Usage: nabla predict FILE (--input "[…]" | --data) [--engine auto|thread|process|reference] [--json]',
    );
    expect(await usage('train')).toBe(
      'Usage: nabla train FILE [--out FILE | --write] [--epochs N] [--seed N] [--fresh] [--resume FILE] [--checkpoint FILE] [--checkpoint-every N] [--run FOLDER] [--engine auto|thread|process|reference] [--threads auto|N] [--fast-maths] [--json]',
    );
  });

  it('says whose gradients are printed when nothing is chosen', async () => {
    const { stdout } = await nabla(['gradients', '--help']);
    expect(stdout).toContain("Without --sample and --batch: of the first sample's own loss");
    const chosen = await nabla(['gradients', XOR, '--json', '--sample', '0']);
    expect((await nabla(['gradients', XOR, '--json'])).stdout).toBe(chosen.stdout);
  });

  it('nabla --version', async () => {
    expect(await nabla(['--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' });
    expect(await nabla(['train', '--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' });
  });
});
