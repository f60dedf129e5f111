/** What a gradcheck prints when more is asked of it. */
import { describe, expect, it } from 'vitest';
import { example, nabla, nablaJson } from './support';

const REFERENCE = example('reference-3-4-2');
const WEIGHT = 'layers[0].weights[1][2]';

describe('gradcheck', () => {
  it('checks one parameter, a neuron or a layer', async () => {
    const checked = async (target: string): Promise<number> =>
      (await nablaJson<{ checked: number }>(['gradcheck', REFERENCE, '--target', target])).checked;
    expect(await checked(WEIGHT)).toBe(1);
    expect(await checked('layers[0].neurons[1]')).toBe(4);
    expect(await checked('layers[1]')).toBe(10);
  });

  it('takes another number of samples, and another step, which it names', async () => {
    const { samples } = await nablaJson<{ samples: number }>([
      ...['gradcheck', example('iris'), '--samples', '20'],
    ]);
    expect(samples).toBe(20);
    const { code, stdout } = await nabla(['gradcheck', REFERENCE, '--h', '0.1', '--markdown']);
    expect(code).toBe(1);
    expect(stdout).toContain('steps of 0.1 · max(1, |θ|) and no others');
  });

  it('prints a report in both languages', async () => {
    const { stdout } = await nabla(['gradcheck', REFERENCE, '--markdown']);
    expect(stdout).toMatch(/^# Gradcheck of /);
    expect(stdout).toContain('26 of 26 parameters agree');
    expect(stdout).toMatch(/^\| layers\[0\]\.weights \| 12 \| 12 \| \d\.\de-\d+ \|$/m);
    expect(stdout.match(/^\| layers\[\d\]\.(weights\[\d\]\[\d\]|bias\[\d\]) \|/gm)).toHaveLength(
      20,
    );
    const chinese = await nabla(['gradcheck', REFERENCE, '--markdown', '--language', 'zh-cn']);
    expect(chinese.stdout).toContain('26 个参数中有 26 个');
  });

  it('prints how the error depends on the step', async () => {
    const { code, stdout } = await nabla(['gradcheck', REFERENCE, '--target', WEIGHT, '--curve']);
    expect(code).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/));
    expect(rows).toHaveLength(23);
    expect(Number(rows[0][0])).toBe(0.1);
    const least = Math.min(...rows.map(([, , error]) => Number(error)));
    expect(least).toBeLessThan(1e-8);
  });

  describe('in random directions', () => {
    const DIGITS = example('digits');

    it('prints each of them, and how long all parameters would take', async () => {
      const { code, stdout } = await nabla(['gradcheck', DIGITS, '--target', 'directions']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^parameters +2410\ndirections +20 of 20 agree, worst \d\.\de-\d+\n/);
      expect(stdout).toMatch(/^checked +200 on 8 samples$/m);
      expect(stdout).toMatch(/^all of them +about [\d.e-]+ s$/m);
      expect(stdout.match(/^ +\d+ {2}ok +-?\d\.\d+ +-?\d\.\d+ +\d\.\de[+-]\d+$/gm)).toHaveLength(
        20,
      );
    });

    it('prints them as JSON, the same each time', async () => {
      interface Json {
        readonly checked: number;
        readonly secondsForAll?: number;
        readonly directions: { readonly agree: number; readonly entries: readonly object[] };
      }
      const found = await nablaJson<Json>(['gradcheck', DIGITS, '--target', 'directions']);
      const { secondsForAll, ...numbers } = found;
      expect(secondsForAll).toBeGreaterThan(0);
      expect(numbers).toMatchObject({ checked: 200, directions: { agree: 20 } });
      const again = await nablaJson<Json>(['gradcheck', DIGITS, '--target', 'directions']);
      expect({ ...again, secondsForAll: undefined }).toEqual({
        ...numbers,
        secondsForAll: undefined,
      });
    });

    it('prints them in a report', async () => {
      const words = ['gradcheck', REFERENCE, '--target', 'directions', '--markdown'];
      const { stdout } = await nabla(words);
      expect(stdout).toContain('In 20 of 20 random directions they agree.');
      expect(stdout).toContain('moves 26 parameters alike');
      const [, part] = stdout.split('## Random directions');
      expect(part.split('## ')[0].match(/^\| \d+ \| ok \|/gm)).toHaveLength(20);
      // All 26 parameters were checked: there is nothing to be estimated.
      expect(stdout).not.toContain('would take');
      const chinese = await nabla([...words, '--language', 'zh-cn']);
      expect(chinese.stdout).toContain('20 个随机方向中有 20 个一致');
    });

    it('ends with 1 where they do not agree', async () => {
      const { code, stdout } = await nabla([
        ...['gradcheck', REFERENCE, '--target', 'directions', '--h', '1'],
      ]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^directions +\d of 20 agree/m);
      expect(stdout).toMatch(/^ +\d+ {2}fail /m);
    });

    it('names them where a place is wrong', async () => {
      const { stderr } = await nabla(['gradcheck', REFERENCE, '--target', 'direction']);
      expect(stderr).toContain('found "direction"');
      expect(stderr).toContain('; or directions');
    });
  });

  it.each([
    [['--h', 'small'], '--h takes a number from 1e-15 to 1, as 1e-5, found "small"'],
    [['--h', '0'], '--h takes a number from 1e-15 to 1, as 1e-5, found "0"'],
    [['--curve'], '--curve needs the --target of one weight or bias, found none'],
    [['--curve', '--target', 'layers[0]'], 'found layers[0]'],
    [['--target', 'input'], '--target input has no parameters'],
    [['--samples', '0'], '--samples takes a whole number from 1 up, found "0"'],
    [['--curve', '--json'], 'takes only one of --curve and --markdown and --json'],
  ])('refuses %j', async (options, message) => {
    const { code, stderr } = await nabla(['gradcheck', REFERENCE, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
