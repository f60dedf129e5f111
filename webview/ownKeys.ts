/** Which keys stay on the page. VS Code listens to every key that leaves it, and acts on it as well. */

/**
 * Selecting all is the field's own: VS Code would select all once more, over what has been typed meanwhile. Outside of
 * fields it means layers or nothing; neither the browser nor VS Code may select every word of the page.
 * Undo and redo are the field's own while it has a draft; without one the document is meant.
 */
export function keepOwnKeys(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const [origin] = event.composedPath();
  const key = event.key.toLowerCase();
  if (!(origin instanceof HTMLInputElement || origin instanceof HTMLTextAreaElement)) {
    if (key === 'a') {
      event.preventDefault();
      event.stopPropagation();
    }
    return;
  }
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
