import { finding, pathText } from "../../../findings/finding";
import { keysOfVariables } from "../../../template/packerVariables";
import { clusterConfigurationsOf, type Rule } from "../../places";
import { principalParts } from "../../../findings/principals";
import { smallestRootDisk } from "../../resolve/templateImage";
import { nodeGroupsOf } from "../cluster/nodeGroupPlaces";

const sources = ["builtin", "deckhouse", "directory", "existing"] as const;

/** Keys that say how a template is built, by which nothing is said of one that exists. */
const buildKeys = [
  "isoUrl",
  "isoChecksum",
  "numCPUs",
  "coresPerSocket",
  "memory",
  "diskSize",
  "httpAddress",
  "account",
] as const;

/** Such keys that are empty where nothing is written. */
const buildMaps = ["variables", "places"] as const;

/** A template comes from one source. */
const templateImageHasOneSource: Rule = function* ({ templateImage }) {
  if (templateImage === undefined) return;
  const [first, ...others] = sources.filter((key) => templateImage[key] !== undefined);
  if (first === undefined) {
    yield finding(
      "templateImage",
      templateImage,
      "it does not say where the template comes from",
      `add one of ${sources.join(", ")}, for example builtin: {ubuntu: "24.04"}`,
    );
  }
  for (const other of others) {
    yield finding(
      `templateImage.${other}`,
      templateImage[other],
      `templateImage.${first ?? ""} is set too, and the two exclude each other`,
      `choose either ${first ?? ""} or ${other}`,
    );
  }
};

/** What would have no effect is refused, so that nobody believes that it has one. */
const existingTemplatesAreNotBuilt: Rule = function* ({ templateImage }) {
  if (templateImage?.existing === undefined) return;
  const written = [
    ...buildKeys.filter((key) => templateImage[key] !== undefined),
    ...buildMaps.filter((key) => Object.keys(templateImage[key]).length > 0),
  ];
  for (const key of written) {
    yield finding(
      `templateImage.${key}`,
      templateImage[key],
      "templateImage.existing names a template that is only checked, so this would have no effect",
      "remove one of the two",
    );
  }
};

/** An image and its checksum are changed together: one without the other never fits. */
const installerHasChecksum: Rule = function* ({ templateImage }) {
  const { isoUrl, isoChecksum } = templateImage ?? {};
  if ((isoUrl === undefined) === (isoChecksum === undefined)) return;
  const isWithoutUrl = isoUrl === undefined;
  const missing = isWithoutUrl ? "isoUrl" : "isoChecksum";
  yield finding(
    `templateImage.${missing}`,
    undefined,
    `templateImage.${isWithoutUrl ? "isoChecksum" : "isoUrl"} is set, and would be used with the ${missing} of another ` +
      "image",
    "set both or neither",
  );
};

/** A variable that a key of the configuration sets is set by that key alone: one of the two would be lost. */
const templateVariablesAreFree: Rule = function* ({ templateImage }) {
  const wrong = "the program sets this variable itself";
  for (const [name, value] of Object.entries(templateImage?.variables ?? {})) {
    const path = pathText(["templateImage", "variables", name]);
    if (name === "image_name_suffix") {
      yield finding(path, value, `${wrong}, to the fingerprint of the template`, "remove it");
    } else if (Object.hasOwn(keysOfVariables, name)) {
      yield finding(path, value, wrong, `use ${keysOfVariables[name] ?? ""} instead`);
    }
  }
};

/** The building account is named as vCenter and Packer take it. */
const templateAccountHasDomain: Rule = function* ({ templateImage }) {
  const username = templateImage?.account?.username;
  if (username === undefined || principalParts(username) !== undefined) return;
  yield finding(
    "templateImage.account.username",
    username,
    "the user has no domain, and vCenter would refuse the login",
    "write user@domain, for example packer@vsphere.local",
  );
};

/** Every node has a template: its own, or the one of `templateImage`. */
const nodesHaveTemplates: Rule = function* (configuration) {
  if (configuration.templateImage !== undefined) return;
  for (const { path, cluster, isEphemeral, instanceClass } of nodeGroupsOf(configuration)) {
    const takesThatOfMasters = isEphemeral && cluster.cluster.controlPlane !== "elsewhere";
    if (instanceClass.template !== undefined || takesThatOfMasters) continue;
    yield finding(
      `${path}.instanceClass.template`,
      undefined,
      "the nodes have no template to be cloned from, and Deckhouse would refuse the document",
      "name one here, or let templateImage build or check one",
    );
  }
};

/**
 * A root disk is not smaller than the template's disk: a disk cannot shrink, and cloning would fail.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
const templateDiskFits: Rule = function* (configuration) {
  const diskSize = configuration.templateImage?.diskSize;
  const sizes = clusterConfigurationsOf(configuration).map(({ cluster }) =>
    smallestRootDisk(cluster),
  );
  const least = Math.min(...sizes.filter((size) => size !== undefined));
  if (diskSize === undefined || diskSize <= least) return;
  yield finding(
    "templateImage.diskSize",
    diskSize,
    `nodes have root disks of ${least} GiB, which cannot be smaller than the template's, and cloning would fail`,
    `write ${least} or less, or raise rootDiskSize of the nodes`,
  );
};

/** `protect` promises that nothing is deleted; a template that is removed for a new one would be. */
const protectedTemplatesStay: Rule = function* ({ protect, templateImage }) {
  if (!protect || templateImage?.oldTemplates !== "remove") return;
  yield finding(
    "templateImage.oldTemplates",
    templateImage.oldTemplates,
    "protect is true, so nothing that the stack made may be deleted",
    "write keep, or set protect to false",
  );
};

/** What has to hold for the template: where it comes from, how it is built, and the nodes that are cloned from it. */
export const templateBuildRules: readonly Rule[] = [
  templateImageHasOneSource,
  existingTemplatesAreNotBuilt,
  installerHasChecksum,
  templateVariablesAreFree,
  templateAccountHasDomain,
  nodesHaveTemplates,
  templateDiskFits,
  protectedTemplatesStay,
];
