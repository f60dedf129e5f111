/** What the rules of validation share: the document, its sizes, and a voice. */
import type { Node } from 'jsonc-parser';
import type { NetworkDraft } from './draft';
import { draftShapes } from './draftShapes';
import type { DraftShape } from './draftShapes';
import type { IssueList } from './issues';
import { inputSize } from './layerDraft';
import { formatPath } from './network';
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

  /** Errors told so far, those of the structure included. */
  get errors(): number {
    return this.#issues.errors;
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

  /** Settings of an object that are known, but not of its type. */
  unused(path: JsonPath, keys: readonly string[], used: readonly string[], type: string): void {
    for (const key of keys) {
      const member = property(descend(this.root, path), key);
      if (!member || used.includes(key)) continue;
      const place = [...path, key];
      const uses = used.length === 0 ? 'it has no settings' : `it has ${used.join(', ')}`;
      const message = `${formatPath(place)} has no effect on ${type} (${uses}). Remove it.`;
      this.tell('information', 'setting.unused', place, message, range(member));
    }
  }

  /** The `type` of a layer, which stands for the whole layer. */
  head(layer: number): TextRange | undefined {
    const type = property(descend(this.root, ['layers', layer]), 'type');
    return type && range(type);
  }
}

/** Who takes from whom, and sizes as far as they are known: of each layer, and of the network. */
export interface Sizes {
  readonly inputs: number | undefined;
  readonly layers: readonly LayerSize[];
  readonly outputs: number | undefined;
}

export type LayerSize = DraftShape;

export function sizesOf({ input, layers }: NetworkDraft): Sizes {
  return {
    inputs: inputSize(input),
    layers: draftShapes(layers, input),
    outputs: layers[layers.length - 1]?.units,
  };
}

/** `1 weight`, `2 weights` */
export function many(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
