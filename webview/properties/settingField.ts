/** A field for any setting of the catalogue, by its kind. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { JsonValue, NetworkEdit } from '../../src/network/edit';
import type { JsonPath } from '../../src/network/network';
import type { Setting } from '../../src/network/setting';
import { text } from '../strings';
import { helpOfField, hintOf, valueWords } from './fieldWords';
import { fieldId, newest, send, sendFromField, type Forms } from './forms';
import { flagRow, row, type Reset } from './row';
import { resetEdit, setEdit } from './settingEdits';
import { applies, defaultAt, isWritten, read, settingAt, shown, valueAt } from './settingForm';
import { choiceText, nameOf } from './settingWords';
import type { TextSpec, Typed } from './textField';

/** What a special field says otherwise than the catalogue. */
export interface Special {
  readonly testId?: string;
  readonly wide?: boolean;
  /** The text of the value; without it that of the network. */
  readonly value?: string;
  readonly hint?: string;
  /** Added to the help. */
  readonly more?: string;
  readonly before?: TemplateResult;
  readonly after?: TemplateResult;
  /** Choices that are offered, with what they are called; without it all by their names. */
  readonly choices?: readonly Choice[];
  read?(typed: string): Typed;
  choose?(choice: string): NetworkEdit | undefined;
  /** Why a choice cannot be; undefined where it can. */
  refuses?(choice: string): string | undefined;
  /** The edit that leaves it to its default; null: it cannot be. */
  readonly reset?: NetworkEdit | null;
}

export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly start?: TemplateResult | unknown;
}

/** The field of a setting; nothing where it has no meaning now. */
export function settingField(
  forms: Forms,
  path: JsonPath,
  special: Special = {},
): TemplateResult | typeof nothing {
  const setting = settingAt(forms.network, path);
  if (!setting || !applies(forms, path)) return nothing;
  const field: Field = { forms, path, setting, special };
  if (setting.kind === 'flag') return flagField(field);
  return setting.kind === 'choice' ? choiceField(field) : typedField(field);
}

interface Field {
  readonly forms: Forms;
  readonly path: JsonPath;
  readonly setting: Setting;
  readonly special: Special;
}

const testIdOf = ({ path, special }: Field): string => special.testId ?? fieldId(path);

const currentOf = ({ forms, path }: Field): JsonValue | undefined => valueAt(forms.network, path);

/** Only what stands in the text can be left to its default. */
function resetOf(field: Field): Reset | undefined {
  const { forms, path, special } = field;
  const usual = defaultAt(forms.network, path);
  if (forms.locked || special.reset === null || !isWritten(forms, path)) return undefined;
  if (usual === undefined && special.reset === undefined) return undefined;
  return {
    testId: `reset-${path.join('.')}`,
    to: usual === undefined ? '' : valueWords(usual),
    act: () => void send(forms, special.reset ?? resetEdit(forms, path)),
  };
}

const helpText = ({ forms, path, setting, special }: Field): string =>
  helpOfField(forms, path, setting, special.more);

function typedField(field: Field): TemplateResult {
  const { forms, path, setting, special } = field;
  const usual = defaultAt(forms.network, path);
  const spec: TextSpec = {
    id: fieldId(path).replaceAll('.', '-'),
    testId: testIdOf(field),
    name: nameOf(path),
    value: special.value ?? shown(currentOf(field)),
    placeholder: usual === null ? text('form.none') : shown(usual),
    hint: special.hint ?? hintOf(forms, path, setting),
    help: helpText(field),
    disabled: forms.locked,
    version: forms.state.document?.version ?? 0,
    wide: special.wide,
    numeric: setting.kind === 'number',
    before: special.before,
    after: special.after,
    reset: resetOf(field),
    read: special.read ?? (typed => readTyped(field, typed)),
    send: (edit, says) => sendFromField(forms, edit, says),
  };
  return html`${keyed(spec.id, html`<nabla-text-setting .spec=${spec}></nabla-text-setting>`)}`;
}

/** An emptied field leaves the setting to its default, where it has one. */
function readTyped({ forms, path, setting }: Field, typed: string): Typed {
  const usual = defaultAt(forms.network, path);
  const mayGo = usual !== undefined || setting.kind === 'list';
  if (typed.trim() === '' && mayGo) {
    return { ok: true, edit: isWritten(forms, path) ? resetEdit(forms, path) : undefined };
  }
  const reading = read(setting, typed);
  return reading.ok ? { ok: true, edit: setEdit(forms, path, reading.value) } : reading;
}

function flagField(field: Field): TemplateResult {
  const { forms, path } = field;
  const checked = currentOf(field) === true;
  const id = fieldId(path).replaceAll('.', '-');
  const name = nameOf(path);
  const help = helpText(field);
  const control = html`<nabla-checkbox
    id=${id}
    data-testid=${testIdOf(field)}
    aria-describedby="${id}-help"
    ?checked=${checked}
    .checked=${checked}
    ?disabled=${forms.locked}
    @change=${(event: Event) => {
      const box = event.target as HTMLInputElement;
      // The toolkit tells of a tick that the text has made, too: what counts is what the text says by now.
      const edit = setEdit(newest(forms), path, box.checked);
      if (edit) void send(forms, edit).then(refused => refused && (box.checked = checked));
    }}
    >${name}</nabla-checkbox
  >`;
  return flagRow({ id, name, control, help, reset: resetOf(field) });
}

function choiceField(field: Field): TemplateResult {
  const { forms, path, setting, special } = field;
  const current = special.value ?? shown(currentOf(field));
  const id = fieldId(path).replaceAll('.', '-');
  return row({
    id,
    name: nameOf(path),
    wide: special.wide,
    hint: special.hint ?? choiceText(path, setting, current),
    help: helpText(field),
    reset: resetOf(field),
    control: html`${special.before ?? nothing}${dropdown({
      id,
      testId: testIdOf(field),
      name: nameOf(path),
      value: current,
      disabled: forms.locked,
      choices: special.choices ?? choicesOf(field),
      describe: choice => choiceText(path, setting, choice),
      choose: async choice => {
        const why = special.refuses?.(choice);
        if (why !== undefined) forms.controller.complain(why);
        if (why !== undefined) return why;
        const edit = special.choose ? special.choose(choice) : setEdit(forms, path, choice);
        return edit && send(forms, edit);
      },
    })}`,
  });
}

function choicesOf({ setting }: Field): readonly Choice[] {
  const names = setting.kind === 'choice' ? Object.keys(setting.choices) : [];
  return names.map(name => ({ name, label: name }));
}

export interface Dropdown {
  readonly id: string;
  readonly testId: string;
  readonly name: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly choices: readonly Choice[];
  describe?(choice: string): string;
  /** Resolves to the reason when the host refuses: the old choice then stands again. */
  choose(choice: string): Promise<string | undefined> | undefined;
}

/** Options are drawn anew with their number, because the toolkit keeps a chosen index, not a chosen name. */
export function dropdown(parts: Dropdown): TemplateResult {
  const { id, testId, name, value, choices, disabled } = parts;
  return html`${keyed(
    `${id} ${choices.map(choice => choice.name).join()}`,
    html`<nabla-dropdown
      id=${id}
      data-testid=${testId}
      aria-label=${name}
      aria-describedby="${id}-help"
      ?disabled=${disabled}
      .value=${value}
      @change=${async (event: Event) => {
        const list = event.target as HTMLSelectElement;
        if (list.value === value) return;
        const refused = await parts.choose(list.value);
        if (refused !== undefined) list.value = value;
      }}
      >${choices.map(
        choice =>
          html`<nabla-option
            value=${choice.name}
            title=${parts.describe?.(choice.name) || nothing}
            ?selected=${choice.name === value}
            >${choice.start ?? nothing}${choice.label}</nabla-option
          >`,
      )}</nabla-dropdown
    >`,
  )}`;
}
