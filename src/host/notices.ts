/**
 * The sentences that a run says to the person, and the log. Never awaited: a message is answered when
 * somebody cares to, and no run waits for that.
 */
import { l10n, window } from 'vscode';
import type { LogOutputChannel, Uri } from 'vscode';
import { smallerRate } from '../explain/advice';
import type { Divergence, InterruptedNote, RunState } from '../protocol';
import { nameOf } from './documents';
import { afterEnd } from './endReason';
import { messageOf } from './messageOf';
import { showMessage } from './plainMessages';

export class Notices {
  readonly #log: LogOutputChannel;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  info(message: string): void {
    this.#log.info(message);
  }

  trainingBegins(uri: Uri, epoch: number): void {
    this.#log.info(l10n.t('{0}: training begins at epoch {1}', nameOf({ uri }), epoch));
  }

  /** `state`: paused, finished or diverged. */
  trainingEnds(uri: Uri, { phase, epoch, step, seconds, loss }: RunState): void {
    const at = [phase, epoch, step, seconds.toFixed(1), String(loss)];
    this.#log.info(
      l10n.t(
        '{0}: training ends ({1}) at epoch {2}, step {3}, after {4} s of computing, loss {5}',
        nameOf({ uri }),
        ...at,
      ),
    );
  }

  /** An error that nobody waits for: logged and shown. */
  failed(error: unknown): void {
    const message = messageOf(error);
    this.#log.error(error instanceof Error ? error : message);
    void showMessage('error', message);
  }

  wrote(uri: Uri, label: string): void {
    this.#log.info(`${nameOf({ uri })}: ${label}`);
    // VS Code does not show the names of undo steps, so it is said here what the last one is.
    window.setStatusBarMessage(`$(check) ${label}`, 5000);
  }

  notWritten(uri: Uri, reason: string): void {
    this.#warn(
      l10n.t(
        'The trained weights of {0} were not written: {1} They stay in the run; the command "Nabla: Write Weights to File" writes them.',
        nameOf({ uri }),
        reason,
      ),
    );
  }

  /** `kept`: training can go on from where it was. */
  interrupted(uri: Uri, kept: boolean): void {
    this.#warn(
      kept
        ? l10n.t(
            'Training of {0} was paused because its text changed. Train goes on from the weights it had reached.',
            nameOf({ uri }),
          )
        : l10n.t(
            'Training of {0} was stopped because weights or layers in its text changed. The text is as you wrote it; what had been trained since was not kept.',
            nameOf({ uri }),
          ),
    );
  }

  /** Asks what becomes of a training that a change has paused; undefined when the message is closed. */
  async askAboutChange(
    uri: Uri,
    note: InterruptedNote,
  ): Promise<'continue' | 'restart' | undefined> {
    const message = changeText(nameOf({ uri }), note);
    const [go, again] = [l10n.t('Continue'), l10n.t('Restart')];
    this.#log.warn(message);
    const answer = await showMessage('warning', message, go, again);
    if (answer === undefined) return undefined;
    return answer === go ? 'continue' : 'restart';
  }

  /** The same of one that is too large to be kept meanwhile. `kept`: its weights are still there. */
  async askAboutLarge(uri: Uri, kept: boolean): Promise<'continue' | 'restart' | undefined> {
    const again = l10n.t('Restart');
    const go = l10n.t('Continue');
    const message = kept
      ? l10n.t(
          'Training of {0} was paused because its text changed. It is too large to be kept beside that: Continue trains all epochs of the network from the weights it had reached, with the optimizer at its start; Restart trains them from the weights at the start.',
          nameOf({ uri }),
        )
      : l10n.t(
          'Training of {0} was stopped because weights or layers in its text changed. It is too large to be carried over to them: what had been trained since was not kept. Restart trains all epochs from the text as you wrote it.',
          nameOf({ uri }),
        );
    this.#log.warn(message);
    const answer = await showMessage('warning', message, ...(kept ? [go, again] : [again]));
    if (answer === undefined) return undefined;
    return answer === go ? 'continue' : 'restart';
  }

  /** A change of the text by hand, while the run had parameters that no text had. */
  discarded(uri: Uri): void {
    this.#warn(
      l10n.t(
        'Weights or layers in the text of {0} changed, so the run starts from the text again. What had been trained and was not written was not kept; next time run "Nabla: Write Weights to File" first.',
        nameOf({ uri }),
      ),
    );
  }

  engineLost(uri: Uri, reason: string): void {
    const message = l10n.t(
      'The training engine of {0} stopped ({1}). It starts again when it is needed; the file is as it was last written.',
      nameOf({ uri }),
      reason,
    );
    this.#warn(message + afterEnd(reason));
  }

  /** Asks whether to go on with what was kept; false when the message is closed. */
  async engineLostInTraining(uri: Uri, reason: string, epoch: number): Promise<boolean> {
    const go = l10n.t('Continue from Epoch {0}', epoch);
    const told = l10n.t(
      'The training engine of {0} stopped in the middle of the training ({1}). It has started again; what was trained is kept up to epoch {2}, and the file is as it was.',
      nameOf({ uri }),
      reason,
      epoch,
    );
    const message = told + afterEnd(reason);
    this.#log.warn(message);
    return (await showMessage('warning', message, go, l10n.t('Not Now'))) === go;
  }

  /**
   * Asks whether to end an engine that does not answer; false when the message is closed.
   *
   * @param keeps whether a training in it can be continued from what was kept
   */
  async engineHangs(uri: Uri, seconds: number, keeps: boolean): Promise<boolean> {
    const restart = l10n.t('Restart Engine');
    const name = nameOf({ uri });
    const message = keeps
      ? l10n.t(
          'The training engine of {0} has not answered for {1} seconds: a step takes very long, or it hangs. Restart Engine ends it; of a training what was kept last can be continued, and the file is as it was.',
          name,
          seconds,
        )
      : l10n.t(
          'The training engine of {0} has not answered for {1} seconds: a step takes very long, or it hangs. Restart Engine ends it, and with it what was begun here; the file is as it was.',
          name,
          seconds,
        );
    this.#log.warn(message);
    return (await showMessage('warning', message, restart, l10n.t('Wait'))) === restart;
  }

  diverged(uri: Uri, where: Divergence): void {
    this.#warn(`${nameOf({ uri })}: ${divergenceText(where)}`);
  }

  /** Asks whether to write trained weights; false when the message is closed. */
  async askToWrite(uri: Uri, label: string): Promise<boolean> {
    const write = l10n.t('Write Weights');
    const answer = await showMessage(
      'information',
      l10n.t('{0}: {1}. Write the weights into the file?', nameOf({ uri }), label),
      write,
      l10n.t('Not Now'),
    );
    return answer === write;
  }

  #warn(message: string): void {
    this.#log.warn(message);
    void showMessage('warning', message);
  }
}

/** Which number of which layer at which step was no longer finite, and what to try. */
export function divergenceText(where: Divergence): string {
  const rate = where.learningRate;
  return l10n.t(
    'Training stopped after {0} steps (epoch {1}, batch {2}): {3} became {4}. Nothing was written; the weights are those before that step. The learning rate is {5}: try {6}, then Reset.',
    where.step,
    where.epoch + 1,
    where.batch + 1,
    placeText(where),
    String(where.value),
    String(rate),
    String(smallerRate(rate)),
  );
}

function changeText(name: string, { epoch, epochs, what }: InterruptedNote): string {
  const at = [name, epoch, epochs];
  if (what === 'layers')
    return l10n.t(
      'Training of {0} was paused at epoch {1} of {2}: its layers were changed.',
      ...at,
    );
  if (what === 'weights')
    return l10n.t(
      'Training of {0} was paused at epoch {1} of {2}: its weights were changed.',
      ...at,
    );
  return l10n.t(
    'Training of {0} was paused at epoch {1} of {2}: its settings were changed.',
    ...at,
  );
}

function placeText({ layer, row, quantity }: Divergence): string {
  const name = quantityText(quantity);
  if (layer < 0) return name;
  return row < 0
    ? l10n.t('{0} in layers[{1}]', name, layer)
    : l10n.t('{0} of neuron {2} in layers[{1}]', name, layer, row + 1);
}

function quantityText(quantity: Divergence['quantity']): string {
  const names: { readonly [Q in Divergence['quantity']]: string } = {
    weightedInput: l10n.t('the weighted input'),
    activation: l10n.t('the activation'),
    loss: l10n.t('the loss'),
    gradient: l10n.t('a gradient'),
    parameter: l10n.t('a parameter'),
  };
  return names[quantity];
}
