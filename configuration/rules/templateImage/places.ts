import { datacenterPath, isInside, objectName } from "../../inventoryPaths";
import { hasUnknownDatastores, regionsOf } from "../../places";
import { finding } from "../../../findings/finding";
import { templatePlacePath, templatePlacesOf } from "../../templatePlaces";
import type { Rule } from "../rule";
import type { DatacenterFolder } from "../../../vcenter";

/** Where the missing parts of a place can come from. */
const origins = {
  cluster: "the cluster of the region's first zone",
  datastore: "the datastore of the masters or of the first zone",
  network: "the main network of the masters",
  folder: "templateImage.folder",
} as const;

const folders: Readonly<Record<keyof typeof origins, DatacenterFolder>> = {
  cluster: "host",
  datastore: "datastore",
  network: "network",
  folder: "vm",
};

/** Every region says where its template is to be, or it follows from the rest. */
export const templatePlacesAreKnown: Rule = (draft, faulty) => {
  const { templateImage } = draft;
  if (templateImage === undefined || templateImage.existing !== undefined) {
    return [];
  }
  return templatePlacesOf(draft).flatMap(({ region, path, place }) =>
    (Object.keys(origins) as (keyof typeof origins)[])
      .filter((key) => place[key] === undefined)
      .filter(
        (key) =>
          !faulty(`${path}.${key}`) &&
          !(key === "datastore" && hasUnknownDatastores(region)) &&
          !faulty(`${region.path}.zones`) &&
          !faulty(`${region.path}.clusterConfiguration`) &&
          !faulty("clusterConfiguration") &&
          !faulty("templateImage.folder"),
      )
      .map((key) =>
        finding(
          `${path}.${key}`,
          undefined,
          `the template needs a ${key} in ${region.region.name ?? "the region"}, and none follows from ${origins[key]}`,
          "name it here",
        ),
      ),
  );
};

/** A place is in the datacenter of its region. */
export const templatePlacesAreInside: Rule = (draft) =>
  templatePlacesOf(draft).flatMap(({ region, path, place }) =>
    (Object.keys(origins) as (keyof typeof origins)[]).flatMap((key) => {
      const object = place[key];
      const own = draft.templateImage?.places?.[region.region.name ?? ""]?.[key];
      const datacenter = region.region.datacenter ?? "";
      return own === undefined || object === undefined || isInside(datacenter, folders[key], object)
        ? []
        : [
            finding(
              `${path}.${key}`,
              own,
              `it is outside ${datacenterPath(datacenter)}, the datacenter of this region`,
              `write a path that begins with ${datacenterPath(datacenter)}/${folders[key]}/, or ${objectName(object)} alone`,
            ),
          ];
    }),
  );

/** The folder that is said of all regions at once is in the datacenter of each that names none of its own. */
export const templateFolderIsInEveryDatacenter: Rule = (draft) =>
  templatePlacesOf(draft).flatMap(({ region: { region }, place }) => {
    const datacenter = region.datacenter ?? "";
    return place.folder === undefined ||
      draft.templateImage?.places?.[region.name ?? ""]?.folder !== undefined ||
      isInside(datacenter, "vm", place.folder)
      ? []
      : [
          finding(
            "templateImage.folder",
            draft.templateImage?.folder,
            `it is outside ${datacenterPath(datacenter)}, where ${region.name ?? "a region"} needs the template`,
            "write the path below each datacenter's vm folder, without the datacenter",
          ),
        ];
  });

/** What is said of a place is said of a region that exists. */
export const templatePlacesAreOfRegions: Rule = (draft) => {
  const names = regionsOf(draft).map(({ region }) => region.name);
  if (names.includes(undefined)) {
    return [];
  }
  return Object.entries(draft.templateImage?.places ?? {})
    .filter(([name]) => !names.includes(name))
    .map(([name, place]) =>
      finding(
        templatePlacePath(name),
        place,
        "no region has this name, and this would have no effect",
        `write one of ${names.join(", ")}`,
      ),
    );
};
