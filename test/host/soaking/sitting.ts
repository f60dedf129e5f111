/** One network while a scripted person works on it: from when it is opened until its text is the first one again. */
import { commands, window } from 'vscode';
import type { Uri } from 'vscode';
import { expect } from 'vitest';
import type { Random } from '../../../src/math/random';
import { parseNetwork } from '../../../src/network/parse';
import { activeInColumn, design, openDesign, tabStop } from '../designing';
import type { Design, Shown } from '../designing';
import { Fuzzer, comeToCanvas } from '../fuzzing';
import type { Step } from '../fuzzing';
import { phase, rest } from '../measuring';
import { closeAll, designer, eventually, moveAway, press, readText, workbench } from '../ui';
import { Watched, expectPicture } from '../watching';
import type { SoakNetwork } from './networks';

/** Undo steps that lead back for certain: more is no way back. */
const MOST_UNDO = 300;
/** Milliseconds in which the data of a small network are read. */
const READING = 700;
/** What Playwright says where a card lies above what it is to click on. */
const CARD_ABOVE = /data-testid="card"[^\n]*intercepts pointer events/;

export class Sitting {
  readonly random: Random;
  readonly network: SoakNetwork;
  #on: Design;
  #watched: Watched;
  #fuzzer: Fuzzer;
  /** What must lie on the disk. */
  #disk: string;
  /** The text of which it is known whether it can be trained. */
  #asked: string | undefined;

  private constructor(random: Random, network: SoakNetwork, on: Design) {
    this.random = random;
    this.network = network;
    this.#on = on;
    this.#watched = new Watched(on);
    this.#fuzzer = this.#newFuzzer();
    this.#disk = network.text;
  }

  static async open(random: Random, network: SoakNetwork): Promise<Sitting> {
    const on = await design(network.file, network.text);
    expectPicture(network.text, await on.shown());
    return new Sitting(random, network, on);
  }

  #newFuzzer(): Fuzzer {
    return new Fuzzer(this.random.uint32(), this.#on, this.network.whole);
  }

  get on(): Design {
    return this.#on;
  }

  get uri(): Uri {
    return this.#on.document.uri;
  }

  oneOf<T>(things: readonly T[]): T {
    return things[this.random.below(things.length)];
  }

  /** One of the random steps of the fuzzer, with its rules. */
  async stepOfFuzzer(): Promise<string> {
    const step = this.#fuzzer.next(await this.#on.shown());
    await this.take(step);
    return step.name;
  }

  /** A step that has been thought of elsewhere, with the rules of the fuzzer's. */
  take(step: Step): Promise<Shown> {
    return this.#watched.take(step, this.#fuzzer);
  }

  /** Does something that may change the text in its own time; then page and text are the same again. */
  async aside(act: () => Promise<unknown>): Promise<void> {
    const before = this.#on.text;
    try {
      await act();
      await this.isRight();
    } finally {
      // What the fuzzer had taken back cannot be redone any more.
      const other: Step = { kind: 'text', name: 'aside', act };
      this.#fuzzer.taken(other, this.#on.text !== before);
    }
  }

  /** As a person does who finds a card above what he wants to click on: sends it away, and begins again, once. */
  async insist(act: (at: Sitting) => Promise<unknown>): Promise<boolean> {
    try {
      await act(this);
      return false;
    } catch (error) {
      if (!CARD_ABOVE.test(String(error))) throw error;
      await this.rest();
      await act(this);
      return true;
    }
  }

  /** What must hold whenever nothing is under way. */
  async isRight(): Promise<void> {
    await eventually(async () => {
      const shown = await this.#on.shown();
      expectPicture(this.#on.text, shown);
    });
    expect(await readText(this.network.file), 'what lies on the disk').toBe(this.#disk);
  }

  async isTrainable(): Promise<boolean> {
    const train = designer.testId('train');
    if ((await train.count()) === 0) return false;
    const { text } = this.#on;
    // Whether data can be read is known once the engine has tried.
    if (text !== this.#asked) await rest(READING);
    this.#asked = text;
    if (parseNetwork(text).network?.data === undefined) return false;
    return (await train.attribute('disabled')) === null;
  }

  async save(): Promise<void> {
    expect(await this.#on.document.save()).toBe(true);
    this.#disk = this.#on.text;
    await this.isRight();
  }

  /** Closes without saving, and opens it again: it is what lies on the disk. */
  async reopen(): Promise<void> {
    await closeAll();
    await eventually(async () => expect(await pages.count()).toBe(0));
    // Of a document that is opened again VS Code makes another.
    this.#watched.dispose();
    this.#on = await openDesign(this.network.file);
    this.#watched = new Watched(this.#on);
    expect(this.#on.text).toBe(this.#disk);
    this.#fuzzer = this.#newFuzzer();
    await this.isRight();
  }

  /** Nothing computes any more, no bar asks, and nothing lies above the canvas. */
  async rest(): Promise<void> {
    await commands.executeCommand('nabla.pause', this.uri);
    // A text that cannot be drawn has no toolbar, and trains nothing.
    if (await this.#isDrawn()) await stops();
    const bars = ['continueInterrupted', 'restartInterrupted', 'postponeInterrupted'];
    if (await designer.testId('interrupted').count()) {
      const answers = await Promise.all(bars.map(isOffered));
      const offered = bars.filter((_, i) => answers[i]);
      if (offered.length > 0) await clickIfThere(this.oneOf(offered));
      await designer.testId('interrupted').waitUntilGone();
      await commands.executeCommand('nabla.pause', this.uri);
      await stops();
    }
    await press('Escape');
    await moveAway();
    if ((await this.#on.shown()).table) await designer.testId('network-table-toggle').click();
  }

  /** Takes everything back, and leaves the file as it was found. */
  async end(): Promise<void> {
    await this.rest();
    await this.#undoAll();
    expect(this.#on.text).toBe(this.network.text);
    await designer.testId('drop-label').waitUntilGone();
    if (this.#disk !== this.network.text) await this.save();
    await this.isRight();
    // Neither needs to know what was before: it would be all texts there ever were.
    this.#watched.dispose();
    this.#watched = new Watched(this.#on);
    this.#fuzzer = this.#newFuzzer();
  }

  /** As a person does: on the canvas where there is one, else in the text. */
  async #undoAll(): Promise<void> {
    for (let i = 0; this.#on.text !== this.network.text; i++) {
      if (i >= MOST_UNDO) throw new Error(`${MOST_UNDO} times undo do not lead back`);
      await this.#on.heard(() => this.#undo());
      // What undo loads may have to be asked for again.
      if (await designer.testId('interrupted').count()) await this.rest();
    }
  }

  async #undo(): Promise<void> {
    if (!(await this.#isDrawn())) {
      await window.showTextDocument(this.#on.document, { viewColumn: 2 });
      await activeInColumn(2);
      await press('Control+z');
      return;
    }
    if (window.tabGroups.activeTabGroup.viewColumn !== 1) await comeToCanvas();
    await tabStop.press('Control+z');
  }

  /** Whether there is a picture, be it that of an earlier text. */
  async #isDrawn(): Promise<boolean> {
    return (await this.#on.shown()).network !== null;
  }

  /** Closes the text beside the designer. */
  async closeText(): Promise<void> {
    // With each group that comes or goes VS Code makes all of them anew, and closes no old one.
    await eventually(async () => {
      const beside = window.tabGroups.all.filter(({ viewColumn }) => viewColumn > 1);
      if (beside.length > 0) await window.tabGroups.close(beside);
      expect(window.tabGroups.all).toHaveLength(1);
    });
  }

  async close(): Promise<void> {
    this.#watched.dispose();
    await closeAll();
    await eventually(async () => expect(await pages.count()).toBe(0));
  }

  dispose(): void {
    this.#watched.dispose();
  }
}

/** Nothing trains any more, says the toolbar. */
export const stops = (): Promise<void> =>
  eventually(async () => expect(await phase()).not.toBe('running'), 60);

/** Clicks on what may go away by itself. */
export async function clickIfThere(id: string): Promise<void> {
  const element = designer.testId(id);
  if ((await element.count()) === 0) return;
  await element.click().catch(async error => {
    if ((await element.count()) > 0) throw error;
  });
}

/** Whether it is there and can be pressed. */
async function isOffered(id: string): Promise<boolean> {
  const element = designer.testId(id);
  return (await element.count()) > 0 && (await element.attribute('disabled')) === null;
}

const pages = workbench.find('iframe.webview');
