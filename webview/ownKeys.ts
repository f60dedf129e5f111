/** Which keys stay with a text field. VS Code listens to every key that leaves the page, and acts on it as well. */

/**
 * Selecting all is always the field's own: VS Code would select all once more, over what has been typed meanwhile.
 * Undo and redo are the field's own while it has a draft; without one the document is meant.
 */
export function keepFieldKeys(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const [origin] = event.composedPath();
  if (!(origin instanceof HTMLInputElement || origin instanceof HTMLTextAreaElement)) return;
  const key = event.key.toLowerCase();
  if (key === 'a' || (['z', 'y'].includes(key) && hasDraft(origin))) event.stopPropagation();
}

/**
 * Whether what stands in a field differs from what it was given: its default, or that of the toolkit's element
 * around it.
 */
function hasDraft(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  const root = field.getRootNode();
  const given =
    root instanceof ShadowRoot && 'initialValue' in root.host
      ? String(root.host.initialValue)
      : field.defaultValue;
  return field.value !== given;
}
