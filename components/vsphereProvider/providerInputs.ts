import {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  DiffRequest,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

import type { Handler } from "./relay";

/** The one input of the provider that is ours: the provider itself refuses what it does not know. */
const instanceUuid = "instanceUuid";

/** Keeps our input from the provider, and in the state. */
export const checkConfig: Handler = async (bytes, forward) => {
  const request = CheckRequest.deserializeBinary(bytes);
  take(request.getOlds());
  const uuid = take(request.getNews());
  const response = CheckResponse.deserializeBinary(await forward(request.serializeBinary()));
  if (uuid !== undefined) response.getInputs()?.getFieldsMap().set(instanceUuid, uuid);
  return Buffer.from(response.serializeBinary());
};

/** Tells the engine when our input changed. */
export const diffConfig: Handler = async (bytes, forward) => {
  const request = DiffRequest.deserializeBinary(bytes);
  const before = take(request.getOldInputs()) ?? take(request.getOlds());
  take(request.getOlds());
  const after = take(request.getNews());
  const response = DiffResponse.deserializeBinary(await forward(request.serializeBinary()));
  if (before?.getStringValue() !== after?.getStringValue()) {
    response.setChanges(DiffResponse.DiffChanges.DIFF_SOME);
    response.addDiffs(instanceUuid);
  }
  return Buffer.from(response.serializeBinary());
};

/**
 * Configures the provider without our input.
 *
 * @returns its answer, and what our input says
 */
export function configureRequest(bytes: Buffer): {
  readonly request: Uint8Array;
  readonly instanceUuid: string | undefined;
} {
  const request = ConfigureRequest.deserializeBinary(bytes);
  const uuid = take(request.getArgs());
  request.getVariablesMap().del(`vsphere:config:${instanceUuid}`);
  return { request: request.serializeBinary(), instanceUuid: uuid?.getStringValue() || undefined };
}

function take(inputs: Struct | undefined): Value | undefined {
  const fields = inputs?.getFieldsMap();
  const value = fields?.get(instanceUuid);
  fields?.del(instanceUuid);
  return value;
}
