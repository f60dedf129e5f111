#!/usr/bin/env node
/** The command line `nabla`: Node's side of `src/cli`. */
import { readFile, writeFile } from 'node:fs/promises';
import { runCli } from './cli/main';

/** Set by the build. */
declare const NABLA_VERSION: string;

// `nabla train … | head` closes the pipe early: that ends the command, it is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

runCli(process.argv.slice(2), {
  version: NABLA_VERSION,
  readFile: path => readFile(path, 'utf8'),
  writeFile: (path, text) => writeFile(path, text, 'utf8'),
  stdout: text => void process.stdout.write(text),
  stderr: text => void process.stderr.write(text),
  now: () => performance.now(),
}).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error('nabla: a fault of the program itself:', error);
    process.exitCode = 1;
  },
);
