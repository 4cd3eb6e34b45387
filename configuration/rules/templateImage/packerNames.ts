import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { datacenterPath, objectName } from "../../inventoryPaths";
import { regionsOf } from "../../places";
import { finding } from "../../../findings/finding";
import { templatePlacesOf, type TemplatePlaceDraft } from "../../templatePlaces";
import type { ConfigurationDraft } from "../../draft";
import type { Rule } from "../rule";

/**
 * A datacenter in which Packer builds has no pattern in its path. Most names that Packer's plugin looks objects up by can
 * be quoted (template/packerVariables.ts). But it finds the folder of virtual machines by the datacenter's path as
 * vCenter gave it, which it takes for a pattern (packer-plugin-vsphere, builder/vsphere/driver/folder.go). Where there is a
 * cluster as well, its own rule about such names says it (rules/cluster/patterns.ts).
 */
export const datacentersOfBuildsAreNoPatterns: Rule = (draft) => {
  const withCluster = clusterConfigurationsOf(draft).map(({ path }) => path);
  return builtPlaces(draft).flatMap(({ region: { path, region } }) =>
    !withCluster.includes(path) && /[*?[\\]/.test(datacenterPath(region.datacenter ?? ""))
      ? [
          finding(
            `${path}.datacenter`,
            region.datacenter,
            "Packer's vSphere plugin takes * ? [ and \\ in the path of a datacenter for a pattern, and there is no way to quote " +
              "them, so it could not build the template there",
            "take a template that is there already (templateImage.existing); with another name the datacenter would be " +
              "unknown to clusters and people that look for it",
          ),
        ]
      : [],
  );
};

/**
 * A datastore on which Packer builds has no bracket in its name: files on it are written as `[datastore] path`, in which
 * a bracket cannot be quoted (vSphere Web Services SDK, "Datastore paths").
 */
export const datastoresOfBuildsHaveNoBrackets: Rule = (draft) =>
  builtPlaces(draft).flatMap(({ path, place: { datastore } }) =>
    datastore !== undefined && /[[\]]/.test(objectName(datastore))
      ? [
          finding(
            `${path}.datastore`,
            objectName(datastore),
            "a file on it is written as [datastore] path, in which a bracket of the name cannot be quoted, so Packer could not " +
              "put the template's files there",
            "name another datastore here; with another name this one would be unknown to clusters and people that look for it",
          ),
        ]
      : [],
  );

/** The places in which Packer builds; copies of the template are made by vCenter. */
function builtPlaces(draft: ConfigurationDraft): TemplatePlaceDraft[] {
  const { templateImage } = draft;
  if (templateImage === undefined || templateImage.existing !== undefined) {
    return [];
  }
  const isBuiltInEach =
    templateImage.distribution !== undefined && templateImage.distribution !== "copy";
  const [first] = regionsOf(draft);
  return templatePlacesOf(draft).filter(
    ({ region }) => isBuiltInEach || region.path === first?.path,
  );
}
