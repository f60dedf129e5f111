/** What can be wrong with the text of a network, in Chinese. English sentences first: the narrow before the wide. */
import type { Sentence } from './inChinese';

export const networkSentences: readonly Sentence[] = [
  // Text that is no JSON.
  [
    'The file is empty: choose a template in the designer, or write a network here.',
    '文件是空的：请在设计器中选择模板，或在此处写一个网络。',
  ],
  [
    '{0} is no number that a network can hold: write a finite number.',
    '{0} 不是网络能保存的数：请写一个有限的数。',
  ],
  [
    'The lists and objects are nested too deeply to be read: this is no network file.',
    '列表和对象嵌套过深，无法读取：这不是网络文件。',
  ],
  [
    'The file has version {0}, this Nabla knows version {1}: it is opened read-only. Update Nabla to edit it.',
    '文件是版本 {0}，此 Nabla 支持版本 {1}：以只读方式打开。请更新 Nabla 后再编辑。',
  ],
  [
    '{0} more problems are not listed. Correct those above first.',
    '另有 {0} 个问题未列出。请先更正上面的问题。',
  ],

  // Values of their own.
  [
    '{0} must be true; found false, which expects nothing. Set it to true, or remove this entry.',
    '{0} 必须是 true；实际为 false，这不提出任何要求。请设为 true，或删除此条目。',
  ],
  ['{0} must be {1}; found {2}.', '{0} 必须是{1}；实际为 {2}。'],
  ['{0}: there is no {1}. Did you mean {2}?', '{0}：没有 {1}。是否指 {2}？'],
  ['{0}: there is no {1}. Known are {2}.', '{0}：没有 {1}。可用的有 {2}。'],
  ['{0}: {1} means {2}: choose another name.', '{0}：{1} 表示{2}：请换一个名称。'],
  [
    '{0} has {1} entr(y|ies), at most {2} (is|are) possible: {3}.',
    '{0} 有 {1} 项，最多 {2} 项：{3}。',
  ],
  ['{0} is empty, at least {1} (is|are) needed.', '{0} 是空的，至少需要{1}。'],
  ['{0} is empty, at least {1} (is|are) needed: {2}.', '{0} 是空的，至少需要{1}：{2}。'],
  ['{0} has {1} entr(y|ies), at least {2} (is|are) needed.', '{0} 有 {1} 项，至少需要{2}。'],
  [
    '{0} has {1} entr(y|ies), at least {2} (is|are) needed: {3}.',
    '{0} 有 {1} 项，至少需要{2}：{3}。',
  ],
  ['{0} is missing ({1}). Add {2}.', '缺少 {0}。请添加 {2}。'],
  [
    '{0} names no {1}: numbers are written sample by sample, as {2}, with the inputs in x and the targets in y; or add one of {3}.',
    '{0} 没有指定{1}：数按样本逐个书写，如 {2}，输入写在 x 中，目标写在 y 中；或添加 {3} 之一。',
  ],
  ['{0} names no {1}: add one of {2}.', '{0} 没有指定{1}：请添加 {2} 之一。'],
  ['{0} names {1} {2}s: keep one of {3}.', '{0} 指定了 {1} 个{2}：请只保留 {3} 之一。'],

  // Keys.
  ['data.{0} has no effect on {1} data. Remove it.', 'data.{0} 对 {1} 数据不起作用。请删除。'],
  [
    '{0} has no effect on {1} (it has no settings). Remove it.',
    '{0} 对 {1} 不起作用（它没有设置）。请删除。',
  ],
  [
    '{0} has no effect on {1} (it has {2}). Remove it.',
    '{0} 对 {1} 不起作用（它有 {2}）。请删除。',
  ],
  [
    '{0} is written twice: this one is ignored, the last one counts. Remove one.',
    '{0} 写了两次：此处被忽略，以最后一处为准。请删除一处。',
  ],
  [
    '{0}: this version of Nabla does not know {1}. The file is left as it is.',
    '{0}：此版本的 Nabla 不支持{1}。文件保持原样。',
  ],
  [
    '{0} is not known and has no effect; it is kept. Did you mean {1}?',
    '{0} 未知，不起作用；予以保留。是否指 {1}？',
  ],
  ['{0} is not known and has no effect; it is kept.', '{0} 未知，不起作用；予以保留。'],
  [
    'version is missing: 1 is taken. Add "version": 1.',
    '缺少 version：按 1 处理。请添加 "version": 1。',
  ],

  // The input and single layers.
  [
    'input.shape makes {0} inputs, at most {1} are possible: make it smaller.',
    'input.shape 有 {0} 个输入，最多 {1} 个：请改小。',
  ],
  [
    'input.names has {0} name(s), input.shape makes {1} input(s): the names are not used. Give one name per input.',
    'input.names 有 {0} 个名称，input.shape 有 {1} 个输入：名称未被使用。请为每个输入各写一个名称。',
  ],
  [
    '{0} is softmax, which only the last layer can have: choose another, such as sigmoid or relu.',
    '{0} 是 softmax，只有最后一层可以用：请换一个，例如 sigmoid 或 relu。',
  ],
  [
    'A softmax of 1 output is always 1: {0}, or set the activation to sigmoid.',
    '只有 1 个输出的 softmax 恒为 1：{0}，或把激活函数设为 sigmoid。',
  ],
  [
    'The gradient of step is zero everywhere, so nothing above it learns: choose sigmoid for training.',
    'step 的梯度处处为零，因此它之前的层都学不到东西：训练时请选择 sigmoid。',
  ],
  [
    'All {0} {1} of {2} start with equal weights and stay equal for ever: choose a random init, such as xavierUniform.',
    '{2} 的全部 {0} 个{1}以相同的权重开始，会一直相同：请选择随机的 init，例如 xavierUniform。',
  ],
  [
    '{0} is {1}, which makes weights too large for {2}: choose a smaller one, or set training.precision to "float64".',
    '{0} 为 {1}，由此得到的权重超出 {2}：请改小，或把 training.precision 设为 "float64"。',
  ],
  [
    '{0} is {1}, which makes weights too large for {2}: choose a smaller one.',
    '{0} 为 {1}，由此得到的权重超出 {2}：请改小。',
  ],
  [
    'The network has more than {0} parameters ({1} brings {2} × {3} weights): use fewer {4}.',
    '网络的参数超过 {0} 个（{1} 带来 {2} × {3} 个权重）：请减少 {4}。',
  ],
  [
    'The layers give more than {0} values for one sample ({1} brings {2}): use fewer layers, or smaller ones.',
    '各层对一个样本给出的值超过 {0} 个（{1} 有 {2} 个）：请减少层数，或改小各层。',
  ],

  // Who takes from whom.
  [
    '{0} is {1}, as that of {2}: give one of them another name.',
    '{0} 为 {1}，与 {2} 的相同：请给其中之一换一个名称。',
  ],
  [
    '{0} names {1} twice: remove one, or take another layer.',
    '{0} 两次写了 {1}：请删除一个，或换一个层。',
  ],
  [
    '{0} is {1}, but layers are called by their id: give {2} an "id", and write it here.',
    '{0} 为 {1}，但层以其 id 称呼：请给 {2} 写一个 "id"，并写在此处。',
  ],
  [
    '{0} is {1}, but layers are called by their id: write {2}.',
    '{0} 为 {1}，但层以其 id 称呼：请写 {2}。',
  ],
  [
    '{0} is {1}, but no layer has this id. Did you mean {2}?',
    '{0} 为 {1}，但没有层有此 id。是否指 {2}？',
  ],
  [
    '{0} is {1}, but no layer has this id. Known are {2}.',
    '{0} 为 {1}，但没有层有此 id。可用的有 {2}。',
  ],
  [
    '{0} is {1}, but no layer has this id. Only {2} is known: give the layer that you mean an "id".',
    '{0} 为 {1}，但没有层有此 id。可用的只有 {2}：请给所指的层写一个 "id"。',
  ],
  [
    '{0} is {1}, which stands below ({2}): move it up, above {3}.',
    '{0} 为 {1}，它在下面（{2}）：请把它移到 {3} 之前。',
  ],
  [
    '{0} is {1}, but a layer cannot take its own values: {2}. Take the values of a layer above.',
    '{0} 为 {1}，但层不能取自己的值：{2}。请取前面某层的值。',
  ],
  [
    '{0} is {1}, but values would run in a circle: {2}. Take the values of a layer above.',
    '{0} 为 {1}，但值会成环：{2}。请取前面某层的值。',
  ],
  [
    '{0} adds sources of different length: {1} gives {2}, {3} gives {4}. {5}, or join them with "concat".',
    '{0} 把长度不同的来源相加：{1}给出 {2} 个值，{3}给出 {4} 个值。{5}，或用 "concat" 拼接。',
  ],
  [
    '{0} adds images of different shape: {1} gives {2}, {3} gives {4}. Give both the same, or put a flatten layer behind each.',
    '{0} 把形状不同的图像相加：{1}给出 {2}，{3}给出 {4}。请使两者相同，或在各自之后放一个 flatten 层。',
  ],
  [
    '{0} joins {1} values, at most {2} are possible: use fewer or smaller sources.',
    '{0} 拼接了 {1} 个值，最多 {2} 个：请减少来源，或改小。',
  ],
  [
    'No layer takes the values of {0}, so it is trained for nothing: give it an "id" and name it in the "from" of a layer below, or remove it. Only the last layer ({1}) is the output.',
    '没有层取 {0} 的值，它的训练没有用处：请给它写一个 "id" 并写进后面某层的 "from"，或删除它。只有最后一层（{1}）是输出。',
  ],
  [
    'No layer takes the values of {0}, so it is trained for nothing: name {1} in the "from" of a layer below, or remove it. Only the last layer ({2}) is the output.',
    '没有层取 {0} 的值，它的训练没有用处：请把 {1} 写进后面某层的 "from"，或删除它。只有最后一层（{2}）是输出。',
  ],

  // Images.
  [
    '{0} ({1}) needs an image, {2} gives a list of {3} values: {4}.',
    '{0}（{1}）需要图像，{2}给出 {3} 个值的列表：{4}。',
  ],
  [
    '{0} is {1}, larger than the image of {2} that comes in: make it smaller, or set padding to "same".',
    '{0} 为 {1}，大于传入的 {2} 图像：请改小，或把 padding 设为 "same"。',
  ],
  [
    '{0} gives {1} = {2} values, at most {3} are possible: use larger steps (stride), or fewer filters.',
    '{0} 给出 {1} = {2} 个值，最多 {3} 个：请用更大的步幅（stride），或更少的卷积核。',
  ],

  // Parameters.
  ['{0} has {1} row(s), {2} is {3}: {4}, or {5}.', '{0} 有 {1} 行，{2}为 {3}：{4}，或{5}。'],
  ['{0} has {1} row(s), {2} is {3}: {4}.', '{0} 有 {1} 行，{2}为 {3}：{4}。'],
  [
    'Row {0} of {1} has {2} weight(s) (and {3} more row(s)), {4}: write {5} number(s) in each row, or remove the weights to draw them from the seed.',
    '{1} 的第 {0} 行有 {2} 个权重（另有 {3} 行），{4}：请在每行写 {5} 个数，或删除权重以便由种子产生。',
  ],
  [
    'Row {0} of {1} has {2} weight(s), {3}: write {4} number(s) in each row, or remove the weights to draw them from the seed.',
    '{1} 的第 {0} 行有 {2} 个权重，{3}：请在每行写 {4} 个数，或删除权重以便由种子产生。',
  ],
  [
    '{0} has no effect because useBias is false: remove one of the two.',
    '{0} 不起作用，因为 useBias 为 false：请删除二者之一。',
  ],
  [
    '{0} has {1} number(s), {2} is {3}: write one number per {4}.',
    '{0} 有 {1} 个数，{2}为 {3}：请为每个{4}各写一个数。',
  ],
  ['The path "{0}" of the weights {1}', '权重的路径“{0}”{1}'],
  [
    '{0} is too large for float32: make it smaller, or set training.precision to "float64".',
    '{0} 超出 float32：请改小，或把 training.precision 设为 "float64"。',
  ],

  // Loss and training.
  [
    '{0} needs {1} outputs, {2} is {3}: set it to {4}, or set loss.type to {5}.',
    '{0} 需要 {1} 输出，{2} 为 {3}：请改为 {4}，或把 loss.type 设为 {5}。',
  ],
  [
    '{0} needs {1} outputs, {2} ({3}) has no activation: put a dense layer of {4} behind it, or set loss.type to {5}.',
    '{0} 需要 {1} 输出，{2}（{3}）没有激活函数：请在它之后放一个 {4} 的 dense 层，或把 loss.type 设为 {5}。',
  ],
  [
    'batchSize is 1, so {0} (batchNorm) sees one number of each feature, which is its own mean and has no variance: set batchSize to 2 or more, or remove the layer.',
    'batchSize 为 1，因此 {0}（batchNorm）对每个特征只看到一个数，它就是自身的均值，没有方差：请把 batchSize 设为 2 或更大，或删除此层。',
  ],
  [
    'learningRate is 0, so training changes nothing: choose a value such as 0.1.',
    'learningRate 为 0，训练不会改变任何东西：请选择例如 0.1 的值。',
  ],
  [
    'learningRate {0} is so large that training will almost surely diverge: choose a value between 0.0001 and 10.',
    'learningRate {0} 太大，训练几乎必然发散：请选择 0.0001 与 10 之间的值。',
  ],
  [
    '{0} is {1} and {2} {3}, so the whole learning rate is never used: choose a warm-up of at most {4}, or more epochs.',
    '{0} 为 {1}，{2} 为 {3}，因此从不会用到完整的学习率：请选择不超过 {4} 的预热，或更多轮次。',
  ],
  [
    '{0} is {1}, above the learning rate {2} that it starts from, so the rate rises: choose a smaller minimum, such as 0.',
    '{0} 为 {1}，高于起始学习率 {2}，因此学习率会上升：请选择更小的最小值，例如 0。',
  ],
  [
    '{0} has both norm ({1}) and value ({2}), expected one limit: remove one of them.',
    '{0} 同时有 norm（{1}）和 value（{2}），应只有一个限制：请删除其中之一。',
  ],

  // What is expected of the network.
  [
    '{0} has an input, but says no output: add "output": […] with one number for each output.',
    '{0} 有输入，但没有说明输出：请添加 "output": […]，每个输出各一个数。',
  ],
  [
    '{0} has an input, but says no output: add "output": […] with {1} number(s).',
    '{0} 有输入，但没有说明输出：请添加 "output": […]，写 {1} 个数。',
  ],
  [
    '{0} has {1} number(s), the network takes {2}: the test fails. Write {3} number(s).',
    '{0} 有 {1} 个数，网络需要 {2} 个：测试会失败。请写 {3} 个数。',
  ],
  [
    '{0} has {1} number(s), the network gives {2}: the test fails. Write {3} number(s).',
    '{0} 有 {1} 个数，网络给出 {2} 个：测试会失败。请写 {3} 个数。',
  ],
  [
    '{0} needs data, and this network has none: the test fails. Add "data" to the file.',
    '{0} 需要数据，而此网络没有：测试会失败。请在文件中添加 "data"。',
  ],

  // The scanner's own: the widest of all.
  ['{0}; found {1}.', '{0}；实际为 {1}。'],
];
