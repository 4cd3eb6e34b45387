import { templateBuildRules } from "../../../configuration/rules/templateImage/build";
import type { Changes } from "../../support/changedConfiguration";
import { elsewhere } from "./clusterSupport";
import { describeRules, type RuleCase } from "./ruleTable";
import { builtin, existing } from "./support";

const sha256 = `sha256:${"a".repeat(64)}`;
const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
/** The nodes are cloned from the template of `templateImage`. */
const left: Changes = { [`${masters}.template`]: undefined, [`${frontend}.template`]: undefined };

const twoSources = (second: string): string =>
  `templateImage.${second}: found an object: templateImage.builtin is set too, and the two exclude each other: choose ` +
  `either builtin or ${second}`;
const onlyChecked = (key: string, shown: string): string =>
  `templateImage.${key}: found ${shown}: templateImage.existing names a template that is only checked, so this would have ` +
  "no effect: remove one of the two";
const checked = (key: string, value: unknown, shown: string): RuleCase => [
  { ...existing, [`templateImage.${key}`]: value },
  onlyChecked(key, shown),
];
const oneOfPair = (missing: string, given: string, value: string): RuleCase => [
  { ...builtin, [`templateImage.${given}`]: value },
  `templateImage.${missing}: found nothing: templateImage.${given} is set, and would be used with the ${missing} of another ` +
    "image: set both or neither",
];
const variable = (name: string, found: string, key: string): RuleCase => [
  { ...builtin, "templateImage.variables": { [name]: "x" } },
  `templateImage.variables.${name}: found ${found}: the program sets this variable itself: use ${key} instead`,
];
const noTemplate = (path: string): string =>
  `@.${path}.template: found nothing: the nodes have no template to be cloned from, and Deckhouse would refuse the ` +
  "document: name one here, or let templateImage build or check one";
const tooLarge = (found: number, least: number, changes: Changes): RuleCase => [
  { ...builtin, ...left, "templateImage.diskSize": found, ...changes },
  `templateImage.diskSize: found ${found}: nodes have root disks of ${least} GiB, which cannot be smaller than the ` +
    `template's, and cloning would fail: write ${least} or less, or raise rootDiskSize of the nodes`,
];

/** The variables that the program sets, by the key to use in their place. */
const ownVariables: Readonly<Record<string, string>> = {
  vcenter_server: "vsphere:vsphereServer",
  vcenter_username: "templateImage.account",
  vcenter_insecure_connection: "vsphere:allowUnverifiedSsl",
  vcenter_cluster: "templateImage.places.<region>.cluster",
  vcenter_datacenter: "regions[].datacenter",
  vcenter_host: "templateImage.places.<region>.host",
  vcenter_resource_pool: "templateImage.places.<region>.resourcePool",
  vcenter_datastore: "templateImage.places.<region>.datastore",
  vcenter_folder: "templateImage.folder",
  vm_network: "templateImage.places.<region>.network",
  os_iso_url: "templateImage.isoUrl",
  iso_checksum: "templateImage.isoChecksum",
  num_cpu: "templateImage.numCPUs",
  num_cores: "templateImage.coresPerSocket",
  vm_ram: "templateImage.memory",
  root_disk_size: "templateImage.diskSize",
};

describeRules("the template that is built", templateBuildRules, {
  templateImageHasOneSource: {
    "no source": [
      { ...builtin, "templateImage.builtin": undefined },
      "templateImage: found an object: it does not say where the template comes from: add one of builtin, deckhouse, " +
        'directory, existing, for example builtin: {ubuntu: "24.04"}',
    ],
    "two sources": [
      { ...builtin, "templateImage.deckhouse": { ubuntu: "22.04" } },
      twoSources("deckhouse"),
    ],
    "three sources": [
      {
        ...builtin,
        "templateImage.deckhouse": { ubuntu: "22.04" },
        "templateImage.directory": { path: "x", name: "ours" },
      },
      twoSources("deckhouse"),
      twoSources("directory"),
    ],
  },
  existingTemplatesAreNotBuilt: {
    numCPUs: checked("numCPUs", 4, "4"),
    coresPerSocket: checked("coresPerSocket", 4, "4"),
    memory: checked("memory", 4096, "4096"),
    diskSize: checked("diskSize", 20, "20"),
    httpAddress: checked("httpAddress", "10.8.0.5", '"10.8.0.5"'),
    account: checked("account", { username: "packer@corp" }, "an object"),
    variables: checked("variables", { locale: "de" }, "an object"),
    places: checked("places", { "k8s-region-x1": { network: "n" } }, "an object"),
    "isoUrl and isoChecksum": [
      { ...existing, "templateImage.isoUrl": "u.iso", "templateImage.isoChecksum": sha256 },
      onlyChecked("isoChecksum", `"${sha256.slice(0, 59)}…"`),
      onlyChecked("isoUrl", '"u.iso"'),
    ],
    "empty variables and places are accepted": [
      { ...existing, "templateImage.variables": {}, "templateImage.places": {} },
    ],
  },
  installerHasChecksum: {
    "an image alone": oneOfPair("isoChecksum", "isoUrl", "u.iso"),
    "a checksum alone": oneOfPair("isoUrl", "isoChecksum", sha256),
    "both are accepted": [
      { ...builtin, "templateImage.isoUrl": "u.iso", "templateImage.isoChecksum": sha256 },
    ],
  },
  templateVariablesAreFree: {
    ...Object.fromEntries(
      Object.entries(ownVariables).map(([name, key]) => [name, variable(name, '"x"', key)]),
    ),
    "the password, which is not shown": variable(
      "vcenter_password",
      "<hidden>",
      "templateImagePassword",
    ),
    "the end of the name": [
      { ...builtin, "templateImage.variables": { image_name_suffix: "-x" } },
      'templateImage.variables.image_name_suffix: found "-x": the program sets this variable itself, to the fingerprint ' +
        "of the template: remove it",
    ],
    "the names of JavaScript's own properties are accepted": [
      { ...builtin, "templateImage.variables": { constructor: "x", toString: "y" } },
    ],
  },
  templateAccountHasDomain: {
    "a bare name": [
      { ...builtin, "templateImage.account.username": "packer" },
      'templateImage.account.username: found "packer": the user has no domain, and vCenter would refuse the login: write ' +
        "user@domain, for example packer@vsphere.local",
    ],
    "the other form is accepted": [
      { ...builtin, "templateImage.account.username": "VSPHERE.LOCAL\\packer" },
    ],
  },
  nodesHaveTemplates: {
    "masters and a group": [left, noTemplate(masters), noTemplate(frontend)],
    "ephemeral nodes of a cluster whose masters are elsewhere": [
      { "@": elsewhere, "ephemeralNodeGroups[0].instanceClass.template": undefined },
      noTemplate("ephemeralNodeGroups[0].instanceClass"),
    ],
    "ephemeral nodes that take that of the masters are accepted": [
      {
        ephemeralNodeGroups: [
          { name: "w", minPerZone: 0, maxPerZone: 1, instanceClass: { numCPUs: 1, memory: 1 } },
        ],
      },
    ],
    "none is accepted where one is built": [{ ...builtin, ...left }],
    "none is accepted where one is checked": [{ ...existing, ...left }],
  },
  templateDiskFits: {
    "the smallest root disk of the nodes": tooLarge(41, 40, {
      [`${masters}.rootDiskSize`]: 60,
      [`${frontend}.rootDiskSize`]: 40,
    }),
    "Deckhouse's own size where nodes name none": tooLarge(51, 50, {}),
    "the same size is accepted": [{ ...builtin, ...left, "templateImage.diskSize": 50 }],
    "more is accepted than nodes have that name their template": [
      {
        ...builtin,
        [`${masters}.template`]: undefined,
        [`${masters}.rootDiskSize`]: 60,
        "templateImage.diskSize": 60,
      },
    ],
    "any is accepted where all nodes name their template": [
      { ...builtin, "templateImage.diskSize": 9999 },
    ],
  },
  protectedTemplatesStay: {
    "removed where nothing may be deleted": [
      { ...builtin, "templateImage.oldTemplates": "remove", protect: true },
      'templateImage.oldTemplates: found "remove": protect is true, so nothing that the stack made may be deleted: write ' +
        "keep, or set protect to false",
    ],
    "removed is accepted where all may be": [
      { ...builtin, "templateImage.oldTemplates": "remove" },
    ],
    "kept is accepted where nothing may be": [
      { ...builtin, "templateImage.oldTemplates": "keep", protect: true },
    ],
  },
});
