import { spawn } from "node:child_process";
import { required } from "./variables";

/** What a run of the engine came to. */
export interface EngineRun {
  readonly exitCode: number;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** What a preview that expects no changes found. */
export type Findings = "unchanged" | "changed" | "failed";

/**
 * The exit code with which the engine says that there are changes though none were expected
 * (pulumi 3.259, sdk/go/common/util/cmdutil/exit.go; part of its contract with automation).
 */
const changesFound = 7;

/** Reads the exit code of `pulumi preview --expect-no-changes`. A preview that failed says nothing about changes. */
export function findingsOf(exitCode: number): Findings {
  if (exitCode === 0) return "unchanged";
  return exitCode === changesFound ? "changed" : "failed";
}

/**
 * The environment without variables that are set to nothing. A workflow sets all that a repository may have settings
 * for, and one that is not set arrives as an empty text, which is not to be taken for a value. A passphrase may be empty.
 */
export function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => value !== "" || name === "PULUMI_CONFIG_PASSPHRASE",
    ),
  );
}

/** What makes the output one that can be read afterwards: no questions, colours or dots. */
const plain = ["--non-interactive", "--color", "never", "--suppress-progress"];

/**
 * Runs `pulumi` on the stack of PULUMI_STACK, its output in the log as it comes and in the result.
 *
 * @param args the command with its flags, `preview`
 * @param environment with the settings of the repository
 * @throws UserError when PULUMI_STACK is missing
 */
export async function runEngine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<EngineRun> {
  // By the flag: of a name that only the variable gives and that does not exist, the engine says "no stack selected".
  const stack = ["--stack", required(environment, "PULUMI_STACK")];
  const child = spawn("pulumi", [...args, ...stack, ...plain], {
    env: withoutEmpty(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  const take = (text: string): void => {
    output.push(text);
    process.stdout.write(text);
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      const advice = "install pulumi and put it on the PATH";
      take(`pulumi could not be started (${error.message}): ${advice}\n`);
      resolve({ exitCode: 1, output: output.join("") });
    });
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output: output.join("") }));
  });
}
