import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { runCommand } from "../../commands/run";
import type { Binary } from "./binaries";
import type { LabFolders } from "./folders";
import { roughDuration, type Progress } from "./progress";

/**
 * The flags of all Go commands, which also take the place of what `go env -w GOFLAGS` left behind: go.sum has to be
 * complete, and the binary must not tell where it was built. With the same flags for builds, vet and tests, each
 * finds in Go's cache what another has compiled; anything else would compile the engine a second time.
 */
const goFlags = "-mod=readonly -buildvcs=false -trimpath";

/**
 * The environment in which the lab's Go commands run: what a user set for other projects must not change what is built
 * here, and a binary must not depend on the machine that builds it.
 */
export function goEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _architecture, GOEXPERIMENT: _experiment, ...rest } = environment;
  return {
    ...rest,
    GOFLAGS: goFlags,
    GOWORK: "off",
    CGO_ENABLED: "0",
    // The version was checked; another one must not be downloaded.
    GOTOOLCHAIN: "local",
  };
}

/** The arguments of `go` that build a package into a file, the same bytes on every machine. */
function goBuildArguments(
  build: { readonly package: string; readonly linkerFlags: string },
  file: string,
): string[] {
  return ["build", "-ldflags", build.linkerFlags, "-o", file, build.package];
}

/** Where binaries are built from and to. */
export interface Workshop {
  readonly folders: LabFolders;
  /** The folder of the Go modules. */
  readonly sources: string;
  /** The compiler's version, with its platform. */
  readonly goVersion: string;
}

/** The version and platform of the Go compiler on the PATH. */
export async function goVersion(): Promise<string> {
  const variables = ["GOVERSION", "GOHOSTOS", "GOHOSTARCH"];
  const { stdout } = await runCommand("go", ["env", ...variables], {
    environment: goEnvironment(),
  });
  return stdout.trim().split("\n").join(" ");
}

/** Where a binary is, or will be. */
export function binaryFile(binary: Binary, folders: LabFolders): string {
  return join(folders[binary.folder], binary.name);
}

/** Whether a binary has to be built: it is missing, or its inputs changed. */
export function needsBuild(binary: Binary, workshop: Workshop): boolean {
  const { sources, goVersion: version } = workshop;
  return !stampOf(binary, workshop).isFresh(inputsOf(binary, sources, version));
}

/** Builds a binary. A process that runs from the old one goes on with it. */
export async function buildBinary(binary: Binary, workshop: Workshop): Promise<void> {
  const { folders, sources } = workshop;
  const inputs = inputsOf(binary, sources, workshop.goVersion);
  const file = binaryFile(binary, folders);
  const unfinished = `${file}.${process.pid}.unfinished`;
  mkdirSync(folders[binary.folder], { recursive: true });
  try {
    await runCommand("go", goBuildArguments(binary, unfinished), {
      cwd: join(sources, binary.module),
      environment: goEnvironment(),
    });
    stampOf(binary, workshop).remove();
    renameSync(unfinished, file);
    stampOf(binary, workshop).write(inputs);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function stampOf(binary: Binary, { folders }: Workshop): Stamp {
  return new Stamp(join(folders.stamps, binary.name), binaryFile(binary, folders));
}

/**
 * Go itself uses all cores, but some are idle while it links or compiles one big package. On two cores that is little: from
 * empty caches, the whole lab took 466 s one at a time and 471 s two at a time (`make setup`).
 */
const atATime = 2;

/** Builds those binaries whose inputs changed, showing what is built and for how long. Returns their names. */
export async function buildAll(
  binaries: readonly Binary[],
  workshop: Workshop,
  progress: Progress,
): Promise<string[]> {
  const waiting = binaries.filter((binary) => needsBuild(binary, workshop));
  const names = waiting.map(({ name }) => name);
  const all = [...waiting];
  if (waiting.length > 0) {
    const longest = secondsOf(waiting);
    progress.line(
      `Building the missing or changed parts of the lab (${names.join(", ")}): ` +
        `up to ${roughDuration(longest)} without Go's caches, seconds with them.`,
    );
  }
  const worker = async (): Promise<void> => {
    for (let binary = waiting.shift(); binary !== undefined; binary = waiting.shift()) {
      const place = placeText(all.indexOf(binary) + 1, all.length, secondsOf([binary, ...waiting]));
      await buildOne(binary, place, workshop, progress);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return names;
}

function secondsOf(binaries: readonly Binary[]): number {
  return binaries.reduce((sum, { usualSeconds }) => sum + usualSeconds, 0);
}

/**
 * Which of how many builds begins, and what is left, all without Go's caches: `3 of 9, up to 8 min left`.
 *
 * @param seconds of this build and all that have not begun
 */
export function placeText(number: number, count: number, seconds: number): string {
  return `${number} of ${count}, up to ${roughDuration(seconds)} left`;
}

async function buildOne(
  binary: Binary,
  place: string,
  workshop: Workshop,
  progress: Progress,
): Promise<void> {
  progress.line(`  building ${binary.name} (${place})`);
  const { took } = await progress.during(binary.name, () => buildBinary(binary, workshop));
  progress.line(`  built ${binary.name} in ${took}`);
}

/** Files beside the sources that no build reads. */
const notBuilt = /(_test\.go|\.md)$|\/testdata\//;

/**
 * A hash of all that decides what a binary is: its sources and pinned dependencies, the way it is built, and the
 * compiler. By content, because times change with every checkout.
 */
export function inputsOf(binary: Binary, sources: string, goVersion: string): string {
  const module = join(sources, binary.module);
  const foreign = (binary.foreignSources ?? []).map((name) => join(module, name));
  const files = ["go.mod", "go.sum", ...binary.sources]
    .flatMap((name) => filesBelow(join(module, name), foreign))
    .filter((file) => !notBuilt.test(file));
  const hash = createHash("sha256");
  hash.update(JSON.stringify([goVersion, goFlags, goBuildArguments(binary, binary.name)]));
  for (const file of [...new Set(files)].sort()) {
    hash.update(`\0${relative(module, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesBelow(path: string, except: readonly string[]): string[] {
  if (except.includes(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name), except));
}

/** Remembers from which inputs a file was made, so that it is made again only when they change. */
export class Stamp {
  readonly #stampFile: string;
  readonly #product: string;

  /**
   * @param stampFile where the inputs are remembered
   * @param product what was made from them
   */
  constructor(stampFile: string, product: string) {
    this.#stampFile = stampFile;
    this.#product = product;
  }

  /** Whether the product is there and was made from these inputs. */
  isFresh(inputs: string): boolean {
    return (
      existsSync(this.#product) &&
      existsSync(this.#stampFile) &&
      readFileSync(this.#stampFile, "utf8") === inputs
    );
  }

  /** To be called before the product is touched: a half-made one is never taken for fresh. */
  remove(): void {
    rmSync(this.#stampFile, { force: true });
  }

  /** To be called when the product is complete. */
  write(inputs: string): void {
    mkdirSync(dirname(this.#stampFile), { recursive: true });
    writeFileSync(this.#stampFile, inputs);
  }
}
