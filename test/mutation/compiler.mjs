/** Which mutants TypeScript refuses: nobody could have written them, so no test is needed that finds them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/needs.mjs';
import { mutated } from './mutate.mjs';

/** @import { Mutant } from './population.mjs' */

/** What a mutation leaves unused or out of reach is a matter of style: it would have been written without. */
const lenient = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
};

/**
 * Asks the compiler, with the project's own settings. Only the mutant's file is looked at: what it does to the types of
 * others, where a type is not written down, is left to the tests.
 * @param {string} [base] folder of `tsconfig.pure.json`
 * @returns {(mutant: Mutant) => boolean} whether it compiles
 */
export function compiler(base = root) {
  const config = join(base, 'tsconfig.pure.json');
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    base,
    lenient,
    config,
  );
  if (errors.length > 0)
    throw new Error(ts.flattenDiagnosticMessageText(errors[0].messageText, '\n'));
  /** @type {Map<string, { text: string, version: number }>} by file that is or was a mutant */
  const changed = new Map();
  const service = ts.createLanguageService({
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => fileNames,
    getScriptVersion: file => String(changed.get(file)?.version ?? 0),
    getScriptSnapshot(file) {
      const text = changed.get(file)?.text ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCompilationSettings: () => options,
    getCurrentDirectory: () => base,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  return mutant => {
    const file = join(base, mutant.file);
    const own = readFileSync(file, 'utf8');
    /** @param {string} text */
    const put = text => changed.set(file, { text, version: (changed.get(file)?.version ?? 0) + 1 });
    put(mutated(own, mutant));
    const sound =
      service.getSyntacticDiagnostics(file).length === 0 &&
      service.getSemanticDiagnostics(file).length === 0;
    put(own);
    return sound;
  };
}
