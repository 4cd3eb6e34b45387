import { installationRules } from "../../../configuration/rules/cluster/installation";
import { certificate } from "../../support/certificate";
import { elsewhere, installed } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const second = "regions[1].clusterConfiguration";
const needs = (key: string): string =>
  `${second}.${key}: found nothing: the cluster configuration of k8s-region-x2 needs it, and Deckhouse would refuse the ` +
  "document: add it here, or to clusterConfiguration for every region";
const noEffect = (key: string, found: string): string =>
  `@.${key}: found ${found}: controlPlane is elsewhere, so no cluster is installed, and this would have no effect: remove ` +
  "it, or install the cluster in vSphere (controlPlane: vSphere)";
/** All that describes an installation, and how it is shown. */
const ofInstallation: Readonly<Record<string, readonly [value: unknown, shown: string]>> = {
  baseResourcePool: ["p", '"p"'],
  cloudPrefix: ["x", '"x"'],
  clusterDomain: ["d", '"d"'],
  defaultCRI: ["ContainerdV2", '"ContainerdV2"'],
  firstUser: [{ email: "a@b" }, "an object"],
  kubernetesVersion: ["1.31", '"1.31"'],
  masterNodeGroup: [installed.masterNodeGroup, "an object"],
  nodeGroups: [[], "an empty list"],
  podSubnetCIDR: ["10.1.0.0/16", '"10.1.0.0/16"'],
  podSubnetNodeCIDRPrefix: [24, "24"],
  proxy: [{ httpProxy: "http://p" }, "an object"],
  serviceSubnetCIDR: ["10.2.0.0/16", '"10.2.0.0/16"'],
  storagePolicy: [{ name: "n" }, "an object"],
  useNestedResourcePool: [true, "true"],
  vmFolderExists: [false, "false"],
};
const installation = Object.entries(ofInstallation);
const notBelow = (found: string, remedy: string): RuleCase => [
  { vmFolderPath: found },
  `@.vmFolderPath: found "${found}": Deckhouse looks for it below the datacenter's vm folder, where there is no such path: ` +
    `write names with single slashes between them, ${remedy}`,
];
const cannotMake = (found: string): string =>
  `@.vmFolderExists: found ${found}: the role has no Folder.Create, so the installer could not create the folder: create ` +
  "the folder, then write true; or add Folder.Create to role.extraPrivileges";
const noKey = (sshPublicKey: string, found = `"${sshPublicKey}"`): RuleCase => [
  { sshPublicKey },
  `@.sshPublicKey: found ${found}: it is not a public SSH key, and Deckhouse would refuse the document: copy the one line ` +
    "of the .pub file",
];
const nsxt = { host: "n", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" };
const granular = {
  "role.grant": "granular",
  "role.granular.regions": {
    "k8s-region-x1": { distributedPortGroups: ["n"] },
    "k8s-region-x2": { distributedPortGroups: ["n"], vmFolder: "k8s/x2" },
  },
};

/** A Deckhouse that accepts certificates of one's own. */
const newest = { "deckhouse.version": "1.78" };

describeClusterRules("what the installation of a cluster needs", installationRules, {
  clusterConfigurationComplete: {
    "neither in the region nor for all": [
      { [second]: {} },
      ...["masterNodeGroup", "networks", "sshPublicKey", "vmFolderPath"].map(needs),
    ],
    "what the top makes a cluster of": [
      { clusterConfiguration: { vmFolderPath: "k8s", disableTimesync: true } },
      ...["masterNodeGroup", "networks", "sshPublicKey"].map(needs),
    ],
    "less where the masters are elsewhere": [
      { [second]: { controlPlane: "elsewhere" } },
      ...["sshPublicKey", "vmFolderPath"].map(needs),
    ],
  },
  nothingIsInstalledElsewhere: {
    "what describes an installation": [
      { "@": elsewhere, ...Object.fromEntries(installation.map(([key, [value]]) => [key, value])) },
      ...installation.map(([key, [, shown]]) => noEffect(key, shown)),
    ],
    "what is beside it in the region, and not what the top says for those that are installed": [
      {
        "@": elsewhere,
        "regions[0].clusterConfiguration.cloudPrefix": "x",
        clusterConfiguration: { baseResourcePool: "y", networks: installed.networks },
        [second]: installed,
      },
      noEffect("cloudPrefix", '"x"'),
    ],
  },
  vmFolderIsRelative: {
    "a full path": notBelow("/X1/vm/k8s/x1", "k8s/x1"),
    "a slash at the end": notBelow("k8s/", "k8s"),
    "two slashes": notBelow("k8s//x1", "k8s/x1"),
    "no name": notBelow("/", "for example k8s/x1"),
    "a deep path with blanks, and another vm in it, is accepted": [
      { vmFolderPath: "k8s clusters/x1/vm" },
    ],
  },
  vmFolderCanBeMade: {
    "a role of the preset seed": [
      { "role.preset": "seed", vmFolderExists: undefined },
      cannotMake("nothing"),
    ],
    "a list of privileges": [
      { "role.privileges": ["Datastore.Browse"], vmFolderExists: false },
      cannotMake("false"),
    ],
    "a granular grant": [
      { ...granular, vmFolderExists: undefined },
      "regions[0].clusterConfiguration.vmFolderExists: found nothing: a granular grant needs a folder to grant the role " +
        "on, and the installer could not create it again: create the folder, then write true",
    ],
    "a privilege that is added is accepted": [
      {
        "role.preset": "seed",
        "role.extraPrivileges": ["Folder.Create"],
        vmFolderExists: undefined,
      },
    ],
    "a cluster elsewhere is accepted": [{ "@": elsewhere, "role.preset": "seed" }],
  },
  sshKeyIsPublic: {
    "data of another type": noKey("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q"),
    // The length in it is 12.
    "a length that is not that of the type": noKey(
      "ssh-ed25519 AAAADHNzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q",
    ),
    "nothing but the type": noKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"),
    // Its length and its type are those of a key.
    "an unknown type": noKey("ssh-foo AAAAB3NzaC1mb28AAAAgAAECAwQ="),
    "no type": noKey("AAAA"),
    "the private key, which is not shown": noKey("-----BEGIN OPENSSH PRIVATE KEY-----", "<hidden>"),
  },
  nsxtIsVerifiedOneWay: {
    "certificates that are not looked at": [
      { ...newest, nsxt: { ...nsxt, insecureFlag: true, caBundle: certificate } },
      "@.nsxt.insecureFlag: found true: caBundle is there too, and Deckhouse would refuse the document: remove one of the " +
        "two; keep the certificates",
    ],
    "certificates are accepted": [
      { ...newest, nsxt: { ...nsxt, insecureFlag: false, caBundle: certificate } },
    ],
    "no certificates are accepted": [{ nsxt: { ...nsxt, insecureFlag: true, caBundle: "" } }],
  },
  nsxtHostIsAHost: {
    "a web page": [
      { nsxt: { ...nsxt, host: "https://nsx.example.com/login.jsp" } },
      '@.nsxt.host: found "https://nsx.example.com/login.jsp": it is not the name or address of a host, with a port at ' +
        "most, and nobody could connect to it: write nsx.example.com",
    ],
  },
});
