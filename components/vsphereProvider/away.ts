import { isDeepStrictEqual } from "node:util";
import {
  CheckRequest,
  CheckResponse,
  CreateRequest,
  CreateResponse,
  DiffRequest,
  DiffResponse,
  UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

/**
 * What the relay answers in place of the vSphere provider in a preview that does without vCenter: what the configuration
 * and the state say. Which change replaces a resource only the provider knows; here each is an update.
 */

/** The inputs that the provider fills in itself are named under this key (pulumi/pulumi-terraform-bridge, `pkg/tfbridge`). */
const defaultsKey = "__defaults";

/** The inputs as the program gives them, with the defaults that the provider filled in when it was last asked. */
export function asWritten(bytes: Buffer): Uint8Array {
  const request = CheckRequest.deserializeBinary(bytes);
  const inputs = request.getNews();
  const olds = fieldsOf(request.getOlds());
  const defaults = olds.get(defaultsKey);
  const names = defaults?.getListValue()?.toJavaScript() ?? [];
  for (const [name, value] of olds) {
    const isDefault = name === defaultsKey || names.includes(name);
    const fields = inputs?.getFieldsMap();
    if (isDefault && fields?.has(name) === false) fields.set(name, value);
  }
  const response = new CheckResponse();
  response.setInputs(inputs);
  return response.serializeBinary();
}

/** The inputs that are not as they were at the last up. */
export function differenceOfInputs(bytes: Buffer): Uint8Array {
  const request = DiffRequest.deserializeBinary(bytes);
  const before = fieldsOf(request.getOldInputs() ?? request.getOlds());
  const after = fieldsOf(request.getNews());
  const plain = (value: Value | undefined): unknown => value?.toJavaScript();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !isDeepStrictEqual(plain(before.get(name)), plain(after.get(name))),
  );
  const response = new DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList(changed);
  return response.serializeBinary();
}

/** What is known of a resource before it is made; undefined when it is to be made in truth. */
export function createdInPreview(bytes: Buffer): Uint8Array | undefined {
  const request = CreateRequest.deserializeBinary(bytes);
  if (!request.getPreview()) return undefined;
  const response = new CreateResponse();
  response.setProperties(request.getProperties());
  return response.serializeBinary();
}

/** What is known of a resource before it is changed; undefined when it is to be changed in truth. */
export function updatedInPreview(bytes: Buffer): Uint8Array | undefined {
  const request = UpdateRequest.deserializeBinary(bytes);
  if (!request.getPreview()) return undefined;
  const properties = request.getOlds();
  for (const [name, value] of fieldsOf(request.getNews())) {
    properties?.getFieldsMap().set(name, value);
  }
  const response = new UpdateResponse();
  response.setProperties(properties);
  return response.serializeBinary();
}

function fieldsOf(struct: Struct | undefined): ReadonlyMap<string, Value> {
  return new Map(struct?.getFieldsMap().entries() as Iterable<[string, Value]> | undefined);
}
