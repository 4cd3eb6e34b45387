import {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  ConfigureResponse,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

import {
  type Forward,
  type Handler,
  isPassing,
  loginFailure,
  operationFailure,
  type ProviderConnection,
} from "./relay";
import { backoffDelay } from "../../vcenter";

/** How often what changes nothing is tried in all, and the first wait between. */
const attempts = 4;
const firstWaitMilliseconds = 500;

/** What the guard needs of the world. */
export interface GuardOptions {
  readonly connection: ProviderConnection;
  /**
   * Asks which vCenter the settings lead to.
   *
   * @param instanceUuid the one that the stack was made in
   * @returns why the provider must not be used there; undefined when it may
   * @throws Error when it cannot be asked
   */
  readonly objection: (instanceUuid: string) => Promise<string | undefined>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * Keeps the provider from working in another vCenter than the stack's, tries again what changes nothing, and has each
 * failure that concerns all resources told once: by the first that it meets. The others are then shown as they were,
 * because nobody knows better.
 */
export class ProviderGuard {
  readonly #options: GuardOptions;
  /** Why the provider cannot be used at all. */
  #trouble: string | undefined;
  #isTroubleTold = false;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** The calls that do not simply pass. */
  handlers(): ReadonlyMap<string, Handler> {
    return new Map<string, Handler>([
      ["checkConfig", checkConfig],
      ["diffConfig", diffConfig],
      ["configure", (bytes, forward) => this.#configure(bytes, forward)],
      ["check", this.#unlessInTrouble(unchecked)],
      ["diff", this.#unlessInTrouble(noDifference)],
      ["read", this.#unlessInTrouble(asRecorded, (bytes, forward) => this.#read(bytes, forward))],
      [
        "invoke",
        this.#unlessInTrouble(undefined, (bytes, forward) => this.#patient(bytes, forward)),
      ],
      ["create", this.#changing("create", CreateRequest)],
      ["update", this.#changing("update", UpdateRequest)],
      ["delete", this.#changing("delete", DeleteRequest)],
    ]);
  }

  /** Never fails: what is wrong is told by the first call that needs the provider, once. */
  async #configure(bytes: Buffer, forward: Forward): Promise<Buffer> {
    const { request, instanceUuid } = configureRequest(bytes);
    try {
      this.#trouble =
        instanceUuid === undefined ? undefined : await this.#options.objection(instanceUuid);
    } catch (error) {
      this.#trouble = messageOf(error);
    }
    if (this.#trouble !== undefined) return configured();
    try {
      return await this.#patient(Buffer.from(request), forward);
    } catch (error) {
      this.#trouble = loginFailure(messageOf(error), this.#options.connection);
      return configured();
    }
  }

  /** @param instead the answer without the provider; undefined for what cannot be answered without it */
  #unlessInTrouble(
    instead: ((bytes: Buffer) => Uint8Array) | undefined,
    handler: Handler = (bytes, forward) => forward(bytes),
  ): Handler {
    return async (bytes, forward) => {
      if (this.#trouble === undefined) return handler(bytes, forward);
      if (!this.#isTroubleTold) {
        this.#isTroubleTold = true;
        throw new Error(this.#trouble);
      }
      if (instead === undefined) throw new Error("not done, for the reason that was told before");
      return Buffer.from(instead(bytes));
    };
  }

  #changing(
    operation: string,
    requestType: { deserializeBinary(bytes: Uint8Array): Request },
  ): Handler {
    return this.#unlessInTrouble(undefined, async (bytes, forward) => {
      try {
        return await forward(bytes);
      } catch (error) {
        throw inWords(error, operation, requestType.deserializeBinary(bytes));
      }
    });
  }

  async #read(bytes: Buffer, forward: Forward): Promise<Buffer> {
    try {
      return await this.#patient(bytes, forward);
    } catch (error) {
      throw inWords(error, "read", ReadRequest.deserializeBinary(bytes));
    }
  }

  /** What changes nothing can be tried again. */
  async #patient(bytes: Buffer, forward: Forward): Promise<Buffer> {
    for (let made = 1; ; made++) {
      try {
        return await forward(bytes);
      } catch (error) {
        if (made >= attempts || !isPassing(messageOf(error))) throw error;
        await this.#options.sleep(backoffDelay(firstWaitMilliseconds, made, Math.random()));
      }
    }
  }
}

interface Request {
  getUrn(): string;
}

/** Only the sentence of a failure changes: code and details are what the engine reads. */
function inWords(error: unknown, operation: string, request: Request): unknown {
  if (!(error instanceof Error) || !("details" in error)) return error;
  const [type = "", name = ""] = request.getUrn().split("::").slice(-2);
  const kind = type.slice(type.lastIndexOf("$") + 1);
  error.details = operationFailure(messageOf(error), operation, `${kind} ${name}`);
  return error;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "details" in error ? String(error.details) : error.message;
}

/** What the bridged provider says that it can do (pulumi/pulumi-terraform-bridge, `pkg/tfbridge/provider.go`). */
function configured(): Buffer {
  const response = new ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  response.setAcceptresources(true);
  return Buffer.from(response.serializeBinary());
}

/** What the state has stays in it. */
function unchecked(bytes: Buffer): Uint8Array {
  const request = CheckRequest.deserializeBinary(bytes);
  const isRecorded = (request.getOlds()?.getFieldsMap().getLength() ?? 0) > 0;
  const response = new CheckResponse();
  response.setInputs(isRecorded ? request.getOlds() : request.getNews());
  return response.serializeBinary();
}

function noDifference(): Uint8Array {
  const response = new DiffResponse();
  response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  return response.serializeBinary();
}

function asRecorded(bytes: Buffer): Uint8Array {
  const request = ReadRequest.deserializeBinary(bytes);
  const response = new ReadResponse();
  response.setId(request.getId());
  response.setProperties(request.getProperties());
  response.setInputs(request.getInputs());
  return response.serializeBinary();
}

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
function configureRequest(bytes: Buffer): {
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
