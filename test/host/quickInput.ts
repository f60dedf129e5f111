/** The palette and the questions of VS Code, as a person answers them. */
import { eventually, press, workbench } from './elements';
import { title } from './words';

const quickInput = workbench.find('.quick-input-widget:visible .quick-input-box input');

/** Presses a key where the palette or a question takes it: it gets the keyboard a moment after one sees it. */
async function pressThere(key: string): Promise<void> {
  await eventually(() => quickInput.focus());
  await press(key);
}

const CATEGORY = 'Nabla: ';

/**
 * Runs a command as a person does: opens the palette, types the title, presses Enter.
 *
 * @param command its whole title in English; one of ours is looked for as the palette shows it in the person's language
 */
export async function run(command: string): Promise<void> {
  const shown = command.startsWith(CATEGORY)
    ? CATEGORY + title(command.slice(CATEGORY.length))
    : command;
  await eventually(async () => {
    await press('F1');
    await quickInput.waitUntilVisible(2);
    await quickInput.fill(`>${shown}`);
    await chooseRow(shown);
  }, 30);
  await pressThere('Enter');
}

/** Goes to the row of a quick pick with this label, or else to the first that begins so; the keyboard stays there. */
export async function chooseRow(label: string): Promise<void> {
  await eventually(async () => {
    const rows = await quickRows();
    // "Gradcheck" is also how "Gradcheck…" begins, and what was run last stands first.
    const whole = rows.labels.indexOf(label);
    const at = whole >= 0 ? whole : rows.labels.findIndex(other => other.startsWith(label));
    if (at < 0) throw new Error(`there is "${rows.labels.join('", "')}", not "${label}"`);
    if (at === rows.focused) return;
    await pressThere(at > rows.focused ? 'ArrowDown' : 'ArrowUp');
    throw new Error(`the keyboard is at row ${rows.focused}, not yet at "${label}"`);
  }, 5);
}

/** The labels on show, and which of them has the keyboard: −1 for none. */
async function quickRows(): Promise<{ labels: string[]; focused: number }> {
  const { labels, focused } = await workbench
    .find('.quick-input-list')
    .evaluate<{ labels: string[]; focused: number }>(
      `(rows => ({
        labels: rows.map(row => row.querySelector('.label-name')?.textContent ?? ''),
        focused: rows.findIndex(row => row.classList.contains('focused')),
      }))([...document.querySelectorAll('.quick-input-list .monaco-list-row')])`,
    );
  return { labels: labels.map(label => label.replaceAll('\u00a0', ' ').trim()), focused };
}

/**
 * Answers the question with this title, or with a title in which this stands: with a row of it, or with a text, or as it
 * stands.
 */
export async function answer(
  question: string,
  { row, text }: { row?: string; text?: string } = {},
): Promise<void> {
  const asked = workbench.find('.quick-input-widget:visible .quick-input-title');
  await eventually(async () => {
    const found = await asked.text();
    if (!found.includes(question)) throw new Error(`asked is "${found}", not "${question}"`);
  });
  if (text !== undefined) await quickInput.fill(text);
  if (row !== undefined) await chooseRow(row);
  await pressThere('Enter');
}

/**
 * Answers VS Code's own question for a file with a path. It completes what stands there in its own time: first its
 * proposal, which replaces what is typed before it, then what matches the text; meanwhile it swallows Enter.
 */
export async function answerPath(path: string): Promise<void> {
  const value = () => quickInput.evaluate<string>('element.value');
  await eventually(async () => {
    if (!(await value())) throw new Error('the question does not propose a file yet');
  });
  await quickInput.fill(path);
  await eventually(async () => {
    if ((await quickInput.count()) === 0) return;
    if ((await value()) !== path) await quickInput.fill(path);
    await quickInput.press('Enter');
    await quickInput.waitUntilGone(2);
  }, 30);
}
