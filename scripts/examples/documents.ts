import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Configuration } from "../../configuration";
import { loadConfiguration } from "../../configuration/load";
import { documentsWithoutSecrets } from "../../documents/regionDocuments";
import { templateName } from "../../template/fingerprint";
import { folderContents } from "../../template/folderContents";
import { pathForDeckhouse } from "../../template/place";
import { localFolder } from "../../template/source";
import { repositoryRoot } from "../lab/folders";
import { exampleInventory, exampleStack, type ExampleName } from "./examples";

/** What an example's user gives by the environment; secrets become placeholders. */
const environment = {
  VSPHERE_SERVER: "vcenter.example.com",
  VSPHERE_USER: "administrator@vsphere.local",
  VSPHERE_PASSWORD: "secret",
  DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD: "secret",
};

/**
 * Every document of an example as the program would write it, with placeholders for secrets, without asking a vCenter:
 * by region, in the order of `dhctl bootstrap`.
 */
export function exampleDocuments(name: ExampleName): Record<string, string> {
  const values = Object.entries(exampleStack(name)).map(([key, value]) => [
    key,
    JSON.stringify(value),
  ]);
  const { configuration, connection, documentSecrets } = loadConfiguration({
    values: Object.fromEntries(values) as Record<string, string>,
    encryptedKeys: new Set(),
    environment,
  });
  const documents = documentsWithoutSecrets(configuration, connection, documentSecrets, {
    templates: templatesOf(configuration),
    storagePolicyIds: storagePolicyIdsOf(configuration, exampleInventory(name)),
  });
  return Object.fromEntries(
    Object.entries(documents).map(([region, files]) => [region, files["bootstrap.yaml"] ?? ""]),
  );
}

/** The path of the template in each region, as Deckhouse takes it. */
function templatesOf({ regions, templateImage }: Configuration): Record<string, string> {
  const pathOf = (region: string): string => {
    if (templateImage?.kind !== "built") {
      return templateImage?.template ?? "";
    }
    const { recipe } = templateImage;
    const folder = localFolder(recipe.source, repositoryRoot);
    const template = templateName(recipe, folder && folderContents(folder));
    const place = templateImage.regions[region]?.place;
    return place === undefined ? "" : pathForDeckhouse(place, template);
  };
  return Object.fromEntries(regions.map(({ name }) => [name, pathOf(name)]));
}

/** The ids that the example's vCenter has for the policies of its regions. */
function storagePolicyIdsOf({ regions }: Configuration, inventory: string): Record<string, string> {
  const { storagePolicies = [] } = parse(readFileSync(inventory, "utf8")) as {
    storagePolicies?: { name: string; id: string }[];
  };
  return Object.fromEntries(
    regions.map(({ name, cluster }) => {
      const policy = cluster?.controlPlane === "vSphere" ? cluster.storagePolicy?.name : undefined;
      return [name, storagePolicies.find((known) => known.name === policy)?.id ?? ""];
    }),
  );
}
