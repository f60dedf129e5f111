import { EditError } from '../../../src/network/editError';

/** The sentence with which an edit is refused; `not refused` where it is not. What else is thrown is thrown on. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof EditError) return error.message;
    throw error;
  }
  return 'not refused';
}
