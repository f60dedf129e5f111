/** Reads the imports of sources and holds them against the table of `scripts/importRules.mjs`. */
import { posix } from 'node:path';
import ts from 'typescript';
import { liesAt, packages, zones } from '../../scripts/importRules.mjs';

/** Sources by path from the repository's root. */
export type Sources = ReadonlyMap<string, string>;

export interface Import {
  /** As written: `./plan`, `vscode`, `node:fs`. */
  specifier: string;
  /** Whether it is gone once types are. */
  typeOnly: boolean;
  /** 1-based. */
  line: number;
}

/** Every way to name another module, types and side effects included. */
export function importsOf(path: string, text: string): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { line } = file.getLineAndCharacterOfPosition(specifier.getStart(file));
    found.push({ specifier: specifier.text, typeOnly, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isCallExpression(node) && loadsModule(node.expression))
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(callee) && callee.text === 'require';
}

/** Everything that breaks the table, one sentence each: place, what it is, what the rule says. */
export function brokenRules(sources: Sources): string[] {
  const broken: string[] = [];
  const imports = new Map([...sources].map(([path, text]) => [path, importsOf(path, text)]));
  for (const [path, all] of imports) {
    for (const found of all) {
      const why = objection(sources, path, found);
      if (why) broken.push(`${path}:${found.line} imports '${found.specifier}': ${why}`);
    }
  }
  return [
    ...broken,
    ...cycles(sources, imports).map(cycle => `import cycle: ${cycle.join(' → ')}`),
  ];
}

function objection(sources: Sources, from: string, { specifier, typeOnly }: Import) {
  if (!specifier.startsWith('.')) return objectionToPackage(from, specifier);
  const target = resolve(sources, from, specifier);
  if (!target) return 'there is no such file';
  const [name, zone] = zoneOf(from) ?? [];
  if (!zone) return 'this file belongs to no zone of scripts/importRules.mjs';
  if (liesAt(target, zone.at) || liesAt(target, zone.code)) return undefined;
  if (typeOnly && liesAt(target, zone.types)) return undefined;
  const reach = typeOnly ? [...zone.code, ...zone.types] : zone.code;
  return `${name} may import ${typeOnly ? 'types' : 'code'} from ${reach.join(', ') || 'nowhere'} only`;
}

function objectionToPackage(from: string, specifier: string) {
  const [name, places] =
    Object.entries(packages).find(([pattern]) => namesPackage(pattern, specifier)) ?? [];
  if (!name || !places) return 'no file may import this package';
  return liesAt(from, places) ? undefined : `only ${places.join(', ')} may import ${name}`;
}

function namesPackage(pattern: string, specifier: string): boolean {
  if (pattern.endsWith('*')) return specifier.startsWith(pattern.slice(0, -1));
  return specifier === pattern || specifier.startsWith(`${pattern}/`);
}

function zoneOf(path: string) {
  return Object.entries(zones).find(([, { at }]) => liesAt(path, at));
}

function resolve(sources: Sources, from: string, specifier: string): string | undefined {
  const base = posix.join(posix.dirname(from), specifier);
  return [base, `${base}.ts`, `${base}/index.ts`].find(path => sources.has(path));
}

/** Cycles of code: types alone may refer to each other. Each cycle is told once. */
function cycles(sources: Sources, imports: ReadonlyMap<string, Import[]>): string[][] {
  const found: string[][] = [];
  const finished = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (finished.has(path)) return;
    const again = trail.indexOf(path);
    if (again >= 0) {
      found.push([...trail.slice(again), path]);
      return;
    }
    for (const { specifier, typeOnly } of imports.get(path) ?? []) {
      const target = specifier.startsWith('.') && resolve(sources, path, specifier);
      if (target && !typeOnly) walk(target, [...trail, path]);
    }
    finished.add(path);
  };
  for (const path of sources.keys()) walk(path, []);
  return found;
}
