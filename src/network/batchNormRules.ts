/** Rules about batchNorm: a batch of one number a feature has no variance. */
import type { Judge, LayerSize, Sizes } from './judge';

export function validateBatchNorm(judge: Judge, sizes: Sizes): void {
  const { data, training } = judge.draft;
  const { source } = data ?? {};
  const samples = source?.type === 'inline' ? source.samples.length : Infinity;
  const batch = training.batchSize === 'all' ? samples : training.batchSize;
  if (batch !== 1 || !data) return;
  judge.draft.layers.forEach(({ type }, index) => {
    if (type !== 'batchNorm' || valuesOf(sizes.layers[index]) !== 1) return;
    const path = ['training', 'batchSize'];
    const message = `batchSize is 1, so layers[${index}] (batchNorm) sees one number of each feature, which is its own mean and has no variance: set batchSize to 2 or more, or remove the layer.`;
    judge.tell('error', 'batchNorm.batch', path, message);
  });
}

/** Numbers of each feature that one sample brings; undefined where the shape is not known. */
function valuesOf({ units, image }: LayerSize): number | undefined {
  if (image) return image.height * image.width;
  return units === undefined ? undefined : 1;
}
