import { readFileSync } from "node:fs";
import { join } from "node:path";
import { labFolders, repositoryRoot } from "../../scripts/lab/folders";
import type { TestStack } from "../../scripts/lab/stack";

/**
 * The govc commands of the requirement (deckhouse/deckhouse, an earlier setup guide of the vSphere provider) for the
 * example of two regions with two zones each, as argument lists. They are the independent source of what `pulumi up`
 * has to make.
 */
export function govcExample(): string[][] {
  return [
    ["tags.category.create", "-d", "Kubernetes region", "k8s-region"],
    ["tags.category.create", "-d", "Kubernetes zone", "k8s-zone"],
    ["tags.create", "-d", "Kubernetes Region X1", "-c", "k8s-region", "k8s-region-x1"],
    ["tags.create", "-d", "Kubernetes Region X2", "-c", "k8s-region", "k8s-region-x2"],
    ["tags.create", "-d", "Kubernetes Zone X1-A", "-c", "k8s-zone", "k8s-zone-x1-a"],
    ["tags.create", "-d", "Kubernetes Zone X1-B", "-c", "k8s-zone", "k8s-zone-x1-b"],
    ["tags.create", "-d", "Kubernetes Zone X2-A", "-c", "k8s-zone", "k8s-zone-x2-a"],
    ["tags.create", "-d", "Kubernetes Zone X2-B", "-c", "k8s-zone", "k8s-zone-x2-b"],
    ["tags.attach", "-c", "k8s-region", "k8s-region-x1", "/X1"],
    ["tags.attach", "-c", "k8s-region", "k8s-region-x2", "/X2"],
    ["tags.attach", "-c", "k8s-zone", "k8s-zone-x1-a", "/X1/host/x1_cluster_prod"],
    ["tags.attach", "-c", "k8s-zone", "k8s-zone-x1-b", "/X1/host/x1_cluster_stage"],
    ["tags.attach", "-c", "k8s-zone", "k8s-zone-x2-a", "/X2/host/x2_cluster_prod"],
    ["tags.attach", "-c", "k8s-zone", "k8s-zone-x2-b", "/X2/host/x2_cluster_stage"],
    ...datastoreCommands("x1", "a", "x1_lun_1"),
    ...datastoreCommands("x1", "a", "x1_lun_2"),
    ...datastoreCommands("x1", "b", "x1_lun_3"),
    ...datastoreCommands("x2", "a", "x2_lun_1"),
    ...datastoreCommands("x2", "b", "x2_lun_2"),
    ["role.create", "kubernetes", ...seedPrivileges()],
    ["permissions.set", "-principal", "deckhouse@vsphere.local", "-role", "kubernetes", "/X1"],
    ["permissions.set", "-principal", "deckhouse@vsphere.local", "-role", "kubernetes", "/X2"],
  ];
}

/** A datastore for volumes carries the tags of its region and of its zone. */
function datastoreCommands(region: string, zone: string, name: string): string[][] {
  const path = `/${region.toUpperCase()}/datastore/${name}`;
  return [
    ["tags.attach", "-c", "k8s-region", `k8s-region-${region}`, path],
    ["tags.attach", "-c", "k8s-zone", `k8s-zone-${region}-${zone}`, path],
  ];
}

/** The requirement's own list, a fixture apart from the data that the program uses. */
export function seedPrivileges(): string[] {
  const file = join(repositoryRoot, "test", "fixtures", "seedPrivileges.json");
  return JSON.parse(readFileSync(file, "utf8")) as string[];
}

/** Runs govc commands in the environment of a stack; the first that fails ends it. */
export async function runGovc(stack: TestStack, commands: readonly string[][]): Promise<void> {
  for (const args of commands) {
    const run = await stack.command(join(labFolders().bin, "govc"), args);
    if (run.exitCode !== 0) {
      throw new Error(`govc ${args.slice(0, 6).join(" ")} failed:\n${run.output}`);
    }
  }
}
