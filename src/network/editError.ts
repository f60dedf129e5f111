/** An edit that cannot be made; the message says why, and what can be done. */
export class EditError extends Error {
  override readonly name = 'EditError';
}
