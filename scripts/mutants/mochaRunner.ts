/**
 * The plugin with which StrykerJS runs the project's tests. Its own plugin for mocha reaches into files that mocha 12
 * does not have any more; this one keeps to what mocha documents. It loads the tests once, and for each mutant runs those
 * that reach it until one fails.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { InstrumenterContext, StrykerOptions } from "@stryker-mutator/api/core" with {
  "resolution-mode": "import",
};
import type {
  DryRunOptions,
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
  TestRunnerCapabilities,
} from "@stryker-mutator/api/test-runner" with { "resolution-mode": "import" };
import type fastCheck from "fast-check";
import type { IRawProperty, Parameters } from "fast-check";
import Mocha from "mocha";
import { scope } from "./scope";

/** Where StrykerJS's instrumented code looks for the mutant that is on, and counts what is covered. */
const context = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});

/** A test's id is its full title, as in StrykerJS's own plugins; tests of one title run together. */
interface Ended {
  readonly id: string;
  readonly file: string | undefined;
  readonly milliseconds: number;
  /** Why it failed. */
  readonly failure?: string;
}

class MochaRunner implements TestRunner {
  static readonly inject = ["options"] as const;

  readonly #files: readonly string[];
  readonly #mocha = new LastingMocha({ timeout: 0 });
  #mutantsSeen = 0;
  #isSpoilt = false;

  constructor(options: StrykerOptions) {
    this.#files = options.testFiles.map((file) => resolve(file));
  }

  capabilities(): TestRunnerCapabilities {
    // Only what runs while files are loaded would need them loaded anew, and such mutants are left out.
    return { reloadEnvironment: true };
  }

  init(): Promise<void> {
    makeFewerInputs();
    // Cheap tests first: most mutants are caught by the first one that meets them.
    const isSlow = (file: string): boolean => readFileSync(file, "utf8").includes('"fast-check"');
    const quick = this.#files.filter((file) => !isSlow(file));
    this.#mocha.load([...quick, ...this.#files.filter(isSlow)]);
    this.#mocha.suite.eachTest((test) => {
      if (scope.without.includes(test.title)) test.pending = true;
    });
    this.#mocha.suite.beforeEach(function () {
      context.currentTestId = this.currentTest?.fullTitle() ?? "";
    });
    withoutTimeouts(this.#mocha.suite);
    return Promise.resolve();
  }

  async dryRun(_options: DryRunOptions): Promise<DryRunResult> {
    const { DryRunStatus, TestStatus } = await import("@stryker-mutator/api/test-runner");
    const ended = await this.#run({ bail: false });
    this.#spreadHooks();
    const tests = ended.map(({ id, file, milliseconds, failure }): TestResult => {
      const test = { id, name: id, timeSpentMs: milliseconds, fileName: file ?? "" };
      return failure === undefined
        ? { ...test, status: TestStatus.Success }
        : { ...test, status: TestStatus.Failed, failureMessage: failure };
    });
    const mutantCoverage = context.mutantCoverage ?? { static: {}, perTest: {} };
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { MutantRunStatus } = await import("@stryker-mutator/api/test-runner");
    if (this.#isSpoilt) throw new Error("an earlier mutant spoilt this process");
    const isFirst = this.#mutantsSeen++ === 0;
    const only = options.testFilter && new Set(options.testFilter);
    // StrykerJS takes a hundred times the hits of an ordinary run for an endless loop; five times say it sooner.
    const limit = options.hitLimit === undefined ? Infinity : options.hitLimit / 20;
    Object.assign(context, { hitLimit: limit, hitCount: 0 });
    const ended = await this.#run({ bail: true, mutant: options.activeMutant.id, only });
    if ((context.hitCount ?? 0) > limit) {
      return { status: MutantRunStatus.Timeout, reason: "endless loop" };
    }
    const nrOfTests = ended.length;
    const failed = ended.find((test) => test.failure !== undefined);
    if (failed === undefined) return { status: MutantRunStatus.Survived, nrOfTests };

    // What a mutant left behind in this process must not catch the next one: the same test has to pass without it.
    const again = await this.#run({ bail: true, only: new Set([failed.id]) });
    if (again.some((test) => test.failure !== undefined)) {
      // StrykerJS starts a new process, and tries there once more.
      if (!isFirst) throw new Error(`"${failed.id}" fails without a mutant as well`);
      this.#isSpoilt = true;
    }
    this.#putFirst(failed.file);
    return {
      status: MutantRunStatus.Killed,
      killedBy: [failed.id],
      failureMessage: failed.failure ?? "",
      nrOfTests,
    };
  }

  async #run(how: {
    readonly bail: boolean;
    readonly mutant?: string;
    readonly only?: ReadonlySet<string> | undefined;
  }): Promise<readonly Ended[]> {
    const { bail, mutant, only } = how;
    const ended: Ended[] = [];
    setBail(this.#mocha.suite, bail);
    // Mocha only asks whether a title matches, and a set answers faster than an expression of a thousand titles.
    const matches = (title: string): boolean => only?.has(title) ?? true;
    this.#mocha.grep({ test: matches } as RegExp);
    this.#mocha.reporter(
      class extends Mocha.reporters.Base {
        constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
          super(runner, options);
          record(runner, ended);
        }
      },
    );
    if (mutant === undefined) delete context.activeMutant;
    else context.activeMutant = mutant;
    await new Promise<void>((done) => {
      this.#mocha.run(() => done());
    });
    delete context.activeMutant;
    return ended;
  }

  /** The tests that caught the last mutant will likely catch its neighbour. */
  #putFirst(file: string | undefined): void {
    const { suites } = this.#mocha.suite;
    const index = suites.findIndex((suite) => suite.file === file);
    if (index > 0) suites.unshift(...suites.splice(index, 1));
  }

  /** What a suite's hooks covered is covered by each of its tests. */
  #spreadHooks(): void {
    const perTest = context.mutantCoverage?.perTest;
    if (perTest === undefined) return;
    this.#mocha.suite.eachTest((test) => {
      if (test.isPending()) return;
      for (let { parent } = test; parent !== undefined; parent = parent.parent) {
        const ofHooks = perTest[hooksOf(parent)];
        const own = (perTest[test.fullTitle()] ??= {});
        for (const [id, hits] of Object.entries(ofHooks ?? {})) own[id] = (own[id] ?? 0) + hits;
      }
    });
    for (const id of Object.keys(perTest)) {
      if (id.startsWith(hooksPrefix)) Reflect.deleteProperty(perTest, id);
    }
  }
}

/** Mocha with tests that are loaded once and run often; its types know only half of what its pages document. */
class LastingMocha extends Mocha {
  declare lazyLoadFiles: (isLazy: boolean) => this;

  load(files: readonly string[]): void {
    this.files = [...files];
    this.loadFiles();
    this.lazyLoadFiles(true).cleanReferencesAfterRun(false);
  }
}

const hooksPrefix = "hooks of ";

/** The id under which coverage is counted while no test runs. */
function hooksOf(suite: Mocha.Suite): string {
  return `${hooksPrefix}${suite.file ?? ""} ${suite.fullTitle()}`;
}

function record(runner: Mocha.Runner, ended: Ended[]): void {
  // Not Date.now, which tests replace.
  let started = performance.now();
  const end = (test: Mocha.Runnable, failure?: string): void => {
    // A hook fails in the name of the test that it belongs to.
    const { file } = test;
    const id = (test.ctx?.currentTest ?? test).fullTitle();
    const milliseconds = Math.round(performance.now() - started);
    ended.push({ id, file, milliseconds, ...(failure === undefined ? {} : { failure }) });
  };
  const countHooks = (suite: Mocha.Suite): void => {
    context.currentTestId = hooksOf(suite);
  };
  runner.on("suite", countHooks);
  runner.on("suite end", countHooks);
  runner.on("test", () => {
    started = performance.now();
  });
  runner.on("pass", (test) => end(test));
  runner.on("fail", (test, error: Error) => end(test, error.message || "no message"));
}

function setBail(suite: Mocha.Suite, bail: boolean): void {
  suite.bail(bail);
  for (const child of suite.suites) setBail(child, bail);
}

/** A busy machine must not catch a mutant. What never ends is StrykerJS's to stop. */
function withoutTimeouts(suite: Mocha.Suite): void {
  suite.timeout(0);
  for (const test of suite.tests) test.timeout(0);
  for (const child of suite.suites) withoutTimeouts(child);
}

/**
 * Has property tests make fewer inputs, because every survivor has to pass them all; the same ones in each run, so that
 * two runs can be compared; and look for no shorter one, because whether a test fails is all that counts.
 */
function makeFewerInputs(): void {
  const library = createRequire(__filename)("fast-check") as { default: typeof fastCheck };
  const original = library.default;
  const assert = <Inputs>(
    property: IRawProperty<Inputs>,
    parameters?: Parameters<Inputs>,
  ): Promise<void> | void => {
    const asked = parameters?.numRuns ?? 100;
    // Those that make hundreds also count what came up, and need enough of each.
    const numRuns = Math.ceil(asked / (asked > 200 ? 4 : 8));
    return original.assert(property, { seed: 1, ...parameters, numRuns, endOnFailure: true });
  };
  library.default = { ...original, assert: assert as typeof original.assert };
}

/** What StrykerJS looks for in a plugin. */
export const strykerPlugins = [
  { kind: "TestRunner", name: "project", injectableClass: MochaRunner },
];
