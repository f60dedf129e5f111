/** Has a sentence said aloud; the page hears it from wherever on it it comes. */
export function speak(from: HTMLElement, words: string): void {
  from.dispatchEvent(new CustomEvent('nabla-speak', { detail: words, bubbles: true }));
}
