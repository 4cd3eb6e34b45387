import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as state from "@pulumi/pulumi/runtime/state";

/** A resource as the program asked the engine for it. */
export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  /** The property bag on the wire: values that are not known at preview are `unknownValue`. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the engine is told beside the inputs; only what differs from the engine's own default is set. */
export interface RegisteredOptions {
  /** The name of the parent. */
  readonly parent?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly hideDiffs?: readonly string[];
  /** The other names that it may have in the state. */
  readonly aliases?: readonly string[];
}

/** How a program is run against mocks. */
export interface RecordOptions {
  readonly preview: boolean;
  /** What a resource tells beside its inputs, by its name. @default nothing */
  readonly outputs?: (name: string) => object | Promise<object>;
}

/** Everything that a program asked of the engine, sorted by name. */
export interface RecordedProgram {
  readonly components: readonly RegisteredResource[];
  readonly resources: readonly RegisteredResource[];
  /** The ids of those that are only read, by their names. */
  readonly read: Readonly<Record<string, string>>;
  /** By the resource's name, components included. */
  readonly options: Readonly<Record<string, RegisteredOptions>>;
  /** The names of the resources that each one waits for, by its name. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly lookups: readonly { readonly token: string; readonly inputs: unknown }[];
  /** What it warned of. Outside of a run of the engine, the SDK writes that to the console. */
  readonly warnings: readonly string[];
  /** What a failing program threw. */
  readonly error: unknown;
}

/**
 * The SDK's mock engine, which also keeps what the usual mocks do not show: parents and resource options.
 * A resource called `x` gets the id `x-id`, unless it is a preview: then ids are unknown, as they are in a first one.
 */
class RecordingMonitor extends MockMonitor {
  readonly requests: RegisterResourceRequest[] = [];

  readonly reads: ReadResourceRequest[] = [];

  override async readResource(
    request: ReadResourceRequest,
    answer: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    this.reads.push(request);
    await super.readResource(request, answer);
  }

  override async registerResource(
    request: RegisterResourceRequest,
    answer: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    this.requests.push(request);
    await super.registerResource(request, answer);
  }
}

/** Runs a program against mocks, waits until all it asked for is answered, and tells what that was. */
export async function recordProgram(
  { preview, outputs = () => ({}) }: RecordOptions,
  program: () => unknown,
): Promise<RecordedProgram> {
  const lookups: { token: string; inputs: unknown }[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: async ({ name, inputs, id }) => ({
      id: id || (preview ? undefined : `${name}-id`),
      state: { ...(inputs as Record<string, unknown>), ...(await outputs(name)) },
    }),
    call: ({ token, inputs }) => {
      lookups.push({ token, inputs });
      return { ...(inputs as Record<string, unknown>), id: "looked-up-id" };
    },
  };
  await pulumi.runtime.setMocks(mocks, "deckhouse-vsphere", "test", preview);
  const monitor = new RecordingMonitor(mocks);
  pulumi.runtime.setMockOptions(monitor, "deckhouse-vsphere", "test", preview);
  // Which the line before has forgotten: without it, a secret would come over the wire as plain text.
  (state as unknown as { getStore(): { supportsSecrets: boolean } }).getStore().supportsSecrets =
    true;
  let error: unknown;
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => void warnings.push(text.replace("warning: [runtime] ", ""));
  try {
    await program();
  } catch (thrown) {
    error = thrown;
  }
  try {
    await untilAnswered();
  } finally {
    console.warn = warn;
  }
  const requests = [...monitor.requests].sort((a, b) => (a.getName() < b.getName() ? -1 : 1));
  return {
    components: requests.filter((request) => !request.getCustom()).map(registered),
    resources: requests.filter((request) => request.getCustom()).map(registered),
    read: Object.fromEntries(
      monitor.reads
        .map((request) => [request.getName(), request.getId()] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    options: Object.fromEntries(requests.map((request) => [request.getName(), options(request)])),
    dependencies: Object.fromEntries(
      requests.map((request) => [
        request.getName(),
        request.getDependenciesList().map(nameInUrn).sort(),
      ]),
    ),
    ...{ lookups, warnings, error },
  };
}

/** The value of an output, once it is there; undefined when a preview does not know it. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  return (output as unknown as { promise(): Promise<T | undefined> }).promise();
}

/** All calls to the engine are done: the SDK waits for this at the end of a program, and does not declare it. */
function untilAnswered(): Promise<void> {
  return (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
}

function registered(request: RegisterResourceRequest): RegisteredResource {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: request.getObject()?.toJavaScript() ?? {},
  };
}

function options(request: RegisterResourceRequest): RegisteredOptions {
  const parent = request.getParent();
  const ignoreChanges = request.getIgnorechangesList();
  const replaceOnChanges = request.getReplaceonchangesList();
  const hideDiffs = request.getHidediffsList();
  // The mocks are an engine to which the SDK tells whole URNs.
  const aliases = request
    .getAliasurnsList()
    .map(nameInUrn)
    .filter((name) => name !== request.getName());
  return {
    ...(parent === "" ? {} : { parent: nameInUrn(parent) }),
    ...(request.getProtect() === true ? { protect: true } : {}),
    ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges }),
    ...(replaceOnChanges.length === 0 ? {} : { replaceOnChanges }),
    ...(hideDiffs.length === 0 ? {} : { hideDiffs }),
    ...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

function nameInUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
