import { expect } from 'vitest';
import bundle from '../../l10n/bundle.l10n.zh-cn.json';
import { issuesIn } from '../../src/explain/issueTexts';

const inChinese = issuesIn(bundle);

/** What is left of English in a text that is to be Chinese: words side by side that no file holds as they are. */
function englishIn(text: string): readonly string[] {
  const written = text
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\{[^{}]*\}/g, '{}')
    .replace(/[A-Za-z0-9_]+(?:[.[\]][A-Za-z0-9_[\].]*)+/g, 'path');
  return written.match(/[A-Za-z]{2,} [a-z]{2,}(?: [a-z]+)*/g) ?? [];
}

/** Everything that is told can be told in Chinese, too. */
export function expectChinese(issues: readonly { readonly message: string }[]): void {
  for (const { message } of issues) {
    const told = inChinese(message);
    expect(englishIn(told), told).toEqual([]);
    expect(told, message).toMatch(/[一-鿿]/);
  }
}
