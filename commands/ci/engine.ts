import { spawn } from "node:child_process";
import { allSettings } from "../../configuration/settings";
import { Redaction } from "../../vcenter/offline";
import { requiredVariable } from "./forge";

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
export const plain = ["--non-interactive", "--color", "never", "--suppress-progress"];

/** The flags for the policy pack that the environment names, and for its settings. */
export function policyPack(environment: NodeJS.ProcessEnv): string[] {
  const pack = environment["PULUMI_POLICY_PACK"];
  const settings = environment["PULUMI_POLICY_PACK_CONFIG"];
  if (!pack) return [];
  return ["--policy-pack", pack, ...(settings ? ["--policy-pack-config", settings] : [])];
}

/**
 * Runs `pulumi` on the stack of PULUMI_STACK, its output in the log as it comes and in the result.
 *
 * @param args the command with its flags, `preview`
 * @throws UserError when PULUMI_STACK is missing
 */
export async function runEngine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<EngineRun> {
  // By the flag: of a name that only the variable gives and that does not exist, the engine says "no stack selected".
  const stack = ["--stack", requiredVariable(environment, "PULUMI_STACK")];
  return runPulumi([...args, ...stack, ...plain], { env: withoutEmpty(environment) }, (text) => {
    process.stdout.write(text);
  });
}

/**
 * Runs `pulumi`; without a program of that name, says so and returns the exit code 1.
 *
 * @param onOutput is given what it prints, as it comes
 */
export async function runPulumi(
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string },
  onOutput: (text: string) => void,
): Promise<EngineRun> {
  const child = spawn("pulumi", args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  const take = (text: string): void => {
    output.push(text);
    onOutput(text);
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

/** The variables that hold secrets of this program. */
const secretsOfStack = new Set(
  allSettings.flatMap(({ secret, variable: name }) => (secret && name !== undefined ? [name] : [])),
);

/** Names that say that a variable is a secret: of the engine, of its backend, of the platform. */
const secretName = /(PASSWORD|PASSPHRASE|TOKEN|SECRET|_KEY)$/;

/**
 * What takes the secrets of the environment out of a text. The engine masks the secrets of the stack's configuration, but
 * does not know those that come as variables; and a comment or an issue has more readers than the log, and no platform
 * masks it.
 */
export function secretsCleaner(environment: NodeJS.ProcessEnv): (text: string) => string {
  const redaction = new Redaction();
  for (const [name, value] of Object.entries(environment)) {
    if (secretsOfStack.has(name) || secretName.test(name)) redaction.add(value ?? "");
  }
  return (text) => redaction.clean(text);
}
