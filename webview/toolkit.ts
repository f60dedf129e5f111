/**
 * The only door to `@vscode/webview-ui-toolkit`, which its authors have archived.
 *
 * Registered under our own prefix, so that a successor can live beside it. What the templates rely on:
 *
 *     nabla-button      appearance="primary|secondary|icon", disabled; click
 *     nabla-text-field  value, disabled, size; change (after Enter or leaving the field)
 *     nabla-dropdown    value, disabled; change       nabla-option  value, selected, disabled
 *     nabla-checkbox    checked, disabled; change
 *     nabla-progress-ring
 *
 * It takes on the colours of VS Code's theme when the page has loaded, and then follows them.
 */
import {
  TextField,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** It calls each field "Text field": what the page calls it stays. */
function keepNames(): void {
  const { connectedCallback } = TextField.prototype;
  TextField.prototype.connectedCallback = function (): void {
    const name = this.getAttribute('aria-label');
    connectedCallback.call(this);
    if (name !== null) this.setAttribute('aria-label', name);
  };
}

export function registerToolkit(): void {
  keepNames();
  provideVSCodeDesignSystem()
    .withPrefix('nabla')
    .register(
      vsCodeButton(),
      vsCodeTextField(),
      vsCodeDropdown(),
      vsCodeOption(),
      vsCodeCheckbox(),
      vsCodeProgressRing(),
    );
  // It has come after the page had loaded: the event that it waits for is past.
  if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
}
