import { defineConfig } from 'vitest/config';
import { buildWasm } from './scripts/wasm.mjs';
import { wasmBytes } from './scripts/wasmPlugins.mjs';
import manifest from './package.json' with { type: 'json' };

const define = { NABLA_VERSION: JSON.stringify(manifest.version) };

/** Suites that run inside VS Code have a runner of their own: `npm run test:host`. */
const elsewhere = ['**/node_modules/**', 'test/**/*.host.test.ts'];

await buildWasm();

export default defineConfig({
  test: {
    projects: [
      {
        define,
        plugins: [wasmBytes()],
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, 'test/**/*.browser.test.ts'],
          setupFiles: 'test/support/setup.ts',
          // No test leaves anything behind; what they import is read once.
          isolate: false,
          // They compute and never wait: one core is not left idle.
          maxWorkers: '100%',
          // A hang is a failure. How long a test takes beside others, on whatever machine, is not.
          testTimeout: 300_000,
        },
      },
      {
        define,
        plugins: [wasmBytes()],
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.test.ts'],
          exclude: elsewhere,
          setupFiles: 'test/browser/harness/setup.ts',
          // The bundles and the browser serve one file after another; each test has a page of its own.
          isolate: false,
          // Each waits for its page more than it computes.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // What a page shows follows what was done to it in its own time: `expect.poll` waits for it.
          expect: { poll: { timeout: 15_000, interval: 20 } },
        },
      },
    ],
  },
});
