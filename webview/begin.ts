/**
 * Asks the host before anything else of the page runs: it answers while the page gets ready. The words of the page's
 * language are on their way as well; before they are there nothing is drawn.
 */
import { Controller } from './controller';
import { useLanguage } from './words';

const words = useLanguage(document.documentElement.lang);

export const controller = new Controller(words);
void controller.start();

await words;
