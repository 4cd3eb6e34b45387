import { CommandFailure, runCommand } from "../runCommand";

/**
 * Finds out whether files with secrets in a folder could be committed by accident.
 *
 * @param folder a folder that exists
 * @returns a sentence for the user; undefined when the folder is in no git repository, or ignored there
 */
export async function exposureOf(folder: string): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<boolean> => {
    try {
      await runCommand("git", ["-C", folder, ...args]);
      return true;
    } catch (error) {
      if (error instanceof CommandFailure) return false;
      throw error;
    }
  };
  const isExposed =
    (await git("rev-parse", "--is-inside-work-tree")) && !(await git("check-ignore", "-q", "."));
  return isExposed
    ? "These files hold secrets, and git does not ignore their folder: do not commit them. What a repository can hold is made with --placeholders."
    : undefined;
}
