import { callError, isVCenterError, type CallDescription } from "./errors";
import { distinctObjects, objectKey, type ManagedObjectReference } from "./objects";
import type { SoapLink } from "./soap/link";
import { propertiesOf, readReference, referenceContent } from "./soap/messages";
import type { XmlContent, XmlElement } from "./soap/xml";

/** The files of datastores. Every method throws VCenterError. */
export class DatastoreFiles {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Creates a folder in an existing one. If it exists already, it is left alone.
   * @param datacenter of the datastore
   * @param path `[x1_root] packer_cache`
   * @returns whether it was created
   */
  async makeFolder(datacenter: ManagedObjectReference, path: string): Promise<boolean> {
    const link = this.#open();
    const description: CallDescription = {
      operation: "create a folder on a datastore",
      object: `${path} in ${objectKey(datacenter)}`,
      remedies: { noPermission: "grant the account Datastore.FileManagement on the datastore" },
    };
    const { fileManager } = await link.serviceContent();
    if (fileManager === undefined) {
      const answer = "it has no FileManager";
      throw callError(description, { kind: "unexpectedAnswer", answer });
    }
    try {
      await link.call({
        ...description,
        method: "MakeDirectory",
        target: fileManager,
        parameters: {
          name: path,
          datacenter: referenceContent(datacenter),
          createParentDirectories: false,
        },
      });
      return true;
    } catch (error) {
      if (isVCenterError(error, "alreadyExists")) return false;
      throw error;
    }
  }
}

/**
 * Hosts by datastore and by cluster, and their names. All keys, of the maps and in the sets, are those of {@link
 * objectKey}. An object whose hosts the account may not read is missing, which is not the same as having none.
 */
export interface HostMounts {
  /** The hosts that have a datastore mounted and may write to it, for each datastore. */
  readonly byDatastore: ReadonlyMap<string, ReadonlySet<string>>;
  /** The hosts of each cluster. */
  readonly byCluster: ReadonlyMap<string, ReadonlySet<string>>;
  /** The name of each host of the clusters, as stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly names: ReadonlyMap<string, string>;
}

const mountsDescription: CallDescription = {
  operation: "read which hosts mount which datastores",
  remedies: {
    noPermission: "grant the account System.Read on the datastores and on the clusters",
    notFound: "run again: an object was removed while the program ran",
  },
};

/** Which hosts mount which datastores. Every method throws VCenterError. */
export class Mounts {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Reads the hosts of datastores and clusters, and the names of the clusters' hosts, in one call however many there
   * are, and in none for none. The answer has every mount, so ask for the datastores in question, not for all.
   *
   * A mount counts even while its host cannot reach the storage (`accessible` of HostMountInfo): that is temporary.
   * @throws VCenterError `notFound` with the code ManagedObjectNotFound when one of the objects is gone
   */
  async read(
    datastores: readonly ManagedObjectReference[],
    clusters: readonly ManagedObjectReference[],
  ): Promise<HostMounts> {
    const objects: XmlContent[] = [
      ...distinctObjects(datastores).map((object) => ({ obj: referenceContent(object) })),
      ...distinctObjects(clusters).map(withItsHosts),
    ];
    const answers = objects.length === 0 ? [] : await readHosts(this.#open(), objects);
    return {
      byDatastore: hostsBy(answers, datastores, (host) =>
        host.children("DatastoreHostMount").filter(isWritable).flatMap(keyOfMount),
      ),
      byCluster: hostsBy(answers, clusters, (host) =>
        host
          .children("ManagedObjectReference")
          .map((reference) => objectKey(readReference(reference))),
      ),
      names: namesOfHosts(answers),
    };
  }
}

async function readHosts(link: SoapLink, objects: readonly XmlContent[]): Promise<XmlElement[]> {
  const { propertyCollector } = await link.serviceContent();
  return link.call({
    ...mountsDescription,
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: [
          { type: "Datastore", pathSet: "host" },
          { type: "ComputeResource", pathSet: "host" },
          { type: "HostSystem", pathSet: "name" },
        ],
        objectSet: [...objects],
      },
    },
  });
}

/** Asks for a cluster itself, which says which hosts are its own, and for the hosts, which have the names. */
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

/** The hosts of the requested objects, as far as the answers say. */
function hostsBy(
  answers: readonly XmlElement[],
  asked: readonly ManagedObjectReference[],
  read: (host: XmlElement) => readonly string[],
): Map<string, ReadonlySet<string>> {
  const wanted = new Set(asked.map(objectKey));
  const found = new Map<string, ReadonlySet<string>>();
  for (const answer of answers) {
    const reference = answer.child("obj");
    const host = propertiesOf(answer).get("host");
    const key = reference && objectKey(readReference(reference));
    if (key !== undefined && host && wanted.has(key)) found.set(key, new Set(read(host)));
  }
  return found;
}

/** The names of the hosts, as far as the answers say. */
function namesOfHosts(answers: readonly XmlElement[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const answer of answers) {
    const reference = answer.child("obj");
    const name = propertiesOf(answer).get("name")?.text;
    if (reference && name) names.set(objectKey(readReference(reference)), name);
  }
  return names;
}

/** A mount without `mounted` (an optional field of HostMountInfo) counts. */
function isWritable(mount: XmlElement): boolean {
  const info = mount.child("mountInfo");
  const mounted = info?.child("mounted")?.text.trim();
  return info?.child("accessMode")?.text === "readWrite" && mounted !== "false" && mounted !== "0";
}

function keyOfMount(mount: XmlElement): string[] {
  const host = mount.child("key");
  return host ? [objectKey(readReference(host))] : [];
}
