/** The frame of a small window over the canvas. */
import { html, nothing, type TemplateResult } from 'lit';
import { iconButton } from '../iconButton';
import { text } from '../strings';
import type { Point } from './contract';
import type { DesignSession } from './session';

export const POPUP_WIDTH = 264;
const WIDTH = POPUP_WIDTH;

/**
 * @param at where it would like to stand, in pixels of the canvas
 * @param height pixels it takes at most, so that it stays within
 */
export function popup(
  session: DesignSession,
  testId: string,
  title: string,
  at: Point,
  height: number,
  content: TemplateResult,
): TemplateResult {
  const { width, height: room } = session.surface.element.getBoundingClientRect();
  const left = Math.max(4, Math.min(at.x, width - WIDTH - 8));
  const top = Math.max(4, Math.min(at.y, room - height - 8));
  // What is longer than thought scrolls rather than leave the canvas.
  const limit = Math.max(64, room - top - 4);
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    session.close();
  };
  return html`<div
    class="popup"
    role="dialog"
    aria-label=${title}
    data-testid=${testId}
    style="left: ${left}px; top: ${top}px; width: ${WIDTH}px; max-height: ${limit}px"
    @keydown=${pressed}
  >
    <div class="popup-title">
      <h2>${title}</h2>
      ${iconButton(undefined, 'close', text('chooser.close'), () => session.close())}
    </div>
    ${content}
  </div>`;
}

/** The sentence at a field that refused what was typed. */
export function problemLine(problem: string | undefined): TemplateResult {
  return html`<p class="problem" role="alert" data-testid="problem">
    ${problem === undefined ? nothing : html`<i class="codicon codicon-error" aria-hidden="true"></i> ${problem}`}
  </p>`;
}
