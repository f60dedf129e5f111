/** What can be wrong with the data of a network, in Chinese. English sentences first: the narrow before the wide. */
import type { Sentence } from './inChinese';

export const dataSentences: readonly Sentence[] = [
  // What the text of the network says of them.
  ['The path of {0} {1}', '{0} 的路径{1}'],
  [
    'data.target is missing: name the column that is to be predicted.',
    '缺少 data.target：请写出要预测的列名。',
  ],
  [
    'The column "{0}" is an input and the target: remove it from one.',
    '列“{0}”既是输入又是目标：请从其中之一删除。',
  ],
  ['{0} names the column "{1}" twice: remove one.', '{0} 两次写了列“{1}”：请删除一个。'],
  [
    'data.inline has no sample: the network can be looked at, but not trained. Add { "x": […], "y": […] }.',
    'data.inline 没有样本：网络可以查看，但不能训练。请添加 { "x": […], "y": […] }。',
  ],
  [
    '{0} has {1} number(s), the network has {2} (input|output)(s): write one number per {3} (1 for the class {4}, 0 for the others).',
    '{0} 有 {1} 个数，网络有 {2} 个{3}：请为每个{3}各写一个数（类别 {4} 为 1，其余为 0）。',
  ],
  [
    '{0} has {1} number(s) (and {2} more sample(s)), the network has {3} (input|output)(s): write one number per {4} (1 for the class {5}, 0 for the others).',
    '{0} 有 {1} 个数（另有 {2} 个样本也如此），网络有 {3} 个{4}：请为每个{4}各写一个数（类别 {5} 为 1，其余为 0）。',
  ],
  [
    '{0} has {1} number(s) (and {2} more sample(s)), the network has {3} (input|output)(s): write one number per {4}, or {5}.',
    '{0} 有 {1} 个数（另有 {2} 个样本也如此），网络有 {3} 个{4}：请为每个{4}各写一个数，或{5}。',
  ],
  [
    '{0} has {1} number(s), the network has {2} (input|output)(s): write one number per {3}, or {4}.',
    '{0} 有 {1} 个数，网络有 {2} 个{3}：请为每个{3}各写一个数，或{4}。',
  ],
  [
    '{0} has {1} number(s) (and {2} more sample(s)), the network has {3} (input|output)(s): write one number per {4}.',
    '{0} 有 {1} 个数（另有 {2} 个样本也如此），网络有 {3} 个{4}：请为每个{4}各写一个数。',
  ],
  [
    '{0} has {1} number(s), the network has {2} (input|output)(s): write one number per {3}.',
    '{0} 有 {1} 个数，网络有 {2} 个{3}：请为每个{3}各写一个数。',
  ],
  [
    '{0} is {1}, but {2} takes targets {3}: {4}, or use linear outputs with meanSquaredError; if they are numbers of classes, use {5} softmax outputs with crossEntropy and write one number per class (1 for the class of the sample, 0 for the others).',
    '{0} 为 {1}，但 {2} 的目标应{3}：{4}，或使用 linear 输出和 meanSquaredError；如果它们是类别编号，请使用 {5} 个 softmax 输出和 crossEntropy，并为每个类别各写一个数（样本所属类别为 1，其余为 0）。',
  ],
  [
    '{0} is {1}, but {2} gives outputs {3}: {4}, or use linear outputs with meanSquaredError; if they are numbers of classes, use {5} softmax outputs with crossEntropy and write one number per class (1 for the class of the sample, 0 for the others).',
    '{0} 为 {1}，但 {2} 的输出{3}：{4}，或使用 linear 输出和 meanSquaredError；如果它们是类别编号，请使用 {5} 个 softmax 输出和 crossEntropy，并为每个类别各写一个数（样本所属类别为 1，其余为 0）。',
  ],
  [
    '{0} is {1}, but {2} takes targets {3}: {4}, or use linear outputs with meanSquaredError.',
    '{0} 为 {1}，但 {2} 的目标应{3}：{4}，或使用 linear 输出和 meanSquaredError。',
  ],
  [
    '{0} is {1}, but {2} gives outputs {3}: {4}, or use linear outputs with meanSquaredError.',
    '{0} 为 {1}，但 {2} 的输出{3}：{4}，或使用 linear 输出和 meanSquaredError。',
  ],
  [
    '{0} sums to {1}, the outputs of softmax always to 1: write 1 for the class of the sample and 0 for all others, or use sigmoid with binaryCrossEntropy where several can be true.',
    '{0} 之和为 {1}，而 softmax 的输出之和恒为 1：请把样本所属的类别写为 1，其余写为 0；如果可以同时属于多个类别，请使用 sigmoid 和 binaryCrossEntropy。',
  ],
  [
    'batchSize {0} is more than the {1} sample(s): each step takes all of them. Write "all" to say so.',
    'batchSize {0} 大于样本数 {1}：每步都用全部样本。可写 "all" 来表明。',
  ],

  // Samples, whatever their source.
  [
    '{0} samples are too many, at most {1} can be held in memory: set data.samples lower.',
    '{0} 个样本太多，内存最多容纳 {1} 个：请把 data.samples 改小。',
  ],
  [
    'Sample {0} has {1} number(s) in {2}, sample 0 has {3}: all samples must have as many.',
    '样本 {0} 的 {2} 有 {1} 个数，样本 0 有 {3} 个：所有样本的个数必须相同。',
  ],
  [
    'Sample {0} has {1} in {2}: only finite numbers can be learnt.',
    '样本 {0} 的 {2} 中有 {1}：只有有限的数可以学习。',
  ],
  [
    'The data have {0} input(s) ({1}), the network has {2}: set input.shape to {3}, or choose columns in data.inputs.',
    '数据有 {0} 个输入（{1}），网络有 {2} 个：请把 input.shape 设为 {3}，或在 data.inputs 中选择列。',
  ],
  [
    'The data have {0} input(s) ({1}), the network has {2}: set input.shape to {3}.',
    '数据有 {0} 个输入（{1}），网络有 {2} 个：请把 input.shape 设为 {3}。',
  ],
  [
    'The data have {0} target(s) ({1}), the network has {2} output(s): set {3} to {4}, or name {5} target column(s) (a column of classes needs softmax outputs).',
    '数据有 {0} 个目标（{1}），网络有 {2} 个输出：请把 {3} 设为 {4}，或写出 {5} 个目标列（类别列需要 softmax 输出）。',
  ],
  [
    'The data have {0} target(s) ({1}), the network has {2} output(s): set {3} to {4}, or name {5} target column(s).',
    '数据有 {0} 个目标（{1}），网络有 {2} 个输出：请把 {3} 设为 {4}，或写出 {5} 个目标列。',
  ],
  [
    'All samples belong to the one class {0} of {1}: there is nothing to tell apart. Add samples of another class or choose another target.',
    '所有样本都属于 {1} 的同一类别 {0}：没有可以区分的。请添加其他类别的样本，或选择另一个目标。',
  ],
  [
    '{0} has {1} classes ({2}), the network has {3} output(s): set {4} to {5} (or to 1), or choose another target.',
    '{0} 有 {1} 个类别（{2}），网络有 {3} 个输出：请把 {4} 设为 {5}（或 1），或选择另一个目标。',
  ],
  [
    '{0} has {1} classes ({2}), the network has {3} output(s): set {4} to {5}, or choose another target.',
    '{0} 有 {1} 个类别（{2}），网络有 {3} 个输出：请把 {4} 设为 {5}，或选择另一个目标。',
  ],
  [
    'The target {0} is {1} in {2}, but {3} takes targets from 0 to 1: write 0 and 1 for the two classes, or use meanSquaredError with linear outputs; if they are numbers of classes, use {4} softmax outputs.',
    '目标 {0} 在{2}中为 {1}，但 {3} 的目标应在 0 与 1 之间：请用 0 和 1 表示两个类别，或使用 meanSquaredError 和 linear 输出；如果它们是类别编号，请使用 {4} 个 softmax 输出。',
  ],
  [
    'The target {0} is {1} in {2}, but {3} takes targets from 0 to 1: write 0 and 1 for the two classes, or use meanSquaredError with linear outputs.',
    '目标 {0} 在{2}中为 {1}，但 {3} 的目标应在 0 与 1 之间：请用 0 和 1 表示两个类别，或使用 meanSquaredError 和 linear 输出。',
  ],
  [
    'The target {0} is {1} in {2}, but {3} outputs lie {4} and cannot reach it: use linear outputs or change the targets; if they are numbers of classes, use {5} softmax outputs.',
    '目标 {0} 在{2}中为 {1}，但 {3} 的输出{4}，达不到它：请使用 linear 输出，或更改目标；如果它们是类别编号，请使用 {5} 个 softmax 输出。',
  ],
  [
    'The target {0} is {1} in {2}, but {3} outputs lie {4} and cannot reach it: use linear outputs or change the targets.',
    '目标 {0} 在{2}中为 {1}，但 {3} 的输出{4}，达不到它：请使用 linear 输出，或更改目标。',
  ],
  [
    'The targets are {0}, those that the network is trained with are {1}: use data with such targets.',
    '目标是{0}，而网络训练所用的目标是{1}：请使用带有这种目标的数据。',
  ],
  [
    '{0} is {1} in {2}, a class that the network does not know: it is trained to tell {3}. Leave such samples out, or correct them.',
    '{0} 在{2}中为 {1}，网络不认识这个类别：它被训练来区分 {3}。请去掉这样的样本，或更正它们。',
  ],
  [
    'validation {0} of {1} sample(s) leaves none to train with: choose a smaller part or add samples.',
    '{1} 个样本中，validation 为 {0} 时没有可训练的样本：请选择更小的比例，或添加样本。',
  ],
  [
    'validation {0} of {1} sample(s) is less than one: all samples are trained with and none validates. Choose a larger part or add samples.',
    '{1} 个样本中，validation 为 {0} 时不足一个：全部样本用于训练，没有验证样本。请选择更大的比例，或添加样本。',
  ],
  [
    'The input {0} cannot be normalised, its numbers lie too far apart for float64: make them smaller, or set data.normalize to "none".',
    '输入 {0} 无法归一化，其数值相差太大，超出 float64：请改小，或把 data.normalize 设为 "none"。',
  ],
  [
    '{0} in {1} is too large for {2} after normalising: scale the data, or set training.precision to "float64".',
    '{1}中的 {0} 归一化之后超出 {2}：请缩放数据，或把 training.precision 设为 "float64"。',
  ],
  [
    '{0} in {1} is too large for {2} after normalising: scale the data.',
    '{1}中的 {0} 归一化之后超出 {2}：请缩放数据。',
  ],
  [
    '{0} in {1} is too large for {2}: scale the data, or set training.precision to "float64".',
    '{1}中的 {0} 超出 {2}：请缩放数据，或把 training.precision 设为 "float64"。',
  ],
  ['{0} in {1} is too large for {2}: scale the data.', '{1}中的 {0} 超出 {2}：请缩放数据。'],

  // CSV files.
  [
    'The data file {0} could not be read: it must lie beside the network file (paths are relative to it).',
    '无法读取数据文件 {0}：它必须在网络文件旁边（路径相对于网络文件）。',
  ],
  [
    '{0} has no column {1}. Its first row holds numbers: name the columns there, or use the names that they have without it: {2}.',
    '{0} 没有列 {1}。它的第一行是数：请在第一行写列名，或使用没有列名时的名称：{2}。',
  ],
  ['{0} has no column {1}. Did you mean {2}?', '{0} 没有列 {1}。是否指 {2}？'],
  ['{0} has no column {1}. It has {2}.', '{0} 没有列 {1}。它有 {2}。'],
  [
    'The column {0} is an input and a target at once: the network would only have to copy it. Take it out of data.inputs or choose another target.',
    '列 {0} 同时是输入和目标：网络只需复制它。请把它从 data.inputs 中去掉，或选择另一个目标。',
  ],
  [
    '{0} has no column besides the target: nothing is left for the inputs.',
    '{0} 除目标外没有其他列：没有可作输入的列。',
  ],
  [
    '{0} has more than one column named {1}: give each its own name in the first row.',
    '{0} 有多个名为 {1} 的列：请在第一行给每列各写一个名称。',
  ],
  [
    '{0} has {1} cells, at most {2} can be held in memory: use fewer rows or columns (data.inputs).',
    '{0} 有 {1} 个单元格，内存最多容纳 {2} 个：请减少行或列（data.inputs）。',
  ],
  [
    '{0} has {1} rows of {2} inputs; at most {3} bytes can be held in memory, one for each whole number from 0 to 255 where all are such, else eight. Use fewer rows or columns (data.inputs).',
    '{0} 有 {1} 行，每行 {2} 个输入；内存最多容纳 {3} 字节：全部是 0 到 255 的整数时每个数一字节，否则八字节。请减少行或列（data.inputs）。',
  ],
  [
    '{0} has {1}: more than {2} MB are read only where all cells that are used are plain numbers and all rows have as many cells. Line {3} has {4}: correct it, or use a smaller part of the file.',
    '{0} 有 {1}：只有所用单元格都是普通的数、各行单元格数相同时，才能读取超过 {2} MB 的文件。第 {3} 行有{4}：请更正，或使用文件中较小的一部分。',
  ],
  [
    '{0}, row {1}: a quoted cell does not end properly ({2}): close it with " and write a quote inside it as "".',
    '{0} 的第 {1} 行：带引号的单元格没有正确结束（{2}）：请用 " 结束，单元格内的引号写成 ""。',
  ],
  [
    '{0} has {1}: the first row must name the columns, each further row is a sample.',
    '{0} {1}：第一行应写列名，其后每行是一个样本。',
  ],
  [
    "{0}: {1} row(s) (does|do) not have the header's {2} cell(s): {3}. Quote cells that contain the delimiter.",
    '{0}：{1} 行的单元格数与表头的 {2} 个不同：{3}。含有分隔符的单元格请加引号。',
  ],
  [
    '{0}: {1} cell(s) (is|are) not a finite number: {2}. Leave {3} out: name the columns to use in data.inputs.',
    '{0}：{1} 个单元格不是有限的数：{2}。请去掉 {3}：在 data.inputs 中写出要使用的列。',
  ],
  [
    '{0}: {1} cell(s) (is|are) not a finite number: {2}. Correct these cells or remove their rows.',
    '{0}：{1} 个单元格不是有限的数：{2}。请更正这些单元格，或删除它们所在的行。',
  ],

  // IDX files.
  [
    '{0} could not be read: it must lie beside the network file.',
    '无法读取 {0}：它必须在网络文件旁边。',
  ],
  [
    '{0} cannot be unpacked, its gzip data are damaged or cut off ({1}): download or pack it again.',
    '{0} 无法解压，其 gzip 数据已损坏或不完整：请重新下载或压缩。',
  ],
  [
    '{0} cannot be unpacked, its gzip data are damaged or cut off: download or pack it again.',
    '{0} 无法解压，其 gzip 数据已损坏或不完整：请重新下载或压缩。',
  ],
  [
    '{0} ends after {1} byte(s), within its header: download it again.',
    '{0} 只有 {1} 字节，文件头不完整：请重新下载。',
  ],
  [
    '{0} is no IDX file: expected 00 00, a type from 08 to 0E and the number of dimensions, found {1}. Name a file in the format of MNIST.',
    '{0} 不是 IDX 文件：应为 00 00、08 到 0E 的类型和维数，实际为 {1}。请指定 MNIST 格式的文件。',
  ],
  [
    '{0} announces {1}, which take {2} bytes of memory; at most {3} can be held. Use a part of them.',
    '{0} 声明了 {1}，需要 {2} 字节内存；最多容纳 {3} 字节。请使用其中一部分。',
  ],
  [
    '{0} announces {1}: there is no value in it. Name a file with samples.',
    '{0} 声明了 {1}：其中没有值。请指定含有样本的文件。',
  ],
  [
    '{0} is cut off: its header announces {1}, in all {2} bytes, found {3}. Download it again.',
    '{0} 不完整：文件头声明了 {1}，共 {2} 字节，实际为 {3} 字节。请重新下载。',
  ],
  [
    '{0} does not end where it should: its header announces {1}, in all {2} bytes, found {3}. Download it again, or correct its header.',
    '{0} 没有在应结束处结束：文件头声明了 {1}，共 {2} 字节，实际为 {3} 字节。请重新下载，或更正文件头。',
  ],
  [
    '{0} does not end where it should: its header announces {1}, in all {2} bytes, unpacked it has more. Download it again, or correct its header.',
    '{0} 没有在应结束处结束：文件头声明了 {1}，共 {2} 字节，解压后更多。请重新下载，或更正文件头。',
  ],
  [
    '{0} has {1} label(s), {2} has {3} sample(s): there must be as many. Name the two files that belong together.',
    '{0} 有 {1} 个标签，{2} 有 {3} 个样本：两者应相同。请指定配套的两个文件。',
  ],
  [
    '{0} has {1} in sample {2}, value {3}: only finite numbers can be learnt. Correct the file.',
    '{0} 的样本 {2} 的第 {3} 个值为 {1}：只有有限的数可以学习。请更正文件。',
  ],
  [
    '{0} has the label {1} in sample {2}: a softmax output takes whole numbers from 0, one for each class. Correct it, or use linear outputs.',
    '{0} 的样本 {2} 的标签为 {1}：softmax 输出需要从 0 开始的整数，每个类别一个。请更正，或使用 linear 输出。',
  ],
  [
    '{0} has the label {1} in sample {2}, the network has outputs for {3} to {4}: set {5} to {6}, or name other labels.',
    '{0} 的样本 {2} 的标签为 {1}，网络的输出对应 {3} 到 {4}：请把 {5} 设为 {6}，或指定其他标签。',
  ],
];
