import { Authorization } from "./authorization";
import { DatastoreFiles, Mounts } from "./datastores";
import { DatastoreSummaries } from "./datastoreSummaries";
import { Hosts } from "./hosts";
import { closedError } from "./http/failures";
import { Redaction } from "./http/redaction";
import { Transport } from "./http/transport";
import { trustOptions, type TrustOptions } from "./http/trust";
import { InventoryReader } from "./inventoryReader";
import {
  originOf,
  resolveOptions,
  invalidSetting,
  type ResolvedOptions,
  type VCenterClientOptions,
  type VCenterConnection,
} from "./options";
import { RestLink } from "./rest/link";
import { CredentialGate, leftSessionsText } from "./sessions";
import { SoapLink } from "./soap/link";
import type { AboutVCenter } from "./soap/session";
import { StoragePolicies } from "./storagePolicies";
import { Tagging } from "./tagging";
import { VirtualMachines } from "./virtualMachines";

/** How long closing may take. Logins get as long as they need: their sessions are known only when they are answered. */
export interface ClosingLimits {
  /** For calls on the wire to finish. @default 5000 */
  readonly callMilliseconds?: number;
  /** For all attempts to log out. @default 8000 */
  readonly logoutMilliseconds?: number;
}

const closingGraceMilliseconds = 5000;

/** Everything that lives from one opening to the next closing. */
interface Links {
  readonly transport: Transport;
  readonly soap: SoapLink;
  readonly rest: RestLink;
}

/**
 * A vCenter. Makes no connection until the first call, logs in once for SOAP and once for tagging (only when that is
 * used), and leaves no session behind once {@link close} is done, or says so ({@link
 * VCenterClientOptions.onLeftSessions}).
 *
 * @example
 * await withVCenter(connection, {}, async (vcenter) => {
 *   const inventory = await vcenter.inventory.read();
 *   const datacenter = inventory.find("/X1", "Datacenter");
 *   if (datacenter) await vcenter.tagging.attach(tagId, [datacenter]);
 * });
 */
export class VCenterClient {
  /** Folders, datacenters, clusters, datastores and networks. */
  readonly inventory: InventoryReader;
  /** Tag categories, tags and attachments. */
  readonly tagging: Tagging;
  /** Roles, privileges and permissions. */
  readonly authorization: Authorization;
  /** Virtual machines and templates. */
  readonly virtualMachines: VirtualMachines;
  /** Files of datastores. */
  readonly datastoreFiles: DatastoreFiles;
  /** Storage policies. */
  readonly storagePolicies: StoragePolicies;
  /** Which hosts mount which datastores. */
  readonly mounts: Mounts;
  /** Sizes and kinds of datastores. */
  readonly datastoreSummaries: DatastoreSummaries;
  /** What the hosts of clusters have. */
  readonly hosts: Hosts;
  readonly #connection: VCenterConnection;
  readonly #options: ResolvedOptions;
  readonly #origin: string;
  readonly #redaction = new Redaction();
  readonly #gate = new CredentialGate();
  #trust: TrustOptions | undefined;
  #links: Links | undefined;
  #closing: Promise<void> = Promise.resolve();
  #isFinished = false;

  /** @throws VCenterError `invalidArgument` when a setting cannot be used */
  constructor(connection: VCenterConnection, options: VCenterClientOptions = {}) {
    if (connection.user.includes(":")) {
      // Basic authentication ends the name at the first colon (RFC 7617 section 2).
      throw invalidSetting("user", "it contains a colon, which basic authentication cannot carry");
    }
    this.#connection = { ...connection };
    this.#options = resolveOptions(options);
    this.#origin = originOf(connection.server);
    this.#redaction.add(connection.password);
    this.#redaction.add(`${connection.user}:${connection.password}`);
    this.inventory = new InventoryReader(() => this.#open().soap);
    this.tagging = new Tagging(() => this.#open().rest);
    this.authorization = new Authorization(() => this.#open().soap);
    this.virtualMachines = new VirtualMachines(() => this.#open().soap);
    this.datastoreFiles = new DatastoreFiles(() => this.#open().soap);
    this.storagePolicies = new StoragePolicies(() => this.#open().soap);
    this.mounts = new Mounts(() => this.#open().soap);
    this.datastoreSummaries = new DatastoreSummaries(() => this.#open().soap);
    this.hosts = new Hosts(() => this.#open().soap);
  }

  /** Which vCenter this is. Needs no login. @throws VCenterError */
  async about(): Promise<AboutVCenter> {
    return (await this.#open().soap.serviceContent()).about;
  }

  /** What time it is on vCenter, whose clock may differ from this machine's. @throws VCenterError */
  async currentTime(): Promise<Date> {
    return this.#open().soap.currentTime();
  }

  /**
   * Logs out whatever was logged in and closes the connections. Never throws, and may be called again or without any
   * call before it. Calls in progress are refused their next step, so that none of them logs in again behind its back;
   * a later call opens the client anew.
   */
  async close(limits: ClosingLimits = {}): Promise<void> {
    const links = this.#links;
    this.#links = undefined;
    if (links) {
      const earlier = this.#closing;
      this.#closing = Promise.all([earlier, this.#closeLinks(links, limits)]).then(() => undefined);
    }
    await this.#closing;
  }

  /** Like {@link close}, and refuses all later calls. */
  async finish(): Promise<void> {
    this.#isFinished = true;
    await this.close();
  }

  #open(): Links {
    if (this.#isFinished) throw closedError({ operation: "call vCenter" });
    this.#links ??= this.#makeLinks();
    return this.#links;
  }

  #makeLinks(): Links {
    this.#trust ??= trustOptions(this.#connection);
    const transport = new Transport(this.#origin, this.#trust, this.#options, this.#redaction);
    return {
      transport,
      soap: new SoapLink(transport, this.#connection, this.#gate, this.#redaction),
      rest: new RestLink(transport, this.#connection, this.#gate, this.#redaction),
    };
  }

  async #closeLinks({ transport, soap, rest }: Links, limits: ClosingLimits): Promise<void> {
    await transport.stop(
      limits.callMilliseconds ?? closingGraceMilliseconds,
      limits.logoutMilliseconds,
    );
    const left = await Promise.all([soap.end(), rest.end()]);
    await transport.destroy();
    const sentence = leftSessionsText(this.#connection, this.#options.userAgent, left);
    if (sentence !== undefined) this.#options.onLeftSessions?.(sentence);
  }
}

/**
 * Runs a task with a client and closes it for good afterwards, whatever happens: work that the task left running cannot
 * log in again.
 * @throws what the task throws
 */
export async function withVCenter<Result>(
  connection: VCenterConnection,
  options: VCenterClientOptions,
  task: (client: VCenterClient) => Promise<Result>,
): Promise<Result> {
  const client = new VCenterClient(connection, options);
  try {
    return await task(client);
  } finally {
    await client.finish();
  }
}
