import { isDeepStrictEqual } from "node:util";

import { findingTexts, type Finding } from "../../findings/finding";
import { visibleText } from "../../findings/text";
import { asProviderError } from "./errors";
import type { ProviderConfiguration, VCenterSession } from "./vcenterSession";

/**
 * The contract between the engine's process for dynamic resources and a provider (@pulumi/pulumi, cmd/dynamic-provider),
 * typed for one kind of resource. Written here because the SDK's types are untyped and omit what `read` may return.
 */

/** The engine's placeholder for a value that is not known before `up` (@pulumi/pulumi, runtime/rpc). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Something wrong with an input, shown by preview and up as an error of the resource. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * Failures of a resource as a whole: they name no property, because the engine would print the property's whole value
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

/** An empty id tells the engine that the resource is gone; a preview compares `inputs` with the program's. */
export interface ReadResult<Inputs, Outputs> {
  readonly id: string;
  readonly props: Outputs;
  readonly inputs?: Inputs;
}

/** A property bag as the engine hands it over: with the line of code by which it finds the provider. */
export type Bag<Properties> = Properties & { readonly __provider?: unknown };

/** The properties alone. */
export function plain<Properties extends object>(bag: Bag<Properties>): Properties {
  const { __provider: _code, ...properties } = bag;
  return properties as unknown as Properties;
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

/** Whether a value contains, at any depth, something that is not known before `up`. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) {
    return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}

/** What all providers share: the way to vCenter, and how their failures reach the engine. */
export abstract class SessionProvider {
  protected readonly session: VCenterSession;
  /** The heading of docs/troubleshooting.md about what its check finds. */
  protected abstract readonly topic: string;

  constructor(session: VCenterSession) {
    this.session = session;
  }

  configure(request: { readonly config: ProviderConfiguration }): void {
    this.session.configure(request.config);
  }

  /** Whatever `act` throws becomes an error that shows its message once. */
  protected async inWords<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw asProviderError(error);
    }
  }

  /**
   * The result of a check: the inputs with what was found wrong.
   *
   * @param look what the check finds
   * @param otherwise the inputs when the look itself failed; its error is then the only failure, or none where that is no
   *   news (VCenterSession.isNoNews)
   */
  protected async checked<Inputs>(
    look: () => Promise<{ readonly inputs: Inputs; readonly findings: readonly Finding[] }>,
    otherwise: Inputs,
  ): Promise<CheckResult<Inputs>> {
    try {
      const { inputs, findings } = await look();
      return { inputs, failures: failuresOf(findingTexts(findings, this.topic)) };
    } catch (error) {
      if (this.session.isNoNews(error)) return { inputs: otherwise, failures: [] };
      return { inputs: otherwise, failures: failuresOf([asProviderError(error).message]) };
    }
  }
}

/**
 * A resource that looks at vCenter in `check` alone, which the engine calls at every preview, and changes nothing there.
 * What it finds is part of its inputs: only those are known at the preview of a resource that does not exist yet.
 */
export abstract class LookupProvider<Outputs extends object>
  extends SessionProvider
  implements DynamicProvider<Outputs, Outputs>
{
  /** Looks. What is missing is a failure, never a change that an update could make. */
  abstract check(olds: Partial<Outputs>, news: object): Promise<CheckResult<Outputs>>;

  diff(_id: string, olds: Bag<Outputs>, news: Bag<Outputs>): Promise<DiffResult> {
    const isSame =
      olds.__provider === news.__provider &&
      isDeepStrictEqual(this.kept(plain(olds)), this.kept(plain(news)));
    return Promise.resolve({ changes: !isSame });
  }

  create(inputs: Outputs): Promise<CreateResult<Outputs>> {
    return Promise.resolve({ id: this.idOf(inputs), outs: this.kept(plain(inputs)) });
  }

  update(_id: string, _olds: Outputs, news: Outputs): Promise<{ readonly outs: Outputs }> {
    return Promise.resolve({ outs: this.kept(plain(news)) });
  }

  /** Reports the state unchanged: only `check` looks. */
  read(id: string, properties: Outputs): Promise<ReadResult<Outputs, Outputs>> {
    return Promise.resolve({ id, props: properties });
  }

  /** There is nothing to undo. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  /** What of the inputs the outputs hold, and what makes a change when it differs: all, where a provider does not say less. */
  protected kept(inputs: Outputs): Outputs {
    return inputs;
  }

  /** The resource's id, from what it looked for. */
  protected abstract idOf(inputs: Outputs): string;
}

/** For resources that only looked, and that no program makes any more: a state can still be read, and they go. */
export class RetiredProvider extends LookupProvider<object> {
  protected readonly topic = "connection";

  /** Never called: no program has such a resource. */
  override check(_olds: object, news: object): Promise<CheckResult<object>> {
    return Promise.resolve({ inputs: news, failures: [] });
  }

  protected override idOf(): string {
    return "";
  }
}
