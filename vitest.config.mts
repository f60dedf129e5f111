import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };

const define = { NABLA_VERSION: JSON.stringify(manifest.version) };

/** Suites that run inside VS Code have a runner of their own: `npm run test:host`. */
const elsewhere = ['**/node_modules/**', 'test/**/*.host.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        define,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, 'test/**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        define,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.test.ts'],
          exclude: elsewhere,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
