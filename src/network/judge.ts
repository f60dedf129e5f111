/** What the rules of validation share: the document, its sizes, and a voice. */
import type { Node } from 'jsonc-parser';
import type { NetworkDraft } from './draft';
import type { IssueList } from './issues';
import type { JsonPath, Severity, TextRange } from './network';
import { grouped } from './setting';
import { descend, property, range } from './tree';

/** What a rule sees, and how it speaks. */
export class Judge {
  readonly root: Node;
  readonly draft: NetworkDraft;
  readonly #issues: IssueList;

  constructor(root: Node, draft: NetworkDraft, issues: IssueList) {
    this.root = root;
    this.draft = draft;
    this.#issues = issues;
  }

  /** At the value of a path, or at `where`; where neither is in the text, around it. */
  tell(severity: Severity, code: string, path: JsonPath, message: string, where?: TextRange): void {
    this.#issues.add(severity, code, path, where ?? this.place(path), message);
  }

  place(path: JsonPath): TextRange {
    for (let length = path.length; length > 0; length--) {
      const found = descend(this.root, path.slice(0, length));
      if (found) return range(found);
    }
    return { start: this.root.offset, end: this.root.offset + 1 };
  }

  /** The key of a property, where its value is too long to be underlined. */
  key(path: JsonPath): TextRange | undefined {
    const owner = descend(this.root, path.slice(0, -1));
    const key = property(owner, String(path[path.length - 1]))?.children?.[0];
    return key && range(key);
  }
}

/** Sizes as far as they are known: inputs of each layer, and of the network. */
export interface Sizes {
  readonly inputs: number | undefined;
  readonly layers: readonly { inputs: number | undefined; units: number | undefined }[];
  readonly outputs: number | undefined;
}

export function sizesOf({ input, layers }: NetworkDraft): Sizes {
  const inputs = input?.shape.reduce((product, length) => product * length, 1);
  const above = (index: number) => (index === 0 ? inputs : layers[index - 1].units);
  return {
    inputs,
    layers: layers.map(({ units }, index) => ({ inputs: above(index), units })),
    outputs: layers.length > 0 ? layers[layers.length - 1].units : inputs,
  };
}

/** `1 weight`, `2 weights` */
export function many(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
