import type { Change, Guest, GuestBehaviour, Machine, Snapshot } from "./simulatorState";

export type * from "./simulatorState";

/** Counts of calls by name, as in lab/vcenter/README.md. */
export interface CallCounts {
  readonly total: number;
  /** Of the answers together, without their headers and without those that a fault spoilt. */
  readonly bytes: number;
  /** By method: `RetrieveProperties`. */
  readonly soap: Readonly<Record<string, number>>;
  /** By method, resource and action: `POST tag/id?list-tags-for-category`. */
  readonly rest: Readonly<Record<string, number>>;
}

/** {@link CallCounts}, and the same for each client by its User-Agent header. */
export interface Calls extends CallCounts {
  readonly byUserAgent: Readonly<Record<string, CallCounts>>;
}

/** An open session. */
export interface OpenSession {
  readonly kind: "soap" | "rest";
  readonly user: string;
  readonly userAgent: string;
  readonly loginTime: string;
}

/** A way to spoil calls whose name contains `match`. */
export interface Fault {
  readonly match?: string;
  /** Whether `match` is a whole name: `POST tag`, and not `POST tag/id?list-tags-for-category`. */
  readonly exact?: boolean;
  readonly kind: "status" | "soapFault" | "reset" | "hang" | "unauthenticated";
  /** HTTP status, for the kind `status`. */
  readonly status?: number;
  /** Fault name, for the kind `soapFault`. */
  readonly fault?: string;
  /** Matching calls to let pass first. */
  readonly skip?: number;
  /** Calls to spoil; without end when absent. */
  readonly times?: number;
  /** Carry the call out before spoiling its answer. */
  readonly afterEffect?: boolean;
}

/** The control endpoint of a simulator. Nothing that it does is counted or delayed. */
export class SimulatorControl {
  readonly #base: string;

  /** @param base `http://127.0.0.1:port` */
  constructor(base: string) {
    this.#base = base;
  }

  /** The calls since the start or the last {@link resetCalls}. */
  async calls(): Promise<Calls> {
    return (await this.#request("GET", "calls")) as Calls;
  }

  /** The calls of this program alone: they have a User-Agent of their own. */
  async ownCalls(): Promise<CallCounts> {
    const own = Object.entries((await this.calls()).byUserAgent).filter(([name]) =>
      name.startsWith("deckhouse-vsphere"),
    );
    const sum = (kind: "soap" | "rest"): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const [name, count] of own.flatMap(([, calls]) => Object.entries(calls[kind]))) {
        counts[name] = (counts[name] ?? 0) + count;
      }
      return counts;
    };
    const total = own.reduce((all, [, calls]) => all + calls.total, 0);
    const bytes = own.reduce((all, [, calls]) => all + calls.bytes, 0);
    return { total, bytes, soap: sum("soap"), rest: sum("rest") };
  }

  async resetCalls(): Promise<void> {
    await this.#request("DELETE", "calls");
  }

  /** The open sessions of all clients. */
  async sessions(): Promise<OpenSession[]> {
    return (await this.#request("GET", "sessions")) as OpenSession[];
  }

  /** Ends all sessions, as if they had expired. */
  async endSessions(): Promise<void> {
    await this.#request("DELETE", "sessions");
  }

  /** Refuses logins beyond this many sessions; 0 takes the limit away. */
  async limitSessions(maximum: number): Promise<void> {
    await this.#request("PUT", "session-limit", { maximum });
  }

  /** Delays each call; 0 takes it away. */
  async setLatency(milliseconds: number): Promise<void> {
    await this.#request("PUT", "latency", { milliseconds });
  }

  /** Adds a fault after those there are; the first one that applies to a call is used. */
  async addFault(fault: Fault): Promise<void> {
    await this.#request("POST", "faults", fault);
  }

  /** The faults, each with the number of calls it has spoilt. */
  async faults(): Promise<(Fault & { readonly hits: number })[]> {
    return (await this.#request("GET", "faults")) as (Fault & { readonly hits: number })[];
  }

  async clearFaults(): Promise<void> {
    await this.#request("DELETE", "faults");
  }

  /** Makes changes in order, as somebody else would. The first that fails ends the request. */
  async change(...changes: readonly Change[]): Promise<void> {
    await this.#request("POST", "changes", changes);
  }

  /** The whole state. */
  async snapshot(): Promise<Snapshot> {
    return (await this.#request("GET", "snapshot")) as Snapshot;
  }

  /** The guests since the start, also of machines that are gone. */
  async guests(): Promise<Guest[]> {
    return (await this.#request("GET", "guests")) as Guest[];
  }

  /** Replaces the whole behaviour of guests. */
  async setGuestBehaviour(behaviour: GuestBehaviour): Promise<void> {
    await this.#request("PUT", "guest-behaviour", behaviour);
  }

  /** All virtual machines and templates, sorted by path. */
  async virtualMachines(): Promise<Machine[]> {
    return (await this.#request("GET", "virtual-machines")) as Machine[];
  }

  async #request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#base}/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /${path}: HTTP ${response.status}: ${text}`);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }
}
