/** Asks the host before anything else of the page runs: it answers while the page gets ready. */
import { Controller } from './controller';
import { useLanguage } from './strings';

useLanguage(document.documentElement.lang);

export const controller = new Controller();
void controller.start();
