import { readdirSync } from "node:fs";
import { join } from "node:path";
import { labSources } from "../lab/folders";
import { goEnvironment } from "../lab/goCommand";
import { CommandFailure, runCommand } from "../../commands/runCommand";

/** The Go modules of the lab that have sources of our own. */
export const ownGoModules = [
  "vcenter",
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-command",
  "pulumi-resource-vsphere",
].map((name) => join(labSources, name));

/** The modules among them that have tests. */
export const testedGoModules = ownGoModules.filter((module) => hasTests(module));

function hasTests(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((file) =>
    file.endsWith("_test.go"),
  );
}

/** Fails with the list of Go files that are not formatted. */
export async function checkGoFormat(): Promise<void> {
  const { stdout } = await runCommand("gofmt", ["-l", labSources]);
  if (stdout !== "") {
    const list = `Not formatted (run "make format"):\n${stdout}`;
    throw new CommandFailure("gofmt -l lab", "found files", list);
  }
}

/** Formats all Go files. */
export async function formatGo(): Promise<void> {
  await runCommand("gofmt", ["-w", labSources]);
}

/** Runs Go's own checks on a module. */
export async function vetGoModule(module: string): Promise<void> {
  await runCommand("go", ["vet", "./..."], { cwd: module, environment: goEnvironment() });
}
