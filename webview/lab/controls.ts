/** What a person chooses in the formula lab: a rule of the notes, or what a rule of their own does otherwise. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Scope } from '../../src/engine/facts';
import {
  labPresets,
  presetOf,
  type LabRule,
  type PenaltyRule,
  type PresetName,
  type SlopeRule,
  type TriedActivations,
} from '../../src/engine/lab/presets';
import type { IdleSwitches } from '../../src/engine/lab/rule';
import type { ActivationName, Network } from '../../src/network/network';
import { activations as known } from '../../src/network/vocabulary';
import { segments } from '../segments';
import { text } from '../strings';
import { labWords } from './words';

export interface LabChoice {
  readonly rule: LabRule;
  readonly tried: TriedActivations;
  readonly network: Network;
  /** Of the latest answer. */
  readonly idle: IdleSwitches;
  readonly scope: Scope;
  /** The one that is shown, or was before all were. */
  readonly sample: number;
  setRule(rule: LabRule): void;
  setTried(tried: TriedActivations): void;
  setScope(scope: Scope): void;
}

type Flag = 'sign' | 'reduction' | 'lossFactor' | 'transpose' | 'biasSum';
const ACTIVATIONS = Object.keys(known) as ActivationName[];
const FLAGS: readonly Flag[] = ['sign', 'reduction', 'lossFactor', 'transpose', 'biasSum'];

export function labControls(choice: LabChoice): TemplateResult {
  return html`<div class="lab-rule">
    ${scopes(choice)} ${presets(choice)} ${changes(choice)} ${activations(choice)}
  </div>`;
}

function presets({ rule, setRule }: LabChoice): TemplateResult {
  const chosen = presetOf(rule) ?? 'own';
  const names = [...(Object.keys(labPresets) as PresetName[]), 'own' as const];
  return html`<fieldset>
    <legend>${text('lab.rule')}</legend>
    ${names.map(
      name =>
        html`<label class="lab-choice">
          <input
            type="radio"
            name="lab-rule"
            data-testid="lab-rule-${name}"
            .checked=${chosen === name}
            ?disabled=${name === 'own' && chosen !== 'own'}
            @change=${() => name !== 'own' && setRule(labPresets[name])}
          />
          <span>${labWords().presets[name]}</span>
        </label>`,
    )}
  </fieldset>`;
}

function changes({ rule, idle, setRule }: LabChoice): TemplateResult {
  const words = labWords();
  const slopes = Object.entries(words.slopes) as [SlopeRule, string][];
  const penalties = Object.entries(words.penalties) as [PenaltyRule, string][];
  const penaltyWhy = idle.penalty ?? (rule.penalty === 'biases' ? idle.penaltyOnBiases : undefined);
  return html`<fieldset>
    <legend>${text('lab.changes')}</legend>
    ${select('lab-slope', text('lab.slope'), slopes, rule.slope, slope => setRule({ ...rule, slope }))}
    ${reason('lab-slope', idle.slope)}
    ${FLAGS.map(flag => flagBox(flag, rule, flag === 'sign' ? undefined : idle[flag], setRule))}
    ${select('lab-penalty', text('lab.penalty'), penalties, rule.penalty, penalty =>
      setRule({ ...rule, penalty }),
    )}
    ${reason('lab-penalty', penaltyWhy)}
  </fieldset>`;
}

/** What would change nothing stays to be chosen, and says why: other data or activations may be chosen next. */
function flagBox(
  flag: Flag,
  rule: LabRule,
  why: IdleSwitches[keyof IdleSwitches],
  setRule: (rule: LabRule) => void,
): TemplateResult {
  return html`<label class="lab-choice">
      <input
        type="checkbox"
        data-testid="lab-${flag}"
        .checked=${rule[flag]}
        aria-describedby=${why ? `lab-${flag}-why` : nothing}
        @change=${(event: Event) =>
          setRule({ ...rule, [flag]: (event.target as HTMLInputElement).checked })}
      />
      <span>${labWords().switches[flag]}</span> </label
    >${reason(`lab-${flag}`, why)}`;
}

function reason(
  id: string,
  why: IdleSwitches[keyof IdleSwitches],
): TemplateResult | typeof nothing {
  if (why === undefined) return nothing;
  return html`<p class="lab-why" id="${id}-why">${labWords().idle[why]}</p>`;
}

function activations({ tried, network, setTried }: LabChoice): TemplateResult {
  const options = (names: readonly ActivationName[]): [ActivationName | '', string][] => [
    ['', text('lab.asInFile')],
    ...names.map((name): [ActivationName, string] => [name, name]),
  ];
  const choose = (place: 'hidden' | 'output', name: ActivationName | ''): void => {
    const { [place]: _, ...others } = tried;
    setTried(name === '' ? others : { ...others, [place]: name });
  };
  const hidden = options(ACTIVATIONS.filter(name => name !== 'softmax'));
  return html`<fieldset>
    <legend>${text('lab.activations')}</legend>
    ${
      network.layers.length > 1
        ? select('lab-hidden', text('lab.hidden'), hidden, tried.hidden ?? '', name =>
            choose('hidden', name),
          )
        : nothing
    }
    ${select('lab-output', text('lab.output'), options(ACTIVATIONS), tried.output ?? '', name =>
      choose('output', name),
    )}
  </fieldset>`;
}

function select<K extends string>(
  id: string,
  label: string,
  options: readonly (readonly [K, string])[],
  chosen: K,
  choose: (name: K) => void,
): TemplateResult {
  return html`<label class="lab-select">
    <span>${label}</span>
    <select
      data-testid=${id}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as K)}
    >
      ${options.map(
        ([name, words]) =>
          html`<option value=${name} .selected=${name === chosen}>${words}</option>`,
      )}
    </select>
  </label>`;
}

function scopes({ scope, sample, setScope }: LabChoice): TemplateResult {
  const isSample = scope.type === 'sample';
  return html`<div class="lab-scope">
    <span class="quiet">${text('lab.scope')}</span>
    ${segments(text('lab.scope'), [
      {
        testId: 'lab-scope-sample',
        word: text('lab.sample'),
        label: text('lab.sampleTip'),
        chosen: isSample,
        choose: () => !isSample && setScope({ type: 'sample', index: sample }),
      },
      {
        testId: 'lab-scope-batch',
        word: text('lab.batch'),
        label: text('lab.batchTip'),
        chosen: !isSample,
        choose: () => setScope({ type: 'batch' }),
      },
    ])}
  </div>`;
}
