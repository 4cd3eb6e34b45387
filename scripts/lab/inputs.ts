import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { Binary } from "./binaries";
import { goBuildArguments, goFlags } from "./goCommand";

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
