import { describe, expect, it } from 'vitest';
import { example, nabla } from './support';

describe('nabla formulas', () => {
  it('prints the page in the notation of the file, or in another', async () => {
    const file = example('reference-3-4-2');
    const own = await nabla(['formulas', file]);
    expect([own.code, own.stderr]).toEqual([0, '']);
    expect(own.stdout).toContain('notation `zybuluo`');
    expect(own.stdout).toContain('| $w_{41}$ | weight from input 1 to neuron 4 of layer 1 |');
    const other = await nabla(['formulas', file, '--notation', 'ng', '--language', 'zh-cn']);
    expect(other.stdout).toContain('记号 `ng`');
    expect(other.stdout).toContain('## 常见错误');
  });

  it('writes the bias as weight 0 where that is wanted', async () => {
    const file = example('nielsen-2-4-2');
    const { stdout } = await nabla(['formulas', file, '--bias-as-weight']);
    expect(stdout).toContain('notation `nielsen (b = w₀)`');
    expect(stdout).toContain('| $w_{10}^{2}$ | bias of neuron 1 of layer 2 |');
    expect(stdout).not.toContain('$b');
  });

  it('says when there is no such file', async () => {
    const { code, stdout } = await nabla(['formulas', 'nowhere.nn.json']);
    expect([code, stdout]).toEqual([2, '']);
  });
});
