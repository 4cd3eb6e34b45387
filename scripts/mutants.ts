/**
 * Changes the operators of rules, planning and documents, one at a time (`<` becomes `<=`, `&&` becomes `||`, a
 * condition becomes `true`), and tells which of these mutants no test notices.
 *
 *     npm run mutants
 *     npm run mutants -- --mutate configuration/rules/ingress/bgp.ts --tests bgpRules
 *
 * `--mutate` is a file, a folder, a file with lines (`configuration/ipv4.ts:10-40`) or a glob, and may be repeated.
 * `--tests` runs only those test files whose path has this text in it, and may be repeated. `--concurrency` is the
 * number of processes, 1 unless it is told.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { main, UserError } from "../commands/run";
import { repositoryRoot } from "./lab/folders";
import { scope } from "./mutants/scope";
import { summaryLines } from "./mutants/summary";

/** Where StrykerJS has its copies of the sources, and that of this run. */
const copies = ".mutants";
const copy = join(copies, String(process.pid));

/** What lets node read the plugin, which is TypeScript. */
const typescript = ["--import", "tsx"];

/** What is not an operator. */
const excludedMutations = [
  "ArrayDeclaration",
  "ArrowFunction",
  "BlockStatement",
  "ObjectLiteral",
  "OptionalChaining",
  "Regex",
  "StringLiteral",
];

main(async () => {
  const { values } = parseArgs({
    options: {
      mutate: { type: "string", multiple: true, default: [] },
      tests: { type: "string", multiple: true, default: [] },
      concurrency: { type: "string", default: "1" },
    },
  });
  process.chdir(repositoryRoot);
  process.on("exit", removeCopies);
  const { Stryker } = await import("@stryker-mutator/core");
  const results = await new Stryker({
    mutate: mutatedFiles(values.mutate),
    mutator: { plugins: [], excludedMutations },
    testFiles: testFiles(values.tests),
    testRunner: "project",
    plugins: [join(__dirname, "mutants", "mochaRunner.ts")],
    testRunnerNodeArgs: typescript,
    // No checker runs, but the process for them is started and reads the plugin.
    checkerNodeArgs: typescript,
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    concurrency: Number(values.concurrency),
    // Far more than an ordinary run takes: a busy machine must not catch a mutant.
    timeoutMS: 20_000,
    timeoutFactor: 2,
    reporters: [process.stdout.isTTY ? "progress" : "progress-append-only"],
    ignorePatterns: [copies, ".compiled", ".lab", ".template-images", "lab", scope.linked].map(
      (folder) => `/${folder}`,
    ),
    // Runs in the copy, which is three folders below.
    buildCommand: `cp -R ../../../${scope.linked} ${scope.linked}`,
    tempDirName: copy,
    cleanTempDir: "always",
  }).runMutationTest();
  const mutants = results.map((mutant) => ({
    ...mutant,
    fileName: relative(repositoryRoot, mutant.fileName),
  }));
  const sourceOf = (file: string): string => readFileSync(file, "utf8");
  for (const line of summaryLines(mutants, sourceOf)) console.log(line);
});

/** Removes this run's copy, and what was left of runs that were interrupted while they copied. */
function removeCopies(): void {
  if (!existsSync(copies)) return;
  const others = readdirSync(copies).filter((id) => Number(id) !== process.pid && isRunning(id));
  const own = others.length === 0 ? copies : copy;
  rmSync(own, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function isRunning(id: string): boolean {
  try {
    return process.kill(Number(id), 0);
  } catch {
    return false;
  }
}

/** The patterns of what is mutated, as StrykerJS reads them. */
function mutatedFiles(asked: readonly string[]): string[] {
  const pattern = (path: string): string => (isFolder(path) ? `${path}/**/*.ts` : path);
  if (asked.length > 0) return asked.map(pattern);
  for (const path of [...scope.mutated, ...scope.left, scope.linked]) mustExist(path);
  return [...scope.mutated.map(pattern), ...scope.left.map((path) => `!${pattern(path)}`)];
}

/** The test files, each by its path. */
function testFiles(words: readonly string[]): string[] {
  const files = scope.tests.flatMap((folder) => {
    mustExist(folder);
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
      join(folder, file),
    );
  });
  const isLeft = (file: string): boolean =>
    scope.left.some((path) => file === path || file.startsWith(`${path}/`));
  const chosen = files
    .filter((file) => file.endsWith(".test.ts") && !isLeft(file))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort();
  if (chosen.length > 0) return chosen;
  throw new UserError(
    `--tests: no test file has "${words.join('" or "')}" in its path. They are in ${scope.tests.join(", ")}.`,
  );
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function mustExist(path: string): void {
  if (existsSync(path)) return;
  throw new UserError(
    `${path}: no such file or folder. scripts/mutants/scope.ts names it; write there where it is now.`,
  );
}
