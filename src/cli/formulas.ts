/** `nabla formulas FILE [--notation …] [--bias-as-weight] [--language …]` */
import { basename } from 'node:path';
import { notationTitle, profileOf } from '../explain/notation';
import { formulaSheet } from '../explain/sheet';
import type { SheetWords } from '../explain/sheetWords';
import { sheetEnglish } from '../explain/sheetWords.en';
import { sheetChinese } from '../explain/sheetWords.zh';
import type { Words } from '../explain/words';
import { english } from '../explain/words.en';
import { chinese } from '../explain/words.zh';
import { languageOption, notationOption } from './arguments';
import type { Arguments, Language } from './arguments';
import { readyDocument } from './document';
import type { CliIo, ExitCode } from './io';
import { printable } from './printable';

const LANGUAGES: { readonly [K in Language]: readonly [Words, SheetWords] } = {
  en: [english, sheetEnglish],
  'zh-cn': [chinese, sheetChinese],
};

export async function formulasCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const [words, sheetWords] = LANGUAGES[languageOption(call)];
  const notationFor = notationOption(call);
  const { network, shapes } = await readyDocument(call.file, io);
  const written = notationFor(network.notation);
  const notation = notationTitle(written);
  const name = network.name || basename(call.file).replace(/\.nn\.json$/, '');
  const profile = profileOf(written);
  const page = formulaSheet({ network, shapes, name, notation, profile, words, sheetWords });
  io.stdout(page.split('\n').map(printable).join('\n'));
  return 0;
}
