/** The networks that a soak goes round over: examples as a person finds them, and one whose text is wrong. */
import { exampleText } from '../ui';

export interface SoakNetwork {
  readonly file: string;
  /** Small enough for every gesture; of others single edits are tried. */
  readonly small: boolean;
  /** As it is opened, and a text that is a network, for repairs. */
  readonly text: string;
  readonly whole: string;
}

const SMALL = [
  'xor.nn.json',
  'iris.nn.json',
  'five-layers.nn.json',
  'two-branches.nn.json',
  'reference-3-4-2.nn.json',
];
const LARGE = ['digits.nn.json', 'residual.nn.json'];

export async function networks(): Promise<readonly SoakNetwork[]> {
  const examples = [...SMALL, ...LARGE].map(async file => {
    const text = await exampleText(file);
    return { file, small: SMALL.includes(file), text, whole: text };
  });
  const whole = await exampleText('reference-3-4-2.nn.json');
  const wrong = whole.replace('"units": 4,', '"units": 4 4,');
  return [
    ...(await Promise.all(examples)),
    { file: 'wrong.nn.json', small: true, text: wrong, whole },
  ];
}
