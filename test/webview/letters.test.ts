import { describe, expect, it } from 'vitest';
import { profileOf } from '../../src/explain/notation';
import { letters } from '../../webview/canvas/letters';

describe('letters', () => {
  it.each([
    ['nielsen', 'δ', 'δ = ∂C/∂z', '∂C/∂w'],
    ['ng', 'δ', 'δ = ∂J/∂z', '∂J/∂Θ'],
    ['zybuluo', 'δ', 'δ = −∂E/∂net', '∂E/∂w'],
    ['chain0', '∂C/∂z', '∂C/∂z', '∂C/∂w'],
    ['plain', 'error', 'error = ∂loss/∂sum', '∂loss/∂weight'],
  ] as const)('of %s', (name, error, equation, gradient) => {
    const found = letters(profileOf(name), 'sample');
    expect(found.error).toBe(error);
    expect(found.errorEquation).toBe(equation);
    expect(`∂${found.loss}/∂${found.weight}`).toBe(gradient);
  });

  it('name the loss of the whole training part where it has another letter', () => {
    expect(letters(profileOf('chain0'), 'batch').loss).toBe('L');
  });
});
