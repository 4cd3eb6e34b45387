import { createInterface } from "node:readline/promises";

/** How a question was answered. */
export type Answer = "yes" | "no" | "nobody";

/**
 * Asks a person at the terminal. Anything but yes is no.
 *
 * @param isAnswered whether `--yes` was given
 * @returns "nobody" where there is no terminal to ask at
 */
export async function confirm(question: string, isAnswered: boolean): Promise<Answer> {
  if (isAnswered) return "yes";
  if (!process.stdin.isTTY) return "nobody";
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The end of the input is an answer too.
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim()) ? "yes" : "no";
  } finally {
    terminal.close();
  }
}
