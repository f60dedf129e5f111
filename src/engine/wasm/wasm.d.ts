/** A module's bytes, as the bundler and the tests give them. */
declare module '*.wasm' {
  const bytes: Uint8Array;
  // eslint-disable-next-line no-restricted-syntax -- such a module has nothing else to name
  export default bytes;
}
