import * as pulumi from "@pulumi/pulumi";
import * as vsphere from "@pulumi/vsphere";

import {
  validate,
  type CategoryArgs,
  type RegionArgs,
  type RegionZoneTaggingArgs,
  type ZoneArgs,
} from "./args";
import { groupKey } from "./tagAttachments/model";
import { DynamicResource } from "../dynamic/dynamicResource";

/** What a category is for. */
interface CategoryChoices {
  /** The types of the objects that its tags go on. */
  readonly associableTypes: string[];
  /** How many of its tags an object can carry, if it is made here. */
  readonly cardinality: "SINGLE" | "MULTIPLE";
  /** What is known of categories that exist; undefined when all are made here. */
  readonly existing: CategoryLookup | undefined;
  readonly deleteOnDestroy: boolean;
}

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
      cardinality: "SINGLE",
      existing,
      deleteOnDestroy,
    });
    const zoneCategory = this.#category(`${name}-zone-category`, args.zoneCategory, {
      associableTypes: ["ClusterComputeResource", "Datastore"],
      cardinality: args.zoneCategory.cardinality ?? "SINGLE",
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
      const settings = { name: tagName, categoryId, description };
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
        ...(args.zoneCategory.cardinality === "MULTIPLE" && {
          multiple: { [args.zoneCategory.name]: zones.map((zone) => zone.name) },
        }),
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
    { associableTypes, cardinality, existing, deleteOnDestroy }: CategoryChoices,
  ): pulumi.Output<string> {
    if (existing !== undefined && category.existing === true) {
      return existing.categoryIds.apply((ids) => ids[category.name] ?? "");
    }
    return new vsphere.TagCategory(
      childName,
      {
        name: category.name,
        description: category.description,
        // One tag of a category on each object, unless datastores are to be in several zones: two zone tags on a cluster
        // stop the CSI driver (deckhouse/deckhouse#18378).
        cardinality,
        associableTypes,
      },
      {
        parent: this,
        retainOnDelete: !deleteOnDestroy,
        // Others may widen a shared category, and vCenter lets neither be narrowed again: putting them back could only
        // be done by deleting the category, with everybody's tags. So a person widens it too (./tagAttachments/cardinality).
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

/** The inputs of a CategoryLookup resource. */
export interface CategoryLookupInputs {
  /**
   * The categories by name, each with the key of the configuration that says that it exists, for messages:
   * `{"k8s-region": "categories.region.existing"}`.
   */
  readonly settings: Readonly<Record<string, string>>;
}

/** What `check` makes of them, and what the state holds: only inputs are known at the first preview. */
export interface CategoryLookupOutputs extends CategoryLookupInputs {
  /** The ids, by the categories' names; empty for one that does not exist. */
  readonly categoryIds: Readonly<Record<string, string>>;
}

/** Looks, at every preview, for tag categories that others made. One that does not exist fails the preview. */
export class CategoryLookup extends DynamicResource {
  /** The ids, by the categories' names. Known at preview, also at the first. */
  declare readonly categoryIds: pulumi.Output<Readonly<Record<string, string>>>;

  constructor(name: string, args: CategoryLookupInputs, options?: pulumi.CustomResourceOptions) {
    super("categoryLookup", "CategoryLookup", name, { ...args, categoryIds: undefined }, options);
  }
}

/** The inputs of a TagAttachments resource, as a program gives them. */
export interface TagAttachmentsArgs {
  /** The categories of the tags: id by name. */
  readonly categories: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** The tags: id by name. The two categories cannot share a tag name. */
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Inventory paths, by the names of the tags on each of them (`groupKey` of tagAttachments/model.ts makes the key). */
  readonly attachments: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>>>;
  /**
   * The categories of which a datastore may carry several tags, each with the names of its tags.
   * @default none
   */
  readonly multiple?: Readonly<Record<string, readonly string[]>>;
  /**
   * Whether to refuse changes that detach a tag. The engine protects resources and knows nothing of the pairs in one: for
   * it, a pair that leaves the configuration is an update.
   * @default false
   */
  readonly protect?: boolean;
}

/**
 * Tags on inventory objects that the stack does not own. One resource holds many pairs, because the order of detaching
 * and attaching matters and the number of calls must not grow with the objects.
 */
export class TagAttachments extends DynamicResource {
  /** What a refresh found to differ in vCenter, one sentence for each pair. */
  declare readonly drift: pulumi.Output<string[]>;

  constructor(name: string, args: TagAttachmentsArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "tagAttachments",
      "TagAttachments",
      name,
      { ...args, vCenter: undefined, references: undefined, drift: undefined },
      options,
    );
  }
}
