/** What moves on a page. */
import type { Page } from 'playwright-core';

/** Animations and transitions that change anything between their beginning and their end: the classes of what they move. */
export function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect : null))
      .map(effect => effect?.target?.className.toString() ?? 'unknown'),
  );
}
