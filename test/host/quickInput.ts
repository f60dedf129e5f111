/** The palette and the questions of VS Code, as a person answers them. */
import { eventually, press, workbench } from './elements';

const quickInput = workbench.find('.quick-input-widget:visible .quick-input-box input');

/** Presses a key where the palette or a question takes it: it gets the keyboard a moment after one sees it. */
async function pressThere(key: string): Promise<void> {
  await eventually(() => quickInput.focus());
  await press(key);
}

/** Runs a command as a person does: opens the palette, types the title, presses Enter. */
export async function run(title: string): Promise<void> {
  await eventually(async () => {
    await press('F1');
    await quickInput.waitUntilVisible(2);
    await quickInput.fill(`>${title}`);
    await chooseRow(title);
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
  title: string,
  { row, text }: { row?: string; text?: string } = {},
): Promise<void> {
  const asked = workbench.find('.quick-input-widget:visible .quick-input-title');
  await eventually(async () => {
    const found = await asked.text();
    if (!found.includes(title)) throw new Error(`asked is "${found}", not "${title}"`);
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
