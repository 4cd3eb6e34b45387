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
import { takenBack, type FindRemaining } from "./remaining";
import { asWritten, createdInPreview, differenceOfInputs, updatedInPreview } from "./away";
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
   * @param question the vCenter that the stack was made in, and whether a vCenter that is not at hand is expected, so
   *   that nobody should wait for it long
   * @returns why the provider must not be used there; undefined when it may
   * @throws Error when it cannot be asked
   */
  readonly objection: (question: ProviderInputs) => Promise<string | undefined>;
  /** Who issued the certificate that vCenter shows, and until when it is valid; undefined when that cannot be seen. */
  readonly certificate: () => Promise<string | undefined>;
  /** Finds a category that the stack left in vCenter. */
  readonly remaining: FindRemaining;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** The inputs of the provider that are ours, as the state has them. */
export interface ProviderInputs {
  /** The vCenter that the stack was made in; undefined before the first `up`. */
  readonly instanceUuid: string | undefined;
  /** `preflight: off`: a preview does without a vCenter that cannot be asked. */
  readonly mayBeAway: boolean;
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
  /** Whether the trouble is a vCenter that is not at hand, and the stack allows that. */
  #isAway = false;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** The calls that do not simply pass. */
  handlers(): ReadonlyMap<string, Handler> {
    return new Map<string, Handler>([
      ["checkConfig", checkConfig],
      ["diffConfig", diffConfig],
      ["configure", (bytes, forward) => this.#configure(bytes, forward)],
      ["check", this.#unlessInTrouble(unchecked, undefined, asWritten)],
      ["diff", this.#unlessInTrouble(noDifference, undefined, differenceOfInputs)],
      [
        "read",
        this.#unlessInTrouble(
          asRecorded,
          (bytes, forward) => this.#read(bytes, forward),
          asRecorded,
        ),
      ],
      [
        "invoke",
        this.#unlessInTrouble(undefined, (bytes, forward) => this.#patient(bytes, forward)),
      ],
      [
        "create",
        this.#changing("create", CreateRequest, createdInPreview, (bytes) =>
          this.#takenBack(bytes),
        ),
      ],
      ["update", this.#changing("update", UpdateRequest, updatedInPreview)],
      ["delete", this.#changing("delete", DeleteRequest)],
    ]);
  }

  /** Never fails: what is wrong is told by the first call that needs the provider, once. */
  async #configure(bytes: Buffer, forward: Forward): Promise<Buffer> {
    const { request, inputs } = configureRequest(bytes);
    const { instanceUuid, mayBeAway } = inputs;
    try {
      // A vCenter that is not at hand is found out sooner by this question than by the provider's login.
      this.#trouble =
        instanceUuid === undefined && !mayBeAway
          ? undefined
          : await this.#options.objection(inputs);
    } catch (error) {
      this.#trouble = messageOf(error);
      this.#isAway = mayBeAway;
    }
    if (this.#trouble !== undefined) return configured();
    try {
      return await this.#patient(Buffer.from(request), forward);
    } catch (error) {
      const { connection, certificate } = this.#options;
      this.#trouble = await loginFailure(messageOf(error), connection, certificate);
      this.#isAway = mayBeAway;
      return configured();
    }
  }

  /**
   * @param instead the answer without the provider; undefined for what cannot be answered without it
   * @param away the answer in a preview that does without vCenter, undefined for what cannot be answered: there the
   *   VCenter resource tells that nothing was looked at
   */
  #unlessInTrouble(
    instead: Answer | undefined,
    handler: Handler = (bytes, forward) => forward(bytes),
    away?: (bytes: Buffer) => Uint8Array | undefined,
  ): Handler {
    return async (bytes, forward) => {
      if (this.#trouble === undefined) return handler(bytes, forward);
      const answer = this.#isAway ? away?.(bytes) : undefined;
      if (answer !== undefined) return Buffer.from(answer);
      if (!this.#isTroubleTold) {
        this.#isTroubleTold = true;
        throw new Error(this.#trouble);
      }
      if (instead === undefined) throw new Error("not done, for the reason that was told before");
      return Buffer.from(instead(bytes));
    };
  }

  /** @param otherwise answers after a failure, where there is an answer all the same */
  #changing(
    operation: string,
    requestType: { deserializeBinary(bytes: Uint8Array): Request },
    away?: (bytes: Buffer) => Uint8Array | undefined,
    otherwise: (bytes: Buffer) => Promise<Buffer | undefined> = () => Promise.resolve(undefined),
  ): Handler {
    const change: Handler = async (bytes, forward) => {
      try {
        return await forward(bytes);
      } catch (error) {
        const answer = await otherwise(bytes);
        if (answer !== undefined) return answer;
        throw inWords(error, operation, requestType.deserializeBinary(bytes));
      }
    };
    return this.#unlessInTrouble(undefined, change, away);
  }

  /** The failure to make something is told, and not that of the look after it. */
  async #takenBack(bytes: Buffer): Promise<Buffer | undefined> {
    try {
      return await takenBack(bytes, this.#options.remaining);
    } catch {
      return undefined;
    }
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

/** Answers a call of the engine without the provider. */
type Answer = (bytes: Buffer) => Uint8Array;

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

/** The inputs of the provider that are ours: the provider itself refuses what it does not know. */
const ownInputs = ["instanceUuid", "preflight"] as const;

/** Keeps our inputs from the provider, and in the state. */
export const checkConfig: Handler = async (bytes, forward) => {
  const request = CheckRequest.deserializeBinary(bytes);
  take(request.getOlds());
  const own = take(request.getNews());
  const response = CheckResponse.deserializeBinary(await forward(request.serializeBinary()));
  for (const [name, value] of own) response.getInputs()?.getFieldsMap().set(name, value);
  return Buffer.from(response.serializeBinary());
};

/** Tells the engine when one of our inputs changed. */
export const diffConfig: Handler = async (bytes, forward) => {
  const request = DiffRequest.deserializeBinary(bytes);
  const inputs = take(request.getOldInputs());
  const outputs = take(request.getOlds());
  const before = request.hasOldInputs() ? inputs : outputs;
  const after = take(request.getNews());
  const response = DiffResponse.deserializeBinary(await forward(request.serializeBinary()));
  for (const name of ownInputs) {
    if (before.get(name)?.getStringValue() === after.get(name)?.getStringValue()) continue;
    response.setChanges(DiffResponse.DiffChanges.DIFF_SOME);
    response.addDiffs(name);
  }
  return Buffer.from(response.serializeBinary());
};

/**
 * Configures the provider without our inputs.
 *
 * @returns its request, and what our inputs say
 */
function configureRequest(bytes: Buffer): {
  readonly request: Uint8Array;
  readonly inputs: ProviderInputs;
} {
  const request = ConfigureRequest.deserializeBinary(bytes);
  const own = take(request.getArgs());
  for (const name of ownInputs) request.getVariablesMap().del(`vsphere:config:${name}`);
  return {
    request: request.serializeBinary(),
    inputs: {
      instanceUuid: own.get("instanceUuid")?.getStringValue() || undefined,
      mayBeAway: own.get("preflight")?.getStringValue() === "off",
    },
  };
}

/** Takes our inputs away from others. */
function take(inputs: Struct | undefined): ReadonlyMap<string, Value> {
  const fields = inputs?.getFieldsMap();
  const taken = ownInputs.flatMap((name): [string, Value][] => {
    const value = fields?.get(name);
    fields?.del(name);
    return value === undefined ? [] : [[name, value]];
  });
  return new Map(taken);
}
