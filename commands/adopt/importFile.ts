import type { EngineState } from "../engineState";
import type { PlannedThing } from "./plan";

/** What `pulumi import --file` reads. */
export interface ImportFile {
  /** The URNs of what the state has already, by the names that resources refer to it with. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly Readonly<Record<string, unknown>>[];
}

/** The components and the provider of index.ts, by their names there. */
const others = {
  topology: { type: "deckhouse-vsphere:index:RegionZoneTagging", component: true },
  kubernetes: { type: "deckhouse-vsphere:index:KubernetesRole", component: true },
  vsphere: { type: "pulumi:providers:vsphere" },
} as const;

/**
 * The file by which the engine takes things into the state as if the program had made them: in their components, and by
 * the program's own provider. What of these the state does not have yet is made by the import.
 *
 * Source: pulumi/pulumi `pkg/cmd/pulumi/operations/import.go` (importSpec), `pkg/resource/deploy/import.go`
 * (registerProviders); categories are imported by name, tags by a JSON text with both names, roles by number
 * (vmware/terraform-provider-vsphere).
 *
 * @param things those to take
 * @param provider the instance UUID of the vCenter that the provider is for, and the version of the provider
 */
export function importFile(
  things: readonly PlannedThing[],
  { resources }: EngineState,
  { instanceUuid, version }: { readonly instanceUuid: string; readonly version: string },
): ImportFile {
  const parents = new Set(things.map(({ named }) => named.resource.parent));
  const needed = ["vsphere", ...parents] as (keyof typeof others)[];
  const urnOf = (name: keyof typeof others): string | undefined =>
    resources.find((one) => one.name === name && one.type === others[name].type)?.urn;
  return {
    nameTable: Object.fromEntries(
      needed.flatMap((name) => {
        const urn = urnOf(name);
        return urn === undefined ? [] : [[name, urn]];
      }),
    ),
    resources: [
      ...needed
        .filter((name) => urnOf(name) === undefined)
        .map((name) => ({
          ...{ name, ...others[name] },
          ...(name === "vsphere" && { version, inputs: { instanceUuid } }),
        })),
      ...things.map(({ named: { resource }, importId }) => ({
        ...{ type: resource.type, name: resource.name, id: importId },
        ...{ parent: resource.parent, provider: "vsphere", version },
      })),
    ],
  };
}
