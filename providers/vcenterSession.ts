import { connectionFrom } from "../configuration/connection";
import { VCenterClient } from "../vcenter";
import type { ProviderConfiguration } from "./dynamicProvider";
import { LiveView } from "./liveView";

/** Long enough for one preview, short enough that an `up` confirmed later reads again. */
const viewLifetimeMilliseconds = 15_000;

/**
 * The provider process's way to vCenter.
 *
 * The engine ends this process without a warning, so no session may outlive the call that needed it: calls that
 * overlap share the sessions, and the last of them logs out before it returns. The client itself stays, because it
 * remembers a refused password and never tries it again. What a preview reads is kept for a short time, because the
 * engine asks for one resource after the other.
 */
export class VCenterSession {
  #configuration: ProviderConfiguration | undefined;
  #client: VCenterClient | undefined;
  #users = 0;
  #hasTold = false;
  #closing: Promise<void> = Promise.resolve();
  #view: { readonly live: LiveView; readonly expires: number } | undefined;

  /** Called by the engine before anything else; the connection is worked out when it is first needed. */
  configure(configuration: ProviderConfiguration): void {
    this.#configuration = configuration;
  }

  /** Runs `use` with what this process has read from vCenter a moment ago, or reads now. */
  async read<T>(use: (live: LiveView) => Promise<T>): Promise<T> {
    return this.#withClient(async (client) => {
      if (this.#view === undefined || this.#view.expires < Date.now()) {
        this.#view = {
          live: new LiveView(client),
          expires: Date.now() + viewLifetimeMilliseconds,
        };
      }
      return use(this.#view.live);
    });
  }

  /** Runs `change` with a view that holds nothing old, and forgets afterwards what was known. */
  async change<T>(change: (client: VCenterClient, live: LiveView) => Promise<T>): Promise<T> {
    return this.#withClient(async (client) => {
      try {
        return await change(client, new LiveView(client));
      } finally {
        this.#view = undefined;
      }
    });
  }

  /** Shown as a message of the preview, once: where one logout fails, others of this process do as well. */
  #tellOnce(sentence: string): void {
    if (!this.#hasTold) console.log(sentence);
    this.#hasTold = true;
  }

  async #withClient<T>(use: (client: VCenterClient) => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      await this.#closing;
      this.#client ??= new VCenterClient(
        connectionFrom((key) => this.#configuration?.get(key), process.env),
        { onLeftSessions: (sentence) => this.#tellOnce(sentence) },
      );
      return await use(this.#client);
    } finally {
      this.#users -= 1;
      if (this.#users === 0 && this.#client !== undefined) {
        this.#closing = this.#client.close();
        await this.#closing;
      }
    }
  }
}
