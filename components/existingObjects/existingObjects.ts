import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../dynamic/dynamicResource";

/** A tag that others made. */
export interface ExistingTag {
  /** The key of the configuration that says that it exists: `regions[0].existing`. */
  readonly setting: string;
  /** The name of its category, which need not be one of others. */
  readonly category: string;
}

/** The inputs of an ExistingObjects resource, each kind by the names of its objects. */
export interface ExistingObjectsInputs {
  /** Each with the key of the configuration that says that it exists, for messages: `categories.region.existing`. */
  readonly categories?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, ExistingTag>>;
  /** As the categories: `role.existing`. */
  readonly roles?: Readonly<Record<string, string>>;
}

/** What `check` makes of them, and what the state holds: only inputs are known at the first preview. */
export interface ExistingObjectsOutputs extends ExistingObjectsInputs {
  /** The ids, by name; of what does not exist there is none. */
  readonly categoryIds: Readonly<Record<string, string>>;
  readonly tagIds: Readonly<Record<string, string>>;
  /** Decimal numbers. */
  readonly roleIds: Readonly<Record<string, string>>;
}

/**
 * Looks, at every preview, for categories, tags and roles that others made. What does not exist fails the preview, all of
 * it at once; how they differ from what the stack would have made, the preflight says (preflight/checks/existing.ts).
 */
export class ExistingObjects extends DynamicResource {
  /** The ids, by name. Known at preview, also at the first. */
  declare readonly categoryIds: pulumi.Output<Readonly<Record<string, string>>>;
  declare readonly tagIds: pulumi.Output<Readonly<Record<string, string>>>;
  declare readonly roleIds: pulumi.Output<Readonly<Record<string, string>>>;

  constructor(name: string, args: ExistingObjectsInputs, options?: pulumi.CustomResourceOptions) {
    super(
      "existingObjects",
      "ExistingObjects",
      name,
      { ...args, categoryIds: undefined, tagIds: undefined, roleIds: undefined },
      // What looked for categories alone, in states of 0.1.0 and before.
      pulumi.mergeOptions(options, {
        aliases: ["categoryLookup", "deckhouse-vsphere"].map((provider) => ({
          type: `pulumi-nodejs:dynamic/${provider}:CategoryLookup`,
        })),
      }),
    );
  }
}
