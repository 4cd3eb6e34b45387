import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Configuration } from "../../configuration";
import { loadConfiguration } from "../../configuration/load";
import { documentsWithoutSecrets } from "../../documents";
import { templateName, folderContents, localFolder } from "../../template/recipe";
import { pathForDeckhouse } from "../../template/request";
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

/** What a user gives by the environment; secrets become placeholders. */
const environment = {
  VSPHERE_SERVER: "vcenter.example.com",
  VSPHERE_USER: "administrator@vsphere.local",
  VSPHERE_PASSWORD: "secret",
  DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD: "secret",
};

/** Every document of an example as the program would write it, with placeholders for secrets; by region. */
export function exampleDocuments(name: ExampleName): Record<string, string> {
  const { storagePolicies = [] } = parse(readFileSync(exampleInventory(name), "utf8")) as {
    storagePolicies?: StoragePolicy[];
  };
  return stackDocuments(exampleStack(name), {}, storagePolicies);
}

/** A storage policy of a vCenter. */
interface StoragePolicy {
  readonly name: string;
  readonly id: string;
}

/**
 * Every document of a stack as the program would write it, with placeholders for secrets, without asking a vCenter.
 *
 * @param stack the keys of the stack's file, with their namespaces
 * @param secrets variables of the environment beside the account's password
 * @returns by region, in the order of `dhctl bootstrap` or `kubectl apply`
 */
export function stackDocuments(
  stack: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>> = {},
  storagePolicies: readonly StoragePolicy[] = [],
): Record<string, string> {
  const { configuration, connection, documentSecrets } = loadedStack(stack, secrets);
  const documents = documentsWithoutSecrets(configuration, connection, documentSecrets, {
    templates: templatesOf(configuration),
    storagePolicyIds: storagePolicyIdsOf(configuration, storagePolicies),
  });
  return Object.fromEntries(
    Object.entries(documents).map(([region, files]) => [
      region,
      files["bootstrap.yaml"] ?? files["resources.yaml"] ?? "",
    ]),
  );
}

/** The version of Deckhouse that the documents of a stack are for; the parameters are those of {@link stackDocuments}. */
export function stackDeckhouseVersion(
  stack: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>> = {},
): string {
  return loadedStack(stack, secrets).configuration.deckhouse.version;
}

function loadedStack(
  stack: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>>,
): ReturnType<typeof loadConfiguration> {
  const values = Object.entries(stack).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return loadConfiguration({
    values: Object.fromEntries(values) as Record<string, string>,
    encryptedKeys: new Set(),
    environment: { ...environment, ...secrets },
  });
}

/** The path of the template in each region that has one, as Deckhouse takes it. */
function templatesOf({ regions, templateImage }: Configuration): Record<string, string> {
  const pathOf = (region: string): string | undefined => {
    if (templateImage?.kind !== "built") {
      return templateImage?.template;
    }
    const { recipe } = templateImage;
    const folder = localFolder(recipe.source, repositoryRoot);
    const template = templateName(recipe, folder && folderContents(folder));
    const place = templateImage.regions[region]?.place;
    return place && pathForDeckhouse(place, template);
  };
  return Object.fromEntries(
    regions.flatMap(({ name }) => {
      const path = pathOf(name);
      return path === undefined ? [] : [[name, path]];
    }),
  );
}

/** The ids of the policies that the clusters of regions name. */
function storagePolicyIdsOf(
  { regions }: Configuration,
  policies: readonly StoragePolicy[],
): Record<string, string> {
  return Object.fromEntries(
    regions.map(({ name, cluster }) => {
      const policy = cluster?.controlPlane === "vSphere" ? cluster.storagePolicy?.name : undefined;
      return [name, policies.find((known) => known.name === policy)?.id ?? ""];
    }),
  );
}
