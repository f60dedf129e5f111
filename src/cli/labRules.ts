/** The rules of `nabla lab`, by the names after `--rule`. */
import { labPresets, STANDARD_RULE, type LabRule } from '../engine/lab/presets';
import { UsageError } from './io';

/** What `--rule` takes: whole rules, or mistakes that are put together with commas. */
const RULES: { readonly [name: string]: Partial<LabRule> } = {
  standard: {},
  'note-000-hidden': { slope: labPresets.note000Hidden.slope },
  'note-000-all': { slope: labPresets.note000All.slope },
  'note-004': { slope: labPresets.note004.slope },
  'drop-hidden': { slope: 'hidden' },
  'drop-output': { slope: 'output' },
  'drop-all': { slope: 'all' },
  'drop-until-update': { slope: 'update' },
  'flip-sign': { sign: true },
  'forget-reduction': { reduction: true },
  'forget-half': { lossFactor: true },
  transpose: { transpose: true },
  'forget-bias-sum': { biasSum: true },
  'forget-penalty': { penalty: 'forgotten' },
  'penalise-biases': { penalty: 'biases' },
};

/** Names after `--rule`, for the help. */
export const RULE_NAMES: readonly string[] = Object.keys(RULES);

/** Throws {@link UsageError}. */
export function ruleOf(text: string): LabRule {
  const names = text.split(',');
  for (const name of names) {
    if (Object.hasOwn(RULES, name)) continue;
    throw new UsageError(
      `--rule takes one or several of ${RULE_NAMES.join(', ')}, with commas between them; found "${name}"`,
    );
  }
  names.forEach((name, i) => checkAgreement(name, names.slice(0, i)));
  return names.reduce<LabRule>((rule, name) => ({ ...rule, ...RULES[name] }), STANDARD_RULE);
}

/** Of two answers to the same question one would silently win. */
function checkAgreement(name: string, before: readonly string[]): void {
  for (const key of Object.keys(RULES[name]) as (keyof LabRule)[]) {
    const other = before.find(each => key in RULES[each] && RULES[each][key] !== RULES[name][key]);
    if (other === undefined) continue;
    const alike = RULE_NAMES.filter(each => key in RULES[each]).join(', ');
    throw new UsageError(`--rule takes only one of ${alike}; found "${other}" and "${name}"`);
  }
}
