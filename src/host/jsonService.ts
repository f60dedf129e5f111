/** VS Code starts its JSON service for its own languages only; once awake, it serves networks, too (package.json). */
import { Uri, commands, extensions } from 'vscode';

/** A schema that the service has with it: nothing is read or fetched for it. */
const KNOWN_SCHEMA = 'http://json-schema.org/draft-07/schema';

/**
 * Wakes it, in whatever extension host it runs: those of another one than ours cannot be seen, but their commands can
 * be called, and VS Code starts whoever has them. Without the service nothing happens.
 */
export async function wakeJsonService(): Promise<void> {
  try {
    const service = extensions.getExtension('vscode.json-language-features');
    if (service) await service.activate();
    else await commands.executeCommand('json.validate', Uri.parse(KNOWN_SCHEMA), '{}');
  } catch {
    // It is switched off: networks do without completions of settings.
  }
}
