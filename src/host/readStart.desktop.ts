/** The first bytes of a file, without the rest. */
import { open } from 'node:fs/promises';
import type { Uri } from 'vscode';

/** Undefined where the file does not lie on this machine. */
export async function readStart(uri: Uri, most: number): Promise<Uint8Array | undefined> {
  if (uri.scheme !== 'file') return undefined;
  const file = await open(uri.fsPath);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
