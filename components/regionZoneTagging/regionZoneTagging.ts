import * as pulumi from "@pulumi/pulumi";
import * as vsphere from "@pulumi/vsphere";

import {
  validate,
  type CategoryArgs,
  type RegionArgs,
  type RegionZoneTaggingArgs,
  type ZoneArgs,
  type ZoneCategoryArgs,
} from "./args";
import { byPath, type AttachmentsByPath } from "./tagAttachments/model";
import { DynamicResource } from "../dynamic/dynamicResource";
import { ExistingObjects, type ExistingTag } from "../existingObjects/existingObjects";

/** What a category is for. */
interface CategoryChoices {
  /** How the category is made, if it is made here. */
  readonly settings: CategorySettings;
  /** What is known of what exists; undefined when all is made here. */
  readonly existing: ExistingObjects | undefined;
  readonly deleteOnDestroy: boolean;
}

/** The types of the objects that the tags of each category go on. */
const associableTypes = {
  region: ["Datacenter", "Datastore"],
  zone: ["ClusterComputeResource", "Datastore"],
};

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

    const existing = this.#existingObjects(name, args);
    const deleteOnDestroy = args.deleteCategoriesOnDestroy ?? false;
    const settings = {
      region: settingsOf(args.regionCategory, "region"),
      zone: settingsOf(args.zoneCategory, "zone"),
    };
    const regionCategory = this.#category(`${name}-region-category`, args.regionCategory, {
      settings: settings.region,
      existing,
      deleteOnDestroy,
    });
    const zoneCategory = this.#category(`${name}-zone-category`, args.zoneCategory, {
      settings: settings.zone,
      existing,
      deleteOnDestroy,
    });
    this.categoryIds = {
      [args.regionCategory.name]: regionCategory,
      [args.zoneCategory.name]: zoneCategory,
    };
    const tag = (
      categoryId: pulumi.Output<string>,
      { name: tagName, formerName, description, existing: exists }: RegionArgs | ZoneArgs,
    ) => {
      const childName = `${name}-${tagName}`;
      if (existing !== undefined && exists === true) {
        const id = existing.tagIds.apply((ids) => ids[tagName] ?? "");
        return vsphere.Tag.get(childName, id, { name: tagName }, { parent: this }).id;
      }
      const made = { name: tagName, categoryId, description };
      // The engine then takes it for the same resource, and the vSphere provider renames the tag in vCenter.
      const aliases = formerName === undefined ? [] : [{ name: `${name}-${formerName}` }];
      return new vsphere.Tag(childName, made, { parent: this, aliases }).id;
    };
    const zones = args.regions.flatMap((region) => region.zones);
    this.regionTagIds = byName(args.regions, (region) => tag(regionCategory, region));
    this.zoneTagIds = byName(zones, (zone) => tag(zoneCategory, zone));

    this.attachments = new TagAttachments(
      `${name}-attachments`,
      {
        categories: this.categoryIds,
        tags: { ...this.regionTagIds, ...this.zoneTagIds },
        attachments: attachmentsOf(args.regions),
        ...(args.zoneCategory.cardinality === "MULTIPLE" && {
          multiple: { [args.zoneCategory.name]: zones.map((zone) => zone.name) },
        }),
        ...existingTagNames([...args.regions, ...zones]),
        categorySettings: {
          [args.regionCategory.name]: settings.region,
          [args.zoneCategory.name]: settings.zone,
        },
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

  /** One look at all that exists, so that all that is missing is told at once. */
  #existingObjects(name: string, args: RegionZoneTaggingArgs): ExistingObjects | undefined {
    const categories = existingCategories(args);
    const tags = existingTags(args);
    if (Object.keys(categories).length + Object.keys(tags).length === 0) return undefined;
    const inputs = {
      ...(Object.keys(categories).length > 0 && { categories }),
      ...(Object.keys(tags).length > 0 && { tags }),
    };
    return new ExistingObjects(`${name}-existing-categories`, inputs, { parent: this });
  }

  /**
   * The id of a category that is made here, or used when it exists. One that exists is read under the name that a made one
   * has: the engine then lets go of one that it made, and never deletes it (pulumi/pulumi
   * `pkg/resource/deploy/step_generator.go`, GenerateReadSteps). With a state the vSphere provider reads it by its id,
   * without one it would take the id for a name.
   */
  #category(
    childName: string,
    category: CategoryArgs,
    { settings, existing, deleteOnDestroy }: CategoryChoices,
  ): pulumi.Output<string> {
    const { name } = category;
    if (existing !== undefined && category.existing === true) {
      const id = existing.categoryIds.apply((ids) => ids[name] ?? "");
      return vsphere.TagCategory.get(childName, id, { name }, { parent: this }).id;
    }
    return new vsphere.TagCategory(
      childName,
      { name, ...settings },
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
 * How a category is made. One tag of it on each object, unless datastores are to be in several zones: two zone tags on a
 * cluster stop the CSI driver (deckhouse/deckhouse#18378).
 */
function settingsOf(category: ZoneCategoryArgs, kind: "region" | "zone"): CategorySettings {
  return {
    description: category.description,
    cardinality: category.cardinality ?? "SINGLE",
    associableTypes: associableTypes[kind],
  };
}

function existingCategories(args: RegionZoneTaggingArgs): Record<string, string> {
  const kinds = (["region", "zone"] as const).filter(
    (kind) => args[`${kind}Category`].existing === true,
  );
  return Object.fromEntries(
    kinds.map((kind) => [args[`${kind}Category`].name, `categories.${kind}.existing`]),
  );
}

function existingTags({
  regions,
  regionCategory,
  zoneCategory,
}: RegionZoneTaggingArgs): Record<string, ExistingTag> {
  const tags: Record<string, ExistingTag> = {};
  for (const [index, region] of regions.entries()) {
    const setting = `regions[${index}]`;
    add(region, setting, regionCategory);
    for (const [number, zone] of region.zones.entries()) {
      add(zone, `${setting}.zones[${number}]`, zoneCategory);
    }
  }
  return tags;

  function add(tag: RegionArgs | ZoneArgs, at: string, category: CategoryArgs): void {
    if (tag.existing !== true) return;
    tags[tag.name] = { setting: `${at}.existing`, category: category.name };
  }
}

/** Absent where there are none, so that the states of other stacks stay as they are. */
function existingTagNames(tags: readonly (RegionArgs | ZoneArgs)[]): { existing?: string[] } {
  const existing = tags.filter((tag) => tag.existing === true).map((tag) => tag.name);
  return existing.length === 0 ? {} : { existing };
}

/**
 * Which tags go on which objects: the region's on its datacenter, the zone's on its cluster, both on each datastore
 * (deckhouse/deckhouse, the vSphere provider's ENVIRONMENT.md).
 */
function attachmentsOf(regions: readonly RegionArgs[]): pulumi.Output<AttachmentsByPath> {
  const pair = (tag: string, path: pulumi.Input<string>) => ({ tag, path, reference: undefined });
  const pairs = regions.flatMap((region) => [
    pair(region.name, region.datacenter),
    ...region.zones.flatMap((zone) => [
      pair(zone.name, zone.cluster),
      ...zone.datastores.flatMap((path) => [pair(region.name, path), pair(zone.name, path)]),
    ]),
  ]);
  return pulumi.output(pairs).apply((known) => byPath(known).attachments);
}

function byName<Named extends { readonly name: string }, Value>(
  items: readonly Named[],
  value: (item: Named) => Value,
): Record<string, Value> {
  return Object.fromEntries(items.map((item) => [item.name, value(item)]));
}

/** How a category is made. */
interface CategorySettings {
  readonly description?: pulumi.Input<string>;
  /** How many of its tags an object can carry. */
  readonly cardinality: "SINGLE" | "MULTIPLE";
  /** The types of the objects that its tags go on. */
  readonly associableTypes: string[];
}

/** The inputs of a TagAttachments resource, as a program gives them. */
export interface TagAttachmentsArgs {
  /** The categories of the tags: id by name. */
  readonly categories: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** The tags: id by name. The two categories cannot share a tag name. */
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** The names of each object's tags by its inventory path (`byPath` of tagAttachments/model.ts). */
  readonly attachments: pulumi.Input<AttachmentsByPath>;
  /**
   * The categories of which a datastore may carry several tags, each with the names of its tags.
   * @default none
   */
  readonly multiple?: Readonly<Record<string, readonly string[]>>;
  /**
   * The names of those tags that others made: what was attached to objects before is not taken off again.
   * @default none
   */
  readonly existing?: readonly string[];
  /**
   * How the categories are made, by name: one of that name that is in vCenter exactly like this, and that has no tags, is
   * taken for one that the stack left. The provider looks at it, and the state does not hold it.
   */
  readonly categorySettings?: Readonly<Record<string, CategorySettings>>;
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
      {
        ...args,
        vCenter: undefined,
        references: undefined,
        drift: undefined,
      },
      options,
    );
  }
}
