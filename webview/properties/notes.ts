/**
 * Where a field's help and refusal stand: over the picture, beside the field (where the form lies below the picture,
 * above the form). So they cover no other field, and nothing moves when they come and go. One at a time, and why
 * something was refused goes before what may be typed.
 */

/** Pixels between the form and the note. */
const GAP = 8;

const followed = new WeakSet<HTMLElement>();

/** By form, the line that was refused last. */
const newest = new WeakMap<HTMLElement, Element>();

/** `from`: a part of the form that was entered or has changed. */
export function placeNote(from: Element): void {
  const body = from.closest<HTMLElement>('.inspector-body');
  if (!body) return;
  if (!followed.has(body)) follow(body);
  const row = from.closest('.setting') ?? from.querySelector('.setting');
  if (row?.classList.contains('refused')) newest.set(body, row);
  place(body);
}

/** From now on, for as long as the form is there. */
function follow(body: HTMLElement): void {
  followed.add(body);
  const moved = (): void => place(body);
  body.addEventListener('scroll', moved, { passive: true });
  body.addEventListener('focusout', moved);
  new ResizeObserver(moved).observe(body);
}

function place(body: HTMLElement): void {
  const rows = [...body.querySelectorAll<HTMLElement>('.setting')];
  const noted = notedRow(rows, body.getBoundingClientRect(), newest.get(body));
  for (const row of rows) row.toggleAttribute('data-noted', row === noted);
  if (noted) stand(noted, body.closest('.inspector') ?? body);
}

/**
 * Of those that are in sight: one that was refused, best where the keyboard is or else the last; where none was, that
 * with the keyboard.
 */
function notedRow(
  rows: readonly HTMLElement[],
  frame: DOMRect,
  last: Element | undefined,
): HTMLElement | undefined {
  const seen = rows.filter(row => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > frame.top && top < frame.bottom;
  });
  const focused = seen.find(row => row.matches(':focus-within'));
  const refused = seen.filter(row => row.classList.contains('refused'));
  return (
    [focused, last].flatMap(row => refused.filter(each => each === row))[0] ?? refused[0] ?? focused
  );
}

function stand(row: HTMLElement, inspector: Element): void {
  const { left, top: above } = inspector.getBoundingClientRect();
  const { top, right } = row.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  if (inspector.classList.contains('below')) {
    row.style.setProperty(
      '--note-inset',
      `auto ${innerWidth - right}px ${innerHeight - above + GAP}px auto`,
    );
    return;
  }
  const [note] = [...row.querySelectorAll<HTMLElement>('.note')].filter(each => each.offsetHeight);
  const lowest = innerHeight - (note?.offsetHeight ?? 0) - GAP;
  row.style.setProperty(
    '--note-inset',
    `${Math.min(top, lowest)}px ${innerWidth - left + GAP}px auto auto`,
  );
}
