/**
 * What the data are, whether the network fits them, and changing them. `dataSection` is the whole; samples, noise,
 * split and scaling are fields of the catalogue and stand where those do.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { NetworkEdit } from '../../src/network/edit';
import type { Network } from '../../src/network/network';
import type { NetworkShapes } from '../../src/network/shapes';
import { generators } from '../../src/network/vocabulary';
import type { Controller } from '../controller';
import { lockOf } from '../lock';
import type { State } from '../store';
import { listed } from '../punctuation';
import { text } from '../strings';
import { fitNetwork } from './changes';
import { classBalance, problem, summary } from './dataFacts';

export function dataSection(state: State, controller: Controller): TemplateResult {
  return html`<nabla-data .controller=${controller} .state=${state}></nabla-data>`;
}

type Form = 'csv' | 'generator';

export class NablaData extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    form: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** The source that is being chosen. */
  declare form: Form | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { document } = this.state;
    if (!document?.network || !document.shapes) return html``;
    const { network, shapes } = document;
    return html`<div class="data-section" data-testid="data-section">
      ${summary(network, document)} ${problem(document)} ${this.#misfit(network, shapes)}
      ${classBalance(document.data)} ${this.#inline(network, shapes)}
      ${this.form ? this.#chooser(this.form, { network, shapes }) : this.#sources(network, shapes)}
    </div>`;
  }

  get #locked(): boolean {
    const { document } = this.state;
    return !document || lockOf(document) !== undefined;
  }

  #inline(
    network: Network,
    { inputSize, outputSize }: NetworkShapes,
  ): TemplateResult | typeof nothing {
    const source = network.data?.source;
    if (source?.type !== 'inline') return nothing;
    return html`<nabla-inline
      .controller=${this.controller}
      .samples=${source.samples}
      .sizes=${{ x: inputSize, y: outputSize }}
      ?locked=${this.#locked}
    ></nabla-inline>`;
  }

  #sources(network: Network, { inputSize, outputSize }: NetworkShapes): TemplateResult {
    const zeros = (size: number): number[] => new Array<number>(size).fill(0);
    const inline: NetworkEdit = {
      type: 'several',
      label: text('undo.dataInline'),
      edits: [
        {
          type: 'set',
          path: ['data'],
          value: { inline: [{ x: zeros(inputSize), y: zeros(outputSize) }] },
        },
      ],
    };
    const own = network.data?.source.type === 'inline';
    return html`<h3>${text(network.data ? 'data.change' : 'data.choose')}</h3>
      <div class="actions">
        ${this.#button('use-csv', 'data.useCsv', () => (this.form = 'csv'))}
        ${this.#button('use-generator', 'data.useGenerator', () => (this.form = 'generator'))}
        ${
          own || inputSize > 64
            ? nothing
            : this.#button(
                'use-inline',
                'data.useInline',
                () => void this.controller.edit(inline),
                text('inline.start'),
              )
        }
        ${
          network.data
            ? this.#button(
                'remove-data',
                'data.remove',
                () => void this.controller.edit({ type: 'unset', path: ['data'] }),
              )
            : nothing
        }
      </div>`;
  }

  #button(
    testId: string,
    key: 'data.useCsv' | 'data.useGenerator' | 'data.useInline' | 'data.remove',
    act: () => void,
    title = '',
  ): TemplateResult {
    return html`<nabla-button
      appearance="secondary"
      data-testid=${testId}
      title=${title}
      ?disabled=${this.#locked}
      @click=${act}
      >${text(key)}</nabla-button
    >`;
  }

  #chooser(form: Form, target: { network: Network; shapes: NetworkShapes }): TemplateResult {
    const { controller } = this;
    const end = (): void => {
      this.form = undefined;
      const back = form === 'csv' ? 'use-csv' : 'use-generator';
      void this.updateComplete.then(() =>
        this.querySelector<HTMLElement>(`[data-testid="${back}"]`)?.focus(),
      );
    };
    return form === 'csv'
      ? html`<h3>${text('csv.title')}</h3>
          <nabla-csv
            .controller=${controller}
            .target=${target}
            ?locked=${this.#locked}
            @nabla-csv-done=${end}
            @nabla-csv-cancel=${end}
          ></nabla-csv>`
      : html`<h3>${text('generator.title')}</h3>
          <nabla-generator
            .controller=${controller}
            .target=${target}
            ?locked=${this.#locked}
            @nabla-data-end=${end}
          ></nabla-generator>`;
  }

  /** Data and network of different sizes: both are named, and the network can be made to fit. */
  #misfit(network: Network, shapes: NetworkShapes): TemplateResult | typeof nothing {
    const needed = neededSizes(network);
    if (!needed) return nothing;
    const { inputs, outputs } = needed;
    const fits = {
      inputs: inputs.length === shapes.inputSize,
      outputs: outputs === shapes.outputSize,
    };
    const needs = { inputs, outputs, activation: undefined, loss: undefined };
    const { edits } = fitNetwork({ network, shapes }, needs);
    const fix = (which: 'setInputs' | 'setUnits'): void =>
      edits.filter(({ type }) => type === which).forEach(edit => void this.controller.edit(edit));
    return html`${
      fits.inputs
        ? nothing
        : this.#mismatch(
            text('data.misfit', inputs.length, listed(inputs.slice(0, 4)), shapes.inputSize),
            text('data.fitInputs', inputs.length),
            'fit-inputs',
            () => fix('setInputs'),
          )
    }
    ${
      fits.outputs
        ? nothing
        : this.#mismatch(
            text('data.misfitOutputs', outputs, shapes.outputSize),
            text('data.fitOutputs', outputs),
            'fit-outputs',
            () => fix('setUnits'),
          )
    }`;
  }

  #mismatch(words: string, remedy: string, testId: string, act: () => void): TemplateResult {
    return html`<div class="data-problem" role="status">
      <p><i class="codicon codicon-warning" aria-hidden="true"></i> ${words}</p>
      <nabla-button
        appearance="secondary"
        data-testid=${testId}
        ?disabled=${this.#locked}
        @click=${act}
        >${remedy}</nabla-button
      >
    </div>`;
  }
}

/** Sizes that can be known without the data being read; outputs of a CSV file's classes cannot. */
function neededSizes(
  network: Network,
): { readonly inputs: readonly string[]; readonly outputs: number } | undefined {
  const source = network.data?.source;
  const last = network.layers[network.layers.length - 1].units;
  switch (source?.type) {
    case 'generator': {
      const { inputs, target } = generators[source.name];
      return { inputs, outputs: target === 'classes' && last === 2 ? 2 : 1 };
    }
    case 'inline': {
      const [first] = source.samples;
      if (!first) return undefined;
      const alike = source.samples.every(
        ({ x, y }) => x.length === first.x.length && y.length === first.y.length,
      );
      if (!alike) return undefined;
      return { inputs: first.x.map((_, k) => `x${k + 1}`), outputs: first.y.length };
    }
    case 'csv':
      return source.inputs && { inputs: source.inputs, outputs: last };
    case 'idx':
    case undefined:
      return undefined;
  }
}
