import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** What a person types once a text has come up on the screen. */
export interface Answer {
  readonly to: string;
  readonly keys: string;
}

/** The keys that prompts know, as terminals send them. */
export const keys = {
  enter: "\r",
  up: "\u001B[A",
  down: "\u001B[B",
  space: " ",
  interrupt: "\u0003",
} as const;

/**
 * Runs a program on a real pseudo terminal, which the system's `script` makes, and types each answer when its question
 * stands on the screen. It is ended when a question does not come.
 *
 * @returns what was on the screen, without colours and movements of the cursor
 */
export async function onTerminal(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  answers: readonly Answer[],
  longestMilliseconds = 45_000,
): Promise<{ readonly exitCode: number | null; readonly screen: string }> {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  // BSD's `script`, which macOS has, takes the file first and the command as words.
  const args =
    process.platform === "darwin"
      ? ["-q", "/dev/null", ...command]
      : ["-q", "-e", "-c", quoted, "/dev/null"];
  const child = spawn("script", args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  const limit = setTimeout(() => child.kill("SIGKILL"), longestMilliseconds);
  const waiting = [...answers];
  let [screen, read] = ["", 0];
  const see = (text: string): void => {
    screen += text;
    const [next] = waiting;
    const seen = next === undefined ? -1 : stripVTControlCharacters(screen).indexOf(next.to, read);
    if (next === undefined || seen < 0) return;
    read = seen + next.to.length;
    waiting.shift();
    child.stdin.write(next.keys);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", see);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(limit);
      const shown = stripVTControlCharacters(screen);
      if (waiting.length === 0) resolve({ exitCode, screen: shown });
      else reject(new Error(`"${waiting[0]?.to}" did not come up:\n${shown}`));
    });
  });
}
