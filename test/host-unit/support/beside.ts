/** A text that can be seen, with what stands beside it, over the real engine. */
import { vi } from 'vitest';
import type * as vscode from 'vscode';
import { TextNumbers } from '../../../src/host/textNumbers';
import { createHostWith, settled } from './host';
import type { Host } from './host';
import { sessionPort } from './session';
import { editor, events } from './editor';
import { Range } from './vscodeValues';

export interface Beside {
  readonly host: Omit<Host, 'workers'>;
  readonly document: vscode.TextDocument;
  /** Lines that have a strip, with its width as the decoration says it. */
  readonly strips: Map<number, string>;
  /** How often decorations were set. */
  painted(): number;
  close(): void;
}

/** @param lines which of them can be seen; all of them if not given */
export function beside(text: string, lines?: readonly [from: number, to: number]): Beside {
  const host = createHostWith(sessionPort, text);
  const strips = new Map<number, string>();
  let painted = 0;
  const [from, to] = lines ?? [0, text.split('\n').length];
  editor.textEditors = [
    {
      document: host.document,
      viewColumn: 1,
      selection: undefined,
      revealRange: () => {},
      visibleRanges: [new Range(from, 0, to, 0)],
      setDecorations(type, ranges) {
        painted += 1;
        for (const [line, width] of strips) if (width === type.borderWidth) strips.delete(line);
        for (const { start } of ranges) strips.set(start.line, type.borderWidth);
      },
    },
  ];
  return {
    host,
    document: host.document as unknown as vscode.TextDocument,
    strips,
    painted: () => painted,
    close() {
      editor.textEditors = [];
      events.visibleEditors.fire([]);
    },
  };
}

/** The text that was shown last, and the gradients for what stands beside it. */
export let shown: Beside;
export let numbers: TextNumbers;
const own: { dispose(): void }[] = [];

/** @param settings with their section */
export function show(text: string, settings: Record<string, unknown> = {}): void {
  shown = beside(text);
  for (const [key, value] of Object.entries(settings)) editor.settings.set(key, value);
  numbers = keep(new TextNumbers(shown.host.documents, shown.host.runs));
}

/** Goes with the text that is shown. */
export function keep<T extends { dispose(): void }>(item: T): T {
  own.push(item);
  return item;
}

export function closeShown(): void {
  for (const item of own.splice(0).reverse()) item.dispose();
  shown.host.runs.dispose();
}

/** The record of its run, if there is one. */
export const record = () => shown.host.runs.get(shown.host.uri)?.record;

/** What is told a moment later has been told and answered. For tests that have taken over `setTimeout`. */
export async function told(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await settled();
    vi.advanceTimersByTime(100);
  }
  await settled();
}
