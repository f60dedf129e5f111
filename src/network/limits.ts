/** How large a network may be. What exceeds a limit is refused before anything is allocated. */
export const limits = {
  /** Values that go out of one layer. */
  units: 65_536,
  layers: 1_000,
  /** Sources of one `add` or `concat`. */
  sources: 256,
  /** Rows or columns of a window that slides over an image, and of its step. */
  window: 1_024,
  /** Characters of the id of a layer. */
  id: 100,
  /** Values that all layers together give for one sample. */
  values: 10_000_000,
  /** Weights and biases of a whole network. */
  parameters: 50_000_000,
  /** Numbers of one input sample. */
  inputs: 1_048_576,
  dimensions: 8,
  /** Values in a text, of which a list of numbers is one. */
  nodes: 500_000,
  /** Numbers in the lists of a text. */
  numbers: 4_000_000,
  /** Characters of a text with mistakes, so that all of them can be told. */
  spoiltText: 4_194_304,
} as const;
