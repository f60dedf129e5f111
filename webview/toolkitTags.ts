/** The toolkit's elements that templates may use; their contract stands in `toolkit.ts`. */
export const TOOLKIT_TAGS = [
  'nabla-button',
  'nabla-text-field',
  'nabla-dropdown',
  'nabla-option',
  'nabla-checkbox',
  'nabla-progress-ring',
] as const;
