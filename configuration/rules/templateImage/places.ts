import { finding } from "../../../findings/finding";
import type { DatacenterFolder } from "../../../vcenter";
import { clusterConfigurationsOf, saidOf, type Rule } from "../../places";
import { datacenterPath, isInside, objectName } from "../../inventoryPaths";
import { templatePlacePath, templatePlacesOf } from "../../resolve/templateImage";
import type { WrittenConfiguration } from "../../schema";

/** The datacenter's folders in which the parts of a place are. */
const folders: readonly (readonly [
  "cluster" | "datastore" | "network" | "folder",
  DatacenterFolder,
])[] = [
  ["cluster", "host"],
  ["datastore", "datastore"],
  ["network", "network"],
  ["folder", "vm"],
];

/** Every region says on which network its template is built, or its masters do; all else follows from what has to be there. */
const templatePlacesAreKnown: Rule = function* (configuration) {
  const { templateImage } = configuration;
  if (templateImage === undefined || templateImage.existing !== undefined) return;
  for (const { region, path, place } of templatePlacesOf(configuration)) {
    if (place.network !== undefined) continue;
    yield finding(
      `${path}.network`,
      undefined,
      `the template needs a network in ${region.region.name}, which has no masters to take one from`,
      "name it here",
    );
  }
};

/** A place is in the datacenter of its region. */
const templatePlacesAreInside: Rule = function* (configuration) {
  for (const { region, path, place } of templatePlacesOf(configuration)) {
    const { name, datacenter } = region.region;
    const own = saidOf(configuration.templateImage?.places, name);
    for (const [key, folder] of folders) {
      const object = place[key];
      if (own?.[key] === undefined || object === undefined) continue;
      if (isInside(datacenter, folder, object)) continue;
      yield finding(
        `${path}.${key}`,
        own[key],
        `it is outside ${datacenterPath(datacenter)}, the datacenter of this region`,
        `write a path that begins with ${datacenterPath(datacenter)}/${folder}/, or ${objectName(object)} alone`,
      );
    }
  }
};

/** The folder that is said of all regions at once is in the datacenter of each that names none itself. */
const templateFolderIsInEveryDatacenter: Rule = function* (configuration) {
  const { templateImage } = configuration;
  for (const { region, place } of templatePlacesOf(configuration)) {
    const { name, datacenter } = region.region;
    if (place.folder === undefined || saidOf(templateImage?.places, name)?.folder !== undefined)
      continue;
    if (isInside(datacenter, "vm", place.folder)) continue;
    yield finding(
      "templateImage.folder",
      templateImage?.folder,
      `it is outside ${datacenterPath(datacenter)}, where ${name} needs the template`,
      "write the path below each datacenter's vm folder, without the datacenter",
    );
  }
};

/** What is said of a place is said of a region that exists. */
const templatePlacesAreOfRegions: Rule = function* ({ regions, templateImage }) {
  const names = regions.map(({ name }) => name);
  for (const [name, place] of Object.entries(templateImage?.places ?? {})) {
    if (names.includes(name)) continue;
    yield finding(
      templatePlacePath(name),
      place,
      "no region has this name, and this would have no effect",
      `write one of ${names.join(", ")}`,
    );
  }
};

/**
 * A datacenter in which Packer builds has no pattern in its path. Most names that Packer's plugin looks objects up by can
 * be quoted (template/packerVariables.ts). But it finds the folder of virtual machines by the datacenter's path as
 * vCenter gave it, which it takes for a pattern (packer-plugin-vsphere, builder/vsphere/driver/folder.go). Where there is a
 * cluster as well, the cluster's rule `namesAreNoPatterns` says it.
 */
const datacentersOfBuildsAreNoPatterns: Rule = function* (configuration) {
  const withCluster = clusterConfigurationsOf(configuration).map(({ path }) => path);
  for (const { path, region } of builtPlaces(configuration).map((place) => place.region)) {
    if (withCluster.includes(path) || !/[*?[\\]/.test(datacenterPath(region.datacenter))) continue;
    yield finding(
      `${path}.datacenter`,
      region.datacenter,
      "Packer's vSphere plugin takes * ? [ and \\ in the path of a datacenter for a pattern, and there is no way to quote " +
        "them, so it could not build the template there",
      "use a template that is there already (templateImage.existing); renaming the datacenter would break whatever looks " +
        "it up by its name",
    );
  }
};

/**
 * A datastore on which Packer builds has no bracket in its name: files on it are written as `[datastore] path`, in which
 * a bracket cannot be quoted (vSphere Web Services SDK, "Datastore paths").
 */
const datastoresOfBuildsHaveNoBrackets: Rule = function* (configuration) {
  for (const { path, place } of builtPlaces(configuration)) {
    const name = objectName(place.datastore ?? "");
    if (!/[[\]]/.test(name)) continue;
    yield finding(
      `${path}.datastore`,
      name,
      "a file on it is written as [datastore] path, in which a bracket of the name cannot be quoted, so Packer could not " +
        "put the template's files there",
      "name another datastore here; renaming this one would break whatever looks it up by its name",
    );
  }
};

/** The places in which Packer builds; copies of the template are made by vCenter. */
function builtPlaces(configuration: WrittenConfiguration): ReturnType<typeof templatePlacesOf> {
  const { templateImage } = configuration;
  if (templateImage === undefined || templateImage.existing !== undefined) return [];
  const places = templatePlacesOf(configuration);
  return templateImage.distribution === "copy" ? places.slice(0, 1) : places;
}

/** What has to hold for the places where the template is built and copied to. */
export const templatePlaceRules: readonly Rule[] = [
  templatePlacesAreKnown,
  templatePlacesAreInside,
  templateFolderIsInEveryDatacenter,
  templatePlacesAreOfRegions,
  datacentersOfBuildsAreNoPatterns,
  datastoresOfBuildsHaveNoBrackets,
];
