/** There is not enough memory for what was asked: the message says only for what. Who hears of it knows it by its name. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}
