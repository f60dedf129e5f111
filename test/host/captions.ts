/** The captions below the layers of a drawn network. */
import { head, tabStop } from './designing';
import { designer, eventually } from './ui';

const card = designer.testId('card');

/** Clicks on a caption. The card of what has the keyboard may lie above it. */
export async function clickHead(layer: number): Promise<void> {
  await eventually(async () => {
    // One may be on its way: it comes a moment after the pointer.
    if (await card.count()) await tabStop.press('Escape');
    await card.waitUntilGone(2);
  });
  await head(layer).click();
}
