/** What is said aloud on a page, by whichever live region. */
import type { Page } from 'playwright-core';

/** From now on. */
export const listen = (page: Page): Promise<void> => page.evaluate(listenInPage);

/** What was said since the last time, in order. */
export const heard = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0));

function listenInPage(): void {
  const said: string[] = [];
  const region = '[aria-live], [role="status"], [role="alert"]';
  const texts = new Map<Element, string>();
  const look = (isFirst: boolean): void => {
    for (const each of document.querySelectorAll(region)) {
      const words = each.textContent ?? '';
      if (!isFirst && words.trim() !== '' && texts.get(each) !== words) said.push(words);
      texts.set(each, words);
    }
  };
  look(true);
  new MutationObserver(() => look(false)).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  Object.assign(window, { heard: said });
}
