/** The words of the page in tests: all of them in both languages, and a choice of the one that its parts speak. */
import { furnitureEnglish } from '../../webview/furnitureStrings.en';
import { furnitureChinese } from '../../webview/furnitureStrings.zh';
import { english as pictureEnglish } from '../../webview/strings.en';
import { chinese as pictureChinese } from '../../webview/strings.zh';
import { useFurnitureWords, useLanguage } from '../../webview/words';

export const english = { ...pictureEnglish, ...furnitureEnglish };
export const chinese = { ...pictureChinese, ...furnitureChinese };

let spoken: string | undefined;

/** Costs nothing where the page speaks it: a hook of every test may ask for it. */
export async function useAllWords(tag: string): Promise<void> {
  if (tag === spoken) return;
  spoken = tag;
  await useLanguage(tag);
  await useFurnitureWords();
}
