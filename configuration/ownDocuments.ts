import type { WrittenClusterConfiguration } from "./types";

/** Documents that this program writes for a cluster. */
export interface OwnDocuments {
  /** The API's group, without its version; empty for Kubernetes' own. */
  readonly group: string;
  readonly kinds: readonly string[];
  /** Whether a document of that name is one of them. */
  readonly isName: (name: string) => boolean;
  /** The key that they come from. */
  readonly key: keyof WrittenClusterConfiguration;
}

const deckhouse = "deckhouse.io";

/** Kinds that are not for resources of one's own, with what to do in their place. */
const otherPlaces: Readonly<Record<string, string>> = {
  ModuleConfig: "write it under extraSettings, by the name of the module",
  ClusterConfiguration: "write the keys of clusterConfiguration, such as podSubnetCIDR",
  InitConfiguration: "write the keys of deckhouse, such as imagesRepo",
  StaticClusterConfiguration: "remove it; the nodes of this cluster are in vSphere",
  VsphereClusterConfiguration: "write the keys of clusterConfiguration, such as masterNodeGroup",
};

/**
 * What to do in place of a document that is no resource of one's own.
 *
 * @param apiVersion `deckhouse.io/v1`
 * @returns undefined for a document that may be written
 */
export function otherPlaceOf(apiVersion: string, kind: string): string | undefined {
  if (apiVersion === "v1" && kind === "List") return "write each of its items as an entry here";
  return groupOf(apiVersion) === deckhouse && Object.hasOwn(otherPlaces, kind)
    ? otherPlaces[kind]
    : undefined;
}

/** The group of an API: `deckhouse.io` of `deckhouse.io/v1`, empty of `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.replace(/\/.*$/, "") : "";
}

/**
 * The documents of a cluster that have a name, beside the settings of modules.
 *
 * @param region name of the region's tag, after which MetalLB's objects are named
 */
export function ownDocuments(
  region: string,
  cluster: WrittenClusterConfiguration,
): readonly OwnDocuments[] {
  const { ephemeralNodeGroups = [], ingress, additionalIngresses = [], controlPlane } = cluster;
  // What the top says of clusters that are installed is left out where nothing is.
  const { nodeGroups = [], firstUser } = controlPlane === "elsewhere" ? {} : cluster;
  const named = (kinds: readonly string[], names: readonly string[]) => ({
    group: deckhouse,
    kinds,
    isName: (name: string) => names.includes(name),
  });
  const namesOf = (groups: readonly { readonly name: string }[]) => groups.map(({ name }) => name);
  const ingresses = ingress === undefined ? additionalIngresses : [ingress, ...additionalIngresses];
  const hasBGP = ingresses.some(({ metallbBGP }) => metallbBGP !== undefined);
  const hasMetallb = hasBGP || ingresses.some(({ metallbL2 }) => metallbL2 !== undefined);
  // A long name of a region is cut short, and the name of a controller and a number may follow.
  const start = region.slice(0, 20);
  const isMetallbName = (name: string): boolean =>
    ["ingress-", "frontend-", "router-", "metallb-bgp-"].some((word) =>
      name.startsWith(word + start),
    );
  return [
    { ...named(["NodeGroup"], ["master"]), key: "masterNodeGroup" },
    { ...named(["NodeGroup"], namesOf(nodeGroups)), key: "nodeGroups" },
    {
      ...named(["NodeGroup", "VsphereInstanceClass"], namesOf(ephemeralNodeGroups)),
      key: "ephemeralNodeGroups",
    },
    {
      ...named(
        ["User", "ClusterAuthorizationRule"],
        firstUser === undefined ? [] : [firstUserName(firstUser.email)],
      ),
      key: "firstUser",
    },
    {
      ...named(["IngressNginxController"], ingress === undefined ? [] : ["main"]),
      key: "ingress",
    },
    {
      ...named(["IngressNginxController"], namesOf(additionalIngresses)),
      key: "additionalIngresses",
    },
    {
      group: "network.deckhouse.io",
      kinds: [
        "MetalLoadBalancerPool",
        "MetalLoadBalancerBGPPeer",
        "MetalLoadBalancerConfiguration",
        "MetalLoadBalancerClass",
      ],
      isName: (name) => hasMetallb && isMetallbName(name),
      key: "ingress",
    },
    {
      group: "",
      kinds: ["Secret"],
      isName: (name) => hasBGP && isMetallbName(name),
      key: "ingress",
    },
  ];
}

/** Kubernetes makes label values of some names, and a label value has at most 63 characters. */
const longestName = 63;

/**
 * The name of the first user's objects in Kubernetes: what stands before the `@`, `john-doe` for `john.doe@example.com`.
 *
 * @param email the address; a letter or a digit is before the `@`
 */
export function firstUserName(email: string): string {
  return email
    .replace(/@.*$/, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, longestName)
    .replace(/-$/, "");
}
