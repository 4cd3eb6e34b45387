import type * as pulumi from "@pulumi/pulumi";

import type { Region, Zone } from "../../configuration";
import { onTopic, FindingsError, type Finding } from "../../findings/finding";

/** A tag category that the stack makes, or that exists. */
export interface CategoryArgs {
  /** The name, by which Deckhouse finds the category's tags. */
  readonly name: string;
  /** The text beside it in the vSphere Client. That of an existing category is compared with it, and never changed. */
  readonly description?: pulumi.Input<string>;
  /**
   * Another stack or a person made the category: it is used, and never changed or deleted.
   * @default false
   */
  readonly existing?: boolean;
}

/** The category of zones. */
export interface ZoneCategoryArgs extends CategoryArgs {
  /**
   * Whether a datastore can be in several zones. A new category is made like this; one that exists is never changed, and
   * vCenter widens one, but never narrows it again (vSphere Automation API, `CategoryTypes.UpdateSpec`).
   * @default "SINGLE"
   */
  readonly cardinality?: "SINGLE" | "MULTIPLE";
}

/** A zone: a tag, the cluster that is the zone, and the datastores for its volumes. */
export interface ZoneArgs {
  /** The tag's name, and the logical key of its resources: lower-case letters, digits and dashes, if it is made here. */
  readonly name: string;
  /**
   * The name that the tag had at the last `up`: it is renamed in vCenter, and stays on its objects. Where the stack has no
   * such tag, nothing comes of it.
   * @default the tag keeps its name
   */
  readonly formerName?: string;
  readonly description?: pulumi.Input<string>;
  /**
   * Another stack or a person made the tag: it is used, and never changed or deleted.
   * @default false
   */
  readonly existing?: boolean;
  /** Inventory path of the ComputeCluster: `/X1/host/x1_cluster_prod`. */
  readonly cluster: pulumi.Input<string>;
  /** Inventory paths of the datastores: `/X1/datastore/x1_lun_1`. Only a MULTIPLE category lets two zones share one. */
  readonly datastores: readonly pulumi.Input<string>[];
}

/** A region: a tag, the datacenter that is the region, and its zones. */
export interface RegionArgs {
  /** The tag's name, and the logical key of its resources: lower-case letters, digits and dashes, if it is made here. */
  readonly name: string;
  /**
   * The name that the tag had at the last `up`: it is renamed in vCenter, and stays on its objects. Where the stack has no
   * such tag, nothing comes of it.
   * @default the tag keeps its name
   */
  readonly formerName?: string;
  readonly description?: pulumi.Input<string>;
  /**
   * Another stack or a person made the tag: it is used, and never changed or deleted.
   * @default false
   */
  readonly existing?: boolean;
  /** Inventory path of the datacenter: `/X1`. */
  readonly datacenter: pulumi.Input<string>;
  readonly zones: readonly ZoneArgs[];
}

/** The inputs of {@link RegionZoneTagging}. The lists decide how many resources there are, so they are plain values. */
export interface RegionZoneTaggingArgs {
  readonly regionCategory: CategoryArgs;
  readonly zoneCategory: ZoneCategoryArgs;
  readonly regions: readonly RegionArgs[];
  /**
   * Whether `pulumi destroy` deletes the categories that the stack made. vCenter then deletes, without asking, all tags
   * in them and all attachments of those tags, whoever made them.
   * @default false
   */
  readonly deleteCategoriesOnDestroy?: boolean;
}

/** The characters of tags that exist: those of a Kubernetes label value. */
const labelValue = /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;

/** Names that serve as the logical keys of resources and of groups of attachments. */
const logicalKey = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Refuses names that cannot be keys: the resources of two tags with one name would take each other's place. */
export function validate({ regions, regionCategory, zoneCategory }: RegionZoneTaggingArgs): void {
  const tags = regions.flatMap((region) => [region, ...region.zones]);
  const names = tags.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const faults = [
    ...tags
      .filter(({ name, existing }) => !(existing === true ? labelValue : logicalKey).test(name))
      .map(({ name }) =>
        fault(
          `tag name "${name}"`,
          "it has other characters than lower-case letters, digits and dashes, and Kubernetes would not accept it as a " +
            "label value",
          "choose another name",
        ),
      ),
    ...[...repeated].map((name) =>
      fault(
        `tag name "${name}" twice`,
        "each region and each zone needs a unique name",
        "choose another name",
      ),
    ),
    ...(regionCategory.name.toLowerCase() === zoneCategory.name.toLowerCase()
      ? [
          fault(
            `"${zoneCategory.name}" as both categories`,
            "a datastore could not carry its region and its zone",
            "name two categories",
          ),
        ]
      : []),
  ];
  if (faults.length > 0) throw new FindingsError(onTopic("configuration-tags", faults));
}

function fault(found: string, wrong: string, remedy: string): Finding {
  return { severity: "error", where: "RegionZoneTagging", found, wrong, remedy };
}

/** Where a zone is. Its datastores are left out: thousands of them would make the state and every preview long. */
export interface ZonePlace {
  readonly cluster: string;
}

/** Where a region is, and its zones by name. */
export interface RegionPlace {
  readonly datacenter: string;
  readonly zones: Readonly<Record<string, ZonePlace>>;
}

/** The regions by name, with the inventory paths of their parts: the stack's output for people and other programs. */
export function regionTree(
  regions: readonly (Pick<Region, "name" | "datacenter"> & {
    readonly zones: readonly Pick<Zone, "name" | "cluster">[];
  })[],
): Record<string, RegionPlace> {
  return Object.fromEntries(
    regions.map(({ name, datacenter, zones }) => [
      name,
      {
        datacenter,
        zones: Object.fromEntries(zones.map(({ name: zone, cluster }) => [zone, { cluster }])),
      },
    ]),
  );
}
