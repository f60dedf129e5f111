/** One weight or bias by hand: a small field with every digit of the number. */
import { html, type TemplateResult } from 'lit';
import { text } from '../strings';
import { readNumber, stepped } from './numberText';
import { edit, nameOf } from './perform';
import { popup, problemLine } from './popup';
import type { DesignSession, Popup } from './session';

type NumberPopup = Extract<Popup, { type: 'number' }>;

export function numberForm(
  session: DesignSession,
  { target, value }: NumberPopup,
  problem: string | undefined,
  complain: (problem: string | undefined) => void,
): TemplateResult {
  const name = nameOf(session, target);
  const write = (event: Event): void => {
    event.preventDefault();
    const field = (event.target as HTMLElement).querySelector('input');
    const typed = field?.value ?? '';
    const read = readNumber(typed);
    if (!read.ok) return complain(text(`number.${read.problem}`, typed));
    session.close();
    if (!Object.is(read.value, value)) writeNumber(session, target, read.value, name);
  };
  return popup(
    session,
    'number-editor',
    text('number.title', name),
    session.beside(target.layer),
    120,
    html`<form class="chooser" @submit=${write}>
        <input
          data-first
          class="wide number"
          autocomplete="off"
          spellcheck="false"
          aria-label=${text('number.title', name)}
          aria-invalid=${problem !== undefined}
          data-testid="number"
          .defaultValue=${String(value)}
          .value=${String(value)}
          @keydown=${(event: KeyboardEvent) => stepBy(event, complain)}
        />
      </form>
      ${problem === undefined ? html`<p class="quiet">${text('number.hint')}</p>` : problemLine(problem)}`,
  );
}

function writeNumber(
  session: DesignSession,
  target: NumberPopup['target'],
  value: number,
  name: string,
): void {
  const { type: kind, layer, row } = target;
  const column = target.type === 'weight' ? target.column : 0;
  void edit(
    session,
    { type: 'setParameter', layer, kind, row, column, value },
    text('speak.set', name, value).replace(/[.。]$/u, ''),
  );
}

/** The arrows count the second digit up and down; with Shift ten at once. */
function stepBy(event: KeyboardEvent, complain: (problem: string | undefined) => void): void {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const field = event.target as HTMLInputElement;
  const read = readNumber(field.value);
  if (!read.ok) return complain(text(`number.${read.problem}`, field.value));
  field.value = String(stepped(read.value, by * (event.shiftKey ? 10 : 1)));
  complain(undefined);
}
