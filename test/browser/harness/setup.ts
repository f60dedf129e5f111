/** Runs before each file of tests: modules are kept from one file to the next, hooks are not. */
import { afterEach, beforeAll } from 'vitest';
import { close, started } from './suite';

beforeAll(async () => void (await started()));
afterEach(close);
