import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import {
  commandIds,
  contextKeys,
  DESIGNER,
  designerCommandIds,
  firstStepKeys,
  isNetworkUri,
  LESSONS_SCHEME,
  RUNS_VIEW,
  SECTION,
  settingIds,
  WALKTHROUGH,
} from '../../src/host/manifest';
import { modelToolWork } from '../../src/host/modelToolWork';

vi.mock('vscode', () => import('./support/vscode'));
import { templateNames } from '../../src/network/templates';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const manifest = read('package.json');
const { contributes } = manifest;

it('declares exactly the commands that the code registers', () => {
  const declared = contributes.commands.map((command: { command: string }) => command.command);
  const registered = [...Object.values(commandIds), ...Object.values(designerCommandIds)];
  expect(declared.sort()).toEqual(registered.sort());
});

it('offers what needs a place on the canvas only in the menu of the canvas', () => {
  const { commandPalette, 'webview/context': canvas } = contributes.menus;
  for (const id of Object.values(designerCommandIds)) {
    const own = (items: { command: string }[]) => items.filter(({ command }) => command === id);
    expect(own(commandPalette)).toEqual([{ command: id, when: 'false' }]);
    expect(own(canvas)).toHaveLength(1);
  }
  for (const { when } of canvas) expect(when).toContain(`webviewId == '${DESIGNER}'`);
});

it('gives every command the category and a title from the string table', () => {
  for (const command of contributes.commands) {
    expect(command.category).toBe('Nabla');
    expect(command.title).toBe(`%command.${command.command.replace('nabla.', '')}%`);
  }
});

it('declares the editor type and its files', () => {
  const [editor] = contributes.customEditors;
  expect(editor).toMatchObject({
    viewType: DESIGNER,
    priority: 'default',
    selector: [{ filenamePattern: '*.nn.json' }],
  });
  expect(isNetworkUri({ path: '/a/iris.nn.json' })).toBe(true);
  expect(isNetworkUri({ path: '/a/iris.json' })).toBe(false);
});

it('declares exactly the settings that the code reads', () => {
  const declared = Object.keys(contributes.configuration.properties);
  expect(declared.sort()).toEqual(
    Object.values(settingIds)
      .map(id => `${SECTION}.${id}`)
      .sort(),
  );
});

it('names only declared commands, known context keys and our editor in menus and keys', () => {
  const menus = Object.values(contributes.menus).flat() as { command: string; when?: string }[];
  const items = [...menus, ...contributes.keybindings];
  const known = new Set<string>([
    ...Object.values(commandIds),
    ...Object.values(designerCommandIds),
    ...Object.values(contextKeys),
    DESIGNER,
    RUNS_VIEW,
  ]);
  expect(items.length).toBeGreaterThan(15);
  for (const { command, when = '' } of items) {
    expect(known).toContain(command);
    for (const [name] of when.matchAll(/nabla\.\w+/g)) expect(known).toContain(name);
  }
});

it('binds keys only in the designer, and in the text of a network', () => {
  const inText = String.raw`editorTextFocus && resourceFilename =~ /\.nn\.json$/`;
  const inDesigner = `activeCustomEditorId == ${DESIGNER}`;
  for (const { when } of contributes.keybindings)
    expect(when.includes(inDesigner) || when.startsWith(inText), when).toBe(true);
});

it('keeps the promise of the palette, which shows the key of a command: it works in the text, too', () => {
  const { keybindings } = contributes;
  type Binding = (typeof keybindings)[number];
  const inPalette = keybindings.filter(({ command }: Binding) =>
    /^nabla\.(?!designer)/.test(command),
  );
  for (const { command, key, mac } of inPalette) {
    const same = (each: Binding) =>
      each.command === command && each.key === key && each.mac === mac;
    const places = inPalette.filter(same).map(({ when }: Binding) => when);
    expect(
      places.some((when: string) => when.startsWith('editorTextFocus')),
      command,
    ).toBe(true);
  }
  expect(inPalette.length).toBeGreaterThan(9);
});

it('has a walkthrough whose links, pictures and ends are there', () => {
  const [walkthrough, ...others] = contributes.walkthroughs;
  expect([walkthrough.id, ...others]).toEqual([WALKTHROUGH]);
  const keys = new Set<string>([...Object.values(contextKeys), ...Object.values(firstStepKeys)]);
  const asked = new Set<string>();
  for (const { id, media, completionEvents } of walkthrough.steps) {
    for (const event of completionEvents)
      for (const [name] of event.matchAll(/nabla\.\w+/g)) asked.add(name);
    const svg = readFileSync(media.svg, 'utf8');
    // Words would be in one language, colours of their own in one theme.
    expect(svg, id).not.toMatch(/<text|#[0-9a-f]{3,8}\b|rgb|style=/i);
    expect(svg, id).toMatch(/var\(--vscode-/);
  }
  expect(walkthrough.steps).toHaveLength(5);
  for (const key of Object.values(firstStepKeys)) expect(asked).toContain(key);
  for (const name of asked) expect([...keys, DESIGNER]).toContain(name);
});

it.each(['package.nls.json', 'package.nls.zh-cn.json'])('links only to commands, in %s', file => {
  const ids = new Set<string>(Object.values(commandIds));
  const links = [...JSON.stringify(read(file)).matchAll(/\(command:([\w.]+)(?:\?([^)]*))?\)/g)];
  expect(links.length).toBeGreaterThan(7);
  for (const [, id, query] of links) {
    const given = query === undefined ? [] : JSON.parse(decodeURIComponent(query));
    const run = id === 'runCommands' ? given.commands : [id];
    for (const command of run) expect(ids).toContain(command);
    if (id === commandIds.newNetwork)
      for (const template of given) expect(templateNames).toContain(template);
  }
});

it('runs on desktop and web, in untrusted and virtual workspaces', () => {
  expect(manifest.main).toBe('./dist/extension.js');
  expect(manifest.browser).toBe('./dist/extension.web.js');
  expect(manifest.capabilities).toEqual({
    untrustedWorkspaces: { supported: true },
    virtualWorkspaces: true,
  });
  expect(manifest).not.toHaveProperty('extensionKind');
  expect(manifest.activationEvents).toEqual([
    'workspaceContains:**/*.nn.json',
    `onFileSystem:${LESSONS_SCHEME}`,
  ]);
  expect(manifest.engines.vscode).toBe('^1.100.0');
});

it.each(['package.nls.json', 'package.nls.zh-cn.json'])('has every string in %s', file => {
  const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(match => match[1]);
  const table = read(file);
  expect(Object.keys(table).sort()).toEqual([...new Set(used)].sort());
  for (const text of Object.values(table)) expect(text).not.toBe('');
});

it('declares exactly the tools for language models that the code registers, each with the file it is about', () => {
  const tools = contributes.languageModelTools as {
    name: string;
    inputSchema: { properties: object };
  }[];
  const registered = Object.keys(modelToolWork).map(name => `nabla_${name}`);
  expect(tools.map(({ name }) => name).sort()).toEqual(registered.sort());
  for (const { inputSchema } of tools) expect(inputSchema.properties).toHaveProperty('file');
});

describe('each setting', () => {
  interface Setting {
    readonly type: string;
    readonly scope: string;
    readonly default: unknown;
    readonly markdownDescription: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly enum?: readonly string[];
    readonly enumDescriptions?: readonly string[];
    readonly markdownEnumDescriptions?: readonly string[];
  }
  const settings = Object.entries(contributes.configuration.properties) as [string, Setting][];
  const words = [read('package.nls.json'), read('package.nls.zh-cn.json')];

  it.each(settings)(
    '%s has a scope, a default, bounds, and words in both languages',
    (_, setting) => {
      expect(setting.scope).toMatch(/^(resource|machine-overridable)$/);
      expect(setting.default).toBeDefined();
      if (setting.type === 'integer' || setting.type === 'number')
        expect(Number(setting.minimum)).toBeLessThan(Number(setting.maximum));
      if (setting.type === 'string') expect(setting.enum).toContain(setting.default);
      const described = setting.enumDescriptions ?? setting.markdownEnumDescriptions ?? [];
      // Numbers of threads need no words.
      const bare = setting.enum?.filter(value => !/^\d+$/.test(value) && value !== 'auto') ?? [];
      if (bare.length > 0) expect(described).toHaveLength(setting.enum?.length ?? 0);
      for (const key of [setting.markdownDescription, ...described])
        for (const of of words) expect(of[key.replace(/%/g, '')], key).toMatch(/\S/);
    },
  );
});

it('keys belong to a network alone: to its designer, or to its text', () => {
  for (const { key, when } of contributes.keybindings)
    expect(when, key).toMatch(
      /activeCustomEditorId == nabla\.designer|editorTextFocus && resourceFilename =~ \/\\\.nn\\\.json\$\//,
    );
});

it('context keys are explained to whoever works on the extension', () => {
  const guide = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
  for (const key of [...Object.values(contextKeys), ...Object.values(firstStepKeys)])
    expect(guide, key).toContain(`\`${key}\``);
});
