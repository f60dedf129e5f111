import { describe, expect, it } from 'vitest';
import { bindings, commandOf } from '../../../webview/design/keys';

describe('keys', () => {
  it.each([
    [{ key: 'i' }, 'insertAfter'],
    [{ key: 'I', shiftKey: true }, 'insertBefore'],
    [{ key: 'ArrowLeft', altKey: true }, 'moveLeft'],
    [{ key: '+', shiftKey: true }, 'more'],
    [{ key: '+' }, 'more'],
    [{ key: '-' }, 'fewer'],
    [{ key: '=' }, 'zoomIn'],
    [{ key: '_', shiftKey: true }, 'zoomOut'],
    [{ key: 'c' }, 'connect'],
    [{ key: 'c', ctrlKey: true }, 'copy'],
    [{ key: 'C', ctrlKey: true }, 'copy'],
    [{ key: 'x', metaKey: true }, 'cut'],
    [{ key: 'd', ctrlKey: true }, 'duplicate'],
    [{ key: 'a' }, 'activation'],
    [{ key: 'a', ctrlKey: true }, 'selectAll'],
    [{ key: 'ArrowRight', shiftKey: true }, 'extendRight'],
    [{ key: '/' }, 'goTo'],
    [{ key: '?', shiftKey: true }, 'help'],
    [{ key: 'Backspace' }, 'remove'],
  ] as const)('%o is %s', (key, command) => {
    expect(commandOf(key)).toBe(command);
  });

  it('leaves the canvas and VS Code their own', () => {
    for (const key of [
      'ArrowLeft',
      'ArrowUp',
      'e',
      'E',
      'b',
      'Home',
      'End',
      'Escape',
      'm',
      't',
      'Tab',
    ])
      expect(commandOf({ key }), key).toBeUndefined();
    for (const key of ['z', 'y', 's', 'p', '=', '-', '0', 'i'])
      expect(commandOf({ key, ctrlKey: true }), key).toBeUndefined();
    expect(commandOf({ key: 'Z', ctrlKey: true, shiftKey: true })).toBeUndefined();
    expect(commandOf({ key: 'c', ctrlKey: true, shiftKey: true })).toBeUndefined();
  });

  it('gives no key two meanings', () => {
    const names = bindings.map(({ key, ctrl, alt, shift }) =>
      JSON.stringify([key, ctrl, alt, shift]),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
