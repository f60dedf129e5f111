/** Runs before each file of unit tests: parts of the page speak English where a test does not choose. */
import { useAllWords } from './words';

await useAllWords('en');
