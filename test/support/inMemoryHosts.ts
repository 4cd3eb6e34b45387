import { objectKey, type VCenterClient } from "../../vcenter";

type Client = Pick<VCenterClient["mounts"], "read">;

/** The hosts of a vCenter in memory: which clusters have them, which datastores they mount, and what they are named. */
export class InMemoryHosts {
  readonly #byCluster = new Map<string, ReadonlySet<string>>();
  readonly #byDatastore = new Map<string, ReadonlySet<string>>();
  readonly #names = new Map<string, string>();

  /** Says which hosts a cluster has. One of which nothing was said is one that the account may not read. */
  ofCluster(key: string, ...hosts: readonly string[]): void {
    this.#byCluster.set(key, new Set(hosts.map(hostKey)));
  }

  /** Says which hosts mount a datastore for reading and writing; the same holds of one of which nothing was said. */
  ofDatastore(key: string, ...hosts: readonly string[]): void {
    this.#byDatastore.set(key, new Set(hosts.map(hostKey)));
  }

  /** Says what hosts are named, by their ids; the account may not read the name of one of which nothing was said. */
  name(names: Readonly<Record<string, string>>): void {
    for (const [host, name] of Object.entries(names)) this.#names.set(hostKey(host), name);
  }

  /** The account may not read the hosts of a cluster or datastore any more. */
  hide(key: string): void {
    this.#byCluster.delete(key);
    this.#byDatastore.delete(key);
  }

  /**
   * The part of the client that looks at mounts.
   *
   * @param called told each call; what it throws is the call's answer
   */
  client(called: (call: string) => Promise<void>): Client {
    return {
      read: async (datastores, clusters) => {
        const [ofDatastores, ofClusters] = [datastores, clusters].map((objects) =>
          objects.map(objectKey),
        ) as [string[], string[]];
        await called(`mounts ${ofDatastores.join(" ")} on ${ofClusters.join(" ")}`);
        const byCluster = only(this.#byCluster, ofClusters);
        return {
          byDatastore: only(this.#byDatastore, ofDatastores),
          byCluster,
          names: only(
            this.#names,
            [...byCluster.values()].flatMap((hosts) => [...hosts]),
          ),
        };
      },
    };
  }
}

function hostKey(host: string): string {
  return `HostSystem:${host}`;
}

function only<Value>(
  all: ReadonlyMap<string, Value>,
  keys: readonly string[],
): ReadonlyMap<string, Value> {
  return new Map([...all].filter(([key]) => keys.includes(key)));
}
