/** The worst of what was found, as tables. */

interface Worst {
  readonly value: number;
  readonly seed: number;
}

export class WorstTable {
  readonly #rows = new Map<string, Map<string, Worst>>();
  readonly #columns: readonly string[];
  readonly #title: string;
  readonly #namesSeeds: boolean;

  /** @param namesSeeds whether the network of each number is told */
  constructor(title: string, columns: readonly string[], namesSeeds: boolean) {
    this.#title = title;
    this.#columns = columns;
    this.#namesSeeds = namesSeeds;
  }

  /** NaN is the worst. */
  add(row: string, column: string, value: number, seed: number): void {
    const cells = this.#rows.get(row) ?? new Map<string, Worst>();
    this.#rows.set(row, cells);
    const before = cells.get(column);
    const isWorse = !before || (!Number.isNaN(before.value) && !(value <= before.value));
    if (isWorse) cells.set(column, { value, seed });
  }

  toString(): string {
    const names = [...this.#rows.keys()].sort();
    const width = Math.max(this.#title.length, ...names.map(name => name.length));
    const line = (name: string, cells: readonly string[]): string =>
      [name.padEnd(width), ...cells.map((cell, i) => cell.padStart(this.#width(i)))].join('  ');
    const rows = names.map(name =>
      line(
        name,
        this.#columns.map(c => this.#cell(name, c)),
      ),
    );
    return [line(this.#title, this.#columns), ...rows].join('\n');
  }

  #width(column: number): number {
    return Math.max(this.#columns[column].length, this.#namesSeeds ? 16 : 8);
  }

  #cell(row: string, column: string): string {
    const worst = this.#rows.get(row)?.get(column);
    if (!worst) return '–';
    const value = worst.value === 0 ? '0' : worst.value.toPrecision(2);
    const text = Number(value) >= 0.01 ? String(Number(value)) : worst.value.toExponential(1);
    return this.#namesSeeds && worst.value !== 0 ? `${text} #${worst.seed}` : text;
  }
}
