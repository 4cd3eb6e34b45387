import { setTimeout as sleep } from "node:timers/promises";

import { Answers } from "./answers";
import { ProviderError, tell } from "./errors";
import { LiveView } from "./liveView";
import { isSameVCenter, otherVCenter, vCenterKey } from "../vCenter/identity";
import { connectionFrom } from "../../configuration/connection";
import { ConfigurationError, soleFindingText } from "../../findings/finding";
import { pointed } from "../../findings/pointers";
import { connectionFinding } from "../../preflight/connectionFinding";
import {
  VCenterClient,
  isVCenterError,
  type VCenterConnection,
  type VCenterError,
} from "../../vcenter";

/** The stack's configuration as the provider process gets it: keys are `namespace:name`. */
export interface ProviderConfiguration {
  get(key: string): string | undefined;
}

/** How vCenter fails when address, certificate, user or password are not right, or no longer. */
const unusable = [
  "unreachable",
  "timeout",
  "untrustedCertificate",
  "invalidLogin",
  "invalidArgument",
  "unexpectedAnswer",
] as const;

/** The key of the configuration that has a preview do without vCenter when it is `off`. */
const preflightKey = "deckhouse-vsphere:preflight";

/** For users who have corrected the settings already. */
const staleSettings =
  "Without the program, the engine goes by the settings of the last `pulumi up`: if they were changed since, run " +
  "`pulumi up` first, or `pulumi destroy --run-program`";

/** Long enough for one preview, short enough that an `up` confirmed later reads again. */
const viewLifetimeMilliseconds = 15_000;

/**
 * How old what is checked right before a change may be, where one change of many is made. Without sharing, each of
 * hundreds of permissions would read the same anew; what somebody else did before that is respected.
 */
const changeViewLifetimeMilliseconds = 5_000;

/**
 * How long the sessions stay open after the last call: longer than the engine takes to start the program between the
 * reads of a refresh and the first check, so that a run logs in once.
 */
const idleGraceMilliseconds = 10_000;

/** Between two looks at whether something is under way: far more than lies between the calls of one resource. */
const restMilliseconds = 500;

/** The engine kills a process that is still there 5 seconds after it asked it to end. */
const closingAtEnd = { callMilliseconds: 500, logoutMilliseconds: 3_000 };

/**
 * The provider process's way to vCenter.
 *
 * All resources of the process share the sessions. They are ended when the process is (./processEnd.ts calls
 * {@link end}), and earlier when nothing was asked for some seconds. The client itself stays, because it remembers a
 * refused password and never tries it again. What vCenter answered is shared as well, by the rule of ./answers.ts.
 */
export class VCenterSession {
  #configuration: ProviderConfiguration | undefined;
  #client: VCenterClient | undefined;
  #users = 0;
  #hasTold = false;
  #hasToldAway = false;
  /** How the last look of a stack failed whose preview may do without vCenter, and when. */
  #away: { readonly error: Error; readonly since: number } | undefined;
  /** Whether the settings have proved to lead to a vCenter that lets the user in. */
  #hasWorked = false;
  #closing: Promise<void> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isEnding = false;
  readonly #answers = new Answers();
  readonly #grace: number;

  /** @param idleGrace how long the sessions stay open after the last call, in milliseconds */
  constructor(idleGrace = idleGraceMilliseconds) {
    this.#grace = idleGrace;
  }

  /** Called by the engine before anything else; the connection is worked out when it is first needed. */
  configure(configuration: ProviderConfiguration): void {
    this.#configuration = configuration;
  }

  /** The address that the settings name. @throws ConfigurationError when they name none */
  get server(): string {
    return this.connection.server;
  }

  /** Where the settings lead. @throws ConfigurationError when something of them is missing */
  get connection(): VCenterConnection {
    return connectionFrom({
      lookup: (key) => this.#configuration?.get(key),
      environment: process.env,
    });
  }

  /** The id under which the stack's vCenter was restored; empty when the settings name none. */
  get restoredAs(): string {
    const text = this.#configuration?.get(vCenterKey) ?? "";
    return /"restoredAs":\s*"([^"]*)"/.exec(text)?.[1] ?? "";
  }

  /**
   * Whether a failure says nothing about a stack whose preview may do without vCenter (`preflight: off`): vCenter cannot
   * be reached or does not let the user in. At `up`, the VCenter resource has refused that before anything else is asked.
   */
  isNoNews(error: unknown): error is ConfigurationError | VCenterError {
    return this.#isPreflightOff && !this.#hasWorked && isUnusable(error);
  }

  /** Says, once, that nothing of vCenter was looked at and why, if the stack allows that; otherwise somebody will fail. */
  tellAway(): void {
    if (!this.#isPreflightOff || this.#hasToldAway || this.#away === undefined) return;
    this.#hasToldAway = true;
    const { error } = this.#away;
    const reason = isVCenterError(error)
      ? soleFindingText({ ...connectionFinding(error, this.connection), severity: "warning" })
      : error.message;
    tell(
      `nothing of vCenter was looked at, which preflight: off allows: this is what the configuration and the state say, ` +
        `and pulumi up will need vCenter. ${reason}`,
    );
  }

  get #isPreflightOff(): boolean {
    return this.#configuration?.get(preflightKey) === "off";
  }

  /** Runs `use` with what this process has read from vCenter a moment ago, or reads now. */
  async read<T>(use: (live: LiveView) => Promise<T>): Promise<T> {
    const found = await this.#look(use);
    this.#hasWorked = true;
    return found;
  }

  /**
   * What `use` finds for a refresh, or undefined when vCenter cannot be reached or does not let the user in.
   *
   * Before the program has run, this process has the settings of the last `up` (pulumi/pulumi,
   * `pkg/resource/deploy/providers/registry.go`): a password or an address that was corrected since is not among them.
   * So such a failure proves nothing, until a look has succeeded. When it is a failure of the present settings too, the
   * vSphere provider or the program tell.
   */
  async ifReachable<T>(use: (live: LiveView) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#look(use);
    } catch (error) {
      if (isUnusable(error) && !this.#hasWorked) return undefined;
      throw error;
    }
  }

  /**
   * Like {@link ifReachable}, for what is in one certain vCenter: in another one nothing is looked for. The VCenter
   * resource tells that it is another one.
   *
   * @param vCenter the instance UUID that the state recorded
   */
  async refresh<T>(vCenter: string, use: (live: LiveView) => Promise<T>): Promise<T | undefined> {
    return this.ifReachable(async (live) => {
      const instanceUuid = await live.instanceUuid();
      if (!isSameVCenter(vCenter, instanceUuid, this.restoredAs)) return undefined;
      const found = await use(live);
      this.#hasWorked = true;
      return found;
    });
  }

  /**
   * Refuses to work in another vCenter than the recorded one.
   *
   * @param vCenter the instance UUID that the state recorded
   * @throws ProviderError
   */
  async requireVCenter(live: LiveView, vCenter: string): Promise<void> {
    const instanceUuid = await live.instanceUuid();
    if (!isSameVCenter(vCenter, instanceUuid, this.restoredAs)) {
      throw new ProviderError(
        otherVCenter({ instanceUuid: vCenter }, { server: this.server, instanceUuid }),
        undefined,
      );
    }
  }

  /** Runs `change` with a view that holds nothing old, and forgets afterwards what was known. */
  async change<T>(change: (client: VCenterClient, live: LiveView) => Promise<T>): Promise<T> {
    return this.#change(async (client) => {
      try {
        return await change(client, new LiveView(client));
      } finally {
        this.#answers.clear();
      }
    });
  }

  /**
   * Runs `change`, one of many in a run, with what this process knows and what is not older than a few seconds. `change`
   * itself has everything forgotten that it makes wrong.
   */
  async changeOneOfMany<T>(
    change: (client: VCenterClient, live: LiveView) => Promise<T>,
  ): Promise<T> {
    return this.#change((client) =>
      change(client, new LiveView(client, this.#answers, changeViewLifetimeMilliseconds)),
    );
  }

  /** Ends the sessions, because the process ends or nobody is left to end it: from now on with each last call. */
  async end(): Promise<void> {
    this.#isEnding = true;
    clearTimeout(this.#idle);
    await this.#close();
  }

  /**
   * Resolves once no call has been under way for some time, and the sessions are ended: for when nobody is left who could
   * ask for more. What a resource does may be several calls, with moments between them.
   */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet = this.#users === 0 ? quiet + 1 : 0)
      await sleep(restMilliseconds);
    await this.#closing;
  }

  async #change<T>(change: (client: VCenterClient) => Promise<T>): Promise<T> {
    try {
      const result = await this.#withClient(change);
      this.#hasWorked = true;
      return result;
    } catch (error) {
      if (this.#hasWorked || !isUnusable(error)) throw error;
      // The program logs in before it changes anything; so it did not run.
      throw new Error(pointed(`${error.message}. ${staleSettings}`, "settings-of-the-last-up"), {
        cause: error,
      });
    }
  }

  async #look<T>(use: (live: LiveView) => Promise<T>): Promise<T> {
    // Where packets are dropped, each resource would wait for a minute.
    if (this.#away !== undefined && Date.now() - this.#away.since < viewLifetimeMilliseconds) {
      throw this.#away.error;
    }
    try {
      return await this.#withClient((client) =>
        use(new LiveView(client, this.#answers, viewLifetimeMilliseconds)),
      );
    } catch (error) {
      if (this.isNoNews(error)) this.#away = { error, since: Date.now() };
      throw error;
    }
  }

  /** Shown as a message of the preview, once: where one logout fails, others of this process do as well. */
  #tellOnce(sentence: string): void {
    if (!this.#hasTold) tell(sentence);
    this.#hasTold = true;
  }

  async #withClient<T>(use: (client: VCenterClient) => Promise<T>): Promise<T> {
    this.#users += 1;
    clearTimeout(this.#idle);
    try {
      await this.#closing;
      this.#client ??= new VCenterClient(this.connection, {
        onLeftSessions: (sentence) => this.#tellOnce(sentence),
      });
      return await use(this.#client);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) await this.#becomeIdle();
    }
  }

  async #becomeIdle(): Promise<void> {
    if (this.#isEnding) {
      await this.#close();
      return;
    }
    this.#idle = setTimeout(() => void this.#close(), this.#grace);
    // It is the engine that decides when the process ends.
    this.#idle.unref();
  }

  #close(): Promise<void> {
    if (this.#client !== undefined) this.#closing = this.#client.close(closingAtEnd);
    return this.#closing;
  }
}

/** Whether it is the settings that do not lead to a vCenter which lets the user in. */
function isUnusable(error: unknown): error is ConfigurationError | VCenterError {
  return error instanceof ConfigurationError || isVCenterError(error, ...unusable);
}
