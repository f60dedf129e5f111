/** What a formula sheet says in words: one table a language. */
export interface SheetWords {
  /** "Formulas of Iris" */
  title(name: string): string;
  /** "4 – 8 – 3, 67 parameters, in the notation nielsen" */
  about(sizes: string, parameters: number, notation: string): string;
  /** "5 layers, 64 → 10", where the sizes are no row */
  layers(layers: string, inputs: string, outputs: string): string;
  readonly idea: string;
  readonly ideaText: string;
  readonly forward: string;
  readonly backward: string;
  readonly loss: string;
  readonly update: string;
  readonly symbols: string;
  /** Column heads of the symbols' table. */
  readonly symbol: string;
  readonly meaning: string;
  readonly weightedInputOf: (neuron: string) => string;
  readonly activationOf: (neuron: string) => string;
  readonly errorOf: (neuron: string) => string;
  readonly targetOf: (neuron: string) => string;
  readonly learningRate: string;
  readonly lossSymbol: string;
  readonly conventions: string;
  readonly conventionList: readonly string[];
  readonly mistakes: string;
  readonly mistakeList: readonly string[];
  readonly proof: string;
  readonly proofText: string;
}
