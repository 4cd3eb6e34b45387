import type { BuiltTemplate, ExistingTemplate } from "../../configuration";
import { pathText, type Finding } from "../../findings/finding";
import { machineInPlaceOfTemplate, unmetRequirements } from "../../template/requirements";
import { kindOf } from "../../vcenter/offline";
import type { Inventory } from "../../vcenter";
import { withoutCauses } from "../causes";
import type { Check, Wanted } from "../check";
import type { PlaceFound, TemplateImageFound } from "../facts";
import { noTemplate } from "./templates";

/**
 * The template of `templateImage` is in every region, and nodes can be cloned from it; or it can be made there, which what
 * the inventory lists is looked for by the check of objects.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const templateImage: Check = {
  name: "templateImage",
  run(wanted, { inventory, templateImages }) {
    const image = wanted.configuration.templateImage;
    if (image === undefined) return { findings: [], facts: 0 };
    if (templateImages === undefined) {
      return {
        findings: [],
        facts: 0,
        skipped:
          "the Packer folder cannot be read, and without it the template's name is not known",
      };
    }
    const datacenters = new Map(
      wanted.configuration.regions.map(({ name, datacenter }) => [name, datacenter]),
    );
    const all = templateImages.map((one) => ({ ...one, datacenter: datacenters.get(one.region) }));
    const { sought, skipped } = withoutCauses(inventory, all, ["template", "templates"]);
    return {
      facts: sought.reduce((sum, { places }) => sum + 1 + places.length, 0),
      findings: sought.flatMap((one) =>
        image.kind === "existing"
          ? existingFaults(inventory, image, one)
          : builtFaults(wanted, inventory, image, one),
      ),
      skipped,
    };
  },
};

function existingFaults(
  inventory: Inventory,
  image: ExistingTemplate,
  { region, path, machine, instead }: TemplateImageFound,
): readonly Finding[] {
  const where = "templateImage.existing.template";
  const found = JSON.stringify(inventory.realPath(path));
  if (machine !== undefined) {
    const size = image.regions[region]?.smallestRootDisk;
    return unmetRequirements(where, machine, size).map((one) => ({ ...one, found }));
  }
  return [
    {
      severity: "error",
      where,
      found,
      wrong: noTemplate(instead),
      consequence: `and no node of ${region} could be cloned`,
      remedy: "correct templateImage.existing, or let templateImage build one (builtin)",
    },
  ];
}

function builtFaults(
  { isReady, names }: Wanted,
  inventory: Inventory,
  image: BuiltTemplate,
  { region, path, machine, instead, places }: TemplateImageFound,
): readonly Finding[] {
  const where = "templateImage";
  const found = JSON.stringify(inventory.realPath(path));
  if (machine !== undefined) {
    const faults = machine.isTemplate
      ? unmetRequirements(where, machine, image.regions[region]?.smallestRootDisk)
      : [machineInPlaceOfTemplate(where)];
    return faults.map((one) => ({ ...one, found }));
  }
  const told: Finding[] = isReady
    ? [
        {
          severity: "error",
          where,
          found,
          wrong: noTemplate(instead),
          consequence: `and no node of ${region} could be cloned`,
          remedy: "run pulumi up, which makes it",
        },
      ]
    : [];
  const clusters = new Map(names.map((one) => [`${one.at} ${one.path}`, one]));
  const sought = withoutCauses(
    inventory,
    places.map((place) => ({ ...clusters.get(`${place.at} ${place.path}`), ...place })),
  ).sought;
  return [
    ...told,
    ...sought.flatMap((place) => placeFaults(inventory, place)),
    ...unknownToPacker(inventory, image, region),
  ];
}

function placeFaults(
  inventory: Inventory,
  { at, path, exists, instead }: PlaceFound,
): readonly Finding[] {
  if (exists) return [];
  const kind = at.endsWith(".host") ? "host" : "resource pool";
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(inventory.realPath(path)),
      wrong:
        instead === undefined
          ? `no such ${kind} in vCenter, or this account cannot see it`
          : `it is ${kindOf(instead)}, not a ${kind}`,
      consequence: "and the template could not be made there",
      remedy: `correct ${at}, or leave it out`,
    },
  ];
}

/**
 * Packer's plugin looks for folders only below `vm` of the datacenter. Copies are made by vCenter.
 *
 * Source: hashicorp/packer-plugin-vsphere `builder/vsphere/driver/folder.go` (FindFolder).
 */
function unknownToPacker(
  inventory: Inventory,
  { distribution, regions }: BuiltTemplate,
  region: string,
): readonly Finding[] {
  const isCopied = distribution === "copy" && Object.keys(regions).indexOf(region) > 0;
  const datacenter = regions[region]?.place.datacenter ?? "";
  const real = inventory.realPath(datacenter);
  const folder = inventory.folderPath(real, "vm");
  if (isCopied || folder === `${real}/vm`) return [];
  return [
    {
      severity: "error",
      where: pathText(["templateImage", "places", region]),
      found: JSON.stringify(folder),
      wrong:
        "Packer's vSphere plugin cannot build in a datacenter whose folder for virtual machines is not called vm",
      consequence: "and the template could not be built there",
      remedy:
        "build in another region and have the template copied here (templateImage.distribution: copy, with that region " +
        "first), or name an existing template (templateImage.existing)",
    },
  ];
}
