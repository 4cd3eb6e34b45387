import { finding } from "../../../findings/finding";
import { clusterConfigurationsOf, requiredClusterKeys, type Rule } from "../../places";
import { hostFaults } from "../../connection";
import { rolePrivileges } from "../../privileges";
import { grantModelOf } from "../../resolve/grants";
import type { WrittenClusterConfiguration } from "../../types";

/** What describes a cluster that is installed here, and nothing else. */
const keysOfInstallation = [
  "masterNodeGroup",
  "nodeGroups",
  "cloudPrefix",
  "vmFolderExists",
  "baseResourcePool",
  "useNestedResourcePool",
  "storagePolicy",
  "podSubnetCIDR",
  "podSubnetNodeCIDRPrefix",
  "serviceSubnetCIDR",
  "clusterDomain",
  "kubernetesVersion",
  "defaultCRI",
  "proxy",
  "firstUser",
] as const satisfies readonly (keyof WrittenClusterConfiguration)[];

const keyForm = /^(?<type>[a-z0-9@.-]+) (?<data>[A-Za-z0-9+/]+={0,2})( .*)?$/;
const keyTypes = [
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
];

/**
 * A cluster configuration has what Deckhouse requires, from the top or from the region. A cluster whose masters are
 * elsewhere needs neither masters nor networks.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`; for a control plane
 * elsewhere `openapi/config-values.yaml` of the same module.
 */
const clusterConfigurationComplete: Rule = function* (configuration) {
  for (const { path, cluster, region } of clusterConfigurationsOf(configuration)) {
    const isElsewhere = cluster.controlPlane === "elsewhere";
    for (const key of requiredClusterKeys) {
      const isOfInstallation = key === "networks" || key === "masterNodeGroup";
      if (cluster[key] !== undefined || (isElsewhere && isOfInstallation)) continue;
      yield finding(
        `${path}.clusterConfiguration.${key}`,
        undefined,
        `the cluster configuration of ${region.name} needs it, and Deckhouse would refuse the document`,
        "add it here, or to clusterConfiguration for every region",
      );
    }
  }
};

/**
 * Where the masters are elsewhere, nothing is installed: what would describe that would be left out without a word.
 * What the top says for the regions that are installed does not count.
 */
const nothingIsInstalledElsewhere: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (cluster.controlPlane !== "elsewhere") continue;
    const place = parent(pathOf("controlPlane"));
    for (const key of keysOfInstallation) {
      if (cluster[key] === undefined || parent(pathOf(key)) !== place) continue;
      yield finding(
        pathOf(key),
        cluster[key],
        "controlPlane is elsewhere, so no cluster is installed, and this would have no effect",
        "remove it, or install the cluster in vSphere (controlPlane: vSphere)",
      );
    }
  }
};

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}

/**
 * `vmFolderPath` is relative to the datacenter's folder for virtual machines.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
const vmFolderIsRelative: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const folder = cluster.vmFolderPath;
    if (folder === undefined || !/^\/|\/\/|\/$/.test(folder)) continue;
    const names = folder.split("/").filter((name) => name !== "");
    // The name of the datacenter and of its folder are those that a full path begins with.
    const below = names.indexOf("vm") === 1 ? names.slice(2) : names;
    yield finding(
      pathOf("vmFolderPath"),
      folder,
      "Deckhouse looks for it below the datacenter's vm folder, where there is no such path",
      `write names with single slashes between them, ${below.join("/") || "for example k8s/x1"}`,
    );
  }
};

/**
 * The folder exists, and is said to, when the account may not make it, or when the program grants the role on it. For a
 * folder that exists and is not said to, the installer stops with "The name '…' already exists".
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/main.tf`.
 */
const vmFolderCanBeMade: Rule = function* (configuration) {
  const { role } = configuration;
  // Without a role of the stack, nothing is known of what the account may do.
  if (role === undefined) return;
  const mayCreate = rolePrivileges(role).includes("Folder.Create");
  if (mayCreate && grantModelOf(role) !== "granular") return;
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (cluster.vmFolderExists === true || cluster.controlPlane === "elsewhere") continue;
    yield finding(
      pathOf("vmFolderExists"),
      cluster.vmFolderExists,
      mayCreate
        ? "a granular grant needs a folder to grant the role on, and the installer could not create it again"
        : "the role has no Folder.Create, so the installer could not create the folder",
      mayCreate
        ? "create the folder, then write true"
        : "create the folder, then write true; or add Folder.Create to role.extraPrivileges",
    );
  }
};

/**
 * The key for the nodes is a public key in OpenSSH's form: a type, and data that begins with that type.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`; RFC 4253,
 * section 6.6.
 */
const sshKeyIsPublic: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (cluster.sshPublicKey === undefined || isPublicKey(cluster.sshPublicKey)) continue;
    yield finding(
      pathOf("sshPublicKey"),
      cluster.sshPublicKey,
      "it is not a public SSH key, and Deckhouse would refuse the document",
      "copy the one line of the .pub file",
    );
  }
};

function isPublicKey(key: string): boolean {
  const { type = "", data = "" } = keyForm.exec(key)?.groups ?? {};
  const bytes = Buffer.from(data, "base64");
  return (
    keyTypes.includes(type) &&
    // The key itself follows its type.
    bytes.length > 4 + type.length &&
    bytes.readUInt32BE(0) === type.length &&
    bytes.toString("latin1", 4, 4 + type.length) === type
  );
}

/**
 * NSX-T's certificate is verified with these, or not at all.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
const nsxtIsVerifiedOneWay: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { insecureFlag, caBundle } = cluster.nsxt ?? {};
    if (insecureFlag !== true || caBundle === undefined || caBundle === "") continue;
    yield finding(
      `${pathOf("nsxt")}.insecureFlag`,
      insecureFlag,
      "caBundle is there too, and Deckhouse would refuse the document",
      "remove one of the two; keep the certificates",
    );
  }
};

/** NSX-T's manager is named as a host: Deckhouse puts `https://` before it. */
const nsxtHostIsAHost: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (cluster.nsxt === undefined) continue;
    yield* hostFaults(`${pathOf("nsxt")}.host`, cluster.nsxt.host, "nsx.example.com");
  }
};

/** What the installation of a cluster needs, and the keys that stand for themselves. */
export const installationRules: readonly Rule[] = [
  clusterConfigurationComplete,
  nothingIsInstalledElsewhere,
  vmFolderIsRelative,
  vmFolderCanBeMade,
  sshKeyIsPublic,
  nsxtIsVerifiedOneWay,
  nsxtHostIsAHost,
];
