import { CreateRequest, CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import type { VCenterClient } from "../../vcenter";
import { mayReadTags } from "../regionZoneTagging/readableTags";
import { isRemaining } from "../regionZoneTagging/remainingCategory";
import type { CategorySettings } from "../regionZoneTagging/tagAttachments/model";

/** A category that could not be made. */
export interface WantedCategory extends CategorySettings {
  readonly name: string;
}

/** Finds the id of a category that this stack left in vCenter; undefined when there is none. */
export type FindRemaining = (wanted: WantedCategory) => Promise<string | undefined>;

const categoryType = "vsphere:index/tagCategory:TagCategory";

/**
 * The answer to the creation of a category that failed because the stack left it there: in a destroy, which keeps
 * categories, or in an up that was interrupted, or whose answer was lost. It is as if it was made now.
 *
 * @param bytes the request of the engine
 * @returns undefined for everything else, which has then really failed
 */
export async function takenBack(bytes: Buffer, find: FindRemaining): Promise<Buffer | undefined> {
  const request = CreateRequest.deserializeBinary(bytes);
  const [type = ""] = request.getUrn().split("::").slice(-2);
  if (type.slice(type.lastIndexOf("$") + 1) !== categoryType || request.getPreview()) {
    return undefined;
  }
  const inputs = request.getProperties()?.toJavaScript() ?? {};
  const wanted = asCategory(inputs);
  const id = wanted && (await find(wanted));
  if (id === undefined) return undefined;
  const response = new CreateResponse();
  response.setId(id);
  const { __defaults: _defaults, ...properties } = inputs;
  response.setProperties(Struct.fromJavaScript({ description: "", ...properties, id }));
  return Buffer.from(response.serializeBinary());
}

/** Undefined when an input is not what a category has. */
function asCategory(inputs: Record<string, JavaScriptValue>): WantedCategory | undefined {
  const { name, description, cardinality, associableTypes } = inputs;
  if (typeof name !== "string" || !Array.isArray(associableTypes)) return undefined;
  if (cardinality !== "SINGLE" && cardinality !== "MULTIPLE") return undefined;
  return {
    name,
    cardinality,
    associableTypes: associableTypes.map(String),
    ...(typeof description === "string" && { description }),
  };
}

/**
 * Looks in vCenter. An account that may not read tags finds none: it cannot tell an empty category from one of others.
 *
 * @param user the account that looks, `user@domain`
 */
export async function remainingCategory(
  client: VCenterClient,
  wanted: WantedCategory,
  user: string,
): Promise<string | undefined> {
  const { tagging } = client;
  const found = (await tagging.categories()).find(({ name }) => name === wanted.name);
  if (found === undefined) return undefined;
  const tags = await tagging.tagIdsOfCategory(found.id);
  if (!isRemaining(found, tags, wanted.name, wanted)) return undefined;
  return (await mayReadTags(client, user)) ? found.id : undefined;
}
