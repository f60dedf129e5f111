/**
 * What the page says aloud: one sentence for each thing that happens, in one live region. What follows at once out of
 * the same cause (a change and what it kept, a refusal and its banner) takes the place of what waits.
 */
import { gradcheckWords } from './inspect/gradcheckWords';
import type { State } from './store';
import { statusWords } from './training/runWords';

/** Added to a sentence that is said again: without a change nothing would be heard. */
const AGAIN = '\u00a0';

/** Milliseconds of training between two milestones, at least: who listens has other things to hear. */
const LULL = 10_000;

export class Announcer {
  readonly #write: (words: string) => void;
  #waiting: string | undefined;
  #last = '';
  readonly #now: () => number;
  /** When training was spoken of last. */
  #told = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(write: (words: string) => void, now = () => performance.now()) {
    this.#write = write;
    this.#now = now;
  }

  say(words: string): void {
    this.#waiting = words;
    setTimeout(() => this.#speak());
  }

  #speak(): void {
    const words = this.#waiting;
    if (words === undefined) return;
    this.#waiting = undefined;
    this.#last = this.#last === words ? words + AGAIN : words;
    this.#write(this.#last);
  }

  /** Says what a change of the state is worth saying, if anything. */
  follow(state: State, before: State): void {
    // A field that says itself why it refused takes the banner away again.
    if (state.notice === undefined && this.#waiting === before.notice) this.#waiting = undefined;
    if (state.run?.phase !== before.run?.phase) this.#told = this.#now();
    const news = newsOf(state, before) ?? this.#milestone(state, before);
    if (news !== undefined) this.say(news);
  }

  /** A tenth of the training's epochs is done: in a long training now and then, in a short one never. */
  #milestone(state: State, before: State): string | undefined {
    const [tenth, last] = [tenthOf(state), tenthOf(before)];
    if (tenth === undefined || last === undefined || tenth <= last) return undefined;
    if (this.#now() - this.#told < LULL) return undefined;
    this.#told = this.#now();
    return statusWords(state);
  }
}

/** An error of the text and a run that diverged have banners that are alerts: they speak for themselves. */
function newsOf(state: State, before: State): string | undefined {
  const { notice, quiet, gradcheck } = state;
  if (before.phase !== 'ready') return undefined;
  if (notice !== before.notice && notice !== undefined) return notice;
  if (quiet !== before.quiet && quiet) return quiet.words;
  if (gradcheck !== before.gradcheck) return gradcheckWords(gradcheck);
  return hasMoved(state, before) ? statusWords(state) : undefined;
}

/** Training began or ended, the loss of a pause is known, or a step was made by hand; while it runs its line is spoken at milestones only. */
function hasMoved({ run, document }: State, { run: last, document: seen }: State): boolean {
  if (!run || !last || run.phase === 'diverged' || document !== seen) return false;
  if (run.phase !== last.phase || run.settling !== last.settling) return true;
  return run.phase !== 'running' && run.step !== last.step;
}

/** How many tenths of its epochs are done, of a training that goes on. */
function tenthOf({ run, document }: State): number | undefined {
  const epochs = document?.network?.training.epochs;
  if (run?.phase !== 'running' || !epochs) return undefined;
  return Math.floor((10 * run.epoch) / epochs);
}
