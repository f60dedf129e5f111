/** The compiled network: operations in topological order, every buffer with its place in the arena. */
export interface Plan {
  readonly todo: never;
}
