/**
 * Small JavaScript in place of the native modules that VS Code's server asks for at its start, and ripgrep
 * at the places where it looks. They export by `exports.name = …`, or Node's `import` does not see the names.
 */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const spdlog = `
const { appendFileSync } = require('node:fs');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(name, file) { this.file = file; this.level = 2; }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() {}
  setPattern() {}
  flush() {}
  drop() {}
}
levels.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    if (level < this.level) return;
    try { appendFileSync(this.file, new Date().toISOString() + ' [' + name + '] ' + message + '\\n'); } catch {}
  };
});
exports.Logger = Logger;
exports.version = 0;
exports.setAsyncMode = exports.setFlushOn = exports.setLevel = exports.shutdown = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(name, file);
`;

/** @type {Readonly<Record<string, string>>} */
const modules = {
  '@vscode/spdlog': spdlog,
  '@vscode/native-watchdog': 'exports.start = () => {};',
  'native-watchdog': 'exports.start = () => {};',
  '@vscode/deviceid': "exports.getDeviceId = async () => '00000000-0000-0000-0000-000000000000';",
  '@vscode/ripgrep': "exports.rgPath = require('node:path').join(__dirname, 'bin/rg');",
  '@vscode/ripgrep-universal':
    "exports.rgPath = exports.rgDiskPath = require('node:path').join(__dirname, '../ripgrep/bin/rg');",
};

/** Where versions of VS Code look for ripgrep. */
const ripgrepPlaces = [
  '@vscode/ripgrep/bin/rg',
  `@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}/rg`,
];

/**
 * Writes them into a host's `node_modules`.
 * @param {string} folder
 * @param {string} ripgrep the package that carries the program
 */
export async function standIns(folder, ripgrep) {
  for (const [name, source] of Object.entries(modules)) {
    await mkdir(join(folder, name), { recursive: true });
    const manifest = { name, version: '0.0.0', main: 'index.js' };
    await writeFile(join(folder, name, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, name, 'index.js'), source);
  }
  for (const place of ripgrepPlaces) {
    const link = join(folder, place);
    await mkdir(dirname(link), { recursive: true });
    // Relative, because the folder is renamed once it is whole.
    await symlink(relative(dirname(link), join(folder, ripgrep, 'bin/rg')), link).catch(
      ignoreExisting,
    );
  }
}

/** @param {NodeJS.ErrnoException} error */
function ignoreExisting(error) {
  if (error.code !== 'EEXIST') throw error;
}
