import type { CallDescription } from "./errors";
import { distinctObjects, objectKey, type ManagedObjectReference } from "./objects";
import type { SoapLink } from "./soap/link";
import { propertiesOf, readReference, referenceContent } from "./soap/messages";
import type { XmlContent, XmlElement } from "./soap/xml";

/** A cluster with its hosts, as far as the account may read them. */
export interface ClusterHosts {
  /** Whether DRS is on; undefined when the account may not read the cluster's configuration. */
  readonly isDrsEnabled: boolean | undefined;
  readonly hosts: readonly Host[];
}

/** A host of a cluster. */
export interface Host {
  /** That of {@link objectKey}. */
  readonly key: string;
  /** As stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly name: string;
  readonly isConnected: boolean;
  readonly isInMaintenance: boolean;
  /** The networks and distributed port groups that it has, by their keys. */
  readonly networks: ReadonlySet<string>;
}

/** A datastore on one host. */
export interface HostMount {
  readonly isMounted: boolean;
  readonly isWritable: boolean;
  /** Whether the host can reach the storage now. */
  readonly isAccessible: boolean;
}

/** What hosts have; all keys are those of {@link objectKey}. What the account may not read is missing. */
export interface HostInventory {
  readonly clusters: ReadonlyMap<string, ClusterHosts>;
  /** For each datastore its mounts, by the key of the host. */
  readonly datastores: ReadonlyMap<string, ReadonlyMap<string, HostMount>>;
}

const description: CallDescription = {
  operation: "read the hosts of clusters and datastores",
  remedies: {
    noPermission: "grant the account System.Read on the clusters and on the datastores",
    notFound: "run again: an object was removed while the program ran",
  },
};

/** What the hosts of clusters have. Every method throws VCenterError. */
export class Hosts {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Reads clusters with their hosts, and the mounts of datastores, in one call however many there are, and in none for
   * none.
   * @throws VCenterError `notFound` with the code ManagedObjectNotFound when one of the objects is gone
   */
  async read(
    clusters: readonly ManagedObjectReference[],
    datastores: readonly ManagedObjectReference[],
  ): Promise<HostInventory> {
    const objects: XmlContent[] = [
      ...distinctObjects(datastores).map((object) => ({ obj: referenceContent(object) })),
      ...distinctObjects(clusters).map(withItsHosts),
    ];
    const answers = objects.length === 0 ? [] : await retrieve(this.#open(), objects);
    const hosts = new Map<string, Host>();
    for (const answer of answers) {
      const host = readHost(answer);
      if (host !== undefined) hosts.set(host.key, host);
    }
    return {
      clusters: new Map(answers.flatMap((answer) => readCluster(answer, hosts))),
      datastores: new Map(answers.flatMap(readDatastore)),
    };
  }
}

async function retrieve(link: SoapLink, objects: readonly XmlContent[]): Promise<XmlElement[]> {
  const { propertyCollector } = await link.serviceContent();
  return link.call({
    ...description,
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: [
          { type: "Datastore", pathSet: "host" },
          { type: "ClusterComputeResource", pathSet: ["host", "configurationEx"] },
          {
            type: "HostSystem",
            pathSet: ["name", "network", "runtime.connectionState", "runtime.inMaintenanceMode"],
          },
        ],
        objectSet: [...objects],
      },
    },
  });
}

/** Asks for a cluster itself, and for its hosts. */
function withItsHosts(cluster: ManagedObjectReference): XmlContent {
  return {
    obj: referenceContent(cluster),
    skip: false,
    selectSet: {
      "@xsi:type": "TraversalSpec",
      type: "ComputeResource",
      path: "host",
      skip: false,
    },
  };
}

function readHost(answer: XmlElement): Host | undefined {
  const reference = answer.child("obj");
  if (reference === undefined || readReference(reference).type !== "HostSystem") return undefined;
  const properties = propertiesOf(answer);
  const textOf = (name: string): string => properties.get(name)?.text.trim() ?? "";
  return {
    key: objectKey(readReference(reference)),
    name: textOf("name"),
    isConnected: textOf("runtime.connectionState") === "connected",
    isInMaintenance: isTrue(textOf("runtime.inMaintenanceMode")),
    networks: new Set(referencesIn(properties.get("network"))),
  };
}

function readCluster(
  answer: XmlElement,
  hosts: ReadonlyMap<string, Host>,
): [string, ClusterHosts][] {
  const reference = answer.child("obj");
  if (reference === undefined || readReference(reference).type !== "ClusterComputeResource") {
    return [];
  }
  const properties = propertiesOf(answer);
  const enabled = properties.get("configurationEx")?.child("drsConfig")?.child("enabled")?.text;
  return [
    [
      objectKey(readReference(reference)),
      {
        isDrsEnabled: enabled === undefined ? undefined : isTrue(enabled.trim()),
        hosts: referencesIn(properties.get("host")).flatMap((key) => hosts.get(key) ?? []),
      },
    ],
  ];
}

function readDatastore(answer: XmlElement): [string, ReadonlyMap<string, HostMount>][] {
  const reference = answer.child("obj");
  const list = propertiesOf(answer).get("host");
  if (reference === undefined || list === undefined) return [];
  if (readReference(reference).type !== "Datastore") return [];
  const mounts = list.children("DatastoreHostMount").flatMap((mount): [string, HostMount][] => {
    const host = mount.child("key");
    const info = mount.child("mountInfo");
    const textOf = (name: string): string | undefined => info?.child(name)?.text.trim();
    return host === undefined
      ? []
      : [
          [
            objectKey(readReference(host)),
            {
              // Both are optional fields of HostMountInfo: one that is left out says nothing against the mount.
              isMounted: isTrue(textOf("mounted") ?? "true"),
              isAccessible: isTrue(textOf("accessible") ?? "true"),
              isWritable: textOf("accessMode") === "readWrite",
            },
          ],
        ];
  });
  return [[objectKey(readReference(reference)), new Map(mounts)]];
}

function referencesIn(list: XmlElement | undefined): string[] {
  return (list?.children("ManagedObjectReference") ?? []).map((reference) =>
    objectKey(readReference(reference)),
  );
}

function isTrue(text: string): boolean {
  return text === "true" || text === "1";
}
