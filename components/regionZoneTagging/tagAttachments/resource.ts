import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../../dynamic/dynamicResource";

/** The inputs of a TagAttachments resource, as a program gives them. */
export interface TagAttachmentsArgs {
  /** The categories of the tags: id by name. */
  readonly categories: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** The tags: id by name. A tag of one name in both categories is not supported. */
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Inventory paths, by the names of the tags on each of them (`groupKey` of model.ts makes the key). */
  readonly attachments: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>>>;
  /**
   * Whether to refuse changes that detach a tag. The engine protects resources, and knows nothing of the pairs in one: a
   * pair that leaves the configuration is an update to it.
   * @default false
   */
  readonly protect?: boolean;
}

/**
 * Tags on inventory objects that the stack does not own. One resource holds many pairs, because the order of
 * detaching and attaching matters and the number of calls must not grow with the objects.
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
