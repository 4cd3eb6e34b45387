import * as pulumi from "@pulumi/pulumi";
import * as vsphere from "@pulumi/vsphere";

import { CategoryLookup } from "./categoryLookup/resource";
import { groupKey } from "./tagAttachments/model";
import { TagAttachments } from "./tagAttachments/resource";

/** A tag category that the stack makes, or that exists. */
export interface CategoryArgs {
  /** The name, by which Deckhouse finds the category's tags. */
  readonly name: string;
  /** The text beside it in the vSphere Client. Not used for an existing category. */
  readonly description?: pulumi.Input<string>;
  /**
   * Another stack or a person made the category: it is used, and never changed or deleted.
   * @default false
   */
  readonly existing?: boolean;
}

/** A zone: a tag, the cluster that is the zone, and the datastores for its volumes. */
export interface ZoneArgs {
  /** The tag's name, and the logical key of its resources: lower-case letters, digits and dashes. */
  readonly name: string;
  readonly description?: pulumi.Input<string>;
  /** Inventory path of the ComputeCluster: `/X1/host/x1_cluster_prod`. */
  readonly cluster: pulumi.Input<string>;
  /** Inventory paths of the datastores: `/X1/datastore/x1_lun_1`. */
  readonly datastores: readonly pulumi.Input<string>[];
}

/** A region: a tag, the datacenter that is the region, and its zones. */
export interface RegionArgs {
  /** The tag's name, and the logical key of its resources: lower-case letters, digits and dashes. */
  readonly name: string;
  readonly description?: pulumi.Input<string>;
  /** Inventory path of the datacenter: `/X1`. */
  readonly datacenter: pulumi.Input<string>;
  readonly zones: readonly ZoneArgs[];
}

/** The inputs of {@link RegionZoneTagging}. The lists decide how many resources there are, so they are plain values. */
export interface RegionZoneTaggingArgs {
  readonly regionCategory: CategoryArgs;
  readonly zoneCategory: CategoryArgs;
  readonly regions: readonly RegionArgs[];
  /**
   * Whether `pulumi destroy` deletes the categories that the stack made. vCenter then deletes, without asking, all tags
   * in them and all attachments of those tags, whoever made them.
   * @default false
   */
  readonly deleteCategoriesOnDestroy?: boolean;
}

/** What a category is for. */
interface CategoryChoices {
  /** The types of the objects that its tags go on. */
  readonly associableTypes: string[];
  /** What is known of categories that exist; undefined when all are made here. */
  readonly existing: CategoryLookup | undefined;
  readonly deleteOnDestroy: boolean;
}

/** Names that serve as the logical keys of resources and of groups of attachments. */
const logicalKey = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * The regions and zones of Deckhouse Kubernetes Platform: two tag categories, a tag for each region and zone, and the
 * tags on the datacenters, clusters and datastores that play these parts. With the option `protect`, no tag is taken off
 * an object either.
 *
 * @example
 * new RegionZoneTagging("topology", {
 *   regionCategory: { name: "k8s-region" },
 *   zoneCategory: { name: "k8s-zone" },
 *   regions: [{
 *     name: "k8s-region-x1",
 *     datacenter: "/X1",
 *     zones: [{
 *       name: "k8s-zone-x1-a",
 *       cluster: "/X1/host/x1_cluster_prod",
 *       datastores: ["/X1/datastore/x1_lun_1"],
 *     }],
 *   }],
 * });
 */
export class RegionZoneTagging extends pulumi.ComponentResource {
  /** The ids of the two categories, by name. */
  readonly categoryIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** The ids of the region tags, by name. */
  readonly regionTagIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** The ids of the zone tags, by name. */
  readonly zoneTagIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Known once every tag is attached: let what needs the tags depend on it. */
  readonly attachments: TagAttachments;

  constructor(
    name: string,
    args: RegionZoneTaggingArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    validate(args);
    super("deckhouse-vsphere:index:RegionZoneTagging", name, {}, options);

    const existing = this.#existingCategories(name, args);
    const deleteOnDestroy = args.deleteCategoriesOnDestroy ?? false;
    const regionCategory = this.#category(`${name}-region-category`, args.regionCategory, {
      associableTypes: ["Datacenter", "Datastore"],
      existing,
      deleteOnDestroy,
    });
    const zoneCategory = this.#category(`${name}-zone-category`, args.zoneCategory, {
      associableTypes: ["ClusterComputeResource", "Datastore"],
      existing,
      deleteOnDestroy,
    });
    this.categoryIds = {
      [args.regionCategory.name]: regionCategory,
      [args.zoneCategory.name]: zoneCategory,
    };
    const tag = (
      categoryId: pulumi.Output<string>,
      { name: tagName, description }: RegionArgs | ZoneArgs,
    ) => {
      const settings = {
        name: tagName,
        categoryId,
        ...(description === undefined ? {} : { description }),
      };
      return new vsphere.Tag(`${name}-${tagName}`, settings, { parent: this }).id;
    };
    const zones = args.regions.flatMap((region) => region.zones);
    this.regionTagIds = byName(args.regions, (region) => tag(regionCategory, region));
    this.zoneTagIds = byName(zones, (zone) => tag(zoneCategory, zone));

    this.attachments = new TagAttachments(
      `${name}-attachments`,
      {
        categories: this.categoryIds,
        tags: { ...this.regionTagIds, ...this.zoneTagIds },
        attachments: attachmentGroups(args.regions),
        // A provider does not see this option.
        ...(options?.protect === true ? { protect: true } : {}),
      },
      { parent: this },
    );
    this.registerOutputs({
      categoryIds: this.categoryIds,
      regionTagIds: this.regionTagIds,
      zoneTagIds: this.zoneTagIds,
    });
  }

  /** One look at all that exist, so that all that is missing is told at once. */
  #existingCategories(
    name: string,
    { regionCategory, zoneCategory }: RegionZoneTaggingArgs,
  ): CategoryLookup | undefined {
    const settings = {
      ...(regionCategory.existing === true && {
        [regionCategory.name]: "categories.region.existing",
      }),
      ...(zoneCategory.existing === true && { [zoneCategory.name]: "categories.zone.existing" }),
    };
    return Object.keys(settings).length === 0
      ? undefined
      : new CategoryLookup(`${name}-existing-categories`, { settings }, { parent: this });
  }

  /** The id of a category that is made here, or looked up when it exists. */
  #category(
    childName: string,
    category: CategoryArgs,
    { associableTypes, existing, deleteOnDestroy }: CategoryChoices,
  ): pulumi.Output<string> {
    if (existing !== undefined && category.existing === true) {
      return existing.categoryIds.apply((ids) => ids[category.name] ?? "");
    }
    return new vsphere.TagCategory(
      childName,
      {
        name: category.name,
        ...(category.description === undefined ? {} : { description: category.description }),
        // One tag of a category on each object: two zone tags on one object stop the CSI driver
        // (deckhouse/deckhouse#18378).
        cardinality: "SINGLE",
        associableTypes,
      },
      {
        parent: this,
        retainOnDelete: !deleteOnDestroy,
        // Others may widen a shared category, and vCenter lets neither be narrowed again: putting them back could only
        // be done by deleting the category, with everybody's tags.
        ignoreChanges: ["cardinality", "associableTypes"],
      },
    ).id;
  }
}

/**
 * Which tags go on which objects: the region's on its datacenter, the zone's on its cluster, both on each datastore
 * (deckhouse/deckhouse, the vSphere provider's ENVIRONMENT.md).
 */
function attachmentGroups(regions: readonly RegionArgs[]): Record<string, pulumi.Input<string>[]> {
  const groups: Record<string, pulumi.Input<string>[]> = {};
  for (const region of regions) {
    groups[groupKey([region.name])] = [region.datacenter];
    for (const zone of region.zones) {
      groups[groupKey([zone.name])] = [zone.cluster];
      if (zone.datastores.length > 0) {
        groups[groupKey([region.name, zone.name])] = [...zone.datastores];
      }
    }
  }
  return groups;
}

function byName<Named extends { readonly name: string }, Value>(
  items: readonly Named[],
  value: (item: Named) => Value,
): Record<string, Value> {
  return Object.fromEntries(items.map((item) => [item.name, value(item)]));
}

/** Refuses names that cannot be keys: the resources of two tags with one name would take each other's place. */
function validate({ regions, regionCategory, zoneCategory }: RegionZoneTaggingArgs): void {
  const names = regions.flatMap((region) => [
    region.name,
    ...region.zones.map((zone) => zone.name),
  ]);
  for (const name of names) {
    if (!logicalKey.test(name)) {
      throw new pulumi.RunError(
        `RegionZoneTagging: found tag name "${name}": it has other characters than lower-case letters, digits and ` +
          "dashes, and Kubernetes would not take it as a label value: choose another name",
      );
    }
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new pulumi.RunError(
      `RegionZoneTagging: found tag name "${repeated}" twice: each region and zone needs a name of its own: choose another name`,
    );
  }
  if (regionCategory.name.toLowerCase() === zoneCategory.name.toLowerCase()) {
    throw new pulumi.RunError(
      `RegionZoneTagging: found "${zoneCategory.name}" as both categories: a datastore could not carry its region and ` +
        "its zone: name two categories",
    );
  }
}
