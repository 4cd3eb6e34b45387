import { parseAllDocuments } from "yaml";

/** What documents name in a vCenter. */
export interface NamedObjects {
  /** Inventory paths, each once. */
  readonly paths: readonly string[];
  /** Ids of storage policies. */
  readonly storagePolicies: readonly string[];
  /** Tags of regions and zones, and where the stack says that they are. */
  readonly tags: readonly (readonly [tag: string, path: string])[];
}

type Json = Readonly<Record<string, unknown>>;

/** Reads from rendered documents what they name in vCenter, by what Deckhouse's field tables say that each field is. */
export function namesInDocuments(
  texts: Readonly<Record<string, string>>,
  stack: Json,
): NamedObjects {
  const regions = (stack["deckhouse-vsphere:regions"] ?? stack["regions"]) as readonly {
    readonly name: string;
    readonly datacenter: string;
    readonly zones: readonly { readonly name: string; readonly cluster: string }[];
  }[];
  const paths = new Set<string>();
  const policies = new Set<string>();
  for (const [region, text] of Object.entries(texts)) {
    const place = regions.find(({ name }) => name === region);
    if (place === undefined) throw new Error(`there is no region ${region}`);
    const datacenter = `/${place.datacenter}`;
    const add = (folder: string, name: unknown): void => {
      if (typeof name === "string") paths.add(`${datacenter}/${folder}/${name}`);
    };
    for (const document of parseAllDocuments(text)) {
      const content = ("toJS" in document ? document.toJS() : {}) as Json;
      if (content["kind"] === "VsphereInstanceClass") addClass(content["spec"] as Json, add);
      if (content["kind"] !== "VsphereClusterConfiguration") continue;
      if (content["vmFolderExists"] === true) add("vm", content["vmFolderPath"]);
      for (const key of ["internalNetworkNames", "externalNetworkNames"]) {
        for (const name of (content[key] ?? []) as string[]) add("network", name);
      }
      for (const group of [
        content["masterNodeGroup"],
        ...((content["nodeGroups"] ?? []) as Json[]),
      ]) {
        addClass((group as Json)["instanceClass"] as Json, add);
      }
      const pool = content["baseResourcePool"];
      for (const { cluster } of pool === undefined ? [] : place.zones) {
        add("host", `${cluster}/Resources/${String(pool)}`);
      }
      if (typeof content["storagePolicyID"] === "string") policies.add(content["storagePolicyID"]);
    }
  }
  return {
    paths: [...paths],
    storagePolicies: [...policies],
    tags: regions.flatMap(({ name, datacenter, zones }) => [
      [name, `/${datacenter}`] as const,
      ...zones.map((zone) => [zone.name, `/${datacenter}/host/${zone.cluster}`] as const),
    ]),
  };
}

function addClass(instanceClass: Json, add: (folder: string, name: unknown) => void): void {
  add("vm", instanceClass["template"]);
  add("datastore", instanceClass["datastore"]);
  add("network", instanceClass["mainNetwork"]);
  for (const network of (instanceClass["additionalNetworks"] ?? []) as string[]) {
    add("network", network);
  }
}
