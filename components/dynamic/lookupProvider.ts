import { isDeepStrictEqual } from "node:util";

import type {
  CheckResult,
  CreateResult,
  DiffResult,
  DynamicProvider,
  ProviderConfiguration,
  ReadResult,
} from "./dynamicProvider";
import type { VCenterSession } from "./vcenterSession";

type Bag<Properties> = Properties & { readonly __provider?: unknown };

/**
 * A resource that looks at vCenter in `check` alone, which the engine calls at every preview, and changes nothing there.
 * What it finds stands among its inputs: only those are known at the preview of a resource that does not exist yet.
 */
export abstract class LookupProvider<Outputs extends object> implements DynamicProvider<
  Outputs,
  Outputs
> {
  protected readonly session: VCenterSession;

  constructor(session: VCenterSession) {
    this.session = session;
  }

  configure(request: { readonly config: ProviderConfiguration }): void {
    this.session.configure(request.config);
  }

  /** Looks. What is missing is a fault, and never a change that an update could make. */
  abstract check(olds: Partial<Outputs>, news: object): Promise<CheckResult<Outputs>>;

  diff(_id: string, olds: Bag<Outputs>, news: Bag<Outputs>): Promise<DiffResult> {
    const isSame =
      olds.__provider === news.__provider && isDeepStrictEqual(this.plain(olds), this.plain(news));
    return Promise.resolve({ changes: !isSame });
  }

  create(inputs: Outputs): Promise<CreateResult<Outputs>> {
    return Promise.resolve({ id: this.idOf(inputs), outs: this.plain(inputs) });
  }

  update(_id: string, _olds: Outputs, news: Outputs): Promise<{ readonly outs: Outputs }> {
    return Promise.resolve({ outs: this.plain(news) });
  }

  /** What was looked for stays to be looked for. */
  read(id: string, properties: Outputs): Promise<ReadResult<Outputs, Outputs>> {
    return Promise.resolve({ id, props: properties });
  }

  /** There is nothing to take back. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  /** The resource's id, from what it looked for. */
  protected abstract idOf(inputs: Outputs): string;

  /** The properties alone, without what the engine adds to a property bag. */
  protected abstract plain(properties: Outputs): Outputs;
}
