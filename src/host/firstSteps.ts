/**
 * What the walkthrough "Get Started with Nabla" waits for and no context key of VS Code or of a menu says: each is
 * set when a person does it, wherever they do it. VS Code ignores what a key is already.
 */
import { commands } from 'vscode';
import type { Disposable } from 'vscode';
import { firstStepKeys } from './manifest';
import type { Runs } from './runs';

export class FirstSteps implements Disposable {
  readonly #subscription: Disposable;

  constructor(runs: Runs) {
    this.#subscription = runs.onDidChange(({ event }) => {
      if (event?.type === 'gradcheck' && event.state.type === 'done') this.tell('checked');
    });
  }

  /** The person has done it. */
  tell(step: keyof typeof firstStepKeys): void {
    void commands.executeCommand('setContext', firstStepKeys[step], true);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
