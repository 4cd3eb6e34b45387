import { principalParts } from "../../../findings/principals";
import { pathText, finding } from "../../../findings/finding";
import { smallestRootDisk } from "../../templatePlaces";
import { keysOfVariables } from "../../../template/packerVariables";
import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { nodeGroupsOf } from "../cluster/nodeGroupPlaces";
import type { Rule } from "../rule";

/** A variable that a key of the configuration sets is set by that key alone: one of the two would be lost. */
export const templateVariablesAreFree: Rule = ({ templateImage }) =>
  Object.entries(templateImage?.variables ?? {}).flatMap(([name, value]) => {
    const key = Object.hasOwn(keysOfVariables, name) ? keysOfVariables[name] : undefined;
    const path = pathText(["templateImage", "variables", name]);
    if (key !== undefined) {
      return [finding(path, value, "the program sets this variable itself", `use ${key} instead`)];
    }
    return name === "image_name_suffix"
      ? [
          finding(
            path,
            value,
            "the program sets this variable itself, to the fingerprint of the template",
            "remove it",
          ),
        ]
      : [];
  });

/** The building account is named as vCenter and Packer take it. */
export const templateAccountHasDomain: Rule = ({ templateImage }) => {
  const username = templateImage?.account?.username;
  return username === undefined || principalParts(username) !== undefined
    ? []
    : [
        finding(
          "templateImage.account.username",
          username,
          "the user has no domain, and vCenter would not let it in",
          "write user@domain, for example packer@vsphere.local",
        ),
      ];
};

/** Every node has a template: its own, or the one of `templateImage`. */
export const nodesHaveTemplates: Rule = (draft, faulty) =>
  draft.templateImage !== undefined || faulty("templateImage")
    ? []
    : nodeGroupsOf(draft)
        .filter(
          ({ path, cluster: { cluster }, isEphemeral, instanceClass }) =>
            // Ordered nodes take the template of the masters.
            (!isEphemeral || cluster.controlPlane === "elsewhere") &&
            instanceClass.template === undefined &&
            !faulty(`${path}.instanceClass`),
        )
        .map(({ path, instanceClass }) =>
          finding(
            `${path}.instanceClass.template`,
            instanceClass.template,
            "the nodes have no template to be cloned from, and Deckhouse would refuse the document",
            "name one here, or let templateImage build or check one",
          ),
        );

/**
 * A root disk is not smaller than the template's disk: a disk cannot shrink, and cloning would fail.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const templateDiskFits: Rule = (draft) => {
  const diskSize = draft.templateImage?.diskSize;
  if (diskSize === undefined) {
    return [];
  }
  const smallest = clusterConfigurationsOf(draft)
    .map(({ cluster }) => smallestRootDisk(cluster))
    .filter((size) => size !== undefined);
  const least = Math.min(...smallest);
  return diskSize <= least
    ? []
    : [
        finding(
          "templateImage.diskSize",
          diskSize,
          `nodes have root disks of ${least} GiB, which cannot be smaller than the template's, and cloning would fail`,
          `write ${least} or less, or raise rootDiskSize of the nodes`,
        ),
      ];
};

/** `protect` promises that nothing is deleted; a template that is removed for a new one would be. */
export const protectedTemplatesStay: Rule = ({ protect, templateImage }) =>
  protect === true && templateImage?.oldTemplates === "remove"
    ? [
        finding(
          "templateImage.oldTemplates",
          templateImage.oldTemplates,
          "protect is true, so nothing that the stack made may be deleted",
          "write keep, or set protect to false",
        ),
      ]
    : [];
