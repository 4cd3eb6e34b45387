/** What checks a document, and so how its schema is to be read. */
export type Checker =
  /** The installer: its schemas are lists of versions, and it refuses keys that they do not have. */
  | "dhctl"
  /** The settings of a module, in a ModuleConfig: dhctl and Deckhouse check them alike. */
  | "module"
  /** The API server, by a CustomResourceDefinition. */
  | "API server";

/** Where the schema of one kind of document is published. */
export interface Source {
  /** The document's kind; of the settings of a module `ModuleConfig` and the module's name. */
  readonly kind: string;
  readonly checker: Checker;
  /** The version of the API that the program writes. */
  readonly apiVersion: string;
  /** Below a folder that is laid out as deckhouse/deckhouse is: the first that is there. */
  readonly files: readonly string[];
  /** The first version of Deckhouse that has the kind, where not all have it. */
  readonly since?: string;
}

const vsphereModule = "ee/se-plus/modules/030-cloud-provider-vsphere";
/** Where files of the installer for vSphere were before Deckhouse 1.75. */
const oldVsphere = "ee/se-plus/candi/cloud-providers/vsphere/openapi";
const metallb = "ee/se/modules/380-metallb";

function installer(kind: string, ...files: string[]): Source {
  return { kind, checker: "dhctl", apiVersion: "deckhouse.io/v1", files };
}

function module(name: string, folder: string): Source {
  return {
    kind: `ModuleConfig ${name}`,
    checker: "module",
    apiVersion: "deckhouse.io/v1alpha1",
    files: [`${folder}/openapi/config-values.yaml`],
  };
}

function resource(kind: string, apiVersion: string, ...files: string[]): Source {
  return { kind, checker: "API server", apiVersion, files };
}

function metallbResource(kind: string, file: string): Source {
  return resource(kind, "network.deckhouse.io/v1alpha1", `${metallb}/crds/${file}`);
}

/** Every kind of document that is written, or is to be. */
export const sources: readonly Source[] = [
  installer("ClusterConfiguration", "candi/openapi/cluster_configuration.yaml"),
  installer("InitConfiguration", "candi/openapi/init_configuration.yaml"),
  installer(
    "VsphereClusterConfiguration",
    `${vsphereModule}/candi/openapi/cluster_configuration.yaml`,
    `${oldVsphere}/cluster_configuration.yaml`,
  ),
  resource("ModuleConfig", "deckhouse.io/v1alpha1", "deckhouse-controller/crds/module-config.yaml"),
  module("deckhouse", "modules/002-deckhouse"),
  module("global", "global-hooks"),
  module("metallb", metallb),
  module("cloud-provider-vsphere", vsphereModule),
  resource("NodeGroup", "deckhouse.io/v1", "modules/040-node-manager/crds/node_group.yaml"),
  resource(
    "VsphereInstanceClass",
    "deckhouse.io/v1",
    `${vsphereModule}/candi/openapi/instance_class.yaml`,
    `${oldVsphere}/instance_class.yaml`,
  ),
  resource(
    "IngressNginxController",
    "deckhouse.io/v1",
    "modules/402-ingress-nginx/crds/ingress-nginx.yaml",
  ),
  metallbResource("MetalLoadBalancerClass", "metalloadbalancerclasses.yaml"),
  ...(
    [
      ["MetalLoadBalancerPool", "metalloadbalancerpools.yaml"],
      ["MetalLoadBalancerBGPPeer", "metalloadbalancerbgppeers.yaml"],
      ["MetalLoadBalancerConfiguration", "metalloadbalancerconfigurations.yaml"],
    ] as const
  ).map(([kind, file]) => ({ ...metallbResource(kind, file), since: "1.77" })),
];

/** The version of a folder whose name is not that of a release. */
const unreleased: Readonly<Record<string, string>> = {
  "main-20260806": "1.77",
  newest: "1.78",
};

/** The version of Deckhouse that a folder's schemas stand for: 1.74 of `v1.74.17`; undefined for any other name. */
export function versionOfFolder(name: string): string | undefined {
  const [, release] = /^v(\d+\.\d+)\.\d+$/.exec(name) ?? [];
  return release ?? (Object.hasOwn(unreleased, name) ? unreleased[name] : undefined);
}
