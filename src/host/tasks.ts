/** Tasks of the type `nabla`: what the commands do, for `tasks.json` and builds. They run here, in both kinds of host. */
import {
  CancellationTokenSource,
  CustomExecution,
  EventEmitter,
  Task,
  TaskGroup,
  TaskScope,
  Uri,
  tasks,
  workspace,
} from 'vscode';
import type {
  CancellationToken,
  Disposable,
  Pseudoterminal,
  TaskDefinition,
  WorkspaceFolder,
} from 'vscode';
import { printable } from '../explain/printable';
import { messageOf } from './messageOf';
import { findNetworks } from './networkTests';
import { taskWork } from './taskWork';
import type { TaskCommand, TaskWorld } from './taskWork';

const TYPE = 'nabla';
/** Failed tests of the output become entries of the Problems panel. */
const MATCHERS = ['$nabla'];
/** Milliseconds for VS Code to read the last lines, which it looks for problems in: it gives up soon after the end. */
const READ = 200;

interface Definition extends TaskDefinition {
  readonly command: TaskCommand;
  /** Relative to the workspace folder, or absolute. */
  readonly file: string;
}

type Scope = Task['scope'];

export function registerTasks(world: TaskWorld): Disposable {
  return tasks.registerTaskProvider(TYPE, {
    provideTasks: async () => (await findNetworks()).flatMap(uri => testTask(uri, world)),
    resolveTask: ({ definition, scope }) =>
      isDefinition(definition) ? makeTask(definition, scope, world) : undefined,
  });
}

function testTask(uri: Uri, world: TaskWorld): Task[] {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return [];
  const file = workspace.asRelativePath(uri, false);
  return [makeTask({ type: TYPE, command: 'test', file }, folder, world)];
}

function isDefinition(definition: TaskDefinition): definition is Definition {
  return Object.hasOwn(taskWork, String(definition.command)) && typeof definition.file === 'string';
}

function makeTask(definition: Definition, scope: Scope, world: TaskWorld): Task {
  const { command, file } = definition;
  // Variables such as ${file} have their values only when it runs.
  const execution = new CustomExecution(resolved =>
    Promise.resolve(
      new TaskTerminal((print, token) =>
        taskWork[command](uriOf(String(resolved.file), scope), world, print, token),
      ),
    ),
  );
  const name = `${command} ${file}`;
  const task = new Task(definition, scope ?? TaskScope.Workspace, name, TYPE, execution, MATCHERS);
  task.group = command === 'test' ? TaskGroup.Test : undefined;
  return task;
}

function uriOf(file: string, scope: Scope): Uri {
  const folder = isFolder(scope) ? scope : workspace.workspaceFolders?.[0];
  const path = file.replaceAll('\\', '/');
  const isAbsolute = /^(\/|[a-z]:)/i.test(path);
  if (!folder) return Uri.file(file);
  return isAbsolute
    ? folder.uri.with({ path: path.replace(/^(?!\/)/, '/') })
    : Uri.joinPath(folder.uri, path);
}

function isFolder(scope: Scope): scope is WorkspaceFolder {
  return typeof scope === 'object';
}

/** Where a task prints; closing it ends the task. */
class TaskTerminal implements Pseudoterminal {
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  readonly #source = new CancellationTokenSource();
  readonly #work: (print: (line: string) => void, token: CancellationToken) => Promise<boolean>;
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** `work` answers whether all is well. */
  constructor(work: (print: (line: string) => void, token: CancellationToken) => Promise<boolean>) {
    this.#work = work;
  }

  open(): void {
    // Names and texts of files are printed, and a terminal obeys some characters.
    const print = (line: string): void =>
      this.#written.fire(`${line.split('\n').map(printable).join('\r\n')}\r\n`);
    void this.#work(print, this.#source.token)
      .catch((error: unknown) => {
        print(messageOf(error));
        return false;
      })
      .then(good => setTimeout(() => this.#closed.fire(good ? 0 : 1), READ));
  }

  close(): void {
    this.#source.cancel();
  }
}
