/** Column names of the CSV files that networks name, for completions and quick fixes: of a large file only its beginning is read. */
import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import { reachDataFile } from './dataFiles';
import type { Platform } from './platform';

/** The lines that decide what the columns are called. */
const START_BYTES = 128 * 1024;

/** Where no beginning can be read alone, a larger file is not looked into. */
const MOST_BYTES = 8 * 1024 * 1024;

interface Header {
  readonly mtime: number;
  readonly size: number;
  readonly names: readonly string[];
}

export class CsvHeaders {
  readonly #readStart: Platform['readStart'];
  readonly #known = new Map<string, Header>();

  constructor({ readStart }: Pick<Platform, 'readStart'>) {
    this.#readStart = readStart;
  }

  /** None where the file is not there, out of reach, or too large. Never rejects. */
  async names(document: Uri, path: string): Promise<readonly string[]> {
    try {
      const uri = await reachDataFile(document, { path, place: ['data', 'csv'] });
      const { mtime, size } = await workspace.fs.stat(uri);
      const key = uri.toString();
      const known = this.#known.get(key);
      if (known?.mtime === mtime && known.size === size) return known.names;
      const names = await this.#read(uri, size);
      this.#known.set(key, { mtime, size, names });
      return names;
    } catch {
      return [];
    }
  }

  async #read(uri: Uri, size: number): Promise<readonly string[]> {
    const start = size > START_BYTES ? await this.#readStart?.(uri, START_BYTES) : undefined;
    if (!start && size > MOST_BYTES) return [];
    const bytes = start ?? (await workspace.fs.readFile(uri));
    const { columnNames } = await import('../data/columnNames');
    return columnNames(new TextDecoder().decode(bytes), start === undefined);
  }
}
