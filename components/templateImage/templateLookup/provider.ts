import { isDeepStrictEqual } from "node:util";

import {
  failuresOf,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ProviderConfiguration,
  type ReadResult,
} from "../../dynamic/dynamicProvider";
import { asProviderError } from "../../dynamic/errors";
import type { LiveView } from "../../dynamic/liveView";
import type { VCenterSession } from "../../dynamic/vcenterSession";
import { checkTemplate } from "./check";
import type { TemplateLookupInputs, TemplateLookupOutputs } from "./model";
import { tell } from "../../dynamic/tell";

type Inputs = TemplateLookupInputs;
type Outputs = TemplateLookupOutputs;
type Bag<Properties> = Properties & { readonly __provider?: unknown };

/**
 * Looks at a template, and changes nothing in vCenter. A Command, which makes templates, never looks at vCenter before
 * it runs: this resource tells a preview what is really there, and has the Command run again when the template is gone.
 */
export class TemplateLookupProvider implements DynamicProvider<Inputs, Outputs> {
  readonly #session: VCenterSession;

  constructor(session: VCenterSession) {
    this.#session = session;
  }

  configure(request: { readonly config: ProviderConfiguration }): void {
    this.#session.configure(request.config);
  }

  async check(_olds: Partial<Inputs>, news: Inputs): Promise<CheckResult<Inputs>> {
    let reasons: readonly string[];
    try {
      reasons = await this.#session.read((live) => checkTemplate(live, news));
    } catch (error) {
      reasons = [asProviderError(error).message];
    }
    return { inputs: news, failures: failuresOf(reasons) };
  }

  async diff(_id: string, olds: Bag<Outputs>, news: Bag<Inputs>): Promise<DiffResult> {
    if (olds.__provider !== news.__provider || !isDeepStrictEqual(plain(olds), plain(news))) {
      return { changes: true };
    }
    const missing = await this.#reading(async (live) =>
      (await isPresent(live, news)) ? undefined : (await live.inventory()).realPath(news.path),
    );
    if (missing === undefined) return { changes: false };
    tell(`${missing}: the template is not in vCenter: it has to be made`);
    return { changes: true };
  }

  create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    return Promise.resolve({ id: inputs.path, outs: { ...plain(inputs), rebuilds: 0 } });
  }

  async update(_id: string, olds: Outputs, news: Inputs): Promise<{ readonly outs: Outputs }> {
    const isThere = await this.#reading((live) => isPresent(live, news));
    return { outs: { ...plain(news), rebuilds: olds.rebuilds + (isThere ? 0 : 1) } };
  }

  /** What was looked for stays to be looked for; what is there is told by `diff`. */
  read(id: string, properties: Outputs): Promise<ReadResult<Inputs, Outputs>> {
    return Promise.resolve({ id, props: properties });
  }

  /** There is nothing to take back. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  async #reading<T>(read: (live: LiveView) => Promise<T>): Promise<T> {
    try {
      return await this.#session.read(read);
    } catch (error) {
      throw asProviderError(error);
    }
  }
}

async function isPresent(live: LiveView, { path }: Inputs): Promise<boolean> {
  return (await live.virtualMachine(path)) !== undefined;
}

/** The inputs alone, without what the engine adds to a property bag. */
function plain({ path, smallestRootDisk, making }: Inputs): Inputs {
  return { path, smallestRootDisk, ...(making === undefined ? {} : { making }) };
}
