#!/usr/bin/env node
/** The command line `nabla`: starts `src/cli` in this process. */
import { runCli } from './cli/main';
import { processIo } from './cli/processIo';

/** Set by the build. */
declare const NABLA_VERSION: string;

runCli(process.argv.slice(2), processIo(NABLA_VERSION)).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error('nabla: a fault of the program itself:', error);
    process.exitCode = 1;
  },
);
