/** What can be unfolded under an explanation, as lines with a title: the same everywhere that it is printed. */
import type { Explanation, Line } from './explanation';
import type { SectionName, Words } from './words';

export interface Section {
  readonly name: SectionName;
  readonly title: string;
  /** A sentence before the lines. */
  readonly words?: string;
  readonly lines: readonly Line[];
}

/** Only those that the explanation has, in the order in which they are read. */
export function sectionsOf(explanation: Explanation, words: Words): readonly Section[] {
  const { derivation = [], paths, edges, perceptron } = explanation;
  const total = paths &&
    paths.lines.length > 1 && [
      { role: 'gradient' as const, label: words.labels.together, equation: paths.total },
    ];
  const all: readonly Omit<Section, 'title'>[] = [
    { name: 'incoming', lines: edges?.incoming ?? [] },
    { name: 'outgoing', lines: edges?.outgoing ?? [] },
    { name: 'perceptron', words: perceptron?.words, lines: perceptron?.lines ?? [] },
    { name: 'derivation', lines: derivation },
    { name: 'paths', words: paths?.counts, lines: [...(paths?.lines ?? []), ...(total || [])] },
  ];
  return all
    .filter(({ lines }) => lines.length > 0)
    .map(section => ({ ...section, title: words.sections[section.name] }));
}
