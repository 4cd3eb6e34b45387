import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../lab/folders";

/** The complete example stacks. */
export const exampleNames = ["minimal", "seed", "enterprise"] as const;

/** The name of an example. */
export type ExampleName = (typeof exampleNames)[number];

/** The folder of an example. */
export function exampleFolder(name: ExampleName): string {
  return join(repositoryRoot, "examples", name);
}

/** The inventory of the simulated vCenter that an example expects. */
export function exampleInventory(name: ExampleName): string {
  return join(exampleFolder(name), "vcenter.yaml");
}

/** The keys of an example's stack file, with their namespaces: a fresh copy to change. */
export function exampleStack(name: ExampleName): Record<string, unknown> {
  const file = join(exampleFolder(name), `Pulumi.${name}.yaml`);
  const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  return config;
}
