import { visibleText } from "../../findings/text";

/**
 * The contract between the engine's process for dynamic resources and a provider (@pulumi/pulumi, cmd/dynamic-provider),
 * typed for one kind of resource. Written here because the SDK's own types are untyped and miss what `read` may return.
 */

/** What the engine puts in the place of a value that is not known before `up`. (@pulumi/pulumi, runtime/rpc) */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A finding about an input, shown by preview and up as an error of the resource. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * Findings about a resource as a whole: they name no property, because the engine would print the property's whole value
 * before each of them.
 *
 * @param reasons a sentence each
 */
export function failuresOf(reasons: readonly string[]): CheckFailure[] {
  return reasons.map((reason) => ({ property: "", reason: visibleText(reason) }));
}

export interface CheckResult<Inputs> {
  readonly inputs: Inputs;
  readonly failures: readonly CheckFailure[];
}

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface CreateResult<Outputs> {
  readonly id: string;
  readonly outs: Outputs;
}

/** An empty id tells the engine that the resource is gone; `inputs` are what a preview compares with the program's. */
export interface ReadResult<Inputs, Outputs> {
  readonly id: string;
  readonly props: Outputs;
  readonly inputs?: Inputs;
}

/** The stack's configuration as the provider process gets it: keys are `namespace:name`. */
export interface ProviderConfiguration {
  get(key: string): string | undefined;
}

/** One kind of dynamic resource. `Outputs` is what the state holds; `Inputs` may contain `unknownValue` at preview. */
export interface DynamicProvider<Inputs, Outputs> {
  /** Must only assign: the engine's process calls other methods without waiting for it. */
  configure(request: { readonly config: ProviderConfiguration }): void;
  /** `olds` is empty for a resource that is not in the state. */
  check(olds: Partial<Inputs>, news: Inputs): Promise<CheckResult<Inputs>>;
  diff(id: string, olds: Outputs, news: Inputs): Promise<DiffResult>;
  create(inputs: Inputs): Promise<CreateResult<Outputs>>;
  read(id: string, properties: Outputs): Promise<ReadResult<Inputs, Outputs>>;
  update(id: string, olds: Outputs, news: Inputs): Promise<{ readonly outs: Outputs }>;
  delete(id: string, properties: Outputs): Promise<void>;
}

/** Whether a value holds anywhere something that is not known before `up`. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) {
    return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
